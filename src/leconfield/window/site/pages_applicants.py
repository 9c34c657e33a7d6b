"""Careers, the part for those who come again by their seven words: to go on, to withdraw, to be asked anew."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.responses import Response

from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.vacancies import ASKED_AT, CHOICES, RATHER_NOT, WITHDRAWAL, Equality, withdrawal_fields
from leconfield.window import applying
from leconfield.window.applying import PURPOSE, Opening
from leconfield.window.codes import derived
from leconfield.window.equality import leaving_by
from leconfield.window.site.kit import Asked, Faults, get, missing, post
from leconfield.window.site.pages_applying import Going, drafts_of, equality_of, shown_tasks, waiting_of
from leconfield.window.site.words import FIELD, code_of, unpaid
from leconfield.window.tickets import TOKEN, Ticket

COMING_TICKET, WITHDRAWAL_TICKET, EQUALITY_TICKET = "come-back", "withdrawal", "equality"


def _come_back(asked: Asked) -> Response:
    return _coming_back(asked, Faults(), asked.window.tickets.issue(COMING_TICKET))


def _coming_back(asked: Asked, faults: Faults, ticket: Ticket) -> Response:
    return asked.page("careers/come-back.html", leave=True, faults=faults, ticket=ticket)


def _came_back(asked: Asked) -> Response:
    """The draft, where it was left. Known or unknown, words cost the same work, and the work has its toll."""
    faults = Faults()
    if not code_of(asked, faults):
        return _coming_back(asked, faults, asked.window.tickets.again(asked.filled(TOKEN), COMING_TICKET))
    if ticket := unpaid(asked, faults, COMING_TICKET, PURPOSE):
        return _coming_back(asked, faults, ticket)
    keys = applying.keys_of(derived(asked.filled(FIELD), asked.window.salt, PURPOSE))
    draft = drafts_of(asked.window).opened(keys.draft, _today(asked))
    if draft is None:
        faults.add(FIELD, asked.t("careers.back.unknown"))
        return _coming_back(asked, faults, asked.window.tickets.issue(COMING_TICKET))
    found = applying.opening(asked.shown, draft.vacancy)
    if found is None or not applying.may_send(found.vacancy, asked.now):
        return asked.page("careers/closed.html", status=410, leave=True, opening=found)
    return shown_tasks(Going(asked, found, {**draft.typed, **applying.public_half(keys), "_saved": "yes"}))


def _withdraw(asked: Asked) -> Response:
    return _withdrawing(asked, Faults(), asked.window.tickets.issue(WITHDRAWAL_TICKET))


def _withdrawing(asked: Asked, faults: Faults, ticket: Ticket) -> Response:
    return asked.page("careers/withdraw.html", leave=True, faults=faults, ticket=ticket)


def _withdrawn(asked: Asked) -> Response:
    """The same answer for all words: this host does not know which applications there are."""
    faults = Faults()
    code = code_of(asked, faults)
    if not code:
        return _withdrawing(asked, faults, asked.window.tickets.again(asked.filled(TOKEN), WITHDRAWAL_TICKET))
    if ticket := unpaid(asked, faults, WITHDRAWAL_TICKET, PURPOSE):
        return _withdrawing(asked, faults, ticket)
    keys = applying.keys_of(derived(code, asked.window.salt, PURPOSE))
    drafts_of(asked.window).forget(keys.draft.place, _today(asked))
    asked.window.outbox.put(Box(WITHDRAWAL, asked.day, withdrawal_fields(keys.token)))
    return asked.page("careers/withdrawn.html", leave=True)


def _asked_later(asked: Asked) -> Opening | None:
    """The vacancy, if those of that stage may be asked: nobody comes further before it has closed."""
    found = applying.opening(asked.shown, asked.parameters["vacancy"])
    late = found is not None and asked.now >= found.vacancy.closes and asked.parameters["stage"] in ASKED_AT[1:]
    return found if late else None


def _equality_page(asked: Asked, faults: Faults | None = None, ticket: Ticket | None = None) -> Response:
    found = _asked_later(asked)
    if found is None:
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
    found, stage = _asked_later(asked), asked.parameters["stage"]
    if found is None:
        return missing(asked)
    answers = equality_of(asked, skipped=False)
    checked = asked.window.tickets.check(asked.flat, EQUALITY_TICKET)
    if not checked.paid:
        faults = Faults()
        faults.add("equality", asked.t(checked.fault, seconds=checked.ticket.wait))
        return _equality_page(asked, faults, checked.ticket)
    if answers:
        by = leaving_by(found.vacancy.closes.date(), _today(asked))
        waiting_of(asked.window).add(Equality(found.id, stage, answers), by)
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
