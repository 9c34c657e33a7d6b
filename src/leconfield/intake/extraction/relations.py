"""Facts and links that a sentence states in so many words: few patterns, each meant to be right.

A link needs two neighbouring mentions and telling words between (or before) them, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.intake.extraction.assertion import Stamper
from leconfield.intake.extraction.chains import Named
from leconfield.intake.extraction.features import lexicon
from leconfield.intake.extraction.model import Chain, Fact, Link, Mention
from leconfield.intake.extraction.reading import DATE, PHONE, PLATE, REFERENCE, Reading
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import ONLINE, ORGANISATION, PERSON, PLACE, VEHICLE
from leconfield.ledger.vocabulary import PHONE as PHONE_SCHEMA

_KIN: Final = (
    r"(?:(?:elder|older|younger|twin|half|step|former|ex|first|second)[ -])?(?:brother|sister|son|daughter|father|mother|"
    r"wife|husband|uncle|aunt|cousin|nephew|niece|partner|fianc[ée]e?|girlfriend|boyfriend|grand(?:son|father|mother)|"
    r"brother-in-law|sister-in-law|father-in-law)"
)
_ROLE: Final = (
    r"(?:(?:a|an|the|its|their|his|her) )?(?:[\w-]+ ){0,3}?(?:driver|manager|director|owner|leader|member|commander|chief|head|"
    r"president|chairman|secretary|treasurer|spokesman|spokesperson|imam|teacher|student|employee|accountant|cleaner|cook|"
    r"mechanic|barber|rector|minister|deputy|founder|representative|coordinator|organiser|trustee|courier|landlord|"
    r"shopkeeper|doctor|nurse|engineer|lawyer|judge|journalist|officer|soldier|priest|professor|electrician|plumber|"
    r"labourer|security guard|solicitor|trader)"
)
_OPENER: Final = (
    r"(?:,|\(|;)?\s*(?:who |and |then |later |also |now |reportedly |still |often |has |had |is |was |were |be )*"
)
_PEOPLE: Final = frozenset({PERSON})
_PARTIES: Final = frozenset({PERSON, ORGANISATION})


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


def _between(
    prop: str, left: frozenset[str], right: frozenset[str], words: str, turned: bool = False, dated: bool = False
) -> Pattern:
    acts = words.startswith(_OPENER)
    return Pattern(prop, left, right, re.compile(words, re.IGNORECASE), turned, dated, acts)


def _one(schema: str) -> frozenset[str]:
    return frozenset({schema})


LINKS: Final = (
    _between("family", _PEOPLE, _PEOPLE, rf"\s*,?\s*(?:who )?(?:is |was )?(?:the |an? )?{_KIN} (?:of|to)\s+"),
    _between("family", _PEOPLE, _PEOPLE, rf"['’]s?\s+{_KIN}\s*,?\s*", turned=True),
    _between("family", _PEOPLE, _PEOPLE, rf"\s*,?\s*(?:and|with) (?:his|her|their) {_KIN},?\s+"),
    _between("family", _PEOPLE, _PEOPLE, r"\s+(?:(?:is|was) )?married(?: to)?\s+"),
    _between(
        "associate",
        _PEOPLE,
        _PEOPLE,
        r"\s*,?\s*(?:is |was )?(?:an?|the|his|her)?\s*(?:known |close |former )*(?:associate|friend|accomplice|contact|business partner) of\s+",
    ),
    _between(
        "associate",
        _PEOPLE,
        _PEOPLE,
        r"['’]s?\s+(?:known |close |former )*(?:associate|friend|accomplice)s?,?\s+",
        turned=True,
    ),
    _between(
        "associate",
        _PEOPLE,
        _PEOPLE,
        r"\s*,?\s*(?:and|with) (?:his|her|their) (?:known |close )*(?:associate|friend|accomplice),?\s+",
    ),
    _between(
        "met",
        _PEOPLE,
        _PEOPLE,
        rf"{_OPENER}(?:met(?: up)?(?: with)?|meets(?: with)?|meeting(?: with)?|meet(?: with)?|seen with|seen meeting|seen talking to|accompanied by|spoke (?:to|with)|spoken to|talking to|embraced|greeted|joined by|not meet|never met)\s+",
        dated=True,
    ),
    _between("called", _PEOPLE, _PEOPLE, rf"{_OPENER}(?:rang|called|phoned|telephoned|texted|messaged)\s+", dated=True),
    _between(
        "called",
        _PEOPLE,
        _one(PHONE_SCHEMA),
        rf"{_OPENER}(?:rang|called|phoned|telephoned|texted|dialled)(?: the number)?\s+",
        dated=True,
    ),
    _between("paid", _PARTIES, _PARTIES, rf"{_OPENER}paid\s+", dated=True),
    _between(
        "user",
        _PEOPLE,
        _one(PHONE_SCHEMA),
        r"\s*(?:['’]s?)?\s*,?\s*(?:\(|(?:who |and )?(?:now |currently |also |again |still )*(?:is |was |be |can be )?(?:us(?:es|ed|ing)|reached|contacted|contactable|available|has|had|carries|on)\b)?\s*(?:the |a |an |his |her |on |by |at |new |old |second |burner |work |pay-as-you-go )*(?:mobile|phone|telephone|cell|handset|number|tel)?\.?(?: phone)?(?: number| no\.?)?\s*(?:is|was|ending|on|of)?\s*[:(]*\s*",
    ),
    _between(
        "user",
        _PEOPLE,
        _one(ONLINE),
        r"\s*(?:['’]s?)?\s*,?\s*(?:\(|(?:who |and )?(?:now |also )*(?:us(?:es|ed|ing)|tweets as|posts as|on|at))?\s*(?:the |an? |his |her )*(?:e-?mail|e-?mail address|address|handle|account|twitter|telegram|instagram|username)?(?: address| account| handle)?\s*(?:is|was|as)?\s*[:(]*\s*",
    ),
    _between(
        "owner",
        _PEOPLE,
        _one(VEHICLE),
        rf"{_OPENER}(?:the )?(?:owns|owned|owner of|registered keeper of|registered owner of|bought|purchased)\s+(?:[\w-]+[ ,(]+){{0,8}}",
    ),
    _between(
        "owner",
        _PEOPLE,
        _one(VEHICLE),
        r"['’]s?\s+(?:[\w-]+[ ,(]+){0,5}(?:car|van|vehicle|taxi|lorry|motorcycle|registration)?[ ,(]*",
    ),
    _between(
        "owner",
        _one(VEHICLE),
        _PARTIES,
        r"\)?\s*,?\s*(?:which )?(?:is |was |a \w+ )?(?:registered|belonging|belongs) (?:to|in the name of)\s+",
        turned=True,
    ),
    _between(
        "user",
        _PEOPLE,
        _one(VEHICLE),
        rf"{_OPENER}(?:seen |observed )?(?:dr(?:ove|ives|iving|iven)|the driver of|driver of|got into|getting into|entered|parked|in|boarded|left in|arrived in|using|uses|used)\s+(?:[\w-]+[ ,(]+){{0,8}}",
        dated=True,
    ),
    _between(
        "user",
        _one(VEHICLE),
        _PEOPLE,
        r"\)?\s*,?\s*(?:which )?(?:was |is )?(?:being )?(?:driven|used|hired) by\s+",
        turned=True,
        dated=True,
    ),
    _between(
        "employer",
        _PEOPLE,
        _one(ORGANISATION),
        rf"{_OPENER}(?:works?|worked|working|employed)(?: part-time| full-time| nights)?(?: as (?:an? |the )?(?:[\w-]+ ){{1,4}}?)?\s*(?:at|for|by|with)\s+(?:the )?",
    ),
    _between(
        "employer",
        _PEOPLE,
        _one(ORGANISATION),
        rf"{_OPENER}(?!.*(?:member|leader|commander|owner|director|founder))an? (?:[\w-]+ ){{0,2}}?(?:driver|manager|teacher|employee|accountant|mechanic|clerk|cleaner|cook|nurse|doctor|lecturer|engineer|technician|secretary) (?:at|for|of|with)\s+(?:the )?",
    ),
    _between(
        "director",
        _PEOPLE,
        _one(ORGANISATION),
        rf"{_OPENER}(?:the |an? )?(?:runs|ran|managing|manages|directs|director of|chief executive of|managing director of|head of|heads|chairman of|trustee of)\s+(?:the )?",
    ),
    _between(
        "director",
        _one(ORGANISATION),
        _PEOPLE,
        r"\s*,?\s*(?:which )?(?:is |was )(?:run|managed|headed|directed) by\s+",
        turned=True,
    ),
    _between(
        "owner",
        _PEOPLE,
        _one(ORGANISATION),
        rf"{_OPENER}(?:the )?(?:owns|owned|owner of|proprietor of|founded|founder of)\s+(?:the )?",
    ),
    _between("owner", _one(ORGANISATION), _PEOPLE, r"\s*,?\s*(?:which )?(?:is |was )?owned by\s+", turned=True),
    _between(
        "membership",
        _PEOPLE,
        _one(ORGANISATION),
        rf"{_OPENER}(?:an? |the )?(?:[\w-]+ )?(?:member|leader|commander|supporter|activist|militant|deputy|secretary|spokesman|rector|bishop|representative|joined)(?: of| for| in)?\s+(?:the )?",
    ),
    _between(
        "residence",
        _PEOPLE,
        _one(PLACE),
        rf"{_OPENER}(?:lives?|lived|living|resid(?:es|ed|ing|ent)|staying|stays|stayed)(?: alone| together| now| with (?:his|her) \w+)?\s*(?:at|in|of|on|near)\s+(?:the )?(?:city of |town of )?",
    ),
    _between("residence", _PEOPLE, _one(PLACE), r"\s*(?:\(?(?:aged )?,?\s*\(?\d\d\)?)?,\s*(?:of|from)\s+"),
    _between(
        "residence", _PEOPLE, _one(PLACE), r"['’]s?\s+(?:home|house|flat|address|residence)(?: is)?\s*(?:at|in|on)\s+"
    ),
    _between("birthPlace", _PEOPLE, _one(PLACE), r"\s*,?\s*(?:who |is |was )*born in\s+"),
    _between(
        "seenAt",
        _PEOPLE,
        _one(PLACE),
        rf"{_OPENER}(?:seen|observed|sighted|spotted|photographed|arrived|arrested|detained|stopped)\s+(?:again |alone |later |back )*(?:at|in|near|outside|on|entering|leaving|by)\s+(?:the )?(?:town of |city of )?",
        dated=True,
    ),
    _between(
        "seenAt",
        _PEOPLE,
        _one(PLACE),
        rf"{_OPENER}(?:travel(?:led|ed|ling|ing|s)?|flew|went|drove|moved|returned|came|walked|fled|go|return)(?: back| on| up| down| again)?\s+to(?:wards)?\s+(?:the )?",
        dated=True,
    ),
    _between("location", _one(PLACE), _one(PLACE), r"\s*,\s*"),
    _between("location", _one(ORGANISATION), _one(PLACE), r"\s*(?:,|on|at|in|, in|, on|of)\s+"),
)
"""`birthPlace` becomes a fact: a town is no record of a person."""

_BORN: Final = re.compile(
    r"\s*[,(]*\s*(?:who (?:is|was) |is |was )?(?:born(?: on)?|d\.?o\.?b\.?|b\.|date of birth)\s*:?\s*$", re.IGNORECASE
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
    yield from zip(mentions, mentions[1:], strict=False)
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
    for pattern in LINKS:
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
    assertion = stamper.stamp(mention.start, mention.end)
    after = text[mention.end : scene.end]
    for found in (_ONLY_ROLE.match(after), _IS_ROLE.match(after)):
        if found:
            start, end = mention.end + found.start("role"), mention.end + found.end("role")
            yield Fact(mention.chain, "position", _bare(found["role"]), start, end, ALWAYS, assertion)
    nation = _NATIONAL.match(after)
    if nation and "nationality" in lexicon().get(nation["nation"].lower(), ()):
        start, end = mention.end + nation.start("nation"), mention.end + nation.end("nation")
        yield Fact(mention.chain, "nationality", nation["nation"], start, end, ALWAYS, assertion)
    if named and named.lead and _is_role(named.lead):
        start = text.rfind(named.lead.split()[0], scene.start, mention.start)
        yield Fact(
            mention.chain, "position", _bare(named.lead), max(start, scene.start), mention.start, ALWAYS, assertion
        )
    yield from _of_readings(text, mention, scene)


def _of_readings(text: str, mention: Mention, scene: Scene) -> Iterator[Fact]:
    for each in scene.readings:
        gap = text[mention.end : each.span.start]
        if each.span.start < mention.end or len(gap) > _WORDS_BEFORE:
            continue
        if each.kind == DATE and _BORN.match(gap) and "T" not in each.value:
            yield Fact(mention.chain, "birthDate", each.value, each.span.start, each.span.end)
        if each.kind == REFERENCE and re.fullmatch(
            r"\s*[,(]?\s*(?:holder of |holds |'s |’s )?(?:a |an |the )?[\w ]{0,12}", gap
        ):
            if re.match(r"passport|identity|id card|national|driving|ni ", text[each.span.start :][:12], re.IGNORECASE):
                yield Fact(mention.chain, "idNumber", each.value, each.span.start, each.span.end)


def _bare(role: str) -> str:
    return re.sub(r"^(?:a|an|the|its|their|his|her)\s+", "", " ".join(role.split()), flags=re.IGNORECASE).rstrip(", ")


_PLAIN_TITLES: Final = frozenset("mr mrs ms miss dr sir the a an this that prof rev".split())


def _is_role(lead: str) -> bool:
    words = [word.strip(".,").lower() for word in lead.split()]
    return any("title" in lexicon().get(word, ()) and word not in _PLAIN_TITLES for word in words)
