"""HR's page on rights answers what the product does: it is asked every cell that it can be asked about."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intranet.people.models import User
from intranet.people.questions import About, questions
from tests.permission_matrix.table import declared, read
from tests.permission_matrix.world import SEATS, World

pytestmark = pytest.mark.django_db
EXPECTED = read(Path(__file__).with_name("addresses.txt"))
ROOMS = ("own", "other", "archived", "department")
# The address that does what the question is about, and the objects that both can be asked about.
CELLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "enter": ("GET /rooms/<int:room_id>/about/", ROOMS),
    "post": ("POST /rooms/<int:room_id>/messages/", ROOMS),
    "invite": ("POST /rooms/<int:room_id>/invite/", ROOMS),
    "archive": ("POST /rooms/<int:room_id>/archive/", ROOMS),
    "leave": ("POST /rooms/<int:room_id>/leave/", ROOMS),
    "change_members": ("POST /rooms/<int:room_id>/members/<int:user_id>/role/", ("own", "archived")),
    "open_administration": ("GET /admin/", ("-",)),
    "administer_people": ("POST /admin/people/user/add/", ("-",)),
    "granted:create_rooms": ("POST /rooms/new/", ("-",)),
}


def cells() -> Iterator[tuple[str, str]]:
    for key, (_heading, objects) in CELLS.items():
        for named in objects:
            yield key, named


def row_of(key: str, named: str, world: World) -> dict[str, int]:
    """What the question is about, as the page's form names it."""
    about = questions()[key].about
    if about == About.ROOM:
        return {"room": world.room(named).pk}
    return {"department": world.cast.marketing.pk} if about == About.DEPARTMENT else {}


def asked(world: World, person: User, key: str, about: dict[str, int]) -> Any:
    query: dict[str, Any] = {"who": person.pk, "what": key, **about}
    page = world.browser("hr").get("/admin/may/", query)
    assert page.status_code == 200, page.content.decode()
    return page


def is_allowed(answered: str) -> bool:
    """A page, or a redirect to anything but a sign-in; every other word is why not."""
    return answered.startswith("2") or (answered.startswith("to ") and "login" not in answered)


@pytest.mark.parametrize(("key", "named"), list(cells()))
def test_it_agrees_with_the_matrix(key: str, named: str, world: World) -> None:
    answers = declared(EXPECTED, CELLS[key][0], named)
    assert answers is not None
    found, wanted = {}, {}
    for seat in SEATS:
        person = world.person(seat)
        if person is None:
            continue
        page = asked(world, person, key, row_of(key, named, world))
        found[seat] = bool(page.context["answer"].verdict)
        wanted[seat] = is_allowed(answers[seat])
        assert page.context["answer"].reasons or key == "enter"
    assert found == wanted


def test_some_may_and_some_may_not(world: World) -> None:
    """Else the page could answer anything."""
    for key, named in cells():
        answers = declared(EXPECTED, CELLS[key][0], named) or {}
        if key != "leave" and named in ("own", "-"):
            assert {is_allowed(answers[seat]) for seat in SEATS} == {True, False}, key


def text(page: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_chain_of_reasons(world: World) -> None:
    cast = world.cast
    User.objects.filter(pk=cast.hr.pk).update(locale="en")
    archived = text(asked(world, cast.guest, "post", {"room": cast.closed.pk}))
    assert "No" in archived
    assert "You Zhou is in the room Spring fair as Member." in archived
    assert "You Zhou is in Marketing as Guest." in archived
    assert "Marketing allows Guest: Post messages in the department" in archived
    assert "You Zhou is not in R&D." in archived
    assert "The room Spring fair is archived." in archived
    outside = text(asked(world, cast.stranger, "enter", {"room": cast.launch.pk}))
    assert "Tao Lin is not in the room S1 launch." in outside
    office = text(asked(world, cast.hr, "administer_person", {"person": cast.superuser.pk}))
    assert "Only a superuser may do this." in office
    assert "Min Zhao holds the office HR" in office
    closed = text(asked(world, cast.deactivated, "enter", {"room": cast.launch.pk}))
    assert "account is closed" in closed


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"what": "post"}, "room"),
        ({"what": "granted:create_rooms"}, "department"),
        ({"what": "administer_person"}, "person"),
        ({"what": "post", "room": "99999999999999999999999"}, "room"),
        ({"what": "fly"}, "what"),
        ({"who": "nobody", "what": "appoint"}, "who"),
    ],
)
def test_a_question_that_is_none(world: World, query: dict[str, Any], field: str) -> None:
    page = world.browser("hr").get("/admin/may/", {"who": world.cast.owner.pk, **query})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["answer"] is None


def test_direct_conversations_are_nobodys_business(world: World) -> None:
    about: dict[str, Any] = {"who": world.cast.owner.pk, "what": "enter", "room": world.direct.pk}
    assert world.browser("superuser").get("/admin/may/", about).status_code == 422
