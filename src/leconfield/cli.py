"""The one command, `leconfield`, put together out of each department's commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leconfield import __version__
from leconfield.authority import commands as authority
from leconfield.console import DeskFolder, out
from leconfield.desk.incidents import commands as incidents
from leconfield.desk.typologies import commands as typologies
from leconfield.fake_instagram import commands as fake
from leconfield.gate.bundles import commands as bundles
from leconfield.gate.exposure import commands as exposure
from leconfield.gate.handing import commands as handing
from leconfield.gate.redaction import commands as redaction
from leconfield.gate.release import commands as releases
from leconfield.intake import commands as intake
from leconfield.intake import tabling
from leconfield.ledger import commands as ledger
from leconfield.network import commands as network
from leconfield.outreach import commands as outreach
from leconfield.registry import commands as registry
from leconfield.registry import commands_screen
from leconfield.registry.linkage import commands as linkage
from leconfield.running import run
from leconfield.surveillance import commands as surveillance
from leconfield.window import commands as open_side

app = typer.Typer(
    help="An investigation desk that knows what it may say.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """An investigation desk that knows what it may say."""
    if version:
        out.print(f"leconfield {__version__}")
        raise typer.Exit


@app.command()
def serve(
    desk: DeskFolder,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8600,
) -> None:
    """Open the officers' site of a desk."""
    from leconfield.app import serve as serve_site  # noqa: PLC0415 - the other commands start without the web

    serve_site(desk, host, port)


@app.command()
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


outreach.window.registered_commands.extend(open_side.window.registered_commands)  # in help; `entry` runs them apart
app.command("fake-instagram")(fake.fake_instagram)
app.command("init")(ledger.init)
app.command("intake")(intake.intake)
app.command("load")(tabling.load)
app.command("search")(intake.search)
app.command("export")(handing.export)
app.command("hand-over")(handing.hand_over)
app.command("extract")(intake.extract)
app.command("trace")(registry.trace)
app.command("screen")(commands_screen.screen)
app.command("show")(registry.show)
app.command("resolve")(linkage.resolve)
app.command("network")(network.network)
app.command("redact")(redaction.redact)
app.add_typer(authority.authority, name="authority")
app.add_typer(surveillance.operation, name="operation")
app.add_typer(typologies.typology, name="typology")
app.add_typer(incidents.incident, name="incident")
app.add_typer(exposure.gate, name="gate")
app.add_typer(releases.release, name="release")
app.add_typer(bundles.bundle, name="bundle")
app.add_typer(outreach.window, name="window")
app.add_typer(ledger.user, name="user")
app.add_typer(ledger.audit, name="audit")


def main() -> None:
    """Run the command line of the inside."""
    run(app)
