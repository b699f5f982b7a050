"""HR's and IT's pages on people, departments, memberships, groups and sessions, and what failed."""

from intranet.people.admin.departments import DepartmentAdmin
from intranet.people.admin.groups import UserGroupAdmin
from intranet.people.admin.memberships import MembershipAdmin
from intranet.people.admin.pending import PendingAdmin
from intranet.people.admin.policy import PolicyAdmin
from intranet.people.admin.sessions import SessionAdmin
from intranet.people.admin.users import UserAdmin

__all__ = [
    "DepartmentAdmin",
    "MembershipAdmin",
    "PendingAdmin",
    "PolicyAdmin",
    "SessionAdmin",
    "UserAdmin",
    "UserGroupAdmin",
]
