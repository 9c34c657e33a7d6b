"""How fast a network grows, joins and is measured, on a world made here: no data needed.

Run: `python benchmarks/network.py [--statements 100000]`. Prints a table; times are medians in milliseconds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import IN_TEXT, Report, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import PERSON
from leconfield.ledger.world import Delta, World
from leconfield.network import Filter, Graph, Picture, counts, expand, measures, paths, whole
from leconfield.network.exports import Heading, chart_json, csv_table, gexf, graphml

LINKS = ("met", "called", "associate", "paid", "family")
HEADING = Heading("BENCHMARK", "2026-01-01")


@dataclass(frozen=True, slots=True)
class Same:
    """A record that is its own subject."""

    id: SubjectId
    names: tuple[str, ...]
    schema: str = PERSON
    registered: bool = False

    @property
    def records(self) -> tuple[SubjectId, ...]:
        """Itself."""
        return (self.id,)


class Everyone:
    """The partition in which nobody is anybody else, looked up as a real one would be."""

    def __init__(self, world: World) -> None:
        self._all = {each: Same(each, (str(each),)) for each in world.by_subject}

    def subject_of(self, record: SubjectId) -> Same:
        """The record itself."""
        return self._all[record]


def made_world(size: int, seed: int = 5) -> World:
    """A world of `size` statements: half names with spans, half links, some subjects far better known than others."""
    chance = random.Random(seed)
    people = [SubjectId(f"{at:06d}") for at in range(size // 5)]
    reports = tuple(_report(at) for at in range(size // 20))

    def anybody() -> SubjectId:
        return people[int(len(people) * chance.random() ** 2)]

    def statement(at: int) -> Statement:
        name = at % 2 == 0
        who = people[at // 2] if at // 2 < len(people) else anybody()
        begin = chance.randrange(3000)
        return Statement(
            id=StatementId(f"s{at:07d}"),
            subject=who,
            schema=PERSON,
            prop="name" if name else chance.choice(LINKS),
            value=f"Person {who}" if name else anybody(),
            report=chance.choice(reports).id,
            label="",
            origin=IN_TEXT,
            learnt="2026-01-01T00:00:00.000000Z",
            start=begin,
            end=begin + 12,
            held=Held.on(f"1989-{chance.randint(1, 12):02d}"),
        )

    world = World()
    world.grow(Delta(reports=reports, statements=tuple(statement(at) for at in range(size))))
    return world


def _report(at: int) -> Report:
    return Report(
        id=ReportId(f"r{at:06d}"),
        title="",
        text="",
        source=f"source {at % 40}",
        origin="",
        channel="open",
        grade=UNGRADED,
        label="",
        written="1989",
        place="",
        learnt="2026-01-01T00:00:00.000000Z",
        digest="",
        media_type="text/plain",
    )


def median_ms(act: Callable[[SubjectId], object], starts: list[SubjectId]) -> tuple[float, float]:
    """Median and worst time of an act over several subjects, in milliseconds."""
    taken = []
    for start in starts:
        begun = time.perf_counter()
        act(start)
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken), max(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    size = parser.parse_args().statements
    world = made_world(size)
    graph = Graph(world, Everyone(world))
    everybody = sorted(world.by_subject)
    starts = random.Random(1).sample(everybody, 9)
    known_best = everybody[:5]
    picture: Picture = whole(graph, limit=2000)
    rows: list[tuple[str, Callable[[SubjectId], object], list[SubjectId]]] = [
        ("counts", lambda at: counts(graph, at), starts),
        ("expand 1 hop", lambda at: expand(graph, [at], 1), starts),
        ("expand 2 hops", lambda at: expand(graph, [at], 2), starts),
        ("expand 2 hops from the best known", lambda at: expand(graph, [at], 2), known_best),
        ("expand 2 hops, named together", lambda at: expand(graph, [at], 2, Filter(together=True)), starts),
        ("5 paths to the best known", lambda at: paths(graph, at, everybody[0]), starts),
        ("5 paths to the least known", lambda at: paths(graph, at, everybody[-1]), starts),
        ("whole network", lambda _: whole(graph, limit=2000), starts[:1]),
        (
            f"measures of {len(picture.nodes)} nodes, {len(picture.links)} links",
            lambda _: measures(picture),
            starts[:3],
        ),
        ("GraphML of it", lambda _: graphml(picture, HEADING), starts[:3]),
        ("GEXF of it", lambda _: gexf(picture, HEADING), starts[:3]),
        ("CSV of it", lambda _: csv_table(picture, HEADING), starts[:3]),
        ("JSON of it", lambda _: chart_json(picture, HEADING), starts[:3]),
    ]
    print(f"{size} statements, {len(everybody)} subjects\n{'':48}{'median ms':>12}{'worst ms':>12}")
    for name, act, subjects in rows:
        median, worst = median_ms(act, subjects)
        print(f"{name:48}{median:12.1f}{worst:12.1f}")


if __name__ == "__main__":
    main()
