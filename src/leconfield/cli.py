"""The one command, `leconfield`, put together out of each department's commands.

What a line begins with names the one module that it needs, and no other is loaded: all of them take over a second.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer

from leconfield import __version__
from leconfield.console import DeskFolder, out
from leconfield.running import run

COMMANDS: Final[Mapping[str, str]] = {
    "init": "ledger.commands",
    "intake": "intake.commands",
    "load": "intake.tabling",
    "search": "intake.commands",
    "export": "gate.handing.commands",
    "hand-over": "gate.handing.commands",
    "extract": "intake.commands",
    "trace": "registry.commands",
    "screen": "registry.commands_screen",
    "show": "registry.commands",
    "resolve": "registry.linkage.commands",
    "network": "network.commands",
    "redact": "gate.redaction.commands",
    "fake-instagram": "fake_instagram.commands",
}
"""Commands of one word, and where each lies."""
GROUPS: Final[Mapping[str, str]] = {
    "authority": "authority.commands",
    "operation": "surveillance.commands",
    "typology": "desk.typologies.commands",
    "incident": "desk.incidents.commands",
    "gate": "gate.exposure.commands",
    "release": "gate.release.commands",
    "bundle": "gate.bundles.commands",
    "window": "outreach.commands",
    "user": "ledger.commands",
    "audit": "ledger.commands",
}
"""Words after which a second one names the command, and where those lie."""


def program(first: str = "") -> typer.Typer:
    """The command line: of one word that a line begins with, or of all where that word is no command's."""
    app = typer.Typer(
        help="An investigation desk that knows what it may say.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(about)
    app.command()(serve)
    app.command()(demo)
    known = first in COMMANDS or first in GROUPS or first in ("serve", "demo", "--version")
    for name, place in COMMANDS.items():
        if not known or name == first:
            app.command(name)(getattr(import_module(f"leconfield.{place}"), name.replace("-", "_")))
    for name, place in GROUPS.items():
        if not known or name == first:
            app.add_typer(_both_sides() if name == "window" else _group(place, name), name=name)
    return app


def _group(place: str, name: str) -> typer.Typer:
    group = getattr(import_module(f"leconfield.{place}"), name)
    assert isinstance(group, typer.Typer)
    return group


def _both_sides() -> typer.Typer:
    """All commands of the window, for its help: `leconfield.entry` runs those of the open side apart."""
    both = typer.Typer(help=_group(GROUPS["window"], "window").info.help, no_args_is_help=True)
    for place in (GROUPS["window"], "window.commands"):
        both.registered_commands.extend(_group(place, "window").registered_commands)
    return both


def about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """An investigation desk that knows what it may say."""
    if version:
        out.print(f"leconfield {__version__}")
        raise typer.Exit


def serve(
    desk: DeskFolder,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8600,
) -> None:
    """Open the officers' site of a desk."""
    from leconfield.app import serve as serve_site  # noqa: PLC0415 - the other commands start without the web

    serve_site(desk, host, port)


def demo(
    desk: Annotated[Path, typer.Option("--desk", envvar="LECONFIELD_DESK", help="Where the demo desk goes.")] = Path(
        "desk"
    ),
    reports: Annotated[
        list[Path], typer.Option("--reports", help="A folder of further reports to file, such as the MUC texts.")
    ] = [],  # noqa: B006 - typer copies it
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Open its site when it is built.")] = True,
    port: Annotated[int, typer.Option(help="Port of the desk.")] = 8600,
    window_port: Annotated[int, typer.Option("--window-port", help="Port of the window.")] = 8700,
    fake_port: Annotated[int, typer.Option("--fake-port", help="Port of the fake Instagram.")] = 8702,
) -> None:
    """Build the demo desk, Operation SEQUIN, and its window, and open both."""
    from leconfield.demo import window  # noqa: PLC0415 - only this command needs it
    from leconfield.demo.build import demo as build_demo  # noqa: PLC0415

    ports = window.Ports(window_port, fake_port)
    place = build_demo(desk, reports, ports)
    if serve_it:
        with window.running(place, ports):
            window.told(ports)
            serve(desk, port=port, host="127.0.0.1")


def main() -> None:
    """Run the command line of the inside."""
    run(program(sys.argv[1] if len(sys.argv) > 1 else ""))
