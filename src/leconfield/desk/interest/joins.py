"""Since when each record has belonged to a subject: through which judgements and arrivals it came to be one with it."""

from __future__ import annotations

from collections import defaultdict, deque

from leconfield.ledger.model import SubjectId
from leconfield.ledger.world import World
from leconfield.registry.clusters import Edge
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition


def belonging(world: World, head: SubjectId, anchor: SubjectId) -> dict[SubjectId, str]:
    """For each record of the subject, since when it has been one with the `anchor` record (a stamp).

    A judged edge is as old as its judgement; one by rule, as the younger of its two records. Of the tree of edges that
    makes the records one, the youngest on the way to the anchor counts. A judgement on what the rules had joined
    already counts as news: a person has looked at it.
    """
    partition = world.derived(Partition)
    records = world.derived(Records).by_id
    near: dict[SubjectId, list[tuple[SubjectId, str]]] = defaultdict(list)
    for edge in partition.links_of(partition.subject_of(head)):
        age = edge.at if edge.by else max(records[edge.left].learnt, records[edge.right].learnt)
        near[edge.left].append((edge.right, age))
        near[edge.right].append((edge.left, age))
    since = {anchor: ""}
    waiting = deque([anchor])
    while waiting:
        here = waiting.popleft()
        for there, age in near[here]:
            if there not in since:
                since[there] = max(since[here], age)
                waiting.append(there)
    return since


def judged_since(world: World, head: SubjectId, looked: str) -> tuple[Edge, ...]:
    """The judgements later than the moment that hold the subject together, the newest first."""
    partition = world.derived(Partition)
    found = [each for each in partition.links_of(partition.subject_of(head)) if each.by and each.at > looked]
    return tuple(sorted(found, key=lambda each: (each.at, each.left, each.right), reverse=True))
