"""A rebuilt document goes to the other side by a sealed release over its very bytes; by nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest

from leconfield.desk.evidence import InterceptError
from leconfield.desk.evidence.disclosing import rebuild
from leconfield.desk.evidence.model import DISCLOSED, Rebuilt
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.gate.handing import court as way
from leconfield.gate.handing import documents
from leconfield.gate.release import service as releasing
from leconfield.gate.release.model import State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.drafts import Draft
from tests.desk.evidence.files import Bench, report, statement_of
from tests.gate.handing.courts import DISCLOSURE, KEEPER, OPEN, court, sealed
from tests.ledger.desks import EMMA, START, look

HEARD = "A lorry. It was cut open at Toddington in March, and we were told so by a man who was standing at the fence."


def case(*, assessed: bool = True) -> tuple[Bench, str]:
    """A case with a document that was rebuilt of a mixed report; what it says, a newspaper says, too."""
    at = court()
    filed = report(at.desk, HEARD)
    said = {statement_of(at.view(), filed): "A lorry was cut open at Toddington in March."}
    which = rebuild(
        at.desk, at.view(), at.id, report=filed, heading="Note on a lorry", wordings=said, reason="mixed", label=""
    )
    if assessed:
        at.assess("rebuilt", which, "A note on a lorry that was cut open at Toddington.", confirmed="yes")
    return at, which


def made(at: Bench) -> Rebuilt:
    (found_here,) = at.file().rebuilt
    return found_here


def test_a_document_waits_is_sealed_and_leaves_as_it_was_rebuilt() -> None:
    at, which = case()
    release = documents.prepare(at.desk, at.view(), at.id, which)
    content = found(at.view(), release).content
    assert (content.form, content.audience, content.title) == ("sanitised-report", "court", "Note on a lorry")
    assert [each.digest for each in content.members] == [made(at).digest]
    with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
        way.let_go(at.desk, look(at.desk, DISCLOSURE), release)
    sealed(at, release)
    with pytest.raises(RefusedError, match="has not left yet"):
        way.given_out(at.desk, at.view(), release, "docx")
    way.let_go(at.desk, look(at.desk, DISCLOSURE), release)
    assert made(at).disclosed
    assert sha256(way.given_out(at.desk, at.view(), release, "docx")).hexdigest() == made(at).digest
    assert found(at.view(), release).state is State.PUBLISHED
    before = len(at.view().entries())
    way.let_go(at.desk, look(at.desk, DISCLOSURE), release)
    assert len(at.view().entries()) == before
    with pytest.raises(NotFoundError, match="saved as docx"):
        way.given_out(at.desk, at.view(), release, "csv")


def test_only_what_was_assessed_as_relevant_and_not_sensitive_is_put_before_the_gate() -> None:
    at, which = case(assessed=False)
    with pytest.raises(RefusedError, match="assessed"):
        documents.prepare(at.desk, at.view(), at.id, which)
    at.sensitive("rebuilt", which)
    with pytest.raises(RefusedError, match="not sensitive"):
        documents.prepare(at.desk, at.view(), at.id, which)
    with pytest.raises(NotFoundError):
        documents.prepare(at.desk, at.view(), at.id, "0" * 32)


def test_what_was_found_to_be_sensitive_since_does_not_leave_though_it_is_sealed() -> None:
    at, which = case()
    release = documents.prepare(at.desk, at.view(), at.id, which)
    sealed(at, release)
    at.sensitive("rebuilt", which)
    with pytest.raises(RefusedError, match="not sensitive"):
        way.let_go(at.desk, look(at.desk, DISCLOSURE), release)
    assert found(at.view(), release).state is State.SEALED


def test_what_was_found_to_rest_on_intercept_since_does_not_leave() -> None:
    at, which = case()
    release = documents.prepare(at.desk, at.view(), at.id, which)
    sealed(at, release)
    report(at.desk, HEARD, channel="intercept", source="LARCH")
    with pytest.raises(RefusedError, match="intercept"):
        way.let_go(at.desk, look(at.desk, DISCLOSURE), release)
    with pytest.raises(InterceptError):
        documents.prepare(at.desk, at.view(), at.id, which)


def test_another_file_in_the_release_is_not_the_document() -> None:
    at, which = case()
    release = documents.prepare(at.desk, at.view(), at.id, which)
    releasing.edit(at.desk, at.view(), release, {"text.txt": ("text/plain", f"{OPEN}\n".encode())}, title="A note")
    sealed(at, release)
    with pytest.raises(RefusedError, match="another file than was prepared"):
        way.let_go(at.desk, look(at.desk, DISCLOSURE), release)


def test_what_was_withdrawn_is_not_given_out_and_may_be_put_before_the_gate_anew() -> None:
    at, which = case()
    release = documents.prepare(at.desk, at.view(), at.id, which)
    sealed(at, release)
    way.let_go(at.desk, look(at.desk, DISCLOSURE), release)
    with pytest.raises(RefusedError, match="left already"):
        documents.prepare(at.desk, at.view(), at.id, which)
    releasing.take(at.desk, look(at.desk, DISCLOSURE), release, Step.WITHDRAW, reason="The wrong case.")
    with pytest.raises(RefusedError, match="withdrawn"):
        way.given_out(at.desk, at.view(), release, "docx")
    again = documents.prepare(at.desk, at.view(), at.id, which)
    assert made(at).release == again
    assert not made(at).disclosed


def test_a_row_that_says_it_was_disclosed_gives_no_bytes_away() -> None:
    at, which = case()
    release = documents.prepare(at.desk, at.view(), at.id, which)
    body = {"rebuilt": which, "release": release}
    at.desk.append(EMMA, [Draft(DISCLOSED, made(at).label, about=at.id, body=body)])
    with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
        way.given_out(at.desk, at.view(), release, "docx")


def test_whoever_may_not_publish_for_the_court_lets_nothing_go_and_nobody_does_in_the_past() -> None:
    at, which = case()
    with pytest.raises(LeconfieldError, match="past"):
        documents.prepare(at.desk, look(at.desk, EMMA, START), at.id, which)
    release = documents.prepare(at.desk, at.view(), at.id, which)
    sealed(at, release)
    with pytest.raises(RefusedError, match=r"disclosure.officer"):
        way.let_go(at.desk, look(at.desk, KEEPER), release)
    assert not made(at).disclosed
