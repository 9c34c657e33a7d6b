"""Tests of the vault's pages: two seals in two sessions, a quarter of an hour, and nothing typed is shown again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.staff.files import ROLE
from tests.agents.corridor import DESK_OFFICER, HANDLER, LABEL, OFFICER
from tests.agents.visiting import Officer, seated
from tests.authority.offices import INSPECTOR, SAID, Hands
from tests.ledger.desks import look
from tests.vault.kept import BASES, KINDS, TRUE_NAME, Whom, begun

ROB_SAYS, SID_SAYS, TESS_SAYS = "a long walk on sand", "nine green bottles", "the third umbrella"
KEEPING = replace(DESK_OFFICER, roles=frozenset({"officer", ROLE}))
"""She looks after staff of another compartment."""
SID, TESS = (replace(HANDLER, name=name, persona=name.title()) for name in ("sid", "tess"))
PLACES = ("", "/open", "/proof", "?do=key", "?do=seal&kind=welfare", "?do=begin", "?do=destroy")
ACTS = ("key", "seal", "begin", "complete", "share", "close", "destroy", "confirm", "refuse", "again")


@dataclass
class Room:
    """A desk on disk with somebody in the vault, and those who deal with him, each in a session of his own."""

    desk: Desk
    hands: Hands
    whom: Whom
    rob: Officer
    sid: Officer
    tess: Officer
    emma: Officer
    inspector: Officer

    @property
    def url(self) -> str:
        return self.whom.url

    def sealed(self) -> Room:
        """Two keys are offered, and his name is sealed."""
        self.rob.post(f"{self.url}/key", passphrase=ROB_SAYS)
        self.sid.post(f"{self.url}/key", passphrase=SID_SAYS)
        fields = {"kind": "identity", "kept-name": TRUE_NAME, "kept-lives-at": "4 Cinnabar Wharf"}
        assert self.rob.send(f"{self.url}/seal", fields).status == 303
        return self

    def permitted(self) -> EntryId:
        """A live authority to open it."""
        which = authority.apply(self.desk, look(self.desk, SID), "identity-opening", self.whom.id, SAID, label=LABEL)
        authority.take(self.desk, look(self.desk, OFFICER), which, Step.GRANT, reason="He is in danger.")
        return which

    def begun(self) -> Room:
        """The first seal is off."""
        self.permitted()
        page = self.rob.post(f"{self.url}/begin", other="sid", reason="He is in danger.", passphrase=ROB_SAYS)
        assert page.status == 303, page.text
        return self


@pytest.fixture(params=KINDS)
def room(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Room]:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    yield Room(desk, hands, begun(desk, request.param), *seated(desk, HANDLER, SID, TESS, DESK_OFFICER, INSPECTOR))
    desk.close()


def test_two_open_it_in_sessions_of_their_own_and_both_read_it(room: Room) -> None:
    room.sealed().begun()
    assert "An opening waits for your seal" in room.sid.get("/vault").text
    assert "Something waits for you" in room.sid.get(BASES[room.whom.kind]).text
    asked = room.sid.get(room.url).text
    assert "He is in danger." in asked
    assert TRUE_NAME not in asked
    done = room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    assert (done.status, done.headers["location"]) == (303, f"{room.url}/open")
    for each in (room.rob, room.sid):
        shown = each.get(f"{room.url}/open")
        assert TRUE_NAME in shown.text
        assert "15 minutes left" in shown.text
        assert shown.headers["cache-control"] == "no-store"
        assert shown.headers["refresh"] == f"900; url={room.url}"
    assert "Identity opened" in room.inspector.get("/oversight").text


def test_a_third_who_holds_the_compartment_neither_completes_nor_reads(room: Room) -> None:
    room.sealed().begun()
    room.tess.post(f"{room.url}/key", passphrase=TESS_SAYS)
    assert "No opening waits for you" in room.tess.get("/vault").text
    assert "Begun by" not in room.tess.get(room.url).text
    assert "nothing waits for your seal" in room.tess.post(f"{room.url}/complete", passphrase=TESS_SAYS).text
    assert "second seal is another" in room.rob.post(f"{room.url}/complete", passphrase=ROB_SAYS).text
    room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    assert room.tess.get(f"{room.url}/open").status == 404


def test_it_closes_by_itself_after_a_quarter_of_an_hour(room: Room) -> None:
    room.sealed().begun()
    room.hands.move(minutes=10)
    room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    room.hands.move(minutes=14)
    assert TRUE_NAME in room.rob.get(f"{room.url}/open").text
    room.hands.move(minutes=2)
    for each in (room.rob, room.sid):
        assert each.get(f"{room.url}/open").status == 404
        assert "Read it" not in each.get(room.url).text


def test_a_half_opening_runs_out_and_one_that_is_let_be_is_gone(room: Room) -> None:
    room.sealed().begun()
    room.hands.move(minutes=16)
    assert "No opening waits for you" in room.sid.get("/vault").text
    assert "nothing waits for your seal" in room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS).text
    room.begun()
    room.sid.post(f"{room.url}/close")
    assert "nothing waits for your seal" in room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS).text


def test_an_authority_that_is_cancelled_closes_what_is_open(room: Room) -> None:
    room.sealed()
    which = room.permitted()
    room.rob.post(f"{room.url}/begin", other="sid", reason="He is in danger.", passphrase=ROB_SAYS)
    room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    authority.take(room.desk, look(room.desk, OFFICER), which, Step.CANCEL, reason="He is safe.")
    shown = room.rob.get(f"{room.url}/open")
    assert shown.status == 403
    assert TRUE_NAME not in shown.text


def test_without_an_authority_no_seal_comes_off(room: Room) -> None:
    room.sealed()
    page = room.rob.post(f"{room.url}/begin", other="sid", reason="I wonder.", passphrase=ROB_SAYS)
    assert "no live authority permits that" in page.text
    assert "No opening waits for you" in room.sid.get("/vault").text


def test_nothing_that_was_typed_is_shown_again_or_lies_in_any_file(room: Room, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    typed = ("my secret passphrase", TRUE_NAME, "07700 900123")
    pages = [
        room.rob.post(f"{room.url}/key", passphrase="short one"),
        room.rob.send(f"{room.url}/seal", {"kind": "identity", "kept-name": TRUE_NAME}),
        room.rob.send(f"{room.url}/seal", {"kind": "nothing", "kept-telephone": "07700 900123"}),
    ]
    room.sealed().begun()
    pages += [
        room.rob.post(f"{room.url}/key", passphrase="my secret passphrase"),
        room.rob.post(f"{room.url}/begin", other="sid", reason="", passphrase="my secret passphrase"),
        room.sid.post(f"{room.url}/complete", passphrase="my secret passphrase"),
    ]
    for page in pages:
        assert page.status == 400
        assert "Nothing that you typed was kept" in page.text
        assert not any(each in page.text for each in (*typed, "short one"))
    said = capsys.readouterr()
    content = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    for each in (*typed, *TRUE_NAME.split(), ROB_SAYS, SID_SAYS):
        assert each not in said.out + said.err
        assert each.encode() not in content


def test_guessing_a_passphrase_is_slowed_down(room: Room) -> None:
    room.sealed().begun()
    for _ in range(5):
        assert "not the passphrase" in room.sid.post(f"{room.url}/complete", passphrase="not the passphrase").text
    assert "wait 30 seconds" in room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS).text
    room.hands.move(minutes=1)
    assert room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS).status == 303


def test_a_key_that_is_offered_later_opens_it_once_it_is_shared(room: Room) -> None:
    room.sealed().begun()
    room.tess.post(f"{room.url}/key", passphrase=TESS_SAYS)
    assert (
        "tess"
        not in room.rob.get(f"{room.url}?do=begin").text.partition('id="field-other"')[2].partition("</select>")[0]
    )
    room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    assert room.sid.post(f"{room.url}/share").status == 303
    room.rob.post(f"{room.url}/close")
    again = room.rob.post(f"{room.url}/begin", other="tess", reason="Again.", passphrase=ROB_SAYS)
    assert again.status == 303, again.text
    assert room.tess.post(f"{room.url}/complete", passphrase=TESS_SAYS).status == 303
    assert TRUE_NAME in room.tess.get(f"{room.url}/open").text


def test_destroying_takes_his_name_and_two_and_is_proven(room: Room) -> None:
    room.sealed()
    assert room.rob.get(f"{room.url}/proof").status == 404
    assert "name out, so that" in room.rob.post(f"{room.url}/destroy", called="Oak", reason="Asked.").text
    assert room.rob.post(f"{room.url}/destroy", called="bramble", reason="He asked.").status == 303
    assert room.rob.get(f"{room.url}/proof").status == 404
    assert "two different persons" in room.rob.post(f"{room.url}/confirm", called="bramble").text
    assert "A destruction waits" not in room.rob.get("/vault").text
    assert "A destruction waits" in room.tess.get("/vault").text
    asked = room.tess.get(room.url).text
    assert "He asked." in asked
    assert "name out, so that" in room.tess.post(f"{room.url}/confirm", called="Oak").text
    assert room.tess.post(f"{room.url}/confirm", called="BRAMBLE").status == 303
    proof = room.rob.get(f"{room.url}/proof").text
    assert "Nothing opens his record, and the ledger is whole." in proof
    assert "rob and tess" in proof
    assert "He asked." in proof
    assert "Identity destroyed" in room.inspector.get("/oversight").text
    room.permitted()
    assert room.rob.post(f"{room.url}/begin", other="sid", reason="Why.", passphrase=ROB_SAYS).status == 404
    assert "his record was destroyed" in room.rob.send(f"{room.url}/seal", {"kind": "identity", "kept-name": "x"}).text


def test_a_destruction_that_is_let_be_or_runs_out_destroys_nothing(room: Room) -> None:
    room.sealed()
    for let_be in (True, False):
        room.rob.post(f"{room.url}/destroy", called="BRAMBLE", reason="He asked.")
        if let_be:
            assert room.sid.post(f"{room.url}/refuse").status == 303
        else:
            room.hands.move(minutes=16)
        assert "A destruction waits" not in room.sid.get(room.url).text
        assert "no destruction waits here" in room.sid.post(f"{room.url}/confirm", called="BRAMBLE").text
    assert not room.desk.vault.shredded(room.whom.id)
    assert "He asked." not in room.sid.get("/vault").text


def test_whoever_closes_a_record_leaves_a_destruction_that_waits(room: Room) -> None:
    room.sealed().begun()
    room.sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    room.rob.post(f"{room.url}/destroy", called="BRAMBLE", reason="He asked.")
    room.sid.post(f"{room.url}/close")
    assert "Read it" not in room.sid.get(room.url).text
    assert "A destruction waits" in room.sid.get(room.url).text
    assert room.tess.post(f"{room.url}/confirm", called="BRAMBLE").status == 303


def test_a_copy_of_a_seal_anywhere_in_the_desk_is_found_by_the_proof(room: Room, tmp_path: Path) -> None:
    room.sealed()
    keys = tmp_path / "desk" / "vault" / "vault-keys.db"
    wal = keys.with_name("vault-keys.db-wal")
    kept = keys.read_bytes() + wal.read_bytes()
    room.rob.post(f"{room.url}/destroy", called="BRAMBLE", reason="He asked.")
    room.sid.post(f"{room.url}/confirm", called="BRAMBLE")
    (tmp_path / "desk" / "copy of the keys").write_bytes(kept)
    proof = room.rob.get(f"{room.url}/proof").text
    assert "This is no proof yet" in proof
    assert "copy of the keys" in proof
    assert room.rob.post(f"{room.url}/again").status == 303
    (tmp_path / "desk" / "copy of the keys").unlink()
    assert "Nothing opens his record" in room.rob.get(f"{room.url}/proof").text


@pytest.mark.parametrize("place", PLACES)
def test_hidden_and_never_been_are_the_same_page(room: Room, place: str) -> None:
    room.sealed().begun()
    hidden, never = room.emma.get(room.url + place), room.emma.get(f"{BASES[room.whom.kind]}/{'0' * 32}/vault{place}")
    assert hidden.status == never.status == 404
    assert hidden.text.replace(room.whom.id, "") == never.text.replace("0" * 32, "")


@pytest.mark.parametrize("act", ACTS)
def test_hidden_and_never_been_are_the_same_to_every_form(room: Room, act: str) -> None:
    room.sealed().begun()
    fields = {"kind": "identity", "kept-name": "x", "passphrase": ROB_SAYS, "called": "BRAMBLE", "reason": "Why."}
    hidden = room.emma.send(f"{room.url}/{act}", fields)
    never = room.emma.send(f"{BASES[room.whom.kind]}/{'0' * 32}/vault/{act}", fields)
    assert hidden.text.replace(room.whom.id, "") == never.text.replace("0" * 32, "")
    assert room.desk.vault.holders() == ("rob", "sid")


def test_a_record_elsewhere_changes_nothing_of_ones_own_key_page(room: Room) -> None:
    before = room.emma.get("/vault").text
    room.sealed().begun()
    room.tess.post(f"{room.url}/key", passphrase=TESS_SAYS)
    assert room.emma.get("/vault").text == before


def test_in_the_past_nothing_waits_and_nothing_is_done(room: Room) -> None:
    room.sealed().begun()
    past = room.sid.get(f"{room.url}?as_of=2026-03-02")
    assert "Take off your seal" not in past.text
    assert "go back to now" in room.sid.get("/vault?as_of=2026-03-02").text


def test_a_page_that_is_read_changes_nothing(room: Room) -> None:
    room.sealed().begun()
    before = len(look(room.desk, HANDLER).world.entries)
    for place in PLACES:
        room.rob.get(room.url + place)
    room.rob.get("/vault")
    assert len(look(room.desk, HANDLER).world.entries) == before


OUTSIDE = (
    *("/agents", "/agents/new", "/vault", "/staff-files", "/agents/welfare", "/dilemmas", "/oversight", "/authority"),
    *("/authority/new", "/authority/calendar", "/authority/register", "/agents?as_of=2026-03-02", "/agents?as_of=now"),
    *("/duty", "/duty/people", "/staff-files?as_of=2026-03-02", "/staff-files?as_of=now"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_record_elsewhere_changes_no_byte_outside_its_compartment(tmp_path: Path, kind: str) -> None:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    handler = replace(HANDLER, tokens=HANDLER.tokens | {"DILEMMAS.ROB"})
    rob, sid, tess, emma, inspector = seated(desk, handler, SID, TESS, KEEPING, INSPECTOR)
    before = [emma.get(path).text for path in OUTSIDE]
    refused = emma.post(f"{BASES[kind]}/none/vault/key", passphrase="nothing of mine").text
    whom = begun(desk, kind)
    room = Room(desk, hands, whom, rob, sid, tess, emma, inspector).sealed().begun()
    if kind == "agent":
        rob.post(f"/agents/{whom.id}/contacted", words="He rang.")
    rob.post("/dilemmas", handler="rob", words="He holds views that I do not share.")
    assert [emma.get(path).text for path in OUTSIDE] == before
    sid.post(f"{room.url}/complete", passphrase=SID_SAYS)
    assert rob.post(f"{room.url}/destroy", called="BRAMBLE", reason="He asked.").status == 303
    assert [emma.get(path).text for path in OUTSIDE] == before
    assert sid.post(f"{room.url}/confirm", called="BRAMBLE").status == 303
    assert [emma.get(path).text for path in OUTSIDE] == before
    assert emma.post(f"{BASES[kind]}/none/vault/key", passphrase="nothing of mine").text == refused
    desk.close()
