"""Screening a list: read whatever it is written in, recorded before it is answered, answered for him who asks."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield import app
from leconfield.errors import BadInputError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.registry.roster import Roster, asked_of, check_parts, read_lines, read_roster
from leconfield.registry.screen import answers, banner, csv_lines, record
from tests.ledger.desks import EMMA, ROB, desk, filed, look
from tests.noninterference.pages import Answer, Browser, prepared

TABLE = "surname,first name,DOB,phone\nCassell,Ray,1971,\nQuillfeather,Ebenezer,,\n,,,07700 900123\n"


def workbook(*rows: tuple[str | float, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("list", 0)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.encode("utf-16"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace("\n", "\r\n\r\n").encode(),
        workbook(*(tuple(line.split(",")) for line in TABLE.splitlines())),
    ],
)
def test_a_list_is_the_same_however_it_is_written(content: bytes) -> None:
    roster = read_roster(content, "list")
    parts = roster.guessed()
    assert parts == ("family", "given", "born", "phone")
    asked = [asked_of(row, parts) for row in roster.rows]
    assert [getattr(each, "words", each) for each in asked] == [
        "Ray Cassell; born 1971",
        "Ebenezer Quillfeather",
        "phone 07700 900123",
    ]


def test_a_list_of_names_without_a_head_is_all_names() -> None:
    roster = read_roster(b"Ray Cassell\nOona Tregenza\n", "names.csv")
    assert (roster.rows, roster.guessed()) == ((("Ray Cassell",), ("Oona Tregenza",)), ("question",))


def test_western_letters_and_dates_of_workbooks_are_read() -> None:
    assert read_roster("name\nJosé\n".encode("cp1252"), "x").rows == (("José",),)
    rows = read_roster(workbook(("name", "born"), ("Ray", 1971.0)), "x").rows
    assert rows == (("Ray", "1971"),)


def test_lines_keep_their_place_in_the_file() -> None:
    assert read_roster(b"name\n\nRay\n\n\nOona\n", "x").numbers == (3, 6)
    assert read_lines("\nRay, about 30, Luton\n\nOona\n", "x").rows == (("Ray, about 30, Luton",), ("Oona",))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for place in range(3):
            packed.writestr(f"xl/{place}.xml", b"\0" * (100 * 2**20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n , \n", "empty"),
        (b"name,born\n", "nobody below"),
        (b'name\n"Ray\n', "quotation marks"),
        (b"\x00\x01\x02", "bytes that are no text"),
        (b"PK\x03\x04 no workbook", "no whole workbook"),
        (b"PK\x03\x04" + b"\x00" * 50, "no whole workbook"),
        (("," * 300).encode() + b"x\n", "more than 200 cells"),
    ],
)
def test_a_hostile_list_gets_a_clear_error(content: bytes, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        read_roster(content, "list.csv")


def test_a_workbook_that_swells_is_refused() -> None:
    with pytest.raises(BadInputError, match="unpacks to more than"):
        read_roster(bomb(), "list.xlsx")


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        roster = read_roster(content, "list")
    except BadInputError:
        return
    assert all(len(row) == len(roster.heads) for row in roster.rows)
    for row in roster.rows:
        asked_of(row, roster.guessed())


def test_columns_that_find_nobody_are_refused() -> None:
    with pytest.raises(BadInputError, match="which column has the name"):
        check_parts(("born", ""), ("a", "b"))
    with pytest.raises(BadInputError, match="no part of a question"):
        check_parts(("shoe size",), ("a",))


def house() -> Desk:
    made = desk()
    for each in (ROB, EMMA):
        draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
        made.append(accounts.KEEPER, [draft])
    filed(made, ROB, "Ray Cassell. Seen at the lorry park.", "S")
    filed(made, ROB, "Oona Tregenza. A source.", "S&AGENTS")
    return made


NAMES = Roster("list", "0" * 64, ("name",), (("Oona Tregenza",), ("Ray Cassell",), ("=Ebenezer()",)), (2, 3, 4))


def screened(at: Desk, roster: Roster = NAMES) -> list[tuple[int, str, str]]:
    view = record(at, EMMA, None, roster, ("name",), "a reason")
    return [(each.row, each.words, each.verdict) for each in answers(view, at.clock(), roster, ("name",), top=1)]


def test_each_row_is_answered_from_what_he_may_see() -> None:
    assert screened(house()) == [
        (2, "Oona Tregenza", "no recorded trace"),
        (3, "Ray Cassell", "known"),
        (4, "=Ebenezer()", "no recorded trace"),
    ]


def test_every_row_is_in_the_audit_before_the_first_is_answered(tmp_path: Path) -> None:
    at = house()
    many = Roster(
        "list", "0" * 64, ("name",), tuple((f"Person Number{place}",) for place in range(500)), tuple(range(500))
    )
    before = at.checkpoint()
    record(at, EMMA, None, many, ("name",), "a reason")
    assert at.checkpoint() != before
    at.publish_audit(tmp_path)
    kept = b"".join(each.read_bytes() for each in sorted(tmp_path.rglob("*")) if each.is_file())
    assert all(f"Person Number{place}".encode() in kept for place in range(500))
    assert kept.count(b"sha256:" + b"0" * 64) >= 10
    assert b"a reason" in kept


def test_the_answers_go_out_under_a_banner_and_compute_nothing() -> None:
    at = house()
    view = look(at, EMMA)
    found = list(answers(view, at.clock(), NAMES, ("name",), top=1))
    rows = list(csv.reader(io.StringIO("".join(csv_lines(banner(view, NAMES, "2026-03-02T09:00:00Z"), found)))))
    assert rows[0][0].startswith("SECRET · SEQUIN · screened for emma on 2026-03-02 09:00 UTC")
    assert [(row[0], row[1]) for row in rows[2:]] == [
        ("2", "Oona Tregenza"),
        ("3", "Ray Cassell"),
        ("4", "'=Ebenezer()"),
    ]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with prepared():
        yield Browser(app.site(house()), "emma")


def hand_over(browser: Browser, names: str) -> Answer:
    page = browser.post("/screening/preview", {"names": names})[2].decode()
    token = re.search('name="token" value="([^"]+)"', page)
    assert token
    return browser.post("/screening/run", {"token": token[1], "column-0": "question", "why": "the port"})


def test_a_list_is_handed_over_answered_filtered_saved_and_forgotten(browser: Browser) -> None:
    assert hand_over(browser, "Ray Cassell\nEbenezer Quillfeather\n")[0] == 303
    page = browser.get("/screening/answers")[2].decode()
    assert page.index("Ray Cassell") < page.index("Ebenezer Quillfeather")
    page = browser.get("/screening/answers?verdict=no+recorded+trace")[2].decode()
    assert "Ray Cassell" not in page
    status, headers, content = browser.get("/screening/answers.csv")
    assert (status, content.decode().count("\r\n")) == (200, 4)
    assert dict(headers)[b"content-disposition"] == b'attachment; filename="screening.csv"'
    assert browser.post("/screening/drop", {})[0] == 303
    assert browser.get("/screening/answers")[0] == 404


def test_a_long_list_is_answered_some_rows_at_a_time(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leconfield.registry.pages_screening.SLICE", 2)
    hand_over(browser, "Ray Cassell\nOona\nX Y\n")
    assert "2 of 3 rows answered" in browser.get("/screening/answers")[2].decode()
    assert browser.get("/screening/answers.csv")[0] == 403
    assert "rows answered" not in browser.get("/screening/answers")[2].decode()
    assert browser.get("/screening/answers.csv")[0] == 200


def test_answers_are_asked_again_for_another_day(browser: Browser) -> None:
    hand_over(browser, "Ray Cassell\n")
    assert "known" in browser.get("/screening/answers")[2].decode()
    assert "Nobody" not in browser.get("/screening/answers?as_of=2020")[2].decode()
    page = browser.get("/screening/answers")[2].decode()
    assert "nobody" in page


@pytest.mark.parametrize("names", ["", " \n "])
def test_nothing_handed_over_says_so(browser: Browser, names: str) -> None:
    status, _, page = browser.post("/screening/preview", {"names": names})
    assert status == 400
    assert b"Nothing was asked yet" in page


def test_a_list_needs_a_reason_and_a_name(browser: Browser) -> None:
    page = browser.post("/screening/preview", {"names": "Ray Cassell"})[2].decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    for fields in ({"column-0": "question", "why": ""}, {"column-0": "", "why": "x"}, {"column-0": "shoe", "why": "x"}):
        assert browser.post("/screening/run", {"token": token, **fields})[0] == 400
    assert browser.post("/screening/run", {"token": "another", "column-0": "question", "why": "x"})[0] == 404
