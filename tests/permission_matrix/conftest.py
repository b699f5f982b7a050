from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.companies import databases, run_company, web
from tests.permission_matrix.world import World, make_world

__all__ = ["databases", "run_company", "web", "world"]


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, quick_passwords: None
) -> Iterator[World]:
    """Built once for all questions; each of them is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
