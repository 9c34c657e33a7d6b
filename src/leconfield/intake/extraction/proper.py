"""Which words name somebody or something, and which merely describe: the proper-name test, in any case.

With meaningful case a name has a capital; where case says nothing (all capitals, or none) a name has a word that is in
none of the lists of common words. Titles, roles, articles and numbers at the edges are no part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from leconfield.intake.extraction.features import classes
from leconfield.intake.extraction.places import folded, largest_kind
from leconfield.intake.extraction.text import Sentence, Token

PERSON: Final = "Person"
ORGANISATION: Final = "Organisation"
LOCATION: Final = "Location"
_EDGE: Final = frozenset({"article", "number", "pronoun"})
_TITLE: Final = frozenset({"title", "person"})
_COMMON: Final = frozenset(
    [
        "weapon",
        "vehicle",
        "platform",
        "facility",
        "group",
        "person",
        "title",
        "period",
        "number",
        "unit",
        "article",
        "pronoun",
        "document",
        "comms",
        "money",
        "day",
        "month",
        "compass",
        "low",
    ]
)
_NEVER: Final = frozenset({"pronoun", "article", "day", "group", "nationality", "make"})
_INSTITUTION: Final = frozenset(
    [
        "army",
        "police",
        "ministry",
        "department",
        "front",
        "party",
        "movement",
        "university",
        "council",
        "court",
        "bank",
        "union",
        "federation",
        "association",
        "government",
        "command",
        "congress",
        "senate",
        "agency",
        "company",
        "college",
        "institute",
        "cartel",
        "coalition",
        "alliance",
        "brigade",
        "battalion",
        "guard",
        "force",
        "forces",
        "service",
        "office",
        "embassy",
        "church",
        "academy",
        "club",
    ]
)
_JOINTS: Final = re.compile(
    r"(?:(?:de|la|del|los|las|of|the|bin|ibn|al|el|van|von|and|y|for|in|und|d|da|do|dos|di)|\W)+"
)
_WORD: Final = re.compile(r"[^\W\d_]")
_LONGEST_LEAD: Final = 6
_DESCRIBES: Final = re.compile(
    r".(?:ers|ors|men|ists?|ians|cans|ing|ed|ly|tions?|ments?|ness|ity|ities|less|ful|ous|ive|able|ible|ism|ages?)$"
)
"""Endings of English words that describe; only where case says nothing."""
_DIGIT: Final = re.compile(r"\d")
_MONTH_NAMES: Final = frozenset({"may", "june", "april", "august", "march", "jan"})


def cores(tokens: Sentence, kind: str, cased: bool) -> Iterator[tuple[int, int]]:
    """Where the proper names in a span's tokens stand: one, or two if an acronym follows in brackets.

    None at all if the span merely describes ("the rebels", THREE PEASANTS).
    """
    piece: Sentence = []
    for token in [*tokens, None]:
        apart = token is None or token.text in "()[]/;:" or (kind == LOCATION and token.text.lower() == "and")
        if token is not None and not apart:
            piece.append(token)
            continue
        found = _core(piece, kind, cased) if piece else None
        if found:
            yield found
        piece = []


def lead_of(sentence: Sentence, start: int, cased: bool) -> str:
    """The title or role that stands right before a name beginning at `start`: `Mr`, `Foreign Secretary`."""
    before = [token for token in sentence if token.end <= start][-_LONGEST_LEAD:]
    taken: list[Token] = []
    for token in reversed(before):
        known = classes(token.text.lower())
        if (
            token.text != "."
            and "title" not in known
            and not (cased and token.text[0].isupper() and _WORD.match(token.text))
        ):
            break
        taken.insert(0, token)
    while taken and not ("title" in classes(taken[0].text.lower()) or _may_open_lead(taken)):
        taken.pop(0)
    return " ".join(token.text for token in taken).replace(" .", ".")


def _may_open_lead(taken: Sentence) -> bool:
    """Whether a word before the title belongs to it: `Russian` Foreign Minister, but not `Yesterday` President."""
    known = set(classes(taken[0].text.lower()))
    titled = any("title" in classes(token.text.lower()) for token in taken)
    return titled and not known & {"day", "article", "pronoun", "low", "period"} and taken[0].text != "."


def _core(tokens: Sentence, kind: str, cased: bool) -> tuple[int, int] | None:
    first = _first_of_core(tokens, kind)
    last = len(tokens)
    while last > first and not _WORD.search(tokens[last - 1].text) and not tokens[last - 1].text[-1].isdigit():
        last -= 1
    if last > first and tokens[last - 1].text in {"'s", "’s", "'S", "’S"}:
        last -= 1
    while last > first and (_follows(tokens[last - 1]) or _may_go(tokens[last - 1], kind, cased)):
        last -= 1
    while last > first and _may_go(tokens[first], kind, cased):
        first += 1
    kept = tokens[first:last]
    if not kept or not _names(kept, kind, cased):
        return None
    return kept[0].start, kept[-1].end


def _may_go(token: Token, kind: str, cased: bool) -> bool:
    """Whether a word at the edge of a name is a common one: `Riga` coach, LEFTIST `PEREZ`; but `al` Masri."""
    known = classes(token.text.lower())
    if "particle" in known:
        return False
    if cased:
        return token.text.islower()
    return kind == PERSON and token.text[0].isalpha() and len(token.text) > 1 and not is_telling(token.text, cased)


def _follows(token: Token) -> bool:
    """Whether a word means those who belong to what is named before it: FMLN `guerrillas`."""
    return "follower" in classes(token.text.lower())


def _first_of_core(tokens: Sentence, kind: str) -> int:
    first = 0
    for i, token in enumerate(tokens):
        known = set(classes(token.text.lower()))
        edge = known & _EDGE or not _WORD.search(token.text)
        if edge or (kind == PERSON and known & _TITLE and not known & {"fore"} and i + 1 < len(tokens)):
            first = i + 1
        elif not (kind == PERSON and _titles_follow(tokens, i)):
            break
    return first


def _titles_follow(tokens: Sentence, i: int) -> bool:
    """Whether this word is inside a role that goes on: `Special` in Special Advisor Thames."""
    return any(
        "title" in classes(token.text.lower()) and token.text.lower() != "father" for token in tokens[i + 1 : i + 5]
    )


def settled(kind: str, name: str) -> str:
    """The kind that a name gives away, whatever the tagger took it for.

    Nobody is called `Alexandra Dock`, `Alder Trust` or as a country is.
    """
    known = classes(name.rpartition(" ")[2].lower())
    if kind == PERSON and largest_kind(folded(name)) == "country":
        return LOCATION
    if kind == LOCATION or "sur" in known or "fore" in known:
        return kind
    if "site" in known or (kind == PERSON and ("facility" in known or "street" in known)):
        return LOCATION
    return ORGANISATION if "orgend" in known else kind


def _names(tokens: Sequence[Token], kind: str, cased: bool) -> bool:
    words = [token.text for token in tokens if _WORD.search(token.text) and not _JOINTS.fullmatch(token.text.lower())]
    if not words:
        return False
    telling = [word for word in words if len(word) > 1 and is_telling(word, cased)]
    if len(words) == 1 and not _stands_alone(words[0], kind, cased):
        return False
    if kind == ORGANISATION:
        institution = words[-1].lower() in _INSTITUTION and len(words) > 1
        return bool(telling) or (institution and (not cased or words[-1][0].isupper()))
    if kind == PERSON and any(_DIGIT.search(token.text) for token in tokens):
        return False
    return bool(telling) and (kind != PERSON or not cased or words[-1][0].isupper())


def _stands_alone(word: str, kind: str, cased: bool) -> bool:
    """Whether a single word can be a name: `Easter` cannot, nor `Nobody` at the head of a sentence, nor SENSELESS."""
    known = set(classes(word.lower()))
    if "day" in known:
        return False
    if known & {"fore", "sur"}:
        return True
    if cased:
        return "low" not in known
    if kind == PERSON:
        return False
    return kind == ORGANISATION or largest_kind(folded(word)) != ""


def is_telling(word: str, cased: bool) -> bool:
    """Whether the word names rather than describes."""
    low = word.lower()
    known = set(classes(low))
    if cased:
        return word[0].isupper() and ("fore" in known or not known & _NEVER)
    if known & {"fore", "sur"}:
        return "low" not in known and low not in _MONTH_NAMES
    return not known & _COMMON and "nationality" not in known and _DESCRIBES.search(low) is None
