"""Whether the demo company is here, and how one signs in to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from demo.models import Company
from intranet.loopback import beyond_this_machine, is_loopback
from intranet.people.models import User

PASSWORD = "tongxin-demo"
# The first three are printed by `serve`; the sign-in page offers all of them.
SIGN_INS = ("lilei", "hanmeimei", "emma", "zhangwei", "wangfang", "zhaomin", "sunli", "guest")


class NotPossible(Exception):
    """Why the demo company cannot come, go or be served, as a sentence for whoever typed the command."""


def is_here() -> bool:
    return Company.objects.exists()


def check_private(*, host: str) -> None:
    """While it is here, neither the address that is served nor an origin may be public."""
    public = beyond_this_machine(settings.ORIGINS)
    where = public[0] if public else host
    if (public or not is_loopback(host)) and is_here():
        raise NotPossible(
            "Everybody knows the demo company's password, so it is served to this machine only,"
            f" not at {where}; “manage.py demo --remove” removes it."
        )


def check_may_come() -> None:
    if public := beyond_this_machine(settings.ORIGINS):
        raise NotPossible(
            "Everybody knows the demo company's password, so it is for this machine only,"
            f" and ORIGINS names {public[0]}."
        )


def sign_ins() -> list[User]:
    company = Company.objects.first()
    if company is None:
        return []
    people = User.objects.filter(pk__in=company.users, username__in=SIGN_INS)
    return sorted(people, key=lambda person: SIGN_INS.index(person.username))


def on_sign_in_page(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the template that asks gets the accounts, and only then is the database asked."""
    return {"demo_accounts": sign_ins, "demo_password": PASSWORD}
