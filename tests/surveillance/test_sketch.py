"""Tests of the sketch: every place within the drawing, in the order of the log, at a scale that is said."""

from __future__ import annotations

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from leconfield.ledger.model import EntryId
from leconfield.surveillance.model import Line, Says, Written
from leconfield.surveillance.rows import Row
from leconfield.surveillance.sketch import HEIGHT, WIDTH, sketch_of


def rows(*where: tuple[float, float], collateral: bool = False) -> list[Row]:
    """Lines written there, one after another; the newest first, as pages have them."""
    made = []
    for n, (latitude, longitude) in enumerate(where):
        says = Says("Out.", f"place {n}", f"{latitude:.6f}", f"{longitude:.6f}")
        written = Written("o", "d", n + 1, "", "Alpha", says, collateral, seal=f"{n:064x}"[::-1])
        made.append(Row(Line(EntryId(str(n)), "", "", written), says, f"2026-03-02T09:00:{n % 60:02}", "", ()))
    return made[::-1]


def test_places_are_numbered_in_the_order_of_the_log_and_drawn_to_scale() -> None:
    yard, lane = (51.8787, -0.42), (51.8787, -0.4054)
    found = sketch_of(rows(yard, lane, yard))
    assert found is not None
    first, second = found.marks
    assert [(each.number, each.spot.name) for each in found.marks] == [(1, "place 0"), (2, "place 1")]
    assert first.x < second.x
    assert len(found.way.split()) == 3
    apart = hypot(first.x - second.x, first.y - second.y) * found.metres / found.bar
    assert abs(apart - 1003) < 10
    assert found.scale == "200 m"


def test_one_place_a_country_and_bystanders_give_no_sketch() -> None:
    assert sketch_of(rows((51.8787, -0.42), (51.8787, -0.42))) is None
    assert sketch_of(rows((51.8787, -0.42), (53.7, -0.3))) is None
    assert sketch_of(rows((51.8787, -0.42), (51.88, -0.42), collateral=True)) is None
    assert sketch_of([]) is None


def test_places_on_both_sides_of_the_date_line_are_near_each_other() -> None:
    found = sketch_of(rows((-17.0, 179.999), (-17.0, -179.999)))
    assert found is not None
    assert found.metres < 500


_STEPS = st.lists(st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)), min_size=2, max_size=20)


@given(st.floats(-89, 89), st.floats(-179, 179), _STEPS)
def test_everything_is_within_the_drawing(latitude: float, longitude: float, steps: list[tuple[float, float]]) -> None:
    found = sketch_of(rows(*((latitude + north, longitude + east) for north, east in steps)))
    if found is None:
        return
    for each in found.marks:
        assert 0 < each.x < WIDTH
        assert 0 < each.y < HEIGHT
    assert 0 < found.bar <= WIDTH / 4 + 0.1
