"""HR's and IT's pages on people, departments, memberships and sessions."""

from intranet.people.admin import attention
from intranet.people.admin.departments import DepartmentAdmin
from intranet.people.admin.grid import grid
from intranet.people.admin.handover import hand_over
from intranet.people.admin.memberships import MembershipAdmin
from intranet.people.admin.planned import PlannedChangeAdmin
from intranet.people.admin.sessions import SessionAdmin
from intranet.people.admin.users import UserAdmin

__all__ = [
    "DepartmentAdmin",
    "MembershipAdmin",
    "PlannedChangeAdmin",
    "SessionAdmin",
    "UserAdmin",
    "attention",
    "grid",
    "hand_over",
]
