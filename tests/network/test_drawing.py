"""Pictures on paper: SVG, PDF and i2 charts, with the marking and everybody where he was put."""

from __future__ import annotations

import io
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from leconfield.ledger.model import SubjectId
from leconfield.network import Picture
from leconfield.network.analyst import anx
from leconfield.network.charts import Spot
from leconfield.network.drawing import HIGH, WIDE, sheet, svg
from leconfield.network.paper import pdf
from tests.network.test_exports import HEADING, picture

SVG = "{http://www.w3.org/2000/svg}"


def spot(which: str, x: float, y: float, *, hidden: bool = False) -> tuple[SubjectId, Spot]:
    return SubjectId(which), Spot(SubjectId(which), x, y, hidden=hidden)


def test_everybody_stands_on_the_paper_in_the_proportion_in_which_he_was_put() -> None:
    spots = dict([spot("ann", 0, 0), spot("bob", 100, 0), spot("cat", 0, 50)])
    made = {each.node.id: each.at for each in sheet(picture(), HEADING, spots).subjects}
    assert all(0 < x < WIDE and 0 < y < HIGH for x, y in made.values())
    wide, high = (
        made[SubjectId("bob")][0] - made[SubjectId("ann")][0],
        made[SubjectId("ann")][1] - made[SubjectId("cat")][1],
    )
    assert wide == pytest.approx(2 * high)


def test_who_is_hidden_is_left_out_with_his_links() -> None:
    spots = dict([spot("ann", 0, 0), spot("bob", 100, 0, hidden=True), spot("cat", 0, 50)])
    made = sheet(picture(), HEADING, spots)
    assert {each.node.id for each in made.subjects} == {"ann", "cat"}
    assert {link.prop for link, _, _ in made.links} == {"met"}


def test_an_svg_bears_the_marking_twice_and_every_name_and_dash() -> None:
    root = ET.fromstring(svg(sheet(picture("Ann & <Ali>\x07"), HEADING)))
    words = [each.text or "" for each in root.iter(f"{SVG}text")]
    assert sum("SECRET · SEQUIN" in each for each in words) == 2
    assert {"Ann & <Ali>\ufffd", "Борис", "كاتيا"} <= set(words)
    dashes = {each.get("stroke-dasharray") for each in root.iter(f"{SVG}line")}
    assert dashes == {None, "4 3", "8 4"}


def test_a_pdf_is_one_page_with_the_marking_and_names_and_the_same_every_time() -> None:
    made = sheet(picture(), HEADING)
    [page] = PdfReader(io.BytesIO(pdf(made))).pages
    text = page.extract_text()
    assert text.count("SECRET · SEQUIN") == 2
    assert "Борис" in text
    assert pdf(made) == pdf(sheet(picture(), HEADING))


def test_a_pdf_joins_arabic_letters_and_says_what_it_has_no_font_for() -> None:
    [page] = PdfReader(io.BytesIO(pdf(sheet(picture("محمد"), HEADING)))).pages
    joined = page.extract_text()
    assert not set("محمد") & set(joined)
    assert "محمد" in unicodedata.normalize("NFKC", joined) or "دمحم" in unicodedata.normalize("NFKC", joined)
    [page] = PdfReader(io.BytesIO(pdf(sheet(picture("สมชาย 王伟"), HEADING)))).pages
    assert "no font here has: Thai (U+0E0A" in page.extract_text()
    assert "Chinese, Japanese and Korean" in page.extract_text()


def test_an_i2_chart_bears_the_marking_who_there_is_and_how_they_are_linked() -> None:
    content = anx(picture(), HEADING)
    assert content == anx(picture(), HEADING)
    root = ET.fromstring(content.decode("utf-16").partition("?>")[2])
    labels = [each.get("Label") for each in root.iter("ChartItem")]
    assert {"Ann & <Ali>", "Борис", "works for", "SECRET · SEQUIN · made 2026-01-02"} <= set(labels)
    assert {each.get("Strength") for each in root.iter("LinkStyle")} == {"Stated", "Alleged", "Denied"}


def test_a_network_of_nobody_is_still_a_page() -> None:
    nobody = Picture((), (), ())
    assert svg(sheet(nobody, HEADING))
    assert pdf(sheet(nobody, HEADING)).startswith(b"%PDF")
    assert anx(nobody, HEADING)
