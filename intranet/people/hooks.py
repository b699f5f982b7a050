"""What other apps run inside the transactions of people's actions, so that all changes at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intranet.people.models import Department, Membership, User

MembershipHook = Callable[[Membership], None]
DepartmentHook = Callable[[Department], None]
UserHook = Callable[[User], None]

on_joined: list[MembershipHook] = []
on_left: list[MembershipHook] = []
on_department_created: list[DepartmentHook] = []
on_deactivated: list[UserHook] = []

# What the sign-in page shows besides its form, such as the accounts of the demo company.
on_sign_in_page: list[Callable[[], dict[str, Any]]] = []


def sign_in_context() -> dict[str, Any]:
    return {name: value for hook in on_sign_in_page for name, value in hook().items()}
