"""Facts and links that a sentence states in so many words: few patterns, each meant to be right.

A link needs two neighbouring mentions and telling words between (or before) them, and nothing else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from leconfield.intake.extraction.assertion import Stamper
from leconfield.intake.extraction.chains import Named
from leconfield.intake.extraction.features import lexicon
from leconfield.intake.extraction.model import Chain, Fact, Link, Mention
from leconfield.intake.extraction.reading import DATE, REFERENCE, Reading
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import PERSON

_KIN: Final = (
    r"(?:(?:elder|older|younger|twin|half|step|former|ex|first|second)[ -])?(?:brother"
    r"|sister|son|daughter|father|mother|"
    r"wife|husband|uncle|aunt|cousin|nephew|niece|partner|fianc[ée]e?|girlfriend|boyfriend|grand(?:son|father|mother)|"
    r"brother-in-law|sister-in-law|father-in-law)"
)
_ROLE: Final = (
    r"(?:(?:a|an|the|its|their|his|her) )?(?:[\w-]+ ){0,3}?(?:driver|manager|"
    r"director|owner|leader|member|commander|chief|head|"
    r"president|chairman|secretary|treasurer|spokesman|spokesperson|imam|teacher"
    r"|student|employee|accountant|cleaner|cook|"
    r"mechanic|barber|rector|minister|deputy|founder|representative|coordinator|organiser|trustee|courier|landlord|"
    r"shopkeeper|doctor|nurse|engineer|lawyer|judge|journalist|officer|soldier|priest|professor|electrician|plumber|"
    r"labourer|security guard|solicitor|trader)"
)
_OPENER: Final = (
    r"(?:,|\(|;)?\s*(?:who |and |then |later |also |now |still |often |has |have |had |is |was |were |be |been "
    r"|did |does |do |not |never |may |might |could |would |will |should |reportedly |allegedly |apparently "
    r"|probably |possibly |believed to |said to |thought to |plans to |planned to |intends to |tried to "
    r"|wants to |due to |going to )*"
)
"""An optional comma and auxiliaries: what they make of the statement is for the assertion to say."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words between two mentions that state a link; `turned`: from the second to the first."""

    prop: str
    left: frozenset[str]
    right: frozenset[str]
    words: re.Pattern[str]
    turned: bool = False
    dated: bool = False
    """Whether the sentence's only date is the link's time."""
    acts: bool = False
    """Whether the first mention must be who acts: "the van of Khan was seen" does not say that Khan was."""


@cache
def patterns() -> tuple[Pattern, ...]:
    """The link patterns of `models/entities.links.toml`, in the order in which they are tried."""
    text = (files(__package__) / "models" / "entities.links.toml").read_text(encoding="utf-8")
    return tuple(
        Pattern(
            each["prop"],
            frozenset(each["left"]),
            frozenset(each["right"]),
            re.compile(each["words"].replace("{opener}", _OPENER).replace("{kin}", _KIN), re.IGNORECASE),
            each.get("turned", False),
            each.get("dated", False),
            each["words"].startswith("{opener}"),
        )
        for each in tomllib.loads(text)["link"]
    )


_BORN: Final = re.compile(
    (
        r"\s*[,(]*\s*(?:who (?:is|was) |is |was )?(?:born(?: (?:at|in) [A-Z][\w-]+)?(?:"
        r" on)?|d\.?o\.?b\.?|b\.|date of birth)\s*:?\s*$"
    ),
    re.IGNORECASE,
)
_ONLY_ROLE: Final = re.compile(
    rf"\s*,\s+(?P<role>{_ROLE})(?=\s*(?:,|\.|;|$|\bof\b|\bat\b|\bfor\b|\bin\b|\bwho\b|\band\b))", re.IGNORECASE
)
_IS_ROLE: Final = re.compile(
    rf"\s+(?:is|was|works as|worked as)\s+(?P<role>(?:an?|the) (?:[\w-]+ ){{0,2}}{_ROLE})\b", re.IGNORECASE
)
_NATIONAL: Final = re.compile(
    r"\s*(?:,|\(|is|was)\s*(?:an? )?(?:(?P<age>\d\d)-year-old )?(?P<nation>[A-Z][\w-]+)(?P<second> [A-Z][a-z]+)?\s+"
    r"(?:national|citizen|man|woman|male|female|student|subject|passport)"
)
_HOLDS: Final = re.compile(r"\s*[,(]?\s*(?:holder of |holds |'s |’s )?(?:a |an |the )?[\w ]{0,12}")
_PERSONAL: Final = re.compile(r"passport|identity|id card|national|driving|ni ", re.IGNORECASE)
_WORDS_BEFORE: Final = 90
_BRACKETS: Final = re.compile(r"\s*\([^()]{0,50}\)")
_APPOSITION: Final = re.compile(r"^\s*,[^,;.]{1,60},\s*(?=\w)")
_AFTER_PREPOSITION: Final = re.compile(
    r"\b(?:to|of|by|with|for|from|against|near|at|in|outside|behind|about)\s+(?:(?:mr|mrs|ms|miss|dr|the)\.?\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with the mentions and readings that lie in it."""

    start: int
    end: int
    mentions: Sequence[Mention]
    readings: Sequence[Reading]


def stated(text: str, chains: Sequence[Chain], scene: Scene, leads: dict[int, Named]) -> tuple[list[Fact], list[Link]]:
    """The facts and links that one sentence states; `leads` gives the name that begins at an offset, with its title."""
    if not scene.mentions:
        return [], []
    stamper = Stamper(text, scene.start, scene.end)
    held = _only_date(scene)
    facts: list[Fact] = []
    links: list[Link] = []
    for left, right in _neighbours(scene.mentions):
        for link in _linked(text, chains, left, right, held, stamper):
            if link.prop == "birthPlace":
                facts.append(
                    Fact(link.left, link.prop, chains[link.right].name, link.start, link.end, ALWAYS, link.assertion)
                )
            else:
                links.append(link)
    for mention in scene.mentions:
        if chains[mention.chain].schema == PERSON:
            facts += _of_person(text, mention, scene, leads.get(mention.start), stamper)
    return facts, links


def _neighbours(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    yield from pairwise(mentions)
    for first, second, third in zip(mentions, mentions[1:], mentions[2:], strict=False):
        if first.chain != second.chain:
            yield first, third


def _only_date(scene: Scene) -> Held:
    days = {each.value for each in scene.readings if each.kind == DATE}
    return Held.on(days.pop()) if len(days) == 1 else ALWAYS


def _linked(
    text: str, chains: Sequence[Chain], left: Mention, right: Mention, held: Held, stamper: Stamper
) -> Iterator[Link]:
    if left.chain == right.chain:
        return
    gap = text[left.end : right.start]
    if len(gap) > _WORDS_BEFORE:
        return
    gaps = _readings_of(gap)
    acting = _AFTER_PREPOSITION.search(text, max(stamper.start, left.start - 30), left.start) is None
    schemata = chains[left.chain].schema, chains[right.chain].schema
    for pattern in patterns():
        if schemata[0] in pattern.left and schemata[1] in pattern.right and (acting or not pattern.acts):
            if not any(map(pattern.words.fullmatch, gaps)):
                continue
            ends = (right.chain, left.chain) if pattern.turned else (left.chain, right.chain)
            assertion = stamper.stamp(left.end, right.start)
            time = held if pattern.dated else ALWAYS
            yield Link(ends[0], pattern.prop, ends[1], left.start, right.end, time, assertion)
            return


def _readings_of(gap: str) -> tuple[str, ...]:
    """The words between two mentions: as they stand, without brackets, without a first apposition."""
    bare = _BRACKETS.sub("", gap)
    return gap, bare, _APPOSITION.sub(" ", bare)


def _of_person(text: str, mention: Mention, scene: Scene, named: Named | None, stamper: Stamper) -> Iterator[Fact]:
    for prop, value, start, end in _descriptions(text, mention, scene, named):
        assertion = stamper.stamp(min(start, mention.start), max(end, mention.end))
        yield Fact(mention.chain, prop, value, start, end, ALWAYS, assertion)
    yield from _of_readings(text, mention, scene)


def _descriptions(
    text: str, mention: Mention, scene: Scene, named: Named | None
) -> Iterator[tuple[str, str, int, int]]:
    """Role and nationality of a person as (property, value, start, end), from the words before and after his name."""
    after = text[mention.end : scene.end]
    for found in (_ONLY_ROLE.match(after), _IS_ROLE.match(after)):
        if found:
            start, end = found.span("role")
            yield "position", _bare(found["role"]), mention.end + start, mention.end + end
    nation = _NATIONAL.match(after)
    if nation and "nationality" in lexicon().get(nation["nation"].lower(), ()):
        start, end = nation.span("nation")
        yield "nationality", nation["nation"], mention.end + start, mention.end + end
    if named and _is_role(named.lead):
        start = text.rfind(named.lead.split()[0], scene.start, mention.start)
        yield "position", _bare(named.lead), max(start, scene.start), mention.start


def _of_readings(text: str, mention: Mention, scene: Scene) -> Iterator[Fact]:
    for each in scene.readings:
        gap = text[mention.end : each.span.start]
        if each.span.start < mention.end or len(gap) > _WORDS_BEFORE:
            continue
        if each.kind == DATE and _BORN.match(gap) and "T" not in each.value:
            yield Fact(mention.chain, "birthDate", each.value, each.span.start, each.span.end)
        if each.kind == REFERENCE and _HOLDS.fullmatch(gap) and _PERSONAL.match(text, each.span.start):
            yield Fact(mention.chain, "idNumber", each.value, each.span.start, each.span.end)


def _bare(role: str) -> str:
    return re.sub(r"^(?:a|an|the|its|their|his|her)\s+", "", " ".join(role.split()), flags=re.IGNORECASE).rstrip(", ")


_PLAIN_TITLES: Final = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "sir", "the", "a", "an", "this", "that", "prof", "rev"]
)


def _is_role(lead: str) -> bool:
    words = [word.strip(".,").lower() for word in lead.split()]
    return any("title" in lexicon().get(word, ()) and word not in _PLAIN_TITLES for word in words)
