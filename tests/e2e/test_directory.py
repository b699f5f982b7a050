"""Finding somebody, and what they show of themselves, as a person at a browser meets it."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def test_somebody_is_found_as_one_types_and_written_to(window: OpenWindow, at: Scene) -> None:
    page = window(at.lilei).go("/people/").page
    search = page.get_by_role("searchbox")
    search.fill(f"hanmeimei {at.hanmeimei.username.rpartition('-')[2]}")
    rows = page.locator("#found .people > li")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("韩梅梅")
    expect(page).to_have_url(re.compile(r"\?q=hanmeimei"))
    expect(search).to_be_focused()
    rows.get_by_role("link", name="韩梅梅").press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_contain_text(f"@{at.hanmeimei.username}")
    expect(card.locator("local-time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    card.get_by_role("button", name="发消息").click()
    expect(page.locator("#room-bar h1")).to_have_text("韩梅梅")


def test_a_department_is_chosen_for_what_is_typed(window: OpenWindow, at: Scene) -> None:
    page = window(at.lilei).go("/people/").page
    page.get_by_role("searchbox").fill("lilei")
    expect(page.locator("#found")).not_to_contain_text("林涛")
    page.get_by_role("link", name=at.marketing).click()
    expect(page).to_have_url(re.compile(r"department=\d+&q=lilei|q=lilei&department=\d+"))
    expect(page.locator("#found .people > li")).to_have_count(1)


def test_a_status_is_set_in_the_menu_and_arrives(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(f"{at.address}about/").page
    hanmeimei = window(at.hanmeimei).enter("/people/").page
    hanmeimei.get_by_role("button", name="外观、设置、退出").click()
    hanmeimei.get_by_role("link", name="设置状态").click()
    dialog = hanmeimei.get_by_role("dialog")
    dialog.get_by_label("状态").fill("晚点回复")
    dialog.get_by_role("radio", name="专注中").check(force=True)
    dialog.get_by_role("button", name="保存").click()
    said = f'#members [data-says="{at.hanmeimei.pk}"]'
    expect(lilei.locator(said)).to_have_text("✏️ 晚点回复")
    expect(lilei.locator(said)).to_be_visible()


def test_a_picture_takes_the_place_of_the_initials(window: OpenWindow, at: Scene) -> None:
    out = io.BytesIO()
    Image.new("RGB", (120, 300), "teal").save(out, "PNG")
    page = window(at.lilei, **PHONE).go("/settings/").page
    page.locator("input[type=file]").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    page.get_by_role("button", name="上传").click()
    picture = page.locator(".settings .avatar img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 96
    for address in ("/settings/", "/people/", f"/people/{at.lilei.username}/", "/settings/status/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
