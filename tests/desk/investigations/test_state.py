from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.investigations.model import KINDS, OPENED
from leconfield.desk.investigations.state import Investigations
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.world import Delta, World

_IDS = st.sampled_from(["a", "b", "c"])
_KEYS = ("title", "words", "evidence", "hypothesis", "mark", "action", "state", "link", "priority", "kind", "target")
ENTRIES = st.builds(
    Entry,
    id=st.builds(EntryId, st.sampled_from([str(each) for each in range(12)])),
    at=st.just("2026-03-02T09:00:00.000000Z"),
    by=st.sampled_from(["emma", "ann"]),
    kind=st.sampled_from([*sorted(KINDS), OPENED, OPENED, "filed"]),
    about=_IDS,
    label=st.just("S"),
    body=st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(["1", "2", "P1", "done", "3\n4", ""]), max_size=5),
)


@given(st.lists(ENTRIES, max_size=40), st.integers(0, 40))
def test_growing_ends_where_folding_the_whole_does(entries: list[Entry], cut: int) -> None:
    grown = World()
    grown.grow(Delta(entries=tuple(entries[:cut])))
    grown.derived(Investigations)
    grown.grow(Delta(entries=tuple(entries[cut:])))
    whole = World()
    whole.grow(Delta(entries=tuple(entries)))
    assert grown.derived(Investigations).by_id == whole.derived(Investigations).by_id


def test_what_is_done_on_an_investigation_that_is_not_here_is_nothing() -> None:
    world = World()
    entry = Entry(EntryId("1"), "2026-03-02T09:00:00.000000Z", "emma", "investigation noted", "a", "S", {"words": "x"})
    world.grow(Delta(entries=(entry,)))
    assert world.derived(Investigations).by_id == {}
