"""Tables: rows of real CSV and XLSX files, and what the saved mappings make of them."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.intake.tables import (
    MappedLink,
    MappedRecord,
    MappingError,
    RowError,
    TableError,
    load_mapping,
    mapped,
    rows,
    saved_mapping,
    saved_mappings,
)
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA
from tests.intake.readers.samples import a_workbook, an_archive, replaced

CALLS = (
    "time,caller,callee,seconds\n2024-03-05T12:40:10,07700 900123,+447700900456,75\n2024-03-06 09:00,,07700 900123,\n"
)


def test_a_call_becomes_two_phones_and_a_link_that_held_while_they_spoke() -> None:
    first, second = mapped(rows(CALLS.encode(), "calls.csv"), saved_mapping("calls"))
    assert first.number == 2
    assert first.records == (
        MappedRecord("Phone:07700 900123", "Phone", (("phone", "07700 900123"),)),
        MappedRecord("Phone:+447700900456", "Phone", (("phone", "+447700900456"),)),
    )
    assert first.links == (
        MappedLink(
            "Phone:07700 900123", "called", "Phone:+447700900456", Held("2024-03-05T12:40:10", "2024-03-05T12:41:25")
        ),
    )
    assert [each.key for each in second.records] == ["Phone:07700 900123"]
    assert second.links == ()


def test_a_sighting_becomes_a_vehicle_seen_at_a_place_with_coordinates() -> None:
    table = a_workbook(
        ("Time", "Plate", "Place", "Latitude", "Longitude", "Camera"),
        (datetime(2024, 3, 5, 12, 40, tzinfo=UTC).replace(tzinfo=None), "AB12 CDE", "Leith Docks", 55.98, -3.17, 14),
    )
    (row,) = mapped(rows(table, "seen.xlsx"), saved_mapping("sightings"))
    vehicle, place = row.records
    assert vehicle == MappedRecord("Vehicle:ab12 cde", "Vehicle", (("registrationNumber", "AB12 CDE"),))
    assert dict(place.statements) == {
        "name": "Leith Docks",
        "latitude": "55.98",
        "longitude": "-3.17",
        "notes": "14",
    }
    assert row.links == (MappedLink("Vehicle:ab12 cde", "seenAt", "Address:leith docks", Held.on("2024-03-05T12:40")),)


def test_a_person_list_may_lack_columns_and_hold_several_values_in_a_cell() -> None:
    table = a_workbook(
        ("Name", "Alias", "Born", "Organisation", "Since"),
        ("Ann Otter", "Annie; Anna O.", date(1961, 5, 2), "Harbour Co", 1989),
        ("Ben Otter",),
    )
    first, second = mapped(rows(table, "people.xlsx"), saved_mapping("persons"))
    assert first.records[0].key == "row 2:person"
    assert first.records[0].statements == (
        ("name", "Ann Otter"),
        ("alias", "Annie"),
        ("alias", "Anna O."),
        ("birthDate", "1961-05-02"),
    )
    assert first.links == (MappedLink("row 2:person", "membership", "Organization:harbour co", Held("1989", "")),)
    assert len(second.records) == 1


@pytest.mark.parametrize("name", saved_mappings())
def test_every_mapping_that_comes_with_the_program_speaks_the_vocabulary(name: str) -> None:
    mapping = saved_mapping(name)
    assert {record.schema for record in mapping.records} <= SCHEMATA.keys()
    assert {prop for record in mapping.records for _, prop in record.columns} <= PROPERTIES.keys() - LINKS
    assert {link.prop for link in mapping.links} <= LINKS


@pytest.mark.parametrize(
    ("text", "delimiter", "charset"),
    [
        ("name;born\nAnn, the elder;1961\nBen;1962\n", ";", "utf-8"),
        ("name\tborn\nJosé Núñez llegó\t1961\n", "\t", "latin-1"),
        ("name|born\nŁucja|1961\n", "|", "utf-16"),
        ('name,born\n"Ann ""A"" Otter,\nthe elder",1961\n', ",", "utf-8-sig"),
        ("name,born\n" + "Ann,1961\n" * 9000 + "José,1961\n", ",", "cp1252"),
    ],
    ids=["semicolon", "tab", "bar", "quoted", "late accent"],
)
def test_separator_and_character_set_are_found(text: str, delimiter: str, charset: str) -> None:
    found = list(rows(text.encode(charset), "people.csv"))
    assert all(set(each.values) == {"name", "born"} for each in found)
    assert found[-1].values["name"] in {"Ben", "José Núñez llegó", "Łucja", 'Ann "A" Otter, the elder', "José"}


def test_a_bad_value_names_row_and_column_and_the_rest_goes_on() -> None:
    table = "name,born\n" + "Ann,1961\n" * 15 + "Ben,31/02/1990\nCat,1990\nDan,1990,extra\nEve,1991\n"
    refused: list[RowError] = []
    done = list(mapped(rows(table.encode(), "people.csv"), saved_mapping("persons"), refused.append))
    assert str(refused[0]) == 'row 17, column "born": "31/02/1990" is no date; use YYYY-MM-DD or leave empty'
    assert str(refused[1]).startswith("row 19: has more cells than the header's 2")
    assert [each.number for each in done] == [*range(2, 17), 18, 20]
    with pytest.raises(RowError, match="row 17"):
        list(mapped(rows(table.encode(), "people.csv"), saved_mapping("persons")))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2024-03-05,AB1,Leith,95,0,", 'column "latitude": "95" is no latitude'),
        ("2024-03-05,AB1,Leith,x,0,", 'column "latitude": "x" is no latitude'),
        ("2024-03-05,AB1,Leith,1,nan,", 'column "longitude": "nan" is no longitude'),
        ("yesterday,AB1,Leith,1,1,", 'column "time": "yesterday" is no date'),
    ],
)
def test_values_out_of_range_are_refused(line: str, message: str) -> None:
    table = f"time,plate,place,latitude,longitude,camera\n{line}\n"
    with pytest.raises(RowError) as caught:
        list(mapped(rows(table.encode(), "seen.csv"), saved_mapping("sightings")))
    assert message in str(caught.value)


def test_dates_are_read_in_the_order_that_the_mapping_names() -> None:
    mapping = load_mapping(
        'dates = "DD/MM/YYYY"\n[[records]]\nname = "p"\nschema = "Person"\ncolumns = { born = "birthDate" }\n'
    )
    table = b"born,x\n02/05/1961,\n1961-05-02,\n1961,\n02/05/1961 13:10,\n"
    found = [row.records[0].statements[0][1] for row in mapped(rows(table, "x.csv"), mapping)]
    assert found == ["1961-05-02", "1961-05-02", "1961", "1961-05-02T13:10"]


def test_a_table_without_a_needed_column_says_which() -> None:
    with pytest.raises(TableError, match='no column "callee", "time"; it has "caller", "to"'):
        list(mapped(rows(b"caller,to\n1,2\n", "calls.csv"), saved_mapping("calls")))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"name,name\n1,2\n", 'two columns called "name"'),
        (b'name,born\nAnn,"open\nBen,1\n', "row 2: cannot be read"),
        (b"name,born\n\0\1\2\3,1\n", "holds bytes that are no text"),
        (a_workbook(("a", "b"))[:2000], "is no whole workbook"),
        (an_archive(xl__workbook_dot_xml=b" " * 100_000_000), "unpacks to 95 MB"),
    ],
    ids=["empty", "twice", "open quote", "binary", "cut workbook", "bomb"],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        list(rows(content, "table"))


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from([b"", b"a,b\n", b"PK\x03\x04", b'a;b\n"']))
def test_arbitrary_bytes_are_rows_or_a_clear_error(content: bytes, beginning: bytes) -> None:
    with suppress(TableError):
        list(rows(beginning + content, "table"))


RECORD = '[[records]]\nname = "p"\nschema = "Person"\ncolumns = { name = "name" }\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 3", "is no TOML"),
        ("title = 'x'", "describes no record"),
        ("titel = 'x'", '"titel" is not understood'),
        (RECORD.replace("Person", "Persona"), '"Persona" is no schema'),
        (RECORD.replace('"name" }', '"nom" }'), '"nom" is no property'),
        (RECORD.replace('"name" }', '"called" }'), '"called" links two records'),
        (RECORD + RECORD, "two records of the mapping have one name"),
        (RECORD + '[[links]]\nleft = "p"\nprop = "met"\nright = "q"\n', 'no record is called "q"'),
        (RECORD + '[[links]]\nleft = "p"\nprop = "name"\nright = "p"\n', '"name" links nothing'),
        (RECORD + '[[links]]\nleft = "p"\nprop = "met"\nright = "p"\nseconds = "s"\n', 'add "at"'),
        ('dates = "backwards"\n' + RECORD, "dates"),
        ('records = "x"', "write records as"),
    ],
)
def test_a_mapping_that_makes_no_sense_says_where(text: str, message: str) -> None:
    with pytest.raises(MappingError) as caught:
        load_mapping(text)
    assert message in str(caught.value)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_a_clear_error(text: str) -> None:
    with suppress(MappingError):
        load_mapping(text)


class _Endless(io.RawIOBase):
    """A file of six thousand calls that exists only as it is read."""

    def __init__(self) -> None:
        self._lines = self._written()
        self._left = b""
        self._started = False

    def _written(self) -> Iterator[bytes]:
        yield b"time,caller,callee,seconds\n"
        for number in range(6_000):
            yield b"2024-03-05T12:40,0770090%04d,0770091%04d,60\n" % (number % 9973, number % 9901)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        assert (offset, whence) == (0, 0)
        self._lines, self._left = self._written(), b""
        return 0

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any writable buffer
        while len(self._left) < len(buffer) and (line := next(self._lines, b"")):
            self._left += line
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_a_long_table_is_never_held_in_memory() -> None:
    stream = io.BufferedReader(_Endless())
    tracemalloc.start()
    count = sum(len(row.links) for row in mapped(rows(stream, "calls.csv"), saved_mapping("calls")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 6_000
    assert peak < 2**20


def test_errors_of_tables_are_meant_for_people() -> None:
    assert issubclass(TableError, BadInputError)
    assert issubclass(MappingError, BadInputError)


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s'
    b"<sheetData>%s</sheetData></worksheet>"
)
HEADER = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
CELL = b'<row r="%s"><c r="%s2" t="inlineStr"><is><t>%s</t></is></c></row>'
XXE = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(23))
    + b"]>"
)


@pytest.mark.parametrize(
    "sheet",
    [
        XXE + SHEET % (b"", HEADER + CELL % (b"2", b"A", b"&x;")),
        LAUGHS + SHEET % (b"", HEADER + CELL % (b"2", b"A", b"&x;")),
        SHEET % (b"", HEADER + CELL % (b"999999999999", b"A", b"z")),
        SHEET % (b"", HEADER + CELL % (b"2", b"ZZZ", b"z")),
    ],
    ids=["XXE", "billion laughs", "endless rows", "endless columns"],
)
def test_a_hostile_workbook_is_refused(sheet: bytes) -> None:
    hostile = replaced(a_workbook(("name",)), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(TableError):
        list(rows(hostile, "people.xlsx"))


def test_what_a_sheet_claims_to_hold_does_not_count() -> None:
    sheet = SHEET % (b'<dimension ref="A1:XFD1048576"/>', HEADER + CELL % (b"2", b"A", b"Ann"))
    table = replaced(a_workbook(("name",)), "xl/worksheets/sheet1.xml", sheet)
    assert [row.values for row in rows(table, "people.xlsx")] == [{"name": "Ann"}]
