from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from intranet.people.models import User
from tests.cast import Cast, make_cast


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["tests.cast.QuickHasher"]):
        yield


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """Attempts to sign in count across tests otherwise."""
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


class Browser(Client):
    """A browser in which somebody has signed in through the form."""

    def sign_in(self, user: User | str, password: str) -> None:
        login = user if isinstance(user, str) else user.username
        response = self.post("/accounts/login/", {"login": login, "password": password})
        assert response.status_code == 302, response.content.decode()
