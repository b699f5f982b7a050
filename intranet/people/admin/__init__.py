"""HR's and IT's pages on people, departments, memberships, calendars, absences and sessions."""

from intranet.people.admin.absences import AbsenceAdmin
from intranet.people.admin.calendar_days import CalendarDayAdmin
from intranet.people.admin.calendars import CalendarAdmin
from intranet.people.admin.departments import DepartmentAdmin
from intranet.people.admin.memberships import MembershipAdmin
from intranet.people.admin.sessions import SessionAdmin
from intranet.people.admin.users import UserAdmin

__all__ = [
    "AbsenceAdmin",
    "CalendarAdmin",
    "CalendarDayAdmin",
    "DepartmentAdmin",
    "MembershipAdmin",
    "SessionAdmin",
    "UserAdmin",
]
