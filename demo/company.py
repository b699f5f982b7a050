"""Whether the demo company is here, and how one signs in to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from demo.models import Company
from intranet.people.models import User

PASSWORD = "tongxin-demo"
# The first three are printed by `serve`; the sign-in page offers all of them.
SIGN_INS = ("lilei", "hanmeimei", "emma", "zhangwei", "wangfang", "zhaomin", "sunli", "guest")


class NotPossible(Exception):
    """Why the demo company cannot come or go, as a sentence for whoever typed the command."""


def is_here() -> bool:
    return Company.objects.exists()


def sign_ins() -> list[User]:
    company = Company.objects.first()
    if company is None:
        return []
    people = User.objects.filter(pk__in=company.users, username__in=SIGN_INS)
    return sorted(people, key=lambda person: SIGN_INS.index(person.username))


def on_sign_in_page(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the template that asks gets the accounts, and only then is the database asked."""
    return {"demo_accounts": sign_ins, "demo_password": PASSWORD}
