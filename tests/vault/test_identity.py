"""Tests of `leconfield.vault.identity`: two holders, a live authority, and nothing of it anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leconfield.agents.state import agents
from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.authority.permit import Authorisation, authorised
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.staff.files import files
from leconfield.vault import destroying, identity
from leconfield.vault.openings import Beginning, openings
from tests.agents.corridor import DESK_OFFICER, HANDLER, LABEL, OFFICER
from tests.authority.offices import INSPECTOR, SAID, Hands
from tests.ledger.desks import look
from tests.vault import kept as persons
from tests.vault.kept import KINDS, TRUE_NAME, Whom

WORDS = {"rob": "a long walk on sand", "sid": "nine green bottles", "tess": "the third umbrella"}
SECOND = replace(HANDLER, name="sid", persona="Sid")


@pytest.fixture(params=KINDS)
def sealed(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Desk, Hands, Whom]]:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    for name, passphrase in WORDS.items():
        desk.vault.enrol(name, passphrase)
    whom = persons.begun(desk, request.param)
    fields = {"name": TRUE_NAME, "phone": "+44 7700 900123"}
    identity.seal(
        desk, look(desk, HANDLER), whom.to(desk, HANDLER), kind="identity", fields=fields, holders=["rob", "sid"]
    )
    yield desk, hands, whom
    desk.close()


def half_opened(desk: Desk, given: Authorisation, whom: Whom, reason: str) -> Beginning:
    """Rob takes off his seal."""
    view, person = look(desk, HANDLER), whom.to(desk, HANDLER)
    return identity.begin(desk, view, given, person, passphrase=WORDS["rob"], other="sid", reason=reason)


def destroyed(desk: Desk, whom: Whom) -> None:
    """Two destroy his key."""
    asked = destroying.ask(desk, look(desk, HANDLER), whom.to(desk, HANDLER), reason="He asked for it.")
    destroying.confirm(desk, look(desk, SECOND), asked)


def opening(desk: Desk, whom: Whom) -> Authorisation:
    which = authority.apply(desk, look(desk, SECOND), "identity-opening", whom.id, SAID, label=LABEL)
    authority.take(desk, look(desk, OFFICER), which, Step.GRANT, reason="He is in danger.")
    return authorised(desk, look(desk, HANDLER), which, identity.OPEN, whom.id)


def test_two_holders_open_it_under_an_authority_and_oversight_is_told(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    given = opening(desk, whom)
    begun = half_opened(desk, given, whom, "He is in danger.")
    _, kept = identity.complete(desk, look(desk, SECOND), begun, passphrase=WORDS["sid"])
    assert kept[0].fields["name"] == TRUE_NAME
    (told,) = look(desk, INSPECTOR).entries(kind=identity.OPENED)
    assert told.body == {"first": "rob", "second": "sid"}
    assert whom.id not in str(look(desk, INSPECTOR).world.entries)
    known = agents(look(desk, HANDLER)) or files(look(desk, HANDLER))
    assert [each.sealed for each in known] == [True]


def test_without_a_live_authority_no_seal_comes_off(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, hands, whom = sealed
    given = opening(desk, whom)
    begun = half_opened(desk, given, whom, "He is in danger.")
    hands.move(days=8)
    with pytest.raises(RefusedError, match="ended"):
        half_opened(desk, given, whom, "Again.")
    with pytest.raises(RefusedError, match="ended"):
        identity.complete(desk, look(desk, SECOND), begun, passphrase=WORDS["sid"])
    assert look(desk, INSPECTOR).entries(kind=identity.OPENED) == []


def test_nobody_completes_what_he_began(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    given = opening(desk, whom)
    begun = half_opened(desk, given, whom, "He is in danger.")
    with pytest.raises(RefusedError, match="two different persons"):
        identity.complete(desk, look(desk, HANDLER), begun, passphrase=WORDS["rob"])


def test_no_file_of_the_desk_holds_his_name_and_after_shredding_nothing_opens_it(
    sealed: tuple[Desk, Hands, Whom], tmp_path: Path
) -> None:
    desk, _, whom = sealed
    content = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert all(word.encode() not in content for word in (*TRUE_NAME.split(), "900123"))
    given = opening(desk, whom)
    destroyed(desk, whom)
    with pytest.raises(NotFoundError, match="destroyed"):
        half_opened(desk, given, whom, "Why.")
    assert desk.verify().faults == ()
    assert look(desk, INSPECTOR).entries(kind=identity.SHREDDED)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("secrets", {"name": "x"}, "not kept"),
        ("identity", {"name": " "}, "nothing to keep"),
        ("identity", {}, "nothing"),
    ],
)
def test_what_will_not_do_is_refused(
    sealed: tuple[Desk, Hands, Whom], kind: str, fields: dict[str, str], said: str
) -> None:
    desk, _, whom = sealed
    with pytest.raises(BadInputError, match=said):
        identity.seal(desk, look(desk, HANDLER), whom.to(desk, HANDLER), kind=kind, fields=fields)


def test_one_officer_has_one_opening_that_waits(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    given = opening(desk, whom)
    for reason in ("First.", "Second."):
        half_opened(desk, given, whom, reason)
    (waiting,) = openings(desk).waiting("sid")
    assert waiting.reason == "Second."
    assert WORDS["rob"] not in repr(waiting)


def test_what_is_open_is_nowhere_once_it_is_closed(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    begun = half_opened(desk, opening(desk, whom), whom, "Danger.")
    identity.complete(desk, look(desk, SECOND), begun, passphrase=WORDS["sid"])
    assert identity.read(desk, look(desk, HANDLER), whom.to(desk, HANDLER))[1]
    openings(desk).close(whom.id)
    for each in (HANDLER, SECOND):
        with pytest.raises(NotFoundError, match="not open to you"):
            identity.read(desk, look(desk, each), whom.to(desk, each))


def test_nothing_is_sealed_to_a_key_that_was_destroyed_and_destroying_twice_does_no_harm(
    sealed: tuple[Desk, Hands, Whom],
) -> None:
    desk, _, whom = sealed
    destroyed(desk, whom)
    with pytest.raises(RefusedError, match="destroyed already"):
        destroyed(desk, whom)
    destroying.again(desk, look(desk, SECOND), whom.to(desk, SECOND))
    with pytest.raises(RefusedError, match="was destroyed"):
        identity.seal(desk, look(desk, HANDLER), whom.to(desk, HANDLER), kind="contact", fields={"telephone": "x"})
    proof = destroying.proof(desk, look(desk, HANDLER), whom.to(desk, HANDLER))
    assert proof.holds
    assert proof.by == ("rob", "sid")


def test_a_destruction_that_was_stopped_half_way_is_no_proof_and_one_alone_completes_it(
    sealed: tuple[Desk, Hands, Whom], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _, whom = sealed

    def killed(_: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(desk.vault, "shred", killed)
        with pytest.raises(KeyboardInterrupt):
            destroyed(desk, whom)
    half = destroying.proof(desk, look(desk, HANDLER), whom.to(desk, HANDLER))
    assert (half.holds, half.seals, bool(half.traces)) == (False, 2, True)
    destroying.again(desk, look(desk, HANDLER), whom.to(desk, HANDLER))
    assert destroying.proof(desk, look(desk, HANDLER), whom.to(desk, HANDLER)).holds


def test_nobody_destroys_alone_whatever_he_calls(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    view = look(desk, HANDLER)
    with pytest.raises(NotFoundError, match="takes two"):
        destroying.again(desk, view, whom.to(desk, HANDLER))
    asked = destroying.ask(desk, view, whom.to(desk, HANDLER), reason="He asked.")
    with pytest.raises(RefusedError, match="two different persons"):
        destroying.confirm(desk, look(desk, HANDLER), asked)
    forged = replace(asked, by="sid")
    with pytest.raises(RefusedError, match="no destruction waits"):
        destroying.confirm(desk, look(desk, HANDLER), forged)
    assert not desk.vault.shredded(whom.id)
    assert look(desk, INSPECTOR).entries(kind=identity.SHREDDED) == []


def test_a_destruction_waits_a_quarter_of_an_hour_and_not_for_whoever_may_not_know(
    sealed: tuple[Desk, Hands, Whom],
) -> None:
    desk, hands, whom = sealed
    asked = destroying.ask(desk, look(desk, HANDLER), whom.to(desk, HANDLER), reason="He asked.")
    with pytest.raises(NotFoundError, match="no such record"):
        destroying.confirm(desk, look(desk, DESK_OFFICER), asked)
    hands.move(minutes=16)
    with pytest.raises(RefusedError, match="no destruction waits"):
        destroying.confirm(desk, look(desk, SECOND), asked)
    assert not desk.vault.shredded(whom.id)


def test_whoever_refuses_a_destruction_is_written_down_and_nothing_else_ends(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    begun = half_opened(desk, opening(desk, whom), whom, "Danger.")
    person = whom.to(desk, SECOND)
    asked = destroying.ask(desk, look(desk, HANDLER), person, reason="He asked.")
    destroying.refuse(desk, look(desk, SECOND), person)
    (entry,) = look(desk, HANDLER).entries(about=whom.id, kind=destroying.REFUSED)
    assert (entry.by, entry.body) == ("sid", {"first": "rob", "words": "He asked."})
    assert openings(desk).begun(whom.id, "sid") == begun
    with pytest.raises(RefusedError, match="no destruction waits"):
        destroying.confirm(desk, look(desk, SECOND), asked)
    with pytest.raises(RefusedError, match="no destruction waits"):
        destroying.refuse(desk, look(desk, SECOND), person)
    with pytest.raises(NotFoundError, match="no such record"):
        destroying.refuse(desk, look(desk, DESK_OFFICER), person)


def test_two_destroy_and_oversight_is_told_who_and_not_whom(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    destroyed(desk, whom)
    (told,) = look(desk, INSPECTOR).entries(kind=identity.SHREDDED)
    assert told.body == {"first": "rob", "second": "sid"}
    assert whom.id not in str(look(desk, INSPECTOR).world.entries)


def test_nobody_has_a_part_in_his_own_record(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    own = replace(SECOND, name="bella")
    person = whom.to(desk, own)
    if whom.kind == "agent":
        assert person.who == ""
        return
    with pytest.raises(RefusedError, match="about you"):
        identity.offer(desk, look(desk, own), person, passphrase="five blue umbrellas")
    with pytest.raises(RefusedError, match="about you"):
        destroying.ask(desk, look(desk, own), person, reason="I wish it.")
    asked = destroying.ask(desk, look(desk, HANDLER), person, reason="She wishes it.")
    with pytest.raises(RefusedError, match="about you"):
        destroying.confirm(desk, look(desk, own), asked)


def test_a_person_made_up_by_whoever_may_not_know_opens_nothing(sealed: tuple[Desk, Hands, Whom]) -> None:
    desk, _, whom = sealed
    person = whom.to(desk, HANDLER)
    for act in (
        lambda view: identity.offer(desk, view, person, passphrase="five blue umbrellas"),
        lambda view: identity.seal(desk, view, person, kind="contact", fields={"telephone": "x"}),
        lambda view: identity.read(desk, view, person),
        lambda view: destroying.proof(desk, view, person),
        lambda view: destroying.ask(desk, view, person, reason="Why not."),
        lambda view: destroying.refuse(desk, view, person),
    ):
        with pytest.raises(NotFoundError, match="no such record"):
            act(look(desk, DESK_OFFICER))
