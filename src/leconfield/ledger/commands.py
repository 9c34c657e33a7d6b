"""Commands of the ledger: make a desk, enrol who may sign in, verify the audit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import AsJson, DeskFolder, err, opened, out, print_json, print_table
from leconfield.errors import DamagedError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk

user = typer.Typer(help="Who may sign in, and what each holds.", no_args_is_help=True)
audit = typer.Typer(help="The record of every act and every read.", no_args_is_help=True)


def init(path: Annotated[Path, typer.Argument(help="A new folder for the desk.")]) -> None:
    """Make a new, empty desk."""
    Desk.create(path).close()
    out.print(f"A desk is in {path}. Next: leconfield user add NAME --desk {path} --persona … --tokens …")


@user.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="The name to sign in with: small letters.")],
    desk: DeskFolder,
    persona: Annotated[str, typer.Option(help='How colleagues know this person: "Rob, agent runner".')],
    tokens: Annotated[str, typer.Option(help="What this person holds, apart by spaces: 'O S SEQUIN'.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    roles: Annotated[str, typer.Option(help="Roles, apart by spaces.")] = "",
) -> None:
    """Let somebody sign in, or change what he holds."""
    with opened(desk) as opened_desk:
        draft = accounts.enrolling(name, persona, password, tokens.split(), roles.split())
        opened_desk.append(accounts.KEEPER, [draft])
    out.print(f"{name} may sign in.")


@user.command("list")
def user_list(desk: DeskFolder, as_json: AsJson = False) -> None:
    """List who may sign in."""
    with opened(desk) as opened_desk:
        readers = sorted(opened_desk.readers().values(), key=lambda reader: reader.name)
    if as_json:
        print_json([{"name": each.name, "persona": each.persona, "tokens": sorted(each.tokens)} for each in readers])
    else:
        rows = [(each.name, each.persona, " ".join(sorted(each.tokens))) for each in readers]
        print_table(("name", "persona", "holds"), rows)


@audit.command("verify")
def audit_verify(
    desk: DeskFolder,
    witnessed: Annotated[
        list[Path], typer.Option(help="A checkpoint that an overseer kept; may be given more than once.")
    ] = [],  # noqa: B006 - typer copies it
    as_json: AsJson = False,
) -> None:
    """Check that every entry and every read is accounted for; exit 0 only then."""
    with opened(desk) as opened_desk:
        outcome = opened_desk.verify([path.read_text("utf-8") for path in witnessed])
    if as_json:
        print_json({"leaves": outcome.leaves, "entries": outcome.entries, "faults": list(outcome.faults)})
    else:
        out.print(f"{outcome.leaves:,} leaves, {outcome.entries:,} entries")
        for fault in outcome.faults:
            err.print(fault, style="red")
    if outcome.faults:
        raise DamagedError(f"{len(outcome.faults)} faults: the ledger is not what was written")
    if not as_json:
        out.print("Every entry and every read is accounted for.")


@audit.command("head")
def audit_head(desk: DeskFolder) -> None:
    """Print the signed checkpoint, for an overseer to keep."""
    with opened(desk) as opened_desk:
        sys.stdout.write(opened_desk.checkpoint())  # as it is signed: no terminal's width may break its lines


@audit.command("publish")
def audit_publish(desk: DeskFolder, folder: Annotated[Path, typer.Argument(help="Where the tiles go.")]) -> None:
    """Write the log as C2SP tlog-tiles, for an overseer to verify with other tools."""
    with opened(desk) as opened_desk:
        opened_desk.publish_audit(folder)
    out.print(f"The log is in {folder}; its key is {desk / 'keys' / 'audit.pub'}.")
