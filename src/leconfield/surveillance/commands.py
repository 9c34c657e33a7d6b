"""Commands of surveillance: what operations there are, the log of one, and the check of a log that was handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from leconfield.console import (
    AsJson,
    AsOf,
    AsWhom,
    DeskFolder,
    err,
    opened,
    out,
    print_json,
    print_marking,
    print_table,
)
from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.ledger.times import to_moment
from leconfield.ledger.view import View
from leconfield.surveillance import rules
from leconfield.surveillance.evidence import check
from leconfield.surveillance.model import Operation
from leconfield.surveillance.rows import Row, row
from leconfield.surveillance.service import found
from leconfield.surveillance.standing import stands
from leconfield.surveillance.state import operations

operation = typer.Typer(help="Surveillance: operations and their logs.", no_args_is_help=True)
LARGEST: Final = 256 * 2**20


@operation.command("list")
def list_operations(desk: DeskFolder, whom: AsWhom, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """List the operations that one may know of, the newest first."""
    with opened(desk) as held:
        view = _asked(held, whom, as_of, "operations", "")
        told = [_summary(view, each) for each in operations(view)]
        if as_json:
            print_json(told)
            return
        print_marking(view)
        names = ("id", "name", "state", "until", "lines", "planned")
        print_table(names, ([each[name] for name in names] for each in told))


def _summary(view: View, each: Operation) -> dict[str, str | int]:
    how = stands(view, each)
    until = how.authority.until[:16] if how.authority else ""
    return {
        "id": each.id,
        "name": each.name,
        "state": str(how.standing),
        "until": until,
        "lines": len(each.lines),
        "planned": each.planned[:16],
    }


@operation.command()
def log(
    which: Annotated[str, typer.Argument(metavar="ID", help="The operation's id, from its address or `list`.")],
    desk: DeskFolder,
    whom: AsWhom,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Print the log of one operation, in the order in which it was written."""
    with opened(desk) as held:
        view = _asked(held, whom, as_of, "operation, log", which)
        known = found(view, which)
        told = [_told(row(held, known, each, view.moment)) for each in rules.in_order(known.lines)]
        if as_json:
            print_json(told)
            return
        print_marking(view)
        print_table(("written", "by", "seen", "where", "authority", "seal"), ([*each.values()] for each in told))


def _told(each: Row) -> dict[str, str]:
    says = each.says
    where = " ".join(one for one in (says.place, says.latitude, says.longitude) if one) if says else ""
    return {
        "written": each.when[:19],
        "by": each.line.written.by,
        "seen": says.seen if says else "(about a bystander; destroyed)",
        "where": where,
        "authority": each.line.authority[:12] or "none was live",
        "seal": each.line.written.seal[:12],
    }


def _asked(held: Desk, whom: str, as_of: str, action: str, about: str) -> View:
    """The view of that reader, once it is recorded what he asks."""
    moment = to_moment(as_of) if as_of else None
    return held.view(held.reader(whom), moment, asking=Question(action, about))


@operation.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON that is attached to the PDF of a log.")],
    audit: Annotated[Path | None, typer.Option(help="The folder with the published audit log.")] = None,
    key: Annotated[Path | None, typer.Option(help="The log's verifying key, audit.pub.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check a log that was handed over: every seal, and with the audit log that none was written afterwards."""
    if (audit is None) != (key is None):
        raise BadInputError("give both --audit and --key, or neither")
    if file.stat().st_size > LARGEST:
        raise BadInputError(f"{file} is larger than {LARGEST // 2**20} MB; that is no observation log")
    done = check(file.read_bytes(), audit, key.read_text("utf-8").strip() if key else "")
    if as_json:
        print_json({name: getattr(done, name) for name in done.__slots__})
    else:
        out.print(f"Operation {done.operation}: {done.lines:,} lines of {done.devices} devices", soft_wrap=True)
        if done.without_words:
            out.print(f"{done.without_words:,} of them about bystanders: their words are kept apart or destroyed")
        for each in done.faults:
            err.print(each, style="red", soft_wrap=True)
    if done.faults:
        raise DamagedError(f"{len(done.faults)} faults: this is not the log that was written")
    if not as_json:
        out.print("Every seal fits." if audit is None else "Every seal fits, and the audit log bears each line out.")
