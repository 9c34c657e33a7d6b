"""The living page of widgets renders, says what it must, and lets nothing unescaped through."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from leconfield.ledger.times import Held
from leconfield.web import kit, samples
from leconfield.web.values import Piece, Problem, Snippet, SubjectChip

ROOMS = (kit.Room("i", "Inbox", "/inbox", True), kit.Room("s", "Subjects", "/subjects"))


@pytest.fixture(autouse=True)
def _built_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "_manifest", lambda: {"app.css": "app-1.css", "app.js": "app-1.js"})


def frame(**changes: object) -> dict[str, object]:
    whole = kit.Frame(
        banner=kit.Banner("Secret · Heather", "secret"),
        rooms=ROOMS,
        who=kit.Who("Emma, investigator", "emma", ("HEATHER",)),
        now="2026-11-22T03:00:00.000000Z",
    ).context()
    return {**whole, **changes}


def widgets_page(**changes: object) -> str:
    page = kit.templates().get_template("about/widgets.html")
    return page.render({**samples.everything(), **frame(**changes)})


def test_the_living_page_shows_every_widget() -> None:
    page = HTMLParser(widgets_page())
    for widget in (
        "subject",
        "grade",
        "label",
        "statement",
        "snippet",
        "when",
        "waterfall",
        "verdict",
        "clock",
        "sheet",
    ):
        assert page.css_first(f".{widget}") is not None, widget


def test_no_page_needs_an_inline_style_or_script() -> None:
    page = HTMLParser(widgets_page())
    assert not page.css("[style]")
    assert not page.css("style")
    assert [script.attributes["src"] for script in page.css("script")] == ["/static/built/app-1.js"]
    assert not re.search(r"\son[a-z]+=", page.html or "")


def test_the_banner_stands_at_the_top_and_at_the_bottom() -> None:
    banners = HTMLParser(widgets_page()).css(".banner.secret")
    assert [banner.text() for banner in banners] == ["Secret · Heather", "Secret · Heather"]


def test_the_as_of_chip_is_amber_only_when_a_day_is_set() -> None:
    assert not HTMLParser(widgets_page()).css(".fold.amber")
    amber = HTMLParser(widgets_page(as_of="1989-03-05", query=(("q", "<b>"),))).css_first(".fold.amber")
    assert amber is not None
    assert "5 March 1989" in amber.text()
    hidden = amber.css_first("input[type=hidden]")
    assert hidden is not None
    assert hidden.attributes["value"] == "<b>"


def test_words_from_reports_are_escaped() -> None:
    hostile = "<script>alert(1)</script>\" onmouseover='x'"
    page = HTMLParser(
        kit.templates()
        .from_string('{% import "widgets.html" as w %}{{ w.snippet(snippet) }}{{ w.subject(chip) }}')
        .render(
            snippet=Snippet((Piece(hostile, "Person", "#"),), hostile, "#", hostile),
            chip=SubjectChip(hostile, "Person", "#", names=(hostile,)),
        )
    )
    assert not page.css("script")
    assert not page.css("[onmouseover]")


def test_the_error_page_says_what_where_and_what_to_do() -> None:
    problem = Problem(404, "Nothing by that name here", "/subjects/x", "Look it up with the trace box.")
    text = HTMLParser(kit.templates().get_template("error.html").render(frame(problem=problem))).text()
    assert "Nothing by that name here" in text
    assert "/subjects/x" in text
    assert "Look it up with the trace box." in text


def test_a_name_the_page_was_not_handed_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        kit.templates().get_template("error.html").render(frame())


def test_times_are_shown_no_more_precisely_than_known() -> None:
    assert kit.moment("1989-03") == "March 1989"
    assert kit.moment("2026-03-05T18:20:31.000012Z") == "5 March 2026, 18:20"
    assert kit.day("2026-03-05T18:20:31.000012Z") == "5 March 2026"
    assert kit.held(Held("", "1989-03-05")) == "until 5 March 1989"


def test_numbers_are_for_people() -> None:
    assert kit.number(1204) == "1,204"
    assert kit.number(0.834) == "0.83"
    assert kit.counted(1, "report") == "1 report"
    assert kit.counted(12480, "entry", "entries") == "12,480 entries"
