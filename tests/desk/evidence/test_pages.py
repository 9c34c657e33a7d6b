"""The pages: a case made ready for court by forms alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest

from leconfield import app
from leconfield.desk.investigations import service as investigations
from leconfield.ledger import accounts
from tests.desk.evidence.files import ANN, PRODUCED, Bench, bench, report, statement_of
from tests.ledger.desks import EMMA
from tests.noninterference.pages import Browser, Fields, prepared


class Seat:
    """Somebody who is signed in."""

    def __init__(self, at: Bench, name: str) -> None:
        self._browser = Browser(app.site(at.desk), name)

    def get(self, address: str) -> str:
        status, _, body = self._browser.get(address)
        assert status == 200, body.decode()
        return unescape(body.decode())

    def status(self, address: str) -> int:
        return self._browser.get(address)[0]

    def bytes(self, address: str) -> bytes:
        return self._browser.get(address)[2]

    def post(self, address: str, fields: Fields) -> tuple[int, str]:
        status, headers, body = self._browser.post(address, fields)
        return status, unescape(dict(headers).get(b"location", body).decode())


@pytest.fixture(name="at")
def _at() -> Iterator[Bench]:
    with prepared():
        made = bench(heading="")
        for each in (ANN, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, ())
            made.desk.append(accounts.KEEPER, [draft])
        yield made


_SAID = {"relevant": "yes", "sensitive": "no", "reason": "it may help", "description": "Note of a sale"}


def test_a_case_is_made_ready_for_court_by_forms_alone(at: Bench) -> None:
    emma, base = Seat(at, "emma"), f"/evidence/{at.id}"
    filed = report(at.desk, "Ada. She sold timers to a man.")
    investigations.link(at.desk, at.view(), at.id, kind="report", target=filed, reason="the timers")
    assert "Not assessed yet, 1" in emma.get(base)
    done = {
        f"{base}/head": {"heading": "R v Cassell", "parties": "Ray Cassell"},
        f"{base}/assess": {"kind": "report", "item": filed, **_SAID},
        f"{base}/exhibit": {**PRODUCED, "number": "EM/1", "report": filed},
        f"{base}/release": {"schedule": "mg6c"},
        f"{base}/rebuild/{filed}": {
            "heading": "Note of a purchase",
            f"wording-{statement_of(at.view(), filed)}": "A woman sold timers.",
            "reason": "the rest would show who spoke",
        },
    }
    for address, fields in done.items():
        assert emma.post(address, fields)[0] == 303, emma.post(address, fields)
    page = emma.get(base)
    for words in (
        "R v Cassell",
        "EM/1",
        "Note of a sale",
        "waits for its release",
        "Note of a purchase",
        "Assessed, 1",
    ):
        assert words in page, words
    assert "R v Cassell" in emma.get("/evidence")
    assert at.file().issues == ()
    rebuilt = at.file().rebuilt[0].id
    assert b"Note of a sale" in emma.bytes(f"{base}/draft/mg6c.csv")
    for address in (f"{base}/draft/mg6c.docx", f"{base}/draft/mg6d.docx", f"{base}/rebuilt/{rebuilt}"):
        assert zipfile.is_zipfile(io.BytesIO(emma.bytes(address))), address


def test_the_schedule_for_the_prosecutor_is_served_inside_and_the_other_is_not(at: Bench) -> None:
    emma, base = Seat(at, "emma"), f"/evidence/{at.id}"
    filed, other = report(at.desk, "Ada. She sold timers."), report(at.desk, "Ben. He told us.")
    secret = {"sensitive": "yes", "ground": "source", "prejudice": "he would be known at once"}
    for address, fields in (
        ("head", {"heading": "R v Cassell"}),
        ("assess", {"kind": "report", "item": filed, **_SAID}),
        ("assess", {"kind": "report", "item": other, **_SAID, **secret, "description": "Note of a meeting"}),
        ("serve", {"schedule": "mg6d"}),
    ):
        assert emma.post(f"{base}/{address}", fields)[0] == 303, address
    page = emma.get(base)
    assert "never goes to the defence" in page
    assert "put MG6D before the gate" not in page
    (issue,) = at.file().issues
    assert b"Note of a meeting" in emma.bytes(f"{base}/served/{issue.id}.csv")
    assert emma.post(f"{base}/serve", {"schedule": "mg6c"})[0] == 403
    assert emma.post(f"{base}/release", {"schedule": "mg6d"})[0] == 403
    left = at.serve()
    for ending in ("csv", "docx"):
        assert emma.status(f"{base}/served/{left}.{ending}") == 403


def test_a_broken_continuity_is_told_in_red_on_every_page(at: Bench) -> None:
    emma = Seat(at, "emma")
    which = at.exhibit()
    base = f"/evidence/{at.id}/exhibits/{which}"
    handed = {"giver": "Somebody", "taker": "The lab", "given": "2026-03-01T12:00", "reason": "to be looked at"}
    assert emma.post(f"{base}/hand", handed)[0] == 303
    assert emma.post(f"{base}/verify", {})[0] == 303
    page = emma.get(base)
    assert "Continuity is broken." in page
    assert "nobody says how it came to Somebody" in page
    assert "the same" in page
    assert "broken in 1" in emma.get("/evidence")
    assert "continuity broken" in emma.get(f"/evidence/{at.id}")
    assert emma.bytes(f"{base}/file") == b"a receipt"


def test_what_was_typed_is_kept_with_what_is_wrong(at: Bench) -> None:
    emma, base = Seat(at, "emma"), f"/evidence/{at.id}"
    filed = report(at.desk, "Ada. She sold timers.")
    status, page = emma.post(f"{base}/assess", {"kind": "report", "item": filed, **_SAID, "description": "By HERON"})
    assert status == 400
    assert "a source is known by this word" in page
    assert "By HERON" in page
    assert emma.post(f"{base}/exhibit", {**PRODUCED})[0] == 400
    assert emma.post(f"{base}/exhibits/{at.exhibit()}/hand", {"taker": ""})[0] == 400
    assert emma.post(f"{base}/rebuild/{filed}", {"heading": "x"})[0] in (400, 403, 409)


def test_intercept_stands_apart_and_cannot_be_assessed(at: Bench) -> None:
    emma, base = Seat(at, "emma"), f"/evidence/{at.id}"
    heard = report(at.desk, "Ray. He said so.", channel="intercept", source="LARCH")
    investigations.link(at.desk, at.view(), at.id, kind="report", target=heard, reason="the call")
    page = emma.get(base)
    assert "On no schedule" in page
    assert "Not assessed yet" not in page
    status, words = emma.post(f"{base}/assess", {"kind": "report", "item": heard, **_SAID})
    assert status >= 400
    assert "intercept" in words
    assert emma.status(f"{base}/rebuild/{heard}") >= 400


def test_what_is_hidden_and_what_never_was_answer_alike(at: Bench) -> None:
    ann, base = Seat(at, "ann"), f"/evidence/{at.id}"
    hidden = at.exhibit(label="SEQUIN")
    for address in ("exhibits/{}", "exhibits/{}/file", "rebuild/{}", "rebuilt/{}", "served/{}.docx"):
        answers = [
            ann.bytes(f"{base}/{address.format(each)}").decode().replace(each, "") for each in (hidden, "0" * 32)
        ]
        assert answers[0] == answers[1], address
    assert ann.status(f"{base}/draft/mg6x.docx") == 404
    assert ann.status(f"{base}/draft/mg6c.pdf") == 404
    assert "RP/1" not in ann.get(base)


def test_the_past_shows_what_was_kept_then_and_takes_no_acts(at: Bench) -> None:
    emma = Seat(at, "emma")
    which = at.exhibit()
    page = emma.get(f"/evidence/{at.id}/exhibits/{which}?as_of=2099-01-01")
    assert "Hand over" not in page
    assert "RP/1" in page
