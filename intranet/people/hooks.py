"""What other apps run inside the transactions of people's actions, so that all changes at once."""

from __future__ import annotations

from collections.abc import Callable, Collection

from intranet.people.models import Department, Membership, User

MembershipHook = Callable[[Membership], None]
KeepHook = Callable[[Membership, Collection[str]], None]
UserHook = Callable[[User], None]
DepartmentHook = Callable[[Department], None]

# The company is set up, and this is its first person.
on_company_set_up: list[UserHook] = []
on_joined: list[MembershipHook] = []
on_left: list[MembershipHook] = []
on_kept: list[KeepHook] = []
on_deactivated: list[UserHook] = []
on_department_created: list[DepartmentHook] = []
on_status_changed: list[UserHook] = []
# An import that could not be finished takes back what it made before anybody saw it.
on_department_undone: list[DepartmentHook] = []
