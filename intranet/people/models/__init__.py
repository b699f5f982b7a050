from intranet.people.models.absences import Absence, AbsenceKind
from intranet.people.models.calendars import CalendarDay, DayKind, ImportedYear, WorkCalendar
from intranet.people.models.checks import RESERVED_NAMES, time_zone_names
from intranet.people.models.company import Company
from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.group import UserGroup
from intranet.people.models.imports import Import, ImportState, ImportStep, StepKind
from intranet.people.models.invitation import Invitation
from intranet.people.models.planned import Change, PlannedChange, State
from intranet.people.models.policy import PhoneSight, Policy
from intranet.people.models.user import Employment, Sign, Theme, User

__all__ = [
    "RESERVED_NAMES",
    "Absence",
    "AbsenceKind",
    "CalendarDay",
    "Change",
    "Company",
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
    "Invitation",
    "Membership",
    "PhoneSight",
    "PlannedChange",
    "Policy",
    "Role",
    "Sign",
    "State",
    "StepKind",
    "Theme",
    "User",
    "UserGroup",
    "WorkCalendar",
    "time_zone_names",
]
