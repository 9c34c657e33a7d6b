"""The command that writes files for others: chosen subjects for a recipient, or all that one may see for oneself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import AsOf, AsWhom, DeskFolder, asking, opened, out
from leconfield.desk.exchange.model import FORMATS, FTM, MOST_SUBJECTS, ExchangeError
from leconfield.desk.exchange.selection import Selection, chosen_ids, selected
from leconfield.desk.exchange.service import hand_over
from leconfield.desk.exchange.writing import unsaid_in
from leconfield.intake.commands import exported
from leconfield.ledger.model import Question


def export(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    desk: DeskFolder,
    whom: AsWhom,
    form: Annotated[str, typer.Option("--format", help="stix, ftm or graphml.")] = FTM,
    subjects: Annotated[
        list[str] | None, typer.Option("--subject", help="A subject's id; may be given again.", show_default=False)
    ] = None,
    investigation: Annotated[str, typer.Option(help="An investigation's id: every subject in it.")] = "",
    recipient: Annotated[str, typer.Option("--to", help="Who gets it; leaves a receipt.")] = "",
    purpose: Annotated[str, typer.Option("--for", help="What it is for.")] = "",
    holds: Annotated[str, typer.Option(help="What he may hold, such as 'O S'; nothing: what everybody may read.")] = "",
    hops: Annotated[int, typer.Option(help="And those so many links around them.", min=0, max=2)] = 0,
    protected: Annotated[bool, typer.Option("--protected", help="With protected characteristics.")] = False,
    label: Annotated[str, typer.Option(help="Who may know of the receipt, beside what all in the file asks for.")] = "",
    as_of: AsOf = "",
) -> None:
    """Write subjects for somebody outside (--to), under ids of his own; or, as FollowTheMoney, all that you may see.

    Without --to it is a copy for yourself: every subject, with the desk's ids; what was denied or planned stays out.
    """
    if form not in FORMATS:
        raise ExchangeError(f'"{form[:40]}" is no format that is written here; choose {", ".join(FORMATS)}')
    if not recipient:
        _for_oneself(target, desk, whom, as_of, alone=form == FTM and not subjects and not investigation)
        return
    if not target.absolute().parent.is_dir():
        raise ExchangeError(f'"{target}" cannot be written: its folder does not exist; nothing was handed over')
    if as_of:
        raise ExchangeError("nobody hands anything over in the past; leave out --as-of")
    with opened(desk) as at:
        view = at.view(at.reader(whom), asking=Question("hand over", recipient))
        ids = chosen_ids(view, " ".join(subjects or ()), investigation=investigation)
        theirs = frozenset(holds.replace(",", " ").split())
        found = selected(at, view, ids, recipient=recipient, holds=theirs, hops=hops, protected=protected)
        content = hand_over(at, view, found, recipient=recipient, purpose=purpose, form=form, label=label)
    target.write_bytes(content)
    _tell(target, found, form)


def _for_oneself(target: Path, folder: Path, whom: str, as_of: str, *, alone: bool) -> None:
    if not alone:
        raise ExchangeError("say who gets it (--to) and what for (--for); without, all that you see goes as ftm")
    with asking(folder, whom, as_of, "export", target.name) as view:
        lines = list(exported(view))
    with target.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    out.print(f"{len(lines):,} entities are in {target}.")


def _tell(target: Path, found: Selection, form: str) -> None:
    picture = found.picture
    out.print(
        f"{len(picture.nodes):,} subjects and {len(picture.links):,} links are in {target}; a receipt is in the ledger."
    )
    if picture.left_out:
        out.print(f"{picture.left_out:,} more around them are not: a file takes {MOST_SUBJECTS:,} subjects.")
    if found.missing:
        out.print(f"{found.missing:,} chosen subjects are not: the recipient may hold nothing of them.")
    if found.protected:
        out.print(f"{found.protected:,} statements on protected characteristics stayed here.")
    if unsaid := unsaid_in(found, form):
        out.print(f"{unsaid:,} statements stayed here that the format has no way to say.")
