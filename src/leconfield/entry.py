"""Where the command `leconfield` begins: the open side is run without loading anything of the inside."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

import typer

from leconfield.running import run

INSIDE: Final = frozenset({"keys", "export", "import"})
"""Commands of `leconfield window` that are run inside, where the desk is."""
_HELP: Final = frozenset({"-h", "--help"})


def main() -> None:
    """Run the command line as the process was started."""
    words = sys.argv[1:]
    if words[:1] == ["window"] and runs_outside(words[1:]):
        run(_open_side(), words)
    if words[:1] == ["fake-instagram"]:
        run(_fake(), words)
    from leconfield import cli  # noqa: PLC0415 - it loads the whole inside, which the open side must not

    cli.main()


def runs_outside(words: Sequence[str]) -> bool:
    """Whether what follows `leconfield window` is a command of the open side."""
    return bool(words) and words[0] not in INSIDE | _HELP


def _open_side() -> typer.Typer:
    from leconfield.window.commands import window  # noqa: PLC0415 - one program or the other

    app = _program()
    app.add_typer(window, name="window")
    return app


def _fake() -> typer.Typer:
    from leconfield.fake_instagram.commands import fake_instagram  # noqa: PLC0415 - one program or the other

    app = _program()
    app.command("fake-instagram")(fake_instagram)
    return app


def _program() -> typer.Typer:
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_named)
    return app


def _named() -> None:
    """An investigation desk that knows what it may say."""
