"""Commands of the window's host: make one, and serve it. They know nothing of the inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from leconfield.errors import BadInputError
from leconfield.gate.bundles.keys import Key
from leconfield.window.config import FILE, Config, box_key
from leconfield.window.house import spool_of
from leconfield.window.publishing.commands import publish
from leconfield.window.writing import put_plain

window = typer.Typer(help="The window: the open side, a program for another host.", no_args_is_help=True)
_Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The window's folder.")]


window.command("publish")(publish)


@window.command("init")
def init(
    folder: _Folder,
    name: Annotated[str, typer.Option("--name", help="What the public calls the service.")],
    seal_keys: Annotated[list[Path], typer.Option("--seal-key", metavar="PEM", help="Whose seals count; repeat it.")],
    box_keys: Annotated[list[Path], typer.Option("--box-key", metavar="PEM", help="Who opens boxes; repeat it.")],
    url: Annotated[str, typer.Option("--url", help="Where the public finds it.")] = "http://127.0.0.1:8700",
    tagline: Annotated[str, typer.Option("--tagline", help="One line below the name.")] = "",
    languages: Annotated[str, typer.Option("--languages", help="The first is the one by default.")] = "en,de",
) -> None:
    """Make a window's folder: configuration, public keys, spool folders."""
    told = {"name": name, "url": url, "tagline": tagline}
    made = initialise(folder, told, languages.split(","), seal_keys, box_keys)
    typer.echo(f"{made.name}: made in {folder}. What comes from the inside goes to {spool_of(made).in_},")
    typer.echo(f"and what goes there lies in {spool_of(made).out}. Serve it: leconfield window serve {folder}")


@window.command("serve")
def serve(
    folder: _Folder,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8700,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the window until it is stopped. Nothing is logged of who asks."""
    from leconfield.window import serving  # noqa: PLC0415 - the other commands need no server

    typer.echo(f"{Config.load(folder).name} opens at http://{host}:{port}")
    serving.serve(folder, host, port)


def initialise(
    folder: Path, told: dict[str, str], languages: list[str], seal_keys: list[Path], box_keys: list[Path]
) -> Config:
    """Make a window's folder, and give its configuration.

    Raises:
        BadInputError: if there is one already, or a key is none, or the secret half of one.
    """
    if (folder / FILE).exists():
        raise BadInputError(f"{folder / FILE}: there is a window already; change the file, or choose another folder")
    held = {
        **{f"keys/seal-{at}.pem": Key.parse(_pem(each), str(each)).pem for at, each in enumerate(seal_keys, 1)},
        **{f"keys/box-{at}.pem": _checked_box(each) for at, each in enumerate(box_keys, 1)},
    }
    for name, pem in held.items():
        put_plain(folder / name, pem)
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value]
    lines += [f"languages = {json.dumps([each.strip() for each in languages if each.strip()])}", "", "[keys]"]
    for kind in ("seal", "box"):
        lines.append(f"{kind} = {json.dumps([each for each in held if each.startswith(f'keys/{kind}-')])}")
    put_plain(folder / FILE, ("\n".join(lines) + "\n").encode())
    made = Config.load(folder)
    spool_of(made).make()
    return made


def _pem(file: Path) -> bytes:
    if not file.is_file():
        raise BadInputError(f"{file}: there is no such file; give a public key in PEM")
    return file.read_bytes()


def _checked_box(file: Path) -> bytes:
    pem = _pem(file)
    box_key(pem, str(file))
    return pem
