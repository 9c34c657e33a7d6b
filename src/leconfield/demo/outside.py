"""What a desk that holds a case must say of what is to leave the house: the part of its key that is asked of the gate.

`key.json` may hold a table `gate`, with a list for each of the kinds below; `sentences.toml` holds the sentences that
it speaks of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leconfield.demo.answers import Answer, Told, answers
from leconfield.demo.records import text_of
from leconfield.errors import BadInputError

SENTENCES: Final = "sentences.toml"
REFUSED: Final = "refused"
"""What the key adds to a colour for somebody who is told that the draft may not go on, and not why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How a draft stands that says one sentence, or several together."""

    sentences: tuple[str, ...]
    """Their ids, in the order in which they are said."""
    colour: str
    """In the gate's own world."""
    check: str
    """The check that stops it; empty if nothing does."""
    source: str
    """The one whom it could burn; empty if it burns nobody."""
    rests_on: str
    """The report that the first of them is matched to, by its number."""
    told: tuple[Told, ...]
    """By officer: the colour in his own view, and `refused` if he is told no more than that it may not go on."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a further sentence would do to somebody who speaks outside under another name."""

    persona: str
    user: str
    fits: int
    """How many people of the register fit all that was said of him."""
    words: str
    """The next sentence."""
    leaves: int
    """How many fit then."""
    colour: str


@dataclass(frozen=True, slots=True)
class Released:
    """How a release stands at the end."""

    release: str
    user: str
    state: str
    colour: str
    """Of the last verdict on it."""
    hidden: bool
    """Whether that verdict gives no reason but that it is not for this reader."""


@dataclass(frozen=True, slots=True)
class LeakedCopy:
    """Whose copy a text came from that turned up."""

    release: str
    user: str
    file: str
    """The text as somebody typed it from a copy, with the alternatives of its places."""
    first: int
    """Which place of the release is the first in it."""
    recipient: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything that the key asks of the gate."""

    judged: tuple[Judged, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    released: tuple[Released, ...] = ()
    leaked: tuple[LeakedCopy, ...] = ()


def read_sentences(path: Path) -> dict[str, str]:
    """The sentences of a case by their ids; none, if it has no such file.

    Raises:
        BadInputError: if it is not TOML, or a sentence lacks its id or its words, or two have one id.
    """
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(text_of(path)).get("sentence", [])
    except tomllib.TOMLDecodeError as fault:
        raise BadInputError(f"{path.name}: {fault}") from None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadInputError(f"{path.name}: write each as a table [[sentence]]")
    rows = [Answer(each, f"{path.name}, sentence {number}") for number, each in enumerate(found, start=1)]
    by_id = {each.text("id"): each.text("words").strip() for each in rows}
    if len(by_id) != len(rows):
        raise BadInputError(f"{path.name}: two sentences have one id; give each its own")
    return by_id


def read_outside(found: Mapping[str, object], file: str) -> Outside:
    """What the table `gate` asks; nothing, if it is empty.

    Raises:
        BadInputError: naming the file, the list and the field, if something is missing or not of its kind.
    """
    return Outside(
        tuple(_judged(each) for each in answers(found, "judged", file)),
        tuple(_spoken(each) for each in answers(found, "spoken", file)),
        tuple(_released(each) for each in answers(found, "released", file)),
        tuple(_leaked(each) for each in answers(found, "leaked", file)),
    )


def _judged(found: Answer) -> Judged:
    how = found.text("colour"), found.text("check"), found.text("source"), found.text("rests_on")
    return Judged(found.texts("sentences"), *how, found.told("told"))


def _spoken(found: Answer) -> Spoken:
    who = found.text("persona"), found.text("user"), found.whole("fits")
    return Spoken(*who, found.text("words"), found.whole("leaves"), found.text("colour"))


def _released(found: Answer) -> Released:
    which = found.text("release"), found.text("user"), found.text("state"), found.text("colour")
    return Released(*which, found.text("hidden") == "yes")


def _leaked(found: Answer) -> LeakedCopy:
    which = found.text("release"), found.text("user"), found.text("file")
    return LeakedCopy(*which, found.whole("first"), found.text("recipient"))
