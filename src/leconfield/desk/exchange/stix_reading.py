"""A STIX 2.1 bundle read: objects that become records, links between them, and an account of whatever does not.

A bundle is hostile until it has been read: its size, its depth, every type and every reference are looked at before
anything is made of it. Nothing here recurses along references, so that circles in them are harmless.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.desk.exchange import stix_terms as terms
from leconfield.desk.exchange.model import ExchangeError
from leconfield.intake.readers.words import normal

Object = Mapping[str, object]
MOST_BYTES: Final = 32 * 2**20
MOST_OBJECTS: Final = 20_000
LONGEST: Final = 100_000
"""Characters of one text."""
MOST_TOLD: Final = 200
"""Objects left out that are named one by one; of the others, how many there were."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,249}--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STRUCTURED: Final = frozenset({"extensions", "granular_markings", "definition", "objects"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle in which every object has a type, an id of its own, and nothing of a wrong make."""

    id: str
    objects: Mapping[str, Object]
    """By id: the latest version of each."""
    markings: Mapping[str, str]
    """By id: what a marking says, in its own words."""
    left_out: tuple[str, ...]
    """Each object that is not taken, and why; sentences."""
    more_left_out: int = 0

    def of(self, kind: str) -> Iterator[Object]:
        """Its objects of a type, by id."""
        return (each for _, each in sorted(self.objects.items()) if each["type"] == kind)


def read_bundle(content: bytes) -> Bundle:
    """The bundle that the bytes hold.

    Raises:
        ExchangeError: if they are no bundle, are too many, or contradict themselves.
    """
    whole = _json(content)
    if whole.get("type") != "bundle":
        raise ExchangeError('this is no STIX bundle: it lacks "type": "bundle"; ask for STIX 2.1')
    listed = whole.get("objects")
    if not isinstance(listed, list) or not listed:
        raise ExchangeError('the bundle has no "objects"; ask for it again')
    if len(listed) > MOST_OBJECTS:
        raise ExchangeError(f"{len(listed):,} objects are more than the {MOST_OBJECTS:,} taken at once; split it")
    reading = _Reading()
    for number, each in enumerate(listed, start=1):
        reading.take(number, each)
    return reading.bundle(str(whole.get("id", ""))[:300])


def _json(content: bytes) -> Object:
    if len(content) > MOST_BYTES:
        raise ExchangeError(f"the bundle has more than {MOST_BYTES // 2**20} MB; split it")
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_number)
    except UnicodeDecodeError as error:
        raise ExchangeError("the bundle is no UTF-8 text; save it as that") from error
    except RecursionError as error:
        raise ExchangeError("the bundle nests too deep to be one; ask for it again") from error
    except ValueError as error:
        raise ExchangeError(f"the bundle is no JSON ({str(error)[:120]}); ask for it again") from error
    if not isinstance(found, dict):
        raise ExchangeError("this is no STIX bundle but something else in JSON; ask for STIX 2.1")
    return found


def _refuse_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


class _Reading:
    """One bundle on its way in."""

    def __init__(self) -> None:
        self._objects: dict[str, Object] = {}
        self._left_out: list[str] = []
        self._more = 0

    def take(self, number: int, found: object) -> None:
        fault, which = _fault(found), f"object {number}"
        if isinstance(found, dict) and isinstance(found.get("id"), str):
            which = f"object {number} ({_shown(found['id'])})"
        if fault or not isinstance(found, dict):
            self._leave_out(f"{which}: {fault}")
            return
        before = self._objects.get(found["id"])
        if before is None or before == found:
            self._objects[found["id"]] = found
            return
        stamps = [str(each.get("modified", each.get("created", ""))) for each in (before, found)]
        if stamps[0] == stamps[1]:
            raise ExchangeError(f"{which} stands twice in it and says different things; ask the sender which one holds")
        self._objects[found["id"]] = max(before, found, key=lambda each: str(each.get("modified", "")))
        self._leave_out(f"{which}: stands in it more than once; the latest version is taken")

    def bundle(self, which: str) -> Bundle:
        known = terms.TAKEN.keys() | terms.MADE_OF_THEM | terms.APART
        unknown = Counter(str(each["type"]) for each in self._objects.values() if each["type"] not in known)
        for kind, count in sorted(unknown.items()):
            self._leave_out(f'{count:,} of type "{_shown(kind)}": nothing is made of that type here')
        theirs = {key: _words_of(each) for key, each in self._objects.items() if each["type"] == "marking-definition"}
        return Bundle(which, self._objects, terms.TLP | theirs, tuple(self._left_out), self._more)

    def _leave_out(self, sentence: str) -> None:
        if len(self._left_out) < MOST_TOLD:
            self._left_out.append(sentence)
        else:
            self._more += 1


def _fault(found: object) -> str:
    """Why an object cannot be one; empty if it can."""
    if not isinstance(found, dict):
        return "is no object; each is written in braces"
    kind, which = found.get("type"), found.get("id")
    if not isinstance(kind, str) or not kind or len(kind) > 250:
        return 'has no "type"'
    if not isinstance(which, str) or not _ID.fullmatch(which) or not which.startswith(f"{kind}--"):
        return f'has no "id" of its type ("{_shown(kind)}--" and a UUID)'
    if kind == "bundle":
        return "is a bundle within the bundle; send them apart"
    if found.get("revoked") is True:
        return "has been revoked by whoever made it"
    return _wrong_make(found) or (_by_library(found) if kind in terms.TAKEN or kind in terms.MADE_OF_THEM else "")


def _wrong_make(found: Object) -> str:
    """Why one of its properties is of no make that STIX has; empty if all are."""
    for name, value in found.items():
        if name in _STRUCTURED:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and len(each) > LONGEST:
                return f'"{_shown(name)}" is longer than {LONGEST:,} characters'
            if isinstance(each, float) and not math.isfinite(each):
                return f'"{_shown(name)}" is no number'
    for name in ("name", "description", "content"):
        if not isinstance(found.get(name, ""), str):
            return f'"{name}" must be a text'
    refs = [value for name, value in found.items() if name.endswith(("_ref", "_refs"))]
    for value in refs:
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, str) or not _ID.fullmatch(each):
                return f'"{_shown(str(each))}" is no reference; write the id of an object'
    return ""


def _by_library(found: Object) -> str:
    """What the reference implementation of STIX finds wrong with it; empty if nothing."""
    import stix2  # noqa: PLC0415 - it takes half a second to load, where bundles are read
    from stix2.exceptions import STIXError  # noqa: PLC0415

    if found["type"] == terms.THING:
        return ""
    try:
        stix2.parse(dict(found), allow_custom=True, version=terms.VERSION)
    except (STIXError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        return _shown(" ".join(str(error).split()) or type(error).__name__, 200)
    return ""


def _words_of(marking: Object) -> str:
    """What a marking says: its statement, or its name and level."""
    definition = marking.get("definition")
    if isinstance(definition, dict):
        kind = str(marking.get("definition_type", ""))
        said = definition.get("statement") if kind == "statement" else definition.get(kind)
        if isinstance(said, str) and said:
            return _shown(said if kind == "statement" else f"{kind.upper()}:{said.upper()}", 300)
    name = marking.get("name")
    return _shown(name, 300) if isinstance(name, str) and name else _shown(str(marking["id"]))


def _shown(words: str, most: int = 80) -> str:
    """Words of a stranger as they are set on a page: on one line, cut off where they run long."""
    line = normal(words)
    return line if len(line) <= most else f"{line[:most]}…"


def texts(value: object) -> Sequence[str]:
    """The texts that a property holds: one, several, or a number written out."""
    found = value if isinstance(value, list) else [value]
    kept = [str(each) if isinstance(each, int | float) and not isinstance(each, bool) else each for each in found]
    return [said for each in kept if isinstance(each, str) and (said := normal(each))]
