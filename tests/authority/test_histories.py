"""Random histories of authorities, by anybody, at any time, as entries written directly and as acts of the service.

Each is held against a clerk who knows the law by a table of his own.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from leconfield.authority import profile, service
from leconfield.authority.model import AUTHORITY, KIND, PARTICULARS, Step
from leconfield.authority.permit import authorised, live
from leconfield.authority.rules import ALIVE, standing
from leconfield.authority.state import ROLES, Authorities, authorities
from leconfield.errors import LeconfieldError, RefusedError
from leconfield.ledger.model import Entry, EntryId, Reader
from leconfield.ledger.times import stamp
from tests.authority.clerk import LAWS, Clerk, Said
from tests.authority.offices import ABOUT, SAID, office
from tests.ledger.desks import START, look

HISTORIES = 10_000
PEOPLE = {
    "gwen": frozenset[str](),
    "huw": frozenset({"authorising-officer"}),
    "iris": frozenset({"authorising-officer", "senior-authorising-officer"}),
    "minister": frozenset({"minister"}),
    "judge": frozenset({"judicial-commissioner"}),
    "both": frozenset({"minister", "judicial-commissioner", "authorising-officer", "senior-authorising-officer"}),
}
GAPS = (0.01, 1, 20, 24, 50, 24 * 7, 24 * 25, 24 * 29, 24 * 95, 24 * 170)
STEPS = {each.value.removeprefix("authority "): each for each in Step if each is not Step.APPLY}
LIKELY = ("granted", "granted by word of mouth", "approved", "written up", "reviewed", "renewed")
WHICH = EntryId("1" * 32)


def drawn(chance: Random) -> list[Said]:
    """What anybody might write down after an application, in whatever order; moments do not go back."""
    at, lines = START, []
    for _ in range(chance.randint(1, 12)):
        at += timedelta(hours=chance.choice(GAPS))
        by = chance.choice(list(PEOPLE))
        until = at + timedelta(hours=chance.choice((-5, 30, 24 * 40, 24 * 900))) if chance.random() < 0.25 else None
        step = chance.choice(LIKELY if chance.random() < 0.6 else tuple(STEPS))
        lines.append(Said(step, at, by, PEOPLE[by], until, chance.choice(("S", "S", "S", "S", "O", "S&X"))))
    return lines


def written(chance: Random, kind: str, applicant: str, complete: bool, lines: list[Said]) -> list[Entry]:
    """The same as entries of a ledger, among others that belong to no authority or to another one."""
    said = {**SAID, **({} if complete else {chance.choice(list(PARTICULARS)): ""})}
    applied = Entry(WHICH, stamp(START), applicant, Step.APPLY.value, ABOUT, "S", {KIND: kind, **said})
    entries = [applied]
    for number, each in enumerate(lines):
        body = {
            AUTHORITY: WHICH,
            ROLES: " ".join(sorted(each.roles)),
            "reason": "So it is.",
            **({"until": stamp(each.until)} if each.until else {}),
            **(SAID if each.step == "written up" else {}),
        }
        noise = chance.random()
        if noise < 0.1:
            entries.append(Entry(EntryId(f"n{number}"), stamp(each.at), "both", Step.GRANT.value, ABOUT, "S", {}))
        elif noise < 0.2:
            elsewhere = {**body, AUTHORITY: "2" * 32, ROLES: "minister authorising-officer"}
            entries.append(Entry(EntryId(f"n{number}"), stamp(each.at), "huw", Step.GRANT.value, ABOUT, "S", elsewhere))
        step = STEPS[each.step].value
        entries.append(Entry(EntryId(f"e{number}"), stamp(each.at), each.by, step, ABOUT, each.label, body))
    return entries


def test_the_clerk_knows_every_kind_that_the_profile_knows() -> None:
    assert set(LAWS) == set(profile.shipped().kinds)


def test_ten_thousand_histories_written_directly_stand_as_the_clerk_says() -> None:
    chance, lived = Random("histories, held against a clerk"), Counter[str]()
    for number in range(HISTORIES):
        kind, applicant = list(LAWS)[number % len(LAWS)], chance.choice(list(PEOPLE))
        complete, lines = chance.random() < 0.8, drawn(chance)
        entries = written(chance, kind, applicant, complete, lines)
        folded = Authorities.of(SimpleNamespace(entries=entries)).by_id
        assert set(folded) == {WHICH}
        clerk = Clerk(kind, applicant, complete).read(lines)
        last = lines[-1].at
        for moment in (last, last + timedelta(hours=1), last + timedelta(days=8), last + timedelta(days=200)):
            alive = standing(folded[WHICH], stamp(moment)) in ALIVE
            assert alive == clerk.live(moment), (kind, applicant, complete, lines, moment)
            lived[kind] += alive
    assert all(lived[kind] > 50 for kind in LAWS), lived


def test_entries_before_the_application_and_twice_the_same_count_for_nothing() -> None:
    chance = Random("out of order")
    for _ in range(300):
        lines = drawn(chance)
        applied, *rest = written(chance, "agent-use", "gwen", True, lines)
        assert Authorities.of(SimpleNamespace(entries=rest)).by_id == {}
        (early,) = Authorities.of(SimpleNamespace(entries=[*rest, applied])).by_id.values()
        assert standing(early, stamp(lines[-1].at)) not in ALIVE


@pytest.mark.parametrize("seed", range(6))
def test_histories_of_acts_refuse_what_the_clerk_refuses_and_permit_what_he_permits(seed: int) -> None:
    chance = Random(f"acts {seed}")
    for number in range(25):
        desk, hands = office()
        kind, applicant = (
            chance.choice([each for each in LAWS if each != "criminal-conduct"]),
            chance.choice(list(PEOPLE)),
        )
        people = {name: Reader(name, name, frozenset({"S"}), roles) for name, roles in PEOPLE.items()}
        which = service.apply(desk, look(desk, people[applicant]), kind, f"{number:032}", SAID, label="S")
        clerk = Clerk(kind, applicant, complete=True)
        conduct = min(profile.shipped().kind(kind).permits)
        for line in drawn(chance):
            hands.at = max(hands.at, line.at)
            now = Said(line.step, hands.at, line.by, line.roles, _day_end(line.until))
            before = (clerk.state, clerk.ends, set(clerk.owed))
            future = now.until is None or now.until > hands.at
            if future:
                clerk.read([now])
            view = look(desk, people[line.by])
            try:
                _take(desk, view, which, now)
                taken = True
            except LeconfieldError:
                taken = False
            if taken:
                assert future
            elif now.step != "reviewed":
                assert (clerk.state, clerk.ends, clerk.owed) == before, (kind, applicant, now)
            found = authorities(look(desk, people["gwen"])).by_id[which]
            alive = standing(found, stamp(hands.at)) in ALIVE
            assert alive == clerk.live(hands.at), (kind, applicant, now)
            assert (live(look(desk, people["gwen"]), conduct, found.about, stamp(hands.at)) is not None) == alive
            if not alive:
                with pytest.raises(RefusedError):
                    authorised(desk, look(desk, people["gwen"]), which, conduct, found.about)


def _day_end(moment: datetime | None) -> datetime | None:
    return moment.replace(hour=23, minute=59, second=59, microsecond=0) if moment else None


def _take(desk, view, which: EntryId, line: Said) -> None:  # type: ignore[no-untyped-def]
    until = line.until.date().isoformat() if line.until else ""
    written_up = SAID if line.step == "written up" else None
    service.take(desk, view, which, STEPS[line.step], reason="So it is.", until=until, written=written_up)
