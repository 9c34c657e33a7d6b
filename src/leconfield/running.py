"""Running a command line: an error that a person can mend is one clear line and an exit code of its own.

Both programs run by it, the inside and the open side: it imports nothing of ours but errors.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import typer
from rich.console import Console

from leconfield.errors import BadInputError, LeconfieldError

STOPPED: Final = 130
"""The exit code of a command stopped by Ctrl-C."""
_err: Final = Console(stderr=True, highlight=False, markup=False)


def run(app: typer.Typer, words: Sequence[str] | None = None) -> NoReturn:
    """Run a command line, and end the process with its exit code; `words` None: as the process was started."""
    try:
        code = app(args=words, standalone_mode=False)
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
        _err.print(line, style="red", markup=False, soft_wrap=True)
    sys.exit(code)
