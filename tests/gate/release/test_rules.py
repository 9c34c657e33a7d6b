"""Tests of `leconfield.gate.release.rules`: no *sealed* without a verdict and two approvals of one hash."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from leconfield.gate.bundles import Content, content
from leconfield.gate.release import profile, rules
from leconfield.gate.release.model import Colour, Copy, Deed, Release, State, Step, Verdict
from leconfield.ledger.model import EntryId

PUBLIC = profile.shipped().audience("public")
LABEL = "S"
PEOPLE = ("ann", "ben", "cas", "dot")
ROLES = ("release-officer", "source-protection-officer", "press-officer")
CONTENTS = tuple(content("post", "public", {"t.txt": ("text/plain", each)}) for each in (b"a", b"b"))
VERDICTS = tuple(
    Verdict(each.digest, colour, basis) for each in CONTENTS for colour in Colour for basis in ("", "later")
)
OUT = (State.SEALED, State.PUBLISHED)
FORWARD = {
    State.DRAFT: Step.CHECK,
    State.CHECKED: Step.APPROVE,
    State.HALF: Step.APPROVE,
    State.APPROVED: Step.SEAL,
}


@dataclass(frozen=True)
class Done:
    """One step of a history, with what it brings."""

    deed: Deed
    content: Content | None = None
    verdict: Verdict | None = None
    copy: Copy | None = None


def random_step(dice: random.Random, number: int, seen: Release) -> Done:
    """Mostly a step that could be sensible now; often enough one that is not."""
    step = dice.choice([each for each in Step if each is not Step.DRAFT])
    possible = [each for at, each in rules.TRANSITIONS if at is seen.state]
    if possible and dice.random() < 0.85:
        step = FORWARD[seen.state] if seen.state in FORWARD and dice.random() < 0.7 else dice.choice(possible)
    brought = dice.choice(CONTENTS)
    on = seen.content.digest if dice.random() < 0.85 else dice.choice(CONTENTS).digest
    verdict = dice.choice(VERDICTS)
    if step in (Step.CHECK, Step.BLOCK) and dice.random() < 0.7:
        verdict = dice.choice([each for each in VERDICTS if each.content == on])
    held = seen.verdict.digest if seen.verdict else ""
    its_verdict = verdict.digest if step in (Step.CHECK, Step.BLOCK) or dice.random() < 0.1 else held
    roles = frozenset(each for each in ROLES if dice.random() < 0.85)
    label = LABEL if dice.random() < 0.97 else "TS"
    if step is Step.EDIT:
        on = brought.digest if dice.random() < 0.9 else "0" * 64
    at = f"2026-11-{dice.randint(1, 28):02d}T00:00:00Z"
    deed = Deed(EntryId(str(number)), step, at, dice.choice(PEOPLE), label, roles, on, its_verdict)
    copy = Copy(dice.choice(("Bern", "Oslo")), (0,), "c", at, on)
    return Done(deed, brought, verdict, copy)


def justified(first: Release, history: Sequence[Done]) -> bool:
    """Whether a history gives a reason to seal, told apart from the table: from its last edit on, by plain reading."""
    for end, last in enumerate(history):
        if last.deed.step is not Step.SEAL:
            continue
        for start in range(end):
            check = history[start]
            its = check.verdict
            if check.deed.step is not Step.CHECK or its is None or its.colour is Colour.RED:
                continue
            between = [each.deed for each in history[start + 1 : end]]
            signed = [
                (each.by, each.roles)
                for each in between
                if each.step is Step.APPROVE
                and (each.content, each.verdict) == (its.content, its.digest)
                and each.roles & PUBLIC.approves
                and each.by not in first.authors
            ]
            pairs = itertools.combinations(signed, 2)
            if any(a != b and PUBLIC.one_of in mine | theirs for (a, mine), (b, theirs) in pairs):
                return True
    return False


def begun() -> Release:
    deed = Deed(EntryId("0"), Step.DRAFT, "2026-11-01T00:00:00Z", "ann", LABEL, frozenset(), CONTENTS[0].digest)
    return rules.begun(deed, CONTENTS[0])


def test_ten_thousand_random_histories_find_no_way_to_sealed_but_the_one() -> None:
    dice, sealed = random.Random(20261122), 0
    for _ in range(10_000):
        first = begun()
        now, history = first, []
        for number in range(1, dice.randint(2, 24)):
            done = random_step(dice, number, now)
            after = rules.after(now, done.deed, PUBLIC, content=done.content, verdict=done.verdict, copy=done.copy)
            history.append(done)
            if after.state is State.SEALED and now.state is not State.SEALED:
                sealed += 1
                assert justified(first, history)
                assert now.state is State.APPROVED
                assert_sound(after)
            if now.state in OUT and after.state in OUT:
                assert (after.content, after.verdict, after.approvals) == (now.content, now.verdict, now.approvals)
            now = after
    assert sealed > 300  # the histories do get there, or nothing was shown


def assert_sound(release: Release) -> None:
    assert release.verdict is not None
    assert release.verdict.content == release.content.digest
    assert release.verdict.colour is not Colour.RED
    names = {each.by for each in release.approvals}
    assert len(names) == len(release.approvals) == 2
    assert not names & release.authors
    assert {(each.content, each.verdict) for each in release.approvals} == {
        (release.content.digest, release.verdict.digest)
    }
    assert PUBLIC.one_of in frozenset().union(*(each.roles for each in release.approvals))


def test_the_table_has_one_edge_to_sealed_and_every_way_back_loses_verdict_and_approvals() -> None:
    assert [key for key, to in rules.TRANSITIONS.items() if to is State.SEALED and key[0] is not State.SEALED] == [
        (State.APPROVED, Step.SEAL)
    ]
    assert [key for key, to in rules.TRANSITIONS.items() if to is State.APPROVED] == [(State.HALF, Step.APPROVE)]
    assert not any(at is State.WITHDRAWN for at, _ in rules.TRANSITIONS)
    assert {to for (at, step), to in rules.TRANSITIONS.items() if at in OUT} <= {*OUT, State.WITHDRAWN}


def to(*steps: Done) -> Release:
    now = begun()
    for each in steps:
        now = rules.after(now, each.deed, PUBLIC, content=each.content, verdict=each.verdict, copy=each.copy)
    return now


GREEN = Verdict(CONTENTS[0].digest, Colour.GREEN)
BOTH = frozenset({"release-officer", "source-protection-officer"})


def step(which: Step, by: str = "ben", roles: frozenset[str] = BOTH, **more: str) -> Deed:
    given = {"content": CONTENTS[0].digest, "verdict": GREEN.digest, "at": "2026-11-02T00:00:00Z", **more}
    return Deed(EntryId(which), which, given["at"], by, LABEL, roles, given["content"], given["verdict"])


CHECKED = Done(step(Step.CHECK, "ann"), verdict=GREEN)
ONE, TWO = Done(step(Step.APPROVE, "ben")), Done(step(Step.APPROVE, "cas"))
SEALED = Done(step(Step.SEAL))


def test_the_one_way_leads_there() -> None:
    states = [to(*[CHECKED, ONE, TWO, SEALED][:count]).state for count in range(5)]
    assert states == [State.DRAFT, State.CHECKED, State.HALF, State.APPROVED, State.SEALED]


@pytest.mark.parametrize("number", range(4))
def test_leaving_out_any_step_of_it_seals_nothing(number: int) -> None:
    way = [CHECKED, ONE, TWO, SEALED]
    del way[number]
    assert to(*way).state is not State.SEALED


@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize("what", ["edit", "check", "block", "refuse"])
def test_an_edit_a_check_and_a_refusal_void_what_was_approved(place: int, what: str) -> None:
    later = Verdict(CONTENTS[0].digest, Colour.GREEN, "later")
    red = Verdict(CONTENTS[0].digest, Colour.RED)
    between = {
        "edit": Done(step(Step.EDIT, "dot", content=CONTENTS[1].digest), content=CONTENTS[1]),
        "check": Done(step(Step.CHECK, "dot", verdict=later.digest), verdict=later),
        "block": Done(step(Step.BLOCK, "dot", verdict=red.digest), verdict=red),
        "refuse": Done(step(Step.REFUSE, "dot")),
    }[what]
    way = [CHECKED, ONE, TWO, SEALED]
    stopped = to(*way[:place], between)
    assert not stopped.approvals
    assert stopped.state in (State.DRAFT, State.CHECKED)
    assert to(*way[:place], between, *way[place:]).state is not State.SEALED


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (step(Step.APPROVE, "ann"), "wrote or edited"),
        (step(Step.APPROVE, "ben"), "second is another person"),
        (step(Step.APPROVE, "cas", frozenset({"press-officer"})), "takes the role"),
        (step(Step.APPROVE, "cas", content=CONTENTS[1].digest), "changed meanwhile"),
        (step(Step.APPROVE, "cas", verdict="0" * 64), "another one meanwhile"),
        (step(Step.SEAL, "cas"), "it is approved by one"),
        (replace(step(Step.APPROVE, "cas"), label="TS"), "another label"),
    ],
)
def test_a_second_approval_that_will_not_do_changes_nothing(wrong: Deed, said: str) -> None:
    half = to(CHECKED, ONE)
    assert said in rules.forbidden(half, wrong, PUBLIC)
    assert rules.after(half, wrong, PUBLIC) == half


def test_one_of_the_two_holds_the_role_that_the_audience_asks_for() -> None:
    plain = frozenset({"release-officer"})
    half = to(CHECKED, Done(step(Step.APPROVE, "ben", plain)))
    assert "one of the two" in rules.forbidden(half, step(Step.APPROVE, "cas", plain), PUBLIC)
    assert rules.forbidden(half, step(Step.APPROVE, "cas", BOTH), PUBLIC) == ""


def test_who_edits_becomes_an_author_and_approves_it_no_more() -> None:
    edited = to(Done(step(Step.EDIT, "ben", content=CONTENTS[1].digest), content=CONTENTS[1]))
    green = Verdict(CONTENTS[1].digest, Colour.GREEN)
    ready = rules.after(
        edited, step(Step.CHECK, content=CONTENTS[1].digest, verdict=green.digest), PUBLIC, verdict=green
    )
    wrong = step(Step.APPROVE, "ben", content=CONTENTS[1].digest, verdict=green.digest)
    assert "wrote or edited" in rules.forbidden(ready, wrong, PUBLIC)


@pytest.mark.parametrize(
    ("deed", "brings"),
    [
        (step(Step.CHECK, verdict="0" * 64), GREEN),
        (step(Step.CHECK), Verdict(CONTENTS[1].digest, Colour.GREEN)),
        (step(Step.CHECK), None),
        (
            step(Step.CHECK, verdict=Verdict(CONTENTS[0].digest, Colour.RED).digest),
            Verdict(CONTENTS[0].digest, Colour.RED),
        ),
        (step(Step.BLOCK), GREEN),
    ],
)
def test_a_check_whose_verdict_is_not_what_it_says_changes_nothing(deed: Deed, brings: Verdict | None) -> None:
    assert rules.after(begun(), deed, PUBLIC, verdict=brings) == begun()


def test_red_never_passes_whatever_a_profile_says() -> None:
    lax = replace(PUBLIC, passes=frozenset(Colour))
    assert not rules.passes(Colour.RED, lax)
    assert not rules.passes(Colour.AMBER, profile.shipped().audience("staff"))


def test_nothing_is_published_before_its_embargo() -> None:
    held = content("post", "public", {"t.txt": ("text/plain", b"a")}, embargo="2026-12-01T09:00:00Z")
    release = replace(to(CHECKED, ONE, TWO, SEALED), content=held)
    early = step(Step.PUBLISH, content=held.digest, at="2026-12-01T08:59:59.999999Z")
    assert "embargo" in rules.forbidden(release, early, PUBLIC)
    late = step(Step.PUBLISH, content=held.digest, at="2026-12-01T09:00:00.000000Z")
    assert rules.after(release, late, PUBLIC).state is State.PUBLISHED


def test_an_author_drops_his_own_draft_and_an_officer_withdraws_what_is_out() -> None:
    nobody: frozenset[str] = frozenset()
    assert rules.after(begun(), step(Step.WITHDRAW, "ann", nobody), PUBLIC).state is State.WITHDRAWN
    out = to(CHECKED, ONE, TWO, SEALED)
    assert "takes the role" in rules.forbidden(out, step(Step.WITHDRAW, "ann", nobody), PUBLIC)
    assert rules.after(out, step(Step.WITHDRAW), PUBLIC).state is State.WITHDRAWN


def test_one_recipient_has_one_copy() -> None:
    out = to(CHECKED, ONE, TWO, SEALED)
    once = rules.after(out, step(Step.COPY), PUBLIC, copy=Copy("Bern", (0,), "c", ""))
    assert len(once.copies) == 1
    assert rules.after(once, step(Step.COPY), PUBLIC, copy=Copy("Bern", (1,), "d", "")) == once
    assert rules.after(out, step(Step.COPY), PUBLIC) == out
