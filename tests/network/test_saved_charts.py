"""Saved charts: kept as ids under their own labels, and shown to each as he may know them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield import app
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Entry, EntryId, Reader, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.network import saving
from leconfield.network.charts import DRAWN, RENAMED, SAVED, Charts, Look, Spot, spots_in
from tests.ledger.desks import EMMA, ROB, desk, filed, look
from tests.noninterference.pages import Browser, prepared


@dataclass
class House:
    """A desk with a man whom all know, and one whom only Rob does."""

    desk: Desk
    ray: SubjectId
    naila: SubjectId

    def save(self, by: Reader, *records: SubjectId, name: str = "Who met", which: str = "", label: str = "S") -> str:
        spots = [Spot(each, float(at), 2.5, pinned=not at) for at, each in enumerate(records)]
        view = look(self.desk, by)
        return saving.save(self.desk, view, name=name, note="", label=label, spots=spots, look=Look(), which=which)

    def seen(self, by: Reader, which: str) -> set[SubjectId]:
        view = look(self.desk, by)
        return {each.id for each in saving.picture_of(view, view.derived(Charts).chart(which).last).nodes}


@pytest.fixture(name="at")
def _at() -> House:
    made = desk()
    record = []
    for text, label in (("Ray Cassell. He bought timers.", "S"), ("Naila Brook. She drives.", "S&AGENTS")):
        report = filed(made, ROB, text, label)
        record.append(SubjectId(made.ids.of("record", report)))
    return House(made, *record)


def test_whoever_may_not_know_of_somebody_does_not_get_him_nor_hears_of_him(at: House) -> None:
    which = at.save(ROB, at.ray, at.naila)
    assert at.seen(ROB, which) == {at.ray, at.naila}
    assert at.seen(EMMA, which) == {at.ray}
    kept = look(at.desk, EMMA).derived(Charts).chart(which).last
    assert kept.spots == (Spot(at.ray, 0.0, 2.5, pinned=True),)


def test_a_chart_with_somebody_hidden_looks_as_if_he_had_never_been_put_on_it(at: House) -> None:
    alone = House(at.desk, at.ray, at.naila)
    both, one = at.save(ROB, at.ray, at.naila, name="Both"), alone.save(ROB, at.ray, name="One")
    charts = look(at.desk, EMMA).derived(Charts)
    assert charts.chart(both).last.spots == charts.chart(one).last.spots


def test_the_same_name_by_the_same_officer_is_a_new_version_and_older_ones_stand(at: House) -> None:
    first = at.save(ROB, at.ray)
    assert at.save(ROB, at.ray, at.naila) == first
    assert at.save(EMMA, at.ray, which=first) == first
    found = look(at.desk, ROB).derived(Charts).chart(first)
    assert [(each.by, len(each.spots)) for each in found.versions] == [("rob", 1), ("rob", 2), ("emma", 1)]


def test_a_chart_under_a_label_that_one_does_not_hold_is_as_if_it_had_never_been(at: House) -> None:
    which = at.save(ROB, at.ray, label="S&AGENTS")
    charts = look(at.desk, EMMA).derived(Charts)
    assert charts.all() == []
    with pytest.raises(NotFoundError) as hidden:
        charts.chart(which)
    with pytest.raises(NotFoundError) as never:
        charts.chart("0" * 32)
    assert str(hidden.value).replace(which, "") == str(never.value).replace("0" * 32, "")


def test_a_new_name_is_everybodys(at: House) -> None:
    which = at.save(ROB, at.ray)
    saving.rename(at.desk, look(at.desk, EMMA), which, " The  mill ")
    assert look(at.desk, ROB).derived(Charts).chart(which).name == "The mill"
    with pytest.raises(RefusedError):
        saving.rename(at.desk, look(at.desk, ROB), which, "The mill")


def test_nobody_saves_whom_he_may_not_know_nor_nobody_at_all_nor_in_the_past(at: House) -> None:
    with pytest.raises(NotFoundError):
        at.save(EMMA, at.naila)
    with pytest.raises(BadInputError):
        at.save(EMMA)
    with pytest.raises(BadInputError):
        at.save(EMMA, at.ray, name=" ")
    with pytest.raises(BadInputError):
        at.save(EMMA, at.ray, label="")
    with pytest.raises(RefusedError):
        at.save(EMMA, at.ray, label="S&AGENTS")
    which = at.save(EMMA, at.ray)
    past = look(at.desk, EMMA, at.desk.clock())
    with pytest.raises(RefusedError, match="past"):
        saving.rename(at.desk, past, which, "Another")


@pytest.mark.parametrize(
    "line", ["a x 1", "a nan 1", "a 1e99 1", "a 1", "a 1 2 q", "a 1 2 pp", "a 1 2 3 p", "<b> 1 2", "a" * 99]
)
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(BadInputError):
        spots_in(line)


places = st.floats(-1e6, 1e6).map(lambda each: float(f"{each:g}"))
spots = st.builds(Spot, st.from_regex(r"[0-9a-f]{32}", fullmatch=True).map(SubjectId), places, places)
marked = st.builds(
    lambda spot, pinned, hidden, asked: Spot(spot.record, spot.x, spot.y, pinned, hidden, asked),
    st.one_of(spots, spots.map(lambda each: Spot(each.record))),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(marked))
def test_what_is_written_is_read_again(drawn: list[Spot]) -> None:
    assert spots_in("\n".join(each.line for each in drawn)) == tuple(drawn)


def _entry(number: int, kind: str, about: str, at: int, by: str) -> Entry:
    body = {"name": f"{about} {number}", "drawn": f"r{number} 1 2"}
    return Entry(EntryId(f"e{number}"), f"2026-01-0{at}", by, kind, about, "S", body)


acts = st.tuples(
    st.sampled_from((SAVED, SAVED, DRAWN, RENAMED)),
    st.sampled_from("ab"),
    st.integers(1, 3),
    st.sampled_from(("rob", "emma")),
)


@given(st.lists(acts, max_size=12), st.integers(0, 12))
def test_a_world_that_grows_has_the_charts_of_one_that_was_folded_whole(
    done: list[tuple[str, str, int, str]], cut: int
) -> None:
    entries = tuple(_entry(number, *each) for number, each in enumerate(done))
    growing, whole = World(), World()
    growing.grow(Delta(entries=entries[:cut]))
    growing.derived(Charts)
    growing.grow(Delta(entries=entries[cut:]))
    whole.grow(Delta(entries=entries))
    assert growing.derived(Charts).all() == whole.derived(Charts).all()


@pytest.fixture(name="seated")
def _seated(at: House) -> Iterator[Browser]:
    with prepared():
        for each in (ROB, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, ())
            at.desk.append(accounts.KEEPER, [draft])
        yield Browser(app.site(at.desk), "emma")


def test_a_chart_is_kept_by_a_form_alone_and_opened_where_everybody_was_put(at: House, seated: Browser) -> None:
    page = seated.get(f"/chart?ids={at.ray}")[2].decode()
    assert "Save chart" in page
    fields = {"name": "Ray's circle", "label": "S", "layout": "circle", "drawn": f"{at.ray} 10 -4 pa"}
    status, headers, body = seated.post("/chart/saved", fields)
    assert status == 303, body
    address = dict(headers)[b"location"].decode()
    shown = seated.get(address)[2].decode()
    assert "Ray&#39;s circle" in shown
    assert "Versions" in shown
    data = json.loads(seated.get(f"{address}/data")[2])
    assert data["places"] == [{"id": at.ray, "x": 10, "y": -4, "pinned": True, "hidden": False}]
    assert data["settings"]["layout"] == "circle"
    assert data["asked"] == [at.ray]
    assert b"Ray&#39;s circle" in seated.get("/chart/saved")[2]
    assert seated.post(f"{address}/rename", {"name": "Ray"})[0] == 303
    assert seated.get(f"{address}?version=2")[0] == 404


@pytest.mark.parametrize("ending", ["svg", "pdf", "anx", "gexf"])
def test_what_is_arranged_on_the_page_is_taken_along(at: House, seated: Browser, ending: str) -> None:
    status, headers, body = seated.post(f"/chart/picture.{ending}", {"drawn": f"{at.ray} 10 -4"})
    assert status == 200, body
    assert f'filename="network.{ending}"'.encode() in dict(headers)[b"content-disposition"]
    hidden = seated.post(f"/chart/picture.{ending}", {"drawn": f"{at.naila} 10 -4"})
    never = seated.post(f"/chart/picture.{ending}", {"drawn": f"{'0' * 32} 10 -4"})
    assert (hidden[0], never[0]) == (404, 404)
    assert hidden[2].replace(at.naila.encode(), b"") == never[2].replace(b"0" * 32, b"")
