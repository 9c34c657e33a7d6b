"""Names of a room in a reader's view: found in its messages by what the view knows, and answered from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from leconfield.desk.incidents.model import Incident, Message, Settled
from leconfield.desk.incidents.rules import Mention, key_of, mentions_in
from leconfield.ledger.bulk import SEGMENT_LOADED
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.lexicon import Lexicon
from leconfield.registry.mentions import KnownNames
from leconfield.registry.query import query_in
from leconfield.registry.scripts import fold
from leconfield.registry.trace import Answer, trace

MOST_NAMES: Final = 120
"""Names of one room that are shown, the latest; a longer list is screened as a list."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that came into the room, with the messages that have it."""

    key: str
    words: str
    """As it was first written."""
    messages: tuple[Message, ...]
    settled: Settled | None

    @property
    def came(self) -> str:
        """When it first came (a stamp)."""
        return self.messages[0].at if self.messages else self.settled.at if self.settled else ""


class Answers:
    """What traces of a world say of names (a `Derived`): kept until the world holds more that could be found."""

    def __init__(self) -> None:
        self.by_question: dict[tuple[str, str], Answer] = {}
        """By the words, and the day on which they are asked: ages count back from it."""
        self.mentions: dict[EntryId, tuple[Mention, ...]] = {}
        """By message."""

    @classmethod
    def of(cls, _world: World) -> Self:
        """Nothing has been asked yet."""
        return cls()

    def grow(self, _world: World, delta: Delta) -> None:
        """Forget what the new might change."""
        large = any(each.kind == SEGMENT_LOADED for each in delta.entries)
        if delta.reports or delta.statements or delta.judgements or large:
            self.by_question.clear()
            self.mentions.clear()


def found_in(view: View, message: Message) -> tuple[Mention, ...]:
    """Names and numbers in a message, as the view knows them."""
    kept = view.derived(Answers).mentions
    if message.id not in kept:
        kept[message.id] = mentions_of(view, message.words)
    return kept[message.id]


def mentions_of(view: View, text: str) -> tuple[Mention, ...]:
    """Names and numbers in a text: registered ones, and what is written like a name and is no place here."""
    lexicon = view.derived(Lexicon)
    known = dict.fromkeys((start, end) for start, end, _ in view.derived(KnownNames).known_in(text))
    found = mentions_in(text, known, lexicon.is_name)
    return tuple(
        each for each in found if (each.start, each.end) in known or not lexicon.is_place(fold(each.words).strip())
    )


def names_in(view: View, incident: Incident) -> tuple[Named, ...]:
    """The names of a room, the latest first; those that were decided on are among them whoever found them."""
    held: dict[str, tuple[str, dict[EntryId, Message]]] = {}
    for message in incident.messages:
        for each in found_in(view, message):
            held.setdefault(key_of(each.words), (each.words, {}))[1][message.id] = message
    last = {key_of(each.name): each for each in incident.settled}
    for key, settled in last.items():
        held.setdefault(key, (settled.name, {}))
    named = [Named(key, words, tuple(by.values()), last.get(key)) for key, (words, by) in held.items() if key]
    return tuple(sorted(named, key=lambda each: (each.came, each.key), reverse=True))[:MOST_NAMES]


def answer_to(view: View, words: str) -> Answer:
    """The answer to a name or a number in this view, as a trace gives it."""
    kept = view.derived(Answers).by_question
    asked = (words, view.moment[: len("2026-03-05")])
    if asked not in kept:
        kept[asked] = trace(view.world, query_in(view, words, datetime.fromisoformat(view.moment)))
    return kept[asked]
