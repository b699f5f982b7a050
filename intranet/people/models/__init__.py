from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.imports import Import, ImportState, ImportStep, StepKind
from intranet.people.models.user import Employment, Theme, User, time_zone_names

__all__ = [
    "Department",
    "DepartmentGroupPermission",
    "DepartmentRole",
    "DepartmentUserPermission",
    "Employment",
    "Import",
    "ImportState",
    "ImportStep",
    "Membership",
    "Role",
    "StepKind",
    "Theme",
    "User",
    "time_zone_names",
]
