"""Many at once, through HTTP, in the product as it runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests import scenes
from tests.companies import databases, run_company
from tests.live import Company, Web, figure, wait_for
from tests.people import newcomers
from tests.people.newcomers import CARD, PASSWORD, Newcomer, Window

__all__ = ["databases", "run_company"]
pytestmark = pytest.mark.processes
TRIES = 100
NEWCOMERS = 30


@pytest.fixture(scope="module")
def web(run_company: Company) -> Web:
    web = run_company.web("--with tests.people.newcomers:hash_quickly")
    others = [run_company.start("worker")] if run_company.redis_url else []
    run_company.ready(web, *others)
    return web


def test_of_a_hundred_who_use_one_invitation_at_once_one_succeeds(web: Web) -> None:
    link = web.call(newcomers.invite)
    passwords = [f"quiet lamp number {number}" for number in range(TRIES)]
    start = Barrier(TRIES)

    def redeem(password: str) -> Window:
        window = Window(web.port).open(link)
        assert window.status == 200, window.text
        start.wait()
        return window.fill_in(link, password=password, again=password)

    with ThreadPoolExecutor(TRIES) as threads:
        windows = list(threads.map(redeem, passwords))
    inside = [number for number, window in enumerate(windows) if window.path == "/welcome/"]
    refused = [window.status for window in windows if window.path != "/welcome/"]
    figure("invitation-redeemed", tries=TRIES, succeeded=len(inside), refused=len(refused))
    assert len(inside) == 1
    assert set(refused) <= {404, 429}
    assert web.call(newcomers.whose_password, passwords) == [passwords[inside[0]]]


def test_thirty_people_move_in_on_one_morning(web: Web) -> None:
    people = web.call(newcomers.found_company, newcomers=NEWCOMERS)
    links = print_invitations(web, people)
    start = Barrier(NEWCOMERS)

    def arrive(newcomer: Newcomer) -> Window:
        start.wait()
        return move_in(Window(web.port), links[newcomer.username])

    with ThreadPoolExecutor(NEWCOMERS) as threads:
        windows = list(threads.map(arrive, people))
    for newcomer, window in zip(people, windows, strict=True):
        assert (window.status, window.path) == (200, f"/rooms/{newcomer.home}/"), newcomer
        assert window.rooms() == {newcomer.home: (2, 0)} | dict.fromkeys(newcomer.projects, (1, 0)), newcomer
    first, second, third = people[0], people[1], people[2]
    assert first.home == third.home != second.home
    web.call(scenes.post, first.pk, first.home, f"@{third.username} 早上好", "good-morning")
    wait_for(lambda: windows[2].rooms()[first.home] == (3, 1))
    assert windows[0].rooms()[first.home] == (0, 0), "what one says oneself one has read"
    assert windows[1].rooms() == {second.home: (2, 0)}
    assert windows[4].rooms() == {first.home: (3, 0)}


def print_invitations(web: Web, people: list[Newcomer]) -> dict[str, str]:
    """HR prints the sheet; the paths on it, by user name."""
    hr = Window(web.port).open("/accounts/login/")
    hr.fill_in("/accounts/login/", login="hr", password=PASSWORD)
    hr.open("/admin/people/user/")
    chosen = [each.pk for each in people]
    sheet = hr.fill_in("/admin/people/user/", action="print_invitations", _selected_action=chosen)
    assert sheet.status == 200, sheet.text
    return {
        username: address[address.index("/invitation/") :] for address, username in CARD.findall(sheet.text)
    }


def move_in(window: Window, link: str) -> Window:
    password = f"quiet lamp of {link[-6:-1]}"
    window.open(link).fill_in(link, password=password, again=password)
    assert window.path == "/welcome/", window.text
    window.fill_in("/welcome/", locale="en", time_zone="Europe/Berlin")
    assert window.path == "/welcome/rooms/", window.text
    return window.fill_in("/welcome/rooms/")
