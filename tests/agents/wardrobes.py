"""A handler team with a wardrobe, two agents and a week that clashes, for tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leconfield.agents import service, wardrobe, week
from leconfield.agents.model import Office
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from tests.agents.corridor import HANDLER as ROB
from tests.authority.offices import Hands, office
from tests.ledger.desks import look

TEAM = "TEAM.ELDER"
MONDAY = "2026-03-09"
"""The week after the one in which the tests' clock begins."""
HANDLER = replace(ROB, tokens=ROB.tokens | {TEAM, "HEATHER", "THISTLE"})
BESIDE = replace(HANDLER, name="sid", persona="Sid, agent runner")


@dataclass(frozen=True, slots=True)
class Team:
    """What the tests name."""

    desk: Desk
    hands: Hands
    heather: EntryId
    thistle: EntryId
    teacher: EntryId
    plumber: EntryId
    coat: EntryId
    overall: EntryId
    van: EntryId
    pond: EntryId
    quay: EntryId


def agent(desk: Desk, codename: str, reader: Reader = HANDLER) -> EntryId:
    """An agent in a compartment of his own, with handler and co-handler."""
    label = f"{codename.upper()}&S"
    which = service.spot(desk, look(desk, reader), codename=codename, label=label, reason="He offers.")
    for each, who in ((Office.HANDLER, "rob"), (Office.CO_HANDLER, "sid")):
        service.staff(desk, look(desk, reader), which, each, who)
    return which


def team(desk: Desk | None = None, hands: Hands | None = None) -> Team:
    """A team with two agents, two covers, three garments and two places far apart."""
    at, clock = (desk, hands) if desk and hands else office()
    heather, thistle = agent(at, "Heather"), agent(at, "Thistle")
    teacher = wardrobe.keep_cover(at, look(at, HANDLER), name="teacher", needs=["outfit"], label=TEAM)
    plumber = wardrobe.keep_cover(at, look(at, HANDLER), name="plumber", needs=["outfit", "vehicle"], label=TEAM)
    coat, overall, van = (
        wardrobe.keep_garment(
            at, look(at, HANDLER), name=name, kind=kind, covers=[cover], stored="locker 4", label=TEAM
        )
        for name, kind, cover in (
            ("brown coat", "outfit", teacher),
            ("blue overall", "outfit", plumber),
            ("white van", "vehicle", plumber),
        )
    )
    pond = place(at, "Duck pond", 51.5074, -0.1278)
    quay = place(at, "Fish quay", 51.9, -0.1)
    return Team(at, clock, heather, thistle, teacher, plumber, coat, overall, van, pond, quay)


def place(desk: Desk, name: str, latitude: float, longitude: float) -> EntryId:
    """A place of the team."""
    north, east = str(latitude), str(longitude)
    return wardrobe.keep_place(desk, look(desk, HANDLER), name=name, latitude=north, longitude=east, label=TEAM)


def wished(of: Team, who: EntryId, where: EntryId, hours: str = "mon 10:00-12:00", **more: object) -> EntryId:
    """A wish for a meeting of an hour, as the teacher."""
    said = {"minutes": "60", "covers": [of.teacher], "monday": MONDAY, "eyes": (), "by_daylight": False} | more
    return week.wish(of.desk, look(of.desk, HANDLER), agent=who, place=where, hours=hours, **said)  # type: ignore[arg-type]  # the tests' own defaults


def clashing() -> Team:
    """A week in which one coat is wanted at two places far apart at the same hours."""
    found = team()
    wished(found, found.heather, found.pond)
    found.hands.move(minutes=1)
    wished(found, found.thistle, found.quay)
    return found
