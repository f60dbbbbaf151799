"""The body map as people touch it: finger, mouse, keyboard, list; what it holds is what the form sends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

AXE = Path(__file__).parent.parent.parent / "ui" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def at_map(page: Page) -> Page:
    page.locator("form[action$='/new/'] button").first.click()
    page.wait_for_selector(".bm-regions path")
    return page


def areas(page: Page) -> dict[str, Any]:
    text = page.locator("input[name=drawing]").input_value()
    return {f"{a['region']}@{a['side']}": a for a in json.loads(text or "[]")}


def region_centre(page: Page, key: str) -> tuple[float, float]:
    return tuple(
        page.evaluate(
            """key => { const b = document.querySelector(`[data-key="${key}"]`).getBoundingClientRect();
                        return [b.x + b.width / 2, b.y + b.height / 2]; }""",
            key,
        )
    )


def drag(page: Page, x: float, y: float, dx: float, dy: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=6)
    page.mouse.up()


def show(page: Page, view: str) -> None:
    page.locator(".bm-views").get_by_role("button", name=view, exact=True).click()
    page.wait_for_timeout(250)


def test_a_stroke_paints_the_place_under_it_with_its_strength(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 12, 0, 24)
    at_map.locator("#bm-strength").fill("6")
    painted = areas(at_map)
    assert painted["lumbar_paraspinal@left"]["intensity"] == 6
    assert not any(key.endswith("@right") for key in painted)
    assert at_map.locator("input[name=place][value='lumbar_paraspinal|left']").is_checked()


def test_nothing_is_said_of_strength_until_the_person_says_it(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y, 0, 10)
    assert areas(at_map)["lumbar_paraspinal@left"]["intensity"] is None


def test_no_right_moves_the_stroke_to_the_other_side(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 10, 0, 20)
    before = {key.split("@")[0] for key in areas(at_map)}
    at_map.get_by_role("button", name="No, right").click()
    after = areas(at_map)
    assert {key.split("@")[0] for key in after} == before
    assert "lumbar_paraspinal@right" in after
    assert not any(key.endswith("@left") for key in after)
    expect(at_map.locator(".bm-side")).to_have_count(0)


def test_eraser_and_undo(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 12, 0, 24)
    drawn = areas(at_map)
    at_map.get_by_role("button", name="Erase", exact=True).click()
    for shift in (-8, 0, 8):
        drag(at_map, x + shift, y - 30, 0, 60)
    assert areas(at_map) == {}
    for _ in range(3):
        at_map.get_by_role("button", name="Undo").click()
    assert areas(at_map) == drawn


def test_everything_works_by_keyboard(at_map: Page) -> None:
    group = at_map.get_by_role("group", name="Body from behind")
    group.locator("[tabindex='0']").focus()
    seen = set()
    for key in ("ArrowDown", "ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp"):
        at_map.keyboard.press(key)
        seen.add(at_map.evaluate("document.activeElement.dataset.key"))
    assert len(seen) >= 3
    assert group.locator("[tabindex='0']").count() == 1
    at_map.keyboard.press("Enter")
    at_map.keyboard.press("7")
    key = at_map.evaluate("document.activeElement.dataset.key")
    assert areas(at_map)[key]["intensity"] == 7
    assert "painted, strength 7" in at_map.evaluate("document.activeElement.getAttribute('aria-label')")
    expect(at_map.get_by_role("status").first).to_contain_text("strength 7")
    at_map.keyboard.press("Enter")
    assert areas(at_map) == {}


def test_the_list_and_the_picture_are_one_drawing(at_map: Page) -> None:
    at_map.get_by_text("Choose from a list").click()
    at_map.locator("#query").fill("flank")
    box = at_map.locator("input[name=place][value='flank|right']")
    box.check()
    assert areas(at_map)["flank@right"]["coverage"] == 1
    place = at_map.locator(".bm-places li", has_text="flank")
    expect(place).to_have_count(1)
    place.get_by_role("button", name="Take away").click()
    expect(box).not_to_be_checked()
    assert areas(at_map) == {}


def test_each_view_shows_the_persons_own_sides(at_map: Page) -> None:
    for view, key in (("Front", "chest_breast"), ("Back", "scapula_body"), ("Soles", "heel")):
        show(at_map, view)
        left, right = (region_centre(at_map, f"{key}@{side}")[0] for side in ("left", "right"))
        assert (left < right) == (view == "Back")
    show(at_map, "Left")
    assert at_map.locator("[data-key='flank@left']").count() == 1
    assert at_map.locator("[data-key='flank@right']").count() == 0


def test_zoom_shows_where_one_is_and_keeps_the_drawing(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 10, 0, 20)
    before, width = areas(at_map), at_map.locator("[data-key='sacrum@midline']").bounding_box()["width"]
    at_map.get_by_role("button", name="Closer").click()
    at_map.wait_for_timeout(400)
    expect(at_map.locator(".bm-frame")).to_be_visible()
    assert at_map.locator("[data-key='sacrum@midline']").bounding_box()["width"] > 1.4 * width
    assert areas(at_map) == before


def test_two_fingers_zoom_and_do_not_paint(at_map: Page) -> None:
    stage = at_map.locator(".bm-stage").bounding_box()
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    client = at_map.context.new_cdp_session(at_map)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers = [{"x": px, "y": py, "id": k} for k, (px, py) in enumerate(points)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", (x - 20, y))
    touch("touchStart", (x - 20, y), (x + 20, y))
    for grown in range(20, 90, 10):
        touch("touchMove", (x - grown, y), (x + grown, y))
    touch("touchEnd")
    at_map.wait_for_timeout(400)
    expect(at_map.locator(".bm-frame")).to_be_visible()
    assert areas(at_map) == {}


def test_what_is_painted_is_what_is_kept(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 12, 0, 24)
    at_map.locator("#bm-strength").fill("6")
    painted = areas(at_map)
    at_map.get_by_role("button", name="That is where it hurts").click()
    at_map.wait_for_url("**/confirm/")
    at_map.go_back()
    at_map.reload()
    at_map.wait_for_selector(".bm-regions path")
    at_map.get_by_role("button", name="That is where it hurts").click()
    at_map.wait_for_url("**/confirm/")
    assert at_map.locator("main .card h2").count() == len(painted)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(at_map: Page, theme: str) -> None:
    at_map.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 12, 0, 24)
    found = at_map.evaluate(AXE.read_text() + "; axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    assert found == []


def test_every_target_is_large_enough_to_touch(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 12, 0, 24)
    small = at_map.evaluate(
        """() => [...document.querySelectorAll('unknot-body-map button, unknot-body-map input[type=range]')]
            .map(b => [b.textContent.trim() || b.id, b.getBoundingClientRect()])
            .filter(([, r]) => r.width && (r.height < 48 || r.width < 44))
            .map(([name, r]) => [name, r.width, r.height])"""
    )
    assert small == []


def test_the_first_view_loads_one_picture_and_the_map(at_map: Page) -> None:
    names = at_map.evaluate(
        """() => performance.getEntriesByType('resource').filter(r => /back|bodymap/.test(r.name))
            .map(r => r.name.split('/').pop())"""
    )
    assert set(names) == {"bodymap.js", "back.json", "back-shadow.webp", "back-light.webp"}


def test_the_first_view_costs_at_most_25_kb_on_the_wire(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    urls: dict[str, str] = {}
    received: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda event: urls.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]}))
    page.locator("form[action$='/new/'] button").first.click()
    page.wait_for_selector(".bm-regions path")
    page.wait_for_load_state("networkidle")
    plates = {url.rsplit("/", 1)[1]: received.get(id, 0) for id, url in urls.items() if "/ui/back" in url}
    assert set(plates) == {"back.json", "back-light.webp", "back-shadow.webp"}
    assert sum(plates.values()) < 25_000  # the bar is 45 KB


def test_another_body_keeps_the_drawing_and_is_there_the_next_time(at_map: Page) -> None:
    x, y = region_centre(at_map, "lumbar_paraspinal@left")
    drag(at_map, x, y - 12, 0, 24)
    drawn = set(areas(at_map))
    outline = at_map.locator(".bm-regions path").first.get_attribute("d")
    at_map.locator(".bm-body summary").click()
    with at_map.expect_response("**/settings/body/"):
        at_map.get_by_role("button", name="Female", exact=True).click()
    expect(at_map.locator(".bm-regions path").first).not_to_have_attribute("d", outline or "")
    assert set(areas(at_map)) == drawn
    at_map.reload()
    at_map.wait_for_selector(".bm-regions path")
    assert at_map.locator("unknot-body-map").get_attribute("data-body") == "female_average"
