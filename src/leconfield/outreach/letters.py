"""Letters to people who come back by a code: posted here, judged by the gate, and put out in tables that tell nothing.

A letter goes to a place, not to a person. The newest one to a place counts, for `LIFE` days; a table (`TABLES`) is put
out anew at an export, all of it sealed afresh (`gate/bundles/letters.py`). All letters of a table stand under one
label, so that whoever puts it out sees all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import letters as crossing
from leconfield.gate.bundles.letters import Addressed, Letter
from leconfield.gate.exposure import profile as gate_profile
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.model import Text
from leconfield.gate.exposure.published import TOLD, WORDS
from leconfield.gate.release.model import Colour
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach import orders, profile

POSTED: Final = "letter posted"
"""Kind of entry, about a place."""
PUT_OUT: Final = "letters put out"
"""Kind of entry, about a table: which letters its newest order holds."""
TABLES: Final[Mapping[str, str]] = {"tips": "reply", "applications": "application", "submissions": "submission"}
"""By table: the kind of box under whose label its letters stand."""
LIFE: Final = timedelta(days=90)
"""For how long a letter lies there to be read."""
_AUDIENCE: Final = "public"
"""By what it is judged: whoever has the words of a code may be anybody."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A letter to be posted."""

    place: str
    mailbox: str
    """The public half of its reader's key, in hexadecimal digits, as the box that he sent brought it."""
    kind: str
    words: str = ""
    """What goes through the gate; empty where the window's own words say all."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter as it stands in the ledger."""

    table: str
    place: str
    mailbox: str
    letter: Letter
    by: str
    at: str

    @property
    def addressed(self) -> Addressed:
        """As it is sealed."""
        return Addressed(self.place, bytes.fromhex(self.mailbox), self.letter)


class Letters(Folded):
    """The newest letter to each place, by table, and what each table last held (a `Derived`)."""

    def __init__(self) -> None:
        self.by_table: dict[str, dict[str, Posted]] = {}
        self.put_out: dict[str, str] = {}
        self.all_to: dict[str, list[Posted]] = {}
        """By place: every letter that was ever posted to it, the oldest first."""

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == POSTED:
                made = posted_in(each)
                self.by_table.setdefault(made.table, {})[made.place] = made
                self.all_to.setdefault(made.place, []).append(made)
            elif each.kind == PUT_OUT:
                self.put_out[each.about] = each.body.get("digest", "")


def posted_in(entry: Entry) -> Posted:
    """The letter that an entry posts."""
    told = entry.body
    letter = Letter(told.get("id", ""), told.get("kind", ""), told.get("words", ""))
    return Posted(told.get("table", ""), entry.about, told.get("mailbox", ""), letter, entry.by, entry.at)


def posted_to(view: View, place: str) -> tuple[Posted, ...]:
    """Every letter to that place that the view has, the oldest first."""
    return tuple(view.derived(Letters).all_to.get(place, ()))


def post(
    desk: Desk, view: View, table: str, postings: Sequence[Posting], beside: Sequence[Draft] = ()
) -> tuple[str, ...]:
    """Post letters, once the gate has let all their words pass in one check; their ids. `beside` is appended with them.

    Whoever posts is named in the entry. From then on the words count as said, for every later check.

    Raises:
        BadInputError: if a letter or its address will not do.
        RefusedError: if the gate refuses, with what the poster may know of why; he may not write under the label; or
            somebody posted to one of the places meanwhile, so that the view does not show what was said there.
    """
    refuse_the_past(view)
    label = label_of(desk, table)
    desk.check_writable(view.reader, label)
    places = [each.place for each in postings]
    before = [len(posted_to(view, each)) + places[:number].count(each) for number, each in enumerate(places)]
    made = [_drafted(each, table, label, number) for each, number in zip(postings, before, strict=True)]
    words = "\n\n".join(dict.fromkeys(each.words.strip() for each in postings if each.words.strip()))
    if words:
        _pass_the_gate(desk, view, words)
        made.append(Draft(TOLD, label, about=_AUDIENCE, body={WORDS: words}))
    desk.append(view.reader, [*made, *beside], once=True)
    return tuple(each.body["id"] for each in made if each.kind == POSTED)


def label_of(desk: Desk, table: str) -> str:
    """The label of every letter of a table.

    Raises:
        BadInputError: if there is no such table.
    """
    crossing.longest(table)
    return profile.of(desk).label(TABLES[table])


def _drafted(each: Posting, table: str, label: str, before: int) -> Draft:
    """A letter to a place that had so many before: its number is its key, and no two letters bear the same."""
    letter = Letter(secrets.token_hex(16), each.kind, each.words.replace("\r\n", "\n").strip())
    fault = crossing.fault_in_address(each.place, each.mailbox) or crossing.fault_in(letter, table)
    if fault:
        raise BadInputError(fault)
    told = {"table": table, "mailbox": each.mailbox, "id": letter.id, "kind": letter.kind, "words": letter.words}
    return Draft(POSTED, label, about=each.place, body=told, key=(each.place, str(before)))


def _pass_the_gate(desk: Desk, view: View, words: str) -> None:
    rules = gate_profile.shipped()
    text = Text(words, stamp(desk.clock())[:10])
    told = exposure.answer(desk, view, text, rules, rules.audience(_AUDIENCE))
    if told.colour is not Colour.RED:
        return
    reasons = [
        f"sentence {one.number}: {reason.words}"
        for one in told.verdict.sentences
        if one.colour is Colour.RED
        for reason in one.reasons
    ]
    reasons += [each.words for each in told.verdict.reasons]
    raise RefusedError("the gate does not let this pass. " + " ".join((*reasons, told.refusal)).strip())


def renew(desk: Desk, view: View, table: str) -> bool:
    """Put a table out anew if another letter lies in it, or one has lapsed; whether it was.

    Raises:
        RefusedError: if the view may not write under the table's label.
    """
    refuse_the_past(view)
    label = label_of(desk, table)
    desk.check_writable(view.reader, label)
    lying = [each for each in view.derived(Letters).by_table.get(table, {}).values() if lies(each, desk.clock().date())]
    digest = sha256("\n".join(sorted(each.letter.id for each in lying)).encode()).hexdigest()
    if view.derived(Letters).put_out.get(table) == digest:
        return False
    newest = sorted(lying, key=lambda each: each.at)[-crossing.STEPS[-1] :]
    body = crossing.sealed_table((each.addressed for each in newest), table).body
    order = orders.drafted(view, crossing.KIND, table, body, label)
    noted = Draft(PUT_OUT, label, about=table, body={"digest": digest})
    desk.append(view.reader, [each for each in (order, noted) if each is not None], once=True)
    return True


def renew_all(desk: Desk, view: View) -> None:
    """Put every table out anew that the view may write under; called before each export."""
    for table in TABLES:
        try:
            desk.check_writable(view.reader, label_of(desk, table))
        except RefusedError:
            continue
        renew(desk, view, table)


def lies(each: Posted, today: date) -> bool:
    """Whether a letter still lies there to be read on that day."""
    return today <= datetime.fromisoformat(each.at).date() + LIFE
