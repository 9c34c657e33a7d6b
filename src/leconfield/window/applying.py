"""An application while it is being written: what there is to do, how far it is, and what it becomes when it is sent.

Pure: what was typed comes in as texts by the names of their fields, and nothing is kept here.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles.blinding import Blinded, Known, blinded
from leconfield.gate.bundles.roles import Role, role
from leconfield.gate.bundles.vacancies import (
    FORM,
    MAX_LINE,
    MAX_NOTE,
    ORDER,
    Application,
    Vacancy,
    fault_in_answer,
    revocation_of,
    vacancy_in,
    word_count,
)
from leconfield.window.codes import Derived
from leconfield.window.told import Shown, Told

PURPOSE: Final = "application"
"""For which an applicant's code is worked out."""
GRACE: Final = timedelta(hours=1)
"""How long after the closing an application that was begun before may still be sent."""
SEEN: Final = "seen."
"""A part counts as done when its page was passed: `seen.contact`."""
ANSWER: Final = "answer."
TODO, BEGUN, DONE, FAULTY = "todo", "begun", "done", "faulty"
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opening:
    """A vacancy as the window shows it: what machines and what people are told of it."""

    vacancy: Vacancy
    role: Role
    told: Told

    @property
    def id(self) -> str:
        """By what its pages are found."""
        return self.vacancy.id

    @property
    def title(self) -> str:
        """What the role is called."""
        return self.role.title

    def asked(self, task: str) -> str:
        """The words of the question behind a task of answering; empty for others, and for the work sample."""
        return self.role.asked(self.vacancy).get(task.removeprefix(ANSWER), "")


@dataclass(frozen=True, slots=True)
class Task:
    """One page of an application."""

    name: str
    """`name`, `contact`, `adjustments`, `answer.<id>` or `hidden`: the name of its field, too."""
    group: str
    """`you`, `answers` or `check`."""
    words: int = 0
    """Of an answer, at most; 0: it is none."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What follows from an applicant's seven words."""

    letters: Derived
    """Where letters for him are put, and what opens them."""
    draft: Derived
    """Where his draft lies, and what opens it."""
    token: str
    """What withdraws his application."""


def openings(shown: Shown) -> tuple[Opening, ...]:
    """The vacancies that may be shown, those that close first at the head; one whose words do not fit is left out."""
    told = {each.release: each for each in shown.releases(FORM)}
    found: list[Opening] = []
    for about, order in shown.orders(ORDER).items():
        try:
            vacancy = vacancy_in(about, order.body)
            words = told.get(vacancy.release)
            if words is not None:
                found.append(Opening(vacancy, role(words.title, words.blocks, vacancy), words))
        except LeconfieldError:
            continue
    return tuple(sorted(found, key=lambda each: (each.vacancy.closes, each.id)))


def opening(shown: Shown, vacancy: str) -> Opening | None:
    """The vacancy of that id, if it may be shown."""
    return next((each for each in openings(shown) if each.id == vacancy), None)


def may_send(vacancy: Vacancy, now: datetime) -> bool:
    """Whether an application may be sent at that moment: also shortly after the closing, by whoever sits over it."""
    return vacancy.opens <= now < vacancy.closes + GRACE


def tasks(vacancy: Vacancy) -> tuple[Task, ...]:
    """What there is to do, in order."""
    you = tuple(Task(name, "you") for name in ("name", "contact", "adjustments"))
    answers = tuple(Task(f"{ANSWER}{name}", "answers", words) for name, words in vacancy.limits.items())
    return (*you, *answers, Task("hidden", "check"))


def fault_in(task: Task, words: str) -> str:
    """What is wrong with what was typed: `empty`, `long`, `characters`; nothing if it will do."""
    if task.words:
        if not words.strip():
            return "empty"
        if word_count(words) > task.words:
            return "words"
        return "long" if fault_in_answer(words, task.words) else ""
    if task.name == "name":
        return "empty" if not words.strip() else ("long" if len(words) > MAX_LINE else "")
    return "long" if len(words) > MAX_NOTE else ""


def state_of(task: Task, typed: Typed) -> str:
    """How far a task is: `todo`, `begun` (something is typed, and its page not passed), `done`, or `faulty`."""
    words = typed.get(task.name, "")
    fault = fault_in(task, words)
    if fault == "empty":
        return TODO
    if fault:
        return FAULTY
    if f"{SEEN}{task.name}" in typed:
        return DONE
    return BEGUN if words else TODO


def left(vacancy: Vacancy, typed: Typed) -> tuple[Task, ...]:
    """The tasks that are not done yet."""
    return tuple(each for each in tasks(vacancy) if state_of(each, typed) != DONE)


def seen_by_assessors(vacancy: Vacancy, typed: Typed) -> Mapping[str, Blinded]:
    """The answers as assessors read them, by the id of what was asked: the same rules work inside."""
    known = Known.of(typed.get("name", ""), typed.get("contact", ""), typed.get("hidden", ""))
    return {each: blinded(typed.get(f"{ANSWER}{each}", ""), known) for each in vacancy.limits}


def keys_of(derived: Derived) -> Keys:
    """What follows from seven words for an applicant, from the one slow derivation that was made of them."""
    secret = derived.key.private_bytes_raw()
    place, key, token = (hmac.digest(secret, b"leconfield applicant " + each, "sha256") for each in _PARTS)
    return Keys(derived, Derived(place.hex(), X25519PrivateKey.from_private_bytes(key)), token.hex())


def application(vacancy: Vacancy, typed: Typed, keys: Mapping[str, str]) -> Application:
    """What is sent; `keys` as `public_half` gives them."""
    return Application(
        vacancy.id,
        {each: typed.get(f"{ANSWER}{each}", "") for each in vacancy.limits},
        name=typed.get("name", ""),
        contact=typed.get("contact", ""),
        adjustments=typed.get("adjustments", ""),
        hidden=typed.get("hidden", ""),
        place=keys["_place"],
        key=keys["_key"],
        revocation=keys["_revocation"],
    )


def public_half(keys: Keys) -> dict[str, str]:
    """What of the keys is carried from page to page: enough to save and to send, and nothing that opens anything."""
    return {
        "_place": keys.letters.place,
        "_key": keys.letters.mailbox.hex(),
        "_revocation": revocation_of(keys.token),
        "_draft": keys.draft.place,
        "_draft_key": keys.draft.mailbox.hex(),
    }


_PARTS: Final = (b"draft place", b"draft key", b"withdrawal")
