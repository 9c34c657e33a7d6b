"""The two words of an officer: the one that says he is safe, and the one that he says when he is made to say so.

Their hashes stand where those of passwords stand, under the label of the desk itself: no label that an officer holds
would do, since whoever works with him holds the same ones.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Final

from argon2.exceptions import InvalidHashError, VerificationError
from rapidfuzz.distance import OSA

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question, Reader

ENROLLED: Final = "safety words enrolled"
SHORTEST: Final = 4
LONGEST: Final = 64
APART: Final = 3
"""So many slips of the finger lie between the two words at least: in fear nobody types well."""


class Heard(StrEnum):
    """Which of his words an officer said."""

    SAFE = "safe"
    DURESS = "duress"


def enrol(desk: Desk, reader: Reader, *, safe: str, duress: str) -> None:
    """Keep the hashes (Argon2id) of somebody's two words; earlier ones are over.

    Raises:
        BadInputError: if a word is too short or too long, or the two are too much alike.
    """
    said = {Heard.SAFE: _plain(safe), Heard.DURESS: _plain(duress)}
    if not all(SHORTEST <= len(each) <= LONGEST for each in said.values()):
        raise BadInputError(f"each of the two words has {SHORTEST} to {LONGEST} letters; choose others")
    if OSA.distance(*said.values()) < APART:
        raise BadInputError("the two words are too much alike for a bad moment; choose two that nobody confuses")
    body = {which.value: accounts.hasher().hash(word) for which, word in said.items()}
    desk.append(accounts.KEEPER, [Draft(ENROLLED, accounts.LABEL, about=reader.name, body=body)])


def enrolled(desk: Desk, reader: Reader) -> bool:
    """Whether somebody chose his words."""
    return bool(_hashes(desk, reader))


def heard(desk: Desk, reader: Reader, word: str) -> Heard:
    """Which of his words it is; both are tried whichever it is, so that the answer takes as long for either.

    Raises:
        RefusedError: if it is neither, or he has not chosen any.
    """
    hashes = _hashes(desk, reader)
    if not hashes:
        raise RefusedError("you have no words yet; choose your two words first")
    fitting = [which for which in Heard if _fits(hashes.get(which.value, ""), _plain(word))]
    if not fitting:
        raise RefusedError("that is not your word; say it again")
    return fitting[0]


def _hashes(desk: Desk, reader: Reader) -> dict[str, str]:
    view = desk.view(accounts.KEEPER, asking=Question("safety words", reader.name))
    kept = [each for each in view.entries(about=reader.name, kind=ENROLLED) if each.label == accounts.LABEL]
    return kept[-1].body if kept else {}


def _fits(hashed: str, word: str) -> bool:
    try:
        return accounts.hasher().verify(hashed, word)
    except (VerificationError, InvalidHashError):
        return False


def _plain(word: str) -> str:
    """A word as it is compared: capitals, spaces and accents' ways of writing do not matter."""
    return " ".join(unicodedata.normalize("NFKC", word[: LONGEST * 4]).casefold().split())
