"""What a case's handlers did for their day: covers, wardrobe and places, a week planned, safety calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from leconfield.agents import safety, wardrobe, week
from leconfield.agents.day import calls, inventory, wishes
from leconfield.agents.day.inventory import CoverKept, Inventory, PlaceKept
from leconfield.agents.day.wishes import Wish, Wishes
from leconfield.agents.planning.model import Clash
from leconfield.agents.planning.solving import plan
from leconfield.agents.safety import Alarm, State, Timer
from leconfield.demo.deeds import Deed
from leconfield.demo.scene import Scene
from leconfield.errors import BadInputError
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.staff import model as line
from leconfield.staff.service import take_alarm

KEPT = TypeVar("KEPT", CoverKept, PlaceKept)


def _keep_cover(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, inventory.COVER):
        needs, label = deed.wrote["needs"].split(), deed.wrote["label"]
        wardrobe.keep_cover(scene.desk, scene.view(deed.by), name=deed.about, needs=needs, label=label)


def _keep_garment(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, inventory.GARMENT):
        return
    view, wrote = scene.view(deed.by), deed.wrote
    wardrobe.keep_garment(
        scene.desk,
        view,
        name=deed.about,
        kind=wrote["kind"],
        covers=_covers(view, wrote["covers"]),
        stored=wrote["stored"],
        label=wrote["label"],
    )


def _keep_place(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, inventory.PLACE):
        return
    view, wrote = scene.view(deed.by), deed.wrote
    wardrobe.keep_place(
        scene.desk,
        view,
        name=deed.about,
        latitude=wrote["latitude"],
        longitude=wrote["longitude"],
        label=wrote["label"],
    )


def _keep_known(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, inventory.KNOWN):
        return
    view, wrote = scene.view(deed.by), deed.wrote
    cover, place = _item(view, CoverKept, wrote["cover"]), _item(view, PlaceKept, wrote["place"])
    wardrobe.keep_known(scene.desk, view, handler=deed.about, cover=cover, place=place, label=wrote["label"])


def _wish(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, wishes.WISHED):
        return
    view, wrote = scene.view(deed.by), deed.wrote
    week.wish(
        scene.desk,
        view,
        agent=scene.agent(view, deed.about).id,
        monday=wrote["monday"],
        place=_item(view, PlaceKept, wrote["place"]),
        minutes=wrote["minutes"],
        hours=wrote["hours"],
        covers=_covers(view, wrote["covers"]),
        eyes=wrote["eyes"].split(";"),
        by_daylight=bool(wrote["daylight"]),
    )


def _move(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, wishes.MOVED):
        view = scene.view(deed.by)
        week.move(scene.desk, view, _wished(scene, view, deed).id, int(deed.wrote["days"]))


def _wished(scene: Scene, view: View, deed: Deed) -> Wish:
    agent, place = scene.agent(view, deed.about).id, _item(view, PlaceKept, deed.wrote["place"])
    for each in view.derived(Wishes).week(deed.wrote["monday"]):
        if (each.agent, each.place) == (agent, place):
            return each
    raise BadInputError(f"no meeting with {deed.about} is wished for there in that week")


def _accept(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, wishes.PLANNED):
        return
    view = scene.view(deed.by)
    found = plan(week.of(view, deed.about))
    if isinstance(found, Clash):
        raise BadInputError(f"there is no such week: {'; '.join(found.reasons)}")
    week.accept(scene.desk, view, deed.about, found, safety_calls=False)


def _enrol_words(scene: Scene, deed: Deed) -> None:
    view = scene.view(deed.by)
    if not safety.has_words(scene.desk, view):
        safety.enrol_words(scene.desk, view, safe=deed.wrote["safe"], duress=deed.wrote["duress"])


def _go_out(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, calls.SET):
        wrote = deed.wrote
        view = scene.view(deed.by)
        safety.set_timer(scene.desk, view, due=wrote["due"], label=wrote["label"], words=wrote["words"])


def _call_in(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, calls.CALLED):
        view = scene.view(deed.by)
        safety.call(scene.desk, view, _out(scene, view, deed.about).id, deed.wrote["word"])


def _out(scene: Scene, view: View, officer: str) -> Timer:
    """The call that he has to make now: of those that run the first to be due, and one that he missed last of all."""
    moment = stamp(scene.desk.clock())
    running = [each for each in safety.timers(view) if each.who == officer and each.state is State.RUNNING]
    if not running:
        raise BadInputError(f"{officer} has no call to make at that time")
    return min(running, key=lambda each: (each.due < moment, each.due))


def _take_alarm(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, line.TAKEN):
        view = scene.view(deed.by)
        take_alarm(scene.desk, view, _alarm(view, deed.about).id)


def _answer_alarm(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, calls.ANSWERED):
        view = scene.view(deed.by)
        safety.answered(scene.desk, view, _alarm(view, deed.about).id, words=deed.wrote["words"])


def _alarm(view: View, officer: str) -> Alarm:
    for each in safety.alarms(view):
        if each.timer.who == officer:
            return each
    raise BadInputError(f"nothing alarms over {officer} at that time")


def _covers(view: View, names: str) -> list[EntryId]:
    return [_item(view, CoverKept, each.strip()) for each in names.split(";")]


def _item(view: View, kind: type[KEPT], name: str) -> EntryId:
    for each in view.derived(Inventory).items.values():
        if isinstance(each, kind) and each.name == name and not each.retired:
            return each.id
    raise BadInputError(f'"{name}" is nothing that he keeps at that time; keep it first')


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    "keep cover": _keep_cover,
    "keep garment": _keep_garment,
    "keep place": _keep_place,
    "keep known": _keep_known,
    "wish meet": _wish,
    "move meet": _move,
    "accept week": _accept,
    "enrol words": _enrol_words,
    "go out": _go_out,
    "call in": _call_in,
    "take alarm": _take_alarm,
    "answer alarm": _answer_alarm,
}
