"""Parsers take any text: what they cannot use they refuse in an error for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import strategies as st

from leconfield.errors import LeconfieldError
from leconfield.intake.extraction.dates import dates
from leconfield.intake.ftm import read_ftm
from leconfield.intake.search import search
from leconfield.intake.tables import load_mapping, mapped, rows, saved_mapping, saved_mappings
from leconfield.ledger import labels
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.times import Held, check_partial, in_words, to_moment
from leconfield.network import service as network
from leconfield.registry.query import parse_query
from leconfield.registry.trace import trace
from tests.fuzz.amounts import amounts, tried
from tests.fuzz.texts import around, prose
from tests.ledger.desks import ROB, desk, filed, look

MAPPING = """title = "Calls"
[[records]]
name = "caller"
schema = "Phone"
key = ["caller"]
properties = { phone = "caller" }
[[links]]
left = "caller"
prop = "called"
right = "caller"
"""
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ENTITY = st.fixed_dictionaries(
    {"id": JSON, "schema": st.sampled_from(["Person", "Ownership", "Company", "Thing", ""]) | JSON},
    optional={"properties": st.dictionaries(st.sampled_from(["name", "owner", "asset", "birthDate"]), JSON) | JSON},
)


def _written(moment: str) -> None:
    in_words(moment)
    check_partial(moment)
    held = Held(moment, moment)
    assert held.words
    assert (held.earliest or to_moment(moment)) <= (held.latest or to_moment(moment))


PARSERS: list[tuple[str, Callable[[str], object], st.SearchStrategy[str]]] = [
    ("label", labels.parse, around('S&(SEQUIN|"a b")', "AS&|()\"\\ _:./'-é")),
    ("grade", parse_grade, around("B2", "ABCDEF123456 -/")),
    ("moment", _written, around("1989-03-05T12:40:30", "0123456789-T:Z+٣３")),
    ("mapping", load_mapping, around(MAPPING, "[]{}=\"'#,.\n\\ uU")),
    ("query", parse_query, prose()),
    ("dates", dates, around("on 5 March 1989, 31/12/89 or 1989-02-30, last Tuesday 12:40", "0123456789/-:. ")),
    ("line of dates", lambda text: network.chosen(since=text, until=text), around("1989-03", "0123456789-T:")),
]


@pytest.mark.parametrize("text", ["1989-13", "1989-00", "1989-99-99", "soon", "", "０００１-13"])
def test_what_is_no_date_stays_as_it_is_in_words(text: str) -> None:
    assert in_words(text) == text


@pytest.mark.parametrize(("parse", "texts"), [each[1:] for each in PARSERS], ids=[each[0] for each in PARSERS])
@amounts(80, 4000)
def test_any_text_is_parsed_or_refused(
    examples: int, parse: Callable[[str], object], texts: st.SearchStrategy[str]
) -> None:
    def check(text: str) -> None:
        with suppress(LeconfieldError):
            parse(text)

    tried(examples, check, texts)


@amounts(80, 4000)
def test_any_line_of_followthemoney_is_read_or_refused(examples: int) -> None:
    entities = st.lists(ENTITY | JSON, max_size=3).map(lambda some: "\n".join(json.dumps(each) for each in some))
    broken = st.lists(prose(4) | st.text(max_size=40), max_size=4).map("\n".join)

    def check(text: str) -> None:
        with suppress(LeconfieldError):
            list(read_ftm(text.encode("utf-8", "surrogatepass").splitlines(keepends=True)))

    tried(examples, check, entities | broken)


@amounts(80, 4000)
def test_any_table_is_read_by_its_mapping_or_refused(examples: int) -> None:
    columns = ["caller", "callee", "time", "registration", "place", "latitude", "name", "birth date", "seen"]
    cells = prose(2) | st.sampled_from(["07700 900142", "2026-02-01 10:00", "51.5", "-999", ""])
    tables = st.lists(st.lists(cells, max_size=9), max_size=4)

    def check(name: str, header: list[str], table: list[list[str]], separator: str, raw: bytes) -> None:
        lines = [separator.join(each) for each in (header, *table)]
        content = "\n".join(lines).encode("utf-8", "surrogatepass")
        for source in (content, raw, content + raw):
            for filename in ("t.csv", "t.xlsx"):
                with suppress(LeconfieldError):
                    list(mapped(rows(source, filename), saved_mapping(name)))

    headers = st.lists(st.sampled_from(columns), max_size=9) | st.just(columns)
    separators = st.sampled_from([",", ";", "\t", "|"])
    tried(examples, check, st.sampled_from(saved_mappings()), headers, tables, separators, st.binary(max_size=80))


@amounts(60, 2000)
def test_anything_may_be_traced_and_searched_for(examples: int) -> None:
    at = desk()
    filed(at, ROB, "Ray Cassell. He rang 07700 900142 about TU18 KNR on 5 March 1989.")
    view = look(at, ROB)

    def check(words: str) -> None:
        trace(view.world, parse_query(words))
        with suppress(LeconfieldError):
            search(view, words, 10)

    tried(examples, check, prose())
