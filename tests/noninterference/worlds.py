"""Small worlds by chance: what the low side does, and secrets that half of the time echo it.

One generator serves both runs: `random.Random` for the long one, Hypothesis's own `Random` (which shrinks) for the
short one. Alphabets are small, so that joins, clusters, ties and duplicates really happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from leconfield.desk.interest.model import CLOSED, REOPENED, REVIEWED
from leconfield.desk.leads import model as leads
from leconfield.ledger import labels
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import Reader
from leconfield.ledger.vocabulary import EVENT, ORGANISATION, PERSON, PLACE, VEHICLE
from tests.ledger.desks import EMMA
from tests.noninterference import cases, covert, gating, partners, rooms, threats, windowing
from tests.noninterference.acts import (
    ANN,
    HIGH_LABELS,
    KARINA,
    LEADS,
    LOW_LABELS,
    Act,
    Paper,
    Saying,
    Script,
    own_chance,
)

T = TypeVar("T")

NAMES = ("Ray Cassell", "Ada Brook", "Рей Касселл", "رامي حداد", "R. Cassell", "John Smith")
PHONES = ("+447700900111", "+447700900112", "07700 900111")
PLATES = ("AB12 CDE", "AB12 CDF")
PLACES = ("Mill Lane", "Cedar House", "Old Quay")
GROUPS = ("Harbour Union", "HU")
DATES = ("2026-02-01", "2026-02", "1990-01-01", "2026-02-14")
BIRTHS = ("1990-02-03", "1990", "1971-05-06", "3 Feb")
SPOTS = ("51.5", "-0.12", "51.6", "N 51")
SOURCES = ("HEATHER", "HERON")
ORIGINS = ("", "", "UMBER")
KEYS = ("a", "b", "c", "d", "e")
PEOPLE = ("a", "b", "c")
LINKS = ("associate", "met", "user", "residence", "called", "family")
VERDICTS = ("same", "same", "different", "undecided", "withdrawn")
KINDS = ("bombing", "arson", "kidnapping")

_LOW_KINDS = (
    *("file", "file", "file", "register", "register", "record", "record", "judge", "judge", "quarantine"),
    *("interest", "interest", "decide", "decide"),
    *("triage", "triage", "lead"),
    *("case", "case", "case"),
    "threat",
)
_HIGH_KINDS = (*_LOW_KINDS, "file", "judge", "look", "look", "look", "sign in", "enrol", "table")


def low_script(chance: Random) -> Script:
    """What the low side does: up to five facts, and looks between them."""
    acts: list[Act] = []
    for place in range(chance.randint(1, 5)):
        by = chance.choice((EMMA, EMMA, KARINA, ANN))
        label = chance.choice(("S", "O", "") if by is ANN else LOW_LABELS)
        acts.append(_act(chance, chance.choice(_LOW_KINDS) if place else "file", 10 * place + 5, by, label, acts))
        if chance.random() < 0.3:
            acts.append(Act("look", 10 * place + 7, by=chance.choice((EMMA, ANN)), words=chance.choice(NAMES)))
    besides = (*_in_rooms(acts, LOW_LABELS[:3], KARINA), *_exchanged(acts, LOW_LABELS[:3]))
    besides = (*besides, *_covertly(acts, ("S", "S&SEQUIN"), EMMA))
    besides = (*besides, *_released(acts, ("O", "S", "O", "S&SEQUIN"), EMMA))
    return (*acts, *besides, *_at_window(acts, ("S", "S&SEQUIN"), EMMA))


def secret_script(chance: Random, low: Script) -> Script:
    """What the high side does besides: nothing, or up to four acts, half of which echo a low one."""
    if chance.random() < 0.1:
        return ()
    low = tuple(each for each in low if each.kind not in ("room", "exchange", "covert", "gate", "window"))
    acts: list[Act] = []
    for _ in range(chance.randint(1, 4)):
        kind, label = chance.choice(_HIGH_KINDS), chance.choice(HIGH_LABELS)
        act = _act(chance, kind, chance.randint(0, 12 * len(low)), KARINA, label, [*low, *acts])
        acts.append(_echo(chance, act, low) if chance.random() < 0.5 else act)
    besides = (*_retold(low, len(acts)), *_in_rooms([*low, *acts], HIGH_LABELS, KARINA), *_charted(low, len(acts)))
    besides = (*besides, *_exchanged([*low, *acts], HIGH_LABELS), *_covertly([*low, *acts], HIGH_LABELS, KARINA))
    besides = (*besides, *_released([*low, *acts], HIGH_LABELS, KARINA))
    besides = (*besides, *_at_window([*low, *acts], HIGH_LABELS, KARINA))
    return (*(replace(each, first=chance.random() < 0.5) for each in acts), *besides)


def _in_rooms(acts: Sequence[Act], under: Sequence[str], by: Reader) -> Script:
    """Every other time, rooms are opened beside these acts, and something is done in them.

    Drawn by chance of its own, so that the rest of the script is what it would be without.
    """
    chance = own_chance("rooms", under, acts)
    if chance.random() < 0.5:
        return ()
    kinds = ("incident opened", *(chance.choice(rooms.KINDS) for _ in range(chance.randint(1, 4))))
    last = max((each.minute for each in acts), default=0)
    return tuple(
        Act(
            "room",
            chance.randint(0, last + 2),
            by=by,
            label=chance.choice(under),
            pair=(chance.choice(rooms.ROOMS), chance.choice(PEOPLE)),
            paper_label=chance.choice(under),
            words=kind,
            first=chance.random() < 0.5,
        )
        for kind in kinds
    )


def _exchanged(acts: Sequence[Act], under: Sequence[str]) -> Script:
    """Every other time somebody is handed over or a mapping is saved, by a chance of its own."""
    chance = own_chance("exchange", under, acts)
    if chance.random() < 0.5:
        return ()
    minute, label = chance.randint(0, 10 * len(acts) + 8), chance.choice(under)
    pair, words = (chance.choice(PEOPLE), chance.choice(PEOPLE)), chance.choice(partners.WORDS)
    return (Act("exchange", minute, by=KARINA, label=label, pair=pair, words=words, first=chance.random() < 0.5),)


def _covertly(acts: Sequence[Act], under: Sequence[str], by: Reader) -> Script:
    """Two times out of three, an agent is run or an operation led beside these acts, by a chance of its own."""
    chance = own_chance("covert", under, acts)
    if chance.random() < 0.33:
        return ()
    label, last = str(labels.parse(chance.choice(under))), max((each.minute for each in acts), default=0)
    name, steps = covert.chain(chance)
    minutes = sorted(chance.randint(0, last + 2) for _ in steps)
    return tuple(
        Act("covert", minute, by=by, label=label, pair=(name, ""), words=step, first=chance.random() < 0.5)
        for minute, step in zip(minutes, steps, strict=True)
    )


def _released(acts: Sequence[Act], under: Sequence[str], by: Reader) -> Script:
    """Two times out of three something is released or noted beside these acts, by a chance of its own."""
    chance = own_chance("gate", under, acts)
    if chance.random() < 0.33:
        return ()
    label, last = str(labels.parse(chance.choice(under))), max((each.minute for each in acts), default=0)
    title, words, steps = gating.chain(chance)
    minutes = sorted(chance.randint(0, last + 2) for _ in steps)
    return tuple(
        Act("gate", minute, by=by, label=label, pair=(title, words), words=step, first=chance.random() < 0.5)
        for minute, step in zip(minutes, steps, strict=True)
    )


def _at_window(acts: Sequence[Act], under: Sequence[str], by: Reader) -> Script:
    """Two times out of three something is done at the window's inside beside these acts, by a chance of its own."""
    chance = own_chance("window", under, acts)
    if chance.random() < 0.33:
        return ()
    label, last = str(labels.parse(chance.choice(under))), max((each.minute for each in acts), default=0)
    name, words, steps = windowing.chain(chance)
    minutes = sorted(chance.randint(0, last + 2) for _ in steps)
    return tuple(
        Act("window", minute, by=by, label=label, pair=(name, words), words=step, first=chance.random() < 0.5)
        for minute, step in zip(minutes, steps, strict=True)
    )


def _charted(low: Script, number: int) -> Script:
    """Now and then the high side saves a chart, with a chance of its own."""
    chance = own_chance(f"charts {number}", (), low)
    if chance.random() < 0.6:
        return ()
    minute, label, key = chance.randint(0, 12 * len(low)), chance.choice(HIGH_LABELS), chance.choice(PEOPLE)
    return (Act("chart", minute, by=KARINA, label=label, pair=(key, ""), words=str(chance.random())),)


def _retold(low: Script, number: int) -> Script:
    """Now and then the high side is told what the low side was told: word by word, by whom else, before or after.

    Drawn by chance of its own, so that the rest of the script is what it would be without.
    """
    chance = own_chance(f"retold {number}", (), low)
    filed = [each for each in low if each.kind == "file" and each.paper]
    if not filed or chance.random() < 0.75:
        return ()
    model = chance.choice(filed)
    assert model.paper is not None
    paper = replace(model.paper, source=chance.choice(SOURCES), origin=chance.choice(ORIGINS))
    minute, label = chance.randint(0, 12 * len(low)), chance.choice(HIGH_LABELS)
    return (replace(model, minute=minute, by=KARINA, label=label, paper=paper, first=chance.random() < 0.5),)


def annotated(chance: Random, low: Script) -> Script:
    """The low script, some of whose filings were given a secret statement when they were filed (by whoever may)."""
    if chance.random() < 0.5:
        return low
    return tuple(
        replace(each, secrets=tuple(_hidden(chance, one, each.label) for one in _said(chance)))
        if each.kind == "file" and each.by is KARINA
        else each
        for each in low
    )


def _hidden(chance: Random, saying: Saying, within: str) -> Saying:
    """What it says under a label of its own, on top of that of the report in which it stands."""
    start = chance.choice((-1, 0, 3))
    label = all_of((within, chance.choice(HIGH_LABELS)))
    return replace(saying, label=label, start=start, end=start + 5 if start >= 0 else -1)


def _act(chance: Random, kind: str, minute: int, by: Reader, label: str, before: list[Act]) -> Act:
    act = Act(kind, minute, by=by, label=label)
    if kind == "file":
        return _filed(chance, act)
    if kind in ("register", "record"):
        return _recorded(chance, act, before)
    if kind == "judge":
        left, right = chance.sample(PEOPLE, 2)
        return replace(act, pair=(left, right), words=chance.choice(VERDICTS))
    if kind == "look":
        return replace(act, words=chance.choice(NAMES), label="")
    if kind in ("interest", "decide"):
        return _decided(chance, act, before)
    if kind in ("triage", "lead"):
        return _triaged(chance, act, before)
    if kind == "threat":
        return replace(act, pair=(chance.choice(KEYS), ""), words=chance.choice(threats.WORDS))
    if kind == "case":
        return _on_case(chance, act, before)
    return replace(act, words=chance.choice(("naila", "drops", "ledger")))


def _filed(chance: Random, act: Act) -> Act:
    said = _said(chance)
    pieces: list[str] = []
    placed: list[Saying] = []
    for each in said:
        start = sum(len(piece) for piece in pieces)
        pieces.append(each.value if not each.link else "He")
        placed.append(replace(each, start=start, end=start + len(pieces[-1])))
        pieces.append(
            chance.choice((" was seen. ", " met somebody at Mill Lane. ", " is known here.\n", " bought detonators. "))
        )
    pieces.append(chance.choice(("", "Nothing to add.", f"{chance.choice(NAMES)} was not there.", "Mill Lane again")))
    title = chance.choice(("A meet", "Sighting", "Mill Lane"))
    origin, written = chance.choice(ORIGINS), chance.choice(("", *DATES[:2]))
    return replace(
        act, paper=Paper(title, "".join(pieces), chance.choice(SOURCES), origin, written), said=tuple(placed)
    )


def _decided(chance: Random, act: Act, before: list[Act]) -> Act:
    """A record is made one of interest, or, if one has been, somebody decides on it; under a label that covers it."""
    opened = [each for each in before if each.kind == "interest"]
    if act.kind == "interest" or not opened:
        return replace(act, kind="interest", pair=(chance.choice(PEOPLE), ""), words=chance.choice("1234"))
    on = chance.choice(opened)
    label = all_of({act.label, on.label})
    words = chance.choice((CLOSED, CLOSED, REVIEWED, REOPENED))
    return replace(act, label=label, pair=on.pair, paper_label=on.label, words=words)


def _triaged(chance: Random, act: Act, before: list[Act]) -> Act:
    """Somebody decides on a report, or opens, widens or closes a lead on it."""
    filed = [each for each in before if each.kind == "file" and each.paper]
    rest = chance.choice(filed)
    kinds = (
        ("reject", "trace", "pass")
        if act.kind == "triage"
        else (leads.OPENED, leads.OPENED, leads.WIDENED, leads.CLOSED)
    )
    pair = (chance.choice(LEADS), chance.choice(PEOPLE))
    return replace(act, paper=rest.paper, paper_label=rest.label, pair=pair, words=chance.choice(kinds))


def _on_case(chance: Random, act: Act, before: list[Act]) -> Act:
    """An investigation is opened, or something is done on it, about things put under a label that was used before."""
    key = chance.choice(cases.CASES)
    known = [each for each in before if each.kind == "case" and each.pair[0] == key]
    if not known:
        return replace(act, pair=(key, chance.choice(PEOPLE)), words=cases.KINDS[0], paper_label=act.label)
    on = chance.choice(known)
    label = all_of({act.label, known[0].label})
    return replace(
        act, pair=(key, chance.choice(PEOPLE)), label=label, paper_label=on.label, words=chance.choice(cases.KINDS)
    )


def _recorded(chance: Random, act: Act, before: list[Act]) -> Act:
    filed = [each for each in before if each.kind == "file" and each.paper]
    rest = chance.choice(filed)
    said = _said(chance, named=act.kind == "register")
    return replace(act, paper=rest.paper, paper_label=rest.label, said=said)


def _said(chance: Random, *, named: bool = False) -> tuple[Saying, ...]:
    kind = chance.random()
    if kind < 0.12 and not named:
        return _incident(chance)
    if kind < 0.24:
        return _place(chance)
    key = chance.choice(PEOPLE)
    schema = PERSON if kind < 0.9 else chance.choice((ORGANISATION, VEHICLE))
    said = [_name(chance, key, schema)] if named or chance.random() < 0.8 else []
    said += [_fact(chance, key, schema) for _ in range(chance.randint(0 if said else 1, 2))]
    return tuple(said)


def _name(chance: Random, key: str, schema: str) -> Saying:
    value = chance.choice(NAMES if schema == PERSON else GROUPS if schema == ORGANISATION else PLATES)
    prop = chance.choice(("name", "name", "name", "alias", "weakAlias"))
    return Saying(key, schema, prop, value, denied=chance.random() < 0.05)


def _fact(chance: Random, key: str, schema: str) -> Saying:
    if chance.random() < 0.45:
        other = chance.choice([each for each in KEYS if each != key])
        held = chance.choice(("", *DATES))
        return Saying(key, schema, chance.choice(LINKS), other, link=True, held=held, denied=chance.random() < 0.1)
    prop, value = chance.choice(
        (
            ("phone", chance.choice(PHONES)),
            ("registrationNumber", chance.choice(PLATES)),
            ("birthDate", chance.choice(BIRTHS)),
            ("gender", chance.choice(("male", "female"))),
            ("nationality", "gb"),
            ("notes", chance.choice(("walks with a stick", "Mill Lane"))),
        )
    )
    return Saying(key, schema, prop, value)


def _place(chance: Random) -> tuple[Saying, ...]:
    key = chance.choice(("d", "e"))
    return (
        Saying(key, PLACE, "name", chance.choice(PLACES)),
        Saying(key, PLACE, "latitude", chance.choice(SPOTS)),
        Saying(key, PLACE, "longitude", chance.choice(SPOTS)),
    )


def _incident(chance: Random) -> tuple[Saying, ...]:
    key, kind, date = chance.choice(("i", "j")), chance.choice(KINDS), chance.choice(DATES)
    said = [Saying(key, EVENT, "name", kind), Saying(key, EVENT, "incidentType", kind)]
    if chance.random() < 0.8:
        said.append(Saying(key, EVENT, "date", date))
    if chance.random() < 0.6:
        said.append(Saying(key, EVENT, "location", chance.choice(("d", "e")), link=True, held=date))
    if chance.random() < 0.4:
        said.append(Saying(key, EVENT, chance.choice(("perpetrator", "victim")), chance.choice(PEOPLE), link=True))
    return tuple(said)


def _echo(chance: Random, act: Act, low: Script) -> Act:
    """The act with one to three fields of a low one."""
    model = chance.choice([each for each in low if each.kind != "look"])
    for field in chance.sample(("subject", "value", "paper", "pair", "source", "words"), chance.randint(1, 3)):
        act = _copied(chance, act, model, field)
    return act


def _copied(chance: Random, act: Act, model: Act, field: str) -> Act:
    if field in ("pair", "words") and act.kind == model.kind:
        return replace(act, **{field: getattr(model, field)})
    if field == "paper" and act.kind == "file" and model.kind == "file":
        return replace(act, paper=model.paper, said=model.said)
    if field == "source" and act.paper and model.paper and act.kind == "file":
        return replace(act, paper=replace(act.paper, source=model.paper.source, origin=model.paper.origin))
    if field in ("subject", "value") and act.said and model.said:
        theirs = chance.choice(model.said)
        if field == "subject":
            return replace(act, said=tuple(_moved(each, theirs.subject) for each in act.said))
        return replace(act, said=(*act.said[1:], replace(theirs, subject=act.said[0].subject, start=-1, end=-1)))
    return act


def _moved(saying: Saying, key: str) -> Saying:
    return saying if saying.link and saying.value == key else replace(saying, subject=key)
