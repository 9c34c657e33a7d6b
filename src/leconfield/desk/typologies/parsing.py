"""A typology as it is written: TOML in, a `Typology` out. What is not known is refused, with its line and the fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

from leconfield.desk.typologies.model import (
    COUNTED,
    INCIDENT,
    LINK,
    NEAR,
    PERPETRATOR_NEAR,
    PROPERTY,
    SOURCES,
    TIER_NEAR,
    WORDS,
    Count,
    Indicator,
    Reads,
    Typology,
)
from leconfield.desk.typologies.scorable import LINKED, PARTS, PROPERTIES
from leconfield.desk.typologies.words import protected_class, protected_in, words_in
from leconfield.errors import BadInputError
from leconfield.ledger.vocabulary import ORGANISATION, PERSON, PROTECTED, SCHEMATA, words_for

FORMAT: Final = 1
MOST_CHARACTERS: Final = 100_000
MOST_INDICATORS: Final = 60
MOST_WORDS: Final = 400
MOST_BITS: Final = 20.0
_SUBJECTS: Final = {"person": PERSON, "organisation": ORGANISATION}
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_INDICATOR: Final = re.compile(r"\[\[\s*indicator\s*\]\]")
_READ_KEYS: Final = {
    WORDS: {"words"},
    PROPERTY: {"names", "words"},
    LINK: {"names", "to", "direction"},
    INCIDENT: {"parts", "types", "stages"},
    NEAR: {"links", "who", "tier"},
}


def parse(text: str, file: str) -> Typology:
    """The typology that is written in `text`; `file` is what errors call it.

    Raises:
        BadInputError: naming the file, the line and what to write instead.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInputError(f"{file}: {len(text):,} characters are too many; keep to {MOST_CHARACTERS:,}")
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{file}: this is not TOML ({error}); see docs/typologies.md for the format") from error
    return _Parser(text, file).typology(table)


class _Parser:
    """Checks one file; every complaint says where."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = text.splitlines()
        self._file = file
        self._place = -1
        """The indicator that is looked at, counted from 0; -1: the head of the file."""

    def typology(self, table: Mapping[str, object]) -> Typology:
        head = {
            "format",
            "id",
            "version",
            "name",
            "threat",
            "subjects",
            "threshold",
            "cap",
            "half_life_days",
            "indicator",
        }
        self._known(table, head)
        if table.get("format") != FORMAT:
            self._wrong("format", f"write format = {FORMAT}")
        identity = self._text(table, "id", 60)
        if not _ID.fullmatch(identity):
            self._wrong("id", "use small letters, digits and hyphens, such as lone-attacker")
        subjects = self._choices(table, "subjects", _SUBJECTS)
        if not subjects:
            self._wrong("subjects", 'say whom it is about: ["person"], ["organisation"] or both')
        threshold = self._number(table, "threshold", 0.1, 100)
        return Typology(
            identity,
            self._whole(table, "version", 1, 1_000_000),
            self._text(table, "name", 80),
            self._text(table, "threat", 2000),
            tuple(_SUBJECTS[each] for each in subjects),
            threshold,
            self._number(table, "cap", threshold, 100),
            self._number(table, "half_life_days", 1, 36_500),
            self._indicators(table),
        )

    def _indicators(self, table: Mapping[str, object]) -> tuple[Indicator, ...]:
        listed = self._tables(table, "indicator", MOST_INDICATORS)
        found = []
        for place, each in enumerate(listed):
            self._place = place
            found.append(self._indicator(each))
        names = [each.name for each in found]
        for place, name in enumerate(names):
            if name in names[:place]:
                self._place = place
                self._wrong("name", f'"{name}" is there twice; give each indicator a name of its own')
        return tuple(found)

    def _indicator(self, table: Mapping[str, object]) -> Indicator:
        optional = {"contradicted", "absent", "absent_after", "count", "cap", "half_life_days", "why"}
        self._known(table, {"name", "weight", "reads"} | optional)
        weight = self._number(table, "weight", -MOST_BITS, MOST_BITS)
        if not weight:
            self._wrong("weight", "0 bits say nothing; give it a weight, or leave the indicator out")
        count = self._count(table)
        absent, after = (
            self._number(table, "absent", -MOST_BITS, 0, 0.0),
            self._whole(table, "absent_after", 1, 1000, 0),
        )
        if bool(absent) != bool(after):
            self._wrong("absent", "absent and absent_after go together: how many bits, once how many origins speak")
        if "cap" in table and count is None:
            self._wrong("cap", "only an indicator with a count can add up to more than its weight; leave cap out")
        return Indicator(
            self._text(table, "name", 120),
            weight,
            tuple(self._reads(each) for each in self._tables(table, "reads", 12)),
            self._number(table, "contradicted", -MOST_BITS, 0, 0.0),
            absent,
            after,
            count,
            self._number(table, "cap", max(weight, 0.0), MOST_BITS, 0.0),
            self._number(table, "half_life_days", 1, 36_500, 0.0),
            self._text(table, "why", 1000, needed=False),
        )

    def _count(self, table: Mapping[str, object]) -> Count | None:
        given = table.get("count")
        if given is None:
            return None
        if not isinstance(given, dict):
            self._wrong("count", 'write count = { of = "days", at_least = 3, within_days = 28 }')
        self._known(given, {"of", "at_least", "within_days", "more"})
        return Count(
            self._one_of(given, "of", COUNTED),
            self._whole(given, "at_least", 1, 1000),
            self._whole(given, "within_days", 1, 36_500),
            self._number(given, "more", 0, MOST_BITS, 0.0),
        )

    def _reads(self, table: Mapping[str, object]) -> Reads:
        source = self._one_of(table, "from", SOURCES)
        self._known(table, {"from"} | _READ_KEYS[source])
        reader: dict[str, Callable[[Mapping[str, object]], Reads]] = {
            WORDS: lambda each: Reads(WORDS, words=self._lexicon(each, needed=True)),
            PROPERTY: self._property,
            LINK: self._link,
            INCIDENT: self._incident,
            NEAR: self._near,
        }
        return reader[source](table)

    def _property(self, table: Mapping[str, object]) -> Reads:
        names = self._scorable(table, "names", PROPERTIES, "property")
        if not names:
            self._wrong("names", f"say which property is read: {', '.join(sorted(PROPERTIES))}")
        return Reads(PROPERTY, names, self._lexicon(table, needed=True))

    def _link(self, table: Mapping[str, object]) -> Reads:
        direction = self._one_of(table, "direction", ("any", "in", "out"), "any")
        names = self._scorable(table, "names", LINKED, "link")
        return Reads(LINK, names, to=self._choices(table, "to", SCHEMATA), direction=direction)

    def _incident(self, table: Mapping[str, object]) -> Reads:
        types, stages = (
            tuple(each.casefold() for each in self._texts(table, key, MOST_WORDS)) for key in ("types", "stages")
        )
        return Reads(INCIDENT, self._scorable(table, "parts", PARTS, "part"), types=types, stages=stages)

    def _near(self, table: Mapping[str, object]) -> Reads:
        who = self._one_of(table, "who", (PERPETRATOR_NEAR, TIER_NEAR))
        if (who == TIER_NEAR) != ("tier" in table):
            self._wrong("tier", 'tier goes with who = "tier": write the lowest that counts, from 1 (gravest) to 4')
        tier = self._whole(table, "tier", 1, 4, 0)
        return Reads(NEAR, self._scorable(table, "links", LINKED, "link"), who=who, tier=tier)

    def _scorable(self, table: Mapping[str, object], key: str, allowed: frozenset[str], what: str) -> tuple[str, ...]:
        names = self._texts(table, key, 40)
        for each in names:
            if each in PROTECTED:
                self._wrong(key, f'"{each}" ({words_for(each)}) is protected and never reaches a score; take it out')
            if each not in allowed:
                self._wrong(key, f'a score reads no {what} "{each}"; it reads {", ".join(sorted(allowed))}')
        return names

    def _lexicon(self, table: Mapping[str, object], *, needed: bool) -> tuple[str, ...]:
        found = []
        listed = self._texts(table, "words", MOST_WORDS)
        if needed and not listed:
            self._wrong("words", 'list the words or phrases, such as words = ["detonator*", "lorry park"]')
        for each in listed:
            if "*" in each.rstrip("*") or each.endswith("**"):
                self._wrong("words", f'"{each}": a star stands only at the end, for any ending')
            folded = " ".join(words_in(each))
            if len(folded) < (4 if each.endswith("*") else 2):
                self._wrong("words", f'"{each}" is too short to mean anything; write at least 4 letters before a star')
            guilty = protected_in(each)
            if guilty:
                why = protected_class(guilty) or "protected"
                self._wrong(
                    "words", f'"{each}": "{guilty}" is protected ({why}) and never reaches a score; take it out'
                )
            found.append(folded + "*" * each.endswith("*"))
        return tuple(dict.fromkeys(found))

    def _known(self, table: Mapping[str, object], keys: set[str]) -> None:
        for each in table:
            if each not in keys:
                self._wrong(each, f"there is no such key here; there are {', '.join(sorted(keys))}")

    def _tables(self, table: Mapping[str, object], key: str, most: int) -> Sequence[Mapping[str, object]]:
        given = table.get(key)
        if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
            self._wrong(key, f"write at least one, each under its own [[...{key}]]")
        if len(given) > most:
            self._wrong(key, f"{len(given)} are too many; keep to {most}")
        return given

    def _text(self, table: Mapping[str, object], key: str, most: int, *, needed: bool = True) -> str:
        given = table.get(key, "")
        if not isinstance(given, str) or (needed and not given.strip()):
            self._wrong(key, "write it as text in quotes; it may not be empty")
        if len(given) > most:
            self._wrong(key, f"{len(given):,} characters are too many; keep to {most:,}")
        return " ".join(given.split())

    def _texts(self, table: Mapping[str, object], key: str, most: int) -> tuple[str, ...]:
        given = table.get(key, [])
        if not isinstance(given, list) or not all(isinstance(each, str) and each.strip() for each in given):
            self._wrong(key, 'write it as a list of texts: ["one", "another"]')
        if len(given) > most:
            self._wrong(key, f"{len(given)} are too many; keep to {most}")
        return tuple(given)

    def _choices(self, table: Mapping[str, object], key: str, allowed: Mapping[str, str]) -> tuple[str, ...]:
        names = self._texts(table, key, 40)
        for each in names:
            if each not in allowed:
                self._wrong(key, f'"{each}" is none of {", ".join(allowed)}')
        return names

    def _one_of(
        self, table: Mapping[str, object], key: str, allowed: Sequence[str] | Mapping[str, str], default: str = ""
    ) -> str:
        given = table.get(key, default)
        if not isinstance(given, str) or given not in allowed:
            self._wrong(key, f"write one of {', '.join(allowed)}")
        return given

    def _number(
        self, table: Mapping[str, object], key: str, least: float, most: float, default: float | None = None
    ) -> float:
        given = table.get(key, default)
        if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= most:
            if key in table or default is None:
                self._wrong(key, f"write a number from {least:g} to {most:g}")
            return 0.0
        return float(given)

    def _whole(self, table: Mapping[str, object], key: str, least: int, most: int, default: int | None = None) -> int:
        given = table.get(key, default)
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            if key in table or default is None:
                self._wrong(key, f"write a whole number from {least} to {most:,}")
            return 0
        return given

    def _wrong(self, key: str, fix: str) -> NoReturn:
        where = f"line {self._line(key)}, " if self._lines else ""
        whose = f"indicator {self._place + 1}, " if self._place >= 0 else ""
        raise BadInputError(f'{self._file}, {where}{whose}"{key}": {fix}')

    def _line(self, key: str) -> int:
        """The line on which the key stands in the part that is looked at; the first of the part, if it is missing."""
        heads = [number for number, line in enumerate(self._lines) if _INDICATOR.match(line.strip())]
        first, last = 0, len(self._lines)
        if self._place >= 0 and self._place < len(heads):
            first = heads[self._place]
            last = heads[self._place + 1] if self._place + 1 < len(heads) else last
        elif self._place < 0 and heads:
            last = heads[0]
        written = re.compile(rf"\s*(?:\[\[?.*)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\])|.*[{{,]\s*{re.escape(key)}\s*=")
        found = (number for number in range(first, last) if written.match(self._lines[number]))
        return next(found, first) + 1
