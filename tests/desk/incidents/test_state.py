from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.incidents.model import ENTERED, KINDS, LEFT, OPENED
from leconfield.desk.incidents.state import Incidents
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.world import Delta, World

_KEYS = ("title", "words", "name", "verdict", "subject", "action", "state", "answers", "owner", "due", "reason")
ENTRIES = st.builds(
    Entry,
    id=st.builds(EntryId, st.sampled_from([str(each) for each in range(12)])),
    at=st.just("2026-03-02T09:00:00.000000Z"),
    by=st.sampled_from(["emma", "ann"]),
    kind=st.sampled_from([*sorted(KINDS), OPENED, OPENED, "filed"]),
    about=st.sampled_from(["a", "b"]),
    label=st.just("S"),
    body=st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(["1", "2", "Ray\tknown\n", "done", ""]), max_size=5),
)


@given(st.lists(ENTRIES, max_size=40), st.integers(0, 40))
def test_growing_ends_where_folding_the_whole_does(entries: list[Entry], cut: int) -> None:
    grown = World()
    grown.grow(Delta(entries=tuple(entries[:cut])))
    grown.derived(Incidents)
    grown.grow(Delta(entries=tuple(entries[cut:])))
    whole = World()
    whole.grow(Delta(entries=tuple(entries)))
    assert grown.derived(Incidents).by_id == whole.derived(Incidents).by_id


def _entry(number: int, kind: str, by: str) -> Entry:
    at = f"2026-03-02T09:00:0{number}.000000Z"
    return Entry(EntryId(str(number)), at, by, kind, "a", "S", {"title": "The bridge"})


def test_whoever_enters_is_there_until_he_leaves() -> None:
    world = World()
    acts = ((OPENED, "emma"), (ENTERED, "ann"), (LEFT, "emma"), (ENTERED, "karina"), (LEFT, "karina"))
    world.grow(Delta(entries=tuple(_entry(place, *each) for place, each in enumerate(acts))))
    assert [name for name, _ in world.derived(Incidents).by_id["a"].present] == ["ann"]
