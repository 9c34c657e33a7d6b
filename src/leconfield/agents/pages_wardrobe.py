"""Pages of the wardrobe: covers, garments and places that a team keeps, and what of them is used no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents import wardrobe, week
from leconfield.agents.day.inventory import KINDS, GarmentKept, Inventory, KnownKept
from leconfield.agents.model import CONTACTED, MET
from leconfield.agents.state import agents
from leconfield.errors import BadInputError, LeconfieldError
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post

_FIELDS: Final = (
    *("name", "kind", "stored", "latitude", "longitude", "handler", "cover", "place", "label", "item", "reason"),
    *("contact", "eyes"),
)
_LISTS: Final = ("needs", "covers", "garments")


def shown(visit: Visit) -> Response:
    """What the teams keep that one may know of."""
    filled = {each: visit.asked(each) for each in _FIELDS}
    return _page(visit, visit.view("wardrobe"), filled, dict.fromkeys(_LISTS, ()), "", "")


def _page(
    visit: Visit,
    view: View,
    filled: Mapping[str, str],
    ticked: Mapping[str, tuple[str, ...]],
    wanted: str,
    fault: str,
) -> Response:
    kept = view.derived(Inventory)
    seen = week.seen_by(view)
    return visit.page(
        "agents/wardrobe.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        kept=kept,
        garments=[_garment(kept, each, seen.get(each.id, frozenset())) for each in kept.garments],
        known=[_known(kept, each) for each in kept.known],
        contacts=_contacts(view),
        kinds=[(each, each) for each in KINDS],
        covers=[(each.id, kept.words(each.id)) for each in kept.covers],
        places=[(each.id, kept.words(each.id)) for each in kept.places],
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        acting=view.as_of is None,
        wanted=wanted,
        filled={**filled, "label": filled["label"] or view.own_label},
        ticked=ticked,
        fault=fault,
    )


def _garment(kept: Inventory, garment: GarmentKept, eyes: frozenset[str]) -> dict[str, object]:
    covers = ", ".join(words for each in garment.covers if (words := kept.words(each)))
    return {"garment": garment, "covers": covers, "eyes": ", ".join(sorted(eyes))}


def _known(kept: Inventory, known: KnownKept) -> dict[str, object]:
    return {"known": known, "cover": kept.words(known.cover), "place": kept.words(known.place)}


def _contacts(view: View) -> list[tuple[str, str]]:
    """Meetings that were written down, for saying what was worn there; the newest first."""
    met = [(event, each) for each in agents(view) for event in each.of_kind(MET, CONTACTED)]
    ordered = sorted(met, key=lambda pair: (pair[0].at, pair[0].entry), reverse=True)
    return [(event.entry, f"{each.codename}, {in_words(event.at[:10])}") for event, each in ordered[:_MOST]]


def act(visit: Visit) -> Response:
    """Keep or retire something; what was typed is kept if something is wrong with it."""
    what, filled = visit.part("act"), {each: visit.filled(each) for each in _FIELDS}
    ticked = {name: tuple(each for each in visit.form.getlist(name) if isinstance(each, str)) for name in _LISTS}
    view = visit.present(f"wardrobe, {what}"[:60])
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done with a wardrobe; choose {", ".join(_ACTS)}')
    try:
        chosen.does(visit, view, filled, ticked)
    except LeconfieldError as error:
        return _page(visit, view, filled, ticked, what, str(error))
    return visit.back_to("/wardrobe", chosen.done)


_Ticked = Mapping[str, tuple[str, ...]]


def _cover(visit: Visit, view: View, filled: Mapping[str, str], ticked: _Ticked) -> None:
    wardrobe.keep_cover(visit.desk, view, name=filled["name"], needs=ticked["needs"], label=filled["label"])


def _keep_garment(visit: Visit, view: View, filled: Mapping[str, str], ticked: _Ticked) -> None:
    wardrobe.keep_garment(
        visit.desk,
        view,
        name=filled["name"],
        kind=filled["kind"],
        covers=ticked["covers"],
        stored=filled["stored"],
        label=filled["label"],
    )


def _place(visit: Visit, view: View, filled: Mapping[str, str], _ticked: _Ticked) -> None:
    wardrobe.keep_place(
        visit.desk,
        view,
        name=filled["name"],
        latitude=filled["latitude"],
        longitude=filled["longitude"],
        label=filled["label"],
    )


def _keep_known(visit: Visit, view: View, filled: Mapping[str, str], _ticked: _Ticked) -> None:
    wardrobe.keep_known(
        visit.desk,
        view,
        handler=filled["handler"],
        cover=filled["cover"],
        place=filled["place"],
        label=filled["label"],
    )


def _retire(visit: Visit, view: View, filled: Mapping[str, str], _ticked: _Ticked) -> None:
    wardrobe.retire(visit.desk, view, filled["item"], reason=filled["reason"])


def _worn(visit: Visit, view: View, filled: Mapping[str, str], ticked: _Ticked) -> None:
    eyes = filled["eyes"].split(",")
    wardrobe.wear(visit.desk, view, filled["contact"], garments=ticked["garments"], eyes=eyes)


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done with a wardrobe."""

    does: Callable[[Visit, View, Mapping[str, str], _Ticked], None]
    done: str


_ACTS: Final[Mapping[str, _Act]] = {
    "garment": _Act(_keep_garment, "It is in the wardrobe."),
    "cover": _Act(_cover, "The cover is kept."),
    "place": _Act(_place, "The place is kept."),
    "known": _Act(_keep_known, "It is kept that he is known there."),
    "worn": _Act(_worn, "What was worn there is written down."),
    "retire": _Act(_retire, "It is used no more. Who saw it stays known."),
}
_MOST: Final = 50
"""Meetings to choose from."""

ROUTES: Final[list[Route]] = [
    get("/wardrobe", shown),
    post("/wardrobe/{act}", act),
]
