"""What applicants said of themselves for equality's sake: counts, and nothing that could be joined to anybody.

A box of answers bears no id of an applicant. Inside it waits sealed, and is counted together with others of the same
campaign and stage once there are ten of them; the seal is destroyed a while later, counted or not. Nothing shows one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from leconfield.gate.bundles.vacancies import ASKED_AT, CHOICES, Equality
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.recruiting.fairness import LEAST

RECEIVED: Final = "equality answers received"
COUNTED: Final = "equality answers counted"
WAITS: Final = timedelta(days=90)
"""How long answers wait for others at most."""
ASKED: Final[Mapping[str, str]] = {
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnic group",
    "disability": "Disability",
    "orientation": "Sexual orientation",
    "religion": "Religion or belief",
    "schooling": "School between 11 and 16",
    "caring": "Caring for others",
}
STAGES: Final[Mapping[str, str]] = {"applied": "Applied", "invited": "Invited", "appointed": "Appointed"}
Counts = Mapping[str, Mapping[str, int]]
"""By what is asked and what was answered."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Answers that were not counted yet, sealed."""

    entry: EntryId
    kept: str


@dataclass(slots=True)
class _Heap:
    """What is there of one campaign and stage."""

    waiting: dict[EntryId, Waiting] = field(default_factory=dict)
    counted: set[EntryId] = field(default_factory=set)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    people: int = 0


class Answers(Folded):
    """Equality answers of a world, by campaign and stage (a `Derived`)."""

    def __init__(self) -> None:
        self._heaps: dict[tuple[str, str], _Heap] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind not in (RECEIVED, COUNTED):
                continue
            heap = self._heaps.setdefault((each.about, each.body.get("stage", "")), _Heap())
            if each.kind == RECEIVED:
                if each.id not in heap.counted:
                    heap.waiting.setdefault(each.id, Waiting(each.id, each.body.get("kept", "")))
                continue
            of = {EntryId(one) for one in each.body.get("of", "").split()}
            if of & heap.counted:
                continue
            heap.counted |= of
            heap.people += int(each.body.get("people", "0"))
            for one in of:
                heap.waiting.pop(one, None)
            for asked, told in json.loads(each.body.get("counts", "{}")).items():
                heap.counts.setdefault(asked, Counter()).update(told)

    def waiting(self, campaign: str, stage: str) -> tuple[Waiting, ...]:
        """Answers that wait for others, by their entries: in no order that tells anything."""
        heap = self._heaps.get((campaign, stage), _Heap())
        return tuple(heap.waiting[each] for each in sorted(heap.waiting))

    def counts(self, campaign: str, stage: str) -> Counts:
        """What was counted, every choice named."""
        heap = self._heaps.get((campaign, stage), _Heap())
        return {
            asked: {each: heap.counts.get(asked, Counter())[each] for each in told} for asked, told in CHOICES.items()
        }

    def people(self, campaign: str, stage: str) -> int:
        """How many people's answers were counted."""
        return self._heaps.get((campaign, stage), _Heap()).people


def counts_of(view: View, campaign: str) -> dict[str, Counts]:
    """What was counted of a campaign, by stage."""
    known = view.derived(Answers)
    return {each: known.counts(campaign, each) for each in ASKED_AT}


def received(desk: Desk, told: Equality, label: str, box: str) -> Draft:
    """The entry that answers came, sealed."""
    kept = desk.vault.seal_until(json.dumps(dict(told.answers), sort_keys=True), desk.clock() + WAITS)
    return Draft(RECEIVED, label, about=told.vacancy, body={"stage": told.stage, "kept": kept}, key=(box,))


def counted(desk: Desk, view: View, campaign: str, stage: str, label: str) -> Draft | None:
    """The entry that counts all that wait; None: they are fewer than ten, and go on waiting."""
    waiting = view.derived(Answers).waiting(campaign, stage)
    opened = [(each.entry, words) for each in waiting if (words := desk.vault.unsealed(each.kept)) is not None]
    if len(opened) < LEAST:
        return None
    counts: dict[str, Counter[str]] = {}
    for _, words in opened:
        for asked, choice in json.loads(words).items():
            counts.setdefault(asked, Counter())[choice] += 1
    of = " ".join(entry for entry, _ in opened)
    body = {"stage": stage, "people": str(len(opened)), "of": of, "counts": json.dumps(counts, sort_keys=True)}
    return Draft(COUNTED, label, about=campaign, body=body, key=(campaign, stage, of))


def choice_in_words(choice: str) -> str:
    """A choice as people read it: `another-group` as "Another group"."""
    words = choice if choice[:1].isdigit() else choice.replace("-", " ")
    return words[:1].upper() + words[1:]
