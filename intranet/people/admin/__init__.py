"""HR's and IT's pages on people, departments, memberships and sessions, and what failed."""

from intranet.people.admin.company import CompanyAdmin
from intranet.people.admin.departments import DepartmentAdmin
from intranet.people.admin.invitations import InvitationAdmin
from intranet.people.admin.memberships import MembershipAdmin
from intranet.people.admin.pending import PendingAdmin
from intranet.people.admin.sessions import SessionAdmin
from intranet.people.admin.users import UserAdmin

__all__ = [
    "CompanyAdmin",
    "DepartmentAdmin",
    "InvitationAdmin",
    "MembershipAdmin",
    "PendingAdmin",
    "SessionAdmin",
    "UserAdmin",
]
