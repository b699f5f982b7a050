from intranet.people.models.absences import Absence, AbsenceKind
from intranet.people.models.calendars import CalendarDay, DayKind, ImportedYear, WorkCalendar
from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.group import UserGroup
from intranet.people.models.imports import Import, ImportState, ImportStep, StepKind
from intranet.people.models.policy import PhoneSight, Policy
from intranet.people.models.user import RESERVED_NAMES, Employment, Sign, Theme, User, time_zone_names

__all__ = [
    "RESERVED_NAMES",
    "Absence",
    "AbsenceKind",
    "CalendarDay",
    "DayKind",
    "Department",
    "DepartmentGroupPermission",
    "DepartmentRole",
    "DepartmentUserPermission",
    "Employment",
    "Import",
    "ImportState",
    "ImportStep",
    "ImportedYear",
    "Membership",
    "PhoneSight",
    "Policy",
    "Role",
    "Sign",
    "StepKind",
    "Theme",
    "User",
    "UserGroup",
    "WorkCalendar",
    "time_zone_names",
]
