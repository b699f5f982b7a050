from intranet.people.models.absences import Absence, AbsenceKind
from intranet.people.models.calendars import CalendarDay, DayKind, ImportedYear, WorkCalendar
from intranet.people.models.department import Department, DepartmentRole, Membership, Role
from intranet.people.models.grants import DepartmentGroupPermission, DepartmentUserPermission
from intranet.people.models.user import Employment, Theme, User, time_zone_names

__all__ = [
    "Absence",
    "AbsenceKind",
    "CalendarDay",
    "DayKind",
    "Department",
    "DepartmentGroupPermission",
    "DepartmentRole",
    "DepartmentUserPermission",
    "Employment",
    "ImportedYear",
    "Membership",
    "Role",
    "Theme",
    "User",
    "WorkCalendar",
    "time_zone_names",
]
