"""Careers, the part that is filled in: from the page before one starts to the seven words at the end.

Every page is the answer to a form and carries, sealed, what was typed so far (`journeys`): no cookie, no script, no
address that tells how far somebody came. Nothing is kept here unless somebody asks for it, and then it is sealed to
seven words.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cryptography.fernet import InvalidToken
from starlette.responses import Response

from leconfield.errors import BadInputError
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.vacancies import (
    APPLICATION,
    CHOICES,
    RATHER_NOT,
    Equality,
    fault_in_application,
    word_count,
)
from leconfield.window import applying
from leconfield.window.applying import ANSWER, PURPOSE, SEEN, Opening, Task
from leconfield.window.codes import derived, new_code
from leconfield.window.drafts import FILE as DRAFTS
from leconfield.window.drafts import Draft, Drafts
from leconfield.window.equality import FILE as WAITING
from leconfield.window.equality import Waiting, leaving_by
from leconfield.window.house import Window
from leconfield.window.site.journeys import CARRIED, GO, carry
from leconfield.window.site.kit import Asked, Faults, get, missing, post
from leconfield.window.site.words import unpaid
from leconfield.window.tickets import Ticket

EQUALITY: Final = "equality."
LIFE: Final = 24 * 60 * 60
"""Seconds that a page may lie open before it is sent on."""
DRAFT_TICKET, SEND_TICKET = "draft", "application"


@dataclass(frozen=True, slots=True)
class Going:
    """An application under way: the request, the vacancy, and what is carried from page to page."""

    asked: Asked
    opening: Opening
    typed: Mapping[str, str]

    @property
    def today(self) -> date:
        """Today, in UTC."""
        return date.fromisoformat(self.asked.day)

    @property
    def saved(self) -> bool:
        """Whether somebody asked for it to be kept."""
        return "_saved" in self.typed

    def with_typed(self, more: Mapping[str, str]) -> Going:
        """The same, a step further."""
        return Going(self.asked, self.opening, {**self.typed, **more})

    def page(self, template: str, faults: Faults | None = None, **context: Any) -> Response:
        """A page of the journey, with what is carried on."""
        return self.asked.page(
            f"careers/{template}.html",
            leave=True,
            faults=faults or Faults(),
            opening=self.opening,
            base=self.asked.href(f"/careers/{self.opening.id}/apply"),
            carried=carry(self.asked.window, self.typed),
            answers=self.typed,
            saved=self.saved,
            **context,
        )


Page = Callable[[Going], Response]


def drafts_of(window: Window) -> Drafts:
    """The drafts of a window."""
    return Drafts(window.store(DRAFTS))


def waiting_of(window: Window) -> Waiting:
    """The equality answers that wait in a window."""
    return Waiting(window.store(WAITING), window.config.recipients, window.outbox.spool.out)


def _start(asked: Asked) -> Response:
    found = applying.opening(asked.shown, asked.parameters["vacancy"])
    if found is None:
        return missing(asked)
    if not found.vacancy.is_open(asked.now):
        return asked.redirect(f"/careers/{found.id}")
    return asked.page("careers/before-you-start.html", leave=True, opening=found)


def _going(page: Page) -> Callable[[Asked], Response]:
    """A handler of one page of the journey: what is carried must be whole, and the vacancy still open."""

    def handler(asked: Asked) -> Response:
        found = applying.opening(asked.shown, asked.parameters["vacancy"])
        if found is None:
            return missing(asked)
        if not applying.may_send(found.vacancy, asked.now):
            return asked.page("careers/closed.html", status=410, leave=True, opening=found)
        typed = _carried(asked) if asked.filled(CARRIED) else _begun(asked, found)
        if typed is None or typed.get("vacancy") != found.id:
            return asked.page("careers/stale.html", status=410, leave=True, opening=found, kept=_typed_now(asked))
        return page(Going(asked, found, typed))

    return handler


def _begun(asked: Asked, found: Opening) -> dict[str, str]:
    """What is carried at first: the tickets too, so that their wait is over long before they are handed in."""
    tickets = {f"_{each}": asked.window.tickets.issue(each).token for each in (DRAFT_TICKET, SEND_TICKET)}
    return {"vacancy": found.id, **tickets}


def _carried(asked: Asked) -> dict[str, str] | None:
    """What is carried; none if it was altered, is a day old, or of a process that is gone: answers take their time."""
    try:
        packed = asked.window.carrying.decrypt(asked.filled(CARRIED).encode(), ttl=LIFE)
    except (InvalidToken, UnicodeEncodeError):
        return None
    told: dict[str, str] = json.loads(zlib.decompress(packed))
    return told


def _typed_now(asked: Asked) -> str:
    """What was typed into the page that is too old: it is given back, so that it can be copied."""
    return "\n\n".join(words for name, each in asked.form.texts.items() if name.startswith(ANSWER) for words in each)


def shown_tasks(going: Going, faults: Faults | None = None) -> Response:
    """The list of what there is to do, with how far each is."""
    found = applying.tasks(going.opening.vacancy)
    states = {each.name: applying.state_of(each, going.typed) for each in found}
    done = sum(each == applying.DONE for each in states.values())
    return going.page("tasks", faults, tasks=found, states=states, done=done)


def _tasks(going: Going) -> Response:
    return _chosen(going) or shown_tasks(going)


def _chosen(going: Going) -> Response | None:
    """The page that a button leads to, if one with a name was pressed."""
    wanted = going.asked.filled(GO)
    if wanted == "save":
        return _saving(going)
    if wanted == "tasks":
        return shown_tasks(going)
    if wanted == "check":
        return _checking(going)
    found = _task(going, wanted.removeprefix("to-")) if wanted.startswith("to-") else None
    return _asking(going, found) if found else None


def _task(going: Going, name: str) -> Task | None:
    return next((each for each in applying.tasks(going.opening.vacancy) if each.name == name), None)


def _asking(going: Going, task: Task, faults: Faults | None = None) -> Response:
    kind = "answer" if task.words else task.name
    seen = applying.seen_by_assessors(going.opening.vacancy, going.typed) if kind == "hidden" else {}
    return going.page(f"ask-{kind}", faults, task=task, question=going.opening.asked(task.name), seen=seen)


def _answered(going: Going) -> Response:
    task = _task(going, going.asked.parameters["task"])
    if task is None:
        return missing(going.asked)
    going = going.with_typed({task.name: going.asked.filled(task.name)})
    wanted = going.asked.filled(GO)
    if wanted == "preview":
        return _asking(going, task)
    if wanted and (chosen := _chosen(going)) is not None:
        return chosen
    if words := _fault_words(going, task):
        faults = Faults()
        faults.add(task.name, words)
        return _asking(going, task, faults)
    return _on(going.with_typed({f"{SEEN}{task.name}": "yes"}))


def _fault_words(going: Going, task: Task) -> str:
    words = going.typed.get(task.name, "")
    fault = applying.fault_in(task, words)
    if not fault:
        return ""
    kind = "answer" if task.words else task.name
    return going.asked.t(f"careers.fault.{kind}-{fault}", count=word_count(words), most=task.words)


def _on(going: Going) -> Response:
    """To the next page that is not done; when all are, to the page where one checks. What is kept is kept anew."""
    if fault := _unkept(going):
        return fault
    left = applying.left(going.opening.vacancy, going.typed)
    return _asking(going, left[0]) if left else _checking(going)


def _keep(going: Going) -> None:
    if not going.saved:
        return
    typed = {name: words for name, words in going.typed.items() if not name.startswith("_")}
    mailbox = bytes.fromhex(going.typed["_draft_key"])
    drafts_of(going.asked.window).keep(going.typed["_draft"], mailbox, Draft(going.opening.id, typed), going.today)


def _unkept(going: Going) -> Response | None:
    """Keep it; if that fails, the list of parts with why: it is still carried, and can be shortened or sent."""
    try:
        _keep(going)
    except BadInputError:
        faults = Faults()
        faults.add("save", going.asked.t("careers.save.full"))
        return shown_tasks(going, faults)
    return None


def _checking(going: Going) -> Response:
    left = applying.left(going.opening.vacancy, going.typed)
    if left:
        faults = Faults()
        for each in left:
            faults.add(f"task-{each.name}", going.asked.t("careers.fault.left", task=task_label(going, each)))
        return shown_tasks(going, faults)
    return going.page("check", tasks=applying.tasks(going.opening.vacancy))


def task_label(going: Going, task: Task) -> str:
    """What a task is called on the list."""
    sample = going.opening.vacancy.sample
    if sample and task.name == f"{ANSWER}{sample.id}":
        return going.asked.t("careers.task.sample")
    return going.opening.asked(task.name) if task.words else going.asked.t(f"careers.task.{task.name}")


def _checked(going: Going) -> Response:
    if (chosen := _chosen(going)) is not None:
        return chosen
    return _checking(going) if applying.left(going.opening.vacancy, going.typed) else _equality(going)


def _equality(going: Going) -> Response:
    return going.page("equality", choices=CHOICES, rather_not=RATHER_NOT)


def equality_of(asked: Asked, skipped: bool) -> dict[str, str]:
    """What was answered for equality: choices that are offered, and nothing else."""
    told = {each: asked.filled(f"{EQUALITY}{each}") for each in CHOICES}
    return {each: words for each, words in told.items() if not skipped and words in (*CHOICES[each], RATHER_NOT)}


def _equality_answered(going: Going) -> Response:
    wanted = going.asked.filled(GO)
    if wanted in ("check", "save"):
        return _chosen(going) or _checking(going)
    kept = {name: words for name, words in going.typed.items() if not name.startswith(EQUALITY)}
    told = {f"{EQUALITY}{name}": words for name, words in equality_of(going.asked, wanted == "skip").items()}
    return _sending(Going(going.asked, going.opening, {**kept, **told}))


def _sending(going: Going) -> Response:
    """The last page. Ids and words are drawn now, so that sending twice by mistake sends the same.

    What follows from the words is worked out when the toll is paid: it is the dearest thing here.
    """
    made: dict[str, str] = {}
    if "_box" not in going.typed:
        made = {"_box": secrets.token_hex(16), "_equality_box": secrets.token_hex(16)}
    if "_place" not in going.typed and "_code" not in going.typed:
        made["_code"] = new_code()
    return _send_page(going.with_typed(made))


def _public_half(going: Going, code: str) -> dict[str, str]:
    return applying.public_half(applying.keys_of(derived(code, going.asked.window.salt, PURPOSE)))


def _send_page(going: Going, faults: Faults | None = None, ticket: Ticket | None = None) -> Response:
    return going.page("send", faults, ticket=ticket or _ticket(going, SEND_TICKET))


def _ticket(going: Going, purpose: str) -> Ticket:
    return going.asked.window.tickets.again(going.typed.get(f"_{purpose}", ""), purpose)


def _sent(going: Going) -> Response:
    asked, vacancy = going.asked, going.opening.vacancy
    if asked.filled(GO) == "check" or applying.left(vacancy, going.typed) or "_box" not in going.typed:
        return _checking(going)
    faults = Faults()
    if ticket := unpaid(asked, faults, SEND_TICKET, PURPOSE):
        return _send_page(going, faults, ticket)
    if "_place" not in going.typed:
        going = going.with_typed(_public_half(going, going.typed["_code"]))
    made = applying.application(vacancy, going.typed, going.typed)
    if fault := fault_in_application(made, vacancy):
        faults.add("send", fault)
        return _send_page(going, faults, asked.window.tickets.issue(SEND_TICKET))
    asked.window.outbox.put(Box(APPLICATION, asked.day, made.fields, id=going.typed["_box"]))
    _take_equality(going)
    drafts_of(asked.window).forget(going.typed["_draft"], going.today)
    return asked.page("careers/sent.html", leave=True, opening=going.opening, code=going.typed.get("_code", ""))


def _take_equality(going: Going) -> None:
    answers = {name.removeprefix(EQUALITY): words for name, words in going.typed.items() if name.startswith(EQUALITY)}
    if answers:
        by = leaving_by(going.opening.vacancy.closes.date(), going.today)
        told = Equality(going.opening.id, answers=answers)
        waiting_of(going.asked.window).add(told, by, going.typed["_equality_box"])


def _saving(going: Going, faults: Faults | None = None, ticket: Ticket | None = None) -> Response:
    """Kept at once for whoever has his words already; otherwise the page that gives them out."""
    if going.saved:
        return _unkept(going) or going.page("saved", code="")
    return going.page("save", faults, ticket=ticket or _ticket(going, DRAFT_TICKET))


def _save(going: Going) -> Response:
    if going.asked.filled(GO) == "tasks":
        return shown_tasks(going)
    if going.saved:
        return _saving(going)
    faults = Faults()
    if ticket := unpaid(going.asked, faults, DRAFT_TICKET, PURPOSE, "save"):
        return _saving(going, faults, ticket)
    code = new_code()
    typed = {name: words for name, words in going.typed.items() if name != "_code"}  # these words take its place
    kept = Going(going.asked, going.opening, {**typed, **_public_half(going, code), "_saved": "yes"})
    try:
        _keep(kept)
    except BadInputError:
        faults.add("save", going.asked.t("careers.save.full"))
        return shown_tasks(going, faults)
    return kept.page("saved", code=code)


def _back_to_start(asked: Asked) -> Response:
    return asked.redirect(f"/careers/{asked.parameters['vacancy']}/apply")


_BASE: Final = "/careers/{vacancy}/apply"
_PAGES: Final[Mapping[str, Page]] = {
    "tasks": _tasks,
    "check": _checked,
    "equality": _equality_answered,
    "send": _sent,
    "save": _save,
    "{task}": _answered,
}
ROUTES: Final = (
    get(_BASE, _start),
    *(post(f"{_BASE}/{name}", _going(page)) for name, page in _PAGES.items()),
    get(f"{_BASE}/{{task}}", _back_to_start),
)
