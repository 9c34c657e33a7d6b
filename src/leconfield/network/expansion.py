"""Growing a chart: from some subjects outwards, with counts first and honest limits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.model import SubjectId
from leconfield.network.graph import Ends, Graph, Walk
from leconfield.network.model import EVERYTHING, SYMMETRIC, Filter, Group, Link, Picture

MAX_HOPS: Final = 6
DEFAULT_LIMIT: Final = 500
"""Subjects on one chart unless more are asked for."""


def counts(graph: Graph, which: SubjectId, chosen: Filter = EVERYTHING) -> tuple[Group, ...]:
    """What an expansion of one subject would bring: distinct subjects by property, direction and schema."""
    subject = graph.subject(which)
    walk = Walk(graph, chosen)
    return _grouped(graph, {other: {subject.id: ties} for other, ties in walk.neighbours(subject.id).items()})


def expand(
    graph: Graph,
    ids: Iterable[SubjectId],
    hops: int = 1,
    chosen: Filter = EVERYTHING,
    limit: int = DEFAULT_LIMIT,
) -> Picture:
    """The subjects within so many hops of `ids`, and every link among them.

    At most `limit` subjects: nearer ones first, then those tied by more independent origins, then more statements.
    The picture says what was left out.

    Raises:
        NotFoundError: if one of `ids` is not in this world.
        BadInputError: for a number of hops or a limit that makes no sense.
    """
    asked = tuple(sorted({graph.subject(each).id for each in ids}))
    _check_bounds(len(asked), hops, limit)
    walk = Walk(graph, chosen)
    kept = set(asked)
    edge: Iterable[SubjectId] = asked
    left_out: dict[SubjectId, dict[SubjectId, list[Ends]]] = {}
    for _ in range(hops):
        reached = _reached(walk, edge, kept)
        ranked = sorted(reached, key=lambda each: (_weakness(walk, reached[each]), each))
        room = limit - len(kept)
        edge = ranked[:room]
        kept.update(edge)
        if len(ranked) > room:
            left_out = {each: reached[each] for each in ranked[room:]}
            break
    return _picture(walk, asked, kept, left_out)


def whole(graph: Graph, chosen: Filter = EVERYTHING, limit: int = 5000) -> Picture:
    """The network of the whole world: every subject that is tied to another, those with most neighbours first."""
    _check_bounds(0, 0, limit)
    walk = Walk(graph, chosen)
    subjects = sorted({graph.partition.subject_of(each).id for each in tuple(graph.world.by_subject)})
    degree = {each: len(walk.neighbours(each)) for each in subjects if chosen.wants_schema(graph.subject(each).schema)}
    ranked = sorted((each for each in degree if degree[each]), key=lambda each: (-degree[each], each))
    rest = Counter(graph.subject(each).schema for each in ranked[limit:])
    picture = _picture(walk, (), set(ranked[:limit]), {})
    more = tuple(Group("", False, schema, count) for schema, count in sorted(rest.items()))
    return Picture((), picture.nodes, picture.links, more, rest.total())


def find_link(graph: Graph, link: str, chosen: Filter = EVERYTHING) -> Link:
    """The link of that id, with every statement that the filter admits; weak ones are found without asking for them.

    Its ends may be any records of the two subjects, so that an id noted down before a merger still leads to the link.

    Raises:
        NotFoundError: if this world holds no such link.
    """
    left, _, rest = link.partition("~")
    prop, _, right = rest.partition("~")
    start, end = graph.subject(SubjectId(left)).id, graph.subject(SubjectId(right)).id
    if prop in SYMMETRIC:
        start, end = sorted((start, end))
    ties = Walk(graph, replace(chosen, together=True)).ties(start)
    ways = ties.get((start, prop, end))
    if ways is None:
        raise NotFoundError(f'no link "{link}" here; expand one of its ends to see what there is')
    return graph.link((start, prop, end), ways)


def _check_bounds(asked: int, hops: int, limit: int) -> None:
    if not 0 <= hops <= MAX_HOPS:
        raise BadInputError(f"{hops} hops: a number from 0 to {MAX_HOPS} is wanted")
    if limit < 1:
        raise BadInputError(f"a limit of {limit} subjects shows nothing; ask for 1 or more")
    if asked > limit:
        raise BadInputError(f"{asked} subjects were asked for and the limit is {limit}; ask for fewer or raise it")


def _reached(
    walk: Walk, edge: Iterable[SubjectId], kept: set[SubjectId]
) -> dict[SubjectId, dict[SubjectId, list[Ends]]]:
    """Subjects next to `edge` that are not kept yet, each with its ties by the subject they come from."""
    found: dict[SubjectId, dict[SubjectId, list[Ends]]] = defaultdict(dict)
    for here in edge:
        for other, ties in walk.neighbours(here).items():
            if other not in kept:
                found[other][here] = ties
    return found


def _weakness(walk: Walk, ties: dict[SubjectId, list[Ends]]) -> tuple[int, int]:
    """Sorts the best supported first: by independent origins, then by statements."""
    ways = [way for here, ends in ties.items() for each in ends for way in walk.ties(here)[each]]
    return -len(walk.graph.origins({way[0].report for way in ways})), -len(ways)


def _grouped(graph: Graph, reached: dict[SubjectId, dict[SubjectId, list[Ends]]]) -> tuple[Group, ...]:
    found: Counter[tuple[str, bool, str]] = Counter()
    for other, ties in reached.items():
        schema = graph.subject(other).schema
        found.update(
            {
                (prop, left == other and prop not in SYMMETRIC, schema)
                for ends in ties.values()
                for left, prop, _ in ends
            }
        )
    return tuple(sorted(Group(*key, count) for key, count in found.items()))


def _picture(
    walk: Walk,
    asked: tuple[SubjectId, ...],
    kept: set[SubjectId],
    left_out: dict[SubjectId, dict[SubjectId, list[Ends]]],
) -> Picture:
    inside = {
        ends: ways for each in kept for ends, ways in walk.ties(each).items() if ends[0] in kept and ends[2] in kept
    }
    return Picture(
        asked=asked,
        nodes=tuple(walk.graph.node(each) for each in sorted(kept)),
        links=tuple(walk.graph.link(ends, inside[ends]) for ends in sorted(inside)),
        more=_grouped(walk.graph, left_out),
        left_out=len(left_out),
    )
