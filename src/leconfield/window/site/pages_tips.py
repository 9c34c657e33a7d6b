"""Telling us something: one thing a page, all but one may be left empty; at the end seven words to come back by."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError
from leconfield.gate.bundles.tips import (
    CHOICES,
    LONGEST,
    MOST_BYTES,
    MOST_FILES,
    SHORTEST,
    fault_in_files,
    faults_in,
)
from leconfield.window import tips
from leconfield.window.codes import derived, new_code
from leconfield.window.mailbox import PURPOSE
from leconfield.window.site.journeys import Answers, Journey, Step, carried, carry, stale
from leconfield.window.site.kit import Asked, Faults, get, post
from leconfield.window.site.words import unpaid
from leconfield.window.spool import FullError
from leconfield.window.tickets import TOKEN, Ticket

BASE: Final = "/tell-us/report"
SEND: Final = f"{BASE}/send"
TICKET: Final = "tip"
"""What its tickets are for."""
FILES: Final = "files"
_LIMIT: Final = MOST_BYTES + 4 * 2**20
_CODE: Final = "_code"
_BOX: Final = "_box"
"""The receipt and the box's id travel with the answers, so that what is sent twice is one tip with one receipt."""
_STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "what": ("what",),
    "when": ("when", "when_words"),
    "where": ("where",),
    "who": ("who",),
    "vehicle": ("vehicle",),
    "how": ("how", "how_words"),
    "sure": ("sure",),
    "others": ("others", "others_words"),
    "contact": ("contact",),
}
"""Steps, each with its fields."""


def start(asked: Asked) -> Response:
    """Where one begins: who to call if somebody is in danger, what happens to what is told, and how to begin."""
    return asked.page("tips/start.html", leave=True)


def choices(asked: Asked, field: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen for a field, in words."""
    return tuple((each, asked.t(f"tips.{field}.{each}")) for each in CHOICES[field])


def told(asked: Asked, answers: Answers) -> tuple[tuple[str, str, str], ...]:
    """For the page of answers to check: step, label, answer."""
    return tuple(
        (step, asked.t(f"tips.{step}.label"), _words(asked, answers, fields)) for step, fields in _STEPS.items()
    )


def _words(asked: Asked, answers: Answers, fields: Sequence[str]) -> str:
    parts = []
    for name in fields:
        value = answers.get(name, "")
        chosen = name in CHOICES and value in CHOICES[name]
        parts.append(asked.t(f"tips.{name}.{value}") if chosen else value)
    return "\n".join(each for each in parts if each)


def _judged(fields: Sequence[str]) -> Callable[[Asked, Answers, Faults], None]:
    def judge(asked: Asked, answers: Answers, faults: Faults) -> None:
        found = faults_in(tips.tip_of(answers))
        for name in fields:
            if name in found:
                most = LONGEST.get(name, 0)
                key = "empty" if found[name] == "short" and not answers.get(name) else found[name]
                faults.add(name, asked.t(f"tips.fault.{key}", most=f"{most:,}", least=SHORTEST))

    return judge


def _around(asked: Asked) -> Mapping[str, object]:
    return {
        "choices": lambda field: choices(asked, field),
        "ticket": asked.window.tickets.issue(TICKET),
        "told": lambda answers: told(asked, answers),
    }


def _finish(asked: Asked, answers: Answers) -> Response:
    """The answers are right: what is left is to add files, and to send."""
    sealed = {_CODE: new_code(), _BOX: secrets.token_hex(16), **answers}
    return _sending(asked, sealed, Faults(), asked.window.tickets.again(answers.get(TOKEN, ""), TICKET))


def _sending(asked: Asked, answers: Answers, faults: Faults, ticket: Ticket) -> Response:
    return asked.page(
        "tips/send.html",
        leave=True,
        faults=faults,
        action=asked.href(SEND),
        carried=carry(asked.window, answers),
        ticket=ticket,
        most_files=MOST_FILES,
        most_megabytes=MOST_BYTES // 2**20,
    )


def send(asked: Asked) -> Response:
    """Seal it and leave it for the inside; from then on nobody here can open it, nor give the receipt again."""
    answers = carried(asked)
    if answers is None or _CODE not in answers:
        return stale(asked)
    if asked.filled("go") == "back":
        return JOURNEY.checking(asked, answers)
    files = tips.enclosed(asked.files(FILES))
    faults = Faults()
    if fault := fault_in_files(files):
        faults.add(FILES, asked.t(f"tips.files.{fault}", most=MOST_FILES, size=MOST_BYTES // 2**20))
        return _sending(asked, answers, faults, asked.window.tickets.again(asked.filled(TOKEN), TICKET))
    if ticket := unpaid(asked, faults, TICKET, PURPOSE):
        if files:
            faults.add(FILES, asked.t("tips.files.again"))
        return _sending(asked, answers, faults, ticket)
    receipt = derived(answers[_CODE], asked.window.salt, PURPOSE)
    box = tips.box_of(tips.tip_of(answers), files, receipt, language=asked.language, day=asked.day, id_=answers[_BOX])
    try:
        asked.window.outbox.put(box)
    except BadInputError as error:
        faults.add(FILES, asked.t("frame.pages.files_full") if isinstance(error, FullError) else str(error))
        return _sending(asked, answers, faults, asked.window.tickets.issue(TICKET))
    return asked.page("tips/receipt.html", leave=True, words=answers[_CODE].split())


JOURNEY: Final = Journey(
    base=BASE,
    steps=tuple(
        Step(name, f"tips/{name}.html", (*fields, TOKEN) if name == "what" else fields, _judged(fields))
        for name, fields in _STEPS.items()
    ),
    check="tips/check.html",
    finish=_finish,
    around=_around,
)
"""The journey; the ticket is issued with its first page, so that who takes his time has waited by the end."""

ROUTES: Final[Sequence[Route]] = (
    get("/tell-us", start),
    *JOURNEY.routes(),
    get(SEND, lambda asked: asked.redirect(BASE)),
    post(SEND, send, limit=_LIMIT),
)
