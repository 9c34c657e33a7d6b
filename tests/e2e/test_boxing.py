"""Boxes on a picture by mouse, by keys and without scripts; a persona's falling line; a text with its bars."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e import gated, house
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats, Theme
from tests.e2e.house import PHONE, WIDE, Seat, press

PICTURES = os.environ.get("LECONFIELD_E2E_PICTURES", "")
STREET = FilePayload(name="IMG_2041.jpg", mimeType="image/jpeg", buffer=gated.street())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    folder = tmp_path_factory.mktemp("gated") / "desk"
    which = gated.build(folder)
    with house.served(folder) as address:
        yield address, which


@pytest.fixture
def site(desk: tuple[str, str]) -> str:
    return desk[0]


@pytest.fixture
def pictures(desk: tuple[str, str]) -> str:
    return f"/releases/{desk[1]}/pictures"


def _brought(seat: Seat, path: str) -> Page:
    page = seat.go(path)
    page.get_by_label("Picture").set_input_files(STREET)
    page.get_by_role("button", name="Bring it").click()
    page.wait_for_url("**/pictures/picture-*")
    return page


def _ready(page: Page) -> Locator:
    expect(page.locator("form[data-boxing-ready]")).to_be_visible()
    return page.locator("[data-stage]")


def _put_in(page: Page) -> Image.Image:
    page.get_by_role("button", name="Put it into the release").click()
    expect(page.locator(".flashes")).to_contain_text("Put in.")
    made = page.request.get(f"{page.url.partition('?')[0].partition('#')[0]}/leaving").body()
    return Image.open(io.BytesIO(made)).convert("RGB")


def _black(picture: Image.Image, left: float, top: float) -> bool:
    """Whether the place, in hundredths of the picture, is black."""
    found = picture.getpixel((int(left * picture.width / 100), int(top * picture.height / 100)))
    assert isinstance(found, tuple)
    return max(found) < 30


def _shot(seat: Seat, name: str) -> None:
    if PICTURES:
        seat.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def test_a_box_is_drawn_moved_and_resized_by_mouse(seat: Seats, pictures: str) -> None:
    at = seat("rob")
    page = _brought(at, pictures)
    stage = _ready(page)
    area = stage.bounding_box()
    assert area is not None

    def place(left: float, top: float) -> tuple[float, float]:
        return area["x"] + left * area["width"] / 100, area["y"] + top * area["height"] / 100

    page.mouse.move(*place(20, 20))
    page.mouse.down()
    page.mouse.move(*place(30, 30), steps=3)
    page.mouse.move(*place(40, 40), steps=3)
    page.mouse.up()
    box = page.locator(".drawn-box")
    expect(box).to_have_count(1)
    page.mouse.move(*place(30, 30))
    page.mouse.down()
    page.mouse.move(*place(50, 30), steps=4)
    page.mouse.up()
    page.mouse.move(*place(59.6, 39.4))
    page.mouse.down()
    page.mouse.move(*place(69.6, 59.4), steps=4)
    page.mouse.up()
    page.mouse.click(*place(5, 90))
    expect(box).to_have_count(1)
    values = [float(page.locator(f"[name^={side}-]").input_value()) for side in ("left", "top", "width", "height")]
    assert values == pytest.approx([40, 20, 30, 40], abs=1)
    picture = _put_in(page)
    assert all(_black(picture, *each) for each in ((41, 21), (55, 40), (69, 59)))
    assert not any(_black(picture, *each) for each in ((37, 17), (72, 62), (30, 30)))
    expect(page.get_by_role("region", name="What it said of itself")).to_contain_text("Robert Ashdown")
    _shot(at, "picture-mouse")


def test_boxes_are_drawn_by_keys_alone(seat: Seats, pictures: str) -> None:
    page = _brought(seat("rob"), pictures)
    _ready(page)
    page.locator("h1").click()
    press(page, "n")
    box = page.locator(".drawn-box")
    expect(box).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown", "Alt+ArrowDown"):
        press(page, key)
    expect(box).to_have_attribute("aria-label", "Box 1, face: left 38, top 39.1, 21 by 21 hundredths")
    press(page, "Enter")
    expect(box).to_have_class("drawn-box proposed")
    press(page, "Enter")
    press(page, "u")
    expect(box).to_have_class("drawn-box proposed")
    page.get_by_role("button", name="Undo").click()
    expect(box).to_have_class("drawn-box")
    press(page, "n")
    expect(page.locator(".drawn-box")).to_have_count(2)
    press(page, "Delete")
    expect(page.locator(".drawn-box")).to_have_count(1)
    expect(box).to_be_focused()
    press(page, "Control+z")
    expect(page.locator(".drawn-box")).to_have_count(2)
    press(page, "Control+z")
    expect(page.locator(".drawn-box")).to_have_count(1)
    picture = _put_in(page)
    assert _black(picture, 48, 49)
    assert not _black(picture, 61, 62)


def test_a_finger_draws_a_box(seat: Seats, pictures: str) -> None:
    page = _brought(seat("rob", size=PHONE), pictures)
    stage = _ready(page)
    stage.scroll_into_view_if_needed()
    touch = """(stage) => {
      const { left, top, width, height } = stage.getBoundingClientRect();
      const send = (kind, x, y) => stage.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 1,
        pointerType: "touch", isPrimary: true, button: 0, clientX: left + x * width, clientY: top + y * height }));
      stage.setPointerCapture = () => undefined;
      send("pointerdown", 0.1, 0.1); send("pointermove", 0.3, 0.3); send("pointerup", 0.3, 0.3);
    }"""
    stage.evaluate(touch)
    expect(page.locator(".drawn-box")).to_have_count(1)
    assert _black(_put_in(page), 20, 20)


def test_what_the_detector_proposes_is_taken_by_a_press(seat: Seats, pictures: str) -> None:
    at = seat("rob")
    page = _brought(at, pictures)
    _ready(page)
    page.get_by_role("button", name="Look for faces, plates and screens").click()
    expect(page.locator("[role=status]").first).to_contain_text("none taken yet")
    _ready(page)
    screen = page.locator(".drawn-box.proposed", has_text="screen").first
    _shot(at, "picture-proposed")
    screen.focus()
    press(page, "Enter")
    expect(page.locator(".drawn-box:not(.proposed)")).to_have_count(1)
    assert _black(_put_in(page), 25, 33)


def test_without_scripts_boxes_are_numbers_with_a_preview(seat: Seats, pictures: str) -> None:
    at = seat("rob", scripts=False)
    page = _brought(at, pictures)
    for side, value in (("left", "10"), ("top", "10"), ("width", "30"), ("height", "30")):
        page.locator(f"[name={side}-0]").fill(value)
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_alt_text("The picture as it would leave, with its boxes")
    expect(preview).to_be_visible()
    _shot(at, "picture-without-scripts")
    assert _black(_put_in(page), 25, 25)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_is_in_the_way_of_anybody(seat: Seats, pictures: str, theme: Theme, size: tuple[int, int]) -> None:
    at = seat("rob", theme=theme, size=size)
    kind = f"{theme}-{'phone' if size == PHONE else 'wide'}"
    page = _brought(at, pictures)
    _ready(page)
    page.get_by_role("button", name="New box").click()
    _calm(at, f"picture-{kind}")
    for name, path in (("pictures", pictures), ("personas", "/personas"), ("redact", "/redact")):
        at.go(path)
        _calm(at, f"{name}-{kind}")
    _persona(at)
    _calm(at, f"persona-{kind}")
    _redacted(at)
    _calm(at, f"redacted-{kind}")


def _calm(at: Seat, name: str) -> None:
    _shot(at, name)
    assert violations(at) == []
    assert at.page.evaluate(OVERFLOWING) <= 0


def _persona(at: Seat) -> Page:
    page = at.go("/personas")
    page.get_by_role("link", name="Rob", exact=True).click()
    page.get_by_label("What is to be said of Rob").fill("He plays the cello. We are open at every hour.")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator(".tried > li")).to_have_count(2)
    return page


def _redacted(at: Seat) -> Page:
    page = at.go("/redact")
    page.get_by_label("Text", exact=True).fill(gated.NOTE)
    page.get_by_role("button", name="Mask it").click()
    expect(page.get_by_role("region", name="The masked text")).to_contain_text("[name]")
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_text_is_redacted_lifted_and_taken_along(seat: Seats, *, scripts: bool) -> None:
    page = _redacted(seat("rob", scripts=scripts))
    text = page.get_by_role("region", name="The masked text")
    expect(text).not_to_contain_text("Quillfeather")
    row = page.locator(".redact-rows li", has_text="07700 900123")
    row.get_by_label("Lift it").check()
    row.get_by_label("because").fill("It is the switchboard.")
    page.get_by_label("Words, wherever they stand").last.fill("SAXIFRAGE")
    page.get_by_label("Because", exact=True).last.fill("A codename.")
    page.get_by_role("button", name="Apply").click()
    expect(text).to_contain_text("07700 900123")
    expect(text).not_to_contain_text("SAXIFRAGE")
    with page.expect_download() as coming:
        page.get_by_role("button", name="TXT").click()
    given = Path(coming.value.path()).read_text(encoding="utf-8")
    assert "07700 900123" in given
    assert not any(words in given for words in ("Quillfeather", "Nuuradin", "SAXIFRAGE"))


def test_a_personas_line_falls_to_what_the_table_says(seat: Seats) -> None:
    page = _persona(seat("rob"))
    counts = [int(each.inner_text().split()[0]) for each in page.locator('td[data-name="fit"]').all()]
    assert counts == sorted(counts, reverse=True)
    assert page.locator(".mosaic-line circle").count() == len(counts) + 1
    expect(page.locator(".mosaic-line svg")).to_have_attribute(
        "aria-label", f"400 people at first, {counts[-1]} after 4 sayings; the table below has each step"
    )
