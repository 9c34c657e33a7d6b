"""A brief as a service would write one, for tests of pages and for pictures of them."""

from __future__ import annotations

from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.challenges import Challenge, Dates
from tests.gate.bundles.test_challenges import PUBLIC
from tests.window.houses import House

WHICH = "5e1f00d2a7c94b13"
TITLE = "Hearing a small boat over a loud harbour"
DATES = Dates(
    opens="2026-11-16T09:00:00Z",
    briefing="2026-11-20T10:00:00Z",
    questions_until="2026-11-27T17:00:00Z",
    answers="2026-12-02T09:00:00Z",
    closes="2026-12-18T17:00:00Z",
    pitch="2027-01-20T09:00:00Z",
    decision="2027-01-29T12:00:00Z",
)
BRIEF = """## Context

A harbour is never quiet. Cranes, engines, rain on sheet metal and gulls fill every hour. People on watch listen
for one sound among all these: a small boat that comes in without lights.

Today they listen with their own ears, and with microphones that were made for music.

## The gap

We cannot tell a small electric outboard from the pumps of a moored ship when it is further than two hundred
metres away. Below a light rain we lose it altogether.

What exists was trained on open water. In a harbour it raises an alarm for every second crane.

## Themes

* Sound in places where walls and hulls throw it back
* Sensors that cost little and may be lost
* Models that run on a small battery for a month
* Ways to show one listener what another has heard

## What good looks like

A prototype that points to a small electric boat at four hundred metres in a working harbour, in rain, with at
most one false alarm in a night. It says how sure it is. A person decides.

## What we do not want

* Anything that records speech
* Cameras
* A system that only works while it is connected to somebody else’s computers

## Budget

Up to 60,000 pounds for the first phase. We pay a third at the start.

## How long

Twelve weeks. Two ideas may go on into a second phase of six months.

## How we decide

* Closes the gap: 40 of 100
* Can be done: 30 of 100
* Team: 15 of 100
* Value for money: 15 of 100

Two people score each idea without seeing each other’s marks.
"""
ANSWERS = """## May the sensors stand on a pontoon?

Yes. They may stand on anything that a harbour has, and must not be in the way.

## Is there a recording that we can work with?

There are twenty hours, with notes of what was heard. Whoever is taken forward gets them on the first day.
"""


def announced(at: House, dates: Dates = DATES, which: str = WHICH, title: str = TITLE) -> str:
    """The challenge is announced at a window; the release of its brief."""
    release = at.release(formats.BRIEF_FORM, BRIEF, title=title)
    at.order(formats.KIND, which, formats.body_of(Challenge(which, release, dates, PUBLIC)))
    return release


def answered(at: House, which: str = WHICH, dates: Dates = DATES) -> None:
    """The answers lie there until their instant."""
    release = at.release("answers", ANSWERS, title=f"{TITLE}: questions and answers", embargo=dates.answers)
    at.order(formats.ANSWERS, which, {"release": release})
