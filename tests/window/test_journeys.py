"""Journeys: one thing a page, nothing kept, what was typed sealed in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from leconfield.window.site import app
from leconfield.window.site.journeys import Journey, Step
from leconfield.window.site.kit import Asked, Faults
from tests.window.houses import House, house

STEP = """{% extends "kit/journey.html" %}{% from "kit/fields.html" import text with context %}
{% block heading %}STEP{% endblock %}
{% block asking %}{{ text("NAME", "LABEL", value=answer("NAME"), heading=true) }}{% endblock %}"""
CHECK = """{% extends "layout.html" %}{% from "kit/fields.html" import answered with context %}
{% block title %}Check{% endblock %}{% block content %}<form method="post" action="{{ action }}">
<input type="hidden" name="carried" value="{{ carried }}">
{{ answered([("what", "What", answers.what), ("when", "When", answers.when)]) }}
<button>Send</button></form>{% endblock %}"""


def _needs_words(asked: Asked, answers: Mapping[str, str], faults: Faults) -> None:
    if not answers.get("what"):
        faults.add("what", "Say what happened")


def _sent(asked: Asked, answers: Mapping[str, str]) -> Response:
    return PlainTextResponse(f"sent {answers['what']} | {answers.get('when', '-')}")


JOURNEY = Journey(
    base="/test/report",
    steps=(
        Step("what", "test-what.html", ("what",), _needs_words),
        Step("when", "test-when.html", ("when",), when=lambda answers: answers.get("what") != "nothing"),
    ),
    check="test-check.html",
    finish=_sent,
)


class _Area:
    ROUTES = JOURNEY.routes()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    made = house(tmp_path)
    environment = made.window.templates
    known = {
        "test-what.html": STEP.replace("STEP", "What").replace("NAME", "what").replace("LABEL", "What happened?"),
        "test-when.html": STEP.replace("STEP", "When").replace("NAME", "when").replace("LABEL", "When was it?"),
        "test-check.html": CHECK,
    }
    assert environment.loader is not None
    monkeypatch.setattr(environment, "loader", ChoiceLoader([DictLoader(known), environment.loader]))
    monkeypatch.setattr(app, "DEPARTMENTS", (_Area,))
    return made


def _carried(page: str) -> str:
    found = re.search(r'name="carried" value="([^"]+)"', page)
    assert found, page
    return found[1]


def _post(reader: TestClient, step: str, page: str, **fields: str) -> str:
    answer = reader.post(f"/test/report/{step}", data={"carried": _carried(page), **fields})
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


def test_a_journey_goes_from_page_to_page_and_ends_with_everything_that_was_typed(place: House) -> None:
    reader = place.reader
    page = _post(reader, "what", reader.get("/test/report").text, what="a boat <at> night")
    assert "When was it?" in page
    page = _post(reader, "when", page, when="Monday")
    assert "a boat &lt;at&gt; night" in page
    assert _post(reader, "check", page) == "sent a boat <at> night | Monday"


def test_what_was_typed_cannot_be_read_in_the_source_of_the_next_page(place: House) -> None:
    reader = place.reader
    assert "plaintext7" not in _post(reader, "what", reader.get("/test/report").text, what="plaintext7")


def test_a_fault_stands_at_the_top_and_at_the_field_and_what_was_typed_is_kept(place: House) -> None:
    reader = place.reader
    answer = reader.post("/test/report/what", data={"carried": _carried(reader.get("/test/report").text), "what": " "})
    assert answer.status_code == 422
    assert '<a href="#what">Say what happened</a>' in answer.text
    assert 'id="what-error"' in answer.text
    assert "<title>Error: " in answer.text


def test_back_shows_the_page_before_with_what_was_typed_there(place: House) -> None:
    reader = place.reader
    page = _post(reader, "what", reader.get("/test/report").text, what="a boat")
    back = _post(reader, "when", page, when="Tuesday", go="back")
    assert 'value="a boat"' in back
    assert 'value="Tuesday"' in _post(reader, "what", back, what="a ship")


def test_an_answer_is_changed_from_the_check_page_and_leads_back_to_it(place: House) -> None:
    reader = place.reader
    page = _post(reader, "what", reader.get("/test/report").text, what="a boat")
    page = _post(reader, "when", page, when="Monday")
    page = _post(reader, "check", page, go="to-what")
    assert 'value="a boat"' in page
    page = _post(reader, "what", page, what="a ship")
    assert "a ship" in page
    assert _post(reader, "check", page) == "sent a ship | Monday"


def test_a_step_that_is_not_called_for_is_left_out(place: House) -> None:
    reader = place.reader
    page = _post(reader, "what", reader.get("/test/report").text, what="nothing")
    assert "<title>Check" in page


def test_what_is_carried_is_refused_when_altered_or_missing(place: House) -> None:
    reader = place.reader
    for forged in ("", "gAAAAABforged", "ä"):
        answer = reader.post("/test/report/what", data={"carried": forged, "what": "a boat"})
        assert answer.status_code == 410


def test_the_address_of_a_later_step_leads_to_the_beginning(place: House) -> None:
    assert "What happened?" in place.reader.get("/test/report/when").text
