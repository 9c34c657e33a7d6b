"""What the surveillance teams of a case did, and the lines that their devices sent."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from leconfield.demo.deeds import Deed
from leconfield.demo.observed import Observed
from leconfield.demo.scene import Scene
from leconfield.errors import BadInputError
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.surveillance import model, service
from leconfield.surveillance.model import FIRST, Operation, Says, Written
from leconfield.surveillance.rules import sealed
from leconfield.surveillance.taking import take


def _plan(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.PLANNED):
        about = scene.records.get(deed.wrote["about"], deed.wrote["about"])
        service.plan(scene.desk, scene.view(deed.by), name=deed.about, about=about, label=deed.wrote["label"])


def _staff_operation(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, model.STAFFED):
        return
    view, wrote = scene.view(deed.by), deed.wrote
    which = scene.operation(view, deed.about).id
    service.staff(scene.desk, view, which, member=wrote["member"], call_sign=wrote["call_sign"], role=wrote["role"])


def _deploy(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.DEPLOYED):
        view = scene.view(deed.by)
        which = scene.operation(view, deed.about).id
        service.deploy(scene.desk, view, scene.permitted(view, model.WATCH, which), which, words=deed.wrote["words"])


def _send(scene: Scene, deed: Deed) -> None:
    """All that the device has written by now and not sent yet."""
    if scene.stands(deed, model.LOGGED):
        return
    view, device = scene.view(deed.by), deed.wrote["device"]
    operation = scene.operation(view, deed.about)
    written = [each for each in scene.lines.get((deed.about, device), ()) if each.at <= scene.desk.clock()]
    taken = take(scene.desk, view, operation.id, list(_chained(scene.desk, operation, device, written)))
    if taken.fault:
        raise BadInputError(taken.fault)


def _chained(desk: Desk, operation: Operation, device: str, written: list[Observed]) -> Iterator[Written]:
    """The lines after the last that stands, each sealed upon the one before, as a device does it."""
    last, head = operation.heads.get(device, (0, FIRST))
    for number, each in enumerate(written[last:], start=last + 1):
        at = stamp(each.at)
        salt = secrets.token_hex(16) if each.collateral else desk.ids.of("salt", operation.id, device, str(number))
        says = Says(each.seen, each.place, each.latitude, each.longitude, salt=salt)
        line = sealed(Written(operation.id, device, number, at, each.by, says, each.collateral, head))
        head = line.seal
        yield line


def _told(kind: str, act: Callable[..., None]) -> Callable[[Scene, Deed], None]:
    """An act on an operation that says something in words, and no more."""

    def doing(scene: Scene, deed: Deed) -> None:
        if not scene.stands(deed, kind):
            view = scene.view(deed.by)
            act(scene.desk, view, scene.operation(view, deed.about).id, words=deed.wrote["words"])

    return doing


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    "plan operation": _plan,
    "staff operation": _staff_operation,
    "brief operation": _told(model.BRIEFED, service.brief),
    "deploy operation": _deploy,
    "send lines": _send,
    "hand over": _told(model.HANDED, service.hand_over),
    "debrief operation": _told(model.DEBRIEFED, service.debrief),
    "close operation": _told(model.CLOSED, service.close),
}
