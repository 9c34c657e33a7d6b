"""Values as they are compared: folded, in plain letters, dates as numbers, codes without punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from leconfield.ledger.vocabulary import PERSON
from leconfield.registry.facts import facts
from leconfield.registry.linkage.terms import CATEGORY, CODE, DATE, TAGS, TEXT
from leconfield.registry.names import parse_name
from leconfield.registry.scripts import fold, listed, romanise

_NOTHING: Final = frozenset(
    {"", "null", "none", "nan", "nat", "na", "n/a", "-", "--", ".", "?", "unknown", "not known", "nil"}
)
_WORDS: Final = re.compile(r"[^\W_]+")
_PUNCTUATION: Final = re.compile(r"[\W_]+")
_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`")
_NOT_COMPARED: Final = frozenset(
    listed(
        "of the and de du la le von van der den di da y mr mrs ms miss dr prof professor sir lord lady dame baron "
        "baroness baronet bt earl viscount viscountess count countess duke duchess marquess marquis prince princess "
        "king queen rev reverend hon captain capt major colonel col general gen lieutenant admiral jr sr junior senior"
    )
)
_YEAR_FIRST: Final = re.compile(
    r"(\d{4})[-/. ]?(\d{1,2}|\?\?|xx)?(?:[-/. ]?(\d{1,2}|\?\?|xx))?(?:[T ].*)?", re.IGNORECASE
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_SEXES: Final = {"male": "m", "man": "m", "boy": "m", "female": "f", "woman": "f", "girl": "f"}


def parts(text: str) -> list[str]:
    """The parts of a name in plain letters, without titles and numbers, each once; initials count."""
    if not text.isascii():
        return list(dict.fromkeys(part.latin for part in parse_name(text, PERSON).parts if part.latin))
    words = dict.fromkeys(_WORDS.findall(text.lower().translate(_APOSTROPHES)))
    kept = [word for word in words if word not in _NOT_COMPARED and not any(map(str.isdigit, word))]
    return kept or list(words)


def date(text: str) -> tuple[str, int]:
    """A date as text and as YYYYMMDD with 00 for what is not said; 0 if it is no date."""
    plain = text.strip()
    found = _COMPACT.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    if found:
        year, month, day = (int(each) if each and each.isdigit() else 0 for each in found.groups())
    else:
        found = _YEAR_LAST.fullmatch(plain)
        if not found:
            return fold(plain), 0
        day, month, year = (int(each) for each in found.groups())
        if month > 12 >= day:
            day, month = month, day
    return f"{year:04}-{month:02}-{day:02}", year * 10000 + min(month, 99) * 100 + min(day, 99)


def _code(text: str) -> str:
    folded = romanise(text).strip()
    return _PUNCTUATION.sub(" ", folded.removesuffix(".0")).strip()


def _phone(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isdigit())[-9:]


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", romanise(text)).strip()


def _sex(text: str) -> str:
    plain = _plain(text)
    return _SEXES.get(plain, plain)


_BY_ROLE: Final[Mapping[str, Callable[[str], str]]] = {
    "phone": _phone,
    "sex": _sex,
    "email": lambda text: fold(text).strip(),
}
_BY_KIND: Final[Mapping[int, Callable[[str], str]]] = {CODE: _code, TEXT: _plain, CATEGORY: _plain}


def normal(text: str, role: str, kind: int) -> tuple[str, int]:
    """A value as it is compared, and its number if it is a date; empty if it says nothing. Names: see `parts`."""
    if text.strip().lower() in _NOTHING:
        return "", 0
    if kind == DATE:
        return date(text)
    return (_BY_ROLE.get(role) or _BY_KIND[kind])(text), 0


def kin(part: str) -> list[str]:
    """Names of which this is a nickname, and its nicknames; itself first where it has any."""
    names = facts().nicknames.get(part)
    return [part, *sorted(names, key=lambda name: (len(name) < len(part), name))][:TAGS] if names else []
