"""The key's answers for the investigators' desk hold through the real product, as of each day that it names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from leconfield.demo.key import MustBeAnswered, MustBeCleared, MustRise
from leconfield.desk.incidents import answer_of_record
from leconfield.desk.incidents.reads import reads_of
from leconfield.desk.incidents.record import AnswerOfRecord
from leconfield.desk.interest import standing
from leconfield.desk.interest.state import interest_in
from leconfield.desk.leads.queue import waiting
from leconfield.desk.suggestions import Suggestion
from leconfield.desk.typologies import raising
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.ledger.view import View
from leconfield.registry.lookup import subject_at
from tests.demo.filled import case, filled, records_of, seen

EXPECTED = case().expected
FIRST, LAST = date(2026, 3, 2), date(2026, 7, 1)
FORTNIGHT = timedelta(days=14)
INVESTIGATORS = {"rob", "emma", "karina"}
"""Those who see the case itself; the others of its officers see what is theirs."""


def asked(found: Iterable[MustRise | MustBeCleared]) -> list[object]:
    return [
        pytest.param(each, user, id=f"{user}: {each.key}, {getattr(each, 'raised_by', 'cleared')}")
        for each in found
        for user in each.visible_to
    ]


def raised(view: View, key: str, by: str = "") -> list[Suggestion]:
    """What is raised about the subject in that view; `by`: a typology's id or `closed subject`."""
    records = records_of(view, key)
    found = [each for each in (*standing.raised(view), *raising.raised(view)) if set(each.subjects) & records]
    names = {each.typology.id: f"“{each.typology.name}”" for each in view.derived(Catalogue).all_in_force()}
    if by in ("", standing.CLOSED_SUBJECT):
        return [each for each in found if by in ("", each.kind)]
    return [each for each in found if each.kind == raising.KIND and each.title.endswith(names[by])]


def day_of(number: int) -> str:
    """The day of the story with that number, the first being 1."""
    return (FIRST + timedelta(days=number - 1)).isoformat()


def told_in(view: View, numbers: Iterable[str]) -> set[str]:
    """The ids of the reports with these numbers."""
    references = {case().report(each).reference for each in numbers}
    found = {str(each.id) for each in view.reports() if each.reference in references}
    assert len(found) == len(references)
    return found


@pytest.mark.parametrize(("expected", "user"), asked(EXPECTED.must_rise))
def test_who_must_rise_stands_before_a_person_in_time_and_not_before(expected: MustRise, user: str) -> None:
    view = seen(user, expected.by)
    (found,) = raised(view, expected.key, expected.raised_by)
    assert told_in(view, expected.reports) <= set(found.reports)
    assert found.id in {each.id for each in waiting(view)}, "it waits to be decided on"
    if expected.not_before:
        assert raised(seen(user, expected.not_before), expected.key) == []


def test_the_lone_actor_rises_by_the_sixty_first_day_for_everybody() -> None:
    mine = [each for each in EXPECTED.must_rise if each.key == case_of_the_lone_actor()]
    by_all = [each for each in mine if set(each.visible_to) == INVESTIGATORS]
    assert {(each.raised_by, each.by) for each in by_all} == {
        ("closed subject", day_of(44)),
        ("lone-attacker", day_of(61)),
    }


def case_of_the_lone_actor() -> str:
    return EXPECTED.must_be_answered[0].key


@pytest.mark.parametrize("user", ["rob", "emma", "karina"])
def test_what_was_said_of_the_lone_actor_when_he_was_closed_put_him_before_nobody(user: str) -> None:
    view = seen(user, "2026-03-12")
    subject = subject_at(view, filled()[1][case_of_the_lone_actor()])
    interest = interest_in(view, subject.id, subject.records)
    assert interest is not None
    assert interest.closed
    assert raised(view, case_of_the_lone_actor()) == []


@pytest.mark.parametrize(("expected", "user"), asked(EXPECTED.must_be_cleared))
def test_who_must_be_cleared_is_closed_with_a_reason_that_rests_on_what_was_seen(
    expected: MustBeCleared, user: str
) -> None:
    view = seen(user, LAST.isoformat())
    subject = subject_at(view, filled()[1][expected.key])
    interest = interest_in(view, subject.id, subject.records)
    if not expected.closed:
        assert interest is None, "nobody had to look at him"
        return
    assert interest is not None
    assert interest.closed
    (closing,) = [each for each in interest.interests[0].acts if each.kind == "subject closed"]
    assert (closing.at[:16], closing.by) == (expected.closed, expected.by)
    assert closing.reason
    assert closing.residual
    cleared_by = told_in(view, expected.rests_on)
    assert all(view.report(each).learnt < closing.at for each in cleared_by)


@pytest.mark.parametrize(("expected", "user"), asked(EXPECTED.must_be_cleared))
def test_noise_about_who_must_be_cleared_weighs_little_and_is_settled(expected: MustBeCleared, user: str) -> None:
    for day in expected.raised:
        (found,) = raised(seen(user, day), expected.key)
        assert (found.kind, found.bits < expected.at_most) == (standing.CLOSED_SUBJECT, True), day
    for day in expected.quiet:
        view = seen(user, day)
        if filled()[1][expected.key] in view.world.by_subject:
            assert raised(view, expected.key) == [], day


@pytest.mark.parametrize("user", ["rob", "emma", "karina"])
def test_no_typology_raises_who_must_be_cleared_nor_a_namesake_on_any_fortnight(user: str) -> None:
    cleared = {each.key for each in EXPECTED.must_be_cleared}
    innocent = cleared | {each.key for each in case().registrations if each.key.startswith("n-")}
    day = FIRST + FORTNIGHT
    while day <= LAST:
        view = seen(user, day.isoformat())
        known = [each for each in sorted(innocent) if filled()[1][each] in view.world.by_subject]
        fitting = [(key, one.title) for key in known for one in raised(view, key) if one.kind == raising.KIND]
        assert fitting == [], day
        day += FORTNIGHT


def _answer(expected: MustBeAnswered) -> tuple[View, AnswerOfRecord]:
    view = seen(expected.user)
    return view, answer_of_record(view, [subject_at(view, filled()[1][expected.key])], expected.attack)


def asked_of() -> list[object]:
    return [pytest.param(each, id=each.user) for each in EXPECTED.must_be_answered]


@pytest.mark.parametrize("expected", asked_of())
def test_the_answer_of_record_says_since_when_and_from_what_he_was_known(expected: MustBeAnswered) -> None:
    _, answer = _answer(expected)
    then = answer.known[0].then
    assert then is not None
    assert then.words == expected.known_as
    assert answer.before[0].learnt[:10] == expected.first_known
    assert [each.reference for each in answer.reports] == [case().report(one).reference for one in expected.reports]
    assert answer.after == ()


@pytest.mark.parametrize("expected", asked_of())
def test_the_answer_of_record_says_who_decided_what_and_why(expected: MustBeAnswered) -> None:
    _, answer = _answer(expected)
    decided = [each for each in answer.before if each.kind == "decision"]
    told = {(each.learnt[:16], each.who, each.what) for each in decided}
    assert set(expected.decisions) <= told
    assert all(each.words for each in decided if each.what.startswith("subject of interest"))


@pytest.mark.parametrize("expected", asked_of())
def test_the_answer_of_record_says_who_had_read_it_as_far_as_he_may_know(expected: MustBeAnswered) -> None:
    view, answer = _answer(expected)
    by_reference = {case().report(each).reference: each for each in expected.reports}
    numbers = {str(each.id): by_reference[each.reference] for each in answer.reports}
    found = [(each.first[:16], each.actor, numbers[each.thing]) for each in reads_of(filled()[0], view, numbers)]
    assert found == list(expected.reads)


def test_what_one_officer_read_alone_is_told_only_to_who_holds_what_he_held() -> None:
    told = {each.user: {officer for _, officer, _ in each.reads} for each in EXPECTED.must_be_answered}
    assert told == {"emma": {"emma"}, "karina": {"emma", "karina"}, "rob": {"emma", "rob"}}
