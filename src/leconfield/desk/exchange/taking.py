"""What a bundle says, statement by statement, and under which grade and label each of them will be taken in.

Nothing is dropped without a word: whatever is not made into a statement is told, and the bundle itself is kept whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from leconfield.desk.exchange import stix_terms as terms
from leconfield.desk.exchange.model import ExchangeError
from leconfield.desk.exchange.stix_reading import Bundle, Object, texts
from leconfield.errors import BadInputError
from leconfield.intake.tables.values import ValueProblem, checked, date_of
from leconfield.ledger import vocabulary as own
from leconfield.ledger.grades import Grade, parse_grade
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import (
    ACTUAL,
    AFFIRMED,
    ATTEMPTED,
    DENIED,
    PLAIN,
    PLANNED,
    POSSIBLE,
    Assertion,
)
from leconfield.ledger.times import ALWAYS, Held, check_partial

MOST_STATEMENTS: Final = 200_000
MOST_TOLD: Final = 200
_ISO: Final = "YYYY-MM-DD"
Ends = Callable[[str], tuple[str, str]]
"""From a statement's value to the object that it is about and, of a link, the other one; of none an empty text."""
_WAYS: Final = (ACTUAL, PLANNED, ATTEMPTED, POSSIBLE)


@dataclass(frozen=True, slots=True)
class Profile:
    """How a bundle is taken in: what an officer has looked at before it is."""

    grade: Grade
    """Of what has none; its letter is that of everything that only has a confidence."""
    label: str
    """What everything in it bears, whatever its markings ask for beside."""
    markings: Mapping[str, str] = field(default_factory=dict)
    """What a marking says, in its words, to the label that it asks for here."""

    def label_for(self, markings: Iterable[str]) -> str:
        """The label of a statement with these markings: never less than that of the whole."""
        return all_of({self.label, *(self.markings.get(each, "") for each in markings)} - {""})


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as a bundle makes it."""

    subject: str
    """The object that it is about, by its id in the bundle."""
    schema: str
    prop: str
    value: str
    """Text; of a link the other object's id."""
    grade: Grade
    markings: tuple[str, ...]
    """In their own words."""
    held: Held = ALWAYS
    assertion: Assertion = PLAIN


@dataclass(frozen=True, slots=True)
class Taken:
    """Everything that a bundle says, and whatever is not taken of it."""

    said: tuple[Said, ...]
    records: int
    told: tuple[str, ...]
    """What is left out or read as something wider, in sentences."""
    reports: tuple[str, ...]
    """The reports that it names: title and date."""


def taken(bundle: Bundle, grade: Grade) -> Taken:
    """What the bundle says; `grade` for whatever has neither grade nor confidence.

    Raises:
        ExchangeError: if it says nothing that is taken here, or far too much.
    """
    return _Taking(bundle, grade).everything()


class _Taking:
    """One bundle being taken apart."""

    def __init__(self, bundle: Bundle, grade: Grade) -> None:
        self._bundle = bundle
        self._grade = grade
        self._told: Counter[str] = Counter()
        self._schemata = {
            which: _schema_of(each)
            for which, each in bundle.objects.items()
            if each["type"] in terms.TAKEN and which != terms.PROGRAM
        }

    def everything(self) -> Taken:
        said: dict[Said, None] = {}
        for each in self._all():
            said[each] = None
            if len(said) > MOST_STATEMENTS:
                raise ExchangeError(f"the bundle makes more than {MOST_STATEMENTS:,} statements; split it")
        if not said:
            raise ExchangeError(
                "nothing in the bundle can be taken in: " + ("; ".join(self._sentences()) or "no object says anything")
            )
        reports = tuple(
            ", ".join((*texts(each.get("name", "")), str(each.get("published", ""))[:10]))
            for each in self._bundle.of("report")
        )
        return Taken(tuple(said), len({each.subject for each in said}), tuple(self._sentences()), reports)

    def _sentences(self) -> Iterator[str]:
        yield from self._bundle.left_out
        if self._bundle.more_left_out:
            yield f"and {self._bundle.more_left_out:,} objects more that are not taken"
        told = list(self._told.items())
        for words, count in told[:MOST_TOLD]:
            yield words if count == 1 else f"{words} ({count:,} times)"
        if len(told) > MOST_TOLD:
            yield f"and {len(told) - MOST_TOLD:,} remarks more"

    def _all(self) -> Iterator[Said]:
        for which, schema in sorted(self._schemata.items()):
            yield from self._record(self._bundle.objects[which], schema)
        for each in self._bundle.of("relationship"):
            yield from self._linked(each, self._ends(each, "source_ref", "target_ref"))
        for each in self._bundle.of("sighting"):
            yield from self._sighted(each)
        for each in self._bundle.of("note"):
            yield from self._noted(each, "; ".join((*texts(each.get("abstract", "")), *texts(each["content"]))))
        for each in self._bundle.of("opinion"):
            words = ": ".join((*texts(each["opinion"]), *texts(each.get("explanation", ""))))
            yield from self._noted(each, f"opinion of the sender: {words}")

    def _record(self, found: Object, schema: str) -> Iterator[Said]:
        which = str(found["id"])
        own_words = _extended(found)
        if own_words is not None:
            yield from self._extended(found, own_words, lambda _: (which, ""))
            return
        read = terms.PROPERTIES_IN[str(found["type"])]
        for name, value in found.items():
            prop = read.get(name)
            if prop is None:
                if name not in terms.ABOUT_THE_FILE:
                    self._tell(f'"{name}" of objects of type "{found["type"]}" is not read')
                continue
            for each in texts(value):
                yield from self._plain(found, schema, _property(schema, name, prop), each, self._marked(found, name))

    def _plain(
        self, found: Object, schema: str, prop: str, value: str, markings: tuple[str, ...], which: str = ""
    ) -> Iterator[Said]:
        try:
            kept = checked(prop, value, _ISO)
        except ValueProblem as error:
            self._tell(f"{found['id']}: {error}")
            return
        yield Said(which or str(found["id"]), schema, prop, kept, self._grade_of(found), markings)

    def _ends(self, found: Object, left: str, right: str) -> tuple[str, str] | None:
        """The ids of both ends; None, and told, if one is not in the bundle or becomes no record."""
        ends = (str(found.get(left, "")), str(found.get(right, "")))
        for each in ends:
            if each not in self._schemata:
                why = "becomes no record here" if each in self._bundle.objects else "is not in the bundle"
                self._tell(f"{found['type']}s are left out whose end {each.partition('--')[0]} {why}")
                return None
        return ends

    def _linked(self, found: Object, ends: tuple[str, str] | None) -> Iterator[Said]:
        if ends is None:
            return
        own_words = _extended(found)
        if own_words is not None:
            yield from self._extended(found, own_words, _other_of(ends))
            return
        kind = str(found["relationship_type"])
        if kind not in terms.EXACT:
            self._tell(f'"{kind}" is read as "{own.words_for(terms.RELATIONSHIPS_IN.get(kind, "associate"))}"')
        for each in texts(found.get("description", "")):
            yield from self._plain(
                found, self._schemata[ends[0]], "notes", each, self._marked(found, "description"), ends[0]
            )
        yield self._link(found, ends, terms.RELATIONSHIPS_IN.get(kind, "associate"), ("start_time", "stop_time"))

    def _sighted(self, found: Object) -> Iterator[Said]:
        places = texts(found.get("where_sighted_refs", []))
        if not places:
            self._tell("sightings are left out that say no place")
        for place in places:
            ends = self._ends({**found, "where": place}, "sighting_of_ref", "where")
            own_words = _extended(found)
            if ends is not None and own_words is not None:
                yield from self._extended(found, own_words, _other_of(ends))
            elif ends is not None:
                yield self._link(found, ends, "seenAt", ("first_seen", "last_seen"))

    def _link(self, found: Object, ends: tuple[str, str], prop: str, times: tuple[str, str]) -> Said:
        held = self._held(found, *(str(found.get(each, "")) for each in times))
        markings = self._marked(found, "relationship_type")
        return Said(ends[0], self._schemata[ends[0]], prop, ends[1], self._grade_of(found), markings, held)

    def _noted(self, found: Object, words: str) -> Iterator[Said]:
        refs, own_words = texts(found["object_refs"]), _extended(found)
        if own_words is not None:
            about = self._bundle.objects.get(refs[0], {}) if len(refs) == 1 else {}
            names = ("source_ref", "target_ref") if about.get("type") == "relationship" else ("sighting_of_ref", "")
            where = texts(about.get("where_sighted_refs", []))
            ends = (
                refs if len(refs) == 2 else [*texts(about.get(names[0], "")), *texts(about.get(names[1], "")), *where]
            )
            if len(ends) == 2 and all(each in self._schemata for each in ends):
                yield from self._extended(found, own_words, _other_of((ends[0], ends[1])))
                return
        for each in refs:
            if each in self._schemata:
                yield from self._plain(
                    found, self._schemata[each], "notes", words, self._marked(found, "content"), each
                )
            else:
                self._tell(f"{found['type']}s are left out where they are about {each.partition('--')[0]}s")

    def _extended(self, found: Object, listed: list[object], ends: Ends) -> Iterator[Said]:
        """Statements as the extension writes them, each for itself."""
        for place, each in enumerate(listed):
            path = f"extensions.{terms.EXTENSION}.statements.[{place}]"
            try:
                yield self._told_by_extension(found, each, ends, path)
            except (BadInputError, ValueProblem) as error:
                self._tell(f"{found['id']}, statement {place + 1}: {error}")

    def _told_by_extension(self, found: Object, said: object, ends: Ends, path: str) -> Said:
        if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
            raise ExchangeError("is no statement; each of its parts is a text")
        prop, value = said.get("prop", ""), said.get("value", "")
        which, other = ends(value)
        if prop not in own.PROPERTIES or (prop in own.LINKS) != bool(other) or not value:
            raise ExchangeError(f'"{prop[:40]}" is nothing that can be said here')
        assertion = Assertion(
            said.get("polarity", AFFIRMED),
            said.get("modality", ACTUAL),
            said.get("asserter", ""),
            said.get("stance", ""),
        )
        if assertion.polarity not in (AFFIRMED, DENIED) or assertion.modality not in _WAYS:
            raise ExchangeError("its polarity or modality is none that there is")
        held = Held(
            *(check_partial(when) if (when := said.get(name, "")) else "" for name in ("held_from", "held_until"))
        )
        grade = parse_grade(said["grade"]) if said.get("grade") else self._grade_of(found)
        kept = other or (texts(checked(prop, value, _ISO)) or [""])[0]
        if not kept:
            raise ExchangeError("says nothing")
        markings = self._marked(found, path, alone=True)
        return replace(Said(which, self._schemata[which], prop, kept, grade, markings), held=held, assertion=assertion)

    def _marked(self, found: Object, path: str, *, alone: bool = False) -> tuple[str, ...]:
        """The markings of a part of an object; `alone`: where it has its own, that of the whole does not count."""
        granular = [
            str(each.get("marking_ref", ""))
            for each in _dicts(found.get("granular_markings", []))
            if any(_covers(selector, path) for selector in texts(each.get("selectors", [])))
        ]
        whole = [] if alone and granular else texts(found.get("object_marking_refs", []))
        words = (self._bundle.markings.get(each, "a marking that is not in the bundle") for each in (*granular, *whole))
        return tuple(sorted(set(words)))

    def _grade_of(self, found: Object) -> Grade:
        if "confidence" not in found:
            return self._grade
        return replace(self._grade, credibility=terms.credibility(found["confidence"]))

    def _held(self, found: Object, first: str, last: str) -> Held:
        try:
            held = Held(*(date_of(each, _ISO) if each else "" for each in (first, last)))
        except ValueProblem as error:
            self._tell(f"{found['id']}: {error}")
            return ALWAYS
        return held

    def _tell(self, words: str) -> None:
        self._told[words[:400]] += 1


def _other_of(ends: tuple[str, str]) -> Ends:
    return lambda value: (ends[0], ends[1]) if value != ends[0] else (ends[1], ends[0])


def _covers(selector: str, path: str) -> bool:
    return path == selector or path.startswith(f"{selector}.")


def _extended(found: Object) -> list[object] | None:
    """The statements that our extension carries; None if it is not there."""
    extensions = found.get("extensions")
    ours = extensions.get(terms.EXTENSION) if isinstance(extensions, dict) else None
    listed = ours.get("statements") if isinstance(ours, dict) else None
    return listed if isinstance(listed, list) else None


def _dicts(value: object) -> list[dict[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _schema_of(found: Object) -> str:
    kind = str(found["type"])
    if kind == "identity":
        return terms.CLASSES_IN.get(str(found.get("identity_class", "")), own.THING)
    if kind == "user-account":
        return terms.ACCOUNTS_IN.get(str(found.get("account_type", "")), own.ONLINE)
    said = str(found.get("kind", ""))
    return said if kind == terms.THING and said in own.SCHEMATA else terms.TAKEN[kind]


def _property(schema: str, name: str, prop: str) -> str:
    """What an account's id is: of a telephone its number, of a bank account its own."""
    return terms.ACCOUNT_ID[schema][-1 if schema == own.ACCOUNT else 0] if name == "user_id" else prop
