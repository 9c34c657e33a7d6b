"""What resolution can be asked beside who is who: weights, waterfalls, joins and splits, what a split would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import ORGANISATION, PERSON, PLACE
from leconfield.registry.history import History
from leconfield.registry.judgements import DIFFERENT, SAME
from leconfield.registry.resolution import Partition
from leconfield.registry.splitting import preview


def resolution_asks(view: View, subjects: Sequence[SubjectId]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every question about how subjects are resolved; `subjects` are ids that may or may not be known."""
    partition = view.derived(Partition)
    bearers, learned = partition.scale.bearers, partition.scale.learned
    yield "lessons", learned.lessons
    yield "judged", lambda: learned.judged
    for schema in (PERSON, ORGANISATION, PLACE):
        yield f"population of {schema}", lambda schema=schema: bearers.population(schema)  # type: ignore[misc]
    for word in ("ray", "cassell", "brook", "smith", "lane"):
        yield f"bearing {word}", lambda word=word: (bearers.bearing(PERSON, word), bearers.bits(PERSON, word))  # type: ignore[misc]
    yield "joined and split", lambda: tuple(view.derived(History).events)
    for one in partition.subjects():
        yield (
            f"waterfalls of {one.id}",
            lambda one=one: [partition.waterfall(each) for each in partition.links_of(one)],  # type: ignore[misc]
        )
    for left, right in pairwise(subjects):
        for verdict in (SAME, DIFFERENT):
            yield (
                f"{left} and {right}, were they {verdict}",
                lambda left=left, right=right, verdict=verdict: preview(view, left, right, verdict),  # type: ignore[misc]
            )
