"""Commands of typologies: check a file, list them, run one over the past."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import Progress

from leconfield.console import (
    AsJson,
    AsOf,
    AsWhom,
    DeskFolder,
    asking,
    err,
    out,
    print_json,
    print_marking,
    print_table,
)
from leconfield.desk.typologies.backtest import EITHER, OUTCOMES, BackTest, outcomes_of
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.measures import LOUDEST, WEIGHTIEST, Measure, Outcomes, Week, measure, stories
from leconfield.desk.typologies.model import Typology
from leconfield.desk.typologies.parsing import parse
from leconfield.errors import BadInputError
from leconfield.ledger.view import View
from leconfield.registry.resolution import Partition

BUDGETS: Final = (1, 2, 5, 10, 20)
STORIES: Final = 20
typology = typer.Typer(help="Typologies: check, list, back-test.", no_args_is_help=True)


@typology.command()
def check(file: Annotated[Path, typer.Argument(help="A typology, as TOML.")]) -> None:
    """Check a typology before it is written into a desk."""
    found = _read(file)
    words = sum(len(reads.words) for each in found.indicators for reads in each.reads)
    out.print(f"{file.name}: {found.name}, version {found.version}: {len(found.indicators)} indicators, {words} words.")


def _read(file: Path) -> Typology:
    try:
        return parse(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{file} cannot be read as text ({error}); give a TOML file in UTF-8") from error


@typology.command("list")
def list_typologies(desk: DeskFolder, whom: AsWhom, as_of: AsOf = "") -> None:
    """List the typologies of a desk, with the version in force."""
    with asking(desk, whom, as_of, "typologies", "") as view:
        catalogue = view.derived(Catalogue)
        rows = []
        for each in catalogue.typologies():
            force = catalogue.in_force(each)
            rows.append((each, force.typology.version if force else "none", len(catalogue.versions(each))))
        print_marking(view)
        print_table(("typology", "in force", "versions"), rows)


@typology.command("back-test")
def back_test(
    which: Annotated[str, typer.Argument(metavar="TYPOLOGY", help="Its id, or a file that is not written in yet.")],
    desk: DeskFolder,
    whom: AsWhom,
    as_of: AsOf = "",
    outcome: Annotated[str, typer.Option(help=f"What came of it: {', '.join(OUTCOMES)}.")] = EITHER,
    horizon: Annotated[int, typer.Option(help="Within how many weeks.", min=1, max=104)] = 8,
    as_json: AsJson = False,
) -> None:
    """Run a typology over the past: whom it would have raised, when, and what came of them."""
    if outcome not in OUTCOMES:
        raise BadInputError(f'outcome "{outcome}" is none; choose one of {", ".join(OUTCOMES)}')
    with asking(desk, whom, as_of, "back-test typology", which) as view:
        found = _wanted(view, which)
        weeks = _run(view, found)
        outcomes = outcomes_of(view.world, outcome, found)
        measured = [
            (measure(weeks, outcomes, WEIGHTIEST, each, horizon), measure(weeks, outcomes, LOUDEST, each, horizon))
            for each in BUDGETS
        ]
        if as_json:
            print_json(_as_json(view, found, weeks, outcomes, measured))
            return
        print_marking(view)
        new = sum(each.new for each in weeks)
        out.print(f"{found.name}, version {found.version}: {len(weeks)} weeks, {new} subjects raised.")
        print_table(
            ("subjects a week", "right", "right by volume", "found", "found by volume"),
            [
                (one.budget, *(f"{share:.3f}" for share in (one.precision, two.precision, one.recall, two.recall)))
                for one, two in measured
            ],
        )
        print_table(
            ("subject", "first raised", "came true next", "times", "raised before"), _stories(view, weeks, outcomes)
        )


def _wanted(view: View, which: str) -> Typology:
    if which.endswith(".toml"):
        return _read(Path(which))
    catalogue = view.derived(Catalogue)
    return (catalogue.in_force(which) or catalogue.versions(which)[-1]).typology


def _run(view: View, found: Typology) -> list[Week]:
    run = BackTest(view.world, found)
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("going through the past", total=len(run.past))
        for done in run.run():
            progress.update(task, completed=done)
    return run.weeks


def _stories(view: View, weeks: list[Week], outcomes: Outcomes) -> list[tuple[object, ...]]:
    partition = view.derived(Partition)
    return [
        (
            partition.subject_of(each.subject).name,
            _day(each.first) or "never",
            _day(each.next) or "not yet",
            each.outcomes,
            each.before,
        )
        for each in stories(weeks, outcomes)[:STORIES]
    ]


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat() if ordinal else ""


def _as_json(
    view: View, found: Typology, weeks: list[Week], outcomes: Outcomes, measured: list[tuple[Measure, Measure]]
) -> dict[str, object]:
    return {
        "marking": view.marking.words,
        "typology": found.id,
        "version": found.version,
        "weeks": [
            {"until": _day(each.end), "reports": each.reports, "raised": len(each.raised), "new": each.new}
            for each in weeks
        ],
        "measures": [
            {"budget": one.budget, "typology": _shares(one), "volume": _shares(other)} for one, other in measured
        ],
        "subjects": [
            {
                "id": each.subject,
                "first": _day(each.first),
                "next": _day(each.next),
                "outcomes": each.outcomes,
                "before": each.before,
            }
            for each in stories(weeks, outcomes)
        ],
    }


def _shares(one: Measure) -> dict[str, object]:
    return {"precision": round(one.precision, 4), "recall": round(one.recall, 4), "looked": one.looked}
