from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leconfield.network.rules import Names
from tests.network.builders import Told

spans = st.tuples(st.sampled_from("abcd"), st.integers(-1, 400), st.integers(1, 60))


@given(st.lists(spans, min_size=1, max_size=12), st.integers(0, 120))
def test_names_are_near_if_so_many_characters_or_fewer_lie_between_them(
    told_spans: list[tuple[str, int, int]], characters: int
) -> None:
    told = Told()
    for record, start, length in told_spans:
        told.states(record, "name", "x", "r1", span=(start, start + length) if start >= 0 else None)
    spoken = [each for each in told.statements if each.start >= 0]
    names = Names.among(told.statements)
    for one in spoken:
        wanted = {
            each.id
            for each in spoken
            if each.subject != one.subject and max(one.start - each.end, each.start - one.end) <= characters
        }
        assert {each.id for each in names.near(one, characters)} == wanted
