"""Tests of `leconfield.agents.identity`: two holders, a live authority, and nothing of it anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leconfield.agents import identity, service
from leconfield.agents.openings import openings
from leconfield.agents.state import agents
from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.authority.permit import Authorisation, authorised
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from tests.agents.corridor import HANDLER, LABEL, OFFICER
from tests.authority.offices import INSPECTOR, SAID, Hands
from tests.ledger.desks import look

TRUE_NAME = "Peregrine Aldous Quillfeather"
WORDS = {"rob": "a long walk on sand", "sid": "nine green bottles", "tess": "the third umbrella"}
SECOND = replace(HANDLER, name="sid", persona="Sid")


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[Desk, Hands, EntryId]]:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    for name, passphrase in WORDS.items():
        desk.vault.enrol(name, passphrase)
    agent = service.spot(desk, look(desk, HANDLER), codename="Bramble", label=LABEL, reason="He offers.")
    fields = {"name": TRUE_NAME, "phone": "+44 7700 900123"}
    identity.seal(desk, look(desk, HANDLER), agent, kind="identity", fields=fields, holders=["rob", "sid"])
    yield desk, hands, agent
    desk.close()


def opening(desk: Desk, agent: EntryId) -> Authorisation:
    which = authority.apply(desk, look(desk, SECOND), "identity-opening", agent, SAID, label=LABEL)
    authority.take(desk, look(desk, OFFICER), which, Step.GRANT, reason="He is in danger.")
    return authorised(desk, look(desk, HANDLER), which, identity.OPEN, agent)


def test_two_holders_open_it_under_an_authority_and_oversight_is_told(sealed: tuple[Desk, Hands, EntryId]) -> None:
    desk, _, agent = sealed
    given = opening(desk, agent)
    begun = identity.begin(
        desk, look(desk, HANDLER), given, agent, passphrase=WORDS["rob"], other="sid", reason="He is in danger."
    )
    _, kept = identity.complete(desk, look(desk, SECOND), begun, passphrase=WORDS["sid"])
    assert kept[0].fields["name"] == TRUE_NAME
    (told,) = look(desk, INSPECTOR).entries(kind=identity.OPENED)
    assert told.body == {"first": "rob", "second": "sid"}
    assert agent not in str(look(desk, INSPECTOR).world.entries)
    assert agents(look(desk, HANDLER))[0].sealed


def test_without_a_live_authority_no_seal_comes_off(sealed: tuple[Desk, Hands, EntryId]) -> None:
    desk, hands, agent = sealed
    given = opening(desk, agent)
    begun = identity.begin(
        desk, look(desk, HANDLER), given, agent, passphrase=WORDS["rob"], other="sid", reason="He is in danger."
    )
    hands.move(days=8)
    with pytest.raises(RefusedError, match="ended"):
        identity.begin(desk, look(desk, HANDLER), given, agent, passphrase=WORDS["rob"], other="sid", reason="Again.")
    with pytest.raises(RefusedError, match="ended"):
        identity.complete(desk, look(desk, SECOND), begun, passphrase=WORDS["sid"])
    assert look(desk, INSPECTOR).entries(kind=identity.OPENED) == []


def test_nobody_completes_what_he_began(sealed: tuple[Desk, Hands, EntryId]) -> None:
    desk, _, agent = sealed
    given = opening(desk, agent)
    begun = identity.begin(
        desk, look(desk, HANDLER), given, agent, passphrase=WORDS["rob"], other="sid", reason="He is in danger."
    )
    with pytest.raises(RefusedError, match="two different persons"):
        identity.complete(desk, look(desk, HANDLER), begun, passphrase=WORDS["rob"])


def test_no_file_of_the_desk_holds_his_name_and_after_shredding_nothing_opens_it(
    sealed: tuple[Desk, Hands, EntryId], tmp_path: Path
) -> None:
    desk, _, agent = sealed
    content = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert all(word.encode() not in content for word in (*TRUE_NAME.split(), "900123"))
    given = opening(desk, agent)
    identity.shred(desk, look(desk, HANDLER), agent, reason="He asked for it.")
    with pytest.raises(NotFoundError, match="destroyed"):
        identity.begin(desk, look(desk, HANDLER), given, agent, passphrase=WORDS["rob"], other="sid", reason="Why.")
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
    sealed: tuple[Desk, Hands, EntryId], kind: str, fields: dict[str, str], said: str
) -> None:
    desk, _, agent = sealed
    with pytest.raises(BadInputError, match=said):
        identity.seal(desk, look(desk, HANDLER), agent, kind=kind, fields=fields)


def test_one_officer_has_one_opening_that_waits(sealed: tuple[Desk, Hands, EntryId]) -> None:
    desk, _, agent = sealed
    given = opening(desk, agent)
    for reason in ("First.", "Second."):
        identity.begin(desk, look(desk, HANDLER), given, agent, passphrase=WORDS["rob"], other="sid", reason=reason)
    (waiting,) = openings(desk).waiting("sid")
    assert waiting.reason == "Second."
    assert WORDS["rob"] not in repr(waiting)


def test_what_is_open_is_nowhere_once_it_is_closed(sealed: tuple[Desk, Hands, EntryId]) -> None:
    desk, _, agent = sealed
    begun = identity.begin(
        desk, look(desk, HANDLER), opening(desk, agent), agent, passphrase=WORDS["rob"], other="sid", reason="Danger."
    )
    identity.complete(desk, look(desk, SECOND), begun, passphrase=WORDS["sid"])
    assert identity.read(desk, look(desk, HANDLER), agent)[1]
    openings(desk).close(agent)
    for each in (HANDLER, SECOND):
        with pytest.raises(NotFoundError, match="not open to you"):
            identity.read(desk, look(desk, each), agent)


def test_nothing_is_sealed_to_a_key_that_was_destroyed_and_destroying_twice_does_no_harm(
    sealed: tuple[Desk, Hands, EntryId],
) -> None:
    desk, _, agent = sealed
    for _ in range(2):
        identity.shred(desk, look(desk, HANDLER), agent, reason="He asked.")
    with pytest.raises(RefusedError, match="was destroyed"):
        identity.seal(desk, look(desk, HANDLER), agent, kind="contact", fields={"telephone": "x"})
    assert identity.proof(desk, look(desk, HANDLER), agent).holds


def test_a_destruction_that_was_stopped_half_way_is_no_proof(
    sealed: tuple[Desk, Hands, EntryId], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _, agent = sealed

    def killed(_: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(desk.vault, "shred", killed)
        with pytest.raises(KeyboardInterrupt):
            identity.shred(desk, look(desk, HANDLER), agent, reason="He asked.")
    half = identity.proof(desk, look(desk, HANDLER), agent)
    assert (half.holds, half.seals, bool(half.traces)) == (False, 2, True)
    identity.shred(desk, look(desk, HANDLER), agent, reason="He asked.")
    assert identity.proof(desk, look(desk, HANDLER), agent).holds
