"""The owner's side: he clears what he knows better, rewords in his own name, or refuses; nobody does from below."""

from __future__ import annotations

import json

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.exposure.clearing import CLEARED, REFUSED
from leconfield.gate.exposure.model import CLEARABLE, Check, Text
from leconfield.gate.exposure.service import REFERRED, REFUSAL, answer, note_knowers
from leconfield.gate.owning import service
from leconfield.gate.owning.state import REFUSAL_TOLD, REWORDED, cases, refusals_for, waiting, wordings_for
from leconfield.gate.release.model import Colour
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader
from tests.gate.owning.desks import (
    AGENTS,
    BEES,
    CLERK,
    IRIS,
    KARINA,
    LIMP,
    PRIZE,
    RUNNER,
    SAID,
    asked,
    case_of,
    staffed,
)
from tests.gate.worlds import PROFILE, PUBLIC
from tests.ledger.desks import EMMA, START, filed, look

WEAK = Check.WEAK.value
MANY = [f"person {number}" for number in range(9)]


def weak() -> Desk:
    """Emma was refused, for her draft may rest on what Iris and Rob hold."""
    at = staffed()
    filed(at, RUNNER, BEES, AGENTS)
    assert asked(at, EMMA, PRIZE).refusal == REFUSAL
    return at


def cleared(at: Desk, who: Reader, **other: str) -> None:
    body = {
        "asker": "emma",
        "audience": "public",
        "authors": "emma",
        "roles": "controller",
        "sentence": PRIZE,
        "check": WEAK,
        "reports": " ".join(look(at, IRIS).world.reports),
    }
    at.append(who, [Draft(CLEARED, other.pop("label", AGENTS), about=case_of(at, IRIS).digest, body={**body, **other})])


def test_a_reason_that_an_owner_clears_lifts_the_refusal_and_the_author_sees_nothing_of_it() -> None:
    at = weak()
    assert (waiting(look(at, IRIS)), waiting(look(at, EMMA))) == (1, 0)
    service.clear(at, look(at, IRIS), case_of(at, IRIS).id, 1, WEAK, reason="That prize was in every garden column.")
    after = asked(at, EMMA, PRIZE)
    assert (after.colour, after.refusal) == (Colour.GREEN, "")
    assert waiting(look(at, IRIS)) == waiting(look(at, RUNNER)) == 0
    assert look(at, EMMA).entries(kind=CLEARED) == []


def test_a_clearance_holds_for_that_very_draft_alone() -> None:
    at = weak()
    service.clear(at, look(at, IRIS), case_of(at, IRIS).id, 1, WEAK, reason="That prize was in every garden column.")
    assert asked(at, EMMA, f"{PRIZE} We are glad.").refusal == REFUSAL


@pytest.mark.parametrize("check", sorted(set(Check) - CLEARABLE))
def test_what_a_machine_can_count_nobody_clears(check: Check) -> None:
    at = staffed()
    filed(at, RUNNER, LIMP, AGENTS)
    asked(at, EMMA, SAID)
    with pytest.raises(RefusedError, match="nobody clears"):
        service.clear(at, look(at, IRIS), case_of(at, IRIS).id, 1, check.value, reason="I say so.")


@pytest.mark.parametrize("check", list(Check))
def test_an_entry_that_clears_what_is_red_changes_nothing(check: Check) -> None:
    at = staffed()
    filed(at, RUNNER, LIMP, AGENTS)
    asked(at, EMMA, SAID)
    cleared(at, IRIS, sentence=SAID, check=check.value)
    assert asked(at, EMMA, SAID).refusal == REFUSAL


def test_nobody_clears_from_below_for_another_or_without_the_role() -> None:
    for who, other in (
        (EMMA, {"label": "S&SEQUIN"}),
        (IRIS, {"label": "S&SEQUIN"}),
        (IRIS, {"label": "AGENTS|S"}),
        (IRIS, {"roles": "record-keeper"}),
        (IRIS, {"authors": "emma iris"}),
        (IRIS, {"reports": ""}),
        (IRIS, {"audience": "court"}),
        (IRIS, {"sentence": "Another."}),
        (IRIS, {"check": Check.TOPIC.value}),
    ):
        at = weak()
        cleared(at, who, **other)
        assert asked(at, EMMA, PRIZE).refusal == REFUSAL, other


def test_what_two_compartments_hold_takes_the_clearance_of_both() -> None:
    at = staffed()
    filed(at, RUNNER, BEES, AGENTS)
    filed(at, KARINA, BEES, "S&SEQUIN&INTERCEPT", source="PLOVER")
    asked(at, EMMA, PRIZE)
    service.clear(at, look(at, IRIS), case_of(at, IRIS).id, 1, WEAK, reason="It was in every garden column.")
    assert asked(at, EMMA, PRIZE).refusal == REFUSAL
    service.clear(at, look(at, KARINA), case_of(at, KARINA).id, 1, WEAK, reason="It was in every garden column.")
    assert asked(at, EMMA, PRIZE).refusal == ""


def test_news_that_has_got_round_counts_as_heard_and_never_hides_that_too_few_heard() -> None:
    at = staffed()
    few, many = LIMP, "Quill. He copied forty keys of the signal box at Truro."
    first = filed(at, RUNNER, few, AGENTS, source="HERON")
    second = filed(at, RUNNER, many, AGENTS, source="PLOVER")
    note_knowers(at, look(at, RUNNER), first, ["Ann"])
    note_knowers(at, look(at, RUNNER), second, MANY)
    keys = "He copied forty keys of the signal box at Truro."
    for words, colour in ((SAID, Colour.RED), (keys, Colour.GREEN)):
        assert answer(at, look(at, EMMA), Text(words, "2026-03-04"), PROFILE, PUBLIC).refusal == REFUSAL
        case = next(each for each in cases(look(at, IRIS)) if each.text.words == words)
        reason = "It was on the radio on the same evening."
        if colour is Colour.GREEN:
            service.clear(at, look(at, IRIS), case.id, 1, Check.WINDOW.value, reason=reason)
        else:
            with pytest.raises(BadInputError, match="not held up"):
                service.clear(at, look(at, IRIS), case.id, 1, Check.BURN.value, reason=reason)
            service.clear(at, look(at, IRIS), case.id, 1, Check.WINDOW.value, reason=reason)
        assert service.verdict(look(at, IRIS), case).colour is colour


def test_noting_who_could_have_known_shows_first_what_it_changes_and_settles_the_case() -> None:
    at = staffed()
    report = filed(at, RUNNER, LIMP, AGENTS)
    asked(at, EMMA, SAID)
    case = case_of(at, IRIS)
    before = len(look(at, IRIS).world.entries)
    assert service.supposed(look(at, IRIS), case, report, ["the yard|12"]).colour is Colour.GREEN
    assert service.supposed(look(at, IRIS), case, report, ["Ann"]).colour is Colour.RED
    assert len(look(at, IRIS).world.entries) == before
    service.note(at, look(at, IRIS), case.id, report, ["the yard|12"])
    assert case_of(at, IRIS).settled
    assert asked(at, EMMA, SAID).refusal == ""


def test_a_wording_reaches_the_author_under_what_both_hold_in_the_name_of_who_wrote_it() -> None:
    at = staffed()
    filed(at, RUNNER, LIMP, AGENTS)
    asked(at, EMMA, SAID)
    case = case_of(at, IRIS)
    words = "One of them was once hurt at work."
    service.reword(at, look(at, IRIS), case.id, 1, words=words, reason="The foot would name him.")
    (wording,) = wordings_for(look(at, EMMA), case.digest)
    assert (wording.by, wording.sentence, wording.words) == ("iris", SAID, words)
    assert wordings_for(look(at, EMMA), "another", [SAID]) == (wording,)
    assert {each.label for each in look(at, EMMA).entries(kind=REWORDED)} == {"O&S&SEQUIN"}
    assert "name him" not in json.dumps([each.body for each in look(at, EMMA).entries()])
    assert case_of(at, IRIS).settled


def test_a_wording_that_is_red_itself_does_not_cross() -> None:
    at = staffed()
    filed(at, RUNNER, LIMP, AGENTS)
    asked(at, EMMA, SAID)
    with pytest.raises(RefusedError, match="red itself"):
        service.reword(
            at, look(at, IRIS), case_of(at, IRIS).id, 1, words="He has limped since the forklift.", reason="Blunter."
        )
    assert look(at, EMMA).entries(kind=REWORDED) == []


def test_a_refusal_is_told_in_words_that_are_always_the_same_and_stands_whatever_comes() -> None:
    told = set()
    for secret, reason in ((LIMP, "He would be known by his foot."), (f"{LIMP} Pryce saw it.", "Never.")):
        at = staffed()
        report = filed(at, RUNNER, secret, AGENTS)
        asked(at, EMMA, SAID)
        case = case_of(at, IRIS)
        service.refuse(at, look(at, IRIS), case.id, reason=reason)
        note_knowers(at, look(at, RUNNER), report, MANY)
        assert asked(at, EMMA, SAID).refusal == REFUSAL
        (refusal,) = refusals_for(look(at, EMMA), case.digest)
        told.add(refusal.words)
        entries = [each for each in look(at, EMMA).entries() if each.about == case.digest]
        assert [each.by for each in entries if each.kind == "gate refusal told"] == ["gate"]
        assert "iris" not in json.dumps([[each.by, each.body] for each in entries])
        assert look(at, EMMA).entries(kind=REFUSED) == []
    assert told == {REFUSAL_TOLD}


def test_nobody_answers_for_what_he_wrote_or_asked_about_or_without_the_role_or_in_the_past() -> None:
    at = staffed()
    filed(at, RUNNER, BEES, AGENTS)
    asked(at, EMMA, PRIZE, authors=("iris",))
    asked(at, RUNNER, f"{PRIZE} Again.")
    mine = {each.asker: each for each in cases(look(at, RUNNER))}
    for who, case, match in (
        (IRIS, mine["emma"], "wrote or asked"),
        (RUNNER, mine["rob"], "wrote or asked"),
        (CLERK, mine["emma"], "takes the role"),
    ):
        with pytest.raises(RefusedError, match=match):
            service.clear(at, look(at, who), case.id, 1, WEAK, reason="I know better.")
        with pytest.raises(RefusedError, match=match):
            service.refuse(at, look(at, who), case.id, reason="I know better.")
    with pytest.raises(RefusedError, match="past"):
        service.clear(at, look(at, RUNNER, START), mine["emma"].id, 1, WEAK, reason="I know better.")
    with pytest.raises(NotFoundError):
        service.clear(at, look(at, EMMA), mine["emma"].id, 1, WEAK, reason="I know better.")


def test_an_answer_wants_a_reason_in_words() -> None:
    at = weak()
    with pytest.raises(BadInputError, match="reason is missing"):
        service.clear(at, look(at, IRIS), case_of(at, IRIS).id, 1, WEAK, reason="  ")


def test_what_is_asked_anew_for_another_reason_waits_again() -> None:
    at = weak()
    service.clear(at, look(at, IRIS), case_of(at, IRIS).id, 1, WEAK, reason="That prize was in every garden column.")
    filed(at, RUNNER, PRIZE, AGENTS, source="PLOVER")
    asked(at, EMMA, PRIZE)
    assert (waiting(look(at, IRIS)), len(case_of(at, IRIS).answers)) == (1, 2)


def test_what_no_one_view_shows_is_answered_by_those_who_hold_most() -> None:
    at = staffed()
    one = filed(at, RUNNER, "Molloy. He buried seven barrels behind the abattoir at Derby.", AGENTS)
    other = filed(at, KARINA, "Pryce. He copied forty keys of the signal box at Truro.", "S&SEQUIN&INTERCEPT")
    note_knowers(at, look(at, RUNNER), one, ["Vin", *MANY])
    note_knowers(at, look(at, KARINA), other, ["Vin", *(f"{each} b" for each in MANY)])
    asked(at, EMMA, "Seven barrels were buried behind the abattoir.\nForty keys of the signal box were copied.")
    assert case_of(at, IRIS).referred
    assert len(look(at, IRIS).entries(kind=REFERRED)) == 1
    service.reword(at, look(at, IRIS), case_of(at, IRIS).id, 1, words="Some things were hidden.", reason="Blunter.")
    assert len(wordings_for(look(at, EMMA), case_of(at, IRIS).digest)) == 1
