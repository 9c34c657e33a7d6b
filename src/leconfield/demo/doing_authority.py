"""What a case's officers applied for, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from leconfield.authority import service
from leconfield.authority.model import PARTICULARS, Authority, Step
from leconfield.authority.state import authorities
from leconfield.demo.deeds import Deed
from leconfield.demo.scene import Scene
from leconfield.errors import BadInputError
from leconfield.ledger.view import View

_STEPS: Final = {each.name.lower().replace("_", " "): each for each in Step}
STEPS: Final = tuple(_STEPS)
"""Steps on an authority, as a case names them."""


def _newest(scene: Scene, view: View, deed: Deed, kind: str) -> Authority:
    about = scene.thing(view, deed)
    found = [each for each in authorities(view).about(about) if each.kind == kind]
    if not found:
        raise BadInputError(f'nobody has applied for "{kind}" on {deed.about}')
    return found[-1]


def _apply(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, Step.APPLY.value):
        return
    view, wrote = scene.view(deed.by), deed.wrote
    said = {each: wrote[each] for each in PARTICULARS}
    below = _newest(scene, view, deed, wrote["rests_on"]).id if wrote["rests_on"] else ""
    about = scene.thing(view, deed)
    service.apply(scene.desk, view, wrote["kind"], about, said, label=wrote["label"], rests_on=below)


def _decide(scene: Scene, deed: Deed) -> None:
    step, wrote = _STEPS[deed.wrote["step"]], deed.wrote
    if scene.stands(deed, step.value):
        return
    view = scene.view(deed.by)
    which = _newest(scene, view, deed, wrote["kind"]).id
    service.take(
        scene.desk,
        view,
        which,
        step,
        reason=wrote["reason"],
        conditions=wrote["conditions"],
        until=wrote["until"],
        review=wrote["review"],
    )


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {"apply": _apply, "decide": _decide}
