"""The list of rooms as one arranges it, the same on every device; and the switcher."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
FOCUSED = "() => document.activeElement.getAttribute('aria-activedescendant')"


def section(window: Window, name: str) -> Locator:
    return window.page.locator("#room-sections details").filter(has_text=name)


def option(window: Window, name: str) -> Locator:
    return window.page.locator(f"#list-options {name}")


def open_options(window: Window) -> Window:
    window.page.locator('[popovertarget="list-options"]').click()
    return window


def open_menu(window: Window, room: int) -> Locator:
    item = window.page.locator(f"#row-{room}")
    item.hover()
    item.locator(".more").click()
    return window.page.locator("#room-options")


def make_section(window: Window, name: str) -> Locator:
    open_options(window)
    option(window, "a").click()
    dialog = window.page.locator("dialog#dialog[open]")
    dialog.locator("[name=name]").fill(name)
    dialog.locator("[name=name]").press("Enter")
    expect(dialog).to_have_count(0)
    expect(section(window, name)).to_be_visible()
    return section(window, name)


def test_rooms_move_to_sections_by_dragging_and_by_menu(window: OpenWindow, at: Scene) -> None:
    desk, phone = window(at.lilei).enter(at.address), window(at.lilei).enter("/rooms/")
    week = make_section(desk, "本周")
    desk.row(at.quiet).drag_to(week.locator("summary"))
    for each in (desk, phone):
        expect(section(each, "本周").locator(f'a[data-room="{at.quiet}"]')).to_be_visible()
    menu = open_menu(desk, at.room)
    menu.get_by_role("button", name="本周").click()
    expect(week.locator("a[data-room]")).to_have_count(2)
    open_menu(desk, at.quiet).locator('[data-section=""]').click()
    for each in (desk, phone):
        expect(section(each, "本周").locator("a[data-room]")).to_have_count(1)
        expect(each.page.locator(f'#section-project a[data-room="{at.quiet}"]')).to_be_visible()


def test_the_menu_of_a_room_is_reached_by_keys(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.row(at.quiet).focus()
    lilei.page.keyboard.press("Tab")
    lilei.page.keyboard.press("Enter")
    lilei.page.locator('#room-options [data-section="starred"]').press("Enter")
    expect(lilei.page.locator(f'#section-starred a[data-room="{at.quiet}"]')).to_be_visible()


def test_a_new_section_takes_the_room_along(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    open_menu(lilei, at.quiet).locator('[data-command="section-of-rooms"]').click()
    dialog = lilei.page.locator("dialog#dialog[open]")
    dialog.locator("form button[type=submit]").click()
    dialog.locator("[name=name]").fill("以后")
    dialog.locator("form button[type=submit]").click()
    expect(section(lilei, "以后").locator(f'a[data-room="{at.quiet}"]')).to_be_visible()


def test_many_are_muted_at_once_and_show_only_what_names_one(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    desk, phone = window(at.lilei).enter("/rooms/"), window(at.lilei).enter("/rooms/")
    site.call(company.say, at.room, at.hanmeimei.pk, "1")
    expect(phone.badge(at.room)).to_have_text("1")
    open_options(desk)
    option(desk, '[data-command="select-rooms"]').click()
    for room in (at.room, at.quiet):
        desk.row(room).click()
    expect(desk.page.locator("#picked [role=status]")).to_contain_text("2")
    desk.page.locator('#picked [data-muted="on"]').click()
    for each in (desk, phone):
        expect(each.page.locator("#room-sections a[data-muted]")).to_have_count(2)
        expect(each.badge(at.room)).to_have_count(0)
    desk.page.locator('#picked [data-command="select-rooms"]').click()
    expect(desk.page.locator("input.pick").first).to_be_hidden()
    site.call(company.say, at.room, at.hanmeimei.pk, "2", "@李雷 3")
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_text("@1")


def test_all_is_read_and_taken_back_on_every_device(window: OpenWindow, at: Scene, site: Web) -> None:
    desk, phone = window(at.lilei).enter("/rooms/"), window(at.lilei).enter("/rooms/")
    site.call(company.say, at.room, at.hanmeimei.pk, "1", "@李雷 2")
    site.call(company.say, at.quiet, at.hanmeimei.pk, "3")
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_text("@1")
        expect(each.badge(at.quiet)).to_have_text("1")
    open_options(desk)
    option(desk, '[data-command="read-all"]').click()
    toast = desk.page.locator("#toast")
    expect(toast).to_contain_text("2")
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_count(0)
        expect(each.badge(at.quiet)).to_have_count(0)
    toast.get_by_role("button").click()
    expect(toast).to_be_hidden()
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_text("@1")
        expect(each.badge(at.quiet)).to_have_text("1")


def test_only_what_is_unread(window: OpenWindow, at: Scene, site: Web) -> None:
    desk, phone = window(at.lilei).enter("/rooms/"), window(at.lilei).enter("/rooms/")
    open_options(desk)
    option(desk, "[name=unread_only]").check()
    for each in (desk, phone):
        expect(each.row(at.quiet)).to_be_hidden()
        expect(each.page.locator(".all-read")).to_be_visible()
    site.call(company.say, at.quiet, at.hanmeimei.pk, "1")
    for each in (desk, phone):
        expect(each.row(at.quiet)).to_be_visible()
        expect(each.row(at.room)).to_be_hidden()
        expect(each.page.locator(".all-read")).to_be_hidden()
    phone.page.reload()
    expect(phone.row(at.room)).to_be_hidden()


def test_what_was_said_last_stands_first(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter("/rooms/")
    open_options(lilei)
    option(lilei, '[value="activity"]').check()
    lilei.page.keyboard.press("Escape")
    first = lilei.page.locator("#section-project a[data-room]").first
    for room in (at.quiet, at.room, at.quiet):
        site.call(company.say, room, at.hanmeimei.pk, "here")
        expect(first).to_have_attribute("data-room", str(room))


def test_folded_on_one_device_is_folded_on_the_other(window: OpenWindow, at: Scene) -> None:
    desk, phone = window(at.lilei).enter(at.address), window(at.lilei).enter("/rooms/")
    desk.page.locator("#section-project summary").click()
    for each in (desk, phone):
        expect(each.row(at.quiet)).to_be_hidden()
    phone.page.locator("#section-project summary").click()
    for each in (desk, phone):
        expect(each.row(at.quiet)).to_be_visible()


def test_a_key_goes_to_the_next_unread_and_first_to_what_names_one(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    lilei = window(at.lilei).enter("/rooms/")
    site.call(company.say, at.quiet, at.hanmeimei.pk, "1")
    site.call(company.say, at.room, at.hanmeimei.pk, "@李雷 2")
    expect(lilei.badge(at.quiet)).to_have_text("1")
    expect(lilei.badge(at.room)).to_have_text("@1")
    for room in (at.room, at.quiet):
        lilei.page.keyboard.press("Alt+Shift+ArrowDown")
        expect(lilei.page).to_have_url(re.compile(f"/rooms/{room}/"))
        expect(lilei.row(room)).to_have_attribute("aria-current", "page")
        expect(lilei.badge(room)).to_have_count(0)
    lilei.page.keyboard.press("Alt+Shift+ArrowDown")
    expect(lilei.page.locator("#toast")).to_be_visible()
    assert f"/rooms/{at.quiet}/" in lilei.page.url


@pytest.mark.parametrize("typed", ["hanmeimei", "hmm", "han'mei", "梅梅", "Meimei", "hnmm"])
def test_a_person_by_any_name(window: OpenWindow, at: Scene, site: Web, typed: str) -> None:
    name = site.call(company.rename, at.hanmeimei.pk, f"韩梅梅{at.room}")
    lilei = window(at.lilei).enter(at.address)
    lilei.page.keyboard.press("Control+k")
    lilei.page.locator("#jump input").fill(f"{typed}{at.room}" if "ei" not in typed.lower()[-4:] else typed)
    found = lilei.page.locator("#jump li").filter(has_text=name)
    expect(found).to_be_visible()


def test_the_switcher_goes_to_a_room_and_to_a_person(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(at.address)
    field = lilei.page.locator("#jump input")
    lilei.page.keyboard.press("Control+k")
    field.fill(f"zhanhui{site.call(company.tag, at.quiet)}")
    first = lilei.page.locator("#jump li[aria-selected=true]")
    expect(first.locator("a")).to_have_attribute("data-room", str(at.quiet))
    assert lilei.page.evaluate(FOCUSED) == first.get_attribute("id")
    field.press("Enter")
    expect(lilei.page).to_have_url(re.compile(f"/rooms/{at.quiet}/"))
    name = site.call(company.rename, at.lintao.pk, f"林涛{at.room}")
    lilei.page.reload()
    lilei.page.locator('[data-command="jump-room"]').click()
    field.fill(f"lintao{at.room}")
    expect(first).to_contain_text(name)
    field.press("Enter")
    expect(lilei.page.get_by_role("heading", level=1)).to_contain_text(name)
    lilei.page.keyboard.press("Control+k")
    field.fill("qqqqxxxx")
    expect(lilei.page.locator("#jump .none")).to_be_visible()


def test_the_switcher_finds_a_room_that_came_after_it_was_opened(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.keyboard.press("Control+k")
    expect(lilei.page.locator("#jump li").first).to_be_visible()
    lilei.page.keyboard.press("Escape")
    room = site.call(company.direct, at.lilei.pk, at.lintao.pk)
    expect(lilei.row(room)).to_be_attached()

    def is_found() -> bool:
        lilei.page.keyboard.press("Escape")
        lilei.page.keyboard.press("Control+k")
        lilei.page.locator("#jump input").fill("lintao")
        return lilei.page.locator(f'#jump a[data-room="{room}"]').count() == 1

    wait_for(is_found)


def test_a_room_is_muted_from_its_own_menu(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    for muted in (True, False):
        lilei.page.locator('[popovertarget="room-menu"]').click()
        button = lilei.page.locator('#room-menu [data-command="mute-rooms"]:visible')
        expect(button).to_have_count(1)
        button.click()
        expect(lilei.page.locator("#room-sections a[data-muted]")).to_have_count(int(muted))


def test_a_long_list_stays_where_it_was_scrolled_to(window: OpenWindow, at: Scene, site: Web) -> None:
    made = site.call(company.many_rooms, at.lilei.pk, 40)
    lilei = window(at.lilei).enter(at.address)
    lilei.row(made[35]).click()
    expect(lilei.page).to_have_url(re.compile(f"/rooms/{made[35]}/"))
    expect(lilei.row(made[35])).to_be_in_viewport()
    scrolled = lilei.page.locator("room-list").evaluate("list => list.scrollTop")
    lilei.row(made[34]).click()
    expect(lilei.page).to_have_url(re.compile(f"/rooms/{made[34]}/"))
    expect(lilei.row(made[34])).to_have_attribute("aria-current", "page")
    assert lilei.page.locator("room-list").evaluate("list => list.scrollTop") == scrolled > 0
