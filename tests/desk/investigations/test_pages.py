"""The pages: a case worked from its opening to its closing, by forms alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from leconfield import app
from leconfield.desk.investigations import investigation_in
from leconfield.ledger import accounts
from tests.desk.investigations.cases import ANN, House, house, report
from tests.ledger.desks import EMMA
from tests.noninterference.pages import Browser, Fields, prepared
from tests.printing.papers import flat, pages_of


class Seat:
    """Somebody who is signed in."""

    def __init__(self, at: House, name: str) -> None:
        self._browser = Browser(app.site(at.desk), name)

    def get(self, address: str) -> str:
        status, _, body = self._browser.get(address)
        assert status == 200, body.decode()
        return body.decode()

    def status(self, address: str) -> int:
        return self._browser.get(address)[0]

    def bytes(self, address: str) -> bytes:
        return self._browser.get(address)[2]

    def post(self, address: str, fields: Fields) -> tuple[int, str]:
        status, headers, body = self._browser.post(address, fields)
        return status, dict(headers).get(b"location", body).decode()


@pytest.fixture(name="at")
def _at() -> Iterator[House]:
    with prepared():
        made = house()
        for each in (ANN, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, ())
            made.desk.append(accounts.KEEPER, [draft])
        yield made


def test_a_case_is_worked_by_forms_alone(at: House) -> None:
    emma = Seat(at, "emma")
    filed = report(at)
    status, onward = emma.post(
        "/investigations", {"title": "Timers", "reason": "Heron", "label": "S", "reports": filed}
    )
    assert status == 303
    base = onward.partition("?")[0]
    done = {
        f"{base}/priority": {"priority": "P1", "reason": "timers", "reviewer": "ann"},
        f"{base}/action": {"words": "Trace the van", "owner": "ann", "due": "2026-03-04"},
        f"{base}/decide": {"what": "Ask for a warrant", "why": "He has timers", "rests": filed},
        f"{base}/note": {"words": "Ask the mill"},
        f"{base}/hypotheses/hypothesis": {"words": "An attack on the mill"},
        f"{base}/hypotheses/evidence": {"words": "He bought timers", "report": filed},
    }
    for address, fields in done.items():
        assert emma.post(address, fields)[0] == 303, address
    page = emma.get(base)
    for words in ("Timers", "P1", "not reviewed yet", "Trace the van", "Ask for a warrant", "Ask the mill", "A report"):
        assert words in page
    assert "An attack on the mill" in emma.get(f"{base}/hypotheses")
    assert Seat(at, "ann").post(f"{base}/review", {"verdict": "agreed", "reason": "plainly"})[0] == 303
    assert "plainly" in emma.get(base)


def test_cells_are_weighed_one_after_the_other(at: House) -> None:
    emma = Seat(at, "emma")
    base = f"/investigations/{at.id}/hypotheses"
    for words in ("An attack", "A theft"):
        emma.post(f"{base}/hypothesis", {"words": words})
    emma.post(f"{base}/evidence", {"words": "He bought timers"})
    address = re.findall(r'main-act" href="([^"]+)"', emma.get(base))[0].replace("&amp;", "&")
    for _ in range(2):
        cell = dict(re.findall(r'name="(evidence|hypothesis)" value="(\w+)"', emma.get(address.partition("#")[0])))
        _, address = emma.post(f"{base}/weigh", {**cell, "mark": "consistent", "reason": "x", "onward": "next"})
    assert address == base
    assert "Weigh the next" not in emma.get(base)


def test_what_is_wrong_is_said_beside_what_was_typed(at: House) -> None:
    emma = Seat(at, "emma")
    for doing, fields, fault in (
        ("action", {"words": "Trace the van", "owner": "ann", "due": "soon-ish, please"}, "no date"),
        ("decide", {"what": "Trace the van", "why": ""}, "missing"),
        ("hypotheses/evidence", {"words": "Trace the van" + 600 * "x"}, "characters"),
    ):
        status, page = emma.post(f"/investigations/{at.id}/{doing}", fields)
        assert status == 400
        assert fault in page
        assert "Trace the van" in page
    status, page = emma.post("/investigations", {"title": "Timers", "reason": "", "label": "S"})
    assert (status, 'value="Timers"' in page) == (400, True)


def test_a_hidden_investigation_and_one_that_never_was_are_answered_alike(at: House) -> None:
    hidden = house("SEQUIN")
    draft = accounts.enrolling(ANN.name, ANN.persona, "a long password", ANN.tokens, ())
    hidden.desk.append(accounts.KEEPER, [draft])
    ann = Seat(hidden, "ann")
    for ending in ("", "/hypotheses", "/file.pdf"):
        answers = [ann.bytes(f"/investigations/{each}{ending}") for each in (hidden.id, "0" * 32)]
        assert answers[0].replace(hidden.id.encode(), b"") == answers[1].replace(b"0" * 32, b"")
    assert hidden.id not in ann.get("/grid") + ann.get("/investigations")


def test_the_case_file_prints_everything_the_reader_may_know(at: House) -> None:
    emma = Seat(at, "emma")
    filed = report(at, label="S&SEQUIN")
    emma.post(f"/investigations/{at.id}/decide", {"what": "Ask for a warrant", "why": "Timers", "rests": filed})
    emma.post(f"/investigations/{at.id}/note", {"words": "Иван Петров was there"})
    words = flat(" ".join(pages_of(emma.bytes(f"/investigations/{at.id}/file.pdf"))))
    for each in ("The mill", "Ask for a warrant", "Иван Петров", "page 1 of", "Emma, investigator", filed):
        assert each in words
    for_ann = flat(" ".join(pages_of(Seat(at, "ann").bytes(f"/investigations/{at.id}/file.pdf"))))
    assert "Иван Петров" in for_ann
    assert "warrant" not in for_ann
    assert emma.bytes(f"/investigations/{at.id}/file.docx")[:2] == b"PK"
    assert emma.status(f"/investigations/{at.id}/file.exe") == 404


def test_the_grid_shows_the_gravest_first_with_what_changed_is_due_and_who_decides(at: House) -> None:
    emma = Seat(at, "emma")
    emma.post(f"/investigations/{at.id}/action", {"words": "Trace the van", "owner": "ann", "due": "2026-03-04"})
    _, onward = emma.post("/investigations", {"title": "Timers", "reason": "Heron", "label": "S"})
    emma.post(f"{onward.partition('?')[0]}/priority", {"priority": "P1", "reason": "timers", "reviewer": "ann"})
    page = emma.get("/grid")
    assert page.index("Timers") < page.index("The mill")
    for words in ("the priority P1 is not reviewed", "Trace the van", "1 new action", "emma opened the investigation"):
        assert words in page
    for size in ("A4", "A3"):
        words = flat(" ".join(pages_of(emma.bytes(f"/grid.pdf?size={size}"))))
        assert words.index("Timers") < words.index("The mill")
        assert "Trace the van" in words


def test_the_grid_of_an_earlier_day_is_that_days(at: House) -> None:
    emma = Seat(at, "emma")
    assert "No investigation is open" in emma.get("/grid?as_of=2026-03-01")
    assert "Set an action" not in emma.get(f"/investigations/{at.id}?as_of=2026-03-03")
    status, words = emma.post(f"/investigations/{at.id}/note", {"words": "x"})
    assert status in (303, 403), words


def test_a_subjects_page_says_which_investigations_it_belongs_to(at: House) -> None:
    emma = Seat(at, "emma")
    report(at)
    subject = next(iter(at.view().world.by_subject))
    assert "Open an investigation" in emma.get(f"/subjects/{subject}")
    emma.post(f"/investigations/{at.id}/link", {"kind": "subject", "target": subject, "reason": "named"})
    assert "In the investigation" in emma.get(f"/subjects/{subject}")
    assert len(investigation_in(at.view(), at.id).links) == 1


def test_evidence_is_offered_the_reports_of_the_case(at: House) -> None:
    emma = Seat(at, "emma")
    filed = report(at)
    form = f"/investigations/{at.id}/hypotheses?do=evidence"
    assert filed not in emma.get(form)
    emma.post(f"/investigations/{at.id}/link", {"kind": "report", "target": filed, "reason": "named"})
    assert f'<option value="{filed}">A report (HEATHER, F6)</option>' in emma.get(form)
