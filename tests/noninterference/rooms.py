"""Incident rooms in the battery: what scripts do in them, which pages are asked, and which forms are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from leconfield.desk.incidents import model
from leconfield.desk.incidents.names import names_in
from leconfield.desk.incidents.papers import paper_of
from leconfield.desk.incidents.picture import picture_of
from leconfield.desk.incidents.record import answer_of_record
from leconfield.desk.incidents.state import everything
from leconfield.desk.incidents.touching import rooms_of
from leconfield.ledger.drafts import Draft
from leconfield.ledger.ids import Ids
from leconfield.ledger.view import View
from leconfield.registry.resolution import Partition
from tests.ledger.desks import KEYS

ROOMS: Final = ("r", "s")
"""Rooms that scripts know of."""
KINDS: Final = (model.OPENED, model.OPENED, model.TOLD, model.TOLD, *sorted(model.KINDS))
"""What scripts do in them; opening and bringing messages more often than anything else."""
AFTER: Final = ("/incidents",)
LABELS: Final = ("S", "S&AGENTS")
STRUCK: Final = "2026-03-02T09:20"
"""When the attack was: in the middle of what scripts do."""
_WORDS: Final = (
    "Ray Cassell and Ada Brook ran from Mill Lane.",
    "John Smith\nRay Cassell",
    "Witness names R. Cassell, AB12 CDE, 07700 900111.",
)
_IDS: Final = Ids(KEYS.ids)
_NOBODY: Final = "0" * 32

Fields = Mapping[str, str]


def room_id(key: str) -> str:
    """The id of the room that scripts call so."""
    return _IDS.of("incident", "script", key)


def room_ids() -> tuple[str, ...]:
    """Every id that is asked for: of both sides' rooms, and one that never was."""
    return (*map(room_id, ROOMS), _NOBODY)


def item_id(kind: str, room: str, label: str) -> str:
    """The id of the message or action that was put under that label."""
    return _IDS.of("entry", kind, label, room, kind)


def drafted(kind: str, label: str, key: str, target: str, under: str) -> Draft:
    """An entry in a room; the action that it speaks of was set under the label `under`."""
    place = sha256(f"{kind}{label}{target}".encode()).digest()[0] % len(_WORDS)
    body = {
        "title": "The bridge",
        "place": "Mill Lane",
        "time": STRUCK,
        "words": _WORDS[place],
        "source": "control room",
        "answers": "Ray Cassell\tknown",
        "message": item_id(model.TOLD, key, under),
        "name": ("Ray Cassell", "Ada Brook", "John Smith")[place],
        "verdict": (model.CONFIRMED, model.SET_ASIDE)[place % 2],
        "subject": target,
        "reason": "seen both",
        "owner": "ann",
        "due": "2026-03-02T09:20",
        "action": item_id(model.TASKED, key, under),
        "state": "done",
    }
    return Draft(kind, label, about=room_id(key), body=body, key=(key, kind))


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of incident rooms and of what was known."""
    yield "incident rooms", lambda: everything(view)
    yield "names in rooms", lambda: [names_in(view, each) for each in everything(view)]
    yield "rooms of reports", lambda: [rooms_of(view, each) for each in sorted(view.world.reports)]
    yield "pictures of rooms", lambda: [picture_of(view, each) for each in everything(view)]
    subjects = view.derived(Partition).subjects()[:4]
    yield "answers of record", lambda: [answer_of_record(view, [each], STRUCK) for each in subjects]
    yield "answer on all", lambda: paper_of(view, answer_of_record(view, subjects), [], {}) if subjects else None


def listed(reports: Iterable[str]) -> Iterator[Fields]:
    """What the list of rooms is asked: as it is, and from each report."""
    yield from ({}, {"from": "2"}, {"as_of": "2026-03-02"}, {"as_of": "now"})
    yield from ({"report": each} for each in reports)


def one() -> Iterable[Fields]:
    """What the page of one room is asked: each form, those on things that may be hidden among them."""
    yield from ({}, {"do": "tell"}, {"do": "settle", "name": "Ray Cassell"}, {"do": "settle", "name": "Ada Brook"})
    yield from ({"do": "change", "action": item_id(model.TASKED, ROOMS[0], label)} for label in LABELS)


def pictures() -> Iterable[Fields]:
    """What the picture is asked: from nothing, and with one that the reader never had."""
    return ({}, {"have": "0" * 16})


def answered(subjects: tuple[str, ...]) -> Iterator[Fields]:
    """What the answer of record is asked: each subject, hidden ones among them; beside attacks; none at all."""
    yield {}
    yield from ({"subject": each} for each in subjects)
    for each in subjects[:3]:
        yield {"subject": each, "attack": STRUCK, "lines": "1"}
        yield {"subject": each, "incident": room_id(ROOMS[0])}
    yield {"subject": subjects[0], "attack": "soon"}
    yield {"subject": " ".join(subjects[:2])}


def posts(reports: tuple[str, ...], subjects: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    """Every act, in visible and hidden rooms, with good, bad and repeated input."""
    for label in ("S", "S&AGENTS", ""):
        yield "/incidents", {"title": "The bridge", "label": label, "report": reports[0]}
        yield "/incidents", {"title": "The bridge", "label": label, "time": "soon" if label else STRUCK}
    for each in room_ids():
        yield from _in_one(f"/incidents/{each}", subjects)


def _in_one(base: str, subjects: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    yield f"{base}/enter", {}
    for words in _WORDS:
        yield f"{base}/tell", {"words": words, "source": "wire"}
    yield f"{base}/tell", {"words": "", "label": "S&AGENTS"}
    why = {"reason": "seen both"}
    for each in subjects[-2:]:
        yield f"{base}/settle", {**why, "name": "ray cassell", "verdict": "confirmed", "subject": each}
    yield f"{base}/settle", {**why, "name": "Ada Brook", "verdict": "set aside"}
    yield f"{base}/settle", {**why, "name": "Nobody Else", "verdict": "perhaps"}
    yield f"{base}/action", {"words": "ask again", "owner": "ann", "due": "2099-01-01"}
    yield f"{base}/action", {"words": "ask again", "owner": "", "due": "soon"}
    for label in LABELS:
        action = item_id(model.TASKED, ROOMS[0], label)
        yield f"{base}/change", {**why, "action": action, "state": "done"}
        yield f"{base}/change", {"action": action, "state": "perhaps"}
    yield f"{base}/leave", {}
    yield f"{base}/close", why
    yield f"{base}/close", {"reason": ""}
    yield f"{base}/reopen", why
