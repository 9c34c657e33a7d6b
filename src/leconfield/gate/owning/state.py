"""What the gate asks of a view's reader, and what was answered, folded from its entries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from leconfield.errors import NotFoundError
from leconfield.gate.exposure.asking import GATE, OFTEN
from leconfield.gate.exposure.checking import digest_of
from leconfield.gate.exposure.clearing import CLEARED, REFUSED
from leconfield.gate.exposure.model import Action, Text
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.exposure.service import REASONED, REFERRED
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded

REWORDED: Final = "gate reworded"
"""Kind of entry, under what owner and author both hold, about a draft's digest: another sentence, for the author."""
TOLD: Final = "gate refusal told"
"""Kind of entry, by the gate under the asker's label, about a draft's digest: it was refused, in constant words."""
SETTLED: Final = "gate settled"
"""Kind of entry, under an owner's own label, about a draft's digest: nothing is left for him to answer."""
LOOKED: Final = "gate asker looked at"
"""Kind of entry, under an owner's own label, about an asker: he was looked at, and may ask again."""
REFUSAL_TOLD: Final = (
    "This draft does not go on: whoever holds what it touches has looked at it and refused it. Why is not yours to "
    "know. Write something else, or leave it."
)
"""The same bytes whatever the reason, and whoever refused."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing that was answered."""

    kind: str
    at: str
    by: str
    check: str
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """A draft that touches what the reader holds."""

    id: EntryId
    at: str
    digest: str
    asker: str
    authors: frozenset[str]
    audience: str
    text: Text
    referred: bool
    """Whether no one view shows why; those who hold most look at it together."""
    answers: tuple[Answered, ...] = ()
    settled: bool = False
    """Whether it was reworded, refused, or nothing was left to answer, since it was last asked about."""

    @property
    def whole(self) -> bool:
        """Whether all of the draft was handed on, so that it can be asked about again."""
        return digest_of(self.text.words) == self.digest


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence that an owner wrote for the author."""

    entry: EntryId
    at: str
    by: str
    digest: str
    number: int
    sentence: str
    """The author's."""
    words: str
    """Instead of it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a draft was refused."""

    entry: EntryId
    at: str
    digest: str
    words: str


@dataclass(frozen=True, slots=True)
class Often:
    """Somebody who asks too often."""

    asker: str
    at: str
    asked: int


class Owned(Folded):
    """The cases of a world, with wordings and refusals (a `Derived`)."""

    def __init__(self) -> None:
        self.cases: dict[tuple[str, str, str], Case] = {}
        """By digest, asker and audience: the last question stands for those before it."""
        self.wordings: list[Wording] = []
        self.refusals: dict[str, list[Refusal]] = defaultdict(list)
        self.often: dict[str, Often] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind in (REASONED, REFERRED) and each.by == GATE:
                self._ask(each)
            elif each.kind in (CLEARED, REFUSED, SETTLED):
                self._answer(each)
            elif each.kind == REWORDED:
                body = each.body
                number = int(body.get("number", "")) if body.get("number", "").isdecimal() else 0
                told = body.get("sentence", ""), body.get("words", "")
                self.wordings.append(Wording(each.id, each.at, each.by, each.about, number, *told))
            elif each.kind == TOLD and each.by == GATE:
                self.refusals[each.about].append(Refusal(each.id, each.at, each.about, REFUSAL_TOLD))
            elif each.kind == OFTEN and each.by == GATE:
                asked = each.body.get("asked", "")
                self.often[each.about] = Often(each.about, each.at, int(asked) if asked.isdecimal() else 0)
            elif each.kind == LOOKED:
                self.often.pop(each.about, None)

    def _ask(self, entry: Entry) -> None:
        which = _which(entry)
        before = self.cases.pop(which, None)
        self.cases[which] = replace(_case_in(entry), answers=before.answers if before else ())

    def _answer(self, entry: Entry) -> None:
        known = self.cases.get(_which(entry))
        if known is None:
            return
        said = (entry.body.get(each, "") for each in ("check", "sentence", "reason"))
        answers = (*known.answers, Answered(entry.kind, entry.at, entry.by, *said))
        self.cases[_which(entry)] = replace(known, answers=answers, settled=known.settled or entry.kind != CLEARED)


def _which(entry: Entry) -> tuple[str, str, str]:
    return entry.about, entry.body.get("asker", ""), entry.body.get("audience", "")


def _case_in(entry: Entry) -> Case:
    body = entry.body
    text = Text(
        body.get("words", ""),
        body.get("written", "") or entry.at[:10],
        body.get("file", ""),
        _actions_in(body.get("actions", "")),
        body.get("persona", ""),
    )
    authors = frozenset(body.get("authors", "").split()) | {body.get("asker", "")}
    audience, asker = body.get("audience", ""), body.get("asker", "")
    return Case(entry.id, entry.at, entry.about, asker, authors, audience, text, entry.kind == REFERRED)


def _actions_in(words: str) -> tuple[Action, ...]:
    return tuple(Action(each[1], each[0]) for each in json.loads(words)) if words else ()


def cases(view: View) -> tuple[Case, ...]:
    """Every draft that the gate asked this view's reader about, the newest first."""
    return tuple(sorted(view.derived(Owned).cases.values(), key=lambda each: (each.at, each.id), reverse=True))


def found(view: View, which: str) -> Case:
    """The case by the id of its entry.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been, or was asked anew since.
    """
    known = next((each for each in view.derived(Owned).cases.values() if each.id == which), None)
    if known is None:
        raise NotFoundError("the gate asks nothing of you under this address; look at what it asks of you")
    return known


def often(view: View) -> tuple[Often, ...]:
    """Those who ask too often, and at whom nobody has looked yet."""
    return tuple(sorted(view.derived(Owned).often.values(), key=lambda each: each.asker))


def touched(view: View) -> dict[str, int]:
    """By asker, how many drafts of the last day touched what this view's reader holds."""
    since = datetime.fromisoformat(view.moment) - _DAY if view.moment else None
    counted: dict[str, int] = defaultdict(int)
    for each in cases(view):
        if since is None or datetime.fromisoformat(each.at) >= since:
            counted[each.asker] += 1
    return dict(sorted(counted.items()))


def may_answer(view: View) -> bool:
    """Whether the reader holds a role that answers the gate."""
    return bool(view.reader.roles & shipped().clears)


def waiting(view: View) -> int:
    """How much waits for an answer of this view's reader: drafts of others, and those who ask too often."""
    if not may_answer(view):
        return 0
    mine = view.reader.name
    drafts = [each for each in cases(view) if not each.settled and mine not in each.authors]
    return len(drafts) + sum(each.asker != mine for each in often(view))


def wordings_for(view: View, digest: str, sentences: Iterable[str] = ()) -> tuple[Wording, ...]:
    """What owners wrote for a draft, or for a sentence that stands in it word for word; the newest first."""
    said = frozenset(sentences)
    mine = (each for each in view.derived(Owned).wordings if each.digest == digest or each.sentence in said)
    return tuple(sorted(mine, key=lambda each: (each.at, each.entry), reverse=True))


def refusals_for(view: View, digest: str) -> tuple[Refusal, ...]:
    """That owners refused a draft, as its author is told."""
    return tuple(view.derived(Owned).refusals.get(digest, ()))
