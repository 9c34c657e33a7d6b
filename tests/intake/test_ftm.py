"""FollowTheMoney lines: what is written is read back the same, and a line that is not understood stops nothing."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.intake.ftm import LineError, of_statements, read_ftm, write_ftm
from leconfield.intake.readers.words import normal
from leconfield.intake.tables import MappedLink, MappedRecord
from leconfield.ledger.model import DENIED, Assertion, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA


def line(schema: str, **properties: list[str]) -> bytes:
    return json.dumps({"id": "x", "schema": schema, "properties": properties}).encode()


def reason(content: bytes) -> str:
    with pytest.raises(LineError) as caught:
        list(read_ftm([content]))
    return str(caught.value)


DATES = st.sampled_from(["1989", "1989-03", "1989-03-05", "1990-01-01T12:40", "1990-01-01T12:40:10"])
DEGREES = st.integers(-90, 90).map(str)
IDS = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
TEXTS = st.text(min_size=1, max_size=40).map(normal).filter(bool)
TELLING = st.sampled_from(sorted(PROPERTIES.keys() - LINKS))


@st.composite
def statements_of_a_record(draw: st.DrawFn) -> tuple[str, str]:
    prop = draw(TELLING)
    if prop in {"birthDate", "date"}:
        return prop, draw(DATES)
    if prop in {"latitude", "longitude"}:
        return prop, draw(DEGREES)
    if prop == "email":
        return prop, "a@example.org"
    return prop, draw(TEXTS)


def plain(pair: tuple[str, str]) -> bool:
    """A note that looks like a property is read as one: `colour: red`."""
    return pair[0] != "notes" or pair[1].partition(": ")[0] not in {*PROPERTIES, "schema"}


STATEMENTS = st.lists(statements_of_a_record().filter(plain), max_size=8, unique=True)
RECORDS = st.builds(
    MappedRecord, IDS, st.sampled_from(sorted(SCHEMATA)), STATEMENTS.map(lambda found: tuple(sorted(found)))
)
HELD = st.one_of(
    st.just(ALWAYS), DATES.map(Held.on), DATES.map(lambda day: Held(day, "")), DATES.map(lambda day: Held("", day))
) | st.builds(Held, st.just("1988"), DATES)
LINKED = st.builds(MappedLink, IDS, st.sampled_from(sorted(LINKS)), IDS, HELD)


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=4), st.lists(LINKED, max_size=4))
def test_what_is_written_is_read_back_the_same(records: list[MappedRecord], links: list[MappedLink]) -> None:
    lines = list(write_ftm(records, links))
    found = list(read_ftm(each.encode() for each in lines))
    back = [record for row in found for record in row.records]
    assert [(each.key, each.schema, sorted(each.statements)) for each in back] == [
        (each.key, each.schema, sorted(each.statements)) for each in records
    ]
    assert [link for row in found for link in row.links] == links
    assert all("\n" not in each for each in lines)


def test_an_ownership_between_two_entities_becomes_a_link_with_its_time() -> None:
    (row,) = read_ftm(
        [line("Ownership", owner=["p"], asset=["c"], startDate=["2001"], endDate=["2003-02"], percentage=["51"])]
    )
    assert row.links == (MappedLink("p", "owner", "c", Held("2001", "2003-02")),)


def test_things_of_other_tools_are_read_in_our_words() -> None:
    (row,) = read_ftm(
        [line("Company", name=["Harbour Ltd"], previousName=["Quay Ltd"], innCode=["77"], modifiedAt=["2024-01-01"])]
    )
    assert row.records == (
        MappedRecord("x", "Organization", (("name", "Harbour Ltd"), ("alias", "Quay Ltd"), ("idNumber", "77"))),
    )
    (row,) = read_ftm([line("Person", firstName=["Ann"], lastName=["Otter"], addressEntity=["a"])])
    assert row.records[0].statements == (("name", "Ann Otter"),)
    assert row.links == (MappedLink("x", "residence", "a", ALWAYS),)
    (row,) = read_ftm([line("Vehicle", registrationNumber=["AB12 CDE"], owner=["p"])])
    assert row.links == (MappedLink("p", "owner", "x", ALWAYS),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "line 1: is no JSON"),
        (b"[" * 100_000, "line 1: is no JSON"),
        (b"\xff\xfe", "line 1: is no JSON"),
        (b"[]", "is no entity"),
        (b'{"schema": "Person"}', '"id" is missing'),
        (line("Sanction"), '"Sanction" is no schema that is read here'),
        (line("Person", shoeSize=["9"]), 'Person has a property "shoeSize" that is not read here'),
        (line("Ownership", owner=["p"]), 'Ownership has no "asset"'),
        (line("Person", birthDate=["31/02/1990"]), '"31/02/1990" is no date'),
        (line("Family", person=["a"], relative=["b"], startDate=["2001"], endDate=["1999"]), "is before"),
        (b'{"id": "x", "schema": "Person", "properties": {"name": [3]}}', '"name" must be a list of texts'),
        (line("Family", person=["a"] * 100, relative=["b"] * 100), "more than 1000 pairs"),
    ],
    ids=range(12),
)
def test_a_line_that_is_not_understood_says_why(content: bytes, message: str) -> None:
    assert message in reason(content)


def test_a_bad_line_goes_to_quarantine_and_the_rest_goes_on() -> None:
    refused: list[LineError] = []
    lines = [line("Person", name=["Ann"]), b"", b"no", line("Person", name=["Ben"])]
    assert [row.number for row in read_ftm(lines, refused.append)] == [1, 4]
    assert [each.line for each in refused] == [3]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=5))
def test_arbitrary_lines_are_read_or_refused(lines: list[bytes]) -> None:
    list(read_ftm(lines, lambda error: None))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@settings(deadline=None)
@given(st.sampled_from(["Person", "Ownership", "UserAccount", "Asset"]), JSON)
def test_arbitrary_properties_are_read_or_refused(schema: str, properties: object) -> None:
    with suppress(LineError):
        list(read_ftm([json.dumps({"id": "x", "schema": schema, "properties": properties}).encode()]))


def a_statement(subject: str, prop: str, value: str, **more: object) -> Statement:
    return Statement(
        StatementId(f"{subject}{prop}"),
        SubjectId(subject),
        "Person",
        prop,
        value,
        ReportId("r"),
        "",
        "text",
        "",
        **more,
    )


def test_statements_become_records_and_links_and_what_was_denied_is_not_told_as_fact() -> None:
    records, links = of_statements(
        [
            a_statement("p", "name", "Ann"),
            a_statement("p", "name", "Ann"),
            a_statement("p", "met", "q", held=Held.on("1990")),
            a_statement("p", "position", "courier", assertion=Assertion(polarity=DENIED)),
        ]
    )
    assert records == [MappedRecord("p", "Person", (("name", "Ann"),))]
    assert links == [MappedLink("p", "met", "q", Held.on("1990"))]
