"""The drawing of how a subject came to be: in its frame, whole, and the same for the same subject."""

from __future__ import annotations

import re

import pytest

from leconfield.ledger.model import SubjectId
from leconfield.registry.clusters import Edge
from leconfield.registry.picture import MOST, picture


@pytest.mark.parametrize("count", [1, 2, 12, 3 * MOST])
def test_every_dot_and_every_arc_lies_within_the_frame(count: int) -> None:
    records = [SubjectId(f"r{at}") for at in range(count)]
    edges = [Edge(records[0], each, "same full name") for each in records[1:]]
    drawn = picture(records, dict.fromkeys(records, ("Gareth " * 20, "2 March 2031")), edges)
    assert len(drawn.dots) == min(count, MOST)
    assert len(drawn.arcs) == min(count, MOST) - 1
    assert all(0 < each.y < drawn.height for each in drawn.dots)
    for arc in drawn.arcs:
        assert all(0 <= int(number) <= max(drawn.width, drawn.height) for number in re.findall(r"-?\d+", arc.path))


def test_judged_edges_are_told_from_those_by_rule() -> None:
    one, other, third = (SubjectId(each) for each in "abc")
    edges = [Edge(one, other, "seen both", by="emma"), Edge(one, third, "same full name", bridge=True)]
    drawn = picture([one, other, third], dict.fromkeys((one, other, third), ("x", "y")), edges)
    assert [(each.judged, each.bridge) for each in drawn.arcs] == [(True, False), (False, True)]
