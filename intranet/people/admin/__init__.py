"""HR's and IT's pages on people, departments, memberships, sessions and imports."""

from intranet.people.admin.departments import DepartmentAdmin
from intranet.people.admin.imports import ImportAdmin
from intranet.people.admin.memberships import MembershipAdmin
from intranet.people.admin.sessions import SessionAdmin
from intranet.people.admin.users import UserAdmin

__all__ = ["DepartmentAdmin", "ImportAdmin", "MembershipAdmin", "SessionAdmin", "UserAdmin"]
