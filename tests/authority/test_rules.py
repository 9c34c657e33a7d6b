"""Tests of `leconfield.authority.rules`: no history reaches a live authority but by the edges of the table."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from leconfield.authority import profile, rules
from leconfield.authority.model import PARTICULARS, Authority, Deed, State, Step
from leconfield.authority.rules import ALIVE, TRANSITIONS, standing
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from tests.ledger.desks import START

LAW = profile.shipped()
PEOPLE = {
    "gwen": (),
    "huw": ("authorising-officer",),
    "iris": ("authorising-officer", "senior-authorising-officer"),
    "minister": ("minister",),
    "judge": ("judicial-commissioner",),
    "both": ("minister", "judicial-commissioner", "authorising-officer"),
}
History = list[tuple[Deed, tuple[str, ...]]]


def drawn(chance: Random, kind: str) -> tuple[Authority, History]:
    """An application and what anybody might write down after it, in whatever order."""
    minutes, history = 0.0, []
    applicant = chance.choice(list(PEOPLE))
    said = {each: chance.choice(("said", "said", "said", "")) for each in PARTICULARS}
    if chance.random() < 0.6:
        said = dict.fromkeys(PARTICULARS, "said")
    opening = Deed(EntryId("0"), Step.APPLY, stamp(START), applicant, "S")
    for number in range(chance.randint(1, 12)):
        minutes += chance.choice((1, 60, 60 * 24, 60 * 24 * 25, 60 * 24 * 160))
        by = chance.choice(list(PEOPLE))
        at = stamp(START + timedelta(minutes=minutes))
        until = stamp(START + timedelta(minutes=minutes * chance.choice((0.5, 2, 30)))) if chance.random() < 0.3 else ""
        deed = Deed(
            EntryId(str(number + 1)),
            chance.choice(list(Step)),
            at,
            by,
            chance.choice(("S", "S", "S", "O")),
            until=until,
        )
        history.append((deed, PEOPLE[by]))
    return rules.applied(opening, kind, "x", "", said), history


def folded(authority: Authority, history: History) -> list[Authority]:
    states = [authority]
    for deed, roles in history:
        kind = LAW.kinds[authority.kind]
        states.append(rules.after(states[-1], deed, kind, roles, LAW.holidays, dict.fromkeys(PARTICULARS, "said")))
    return states


def granting(authority: Authority, moment: str) -> bool:
    """Told apart from the rules, by the deeds that counted: others, with the roles, granted and approved it."""
    kind = LAW.kinds[authority.kind]
    deeds = authority.deeds
    firsts = [each for each in deeds if each.step in (Step.GRANT, Step.GRANT_BY_WORD)]
    seconds = [each for each in deeds if each.step is Step.APPROVE]
    ended = any(each.step in (Step.REFUSE, Step.WITHDRAW, Step.CANCEL, Step.DISAPPROVE) for each in deeds)
    lawful = (
        len(firsts) == 1
        and not ended
        and all(each.by != authority.applicant and kind.decides in PEOPLE[each.by] for each in firsts)
        and all(kind.approves in PEOPLE[each.by] for each in seconds)
        and not {each.by for each in seconds} & {authority.applicant, *(each.by for each in firsts)}
    )
    if not lawful:
        return False
    (first,) = firsts
    by_word = first.step is Step.GRANT_BY_WORD
    late = first.at if by_word else max(each.at for each in (first, *seconds))
    renewals = [each.at for each in deeds if each.step is Step.RENEW]
    ends = START.fromisoformat(late) + timedelta(days=366) * (len(renewals) + 1)
    within_hours = START.fromisoformat(first.at) + timedelta(days=10)
    written = any(each.step is Step.WRITE_UP for each in deeds) and (not kind.approves or bool(seconds))
    if by_word:
        return moment <= stamp(ends) if written else moment <= stamp(within_hours)
    return (bool(seconds) or not kind.approves) and all(authority.particulars.values()) and moment <= stamp(ends)


@pytest.mark.parametrize("kind", LAW.kinds)
def test_ten_thousand_histories_never_reach_a_live_authority_by_a_forbidden_edge(kind: str) -> None:
    chance, lived = Random(f"histories of {kind}"), 0
    for _ in range(10_000 // len(LAW.kinds) + 1):
        authority, history = drawn(chance, kind)
        states = folded(authority, history)
        for before, after, (deed, _) in zip(states, states[1:], history, strict=False):
            assert after is before or (before.state, deed.step) in TRANSITIONS
            if standing(after, deed.at) in ALIVE:
                lived += 1
                assert granting(after, deed.at), after
    assert lived > 100


@pytest.mark.parametrize("step", [each for each in Step if each is not Step.APPLY])
def test_nobody_decides_on_what_he_applied_for(step: Step) -> None:
    everything = {"minister", "judicial-commissioner", "authorising-officer"}
    said = dict.fromkeys(PARTICULARS, "said")
    for state in State:
        made = Authority(EntryId("0"), "intrusive-surveillance", "x", "S", "both", said, (), state, until="3000")
        fault = rules.forbidden(made, step, LAW.kinds[made.kind], "both", everything, stamp(START))
        assert fault or step in rules.APPLYING


def test_without_a_clock_nothing_is_live() -> None:
    made = Authority(EntryId("0"), "agent-use", "x", "S", "gwen", {}, (), State.GRANTED, until="3000")
    assert standing(made, stamp(START)) in ALIVE
    assert standing(made, "") not in ALIVE
