"""Careers, the part for those who come again by their seven words: to go on, to withdraw, to be asked anew."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.responses import Response

from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.vacancies import ASKED_AT, CHOICES, RATHER_NOT, WITHDRAWAL, Equality, withdrawal_fields
from leconfield.window import applying
from leconfield.window.applying import PURPOSE, Keys
from leconfield.window.codes import derived, misspelt, whole
from leconfield.window.equality import leaving_by
from leconfield.window.site.kit import Asked, Faults, get, missing, post
from leconfield.window.site.pages_applying import Going, drafts_of, equality_of, shown_tasks, waiting_of
from leconfield.window.tickets import TOKEN

WITHDRAWAL_TICKET, EQUALITY_TICKET = "withdrawal", "equality"


def _come_back(asked: Asked) -> Response:
    return asked.page("careers/come-back.html", leave=True)


def _came_back(asked: Asked) -> Response:
    """The draft, where it was left. Known or unknown, words cost the same work."""
    faults = Faults()
    keys = _keys(asked, faults)
    if keys is None:
        return asked.page("careers/come-back.html", leave=True, faults=faults)
    draft = drafts_of(asked.window).opened(keys.draft, _today(asked))
    if draft is None:
        faults.add("code", asked.t("careers.back.unknown"))
        return asked.page("careers/come-back.html", leave=True, faults=faults)
    found = applying.opening(asked.shown, draft.vacancy)
    if found is None or not applying.may_send(found.vacancy, asked.now):
        return asked.page("careers/closed.html", status=410, leave=True, opening=found)
    return shown_tasks(Going(asked, found, {**draft.typed, **applying.public_half(keys), "_saved": "yes"}))


def _withdraw(asked: Asked) -> Response:
    return asked.page("careers/withdraw.html", leave=True, ticket=asked.window.tickets.issue(WITHDRAWAL_TICKET))


def _withdrawn(asked: Asked) -> Response:
    """The same answer for all words: this host does not know which applications there are."""
    faults = Faults()
    keys = _keys(asked, faults)
    ticket = None
    if keys is not None:
        checked = asked.window.tickets.check(asked.flat, WITHDRAWAL_TICKET)
        ticket = checked.ticket
        if not checked.paid:
            faults.add("code", asked.t(checked.fault, seconds=checked.ticket.wait))
    if keys is None or faults:
        ticket = ticket or asked.window.tickets.again(asked.filled(TOKEN), WITHDRAWAL_TICKET)
        return asked.page("careers/withdraw.html", leave=True, faults=faults, ticket=ticket)
    drafts_of(asked.window).forget(keys.draft.place, _today(asked))
    asked.window.outbox.put(Box(WITHDRAWAL, asked.day, withdrawal_fields(keys.token)))
    return asked.page("careers/withdrawn.html", leave=True)


def _keys(asked: Asked, faults: Faults) -> Keys | None:
    """What follows from the words that were typed; what is wrong with them goes by the open word list alone."""
    typed = asked.filled("code")
    if whole(typed):
        return applying.keys_of(derived(typed, asked.window.salt, PURPOSE))
    strange = misspelt(typed)
    if strange and strange[0][1]:
        faults.add("code", asked.t("careers.back.meant", typed=strange[0][0], meant=strange[0][1]))
    elif strange:
        faults.add("code", asked.t("careers.back.strange", typed=strange[0][0]))
    else:
        faults.add("code", asked.t("careers.back.seven"))
    return None


def _equality_page(asked: Asked, faults: Faults | None = None, ticket: object = None) -> Response:
    found = applying.opening(asked.shown, asked.parameters["vacancy"])
    if found is None or asked.parameters["stage"] not in ASKED_AT[1:]:
        return missing(asked)
    return asked.page(
        "careers/equality-later.html",
        leave=True,
        faults=faults or Faults(),
        opening=found,
        stage=asked.parameters["stage"],
        choices=CHOICES,
        rather_not=RATHER_NOT,
        ticket=ticket or asked.window.tickets.issue(EQUALITY_TICKET),
    )


def _equality_later_answered(asked: Asked) -> Response:
    found = applying.opening(asked.shown, asked.parameters["vacancy"])
    stage = asked.parameters["stage"]
    if found is None or stage not in ASKED_AT[1:]:
        return missing(asked)
    answers = equality_of(asked, skipped=False)
    checked = asked.window.tickets.check(asked.flat, EQUALITY_TICKET)
    if not checked.paid:
        faults = Faults()
        faults.add("equality", asked.t(checked.fault, seconds=checked.ticket.wait))
        return _equality_page(asked, faults, checked.ticket)
    if answers:
        by = leaving_by(found.vacancy.closes.date(), _today(asked))
        waiting_of(asked.window).add(Equality(found.id, stage, answers), by, _today(asked))
    return asked.page("careers/equality-thanks.html", leave=True)


def _today(asked: Asked) -> date:
    return date.fromisoformat(asked.day)


ROUTES: Final = (
    get("/careers/come-back", _come_back),
    post("/careers/come-back", _came_back),
    get("/careers/withdraw", _withdraw),
    post("/careers/withdraw", _withdrawn),
    get("/careers/{vacancy}/equality/{stage}", _equality_page),
    post("/careers/{vacancy}/equality/{stage}", _equality_later_answered),
)
