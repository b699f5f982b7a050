from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings

from intranet.audit.append_only import protect, unprotect
from intranet.people.models import Company
from tests.cast import PASSWORD, Cast, make_cast


class Browser(Client):
    """A browser of its own, in which people sign in through the form as they really do."""

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        response = self.post("/accounts/login/", {"login": login, "password": password})
        assert response.status_code == 302, response.content.decode()

    def is_signed_in(self) -> bool:
        return self.get("/settings/").status_code == 200


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["tests.cast.QuickHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> Iterator[None]:
    """Attempts to sign in are not counted together with those of other test processes."""
    local = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with override_settings(CACHES=local):
        yield


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """Attempts to sign in count across tests otherwise, and a company lives on."""
    cache.clear()
    Company.objects.forget()


@pytest.fixture(scope="session", autouse=True)
def flushes() -> Iterator[None]:
    """A test with real transactions ends by emptying every table, which the audit refuses to all others."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def empty(test: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            unprotect(None, editor)
        flush(test)
        with connection.schema_editor() as editor:
            protect(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    Company.objects.current()  # as a process that has served a page remembers it
    return make_cast()


@pytest.fixture
def browser() -> Browser:
    return Browser(headers={"Accept-Language": "en"})


@pytest.fixture
def other_browser() -> Browser:
    return Browser(headers={"Accept-Language": "en"})
