"""What was done on an investigation, in words: each entry of its timeline, and what a week of them comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from leconfield.desk.acts import lines
from leconfield.desk.investigations.model import (
    ACTED,
    BROUGHT,
    CLOSED,
    DECIDED,
    DROPPED,
    LINKED,
    NOTED,
    OPENED,
    PRIORITISED,
    REOPENED,
    REVIEWED,
    STAFFED,
    SUPPOSED,
    TASKED,
    UNLINKED,
    WEIGHED,
    WITHDRAWN,
    Investigation,
)
from leconfield.ledger.model import Entry
from leconfield.ledger.times import in_words


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the timeline, for people."""

    at: str
    by: str
    what: str
    """What was done: "set the priority to P1"."""
    words: str
    """What he wrote."""
    label: str


def told(found: Investigation) -> list[Told]:
    """Everything that was done on it, the newest first."""
    names = _names(found)
    return [_told(each, names) for each in reversed(found.timeline)]


def _names(found: Investigation) -> dict[str, str]:
    """What the things that entries speak of are called, by their ids."""
    named: dict[str, str] = {each.id: each.words for each in found.hypotheses}
    named.update((each.id, each.words) for each in found.evidence)
    named.update((each.id, each.words) for each in found.actions)
    named.update((each.id, each.level) for each in found.priorities)
    return named


def _told(entry: Entry, names: dict[str, str]) -> Told:
    what, words = _WORDS[entry.kind](entry.body, names)
    return Told(entry.at, entry.by, what, words, entry.label)


Body = dict[str, str]
Words = tuple[str, str]


def _staffed(body: Body, _names: Body) -> Words:
    team = ", ".join(lines(body.get("team", "")))
    return f"named {body.get('lead', '')} lead officer" + (f", with {team}" if team else ""), body.get("reason", "")


def _weighed(body: Body, names: Body) -> Words:
    evidence, hypothesis = (_short(names.get(body.get(each, ""), "")) for each in ("evidence", "hypothesis"))
    return f"held “{evidence}” {body.get('mark', '')} with “{hypothesis}”", body.get("reason", "")


def _acted(body: Body, names: Body) -> Words:
    changes = [body["state"]] if body.get("state") else []
    changes += [f"given to {body['owner']}"] if body.get("owner") else []
    changes += [f"due {in_words(body['due'])}"] if body.get("due") else []
    return f"“{_short(names.get(body.get('action', ''), ''))}”: {', '.join(changes)}", body.get("reason", "")


def _tasked(body: Body, _names: Body) -> Words:
    return f"set an action for {body.get('owner', '')}, due {in_words(body.get('due', ''))}", body.get("words", "")


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


_WORDS: Final[dict[str, Callable[[Body, Body], Words]]] = {
    OPENED: lambda body, _: ("opened the investigation", body.get("reason", "")),
    CLOSED: lambda body, _: ("closed the investigation", body.get("reason", "")),
    REOPENED: lambda body, _: ("opened the investigation again", body.get("reason", "")),
    PRIORITISED: lambda body, _: (
        f"set the priority to {body.get('priority', '')}; {body.get('reviewer', '')} is to review it",
        body.get("reason", ""),
    ),
    REVIEWED: lambda body, names: (
        f"{body.get('verdict', '')} with the priority {names.get(body.get('priority', ''), '')}".rstrip(),
        body.get("reason", ""),
    ),
    STAFFED: _staffed,
    LINKED: lambda body, _: (f"linked a {body.get('kind', '')}", body.get("reason", "")),
    UNLINKED: lambda body, _: ("ended a link", body.get("reason", "")),
    SUPPOSED: lambda body, _: ("put a hypothesis", body.get("words", "")),
    DROPPED: lambda body, names: (
        f"dropped the hypothesis “{_short(names.get(body.get('hypothesis', ''), ''))}”",
        body.get("reason", ""),
    ),
    BROUGHT: lambda body, _: ("put evidence", body.get("words", "")),
    WITHDRAWN: lambda body, names: (
        f"withdrew the evidence “{_short(names.get(body.get('evidence', ''), ''))}”",
        body.get("reason", ""),
    ),
    WEIGHED: _weighed,
    TASKED: _tasked,
    ACTED: _acted,
    DECIDED: lambda body, _: (f"decided: {body.get('what', '')}", body.get("why", "")),
    NOTED: lambda body, _: ("noted", body.get("words", "")),
}

_COUNTED: Final = {
    LINKED: ("link", "links"),
    SUPPOSED: ("hypothesis", "hypotheses"),
    BROUGHT: ("piece of evidence", "pieces of evidence"),
    WEIGHED: ("cell weighed", "cells weighed"),
    TASKED: ("new action", "new actions"),
    NOTED: ("note", "notes"),
}
"""Kinds that a week only counts."""
_ALWAYS_TOLD: Final = frozenset({OPENED, CLOSED, REOPENED, PRIORITISED, REVIEWED, STAFFED, DECIDED, ACTED})
"""Kinds that a week tells each of."""


def changes_between(found: Investigation, since: str, until: str) -> list[str]:
    """What was done after one moment and up to another (stamps): what matters one by one, the rest counted."""
    names = _names(found)
    during = [each for each in found.timeline if since < each.at <= until]
    one_by_one = [f"{each.by} {_told(each, names).what}" for each in during if each.kind in _ALWAYS_TOLD]
    counts = _counts(each.kind for each in during)
    return [*one_by_one, counts] if counts else one_by_one


def _counts(kinds: Iterable[str]) -> str:
    counted = Counter(kinds)
    return ", ".join(
        f"{counted[kind]} {one if counted[kind] == 1 else many}"
        for kind, (one, many) in _COUNTED.items()
        if counted[kind]
    )
