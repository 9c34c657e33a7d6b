"""A table over the form: shown as it was understood, loaded when that is confirmed, and by nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from leconfield import app
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.ledger.desks import EMMA, ROB, desk, look
from tests.noninterference.pages import Answer, Browser, prepared

CSV = "name,born,organisation,since\n" + "".join(f"Ray Cassell{n},19{n + 10},Harbour Freight,2025\n" for n in range(12))
FTM = '{"id": "p1", "schema": "Person", "properties": {"name": ["Ray Cassell"]}}\n{\n'


class Office:
    """A desk with two officers, and the browser of the first."""

    def __init__(self) -> None:
        self.desk: Desk = desk()
        for each in (ROB, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
            self.desk.append(accounts.KEEPER, [draft])
        self.site = app.site(self.desk)
        self.rob = Browser(self.site, "rob")

    def hand_over(self, content: str = CSV, name: str = "a.csv", **fields: str) -> Answer:
        typed = {"csrf": self.rob.csrf, "mapping": "persons", "source": "HEATHER", "grade": "B2", "label": "S"}
        return self.rob._ask("POST", "/file/preview", "", *multipart({**typed, **fields}, name, content))

    def confirm(self, token: str) -> Answer:
        return self.rob.post("/file/table", {"token": token})


def multipart(fields: dict[str, str], name: str, content: str) -> tuple[bytes, str]:
    parts = [
        f'--cut\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    if name:
        parts.append(f'--cut\r\ncontent-disposition: form-data; name="table"; filename="{name}"\r\n\r\n{content}\r\n')
    return ("".join(parts) + "--cut--\r\n").encode(), "multipart/form-data; boundary=cut"


def token_in(answer: Answer) -> str:
    found = re.search(rb'name="token" value="([^"]+)"', answer[2])
    assert found is not None
    return found[1].decode()


@pytest.fixture
def office() -> Iterator[Office]:
    with prepared():
        yield Office()


def test_the_first_ten_rows_are_shown_as_they_were_understood_and_nothing_is_loaded(office: Office) -> None:
    status, _, body = office.hand_over()
    page = body.decode()
    assert status == 200
    assert "person: name Ray Cassell9, born 1919" in page
    assert "Ray Cassell0 member of Harbour Freight (since 2025)" in page
    assert "Ray Cassell10" not in page
    assert look(office.desk, ROB).reports() == []


def test_the_whole_table_is_loaded_when_that_is_confirmed_and_once(office: Office) -> None:
    token = token_in(office.hand_over())
    status, headers, _ = office.confirm(token)
    (report,) = look(office.desk, ROB).reports()
    assert (status, dict(headers)[b"location"].decode()) == (303, f"/reports/{report.id}")
    assert (report.source, str(report.grade), report.label) == ("HEATHER", "B2", "S")
    assert len(look(office.desk, ROB).statements(prop="birthDate")) == 12
    assert office.confirm(token)[0] == 404


def test_entities_are_shown_and_loaded_without_their_bad_lines(office: Office) -> None:
    answer = office.hand_over(FTM, "a.ftm.jsonl", mapping="ftm")
    assert b"person: name Ray Cassell" in answer[2]
    assert office.confirm(token_in(answer))[0] == 303
    assert len(look(office.desk, ROB).reports()) == 1
    assert "1 of 2 lines were left out" in look(office.desk, ROB).entries(kind="quarantined")[0].body["reason"]


def test_nobody_else_can_load_what_waits(office: Office) -> None:
    token = token_in(office.hand_over())
    emma = Browser(office.site, "emma")
    assert emma.post("/file/table", {"token": token})[0] == 404
    assert office.confirm("another")[0] == 404
    assert look(office.desk, ROB).reports() == []


def test_a_bad_row_further_down_refuses_the_whole_table(office: Office) -> None:
    status, _, body = office.confirm(token_in(office.hand_over(CSV + "Ada Brook,soon,,\n")))
    assert status == 400
    assert "ow 14, column" in body.decode()
    assert look(office.desk, ROB).reports() == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": ""}, "Choose a table."),
        ({"source": " "}, "Say which source"),
        ({"grade": "Z9"}, "Z9"),
        ({"label": "S&NOBODY"}, "would hide this from you"),
        ({"mapping": "boats"}, "no mapping is called"),
        ({"mapping": "calls"}, "the table has no column"),
        ({"content": "name,born\n"}, "has no rows"),
        ({"content": "name,born\nRay,soon\n"}, "is no date"),
        ({"content": FTM, "name": "a.ftm.jsonl"}, "choose the mapping"),
        ({"content": "nonsense", "mapping": "ftm"}, "has no rows"),
    ],
)
def test_errors_keep_what_was_typed(office: Office, fields: dict[str, str], fault: str) -> None:
    status, _, body = office.hand_over(**{"source": "KESTREL", **fields})
    assert (status, fault in body.decode()) == (400, True)
    assert "KESTREL" in body.decode() or fields.get("source")
    assert b"/file/table" not in body


def test_the_form_is_where_reports_are_filed(office: Office) -> None:
    status, _, body = office.rob.get("/file")
    assert (status, b"/file/preview" in body, b"Call records" in body) == (200, True, True)
    assert office.rob.post("/file", {"title": "", "text": "", "source": "", "grade": "Z9", "label": ""})[0] == 400
