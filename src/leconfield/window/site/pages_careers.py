"""Careers, the part that is read: roles, what the work is like, whether one can apply, and how we choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from starlette.responses import Response

from leconfield.window.applying import Opening, opening, openings
from leconfield.window.house import Window
from leconfield.window.site import pages_applicants, pages_applying, pages_letters
from leconfield.window.site.kit import Asked, Faults, get, missing, post

YES, NO, UNSURE = "yes", "no", "unsure"


def _roles(asked: Asked) -> Response:
    """All roles: those one can apply for, those that open later, and those that we are deciding on."""
    found = openings(asked.shown)
    parts = {
        "open": tuple(each for each in found if each.vacancy.is_open(asked.now)),
        "ahead": tuple(each for each in found if asked.now < each.vacancy.opens),
        "closed": tuple(each for each in found if each.vacancy.closes <= asked.now),
    }
    return asked.page("careers/roles.html", cached=True, until=_next_change(asked, found), parts=parts)


def _next_change(asked: Asked, found: Sequence[Opening]) -> datetime | None:
    """The next moment at which a role opens or closes, and so a page about it becomes another."""
    moments = (moment for each in found for moment in (each.vacancy.opens, each.vacancy.closes))
    return min((each for each in moments if each > asked.now), default=None)


def _how(asked: Asked) -> Response:
    return asked.page("careers/how-we-choose.html", cached=True)


def _about(template: str) -> Callable[[Asked], Response]:
    """A page about one role that is the same for everybody."""

    def page(asked: Asked) -> Response:
        found = opening(asked.shown, asked.parameters["vacancy"])
        if found is None:
            return missing(asked)
        until = _next_change(asked, [found])
        is_open = found.vacancy.is_open(asked.now)
        return asked.page(template, cached=True, until=until, opening=found, is_open=is_open)

    return page


def _can_i(asked: Asked) -> Response:
    found = opening(asked.shown, asked.parameters["vacancy"])
    if found is None or not found.role.conditions:
        return missing(asked)
    return asked.page("careers/can-i-apply.html", leave=True, opening=found)


def _can_i_answered(asked: Asked) -> Response:
    """What follows from the answers; nothing of them is kept."""
    found = opening(asked.shown, asked.parameters["vacancy"])
    if found is None or not found.role.conditions:
        return missing(asked)
    answers = [asked.filled(f"condition-{number}") for number in range(len(found.role.conditions))]
    faults = Faults()
    for number, each in enumerate(answers):
        if each not in (YES, NO, UNSURE):
            faults.add(
                f"condition-{number}", asked.t("careers.can.missing", question=found.role.conditions[number].words)
            )
    if faults:
        return asked.page("careers/can-i-apply.html", leave=True, opening=found, faults=faults)
    told = tuple(zip(found.role.conditions, answers, strict=True))
    return asked.page(
        "careers/can-i-apply-answer.html",
        leave=True,
        opening=found,
        is_open=found.vacancy.is_open(asked.now),
        against=[each for each, answer in told if answer == NO],
        unsure=[each for each, answer in told if answer == UNSURE],
    )


def TICK(window: Window) -> None:  # noqa: N802 - the name by which the kit looks for it
    """From time to time: equality answers that are due leave, and drafts that are too old are deleted."""
    today = window.clock().astimezone(UTC).date()
    pages_applying.waiting_of(window).overdue(today)
    pages_applying.drafts_of(window).sweep(today)


ROUTES: Final = (
    get("/careers", _roles, kept=True),
    get("/careers/how-we-choose", _how, kept=True),
    *pages_letters.ROUTES,
    *pages_applicants.ROUTES,
    get("/careers/{vacancy}", _about("careers/role.html"), kept=True),
    get("/careers/{vacancy}/work", _about("careers/work.html"), kept=True),
    get("/careers/{vacancy}/can-i-apply", _can_i),
    post("/careers/{vacancy}/can-i-apply", _can_i_answered),
    *pages_applying.ROUTES,
)
