"""The one command, `leconfield`, put together out of each department's commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from leconfield import __version__
from leconfield.authority import commands as authority
from leconfield.console import DeskFolder, err, out
from leconfield.desk.incidents import commands as incidents
from leconfield.desk.typologies import commands as typologies
from leconfield.errors import BadInputError, LeconfieldError
from leconfield.gate.bundles import commands as bundles
from leconfield.gate.exposure import commands as exposure
from leconfield.gate.handing import commands as handing
from leconfield.gate.redaction import commands as redaction
from leconfield.gate.release import commands as releases
from leconfield.intake import commands as intake
from leconfield.intake import tabling
from leconfield.ledger import commands as ledger
from leconfield.network import commands as network
from leconfield.registry import commands as registry
from leconfield.registry import commands_screen
from leconfield.registry.linkage import commands as linkage
from leconfield.surveillance import commands as surveillance

STOPPED: Final = 130
"""The exit code of a command stopped by Ctrl-C."""

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
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8600,
) -> None:
    """Build the demo desk, Operation SEQUIN, and open it."""
    from leconfield.demo.build import demo as build_demo  # noqa: PLC0415 - only this command needs it

    build_demo(desk, reports)
    if serve_it:
        serve(desk, port=port, host="127.0.0.1")


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
app.add_typer(ledger.user, name="user")
app.add_typer(ledger.audit, name="audit")


def main() -> None:
    """Run the command line; an error a person can mend is one clear line and an exit code of its own."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except LeconfieldError as error:
        _stop(str(error), error.exit_code)
    except typer.TyperException as error:
        _stop(_usage(error), error.exit_code)
    except typer.Abort:
        _stop("stopped; nothing more was done", STOPPED)
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _stop(f"{where}{error.strerror or error}; check the path and what you may do there", BadInputError.exit_code)
    sys.exit(code or 0)


def _usage(error: typer.TyperException) -> str:
    """What is wrong with a command as it was typed, and where its use is told."""
    words = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)  # none where the error came before any command was known
    command = context.command_path if context else "leconfield"
    return f'{words}; "{command} --help" says how it is used' if words else ""


def _stop(words: str, code: int) -> NoReturn:
    """Say what is wrong in one line: names out of others' files may hold what steers a terminal or turns a line."""
    if words:
        line = "".join(each if each.isprintable() else "\ufffd" for each in " ".join(words.split()))
        err.print(line, style="red", markup=False, soft_wrap=True)
    sys.exit(code)
