"""The commands of files for others: made for a recipient and put into a release, handed over; or all, for oneself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import AsOf, AsWhom, DeskFolder, asking, opened, out
from leconfield.desk.exchange.model import FORMATS, FTM, MOST_SUBJECTS, ExchangeError
from leconfield.desk.exchange.selection import Selection, chosen_ids, selected
from leconfield.desk.exchange.service import ready
from leconfield.desk.exchange.writing import unsaid_in
from leconfield.errors import BadInputError
from leconfield.gate.handing import service
from leconfield.intake.commands import exported
from leconfield.ledger.model import Question


def export(
    desk: DeskFolder,
    whom: AsWhom,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="OUT", help="The file to write, where it is for yourself.", show_default=False),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="stix, ftm or graphml.")] = FTM,
    subjects: Annotated[
        list[str] | None, typer.Option("--subject", help="A subject's id; may be given again.", show_default=False)
    ] = None,
    investigation: Annotated[str, typer.Option(help="An investigation's id: every subject in it.")] = "",
    recipient: Annotated[str, typer.Option("--to", help="Who gets it: it then waits at the gate.")] = "",
    purpose: Annotated[str, typer.Option("--for", help="What it is for.")] = "",
    holds: Annotated[str, typer.Option(help="What he may hold, such as 'O S'; nothing: what everybody may read.")] = "",
    hops: Annotated[int, typer.Option(help="And those so many links around them.", min=0, max=2)] = 0,
    protected: Annotated[bool, typer.Option("--protected", help="With protected characteristics.")] = False,
    label: Annotated[str, typer.Option(help="Who may know of the receipt, beside what all in the file asks for.")] = "",
    as_of: AsOf = "",
) -> None:
    """Put subjects for somebody outside (--to) into a release, under ids of his own; or write all that you may see.

    With --to nothing leaves yet: it waits until the gate has passed it and it is sealed (`leconfield hand-over`).
    Without, it is a copy for yourself as FollowTheMoney: every subject, with the desk's ids; what was denied or planned
    stays out.
    """
    if form not in FORMATS:
        raise ExchangeError(f'"{form[:40]}" is no format that is written here; choose {", ".join(FORMATS)}')
    if not recipient:
        _for_oneself(target, desk, whom, as_of, alone=form == FTM and not subjects and not investigation)
        return
    if target is not None:
        raise ExchangeError(f'"{target}" is not written yet: leave it out, and name it when you hand the file over')
    if as_of:
        raise ExchangeError("nobody hands anything over in the past; leave out --as-of")
    with opened(desk) as at:
        view = at.view(at.reader(whom), asking=Question("prepare to hand over", recipient))
        ids = chosen_ids(view, " ".join(subjects or ()), investigation=investigation)
        theirs = frozenset(holds.replace(",", " ").split())
        found = selected(at, view, ids, recipient=recipient, holds=theirs, hops=hops, protected=protected)
        made = ready(at, view, found, recipient=recipient, purpose=purpose, form=form, label=label)
        which = service.prepare(at, view, made)
    _tell(which, found, form)


def hand_over(
    which: Annotated[str, typer.Argument(metavar="RELEASE", help="The release's id.", show_default=False)],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    desk: DeskFolder,
    whom: AsWhom,
) -> None:
    """Write the file of a sealed release for its recipient; the first time it is published, and there is a receipt."""
    if target.exists() or not target.absolute().parent.is_dir():
        raise BadInputError(f'"{target}" cannot be written: it is there already, or its folder does not exist')
    with opened(desk) as at:
        view = at.view(at.reader(whom), asking=Question("hand over", which))
        content = service.hand_over(at, view, which)
    target.write_bytes(content)
    out.print(f"{len(content):,} bytes are in {target}; a receipt is in the ledger.", soft_wrap=True)


def _for_oneself(target: Path | None, folder: Path, whom: str, as_of: str, *, alone: bool) -> None:
    if not alone:
        raise ExchangeError("say who gets it (--to) and what for (--for); without, all that you see goes as ftm")
    if target is None:
        raise ExchangeError("name the file to write")
    with asking(folder, whom, as_of, "export", target.name) as view:
        lines = list(exported(view))
    with target.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    out.print(f"{len(lines):,} entities are in {target}.")


def _tell(which: str, found: Selection, form: str) -> None:
    picture = found.picture
    out.print(f"{len(picture.nodes):,} subjects and {len(picture.links):,} links wait at the gate in release {which}.")
    out.print("Have it checked, approved by two and sealed (/releases); then: leconfield hand-over")
    if picture.left_out:
        out.print(f"{picture.left_out:,} more around them are not: a file takes {MOST_SUBJECTS:,} subjects.")
    if found.missing:
        out.print(f"{found.missing:,} chosen subjects are not: the recipient may hold nothing of them.")
    if found.protected:
        out.print(f"{found.protected:,} statements on protected characteristics stayed here.")
    if unsaid := unsaid_in(found, form):
        out.print(f"{unsaid:,} statements stayed here that the format has no way to say.")
