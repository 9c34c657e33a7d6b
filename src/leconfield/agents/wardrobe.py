"""The wardrobe of a handler team: acts that keep and retire covers, garments and places, and what was worn when.

Everything stands under the label that its keeper chose, together with those of the items that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from leconfield.agents.day.inventory import (
    COVER,
    GARMENT,
    ITEM,
    KINDS,
    KNOWN,
    PLACE,
    RETIRED,
    WORN,
    CoverKept,
    GarmentKept,
    Inventory,
    Item,
    PlaceKept,
)
from leconfield.agents.model import CONTACTED, MET
from leconfield.agents.state import agents
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View

MAX_NAME: Final = 80
MAX_EYES: Final = 20


def keep_cover(desk: Desk, view: View, *, name: str, needs: Iterable[str], label: str) -> EntryId:
    """Keep somebody whom one can be, with the kinds of garments that he is not believed without; its id.

    Raises:
        BadInputError: if something is missing or no kind of garment.
        RefusedError: if a cover of that name is here, or its keeper does not hold the label.
    """
    called, kinds = _line(name, "the cover's name"), sorted(set(needs))
    if not kinds or set(kinds) - set(KINDS):
        raise BadInputError(f"say what the cover takes: {', '.join(KINDS)}")
    if any(each.name == called for each in view.derived(Inventory).covers):
        raise RefusedError(f"{called} is kept here already; choose another name")
    return _keep(desk, view, COVER, label, {"name": called, "needs": "\n".join(kinds)}, ())


def keep_garment(
    desk: Desk, view: View, *, name: str, kind: str, covers: Sequence[str], stored: str, label: str
) -> EntryId:
    """Keep an outfit, papers or a vehicle, with the covers that it fits and where it lies; its id.

    Raises:
        BadInputError: if something is missing, or the kind is none.
        NotFoundError: if the view has no such cover.
    """
    if kind not in KINDS:
        raise BadInputError(f'"{kind[:40]}" is not kept in the wardrobe; choose {", ".join(KINDS)}')
    fits = [found(view, CoverKept, each) for each in dict.fromkeys(covers)]
    if not fits:
        raise BadInputError("choose the covers that it fits; keep a cover first if there is none")
    body = {
        "name": _line(name, "what it is"),
        "kind": kind,
        "covers": "\n".join(each.id for each in fits),
        "stored": _line(stored, "where it lies"),
    }
    return _keep(desk, view, GARMENT, label, body, fits)


def keep_place(desk: Desk, view: View, *, name: str, latitude: str, longitude: str, label: str) -> EntryId:
    """Keep a place where one can meet, in degrees; its id.

    Raises:
        BadInputError: if the name is missing or the degrees are none.
    """
    north, east = _degrees(latitude, "latitude", 90), _degrees(longitude, "longitude", 180)
    body = {"name": _line(name, "the place's name"), "latitude": f"{north:.6f}", "longitude": f"{east:.6f}"}
    return _keep(desk, view, PLACE, label, body, ())


def keep_known(desk: Desk, view: View, *, handler: str, cover: str, place: str, label: str) -> EntryId:
    """Keep that somebody is known at a place under a cover; its id.

    Raises:
        BadInputError: if nobody is named.
        NotFoundError: if the view has no such cover or place.
    """
    known_as, there = found(view, CoverKept, cover), found(view, PlaceKept, place)
    body = {"handler": _line(handler, "who is known there"), "cover": known_as.id, "place": there.id}
    return _keep(desk, view, KNOWN, label, body, (known_as, there))


def retire(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Use an item no more. Where it was worn before stays known.

    Raises:
        NotFoundError: if the view has no such item in use.
        BadInputError: if the reason is missing.
    """
    refuse_the_past(view)
    item = view.derived(Inventory).items.get(EntryId(which))
    if item is None or item.retired:
        raise NotFoundError(_NONE)
    body = {"item": item.id, "words": _line(reason, "your reason")}
    desk.append(view.reader, [Draft(RETIRED, item.label, about=item.id, body=body)])


def wear(desk: Desk, view: View, contact: str, *, garments: Sequence[str], eyes: Iterable[str] = ()) -> EntryId:
    """Say what was worn at a meeting that was written down but not planned; the agent himself saw it anyway.

    Raises:
        NotFoundError: if the view has no such meeting or garment.
        BadInputError: if no garment is named, or too many eyes.
    """
    refuse_the_past(view)
    who = next(
        (each for each in agents(view) if any(one.entry == contact for one in each.of_kind(MET, CONTACTED))), None
    )
    if who is None:
        raise NotFoundError("no such meeting here; look it up in the agent's record")
    worn = [found(view, GarmentKept, each) for each in dict.fromkeys(garments)]
    if not worn:
        raise BadInputError("choose what was worn")
    body = {
        "contact": contact,
        "garments": "\n".join(each.id for each in worn),
        "eyes": "\n".join(eyes_of((who.codename, *eyes))),
    }
    label = labels.all_of((who.label, *(each.label for each in worn)))
    (receipt,) = desk.append(view.reader, [Draft(WORN, label, about=contact, body=body)])
    return receipt.entry


def eyes_of(names: Iterable[str]) -> list[str]:
    """Whoever sees one there, each once.

    Raises:
        BadInputError: if there are too many, or a name is too long.
    """
    kept = sorted({" ".join(each.split()) for each in names} - {""})
    if len(kept) > MAX_EYES or any(len(each) > MAX_NAME for each in kept):
        raise BadInputError(f"name {MAX_EYES} people at most who see you there, in {MAX_NAME} characters each")
    return kept


def found(view: View, kind: type[ITEM], which: str) -> ITEM:
    """The item in use by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden, retired or has never been.
    """
    item = view.derived(Inventory).items.get(EntryId(which))
    if not isinstance(item, kind) or item.retired:
        raise NotFoundError(_NONE)
    return item


def _keep(desk: Desk, view: View, kind: str, label: str, body: Mapping[str, str], rests_on: Iterable[Item]) -> EntryId:
    refuse_the_past(view)
    if not labels.tokens_in(labels.parse(label)):
        raise BadInputError("name the team's compartment as the label; with none everybody could read it")
    its = labels.all_of((label, *(each.label for each in rests_on)))
    (receipt,) = desk.append(view.reader, [Draft(kind, its, body=dict(body))])
    return receipt.entry


def _line(text: str, what: str) -> str:
    kept = " ".join(text.split())
    if not kept or len(kept) > MAX_NAME or not kept.isprintable():
        raise BadInputError(f"{what} is missing or too long; write it in {MAX_NAME} characters at most")
    return kept


def _degrees(text: str, what: str, most: int) -> float:
    try:
        degrees = float(text.strip())
    except ValueError:
        degrees = most + 1.0
    if not -most <= degrees <= most:
        raise BadInputError(f'{what} "{text[:40]}" is not in degrees; write it as 51.5074')
    return degrees


_NONE: Final = "no such thing in the wardrobe here; look it up on its page"
