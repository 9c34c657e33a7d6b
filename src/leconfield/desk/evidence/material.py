"""What may be unused material of an investigation: assessed, not assessed yet, and intercept, which is neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leconfield.desk.evidence import model
from leconfield.desk.evidence.continuity import breaks
from leconfield.desk.evidence.disclosable import InterceptError, refuse_intercept
from leconfield.desk.evidence.model import EXHIBIT, REBUILD, REPORT, STATEMENT, Assessment, CaseFile
from leconfield.desk.investigations import Investigation
from leconfield.errors import NotFoundError
from leconfield.ledger.model import ReportId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS, words_for

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be unused material."""

    kind: str
    item: str
    title: str
    url: str
    """Where it can be read."""
    assessment: Assessment | None

    @property
    def report(self) -> str:
        """The report that it is, which can be rebuilt; empty if it is none."""
        return self.item if self.kind == REPORT else ""


@dataclass(frozen=True, slots=True)
class Material:
    """All material of an investigation in a view."""

    open: tuple[Item, ...]
    """Not assessed yet."""
    assessed: tuple[Item, ...]
    intercept: tuple[Item, ...]
    """It stands on no schedule, whatever anybody assesses."""


def material(view: View, case: Investigation, file: CaseFile) -> Material:
    """All material of the investigation: what is linked, rested on and produced, and whatever was assessed besides."""
    items = [_item(view, file, *each) for each in dict.fromkeys(_keys(view, case, file))]
    intercept = {each for each in items if _is_intercept(view, file, each)}
    rest = [each for each in items if each not in intercept]
    return Material(
        tuple(each for each in rest if each.assessment is None),
        tuple(each for each in rest if each.assessment is not None),
        tuple(each for each in items if each in intercept),
    )


def _keys(view: View, case: Investigation, file: CaseFile) -> Iterator[Key]:
    """Assessed items in the order of the schedules, then the others."""
    yield from (each.key for each in file.assessments if _here(view, file, each))
    reports = [each.target for each in case.linked(REPORT)]
    reports += [one for each in case.decisions for one in each.rests]
    reports += [each.report for each in case.counting]
    yield from ((REPORT, each) for each in reports if ReportId(each) in view.world.reports)
    yield from ((EXHIBIT, each.id) for each in file.exhibits)
    yield from ((REBUILD, each.id) for each in file.rebuilt)


def _here(view: View, file: CaseFile, assessment: Assessment) -> bool:
    kind, item = assessment.key
    if kind == REPORT:
        return ReportId(item) in view.world.reports
    if kind == STATEMENT:
        return _statement_words(view, item) != ""
    return (file.exhibit(item) if kind == EXHIBIT else file.rebuild(item)) is not None


def _is_intercept(view: View, file: CaseFile, item: Item) -> bool:
    try:
        refuse_intercept(view, file, item.kind, item.item)
    except InterceptError:
        return True
    except NotFoundError:
        return False
    return False


def _item(view: View, file: CaseFile, kind: str, item: str) -> Item:
    return Item(
        kind, item, title_of(view, file, kind, item), _address(view, file, kind, item), file.assessed(kind, item)
    )


def title_of(view: View, file: CaseFile, kind: str, item: str) -> str:
    """What the item is called within these walls; empty if the view does not hold it."""
    if kind == REPORT:
        report = view.world.reports.get(ReportId(item))
        return report.title if report else ""
    if kind == STATEMENT:
        return _statement_words(view, item)
    if kind == EXHIBIT:
        exhibit = file.exhibit(item)
        return f"{exhibit.number}, {exhibit.words}" if exhibit else ""
    rebuilt = file.rebuild(item)
    return rebuilt.heading if rebuilt else ""


def _statement_words(view: View, item: str) -> str:
    try:
        said = view.statement(item)
    except NotFoundError:
        return ""
    return words_for(said.prop) if said.prop in LINKS else f"{words_for(said.prop)}: {said.value}"


def _address(view: View, file: CaseFile, kind: str, item: str) -> str:
    if kind == REPORT:
        return f"/reports/{item}"
    if kind == EXHIBIT:
        return f"/evidence/{file.id}/exhibits/{item}"
    if kind == STATEMENT:
        said = view.statement(item)
        return f"/reports/{said.report}?start={max(said.start, 0)}&end={max(said.end, 0)}#lit"
    return f"/evidence/{file.id}/rebuilt/{item}"


def broken(file: CaseFile) -> int:
    """How many exhibits have a broken continuity."""
    return sum(bool(breaks(each)) for each in file.exhibits)


def kinds() -> list[tuple[str, str]]:
    """Kinds of items, for a choice."""
    return list(model.ITEMS.items())
