"""HR's and IT's pages."""

from intranet.people.admin import attention
from intranet.people.admin.absences import AbsenceAdmin
from intranet.people.admin.calendar_days import CalendarDayAdmin
from intranet.people.admin.calendars import CalendarAdmin
from intranet.people.admin.company import CompanyAdmin
from intranet.people.admin.departments import DepartmentAdmin
from intranet.people.admin.grid import grid
from intranet.people.admin.groups import UserGroupAdmin
from intranet.people.admin.handover import hand_over
from intranet.people.admin.imports import ImportAdmin
from intranet.people.admin.invitations import InvitationAdmin
from intranet.people.admin.memberships import MembershipAdmin
from intranet.people.admin.pending import PendingAdmin
from intranet.people.admin.planned import PlannedChangeAdmin
from intranet.people.admin.policy import PolicyAdmin
from intranet.people.admin.sessions import SessionAdmin
from intranet.people.admin.users import UserAdmin

__all__ = [
    "AbsenceAdmin",
    "CalendarAdmin",
    "CalendarDayAdmin",
    "CompanyAdmin",
    "DepartmentAdmin",
    "ImportAdmin",
    "InvitationAdmin",
    "MembershipAdmin",
    "PendingAdmin",
    "PlannedChangeAdmin",
    "PolicyAdmin",
    "SessionAdmin",
    "UserAdmin",
    "UserGroupAdmin",
    "attention",
    "grid",
    "hand_over",
]
