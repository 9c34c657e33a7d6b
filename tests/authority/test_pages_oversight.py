"""Tests of the inspector's page: everything's clocks and who read how much, nothing of what it says, nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.authority.model import Step
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import any_of
from leconfield.ledger.model import Question
from tests.agents.visiting import seated
from tests.authority.offices import ABOUT, APPLICANT, INSPECTOR, LABEL, OFFICER, SAID, asked, does, office


def test_the_inspector_sees_clocks_accesses_and_what_he_was_told() -> None:
    desk, hands = office()
    which = asked(desk)
    does(desk, OFFICER, which, Step.GRANT)
    told = Draft("observed without authority", any_of((LABEL, "OVERSIGHT")), about="b" * 32)
    desk.append(APPLICANT, [told, Draft("observation logged", LABEL, about=ABOUT, body={"seen": "him"})])
    desk.view(APPLICANT, asking=Question("trace", "Ray Cassell"))
    hands.move(days=40)
    (inspector,) = seated(desk, INSPECTOR)
    page = inspector.get("/oversight").text
    for each in ("Observed without authority", which[:12], "live, review overdue", "trace 1", "gwen"):
        assert each in page
    for each in ("Cassell", ABOUT[:12], SAID["purpose"], "him"):
        assert each not in page
    assert 'href="/oversight"' in inspector.get("/authority").text


def test_what_he_reads_is_logged_apart() -> None:
    desk, _ = office()
    (inspector,) = seated(desk, INSPECTOR)
    before = len(list(desk.leaves()))
    inspector.get("/oversight")
    inspector.get("/authority/register")
    assert len(list(desk.leaves())) == before


@pytest.mark.parametrize("missing", ["roles", "tokens"])
def test_to_anybody_else_there_is_no_such_page(missing: str) -> None:
    desk, _ = office()
    asked(desk)
    nearly = replace(INSPECTOR, name="nearly", **{missing: frozenset()})  # type: ignore[arg-type]
    for each in seated(desk, nearly, APPLICANT):
        shown, nowhere = each.get("/oversight"), each.get("/no-such-page")
        assert shown.status == nowhere.status == 404
        assert shown.text == nowhere.text.replace("/no-such-page", "/oversight")
        assert "/oversight" not in each.get("/authority").text


def test_as_of_an_earlier_day_what_came_later_is_not_there() -> None:
    desk, hands = office()
    first = asked(desk)
    hands.move(days=3)
    later = asked(desk, about="c" * 32)
    (inspector,) = seated(desk, INSPECTOR)
    page = inspector.get("/oversight?as_of=2026-03-03").text
    assert first[:12] in page
    assert later[:12] not in page
    assert "5 March 2026" not in page.partition("Accesses by day")[2].partition("</table>")[0]


def test_a_page_that_is_none_is_refused_with_words() -> None:
    desk, _ = office()
    (inspector,) = seated(desk, INSPECTOR)
    assert "is not a whole number" in inspector.get("/oversight?from=-1").text
