"""No way into the product intrudes without a live authority: not an endpoint, not a command, not a typed call."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from leconfield import app, cli
from leconfield.agents import service as agents
from leconfield.authority import profile
from leconfield.authority import service as authority
from leconfield.authority.model import AUTHORITY, Step
from leconfield.authority.register import ACTED
from leconfield.authority.state import authorities
from leconfield.entry import runs_outside
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId, Reader
from leconfield.staff import files
from leconfield.surveillance import model as surveillance
from leconfield.surveillance import service as operations
from leconfield.vault import identity
from tests.agents.corridor import HANDLER, LABEL, OFFICER
from tests.authority.offices import SAID, Hands
from tests.ledger.desks import KEYS, look
from tests.noninterference import pages, sealed
from tests.noninterference.battery import Small
from tests.noninterference.desks import cheap_passwords

ROOT = Path(__file__).parents[2]
INTRUDES = frozenset({*agents.CONDUCTS, identity.BEGUN, identity.OPENED, surveillance.DEPLOYED, ACTED})
"""Kinds of entries that only an act under an authority appends."""
KINDS = ("agent-use", "directed-surveillance", "identity-opening")
PASSPHRASE = "nine green bottles"
"""As the battery's forms have it."""
NOT_LIVE = ("asked for", "refused", "withdrawn", "cancelled", "expired", "lapsed", "about another")


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with pages.prepared(), cheap_passwords():
        yield


def _with_authorities(desk: Desk, hands: Hands, *, how: str) -> tuple[EntryId, EntryId, EntryId]:
    """An agent, an operation and a staff file, with authorities that are not live, each in that way (or are: `live`).

    Both records lie in the vault, and the handler holds a key to them: nothing but the authority is missing.
    """
    for each in (HANDLER, OFFICER):
        body = {"persona": each.persona, "password": "x", "tokens": " ".join(sorted(each.tokens))}
        roles = " ".join(sorted(each.roles))
        desk.append(
            accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body={**body, "roles": roles})]
        )
    agent = agents.spot(desk, look(desk, HANDLER), codename="Bramble", label=LABEL, reason="He offers.")
    operation = operations.plan(desk, look(desk, HANDLER), name="Lantern", about="a" * 32, label=LABEL)
    operations.staff(desk, look(desk, HANDLER), operation, member="rob", call_sign="K1", role="foot")
    file = _file(desk)
    _sealed(desk, agent, file)
    for kind, about in (*zip(KINDS, (agent, operation, agent), strict=True), ("identity-opening", file)):
        which = authority.apply(
            desk, look(desk, HANDLER), kind, about[::-1] if how == "about another" else about, SAID, label=LABEL
        )
        for by, step in _STEPS[how]:
            authority.take(desk, look(desk, by), which, step, reason="It will do.")
    if how in ("expired", "lapsed"):
        hands.move(days=400)
    return agent, operation, file


def _file(desk: Desk) -> EntryId:
    view = look(desk, replace(HANDLER, roles=frozenset({files.ROLE})))
    return files.begin(desk, view, who="bella", called="Bella", label=LABEL, reason="She travels.")


def _sealed(desk: Desk, agent: EntryId, file: EntryId) -> None:
    for name in ("rob", "sid"):
        desk.vault.enrol(name, PASSPHRASE)
    for person in (agents.person(look(desk, HANDLER), agent), files.person(look(desk, HANDLER), file)):
        said = {"name": "Peregrine Quillfeather"}
        identity.seal(desk, look(desk, HANDLER), person, kind="identity", fields=said, holders=("rob", "sid"))


_STEPS = {
    "asked for": (),
    "refused": ((OFFICER, Step.REFUSE),),
    "withdrawn": ((HANDLER, Step.WITHDRAW),),
    "cancelled": ((OFFICER, Step.GRANT), (OFFICER, Step.CANCEL)),
    "expired": ((OFFICER, Step.GRANT),),
    "lapsed": ((OFFICER, Step.GRANT_BY_WORD),),
    "about another": ((OFFICER, Step.GRANT),),
    "live": ((OFFICER, Step.GRANT),),
}


def _intrusions(desk: Desk, reader: Reader) -> list[Entry]:
    return [
        each
        for each in look(desk, replace(reader, tokens=reader.tokens | {"OVERSIGHT"})).entries()
        if each.kind in INTRUDES or (AUTHORITY in each.body and each.kind not in list(Step))
    ]


def _walk(desk: Desk, agent: str, operation: str, file: str) -> list[int]:
    """Every POST of the site with the battery's forms, as the handler; what each was answered."""
    known = {
        "agent": (agent,),
        "operation": (operation,),
        sealed.PART: (file,),
        "authority": tuple(authorities(look(desk, HANDLER)).by_id),
    }
    nobody = ("f" * 32,)
    ask = Small(
        nobody, (*nobody, agent, operation), nobody, ("07700",), ("Ray",), ("mill",), ("He came.",), covert=known
    )
    site = app.site(desk)
    browser = pages.Browser(site, HANDLER.name)
    forms = [each for each in pages.posts(ask) if not each[0].startswith("/authority")]
    reached = {each.path for each in pages.routes(site, "POST") for path, _ in forms if each.path_regex.fullmatch(path)}
    walked = {each.path for each in pages.routes(site, "POST")} - reached
    assert walked <= {"/authority", "/authority/{authority}/{act}", "/sign-in", "/sign-out"}
    return [browser.post(path, fields)[0] for path, fields in forms]


@pytest.mark.parametrize("how", NOT_LIVE)
def test_no_endpoint_intrudes_without_a_live_authority(how: str) -> None:
    hands = Hands()
    desk = Desk.in_memory(KEYS, hands)
    answers = _walk(desk, *_with_authorities(desk, hands, how=how))
    assert _intrusions(desk, HANDLER) == []
    assert 500 not in answers


def test_the_same_walk_intrudes_under_a_live_authority_and_names_it_each_time() -> None:
    hands = Hands()
    desk = Desk.in_memory(KEYS, hands)
    _walk(desk, *_with_authorities(desk, hands, how="live"))
    found = _intrusions(desk, HANDLER)
    known = authorities(look(desk, HANDLER)).by_id
    assert {each.kind for each in found} >= {*agents.CONDUCTS, surveillance.DEPLOYED, surveillance.LOGGED, ACTED}
    assert all(each.body.get(AUTHORITY, each.about) in known for each in found)
    assert len({each.about for each in found if each.kind == identity.BEGUN}) == 2, "of an agent, and of a colleague"


def _leaves(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    for name, each in group.commands.items():
        if isinstance(each, TyperGroup):
            yield from _leaves(each, (*path, name))
        elif isinstance(each, TyperCommand):
            yield (*path, name), each


def test_no_command_intrudes_whatever_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    KEYS.save(tmp_path / "desk" / "keys")
    hands = Hands()
    desk = Desk.open(tmp_path / "desk", hands, creating=True)
    things = _with_authorities(desk, hands, how="asked for")
    desk.close()
    group = typer.main.get_command(cli.program())
    assert isinstance(group, TyperGroup)
    walked = 0
    for path, command in _leaves(group):
        if path in {("serve",), ("demo",), ("init",)}:  # they wait for a browser, or make a desk of their own
            continue
        if path == ("fake-instagram",) or (path[0] == "window" and runs_outside(path[1:])):
            continue  # another program, that loads nothing of the inside
        wanted = [each for each in command.params if isinstance(each, TyperArgument)]
        named = {option for each in command.params if isinstance(each, TyperOption) for option in each.opts}
        whom = [*(["--desk", "desk"] if "--desk" in named else []), *(["--as", "rob"] if "--as" in named else [])]
        for thing in (*things, str(tmp_path / "none.txt")):
            CliRunner().invoke(cli.program(path[0]), [*path, *([thing] * len(wanted)), *whom], input="\n" * 4)
            walked += 1
    desk = Desk.open(tmp_path / "desk", hands)
    assert walked > 30
    assert _intrusions(desk, HANDLER) == []
    desk.close()


def test_every_conduct_of_the_law_is_written_down_under_an_authority_or_not_done_here() -> None:
    permitted = {each for kind in profile.shipped().kinds.values() for each in kind.permits}
    done = {*agents.CONDUCTS.values(), operations.WATCH, identity.OPEN}
    assert permitted - done == {"watch inside", "commit", "acquire data", "search protected"}
    assert done <= permitted


_CALLS = """
from leconfield.agents import service
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.surveillance import service as operations
from leconfield.vault import identity
from leconfield.vault.person import Person


def intrude(desk: Desk, view: View, person: Person) -> None:
    service.task(desk, view, "an agent", words="watch the yard")
    service.pay(desk, view, None, "an agent", amount="1", words="a fare")
    service.meet(desk, view, "an authority", "an agent", words="he came", place="here", day="2026")
    identity.begin(desk, view, object(), person, passphrase="x", other="y", reason="z")
    operations.deploy(desk, view, {}, "an operation", words="go")
"""


@pytest.mark.long
def test_the_type_checker_refuses_every_intrusive_call_without_an_authorisation(tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text(_CALLS)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(tmp_path / "calls.py")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"MYPYPATH": str(ROOT / "src"), "PATH": "", "MYPY_CACHE_DIR": str(tmp_path / "cache")},
        check=False,
    )
    refused = [each for each in checked.stdout.splitlines() if "error:" in each]
    assert len({each.split(":")[1] for each in refused}) == 5, checked.stdout + checked.stderr
    assert all("Authorisation" in each or "Missing positional argument" in each for each in refused)
