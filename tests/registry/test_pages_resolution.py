"""Pages of resolution over HTTP: faults are answered in words, what was decided is told with its author."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from leconfield import app
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.registry import service
from leconfield.registry.resolution import Partition
from tests.ledger.desks import ROB, desk, filed, look
from tests.noninterference.pages import Browser, prepared


@pytest.fixture
def opened() -> Iterator[tuple[Desk, Browser, list[str]]]:
    """A desk with three records of one person, somebody at it, and the ids of the records."""
    with prepared():
        at = desk()
        at.append(accounts.KEEPER, [accounts.enrolling("rob", "Rob", "a long password", ROB.tokens, ())])
        for place in ("Mill Lane", "the quay", "Cedar House"):
            filed(at, ROB, f"Gareth Pritchard. He was seen at {place}.")
        partition = look(at, ROB).derived(Partition)
        subject = next(each for each in partition.subjects() if "Pritchard" in each.name)
        yield at, Browser(app.site(at), "rob"), list(subject.records)


def body(browser: Browser, path: str, status: int = 200) -> str:
    found, _, content = browser.get(path)
    assert found == status, content.decode()[-400:]
    return content.decode()


def test_how_a_subject_came_to_be_is_drawn_and_written_out(opened: tuple[Desk, Browser, list[str]]) -> None:
    _, browser, records = opened
    page = body(browser, f"/subjects/{records[0]}/history")
    assert page.count('r="5"/>') == 3
    assert page.count("Pritchard: same") == 2
    assert "a chance pair" in page


def test_a_split_that_is_decided_is_told_with_its_author_and_reason(opened: tuple[Desk, Browser, list[str]]) -> None:
    at, browser, records = opened
    preview = body(browser, f"/subjects/{records[0]}/split?record={records[2]}")
    assert "were split" in preview
    assert (
        len(look(at, ROB).derived(Partition).subject(look(at, ROB).derived(Partition).head_of(records[0])).records) == 3
    )  # type: ignore[arg-type]
    service.judge(at, look(at, ROB), records[0], records[2], "different", "another gait")
    assert "rob judged: another gait" in " ".join(body(browser, "/changes").split())
    (event,) = json.loads(body(browser, "/changes.json"))["events"]
    assert (event["kind"], event["by"], event["reason"]) == ("split", "rob", "another gait")
    assert [each["now"] for each in event["after"]] == [records[0], records[2]]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/subjects/nobody/history", "is known here; trace the name"),
        ("/subjects/{0}/split", "no two records of this subject"),
        ("/subjects/{0}/split?record=nobody", "is known here; trace the name"),
        ("/subjects/{0}/split?left={0}&right=nobody", "no two records of this subject"),
        ("/subjects/{0}/merge?with=nobody", "is known here; trace the name"),
        ("/changes?subject=nobody", "is known here; trace the name"),
    ],
)
def test_what_is_not_there_is_said_in_words(opened: tuple[Desk, Browser, list[str]], path: str, words: str) -> None:
    _, browser, records = opened
    assert words in body(browser, path.format(*records), 404)


def test_a_subject_is_not_joined_with_itself(opened: tuple[Desk, Browser, list[str]]) -> None:
    _, browser, records = opened
    assert "held against itself" in body(browser, f"/subjects/{records[0]}/merge?with={records[1]}", 400)


def test_nobody_decides_in_the_past(opened: tuple[Desk, Browser, list[str]]) -> None:
    _, browser, records = opened
    page = body(browser, f"/subjects/{records[0]}/split?record={records[1]}&as_of=2099")
    assert "Nobody decides in the past" in page
    assert "Hold them apart" not in page
