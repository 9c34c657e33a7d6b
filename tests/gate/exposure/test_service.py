"""The gate is itself a channel: each learns what is his, and a refusal is the same bytes whatever the reason."""

from __future__ import annotations

import json

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.exposure import service
from leconfield.gate.exposure.asking import CHECKED
from leconfield.gate.exposure.commands import as_data
from leconfield.gate.exposure.model import Text
from leconfield.gate.exposure.service import REASONED, REFERRED, REFUSAL, Answer
from leconfield.gate.release.model import Colour
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader
from tests.gate.worlds import PROFILE, PUBLIC
from tests.ledger.desks import EMMA, ROB, START, desk, filed, look

KARINA = Reader("karina", "Karina, investigator", frozenset({"O", "S", "SEQUIN", "INTERCEPT"}))
AGENTS = "S&SEQUIN&AGENTS"
LIMP = "Molloy. He walks with a limp since a forklift rolled over his foot."
THROAT = "Pryce. He said in the pub that a port is a throat."
ON = "2026-07-01"


def staffed() -> Desk:
    """A desk at which Rob, Emma and Karina may sign in."""
    at = desk()
    for each in (ROB, EMMA, KARINA):
        draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
        at.append(accounts.KEEPER, [draft])
    return at


def asked(at: Desk, who: Reader, words: str) -> Answer:
    return service.answer(at, look(at, who), Text(words, ON), PROFILE, PUBLIC)


def told_to(at: Desk, who: Reader, kind: str) -> list[dict[str, str]]:
    return [each.body for each in look(at, who).entries(kind=kind)]


def test_whoever_may_know_why_is_told() -> None:
    at = staffed()
    filed(at, ROB, LIMP, AGENTS)
    answer = asked(at, ROB, "The man limps since a forklift rolled over his foot.")
    assert (answer.colour, answer.refusal) == (Colour.RED, "")
    assert "HEATHER" in answer.verdict.sentences[0].reasons[0].words


def test_a_refusal_for_what_one_may_not_know_is_the_same_bytes_whatever_the_reason() -> None:
    answers = []
    for text, draft in ((LIMP, "The man limps since a forklift rolled over his foot."),) * 2:
        for secret in (text, f"{text} Gareth Pryce saw it.", f"{text} It was in Hull, on 5 March 2026."):
            at = staffed()
            filed(at, ROB, secret, AGENTS)
            answers.append(json.dumps(as_data(asked(at, EMMA, draft))))
    assert len(set(answers)) == 1
    assert REFUSAL in answers[0]
    assert "HEATHER" not in answers[0]


@pytest.mark.parametrize("draft", ["We answer at every hour.", "The man limps since a forklift rolled over his foot."])
def test_two_worlds_that_agree_on_whether_it_may_go_on_give_the_asker_the_same_bytes(draft: str) -> None:
    """Delimited release: the one thing told is whether; all that the asker sees of the desk is the same besides."""
    seen: dict[str, set[str]] = {}
    for secrets in ((), (LIMP,), (LIMP, THROAT), (THROAT,), (LIMP, LIMP.replace("He", "The man"))):
        at = staffed()
        for number, each in enumerate(secrets):
            filed(at, ROB, each, AGENTS, source=f"HEATHER{number}")
        answer = asked(at, EMMA, draft)
        view = look(at, EMMA)
        transcript = json.dumps([as_data(answer), [[e.kind, e.label, e.body] for e in view.entries()]], sort_keys=True)
        seen.setdefault(answer.refusal, set()).add(transcript)
    assert all(len(each) == 1 for each in seen.values())
    assert "HEATHER" not in str(seen)


def test_the_full_reasoning_goes_to_those_who_hold_what_the_draft_touches_and_to_nobody_else() -> None:
    at = staffed()
    filed(at, ROB, LIMP, AGENTS)
    asked(at, EMMA, "The man limps since a forklift rolled over his foot.")
    (body,) = told_to(at, ROB, REASONED)
    assert (body["asker"], body["colour"]) == ("emma", "red")
    assert json.loads(body["sentences"])["critical"] == ["HEATHER"]
    assert told_to(at, EMMA, REASONED) == told_to(at, KARINA, REASONED) == []


def test_what_no_one_view_shows_is_referred_to_all_who_hold_most() -> None:
    at = staffed()
    one = filed(at, ROB, "Molloy. He buried seven barrels behind the abattoir at Derby.", AGENTS)
    other = filed(at, KARINA, "Pryce. He copied forty keys of the signal box at Truro.", "S&SEQUIN&INTERCEPT")
    people = [f"person {number}" for number in range(6)]
    service.note_knowers(at, look(at, ROB), one, ["Vin", *people])
    service.note_knowers(at, look(at, KARINA), other, ["Vin", *(f"{each} b" for each in people)])
    answer = asked(
        at, EMMA, "Seven barrels were buried behind the abattoir.\nForty keys of the signal box were copied."
    )
    assert answer.refusal == REFUSAL
    assert len(told_to(at, ROB, REFERRED)) == len(told_to(at, KARINA, REFERRED)) == 1
    assert told_to(at, EMMA, REFERRED) == []


def test_nobody_widens_the_circle_of_knowers_from_below() -> None:
    at = staffed()
    report = filed(at, ROB, LIMP, AGENTS)
    at.append(EMMA, [Draft("knowers noted", "S&SEQUIN", about=report, body={"people": "the whole of Luton|200000"})])
    assert asked(at, ROB, "The man limps since a forklift rolled over his foot.").colour is Colour.RED


def test_who_could_have_known_is_written_by_whoever_sees_the_report() -> None:
    at = staffed()
    report = filed(at, ROB, LIMP, AGENTS, START)
    with pytest.raises(NotFoundError):
        service.note_knowers(at, look(at, EMMA), report, ["Ann"])
    with pytest.raises(BadInputError, match="no number of people"):
        service.note_knowers(at, look(at, ROB), report, ["the crew|many"])
    service.note_knowers(at, look(at, ROB), report, ["the crew|12", "Ann|1|2026-03-05"])
    assert asked(at, ROB, "The man limps since a forklift rolled over his foot.").colour is Colour.GREEN


def test_nobody_checks_in_the_past() -> None:
    at = staffed()
    with pytest.raises(RefusedError):
        service.answer(at, look(at, ROB, START), Text("Good morning.", ON), PROFILE, PUBLIC)


def test_a_check_is_kept_with_what_the_asker_was_told() -> None:
    at = staffed()
    asked(at, EMMA, "We answer at every hour.")
    (entry,) = look(at, EMMA).entries(kind=CHECKED)
    assert (entry.by, entry.body["colour"]) == ("emma", "green")


def test_an_amber_that_the_asker_sees_does_not_stand_for_one_that_he_does_not() -> None:
    draft = "The beekeeper of Truro won a prize at Bangor on 3 May 2026 for honey, candles, mead, wax and hives."
    alone = staffed()
    assert (asked(alone, EMMA, draft).colour, asked(alone, EMMA, draft).refusal) == (Colour.AMBER, "")
    at = staffed()
    filed(at, ROB, "Quill. The beekeeper at Truro slept badly.", AGENTS)
    assert asked(at, EMMA, draft).refusal == REFUSAL


def test_nobody_is_asked_about_what_merely_nobody_holds() -> None:
    at = staffed()
    filed(at, ROB, LIMP, AGENTS)
    assert asked(at, EMMA, "On 3 May 2026 the choir sang at Bangor.").colour is Colour.AMBER
    assert told_to(at, ROB, REASONED) == told_to(at, ROB, REFERRED) == told_to(at, KARINA, REFERRED) == []
