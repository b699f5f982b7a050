from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.group import UserGroup
from intranet.people.models.policy import PhoneSight, Policy
from intranet.people.models.user import Employment, Sign, Theme, User, time_zone_names

__all__ = [
    "Department",
    "DepartmentGroupPermission",
    "DepartmentRole",
    "DepartmentUserPermission",
    "Employment",
    "Membership",
    "PhoneSight",
    "Policy",
    "Role",
    "Sign",
    "Theme",
    "User",
    "UserGroup",
    "time_zone_names",
]
