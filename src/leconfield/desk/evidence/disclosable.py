"""What may stand on a schedule. Intercept, and what rests on it, cannot: no value of the type can be made of it.

A `Disclosable` is made by `disclosable` alone, and whatever builds a schedule takes `Disclosable` and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import InitVar, dataclass
from typing import Final

from leconfield.desk.evidence.intercept import Intercepted, intercept_among, is_intercept
from leconfield.desk.evidence.model import EXHIBIT, REBUILD, REPORT, STATEMENT, Assessment, CaseFile, Exhibit
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.view import View

_SEAL: Final = object()


class InterceptError(RefusedError):
    """Intercept material was about to be exhibited, assessed or disclosed."""


@dataclass(frozen=True, slots=True)
class Disclosable:
    """An item of relevant unused material that may stand on a schedule. Only `disclosable` can make one."""

    kind: str
    item: str
    description: str
    sensitive: bool
    ground: str
    prejudice: str
    label: str
    """What one must hold to know of the assessment, and so of the item."""
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only disclosable makes what may stand on a schedule")

    @property
    def key(self) -> tuple[str, str]:
        """The item: kind and id."""
        return self.kind, self.item


def disclosable(view: View, file: CaseFile, assessment: Assessment) -> Disclosable:
    """The assessed item as one that may stand on a schedule.

    Raises:
        InterceptError: if it is intercept or rests on it.
        NotFoundError: if the view does not hold the item.
        RefusedError: if it is not relevant, or not described.
    """
    refuse_intercept(view, file, assessment.kind, assessment.item)
    if not assessment.relevant or not assessment.description:
        raise RefusedError("what is not relevant, or not described, stands on no schedule")
    sensitive = assessment.sensitive
    return Disclosable(
        assessment.kind,
        assessment.item,
        assessment.description,
        sensitive,
        assessment.ground if sensitive else "",
        assessment.prejudice if sensitive else "",
        assessment.label,
        _SEAL,
    )


def disclosables(view: View, file: CaseFile) -> Iterator[Disclosable]:
    """Everything assessed that may stand on a schedule, in the order in which it was assessed; the rest left out."""
    for each in file.assessments:
        try:
            yield disclosable(view, file, each)
        except (NotFoundError, RefusedError):
            continue


def refuse_intercept(view: View, file: CaseFile, kind: str, item: str) -> None:
    """Intercept is nothing for court.

    Raises:
        InterceptError: if the item is intercept or rests on it.
        NotFoundError: if the view does not hold the item.
    """
    if kind == EXHIBIT:
        exhibit = file.exhibit(item)
        intercept = exhibit is not None and exhibit_is_intercept(view, exhibit)
    else:
        intercept = False
    if intercept or intercept_among(view.world, footing(view, file, kind, item)):
        raise InterceptError(
            "this is intercept, or rests on it: it is no evidence and stands on no schedule; "
            "take it to the prosecutor by the way that the law has for it"
        )


def exhibit_is_intercept(view: View, exhibit: Exhibit) -> bool:
    """Whether the exhibit itself came by intercept, or has the bytes of one."""
    return is_intercept(exhibit.channel) or view.derived(Intercepted).is_copy(exhibit.digest)


def footing(view: View, file: CaseFile, kind: str, item: str) -> tuple[str, ...]:
    """The reports that an item rests on.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
        BadInputError: if there is no such kind of item.
    """
    if kind == REPORT:
        return (view.report(item).id,)
    if kind == STATEMENT:
        return (view.statement(item).report,)
    if kind == EXHIBIT and (exhibit := file.exhibit(item)):
        return (*filter(None, (exhibit.report,)), *exhibit.rests)
    if kind == REBUILD and (rebuilt := file.rebuild(item)):
        return (rebuilt.report, *(view.statement(each).report for each in rebuilt.statements))
    if kind not in (EXHIBIT, REBUILD):
        raise BadInputError(f'"{kind[:40]}" is no kind of material')
    raise NotFoundError(f'no such {kind} "{item[:64]}" in this case file')


def labels_of(view: View, file: CaseFile, kind: str, item: str) -> Iterable[str]:
    """What one must hold to know of the item.

    Raises:
        NotFoundError, BadInputError: as for `footing`.
    """
    yield from (view.report(each).label for each in footing(view, file, kind, item))
    if kind == STATEMENT:
        yield view.statement(item).label
    own = file.exhibit(item) if kind == EXHIBIT else file.rebuild(item) if kind == REBUILD else None
    if own is not None:
        yield own.label
