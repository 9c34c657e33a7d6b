from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import networkx as nx
import pytest

from leconfield.ledger.model import Assertion, SubjectId
from leconfield.ledger.times import Held
from leconfield.network import Picture, expand
from leconfield.network.exports import Heading, chart_json, csv_table, gexf, graphml
from tests.network.builders import DENIAL, Told

Writer = Callable[[Picture, Heading], bytes]
HEADING = Heading("SECRET · SEQUIN", "2026-01-02")
EVERY_FORMAT = pytest.mark.parametrize("written", [chart_json, csv_table, graphml, gexf])


def picture(name: str = "Ann & <Ali>") -> Picture:
    told = Told().named("ann", name).named("bob", "Борис").named("cat", "كاتيا")
    told.states("ann", "employer", "bob", "r1", held=Held("1989-03", "1990"))
    told.states("ann", "met", "bob", "r2", held=Held("1991", ""), assertion=Assertion(asserter="police"))
    told.states("cat", "met", "ann", "r1", assertion=DENIAL)
    return expand(told.graph(), [SubjectId("ann")], 1)


@EVERY_FORMAT
def test_every_file_carries_the_marking_and_is_the_same_every_time(written: Writer) -> None:
    assert "SECRET · SEQUIN".encode() in written(picture(), HEADING)
    assert written(picture(), HEADING) == written(picture(), HEADING)


@EVERY_FORMAT
def test_a_network_of_nobody_is_still_a_file(written: Writer) -> None:
    assert written(Picture((), (), ()), HEADING)


@EVERY_FORMAT
def test_names_with_control_characters_and_lone_surrogates_do_not_break_a_file(written: Writer) -> None:
    content = written(picture("A\x00nn\x0b\ud800"), HEADING)
    assert content.decode("utf-8")


def test_graphml_is_read_by_another_program() -> None:
    graph = nx.read_graphml(io.BytesIO(graphml(picture(), HEADING)), force_multigraph=True)
    assert graph.nodes["ann"]["label"] == "Ann & <Ali>"
    assert graph.nodes["bob"]["label"] == "Борис"
    edge = graph.get_edge_data("ann", "bob", "ann~employer~bob")
    assert (edge["words"], edge["origins"], edge["denied"]) == ("works for", 1, False)
    assert graph.get_edge_data("ann", "cat", "ann~met~cat")["denied"] is True


def test_gexf_gives_another_program_the_time_of_each_link() -> None:
    graph = nx.read_gexf(io.BytesIO(gexf(picture(), HEADING)), version="1.2draft")
    times = {edge["prop"]: (edge.get("start"), edge.get("end")) for *_, edge in graph.edges("bob", data=True)}
    between = {edge["prop"]: edge for _, other, edge in graph.edges("ann", data=True) if other == "bob"}
    assert not times
    assert (between["employer"]["start"], between["employer"]["end"]) == ("1989-03-01", "1990-12-31")
    assert (between["met"]["start"], between["met"].get("end")) == ("1991-01-01", None)


def test_the_table_begins_with_the_banner_and_counts_its_sources() -> None:
    rows = list(csv.reader(io.StringIO(csv_table(picture(), HEADING).decode("utf-8-sig"))))
    assert rows[0] == ["SECRET · SEQUIN · made 2026-01-02"]
    first = dict(zip(rows[1], rows[2], strict=True))
    assert (first["from"], first["link"], first["to"]) == ("Ann & <Ali>", "works for", "Борис")
    assert [dict(zip(rows[1], row, strict=True))["standing"] for row in rows[2:]] == ["stated", "alleged", "denied"]


@pytest.mark.parametrize("name", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_is_a_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_table(picture(name), HEADING).decode("utf-8-sig"), newline="")))
    assert dict(zip(rows[1], rows[2], strict=True))["from"] == "'" + name


def test_the_chart_reads_nodes_links_and_what_was_left_out() -> None:
    content = chart_json(picture("</script>"), HEADING)
    assert b"<" not in content
    chart = json.loads(content)
    assert chart["nodes"][0] == {
        "id": "ann",
        "label": "</script>",
        "schema": "Person",
        "standing": "text",
        "reports": 3,
        "origins": 3,
    }
    assert chart["links"][0] == {
        "id": "ann~employer~bob",
        "source": "ann",
        "target": "bob",
        "prop": "employer",
        "words": "works for",
        "reverse": "employs",
        "count": 1,
        "origins": 1,
        "denied": False,
        "alleged": False,
        "first": "1989-03",
        "last": "1990",
        "moments": ["1989-03"],
    }
    assert (chart["more"], chart["leftOut"]) == ([], 0)
