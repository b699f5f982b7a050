"""Two do something at the same moment, through a running server: afterwards the room is as it may be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import scenes
from tests.follower import Http, Response
from tests.live import Web
from tests.rooms import doors
from tests.scenes import Person, Scene

pytestmark = pytest.mark.processes
ROUNDS = 5


@pytest.fixture(scope="module")
def scene(web: Web) -> Scene:
    return web.call(scenes.scene, people_count=3)


@pytest.fixture(scope="module")
def outsider(web: Web, scene: Scene) -> Person:
    """Of another department."""
    return web.call(scenes.outsider)


def at_once(web: Web, *asked: tuple[Person, str]) -> list[Response]:
    with ThreadPoolExecutor(len(asked)) as threads:
        return list(threads.map(lambda each: Http(web.port, each[0].session).post(each[1]), asked))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_answer_the_same_request(web: Web, scene: Scene, outsider: Person, round_: int) -> None:
    first, second, _third = scene.people
    room = web.call(doors.make, scene.department, [first.pk, second.pk], [], "departments")
    web.call(doors.ask, room, outsider.pk)
    request = f"/rooms/{room}/requests/{outsider.pk}"
    answers = at_once(web, (first, f"{request}/accept/"), (second, f"{request}/accept/"))
    statuses = sorted(answer.status for answer in answers)
    assert statuses[0] == 302
    assert statuses[1] in (403, 404)
    assert web.call(doors.members, room).count(outsider.pk) == 1
    assert web.call(doors.happened, room).count("rooms.request.accepted") == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_who_is_handed_the_room_leaves_it(web: Web, scene: Scene, round_: int) -> None:
    first, second, _third = scene.people
    room = web.call(doors.make, scene.department, [first.pk], [second.pk], "private")
    at_once(
        web,
        (first, f"/rooms/{room}/members/{second.pk}/hand-over/"),
        (second, f"/rooms/{room}/leave/"),
    )
    assert web.call(doors.owners, room) in ([first.pk], [second.pk])


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_both_owners_leave(web: Web, scene: Scene, round_: int) -> None:
    first, second, _third = scene.people
    room = web.call(doors.make, scene.department, [first.pk, second.pk], [], "private")
    answers = at_once(web, *((person, f"/rooms/{room}/leave/") for person in (first, second)))
    assert sorted(answer.status for answer in answers) == [302, 403]
    assert len(web.call(doors.owners, room)) == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_nobody_joins_after_the_room_was_archived(web: Web, scene: Scene, round_: int) -> None:
    first, _second, third = scene.people
    room = web.call(doors.make, scene.department, [first.pk], [], "departments")
    answers = at_once(web, (first, f"/rooms/{room}/archive/"), (third, f"/rooms/{room}/join/"))
    happened = web.call(doors.happened, room)
    if answers[1].status == 302:
        assert happened.index("rooms.room.archived") > len(happened) - 2
    else:
        assert answers[1].json()["reason"] == "archived"
        assert third.pk not in web.call(doors.members, room)
