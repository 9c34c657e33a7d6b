"""How a subject of interest stands: folded from decisions, through joins, splits, labels and days."""

from __future__ import annotations

import pytest

from leconfield.desk.interest import service
from leconfield.desk.interest.rules import due
from leconfield.desk.interest.state import everybody
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from tests.desk.interest.circles import Circle
from tests.ledger.desks import EMMA, ROB


@pytest.fixture
def circle() -> Circle:
    made = Circle()
    made.person("ray", "Ray Cassell")
    made.person("him", "Raymond C")
    return made


def test_it_opens_closes_and_opens_again_with_every_reason_kept(circle: Circle) -> None:
    circle.open("ray", tier="3")
    service.set_tier(circle.desk, circle.view(), circle.record("ray"), tier="1", reason="armed")
    circle.close("ray")
    service.reopen(circle.desk, circle.view(), circle.record("ray"), reason="seen again", review="2026-07-01")
    found = circle.of("ray")
    assert found is not None
    assert (found.state, found.tier, found.review) == ("re-opened", "1", "2026-07-01")
    assert [each.reason for each in found.history] == ["heard of", "armed", "nothing came of it", "seen again"]
    assert found.interests[0].residual == "may take it up again"


def test_two_that_are_found_to_be_one_keep_both_histories_and_the_gravest_tier_and_open_prevail(circle: Circle) -> None:
    circle.open("ray", tier="4", review="2026-09-01")
    circle.close("ray", review="2026-08-01")
    circle.open("him", tier="2", review="2026-10-01")
    circle.judge("ray", "him")
    found = circle.of("ray")
    assert found == circle.of("him")
    assert found is not None
    assert (found.state, found.tier, found.review, len(found.interests)) == ("open", "2", "2026-08-01", 2)
    assert len(found.history) == 3
    assert len(everybody(circle.view())) == 1


def test_a_split_gives_each_his_own_back(circle: Circle) -> None:
    circle.open("ray", tier="4")
    circle.open("him", tier="2")
    apart = circle.of("ray"), circle.of("him")
    assert len(everybody(circle.view())) == 2
    circle.judge("ray", "him")
    assert len(everybody(circle.view())) == 1
    circle.judge("ray", "him", "withdrawn")
    assert (circle.of("ray"), circle.of("him")) == apart
    assert len(everybody(circle.view())) == 2


def test_closing_a_joined_subject_closes_each_that_is_open_in_it(circle: Circle) -> None:
    circle.open("ray")
    circle.open("him")
    circle.judge("ray", "him")
    circle.close("ray")
    circle.judge("ray", "him", "withdrawn")
    assert [each.closed for each in everybody(circle.view())] == [True, True]


def test_a_past_day_shows_how_it_stood_then(circle: Circle) -> None:
    circle.open("ray")
    before = circle.clock.at
    circle.clock.on(2)
    circle.close("ray")
    then, now = circle.of("ray", as_of=before), circle.of("ray")
    assert then is not None
    assert now is not None
    assert (then.state, now.state) == ("open", "closed")


def test_whoever_may_not_know_sees_none_and_may_open_his_own(circle: Circle) -> None:
    circle.open("ray", tier="1", label="S&AGENTS")
    assert circle.of("ray", EMMA) is None
    circle.open("ray", tier="4", by=EMMA)
    hers, his = circle.of("ray", EMMA), circle.of("ray", ROB)
    assert hers is not None
    assert his is not None
    assert (hers.tier, his.tier, len(his.interests)) == ("4", "1", 2)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"tier": "5"}, BadInputError),
        ({"reason": "  "}, BadInputError),
        ({"review": ""}, BadInputError),
        ({"review": "31/02/2026"}, BadInputError),
        ({"review": "2020-01-01"}, BadInputError),
        ({"label": ""}, BadInputError),
        ({"label": "TS"}, RefusedError),
        ({"which": "f" * 32}, NotFoundError),
    ],
)
def test_what_will_not_do_is_refused_with_words(circle: Circle, given: dict[str, str], error: type[Exception]) -> None:
    terms = {"tier": "2", "reason": "heard of", "review": "2026-09-01", "label": "S", **given}
    which = terms.pop("which", circle.record("ray"))
    with pytest.raises(error):
        service.open_subject(circle.desk, circle.view(), which, **terms)
    assert everybody(circle.view()) == ()


def test_nothing_is_decided_twice_or_in_the_past(circle: Circle) -> None:
    circle.open("ray")
    with pytest.raises(RefusedError):
        circle.open("ray")
    circle.close("ray")
    with pytest.raises(RefusedError):
        circle.close("ray")
    with pytest.raises(NotFoundError):
        circle.close("him")
    with pytest.raises(RefusedError):
        service.reopen(
            circle.desk, circle.view(as_of=circle.clock.at), circle.record("ray"), reason="r", review="2026-09-01"
        )


@pytest.mark.parametrize(
    ("moment", "state", "words"),
    [
        ("2026-08-01T00:00:00.000000Z", "calm", "in 31 days"),
        ("2026-08-31T12:00:00.000000Z", "soon", "in 1 day"),
        ("2026-09-01T12:00:00.000000Z", "soon", "today"),
        ("2026-09-02T12:00:00.000000Z", "overdue", "1 day late"),
        ("2026-09-10T12:00:00.000000Z", "overdue", "9 days late"),
        ("", "", ""),
    ],
)
def test_a_re_assessment_is_late_once_its_day_is_over(moment: str, state: str, words: str) -> None:
    stands = due("2026-09-01", moment)
    assert (stands.state, stands.words) == (state, words)
