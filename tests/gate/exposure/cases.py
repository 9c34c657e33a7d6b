"""Synthetic releases with known answers: who told what, who else could have known, and whether somebody is burnt.

The answer is computed from the drawn facts alone, by a plain loop over people; nothing of the gate's own is used.
Drafts say the facts in other words: days as months or weekdays, numbers rounded, roles blunter, synonyms. Beside plain
facts there are: a press that knows less, two sources of one origin, product that is never told, news too fresh for the
others, acts that will show what we knew, one deed done by two people, and names in disguise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from leconfield.gate.exposure.model import Action
from leconfield.ledger.model import Entry, Report, Statement
from tests.gate.worlds import TODAY, named, noted, published, told

K = 5
_ACTORS = (
    ("a lecturer from Norwich", "a former lecturer from Norwich"),
    ("a night nurse from Dundee", "a nurse from Dundee"),
    ("the treasurer of a rowing club", "a treasurer of a rowing club"),
    ("a crane operator with a bad knee", "an operator of cranes with a bad knee"),
    ("the widow of a trawlerman", "a trawlerman's widow"),
    ("a locksmith called to the depot", "a locksmith whom the depot had called"),
    ("an apprentice welder", "a young welder, still an apprentice"),
    ("a beekeeper on the council", "a councillor who keeps bees; a beekeeper on the council"),
    ("the cook of the ferry", "a ferry cook"),
    ("a bankrupt auctioneer", "an auctioneer who had gone bankrupt"),
)
DEEDS = (
    ("stole {n} detonators from a quarry", "took {n} detonators, stolen out of a quarry"),
    ("bought {n} litres of acetone", "purchased {n} litres of acetone"),
    ("hired {n} identical bicycles", "had hired {n} bicycles, all identical"),
    ("hid {n} passports under a chapel floor", "concealed {n} passports beneath the floor of a chapel"),
    ("copied {n} keys of the signal box", "made copies of {n} signal box keys"),
    ("paid {n} pounds for a forged licence", "gave {n} pounds in payment for a licence that was forged"),
    ("counted {n} tankers leaving the refinery", "kept a count of {n} tankers that left the refinery"),
    ("photographed {n} pylons by the canal", "took photographs of {n} pylons along the canal"),
    ("sent {n} parcels to an empty shop", "posted {n} parcels, sent to a shop that was empty"),
    ("borrowed {n} uniforms from a theatre", "got {n} uniforms, borrowed from a theatre"),
    ("buried {n} barrels behind the abattoir", "had {n} barrels buried at the back of an abattoir"),
    ("rented {n} allotments in false names", "took {n} allotments for rent under a false name"),
)
_PLACES = ("Grimsby", "Carlisle", "Swansea", "Ipswich", "Perth", "Truro", "Lincoln", "Bangor", "Derby", "Margate")
_SAFE = (
    "We answer the telephone at every hour.",
    "Our people come from every part of the country.",
    "Nobody here may talk about work at home.",
    "A good officer listens more than he talks.",
    "The choir sings before Christmas.",
    "We thank everybody who has written to us.",
    "Most of what we do is patient and dull.",
    "The best part of the job is the colleagues.",
)
_SOURCES = ("HERON", "LAPWING", "SISKIN", "PLOVER", "WHINCHAT", "FIELDFARE")
_LISTENING = "TEASEL"
_CROWDS = (3, 8, 30)
_NAMES = ("Ottilie Grandcourt", "Barnaby Threlkeld", "Yusra Al-Haddad", "Piotr Zawadzki", "Morwenna Tregear")
_FRESH = 14
_PUBLISHED = "2026-06-01"
_BEFORE = date(2026, 5, 25)


@dataclass(frozen=True)
class Way:
    """How we know a fact: from whom, and who else could have known by it."""

    source: str
    people: frozenset[str] | None
    """Lines of a note; None: nobody wrote it down."""
    origin: str = ""


@dataclass(frozen=True)
class Drawn:
    """A fact: what was done, how it is told, and who could have known."""

    report_words: str
    draft_words: str
    press_words: str
    """What the papers wrote of it; empty: nothing."""
    ways: tuple[Way, ...]
    public: bool
    """Whether the papers wrote all that the draft says."""
    day: date
    name: str = ""
    """Whom the draft names, disguised."""

    def knowers(self, until: str) -> dict[str, int]:
        """Everybody who could have told it by a day, with how many people each is."""
        found = {f"@{each.source}": 1 for each in self.ways}
        fresh = (date.fromisoformat(until) - self.day).days < _FRESH
        of_one_origin = [each for each in self.ways if each.origin]
        shared = [self._others(each, until, fresh=fresh) for each in of_one_origin]
        if len(of_one_origin) > 1 and all(each.people is not None for each in of_one_origin):
            found.update({name: shared[0][name] for name in set.intersection(*map(set, shared))})
        for each in self.ways:
            if not each.origin or len(of_one_origin) == 1:
                found.update(self._others(each, until, fresh=fresh))
        return found

    def possible(self, until: str) -> set[str]:
        """Everybody who may have told it by a day."""
        lines = [line.split("|") for way in self.ways for line in way.people or ()]
        return {f"@{each.source}" for each in self.ways} | {name for name, _, since in lines if since <= until}

    def _others(self, way: Way, until: str, *, fresh: bool) -> dict[str, int]:
        lines = [line.split("|") for line in way.people or ()]
        return {name: int(weight) for name, weight, since in lines if (since <= until if since else not fresh)}


@dataclass(frozen=True)
class Case:
    """A release with its answer."""

    reports: tuple[Report, ...]
    entries: tuple[Entry, ...]
    statements: tuple[Statement, ...]
    draft: str
    actions: tuple[Action, ...]
    unsafe: bool
    single: bool
    """Whether one fact alone, known from one source, gives that source away."""
    kinds: frozenset[str] = field(default_factory=frozenset)


def case(seed: int) -> Case:
    """The case of that seed."""
    random = Random(seed)
    facts = list(_facts(random))
    reports: list[Report] = []
    entries: list[Entry] = []
    statements: list[Statement] = []
    for fact in facts:
        for way in fact.ways:
            channel = "intercept" if way.source == _LISTENING else "agent"
            made = told(way.source, fact.report_words, written=fact.day.isoformat(), origin=way.origin, channel=channel)
            reports.append(made)
            statements += named(made, fact.name) if fact.name else ()
            if way.people is not None:
                entries.append(noted(made, *sorted(way.people)))
        if fact.press_words:
            reports.append(told("GAZETTE", fact.press_words, channel="open", written=fact.day.isoformat()))
    order = random.sample(facts, len(facts))
    count = random.choice((0, 1, 1, 2, 2, 3))
    said, rest = order[:count], order[count:]
    acted = rest[:1] if said and random.random() < 0.1 else []
    before = [each for each in rest[len(acted) :] if each.day < _BEFORE and random.random() < 0.3]
    entries += [published(each.draft_words, _PUBLISHED) for each in before]
    sentences = [each.draft_words for each in said] + random.sample(_SAFE, random.randint(0, 3))
    random.shuffle(sentences)
    actions = tuple(Action(each.draft_words, TODAY) for each in acted)
    return Case(
        tuple(reports),
        tuple(entries),
        tuple(statements),
        "\n".join(sentences),
        actions,
        _burns(said, before, acted),
        any(_single(each) for each in said),
        frozenset(_kinds(said, acted)),
    )


def _facts(random: Random) -> Iterator[Drawn]:
    actors, deeds = random.sample(_ACTORS, 5), random.sample(DEEDS, 5)
    if random.random() < 0.3:
        deeds[1] = deeds[0]  # one deed, done by two
    for number in range(random.randint(2, 5)):
        yield _fact(random, actors[number], deeds[number])


def _fact(random: Random, actors: tuple[str, str], deeds: tuple[str, str]) -> Drawn:
    (actor, actor_again), (deed, deed_again) = actors, deeds
    fresh = random.random() < 0.12
    day = date.fromisoformat(TODAY) - timedelta(days=random.randrange(2, 12) if fresh else random.randrange(30, 180))
    amount = random.choice((7, 12, 40, 41, 212, 417, 1830))
    place = random.choice(_PLACES)
    name = random.choice(_NAMES) if random.random() < 0.05 else ""
    named = f" with {name}" if name else ""
    words = f"On {day.day} {day:%B %Y} in {place} {actor} {deed.format(n=amount)}{named}."
    when = random.choice((f"on {day.day} {day:%B}", f"in {day:%B}", f"one {day:%A}", f"in {day:%B %Y}", ""))
    rough = amount if amount < 20 else random.choice((amount, f"about {_round(amount)}", "many"))
    where = random.choice((f"in {place}", f"in {place}", ""))
    with_whom = f" with {_disguised(random, name)}" if name else ""
    again = f"{actor_again} {deed_again.format(n=rough)} {where} {when}{with_whom}"
    press, public = _press(random, actor, deed, place, day, (when, str(rough)))
    return Drawn(words, _sentence(again), press, _ways(random), public, day, name)


def _press(random: Random, actor: str, deed: str, place: str, day: date, said: tuple[str, str]) -> tuple[str, bool]:
    """What the papers wrote: nothing, all of it, or no more than the month; and whether that is all the draft says."""
    when, number = said
    kind = random.random()
    if kind < 0.6:
        return "", False
    if kind < 0.8:
        return f"On {day.day} {day:%B %Y} in {place} {actor} {deed.format(n=number)}.", True
    fine = when.startswith(("on ", "one ")) or number != "many"
    return f"In {day:%B} in {place} {actor} {deed.format(n='many')}.", not fine


def _ways(random: Random) -> tuple[Way, ...]:
    count = random.choice((1, 1, 1, 2, 3))
    sources = random.sample(_SOURCES, count)
    if random.random() < 0.04:
        return (Way(_LISTENING, _people(random)),)
    origin = "one man talking" if count > 1 and random.random() < 0.3 else ""
    return tuple(Way(each, _people(random), origin if number < 2 else "") for number, each in enumerate(sources))


def _disguised(random: Random, name: str) -> str:
    return random.choice(
        (
            name,
            name.upper(),
            " ".join(name),
            name.replace("o", "0").replace("e", "3"),
            name.translate(str.maketrans("aeo", "аео")),
            "\u200b".join(name),
            "".join(name.split()),
        )
    )


def _sentence(words: str) -> str:
    joined = " ".join(words.split())
    return f"{joined[0].upper()}{joined[1:]}."


def _round(amount: int) -> int:
    step = 10 ** (len(str(amount)) - 1)
    return int(max(step, (amount + step // 2) // step * step))


def _people(random: Random) -> frozenset[str] | None:
    if random.random() < 0.2:
        return None
    people = random.sample([f"person {letter}" for letter in "abcdefghijkl"], random.randint(0, 9))
    since = [f"{each}|1|{random.choice(('', '', '2026-01-01', TODAY, '2026-12-01'))}" for each in people]
    crowd = [f"crowd {random.choice('xyz')}|{random.choice(_CROWDS)}|"] if random.random() < 0.3 else []
    return frozenset([*since, *crowd])


def _single(fact: Drawn) -> bool:
    return not fact.public and len(fact.ways) == 1 and sum(fact.knowers(TODAY).values()) < K


def _burns(said: list[Drawn], before: list[Drawn], acted: list[Drawn]) -> bool:
    """Whether somebody is left among fewer than K who could have told all that he could have told."""
    if any(each.name or (not each.public and each.ways[0].source == _LISTENING) for each in said):
        return True
    told_on = [(each, TODAY, True) for each in (*said, *acted)]
    told_on += [(each, _PUBLISHED, False) for each in before]
    known = [(each.knowers(day), each.possible(day), new) for each, day, new in told_on if not each.public]
    weight: dict[str, int] = {}
    for people, _, _ in known:
        for name, many in people.items():
            weight[name] = min(many, weight.get(name, many))
    for person in {each for _, possible, _ in known for each in possible}:
        mine = [(people, new) for people, possible, new in known if person in possible]
        left = set.intersection(*(set(people) for people, _ in mine))
        if any(new for _, new in mine) and sum(weight[each] for each in left) < K:
            return True
    return False


def _kinds(said: list[Drawn], acted: list[Drawn]) -> Iterator[str]:
    if acted:
        yield "action"
    for each in said:
        yield "public" if each.public else "closed"
        if each.press_words and not each.public:
            yield "press that knows less"
        if any(way.origin for way in each.ways):
            yield "one origin"
        if each.name:
            yield "named"
