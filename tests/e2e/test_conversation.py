from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_two_departments_talk_and_a_third_sees_nothing(window: OpenWindow, at: Scene) -> None:
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(at.address)
    lintao = window(at.lintao).enter(f"/rooms/{at.private}/")
    heard = lintao.page.evaluate_handle(
        """room => {
          const heard = [], socket = new WebSocket(location.origin.replace("http", "ws") + "/ws/");
          socket.onmessage = ({ data }) => heard.push(data);
          socket.onopen = () => {
            socket.send('{"do": "watch"}');
            socket.send(JSON.stringify({ do: "open", stream: `room.${room}`, since: 0 }));
          };
          return heard;
        }""",
        at.room,
    )
    lilei.write("晨光 S1 周四上市，**可以吗**？")
    hanmeimei.shows("晨光 S1 周四上市，可以吗？")
    hanmeimei.write("可以，固件今晚冻结。")
    lilei.shows("可以，固件今晚冻结。")
    assert lilei.bodies() == hanmeimei.bodies() == ["晨光 S1 周四上市，可以吗？", "可以，固件今晚冻结。"]

    lintao.page.wait_for_function("heard => heard.some(text => text.includes('not_found'))", arg=heard)
    lintao.write("我这边")  # what came before this answer came before the sentence above could
    lintao.shows("我这边")
    assert not [text for text in heard.json_value() if "固件" in text or f'"{at.room}"' in text]
    expect(lintao.row(at.room)).to_have_count(0)
    answered = lintao.page.goto(at.address)
    assert answered is not None
    assert answered.status == 404
    assert "固件" not in lintao.page.content()


def test_a_message_whose_answer_got_lost_shows_once(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(at.address)
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            return route.fallback()
        lost.append(route.fetch().status)
        return route.abort()

    lilei.page.route("**/messages/", lose_the_first_answer)
    with lilei.page.expect_response("**/messages/") as repeated:
        lilei.write("Only once")
    assert (lost, repeated.value.status) == ([201], 200)
    lilei.write("And then")
    for each in (lilei, hanmeimei):
        each.shows("And then")
        assert each.bodies() == ["Only once", "And then"]
    assert site.call(company.sources, at.room) == ["Only once", "And then"]


def test_an_edit_and_a_deletion_show_on_both_sides(window: OpenWindow, at: Scene) -> None:
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(at.address)
    lilei.write("Frist")
    hanmeimei.shows("Frist")
    lilei.field.press("ArrowUp")
    form = lilei.log.locator("form.edit textarea")
    form.fill("First")
    form.press("Enter")
    for each in (lilei, hanmeimei):
        each.shows("First")
        expect(each.messages).to_have_attribute("data-edited", "")
    lilei.message("First").hover()
    lilei.page.locator('.message-menu [data-command="delete"]').click()
    lilei.page.locator("dialog[open] button.danger").click()
    for each in (lilei, hanmeimei):
        expect(each.messages).to_have_attribute("data-deleted", "")
        assert "First" not in each.log.inner_text()


def test_of_two_devices_that_edit_the_second_is_told_and_keeps_its_text(
    window: OpenWindow, at: Scene
) -> None:
    desk, phone = window(at.lilei).enter(at.address), window(at.lilei).enter(at.address)
    desk.write("Draft")
    phone.shows("Draft")
    for each, text in ((phone, "From the phone"), (desk, "From the desk")):
        each.field.press("ArrowUp")
        each.log.locator("form.edit textarea").fill(text)
    desk.log.locator("form.edit textarea").press("Enter")
    phone.shows("From the desk")
    form = phone.log.locator("form.edit")
    form.locator("textarea").press("Enter")
    expect(form.locator(".error")).not_to_be_empty()
    expect(form.locator("textarea")).to_have_value("From the phone")
    form.locator("textarea").press("Enter")
    desk.shows("From the phone")


def test_a_permalink_leads_to_its_message(window: OpenWindow, at: Scene, site: Web) -> None:
    ids = site.call(company.say, at.room, at.hanmeimei.pk, *(f"Line {number}" for number in range(120)))
    lilei = window(at.lilei).go(f"/messages/{ids[20]}/")
    expect(lilei.page.locator(f"#message-{ids[20]}")).to_be_in_viewport()
    expect(lilei.page.locator(f"#message-{ids[20]}.flash")).to_be_attached()


def test_a_name_calls_the_person(window: OpenWindow, at: Scene) -> None:
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(f"/rooms/{at.quiet}/")
    lilei.field.press_sequentially("请 @韩")
    lilei.page.get_by_role("option").first.wait_for()
    lilei.field.press("Enter")
    expect(lilei.field).to_have_value("请 @韩梅梅 ")
    lilei.field.press("Enter")
    lilei.shows("请 @韩梅梅")
    expect(hanmeimei.badge(at.room)).to_have_text("@1")


def test_of_two_people_with_one_name_the_chosen_one_is_called(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    username = site.call(company.name_alike, at.room, at.lilei.pk, at.hanmeimei.pk)
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(f"/rooms/{at.quiet}/")
    lilei.field.press_sequentially(f"@{username}")
    lilei.page.get_by_role("option").first.wait_for()
    lilei.field.press("Enter")
    expect(lilei.field).to_have_value(f"@{username} ")
    lilei.field.fill("")
    lilei.field.press_sequentially("@韩")
    expect(lilei.page.get_by_role("option")).to_have_count(2)
    lilei.page.locator(f'.suggestions [data-username="{at.hanmeimei.username}"]').click()
    expect(lilei.field).to_have_value(f"@{at.hanmeimei.username} ")
    lilei.field.press("Enter")
    expect(hanmeimei.badge(at.room)).to_have_text("@1")
