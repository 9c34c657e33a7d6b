"""Commands of bundles, for whoever receives one: no desk, no account, public keys alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from leconfield.errors import BadInputError
from leconfield.gate.bundles.keys import Key
from leconfield.gate.bundles.sealed import Bundle, verify, whole
from leconfield.gate.bundles.taking import loaded, take

bundle = typer.Typer(help="Sealed bundles: verify one, take it in.", no_args_is_help=True)
_Keys = Annotated[
    list[Path],
    typer.Option(
        "--key", metavar="PEM", envvar="LECONFIELD_BUNDLE_KEYS", help="A public key that you trust; repeat it."
    ),
]
_Needs = Annotated[int, typer.Option("--needs", min=1, help="How many of these keys must have sealed it.")]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="The sealed bundle.")]


@bundle.command("verify")
def verify_file(
    file: _File,
    keys: _Keys = [],  # noqa: B006 - typer copies it
    needs: _Needs = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, never coloured.")] = False,
) -> None:
    """Say whether a sealed bundle is whole and who sealed it; without a key, whose seal it is stays open."""
    packed = loaded(file)
    trusted = [Key.parse(_bytes(each), str(each)) for each in keys]
    found = verify(packed, trusted, needed=needs, where=file.name) if trusted else whole(packed, where=file.name)
    if as_json:
        typer.echo(json.dumps(_fields(found), ensure_ascii=False, indent=2))
        return
    for line in _lines(found):
        typer.echo(line)


@bundle.command("take")
def take_file(
    file: _File,
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="Where bundles are kept.")],
    keys: _Keys,
    needs: _Needs = 1,
) -> None:
    """Verify a bundle and keep it; taking it again changes nothing."""
    trusted = [Key.parse(_bytes(each), str(each)) for each in keys]
    taken = take(file, into, trusted, needed=needs)
    typer.echo(f"{taken.bundle.digest}  {'taken in' if taken.new else 'was here already'}")


def _fields(found: Bundle) -> dict[str, object]:
    manifest = found.manifest
    return {
        "whole": True,
        "trusted": list(found.trusted),
        "signers": [each.id for each in manifest.signers],
        "digest": found.digest,
        "release": manifest.release,
        "recipient": manifest.recipient,
        "content": manifest.content.digest,
        **manifest.content.fields,
    }


def _lines(found: Bundle) -> list[str]:
    manifest, made = found.manifest, found.manifest.content
    lines = [
        "whole: nothing in it was changed since it was sealed",
        *(f"sealed by {each.id}{' (trusted)' if each.id in found.trusted else ''}" for each in manifest.signers),
        f"{made.form} for {made.audience}, release {manifest.release}",
    ]
    if made.embargo:
        lines.append(f"not to be shown before {made.embargo}")
    lines += [f"{each.digest}  {each.size:>10,}  {each.media_type:<24} {each.name}" for each in made.members]
    if not found.trusted:
        lines.append("whose key that is, the file cannot tell: compare it with its owner and give it as --key PEM")
    return lines


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise BadInputError(f"{file}: there is no such file; give a public key in PEM")
    return file.read_bytes()
