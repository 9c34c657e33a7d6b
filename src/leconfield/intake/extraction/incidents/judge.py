"""From a report read to its incidents in outline: which kinds, how many of each, who fills which role."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from leconfield.intake.extraction.incidents.candidates import Thing, Wording, things, wordings
from leconfield.intake.extraction.incidents.forest import Matrix
from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.linear import Vector
from leconfield.intake.extraction.incidents.measures import (
    Choice,
    habit_keys,
    habits_of,
    kind_row,
    pair_row,
    repeat_row,
    thing_rows,
    wording_row,
)
from leconfield.intake.extraction.incidents.reading import Reading
from leconfield.intake.extraction.incidents.weights import KINDS, Weights

Judge = Callable[[Matrix], Vector]
_REACH: Final = 8
"""Words over which a trigger's pull on a filler falls to a half."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One incident: its kind, how likely the report tells of that kind, and its fillers."""

    kind: str
    chance: float
    fillers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The things of a report, their wordings, and a row of numbers for each wording (without habits)."""

    things: tuple[Thing, ...]
    wordings: tuple[Wording, ...]
    rows: tuple[list[float], ...]
    habits: tuple[list[str], ...]


def candidates(reading: Reading) -> Candidates:
    """Everything that may fill a role, ready to be ranked."""
    found = things(reading)
    rows_of = thing_rows(reading, found)
    flat = [w for n, thing in enumerate(found) for w in wordings(reading, n, thing)]
    rows = [rows_of[w.thing] + wording_row(reading, found[w.thing], w) for w in flat]
    habits = [habit_keys(reading, found[w.thing].role, w) for w in flat]
    return Candidates(tuple(found), tuple(flat), tuple(rows), tuple(habits))


def rank(given: Candidates, table: Mapping[str, float], judge: Judge) -> list[Choice]:
    """Each thing in its likeliest wording, the likeliest thing first."""
    if not given.wordings:
        return []
    rows = [row + habits_of(keys, table) for row, keys in zip(given.rows, given.habits, strict=True)]
    return best_wordings(given, judge(np.array(rows, dtype=np.float64)))


def best_wordings(given: Candidates, chances: Sequence[float] | Vector) -> list[Choice]:
    """Each thing in its likeliest wording, given the chance of each wording; the likeliest thing first."""
    best: dict[int, Choice] = {}
    for wording, chance in zip(given.wordings, chances, strict=True):
        held = best.get(wording.thing)
        if held is None or chance > held.chance:
            best[wording.thing] = Choice(given.things[wording.thing], wording, float(chance))
    return sorted(best.values(), key=lambda choice: -choice.chance)


def outlines(reading: Reading, weights: Weights) -> list[Outline]:
    """The incidents of a report, by the weights."""
    given = candidates(reading)
    choices = rank(given, weights.habits, weights.ranker.probabilities)
    row = np.array([kind_row(reading, choices, given.things)], dtype=np.float64)
    kinds = [float(forest.probabilities(row)[0]) for forest in weights.kinds]
    return arrange(reading, choices, kinds, weights.knobs, weights.repeats.probabilities, weights.pairs.probabilities)


def arrange(
    reading: Reading,
    choices: Sequence[Choice],
    kinds: Sequence[float],
    knobs: Mapping[str, float],
    repeats: Judge,
    pairs: Judge,
) -> list[Outline]:
    """Incidents from ranked fillers and the chances of each kind: several of a kind where fillers fall apart."""
    found: list[Outline] = []
    for kind, fillers in by_kind(reading, choices, kinds, knobs):
        row = np.array([repeat_row(reading, choices, kinds, kind, fillers)], dtype=np.float64)
        repeat = float(repeats(row)[0])
        core = [c for c in fillers if c.role != "PerpOrg"]
        groups = [core]
        if repeat >= knobs["repeat"] and len(core) > 1:
            groups = _apart(reading, core, repeat, kind, fillers, pairs, knobs["join"])
        shared = [c for c in fillers if c.role == "PerpOrg"]
        if len(groups) == 1 and core and shared and repeat >= knobs["again"]:
            groups.append([])
        for group in groups:
            whole = tuple(group + shared)
            if whole or kinds[kind] >= knobs["bare"]:
                found.append(Outline(KINDS[kind], kinds[kind], whole))
    return found


def by_kind(
    reading: Reading, choices: Sequence[Choice], kinds: Sequence[float], knobs: Mapping[str, float]
) -> list[tuple[int, list[Choice]]]:
    """The kinds that the report tells of, each with its fillers."""
    if kinds[-1] < knobs["any"]:
        return []
    told = [n for n in range(len(KINDS)) if kinds[n] >= knobs["kind"]] or [int(np.argmax(kinds[:-1]))]
    likely = [c for c in choices if c.chance >= knobs[c.role]]
    homes = [told if len(told) == 1 else _kinds_of(reading, c, told, kinds, knobs[f"near {c.role}"]) for c in likely]
    return [(kind, [c for c, home in zip(likely, homes, strict=True) if kind in home]) for kind in told]


def _kinds_of(
    reading: Reading, choice: Choice, told: Sequence[int], kinds: Sequence[float], near_enough: float
) -> list[int]:
    """The kinds to which a filler belongs: those whose words stand nearest, or `near_enough` as a share of that."""
    lex = lexicon()
    pull = {kind: 0.3 * kinds[kind] for kind in told}
    sentences = reading.pages.sentences
    for spot in choice.thing.spots:
        here = spot.place.sentence
        for at in range(max(0, here - 1), min(len(sentences), here + 2)):
            for n, word in enumerate(sentences[at].words):
                group = lex.kinds.get(lex.triggers.get(word, ""))
                kind = KINDS.index(group) if group else -1
                if kind in pull:
                    near = 1 / (1 + abs(n - spot.place.first) / _REACH) if at == here else 0.09
                    pull[kind] += spot.mean * near
    if choice.role == "Weapon" and 1 in pull:
        pull[1] += 0.5
    strongest = max(pull.values())
    return [kind for kind, force in pull.items() if force >= near_enough * strongest]


def _apart(
    reading: Reading,
    core: Sequence[Choice],
    repeat: float,
    kind: int,
    fillers: Sequence[Choice],
    pairs: Judge,
    join: float,
) -> list[list[Choice]]:
    """Fillers in groups that belong together: average-link clustering of the pairs' probabilities."""
    index = [(a, b) for a in range(len(core)) for b in range(a)]
    rows = [pair_row(reading, core[a], core[b], repeat, kind, fillers) for a, b in index]
    near = np.ones((len(core), len(core)))
    for (a, b), chance in zip(index, pairs(np.array(rows, dtype=np.float64)), strict=True):
        near[a, b] = near[b, a] = chance
    groups = [[n] for n in range(len(core))]
    while len(groups) > 1:
        best, first, second = max(
            (float(near[np.ix_(x, y)].mean()), i, j)
            for i, x in enumerate(groups)
            for j, y in enumerate(groups)
            if i < j
        )
        if best < join:
            break
        groups[first] += groups.pop(second)
    return [[core[n] for n in group] for group in groups]
