"""Commands of releases: what there is, bundles, whose copy leaked, a key. Steps are taken on the site, signed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import AsJson, AsWhom, DeskFolder, asking, opened, out, print_json, print_marking, print_table
from leconfield.errors import BadInputError
from leconfield.gate.release import keys, service
from leconfield.gate.release.codes import ONE_IN
from leconfield.gate.release.state import releases
from leconfield.gate.release.tracing import MAX_LEAK
from leconfield.ledger.model import Question

release = typer.Typer(help="Releases: what there is, bundles, whose copy leaked.", no_args_is_help=True)
_Which = Annotated[str, typer.Argument(metavar="RELEASE", help="The release's id.")]


@release.command("list")
def list_releases(desk: DeskFolder, whom: AsWhom, as_json: AsJson = False) -> None:
    """List the releases that one may know of, and how they stand."""
    with asking(desk, whom, "", "releases", "") as view:
        rows = [
            {
                "id": each.id,
                "stands": str(each.state),
                "form": each.content.form,
                "audience": each.content.audience,
                "title": each.content.title,
                "embargo": each.content.embargo,
                "approved by": ", ".join(one.by for one in each.approvals),
            }
            for each in releases(view).by_id.values()
        ]
        if as_json:
            print_json(rows)
            return
        print_marking(view)
        print_table(tuple(rows[0]) if rows else ("id",), (list(row.values()) for row in rows))


@release.command("bundle")
def write_bundle(
    which: _Which,
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    desk: DeskFolder,
    whom: AsWhom,
    key: Annotated[Path, typer.Option("--key", metavar="FOLDER", help="The folder of the key that seals.")],
    recipient: Annotated[str, typer.Option("--to", help="Whose copy, where the text has alternatives.")] = "",
) -> None:
    """Write the signed bundle of a sealed release."""
    if target.exists():
        raise BadInputError(f"{target}: there is a file already; choose another name")
    signers = [keys.load(key)]
    with opened(desk) as at:
        view = at.view(at.reader(whom), asking=Question("release bundle", which))
        if recipient:
            packed = service.copy(at, view, which, recipient, signers)
        else:
            packed = service.bundle(at, view, which, signers)
    target.write_bytes(packed)
    out.print(f"{target}: {len(packed):,} bytes", soft_wrap=True)


@release.command()
def leak(
    which: _Which,
    found: Annotated[Path, typer.Argument(metavar="TEXT", help="A file with the text that turned up.")],
    desk: DeskFolder,
    whom: AsWhom,
    one_in: Annotated[int, typer.Option("--one-in", min=10, help="Name a wrong copy once in so many leaks.")] = ONE_IN,
    as_json: AsJson = False,
) -> None:
    """Say whose copy a text came from, and how surely."""
    if not found.is_file():
        raise BadInputError(f"{found}: there is no such file; save the text that turned up in one")
    with found.open("rb") as file:
        text = file.read(4 * MAX_LEAK).decode("utf-8", "replace")
    with asking(desk, whom, "", "leaked copy", which) as view:
        traced = service.leaked(view, which, text)
        if not as_json:
            print_marking(view)
            out.print(traced.words(one_in), soft_wrap=True)
            return
        rows = [
            {"recipient": each.recipient, "agreed": each.agreed, "chance": each.chance, "named": each.named(one_in)}
            for each in traced.matches
        ]
        print_json({"places": traced.places, "read": traced.read, "copies": rows})


@release.command("key")
def make_key(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the key goes.")]) -> None:
    """Make a key to seal with; the outside gets the file seal.pem."""
    made = keys.made(folder)
    out.print(f"{folder / keys.PUBLIC}: {made.public.id}", soft_wrap=True)
