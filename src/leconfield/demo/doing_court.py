"""What a case's officers made ready for court: the case and its name, unused material, the schedule that leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from leconfield.demo.deeds import PREPARE_SCHEDULE, Deed
from leconfield.demo.scene import Scene
from leconfield.desk.evidence import disclosing, model, service
from leconfield.desk.investigations import open_investigation
from leconfield.desk.investigations.model import OPENED
from leconfield.gate.handing import schedules


def _open(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, OPENED):
        wrote = deed.wrote
        found = [scene.reports[each].id for each in wrote["reports"].split()]
        said = {each: wrote[each] for each in ("reason", "label")}
        open_investigation(scene.desk, scene.view(deed.by), title=deed.about, **said, reports=found)


def _name(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.HEADED):
        view, said = scene.view(deed.by), {each: deed.wrote[each] for each in ("heading", "parties")}
        service.head(scene.desk, view, scene.case(view, deed.about).id, **said)


def _assess(scene: Scene, deed: Deed) -> None:
    """Assess a report; what the check of its words holds was looked at again."""
    if scene.stands(deed, model.ASSESSED):
        return
    view, item = scene.view(deed.by), scene.reports[deed.wrote["report"]].id
    case = scene.case(view, deed.about).id
    terms = {**deed.wrote, "confirmed": "yes"}
    disclosing.assess(scene.desk, view, case, kind=model.REPORT, item=item, terms=terms)


def _prepare(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.PREPARED):
        view = scene.view(deed.by)
        case = scene.case(view, deed.wrote["of"]).id
        terms = {each: deed.wrote[each] for each in ("reason", "label")}
        schedules.prepare(scene.desk, view, case, schedule=model.MG6C, **terms)


def _serve(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.SERVED):
        view = scene.view(deed.by)
        schedules.serve(scene.desk, view, scene.release(view, deed.about).id)


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    "open case": _open,
    "name case": _name,
    "assess report": _assess,
    PREPARE_SCHEDULE: _prepare,
    "serve schedule": _serve,
}
