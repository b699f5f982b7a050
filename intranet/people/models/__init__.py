from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.planned import Change, PlannedChange, State
from intranet.people.models.user import Employment, Theme, User, time_zone_names

__all__ = [
    "Change",
    "Department",
    "DepartmentGroupPermission",
    "DepartmentRole",
    "DepartmentUserPermission",
    "Employment",
    "Membership",
    "PlannedChange",
    "Role",
    "State",
    "Theme",
    "User",
    "time_zone_names",
]
