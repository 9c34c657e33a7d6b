"""The page of a back-test: what to run against what, how far it is, and what it would have been worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from starlette.responses import Response

from leconfield.desk.typologies.backtest import EITHER, OUTCOMES, outcomes_of
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.measures import (
    LOUDEST,
    WEIGHTIEST,
    Measure,
    Outcomes,
    Story,
    Week,
    measure,
    stories,
)
from leconfield.desk.typologies.pages_subject import waterfall_url
from leconfield.desk.typologies.runs import Runs
from leconfield.errors import BadInputError
from leconfield.ledger.view import View
from leconfield.registry.chips import chip
from leconfield.registry.lookup import subjects_in
from leconfield.web.visit import Visit

BUDGETS: Final = (1, 2, 5, 10, 20)
MOST_WEEKS: Final = 104
STEP: Final = 4000
"""Statements that one visit goes through, so that nobody else waits long."""
STORIES: Final = 40
_WIDE: Final = 320
_HIGH: Final = 120


def back_test(visit: Visit) -> Response:
    """Run a version over the past of the view, a piece at a visit, and show what it would have been worth."""
    which = visit.part("typology")
    view = visit.view("back-test typology", which)
    catalogue = view.derived(Catalogue)
    versions = catalogue.versions(which)
    asked = visit.asked("version")
    version = catalogue.version(which, asked) if asked else catalogue.in_force(which) or versions[-1]
    outcome = visit.asked("outcome", EITHER)
    if outcome not in OUTCOMES:
        raise BadInputError(f'outcome "{outcome[:40]}" is none; choose one of {", ".join(OUTCOMES)}')
    budget, horizon = max(visit.number("budget", 5, 50), 1), max(visit.number("horizon", 8, MOST_WEEKS), 1)
    running = visit.asked("run") == "yes"
    run = view.derived(Runs).run(view.world, version.typology, STEP) if running else None
    weeks = run.weeks if run and run.done else []
    response = visit.page(
        "desk/typology_backtest.html",
        typology=version.typology,
        version=version,
        choices=[(each.id, f"version {each.typology.version}{f', {each.by}' if each.by else ''}") for each in versions],
        outcomes=list(OUTCOMES.items()),
        filled={"version": version.id, "outcome": outcome, "budget": str(budget), "horizon": str(horizon)},
        progress=(len(run.weeks), len(run.past)) if run and not run.done else None,
        found=_found(
            view, version.typology.id, weeks, outcomes_of(view.world, outcome, version.typology), budget, horizon
        )
        if weeks
        else None,
        ran=running,
    )
    if run and not run.done:
        response.headers["Refresh"] = "0"
    return response


def _found(
    view: View, typology: str, weeks: Sequence[Week], outcomes: Outcomes, budget: int, horizon: int
) -> dict[str, object]:
    budgets = sorted({*BUDGETS, budget})
    rows = [
        (each, measure(weeks, outcomes, WEIGHTIEST, each, horizon), measure(weeks, outcomes, LOUDEST, each, horizon))
        for each in budgets
    ]
    told = stories(weeks, outcomes)
    raised = [each for each in told if each.first]
    return {
        "weeks": len(weeks),
        "since": _day(weeks[0].end),
        "until": _day(weeks[-1].end),
        "raised": len(raised),
        "in_time": sum(bool(each.next) for each in raised),
        "missed": sum(not each.first and each.outcomes > 0 for each in told),
        "new_a_week": sum(each.new for each in weeks) / len(weeks),
        "most_new": max(each.new for each in weeks),
        "standing": sum(len(each.raised) for each in weeks) / len(weeks),
        "rows": rows,
        "lines": _lines(rows),
        "ticks": [(f"{_x(place, len(rows)):.0f}", number) for place, (number, *_) in enumerate(rows)],
        "work": _work(weeks),
        "stories": _stories(view, typology, told[:STORIES]),
        "more": max(len(told) - STORIES, 0),
        "budget": budget,
    }


def _stories(view: View, typology: str, told: Sequence[Story]) -> list[dict[str, object]]:
    subjects = subjects_in(view.world, [each.subject for each in told])
    return [
        {
            "chip": chip(view, subjects[each.subject]),
            "first": _day(each.first) if each.first else "",
            "bits": each.bits,
            "next": _day(each.next) if each.next else "",
            "lead": each.next - each.first if each.next else 0,
            "outcomes": each.outcomes,
            "before": each.before,
            "url": f"{waterfall_url(typology, each.subject)}?as_of={_day(each.first)}" if each.first else "",
        }
        for each in told
        if each.subject in subjects
    ]


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _lines(rows: Sequence[tuple[int, Measure, Measure]]) -> list[tuple[str, str, str]]:
    """Look, points and words of each line of the chart: precision and recall over the budgets."""
    found = []
    for whose, measures in (("typology", [row[1] for row in rows]), ("volume", [row[2] for row in rows])):
        shares = {"precision": [each.precision for each in measures], "recall": [each.recall for each in measures]}
        for what, listed in shares.items():
            points = " ".join(
                f"{_x(place, len(rows)):.1f},{_HIGH * (1 - share):.1f}" for place, share in enumerate(listed)
            )
            found.append((f"{whose} {what}", points, f"{what} by {whose}"))
    return found


def _x(place: int, places: int) -> float:
    return _WIDE * place / max(places - 1, 1)


def _work(weeks: Sequence[Week]) -> list[tuple[str, str, str, str, str]]:
    """Bars of who was newly raised, week by week: place, width, height, and what they say."""
    width = _WIDE * 2 / len(weeks)
    most = max((each.new for each in weeks), default=0) or 1
    return [
        (
            f"{width * place:.2f}",
            f"{max(width - 0.5, 0.5):.2f}",
            f"{60 * each.new / most:.1f}",
            f"{60 - 60 * each.new / most:.1f}",
            f"week to {_day(each.end)}: {each.new} new, {len(each.raised)} in all, {each.reports} reports",
        )
        for place, each in enumerate(weeks)
        if each.new
    ]
