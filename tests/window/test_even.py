"""Answers to seven words have one size, so that whoever counts bytes on the wire learns not who has a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from leconfield.gate.bundles.letters import KIND, Addressed, Letter, longest, sealed_table
from leconfield.window.codes import derived, new_code
from leconfield.window.site.even import STEP
from leconfield.window.tickets import TOKEN
from tests.window.houses import House, house
from tests.window.telling import Reader

LOOKS = {
    "tips": ("/mailbox", "words", "mailbox", ("question", "thanks")),
    "applications": ("/careers/letters", "code", "application", ("invitation",)),
    "submissions": ("/challenges/reply", "words", "submission", ("feedback",)),
}
"""By table: where its letters are read, the field of the words, what codes are for, kinds."""
SHORT = "Which door?"


def longest_shown(table: str) -> list[str]:
    """Letters as long as they may be, of what takes the most room on a page: quotes, and paragraphs of one letter."""
    room = longest(table)
    return ['"' * (room // 2), "'" * room, "a\n\n" * (room // 5 - 1) + "a", "* a\n" * (room // 5)]


def looked(place: House, table: str, words: str) -> tuple[int, str]:
    """How long the answer to seven words is, and what it says."""
    path, field = LOOKS[table][:2]
    reader = Reader(place).open(path)
    token = reader.page.css_first(f"input[name={TOKEN}]")
    held = {TOKEN: token.attributes["value"]} if token is not None else {}
    answer = reader.client.post(path, data={**held, field: words}, headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers
    return len(answer.content), answer.text


@pytest.mark.parametrize("table", LOOKS)
def test_an_answer_is_as_long_whether_there_is_no_letter_or_the_longest(tmp_path: Path, table: str) -> None:
    place = house(tmp_path)
    purpose, kinds = LOOKS[table][2:]
    told = [(kind, words) for kind in kinds for words in ("", SHORT, *longest_shown(table))]
    codes = [new_code() for _ in told]
    found = [derived(each, place.window.salt, purpose) for each in codes]
    letters = [
        Addressed(each.place, each.mailbox, Letter("a1" * 16, kind, words))
        for each, (kind, words) in zip(found, told, strict=True)
    ]
    unknown = looked(place, table, new_code())
    place.order(KIND, table, sealed_table(letters, table).body)

    answers = [unknown, *(looked(place, table, each) for each in (new_code(), *codes))]

    assert {length for length, _ in answers} == {STEP}
    assert sum(SHORT in text for _, text in answers) == len(kinds)
