"""What other apps run inside the transactions of people's actions, so that all changes at once."""

from __future__ import annotations

from collections.abc import Callable

from intranet.people.models import Department, Membership, User

MembershipHook = Callable[[Membership], None]
DepartmentHook = Callable[[Department], None]
UserHook = Callable[[User], None]

on_joined: list[MembershipHook] = []
on_left: list[MembershipHook] = []
on_department_created: list[DepartmentHook] = []
on_status_changed: list[UserHook] = []
