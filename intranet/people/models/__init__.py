from intranet.people.models.checks import time_zone_names
from intranet.people.models.company import Company
from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.invitation import Invitation
from intranet.people.models.user import Employment, Theme, User

__all__ = [
    "Company",
    "Department",
    "DepartmentGroupPermission",
    "DepartmentRole",
    "DepartmentUserPermission",
    "Employment",
    "Invitation",
    "Membership",
    "Role",
    "Theme",
    "User",
    "time_zone_names",
]
