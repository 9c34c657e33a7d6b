"""`leconfield gate`: check a draft, and write down who could have known what a report says."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import AsJson, AsWhom, DeskFolder, opened, out, print_headed, print_json
from leconfield.gate.exposure import service
from leconfield.gate.exposure.model import Action, Reason, SentenceVerdict, Text
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.release.model import Colour
from leconfield.ledger.model import Question
from leconfield.ledger.times import check_partial, stamp

gate = typer.Typer(help="What may be said, and who could be burnt by it.", no_args_is_help=True)
_STYLE = {Colour.GREEN: "green", Colour.AMBER: "yellow", Colour.RED: "red"}


@gate.command("check")
def check(
    draft: Annotated[Path, typer.Argument(help="The draft, a text file.", show_default=False)],
    desk: DeskFolder,
    whom: AsWhom,
    audience: Annotated[str, typer.Option(help="Who will read it: public, partner or court.")] = "public",
    on: Annotated[str, typer.Option(help="The day on which it is to be said; today if not given.")] = "",
    action: Annotated[
        list[str], typer.Option("--action", help='Something that will be seen, as "2026-05-01 an arrest in Hull".')
    ] = [],  # noqa: B006 - typer copies it
    persona: Annotated[str, typer.Option(help="Of whom of ours it speaks, by the name known outside.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say of each sentence of a draft how it stands, why, and what could be said instead."""
    words = draft.read_bytes().decode("utf-8", "replace")
    with opened(desk) as found:
        view = found.view(found.reader(whom), asking=Question("gate check", draft.name))
        day = check_partial(on) if on else stamp(found.clock())[:10]
        planned = tuple(Action(rest, check_partial(at)) for at, _, rest in (each.partition(" ") for each in action))
        profile = shipped()
        text = Text(words, day, draft.name, planned, persona)
        told = service.answer(found, view, text, profile, profile.audience(audience))
        if as_json:
            print_json(as_data(told))
            return
        print_headed(told.colour.value, f": {draft.name} for {audience}")
        for each in told.verdict.sentences:
            _print(each)
        for reason in told.verdict.reasons:
            out.print(f"  {reason.words}", style=_STYLE[reason.colour])
        if told.refusal:
            out.print(told.refusal, style="red")


@gate.command("knowers")
def knowers(
    report: Annotated[str, typer.Argument(help="The report's id.", show_default=False)],
    people: Annotated[
        list[str], typer.Argument(help='Names; crowds as "the crew|12"; "Jo|1|2026-03-05" with since when.')
    ],
    desk: DeskFolder,
    whom: AsWhom,
) -> None:
    """Write down who, besides the source, could have known what a report says."""
    with opened(desk) as found:
        view = found.view(found.reader(whom), asking=Question("report", report))
        out.print(service.note_knowers(found, view, report, people))


def as_data(told: service.Answer) -> dict[str, object]:
    """What the asker is told, for JSON."""
    return {
        "digest": told.verdict.digest,
        "audience": told.verdict.audience,
        "colour": told.colour.value,
        "refusal": told.refusal,
        "reasons": [_reason(each) for each in told.verdict.reasons],
        "sentences": [_sentence(each) for each in told.verdict.sentences],
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {"check": reason.check.value, "colour": reason.colour.value, "words": reason.words}


def _sentence(verdict: SentenceVerdict) -> dict[str, object]:
    return {
        "number": verdict.number,
        "start": verdict.start,
        "end": verdict.end,
        "text": verdict.text,
        "colour": verdict.colour.value,
        "reasons": [_reason(each) for each in verdict.reasons],
        "rests_on": [
            {"report": each.passage.report, "reference": each.reference, "words": each.words}
            for each in verdict.grounds
        ],
        "sources": list(verdict.critical),
        "knowers": verdict.knowers,
        "unmatched": verdict.unmatched,
        "offers": [asdict(each) for each in verdict.offers],
    }


def _print(verdict: SentenceVerdict) -> None:
    out.print(f"{verdict.number}. {verdict.text}", style=_STYLE[verdict.colour])
    for reason in verdict.reasons:
        out.print(f"     {reason.words}")
    for offer in verdict.offers:
        out.print(f"   > {offer.how} ({offer.colour.value}) {offer.until} {offer.words}")
