"""A file for a partner leaves by a sealed release, as it was approved, with one receipt; by nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest

from leconfield.desk.exchange.model import FORMATS
from leconfield.desk.exchange.state import Receipts
from leconfield.errors import NotFoundError, RefusedError
from leconfield.gate.handing import service
from leconfield.gate.handing.model import FORM
from leconfield.gate.handing.state import Handing, prepared
from leconfield.gate.release import judging
from leconfield.gate.release import service as releasing
from leconfield.gate.release.model import Colour, State, Step
from leconfield.gate.release.state import found, releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from tests.desk.exchange.partners import RAY
from tests.gate.handing.partners import KEEPER, LIAISON, OFFICER, house, made, sealed, waiting
from tests.gate.release import rooms
from tests.ledger.desks import EMMA, START, look

ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))


def receipts(at: Desk) -> list[str]:
    return [each.recipient for each in look(at, EMMA).derived(Receipts).in_order]


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_prepared_is_a_release_whose_content_is_that_file(form: str) -> None:
    at = house()
    which = waiting(at, form=form)
    release, file = found(look(at, EMMA), which), made(at, form=form)
    (held,) = releasing.files_of(look(at, EMMA), release).values()
    assert held == file.content
    assert (release.content.form, release.content.audience, release.label) == (FORM, "partner", file.label)
    assert prepared(look(at, EMMA), which).holds == ("O", "S", "SEQUIN")
    assert receipts(at) == []


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_sealed_is_handed_over_as_it_was_approved_with_one_receipt(form: str) -> None:
    at = house()
    which = waiting(at, form=form)
    sealed(at, which)
    content = service.hand_over(at, look(at, LIAISON), which)
    assert content == made(at, form=form).content
    (receipt,) = look(at, EMMA).derived(Receipts).in_order
    assert (receipt.recipient, receipt.purpose, receipt.form) == ("Polizei", "a warrant", form)
    assert (receipt.digest, receipt.label) == (sha256(content).hexdigest(), made(at).label)
    assert receipt.statements == made(at).statements
    assert look(at, EMMA).derived(Receipts).naming([RAY]) == [receipt]
    assert found(look(at, EMMA), which).state is State.PUBLISHED
    assert service.hand_over(at, look(at, OFFICER), which) == content
    assert len(receipts(at)) == 1


def test_the_partner_is_asked_about_as_one_who_holds_what_he_is_said_to_hold() -> None:
    at = house()
    known = judging.check(at, look(at, OFFICER), waiting(at))
    assert known.told is not None
    assert known.told.colour is not Colour.RED, known.told.reasons


@pytest.mark.parametrize("steps", [(), ("check",), ("check", "one"), ("check", "one", "two")])
def test_nothing_leaves_that_is_not_sealed(steps: tuple[str, ...]) -> None:
    at = house()
    which = waiting(at)
    for each in steps:
        if each == "check":
            judging.check(at, look(at, OFFICER), which)
        else:
            rooms.approves(at, LIAISON if each == "one" else KEEPER, which)
    with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
        service.hand_over(at, look(at, LIAISON), which)
    assert receipts(at) == []


def test_what_was_withdrawn_does_not_leave() -> None:
    at = house()
    which = waiting(at)
    sealed(at, which)
    releasing.take(at, look(at, LIAISON), which, Step.WITHDRAW, reason="The request was called back.")
    with pytest.raises(RefusedError, match="withdrawn"):
        service.hand_over(at, look(at, LIAISON), which)


def test_a_release_whose_file_was_changed_is_not_the_one_that_was_prepared() -> None:
    at = house()
    which = waiting(at)
    files = {"bundle.json": ("application/json", b"{}")}
    releasing.edit(at, look(at, EMMA), which, files, title="For Polizei")
    sealed(at, which)
    with pytest.raises(RefusedError, match="another file than was prepared"):
        service.hand_over(at, look(at, LIAISON), which)
    assert receipts(at) == []


def test_whoever_may_not_publish_it_hands_nothing_over() -> None:
    at = house()
    which = waiting(at)
    sealed(at, which)
    with pytest.raises(RefusedError, match="role"):
        service.hand_over(at, look(at, EMMA), which)
    assert receipts(at) == []
    assert found(look(at, EMMA), which).state is State.SEALED


def test_what_is_hidden_and_what_never_was_are_refused_in_the_same_words() -> None:
    at = house()
    faults = []
    for which in (waiting(at), EntryId("f" * 32)):
        with pytest.raises(NotFoundError) as error:
            service.hand_over(at, look(at, ANN), which)
        faults.append(str(error.value))
    assert faults[0] == faults[1]
    assert releases(look(at, ANN)).by_id == {}


def test_nobody_prepares_or_hands_over_in_the_past() -> None:
    at = house()
    which = waiting(at)
    sealed(at, which)
    for act in (
        lambda: service.prepare(at, look(at, EMMA, START), made(at)),
        lambda: service.hand_over(at, look(at, LIAISON, START), which),
    ):
        with pytest.raises(RefusedError, match="past"):
            act()


def test_what_waits_that_grows_is_what_waits_folded_anew() -> None:
    at = house()
    look(at, EMMA).derived(Handing)
    for form in FORMATS:
        which = waiting(at, form=form)
    sealed(at, which)
    service.hand_over(at, look(at, LIAISON), which)
    world = look(at, EMMA).world
    anew, grown = Handing.of(world), world.derived(Handing)
    assert (anew.by_release, anew.gone) == (grown.by_release, grown.gone)
    assert len(anew.by_release) == len(FORMATS)
    assert list(anew.gone) == [which]


def test_receipts_of_before_stand_beside_those_of_the_gate() -> None:
    from leconfield.desk.exchange.model import HANDED_OVER
    from leconfield.ledger.drafts import Draft

    at = house()
    body = {"purpose": "as agreed", "format": "stix", "digest": "ab" * 32, "subjects": RAY, "statements": "3"}
    at.append(EMMA, [Draft(HANDED_OVER, "S", about="Garda", body=body)])
    which = waiting(at)
    sealed(at, which)
    service.hand_over(at, look(at, LIAISON), which)
    assert receipts(at) == ["Garda", "Polizei"]
