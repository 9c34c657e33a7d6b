"""What a case's officers did on the duty line: its people, their rosters, and turns that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from leconfield.demo.deeds import Deed
from leconfield.demo.scene import Scene
from leconfield.staff import model, service
from leconfield.staff.model import Way
from leconfield.staff.profile import shipped
from leconfield.staff.state import turns_text


def _put_on(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.PUT):
        wrote = deed.wrote
        view, duties = scene.view(deed.by), wrote["duties"].split()
        service.put_on(scene.desk, view, who=deed.about, persona=wrote["persona"], duties=duties, reach=wrote["reach"])


def _away(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.AWAY):
        service.away(scene.desk, scene.view(deed.by), deed.about, deed.wrote["first"], deed.wrote["last"])


def _accept(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, model.ACCEPTED):
        return
    first = date.fromisoformat(deed.about)
    days = {(first + timedelta(days=each)).isoformat() for each in range(shipped().days)}
    turns = {slot: who for slot, who in scene.turns.items() if slot[0] in days}
    service.accept(scene.desk, scene.view(deed.by), deed.about, turns_text(turns.items()))


def _change(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, model.CHANGED):
        return
    wrote = deed.wrote
    service.change(
        scene.desk,
        scene.view(deed.by),
        Way(wrote["way"]),
        (wrote["day"], wrote["duty"]),
        into=wrote["into"],
        other=(wrote["other_day"], wrote["other_duty"]) if wrote["other_day"] else None,
        reason=wrote["reason"],
        overruled=wrote["overruled"],
    )


def _hand_over(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.HANDED_OVER):
        service.hand_over(scene.desk, scene.view(deed.by), deed.wrote["words"])


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    "put on line": _put_on,
    "away": _away,
    "accept roster": _accept,
    "change turn": _change,
    "hand over line": _hand_over,
}
