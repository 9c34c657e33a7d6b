"""The pages: a schedule for the other side waits for its release, is served, and is saved as it was sealed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256

import pytest

from leconfield.gate.release.state import found
from tests.desk.evidence.files import Bench, report, statement_of
from tests.desk.evidence.test_pages import Seat
from tests.gate.handing.courts import court, sealed
from tests.noninterference.desks import cheap_passwords
from tests.noninterference.pages import prepared

NOBODY = "0" * 32


@pytest.fixture(name="at")
def _at() -> Iterator[Bench]:
    with prepared(), cheap_passwords():
        yield court()


def _waiting(at: Bench) -> str:
    """The address of its page."""
    status, address = Seat(at, "emma").post(f"/evidence/{at.id}/release", {"schedule": "mg6c"})
    assert status == 303
    return address.partition("?")[0]


def test_a_schedule_is_served_by_forms_alone(at: Bench) -> None:
    emma, dee = Seat(at, "emma"), Seat(at, "dee")
    out = _waiting(at)
    which = out.rpartition("/")[2]
    assert "waits for its release" in emma.get(f"/evidence/{at.id}")
    assert "nothing leaves that is not sealed" in dee.get(out)
    sealed(at, found(at.view(), which).id)
    assert "Serve it" in dee.get(out)
    assert dee.post(out, {})[0] == 303
    page = emma.get(f"/evidence/{at.id}")
    assert "As it was released" in page
    assert "waits for its release" not in page
    assert "byte for byte" in emma.get(out)
    (issue,) = at.file().issues
    for ending, digest in issue.files:
        assert sha256(emma.bytes(f"{out}/{ending}")).hexdigest() == digest
    assert emma.status(f"{out}/pdf") == 404


@pytest.mark.parametrize("name", ["emma", "dee", "lea", "cas"])
def test_nobody_saves_or_serves_what_is_not_sealed(at: Bench, name: str) -> None:
    out, seat = _waiting(at), Seat(at, name)
    assert seat.post(out, {})[0] == 403
    for ending in ("docx", "csv"):
        assert seat.status(f"{out}/{ending}") == 403
    assert at.file().issues == ()


def test_what_is_sealed_is_saved_once_it_is_served_and_not_before(at: Bench) -> None:
    out = _waiting(at)
    sealed(at, found(at.view(), out.rpartition("/")[2]).id)
    assert Seat(at, "dee").status(f"{out}/docx") == 403


def test_a_wrong_form_keeps_what_was_typed(at: Bench) -> None:
    emma = Seat(at, "emma")
    at.serve()
    at.assess("report", at.file().assessments[0].item, "Another description of it.", confirmed="yes")
    status, page = emma.post(f"/evidence/{at.id}/release", {"schedule": "mg6c", "label": "SEQUIN"})
    assert status == 400
    assert "why the schedule that was served is voided" in page
    assert "SEQUIN" in page
    assert emma.post(f"/evidence/{at.id}/release", {"schedule": "mg6x"})[0] == 404


def test_what_is_hidden_and_what_never_was_answer_alike(at: Bench) -> None:
    emma = Seat(at, "emma")
    status, out = emma.post(f"/evidence/{at.id}/release", {"schedule": "mg6c", "label": "SEQUIN"})
    assert status == 303
    which = out.partition("?")[0].rpartition("/")[2]
    fay = Seat(at, "fay")
    for address in ("/evidence/out/{}", "/evidence/out/{}/csv"):
        answers = [fay.bytes(address.format(each)).decode().replace(each, "") for each in (which, NOBODY)]
        assert "Nothing waits here" in answers[0]
        assert answers[0] == answers[1]


def test_a_rebuilt_document_leaves_by_forms_alone_and_is_a_draft_inside(at: Bench) -> None:
    emma, dee, base = Seat(at, "emma"), Seat(at, "dee"), f"/evidence/{at.id}"
    filed = report(at.desk, "A lorry. It was cut open at Toddington in March, as a man said at the fence.")
    wording = {f"wording-{statement_of(at.view(), filed)}": "A lorry was cut open at Toddington in March."}
    assert emma.post(f"{base}/rebuild/{filed}", {"heading": "Note on a lorry", "reason": "mixed", **wording})[0] == 303
    (made,) = at.file().rebuilt
    assert b"DRAFT, not disclosed." in _unpacked(emma.bytes(f"{base}/rebuilt/{made.id}"))
    assert "Put it before the gate" not in emma.get(base)
    assert emma.post(f"{base}/rebuilt/{made.id}/release", {})[0] == 403
    at.assess("rebuilt", made.id, "A note on a lorry that was cut open.", confirmed="yes")
    assert "Put it before the gate" in emma.get(base)
    status, out = emma.post(f"{base}/rebuilt/{made.id}/release", {})
    assert status == 303
    out = out.partition("?")[0]
    assert "Waits at the gate" in emma.get(base)
    assert dee.status(f"{out}/docx") == 403
    sealed(at, found(at.view(), out.rpartition("/")[2]).id)
    assert "Disclose it" in dee.get(out)
    assert dee.post(out, {})[0] == 303
    assert sha256(emma.bytes(f"{out}/docx")).hexdigest() == made.digest
    assert "Disclosed" in emma.get(base)


def _unpacked(file: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return b"\n".join(archive.read(each) for each in archive.namelist())
