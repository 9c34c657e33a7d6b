"""In-document chains: which names within one report are of the same one, and which identifiers it gives.

Only proper names and identifiers make chains (see `proper`). A later short name joins an earlier full one only if no
other person of the report could be meant; who "the driver" or "he" is, stays open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from leconfield.intake.extraction.model import Chain, Fact, Mention
from leconfield.intake.extraction.places import folded
from leconfield.intake.extraction.proper import LOCATION, ORGANISATION, PERSON
from leconfield.intake.extraction.reading import (
    ADDRESS,
    COORDINATE,
    EMAIL,
    HANDLE,
    IBAN,
    PHONE,
    PLATE,
    REFERENCE,
    URL,
    Reading,
)
from leconfield.ledger.vocabulary import ACCOUNT, DOCUMENT, ONLINE, PLACE, THING, VEHICLE
from leconfield.ledger.vocabulary import ORGANISATION as ORGANISATION_SCHEMA
from leconfield.ledger.vocabulary import PERSON as PERSON_SCHEMA
from leconfield.ledger.vocabulary import PHONE as PHONE_SCHEMA

SCHEMA_OF: Final = {
    PERSON: PERSON_SCHEMA,
    ORGANISATION: ORGANISATION_SCHEMA,
    LOCATION: PLACE,
    ADDRESS: PLACE,
    PHONE: PHONE_SCHEMA,
    EMAIL: ONLINE,
    HANDLE: ONLINE,
    URL: THING,
    PLATE: VEHICLE,
    IBAN: ACCOUNT,
    COORDINATE: PLACE,
    REFERENCE: DOCUMENT,
}
_IDENTIFIER: Final = {
    PHONE: "phone",
    EMAIL: "email",
    HANDLE: "handle",
    URL: "website",
    PLATE: "registrationNumber",
    IBAN: "iban",
    ADDRESS: "address",
    REFERENCE: "idNumber",
}
_ALIAS: Final = re.compile(
    r"\s*[,(\[-]*\s*(?:(?:who is |who was |is |was )?(?:also |better |otherwise |sometimes "
    r")?(?:known as|called|styling "
    r"himself|using the name)|a\.?k\.?a\.?|alias(?:es)?|nicknamed|formerly|n[ée]e|code ?named?|nom de guerre)\s*:?\s*"
    r"[\"“'‘(\[]*\s*",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(r"\s*[,-]*\s*[(\[]\s*[\"“'‘]?\s*")
_QUOTED: Final = re.compile(r"\s*[\"“‘'(]\s*")
_SMALL: Final = frozenset(["of", "the", "and", "for", "de", "la", "del", "los", "las", "y", "e", "in", "on", "al"])
_HONORIFIC_MALE: Final = frozenset({"mr", "sir", "lord", "father", "king", "prince", "imam", "señor"})
_HONORIFIC_FEMALE: Final = frozenset({"mrs", "ms", "miss", "lady", "dame", "queen", "princess", "sister", "madam"})
_SHORTEST_ACRONYM: Final = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A proper name found in the text, ready to be chained."""

    start: int
    end: int
    kind: str
    lead: str = ""
    """The title or role before it."""


@dataclass(slots=True)
class _Chaining:
    """The chains as they grow while the report is read from its beginning."""

    text: str
    kinds: list[str] = field(default_factory=list)
    names: list[list[str]] = field(default_factory=list)
    sexes: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    by_key: dict[tuple[str, str], int] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    acronyms: dict[str, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    """A chain that turned out to be another one, and which."""

    def begin(self, kind: str, name: str = "") -> int:
        self.kinds.append(kind)
        self.names.append([name] if name else [])
        self.sexes.append("")
        return len(self.kinds) - 1

    def join(self, chain: int, start: int, end: int, name: str) -> None:
        self.mentions.append(Mention(start, end, self.text[start:end], chain))
        if name not in self.names[chain]:
            self.names[chain].append(name)


def chained(
    text: str, named: Sequence[Named], readings: Iterable[Reading]
) -> tuple[list[Chain], list[Mention], list[Fact]]:
    """Chains, their mentions and the facts that lie in names alone (aliases, sex by honorific, identifiers).

    `named` in order of the text, none overlapping.
    """
    growing = _Chaining(text)
    _begin_full_names(growing, named)
    before: tuple[Named, int] | None = None
    for each in named:
        chain = _chain_of(growing, each, before)
        name = " ".join(text[each.start : each.end].split())
        growing.join(chain, each.start, each.end, name)
        _remember(growing, each.kind, name, chain)
        _note_sex(growing, each, chain)
        before = (each, chain)
    for found in readings:
        if found.kind in _IDENTIFIER or found.kind == COORDINATE:
            _chain_identifier(growing, found)
    return _finished(growing)


def _begin_full_names(growing: _Chaining, named: Sequence[Named]) -> None:
    """Begin a chain for each full name of a person, so that a short name finds it wherever it stands."""
    for each in named:
        name = " ".join(growing.text[each.start : each.end].split())
        if each.kind == PERSON and " " in name and (PERSON, _key(name)) not in growing.by_key:
            _remember(growing, PERSON, name, growing.begin(PERSON, name))


def _chain_of(growing: _Chaining, each: Named, before: tuple[Named, int] | None) -> int:
    """The chain that a name belongs to, begun if need be."""
    name = " ".join(growing.text[each.start : each.end].split())
    if before and before[0].kind == each.kind and each.kind != LOCATION:
        between = growing.text[before[0].end : each.start]
        if _is_alias(between, name, before):
            _merge(growing, each.kind, name, before[1])
            return before[1]
    known = growing.by_key.get((each.kind, _key(name)))
    if known is not None:
        return known
    if each.kind == PERSON:
        found = _by_part(growing, name, _sex(each.lead))
        if found is not None:
            return found
    if each.kind == ORGANISATION and name.isupper() and name in growing.acronyms:
        return growing.acronyms[name]
    return growing.begin(each.kind)


def _merge(growing: _Chaining, kind: str, name: str, into: int) -> None:
    """Let the chain that bears this very name, if any, be the same as another."""
    key = (kind, _key(name))
    other = growing.by_key.get(key)
    if other is not None and other != into:
        growing.merged[other] = into
        growing.names[into] += [each for each in growing.names[other] if each not in growing.names[into]]
    growing.by_key[key] = into


def _is_alias(between: str, name: str, before: tuple[Named, int]) -> bool:
    if _ALIAS.fullmatch(between):
        return True
    if before[0].kind == ORGANISATION and _OPENING.fullmatch(between):
        return " " not in name and any(c.isupper() for c in name)
    return before[0].kind == PERSON and _QUOTED.fullmatch(between) is not None and " " not in name


def _by_part(growing: _Chaining, name: str, sex: str) -> int | None:
    """The one chain of a fuller name that holds every word of this one; None if there is none, or more than one."""
    words = _key(name).split()
    candidates = set(growing.by_word.get(words[-1], ())) if words else set()
    fitting = [
        chain
        for chain in candidates
        if any(_covers(_key(full).split(), words) for full in growing.names[chain])
        and (not sex or growing.sexes[chain] in {"", sex})
    ]
    return fitting[0] if len(fitting) == 1 else None


def _covers(full: list[str], words: list[str]) -> bool:
    """Whether `words` is a forename or surname of `full`, or its first and last name without the middle."""
    if len(words) >= len(full):
        return False
    if len(words) == 1:
        return words[0] in {full[0], full[-1], full[-2] if len(full) > 2 else ""}
    return (
        full[-len(words) :] == words or full[: len(words)] == words or (full[0] == words[0] and full[-1] == words[-1])
    )


def _key(name: str) -> str:
    return folded(name).removeprefix("the ")


def _remember(growing: _Chaining, kind: str, name: str, chain: int) -> None:
    key = _key(name)
    growing.by_key.setdefault((kind, key), chain)
    if kind == PERSON:
        for word in key.split():
            if chain not in growing.by_word[word]:
                growing.by_word[word].append(chain)
    if kind == ORGANISATION and " " in key:
        initials = "".join(word[0] for word in key.split() if word not in _SMALL).upper()
        if len(initials) > _SHORTEST_ACRONYM:
            growing.acronyms.setdefault(initials, chain)


def _sex(lead: str) -> str:
    words = set(lead.lower().replace(".", "").split())
    if words & _HONORIFIC_MALE:
        return "male"
    return "female" if words & _HONORIFIC_FEMALE else ""


def _note_sex(growing: _Chaining, each: Named, chain: int) -> None:
    sex = _sex(each.lead) if each.kind == PERSON else ""
    if sex and not growing.sexes[chain]:
        growing.sexes[chain] = sex
        growing.facts.append(Fact(chain, "gender", sex, each.start, each.end))


def _chain_identifier(growing: _Chaining, found: Reading) -> None:
    kind, value = found.kind, found.value
    chain = growing.by_key.get((kind, value))
    if chain is None:
        chain = growing.by_key[kind, value] = growing.begin(kind)
        start, end = found.span.start, found.span.end
        if kind == COORDINATE:
            latitude, _, longitude = value.partition(",")
            growing.facts.append(Fact(chain, "latitude", latitude, start, end))
            growing.facts.append(Fact(chain, "longitude", longitude, start, end))
        else:
            growing.facts.append(Fact(chain, _IDENTIFIER[kind], value, start, end))
    growing.join(chain, found.span.start, found.span.end, value)


def _finished(growing: _Chaining) -> tuple[list[Chain], list[Mention], list[Fact]]:
    """The chains in the order of their first mention, numbered anew."""
    mentions = sorted(
        (replace(each, chain=_root(growing, each.chain)) for each in growing.mentions),
        key=lambda each: (each.start, each.end),
    )
    number = {chain: i for i, chain in enumerate(dict.fromkeys(each.chain for each in mentions))}
    chains = []
    facts = [replace(fact, chain=_root(growing, fact.chain)) for fact in growing.facts]
    for index in number:
        kind = growing.kinds[index]
        here = [" ".join(each.text.split()) for each in mentions if each.chain == index]
        named = here if kind in {PERSON, ORGANISATION, LOCATION} else growing.names[index]
        best = max(dict.fromkeys(named), key=lambda name: (len(name.split()), len(name)))
        chains.append(Chain(SCHEMA_OF[kind], best, kind))
        if kind in {PERSON, ORGANISATION}:
            facts += _aliases(mentions, index, best)
    renumbered = (replace(fact, chain=number[fact.chain]) for fact in facts)
    return (
        chains,
        [replace(each, chain=number[each.chain]) for each in mentions],
        sorted(renumbered, key=lambda fact: (fact.start, fact.end, fact.prop)),
    )


def _root(growing: _Chaining, chain: int) -> int:
    seen: set[int] = set()
    while chain in growing.merged and chain not in seen:
        seen.add(chain)
        chain = growing.merged[chain]
    return chain


def _aliases(mentions: Sequence[Mention], chain: int, best: str) -> Iterator[Fact]:
    """Other names of the chain that are no mere part or spelling of its best one."""
    parts = set(_key(best).split())
    done = {_key(best)}
    for each in mentions:
        name = " ".join(each.text.split())
        if each.chain == chain and _key(name) not in done and not set(_key(name).split()) <= parts:
            done.add(_key(name))
            yield Fact(chain, "alias", name, each.start, each.end)
