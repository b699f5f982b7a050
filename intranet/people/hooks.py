"""What other apps run inside the transactions of people's actions, so that all changes at once."""

from __future__ import annotations

from collections.abc import Callable

from intranet.people.models import Department, Membership

MembershipHook = Callable[[Membership], None]
DepartmentHook = Callable[[Department], None]

on_joined: list[MembershipHook] = []
on_left: list[MembershipHook] = []
on_department_created: list[DepartmentHook] = []
# An import that could not be finished takes back what it made before anybody saw it.
on_department_undone: list[DepartmentHook] = []
