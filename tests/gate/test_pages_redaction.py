"""Tests of the pages of redaction over HTTP: bars, lifting and adding with a reason, files anew, and the record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx
import pytest

from leconfield.gate.redaction import service
from leconfield.gate.redaction.service import GUARD, RECORDED
from leconfield.gate.release.state import releases
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Entry
from tests.gate.redaction.prose import NAMES, NOTE, NUMBERS, word_file
from tests.gate.redaction.test_rebuilding import everything_in
from tests.ledger.desks import EMMA, ROB, desk, filed, look
from tests.noninterference.desks import cheap_passwords
from tests.surveillance.test_pages import PASSWORD, Visitor

TEXT = "Mr Tobias Quillfeather met Amaury Delacroix-Vane at noon. His number is 07700 900123."


@dataclass(frozen=True, slots=True)
class Scene:
    """A site over a desk, and two at it who hold different things."""

    desk: Desk
    rob: Visitor
    emma: Visitor

    def send(
        self, do: str, fields: Mapping[str, str] | None = None, *, by: str = "rob", text: str = TEXT, file: bytes = b""
    ) -> httpx.Response:
        client: Visitor = getattr(self, by)
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/redact").text)
        assert token is not None
        sent = {"csrf": token[1], "do": do, "text": text, "mode": "protect", "label": "S", **(fields or {})}
        files = {"file": ("old.docx", file, "application/octet-stream")} if file else None
        return client.post("/redact", data=sent, files=files)

    @property
    def entries(self) -> list[Entry]:
        return look(self.desk, ROB).entries(kind=RECORDED)


@pytest.fixture
def at() -> Iterator[Scene]:
    with cheap_passwords():
        made = desk()
        clients = []
        for each in (ROB, EMMA):
            roles = ("release-officer",)
            made.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, roles)])
            clients.append(Visitor(made, each.name))
        yield Scene(made, *clients)


def row_of(page: str, words: str) -> int:
    """The number of the row that masks the words."""
    found = re.search(rf'name="word-(\d+)" value="[^"]*{re.escape(words)}[^"]*"', page)
    assert found is not None, words
    return int(found[1])


def masked(page: str) -> str:
    """The text as the page shows it, without tags."""
    found = re.search(r'aria-label="The masked text">(.*?)</div>', page, re.DOTALL)
    assert found is not None
    return re.sub("<[^>]+>", "", found[1])


def test_the_text_is_shown_with_its_bars_and_their_reasons(at: Scene) -> None:
    page = at.send("look").text
    assert "Quillfeather" not in masked(page)
    assert "07700" not in masked(page)
    assert 'class="bar" title="person:' in page
    assert 'class="bar" title="contact:' in page
    assert not at.entries


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_file_is_written_anew_without_what_was_masked_and_is_on_record(at: Scene, kind: str) -> None:
    answer = at.send(kind, text=NOTE)
    assert f"redacted.{kind}" in answer.headers["content-disposition"]
    held = everything_in(answer.content)
    assert not any(words.encode() in held for words in (*NAMES, *NUMBERS))
    (entry,) = at.entries
    assert json.loads(entry.body["counts"])["person"] >= 1
    whole = json.dumps(service.recorded(look(at.desk, ROB), entry)) + json.dumps(dict(entry.body))
    assert not any(words in whole for words in (*NAMES, *NUMBERS))
    assert "person" in at.rob.get(f"/redact/{entry.id}").text
    assert at.rob.get(f"/redact/{'0' * 32}").status_code == 404


def test_a_word_file_is_read_and_nothing_else_of_it_goes_on(at: Scene) -> None:
    page = at.send("look", text="", file=word_file(NOTE)).text
    assert not any(words in masked(page) for words in NAMES)


def test_a_lifting_wants_a_reason_and_is_recorded_without_the_words(at: Scene) -> None:
    number = row_of(at.send("look").text, "900123")
    fields = {f"word-{number}": "07700 900123", f"had-{number}": "contact", f"lift-{number}": "yes"}
    assert "900123" in masked(at.send("look", fields).text)
    refused = at.send("txt", fields)
    assert refused.status_code == 400
    assert "reason for lifting" in refused.text
    assert not at.entries
    given = at.send("txt", {**fields, f"why-{number}": "It is the switchboard."})
    assert b"900123" in given.content
    (entry,) = at.entries
    record = service.recorded(look(at.desk, ROB), entry)
    assert record["lifted"] == [{"times": 1, "why": "It is the switchboard."}]
    assert "900123" not in json.dumps(record)


def test_more_is_masked_on_a_persons_word(at: Scene) -> None:
    fields = {"add-0": "at noon", "code-0": "date", "because-0": "Only he lunches then."}
    assert "noon" not in masked(at.send("look", fields).text)
    assert b"noon" not in at.send("txt", fields).content
    (entry,) = at.entries
    assert service.recorded(look(at.desk, ROB), entry)["ordered"] == [
        {"reason": "date", "why": "Only he lunches then."}
    ]
    assert at.send("look", {**fields, "code-0": "whim"}).status_code == 400


def test_what_the_desk_guards_is_masked_and_not_lifted(at: Scene) -> None:
    filed(at.desk, ROB, "Orla Mistletoe. She told us of it.", label="S&AGENTS", source="SAXIFRAGE")
    text = "Then s a x i f r a g e spoke of a holiday by the river."
    page = at.send("look", text=text).text
    assert "x i f" not in masked(page)
    assert "not lifted here" in page
    number = row_of(page, "s a x")
    fields = {f"word-{number}": "s a x i f r a g e", f"lift-{number}": "yes", f"why-{number}": "I want it."}
    assert b"x i f" not in at.send("txt", fields, text=text).content
    assert GUARD in json.dumps(service.recorded(look(at.desk, ROB), at.entries[-1]))


def test_what_is_guarded_above_somebody_masks_nothing_of_his(at: Scene) -> None:
    text = "Then saxifrage grew by the river."
    before = masked(at.send("look", by="emma", text=text).text)
    filed(at.desk, ROB, "Orla Mistletoe. She told us of it.", label="S&AGENTS", source="SAXIFRAGE")
    assert masked(at.send("look", by="emma", text=text).text) == before


def test_a_report_is_sanitised_into_a_release(at: Scene) -> None:
    report = filed(at.desk, ROB, "Tobias Quillfeather. He met us at 14 Larkspur Road, Luton.", label="S&AGENTS")
    page = at.rob.get(f"/redact?report={report}").text
    assert "Larkspur" in page
    assert at.emma.get(f"/redact?report={report}").status_code == 404
    text = look(at.desk, ROB).report(report).text
    fields = {"about": report, "audience": "public", "label": "S&AGENTS"}
    answer = at.send("release", fields, text=text)
    (made,) = releases(look(at.desk, ROB)).by_id.values()
    assert answer.url.path == f"/releases/{made.id}/edit"
    assert (made.content.form, made.label) == ("sanitised-report", "S&AGENTS")
    held = look(at.desk, ROB).kept(made.content.members[0].digest, about=made.id)
    assert b"Quillfeather" not in held
    assert b"Larkspur" not in held
    assert [each.about for each in at.entries] == [report]
    assert at.send("look", {"about": report}, by="emma").status_code == 404


@pytest.mark.parametrize(
    ("do", "fields", "said"),
    [
        ("look", {"text": " "}, "no text"),
        ("look", {"text": "x" * 400_001}, "cut it in parts"),
        ("look", {"mode": "guess"}, "no mode"),
        ("exe", {}, "nothing that is done"),
        ("txt", {"label": "NOT&HELD"}, "Not done"),
    ],
)
def test_what_will_not_do_is_told(at: Scene, do: str, fields: dict[str, str], said: str) -> None:
    answer = at.send(do, fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert not at.entries


def test_a_file_that_is_no_paper_is_refused_in_words(at: Scene) -> None:
    answer = at.send("look", file=b"\x89PNG\r\n\x1a\n")
    assert answer.status_code == 400
    assert "Not done" in answer.text
