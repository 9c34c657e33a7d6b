"""Nothing leaves that is not sealed: not by an endpoint in any state, not by a command, not by rows behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from leconfield import app, cli
from leconfield.desk.exchange.state import Receipts
from leconfield.errors import LeconfieldError
from leconfield.gate.handing import service as handing
from leconfield.gate.handing.model import PREPARED
from leconfield.gate.release import judging, service
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import found
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from tests.gate.handing import partners
from tests.gate.release.rooms import AUTHOR, EVERYBODY, KEEPER, LABEL, OFFICER, Hands, approves, now
from tests.ledger.desks import EMMA, KEYS, look
from tests.noninterference import gate_pages, pages
from tests.noninterference.desks import cheap_passwords

TEXT: Final = {"text.txt": ("text/plain", b"We are open at every hour.\n")}
STATES: Final = (State.DRAFT, State.CHECKED, State.HALF, State.APPROVED)
ROLES: Final = frozenset(role for each in EVERYBODY for role in each.roles)
OWN: Final = frozenset({"release", "gate", "bundle", "redact", "export", "hand-over"})
"""Commands of the gate, or the groups that they stand in."""


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with pages.prepared(), cheap_passwords():
        yield


def _enrolled(desk: Desk) -> None:
    for each in EVERYBODY:
        body = {"persona": each.persona, "password": "x", "tokens": " ".join(sorted(each.tokens))}
        body["roles"] = " ".join(sorted(each.roles))
        desk.append(accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body=body)])


def _in_state(desk: Desk, state: State) -> EntryId:
    """A release as far as that on its way."""
    which = service.draft(desk, now(desk, AUTHOR), "post", "public", TEXT, label=LABEL)
    if state is not State.DRAFT:
        judging.check(desk, now(desk, AUTHOR), which)
    for each in (OFFICER, KEEPER)[: {State.HALF: 1, State.APPROVED: 2}.get(state, 0)]:
        approves(desk, each, which)
    assert found(now(desk, AUTHOR), which).state is state
    return which


def _two_saw_to_it(desk: Desk, release: Release) -> bool:
    """By the rows alone: a check that passed, then two who had not written it approve what is sealed, then the seal."""
    approved: set[str] = set()
    authors: set[str] = set()
    verdict = ""
    for each in look(desk, replace(AUTHOR, roles=frozenset())).entries(about=release.id):
        if each.kind in (Step.DRAFT, Step.EDIT):
            authors, verdict = authors | {each.by}, ""
        if each.kind in (Step.EDIT, Step.CHECK, Step.BLOCK, Step.REFUSE):
            approved = set()
        if each.kind == Step.CHECK:
            verdict = each.body["verdict"]
        if each.kind == Step.APPROVE and each.body["verdict"] == verdict:
            approved.add(each.by)
        if each.kind == Step.SEAL:
            return bool(verdict) and each.body["verdict"] == verdict and len(approved - authors) >= 2
    return False


def _walk(desk: Desk, which: EntryId, by: Reader) -> list[int]:
    """Every form of the gate, with the digests that the page shows, and every address that gives bytes away."""
    browser = pages.Browser(app.site(desk), by.name)
    known = found(now(desk, by), which)
    verdict = known.verdict.digest if known.verdict else ""
    shown = {"content": known.content.digest, "verdict": verdict, "reason": "It is sound.", "recipient": "Bern"}
    forms = [(path, {**fields, **shown}) for path, fields in gate_pages.posts({"release": (which,)})]
    answers = [browser.post(path, fields)[0] for path, fields in forms]
    answers += [browser.post(f"/releases/{which}/{step}", shown)[0] for step in ("seal", "publish", "copies")]
    out = [browser.get(f"/releases/{which}/{each}") for each in ("bundle", "withdrawal", "copies/one?for=Bern")]
    if not found(now(desk, by), which).was_sealed:
        assert all(b"leconfield" not in body[:64].lower() or status != 200 for status, _, body in out)
        assert 200 not in {status for status, _, _ in out}
    return answers


@pytest.mark.parametrize("by", EVERYBODY, ids=lambda each: each.name)
@pytest.mark.parametrize("state", STATES)
def test_no_endpoint_seals_what_two_have_not_approved(state: State, by: Reader) -> None:
    desk = Desk.in_memory(KEYS, Hands())
    _enrolled(desk)
    which = _in_state(desk, state)
    assert 500 not in _walk(desk, which, by)
    release = found(now(desk, AUTHOR), which)
    if release.was_sealed:
        assert _two_saw_to_it(desk, release)
    if state in (State.DRAFT, State.CHECKED):
        assert not release.was_sealed


def test_the_same_walk_seals_what_two_have_approved() -> None:
    desk = Desk.in_memory(KEYS, Hands())
    _enrolled(desk)
    which = _in_state(desk, State.APPROVED)
    browser = pages.Browser(app.site(desk), OFFICER.name)
    assert browser.post(f"/releases/{which}/seal", {})[0] == 303
    assert browser.get(f"/releases/{which}/bundle")[0] == 200
    assert _two_saw_to_it(desk, found(now(desk, AUTHOR), which))


def _leaves(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    for name, each in group.commands.items():
        if isinstance(each, TyperGroup):
            yield from _leaves(each, (*path, name))
        elif isinstance(each, TyperCommand):
            yield (*path, name), each


@pytest.mark.parametrize("state", [State.CHECKED, State.HALF, State.APPROVED])
def test_no_command_seals_publishes_or_writes_it_whatever_it_is_given(
    state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    KEYS.save(tmp_path / "desk" / "keys")
    desk = Desk.open(tmp_path / "desk", Hands(), creating=True)
    _enrolled(desk)
    which = _in_state(desk, state)
    desk.close()
    group = typer.main.get_command(cli.program())
    assert isinstance(group, TyperGroup)
    commands = [(path, each) for path, each in _leaves(group) if path[0] in OWN]
    assert {path[0] for path, _ in commands} == OWN
    for number, (path, command) in enumerate(commands):
        wanted = [each for each in command.params if isinstance(each, TyperArgument)]
        named = {option for each in command.params if isinstance(each, TyperOption) for option in each.opts}
        whom = [*(["--desk", "desk"] if "--desk" in named else []), *(["--as", "ben"] if "--as" in named else [])]
        given = [which, f"out-{number}.bin", "another"][: len(wanted)]
        CliRunner().invoke(cli.program(path[0]), [*path, *given, *whom], input="\n" * 4)
    desk = Desk.open(tmp_path / "desk", Hands())
    assert found(now(desk, AUTHOR), which).state is state
    written = [each.name for each in tmp_path.glob("out-*") if b"open at every hour" in each.read_bytes()]
    assert written == []
    desk.close()


BEHIND: Final = (Step.CHECK, Step.APPROVE, Step.APPROVE, Step.SEAL, Step.PUBLISH)


def test_rows_written_behind_its_back_let_no_file_go() -> None:
    """A seal, approvals and a publication by one hand, in the words that the steps themselves would use."""
    at = partners.house()
    which = partners.waiting(at)
    known = found(look(at, EMMA), which)
    for step in BEHIND:
        body = {"content": known.content.digest, "verdict": "0" * 64, "reason": "done", "roles": " ".join(ROLES)}
        at.append(EMMA, [Draft(step.value, known.label, about=which, body=body)])
    with pytest.raises(LeconfieldError, match="nothing leaves that is not sealed"):
        handing.hand_over(at, look(at, partners.LIAISON), which)
    assert look(at, EMMA).derived(Receipts).in_order == []


def test_a_preparation_written_behind_its_back_names_no_other_file() -> None:
    """Whoever writes that another file was prepared in a release is not given it, nor does the receipt name it."""
    at = partners.house()
    files = {"bundle.json": ("application/json", b"{}")}
    which = service.draft(at, look(at, EMMA), "partner-bundle", "partner", files, label="S")
    body = {"recipient": "Polizei", "purpose": "x", "format": "stix", "digest": "ab" * 32, "holds": "O S"}
    at.append(EMMA, [Draft(PREPARED, "S", about=which, body=body)])
    partners.sealed(at, which)
    with pytest.raises(LeconfieldError, match="another file than was prepared"):
        handing.hand_over(at, look(at, partners.LIAISON), which)
