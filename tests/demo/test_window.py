"""Tests of what the demonstration's service says outside: it is well written, and its own gate lets it pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from leconfield.demo.pictures import picture
from leconfield.demo.window_case import WindowCase, read_window
from leconfield.errors import BadInputError
from leconfield.gate.bundles import channels, content, telling
from leconfield.gate.exposure import checking
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.model import Colour, Text
from leconfield.gate.files.pictures import JPEG
from leconfield.ledger.model import Question
from tests.demo.filled import filled, seen
from tests.examples.sequin import FOLDER

TODAY = date(2026, 11, 23)


def window() -> WindowCase:
    return read_window(FOLDER)


def texts() -> Iterator[tuple[str, str]]:
    """Everything that the case says outside, each with its title."""
    case = window()
    for kind in ("release", "vacancy", "challenge"):
        for each in case.tables(kind):
            yield each.text("title"), each.text("text")
    for each in case.tables("correction"):
        yield f"Correction: {each.text('of')}", each.text("text")
    for each in case.tables("round"):
        yield each.text("title"), each.text("words")
        answers = [
            f"## {one.text('words')}\n\n{one.text('answer')}" for one in each.tables("question") if "answer" in one.held
        ]
        if answers:
            yield f"Answers: {each.text('title')}", "\n\n".join(answers)
        yield "", "\n\n".join(one.text("words") for one in each.tables("question") if "refuse" not in one.held)


@pytest.mark.parametrize(("title", "text"), tuple(texts()), ids=lambda words: words[:30])
def test_the_gate_of_the_whole_desk_lets_it_pass(title: str, text: str) -> None:
    desk, _ = filled()
    rules = asking.shipped()
    gate = desk.view(exposure.gate_reader(desk), asking=Question("window"))
    nell, told = seen("nell"), Text(f"{title}\n\n{text}\n", "2026-07-20")
    own, whole = (
        checking.check(each.world, told, rules, rules.audience("public"), offering=False) for each in (nell, gate)
    )
    assert own.colour is not Colour.RED
    assert not exposure.above(whole, own, nell)


def test_it_is_written_in_blocks_and_every_picture_is_told_in_words() -> None:
    for each in window().tables("release"):
        told = telling.blocks(each.text("text"))
        assert telling.fault_in(told, each.words("pictures")) == ""
    assert any(isinstance(each, telling.Moment) for _, text in texts() for each in telling.blocks(text))


def test_each_channel_takes_what_is_sent_to_it() -> None:
    for each in window().tables("release"):
        files = {"text.txt": ("text/plain", each.text("text").encode())}
        files |= {name: (JPEG, picture(FOLDER, name, each.place)) for name in each.words("pictures")}
        made = content(each.text("form"), "public", files, title=each.text("title"))
        for channel in each.words("channels"):
            faults = channels.preflight(channel, made, {name: held for name, (_, held) in files.items()})
            assert not channels.stopped(faults), (each.place, faults)


def test_instants_are_of_the_story_or_so_many_days_from_today() -> None:
    first, second = window().tables("round")
    assert first.moment("publishes", TODAY).isoformat() == "2026-08-05T09:00:00+00:00"
    assert second.moment("opens", TODAY).isoformat() == "2026-11-21T09:00:00+00:00"
    assert second.begins(TODAY) < second.moment("opens", TODAY)
    with pytest.raises(BadInputError, match="no moment"):
        second.moment("title", TODAY)
