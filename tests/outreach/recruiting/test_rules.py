"""Tests of the panel's rules: steps, orders that are each one's own, spreads, severity, ranking."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.model import EntryId
from leconfield.outreach.recruiting import rules
from leconfield.outreach.recruiting.model import (
    INVITE,
    NOT_NOW,
    Campaign,
    Moderated,
    Packet,
    Score,
    Stage,
    Step,
    Threshold,
)
from tests.outreach.recruiting.panels import CHECK, WHY

PACKETS = tuple(f"{each:032x}" for each in range(4))
WHOM = ("abel", "bess", "carl")


def campaign(marks: dict[tuple[str, str, str], int], **more: object) -> Campaign:
    """A campaign with these marks, by assessor, question and packet; whoever marked everything has locked."""
    made = Campaign(
        "role-1",
        EntryId("e"),
        "Analyst",
        "S&RECRUITING",
        "S&APPLICANTS",
        "rita",
        "chloe",
        "2026-03-01",
        "2026-03-20",
        "2026-02-01",
        Stage.MODERATING,
        questions=(WHY, CHECK),
        assessors=WHOM,
        packets={each: Packet(each, "") for each in PACKETS},
        scores={(who, asked, packet): Score(who, packet, asked, mark) for (who, asked, packet), mark in marks.items()},
        locks={(who, asked.id): "t" for who in WHOM for asked in (WHY, CHECK)},
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the fields that a test names


def everywhere(mark: int = 4, **of: int) -> dict[tuple[str, str, str], int]:
    """One mark for every answer, or each assessor's own."""
    return {(who, asked.id, packet): of.get(who, mark) for who in WHOM for asked in (WHY, CHECK) for packet in PACKETS}


def test_every_stage_leads_to_one_other_and_none_leads_back() -> None:
    stages = list(Stage)
    for (before, _), after in rules.TRANSITIONS.items():
        assert stages.index(after) == stages.index(before) + 1
    assert len({before for before, _ in rules.TRANSITIONS}) == len(rules.TRANSITIONS) == len(stages) - 1


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("stage", list(Stage))
def test_no_step_is_taken_but_from_its_stage_and_by_its_owner(stage: Stage, step: Step) -> None:
    made = campaign(everywhere(), stage=stage)
    if (stage, step) not in rules.TRANSITIONS:
        assert "the campaign is" in rules.forbidden(made, step, "chloe", "2026-04-01")
        return
    wrong = "rita" if step in rules.BY_CHAIR else "chloe"
    assert "that is for" in rules.forbidden(made, step, wrong, "2026-04-01")


@settings(deadline=None)
@given(st.sets(st.text("0123456789abcdef", min_size=8, max_size=8), min_size=2, max_size=30))
def test_an_assessors_order_is_all_packets_and_always_the_same(packets: set[str]) -> None:
    first = rules.order("role-1", "abel", "why", packets)
    assert sorted(first) == sorted(packets)
    assert first == rules.order("role-1", "abel", "why", sorted(packets))


def test_orders_differ_by_assessor_and_by_question_and_favour_nobody() -> None:
    packets = [f"{each:032x}" for each in range(20)]
    orders = {rules.order("role-1", who, asked, packets) for who in WHOM for asked in ("why", "check", "piece")}
    assert len(orders) == 9
    first = Counter(rules.order("role-1", f"assessor-{each}", "why", packets)[0] for each in range(2000))
    assert min(first[each] for each in packets) > 60  # 100 expected; 60 is four standard deviations below


def test_marks_that_differ_by_two_are_moderated_and_their_mean_does_not_count_then() -> None:
    marks = everywhere() | {("abel", WHY.id, PACKETS[0]): 6}
    made = campaign(marks)
    wide = [each for each in rules.spreads(made) if each.wide]
    assert [(each.question, each.packet, each.range) for each in wide] == [(WHY.id, PACKETS[0], 2)]
    assert wide[0].combined == Fraction(14, 3)
    assert "1 answer is not moderated yet" in rules.forbidden(made, Step.DECIDE, "chloe", "2026-04-01")
    settled = Moderated(PACKETS[0], WHY.id, 5, "heard", "chloe", "t")
    after = campaign(marks, moderated={(WHY.id, PACKETS[0]): settled})
    assert next(each for each in rules.spreads(after) if each.wide).combined == 5
    assert "no threshold" in rules.forbidden(after, Step.DECIDE, "chloe", "2026-04-01")


def test_severity_is_against_the_others_alone() -> None:
    told = rules.severities(rules.spreads(campaign(everywhere(abel=3, bess=5, carl=5))))
    assert [(each.assessor, each.by, each.answers) for each in told] == [
        ("abel", -2, 8),
        ("bess", 1, 8),
        ("carl", 1, 8),
    ]


def test_ranking_proposes_by_the_threshold_and_equal_means_stand_by_id() -> None:
    marks = everywhere() | {(who, asked.id, PACKETS[2]): 6 for who in WHOM for asked in (WHY, CHECK)}
    bar = Threshold(Fraction(9, 2), "planned", "chloe", "t")
    ranked = rules.ranking(campaign(marks, threshold=bar))
    assert [each.packet for each in ranked] == [PACKETS[2], PACKETS[0], PACKETS[1], PACKETS[3]]
    assert [each.proposed for each in ranked] == [INVITE, NOT_NOW, NOT_NOW, NOT_NOW]
    exact = rules.ranking(campaign(marks, threshold=replace(bar, mean=Fraction(4))))
    assert {each.proposed for each in exact} == {INVITE}


def test_others_marks_are_seen_only_once_all_have_locked() -> None:
    marks = everywhere(abel=2)
    all_locked = campaign(marks)
    assert len(rules.seen_by(all_locked, "bess")) == len(marks)
    one_open = replace(all_locked, locks={key: at for key, at in all_locked.locks.items() if key != ("carl", WHY.id)})
    seen = rules.seen_by(one_open, "bess")
    assert {each.assessor for each in seen if each.question == WHY.id} == {"bess"}
    assert {each.assessor for each in seen if each.question == CHECK.id} == set(WHOM)
    assert all(each.question != WHY.id for each in rules.spreads(one_open))


def test_a_packet_that_came_late_opens_what_was_locked_until_it_is_marked() -> None:
    late = "f" * 32
    made = campaign(everywhere())
    made = replace(made, packets={**made.packets, late: Packet(late, "")})
    assert len(rules.unlocked(made)) == 6
    assert rules.spreads(made) == ()
    assert all(each.assessor == "abel" for each in rules.seen_by(made, "abel"))


@settings(deadline=None)
@given(st.fractions(1, 7))
def test_a_band_is_the_nearest_mark(score: Fraction) -> None:
    assert abs(rules.band(score) - score) <= Fraction(1, 2)
