"""Officers' pages of typologies: the list and whom they raise, one of them, two versions, a new version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.desk.typologies import pages_backtest, pages_subject
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.describing import differences, read_of, terms_of
from leconfield.desk.typologies.model import Typology, Version
from leconfield.desk.typologies.pages_subject import waterfall_url
from leconfield.desk.typologies.raising import above, today
from leconfield.desk.typologies.scores import Scores
from leconfield.desk.typologies.service import next_text, put_in_force, write
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.registry.chips import chip
from leconfield.registry.lookup import subjects_in
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

ROOMS: Final = (Room("y", "Typologies", "/typologies"),)
SHOWN: Final = 25
"""Subjects listed on a page, those of most bits."""
_BEGINNING: Final = """\
format = 1
id = "my-typology"
version = 1
name = "What to call it"
threat = "What kind of threat it describes, in two or three sentences."
subjects = ["person"]
threshold = 4.0
cap = 16.0
half_life_days = 90

[[indicator]]
name = "What would speak for it"
weight = 3.0
contradicted = -1.0
why = "What the weight rests on."
[[indicator.reads]]
from = "words"
words = ["a phrase that reports use", "anothe*"]
"""


def typologies(visit: Visit) -> Response:
    """Every typology with its version in force, and whom they raise today."""
    view = visit.view("typologies")
    catalogue, found = view.derived(Catalogue), above(view)
    shown = found[:SHOWN]
    subjects = subjects_in(view.world, [each.head for each in shown])
    counted = Counter(each.version.typology.id for each in found)
    return visit.page(
        "desk/typologies.html",
        rows=[_listed(catalogue, each, counted[each]) for each in catalogue.typologies()],
        raised=[
            {
                "chip": chip(view, subjects[each.head]),
                "typology": each.version.typology,
                "bits": each.score.bits,
                "url": waterfall_url(each.version.typology.id, each.head),
            }
            for each in shown
        ],
        total=len(found),
        acting=view.as_of is None,
    )


def _listed(catalogue: Catalogue, typology: str, above_threshold: int) -> dict[str, object]:
    newest, force = catalogue.versions(typology)[-1], catalogue.in_force(typology)
    put = next(iter(catalogue.puttings(typology)), None)
    return {
        "typology": (force or newest).typology,
        "people": _people((force or newest).typology),
        "force": force,
        "put": put,
        "versions": len(catalogue.versions(typology)),
        "raised": above_threshold,
        "url": f"/typologies/{typology}",
    }


def typology(visit: Visit) -> Response:
    """One typology: its indicators with their weights, its versions, and whom it speaks to."""
    return _page(visit, visit.view("typology", visit.part("typology")), "", {})


def _page(visit: Visit, view: View, fault: str, filled: Mapping[str, str]) -> Response:
    which, catalogue = visit.part("typology"), view.derived(Catalogue)
    versions, force = catalogue.versions(which), catalogue.in_force(which)
    asked = visit.asked("version") or filled.get("version", "")
    version = catalogue.version(which, asked) if asked else force or versions[-1]
    found = version.typology
    return visit.page(
        "desk/typology.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        typology=found,
        version=version,
        people=_people(found),
        indicators=_indicators(found),
        versions=[{"version": each, "in_force": each == force} for each in versions[::-1]],
        puttings=catalogue.puttings(which),
        named={each.id: each.typology.version for each in versions},
        in_force=version == force,
        force=force,
        scored=_scored(view, version) if version == force else [],
        fault=fault,
        filled={"reason": filled.get("reason", ""), "label": filled.get("label", view.own_label)},
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        acting=view.as_of is None,
    )


def _people(found: Typology) -> str:
    return " or ".join(SCHEMATA[each] for each in found.subjects)


def _indicators(found: Typology) -> list[dict[str, object]]:
    widest = max(abs(each.weight) for each in found.indicators)
    return [
        {
            "indicator": each,
            "reach": f"{abs(each.weight) / widest * 98:.1f}",
            "reads": [read_of(one) for one in each.reads],
            "terms": terms_of(found, each),
        }
        for each in found.indicators
    ]


def _scored(view: View, version: Version) -> list[dict[str, object]]:
    """Those of most bits, above the threshold or not."""
    scores = view.derived(Scores).scored(version.typology, today(view))
    ranked = sorted((-round(each.bits, 3), head) for head, each in scores.items() if each.bits > 0)[:SHOWN]
    subjects = subjects_in(view.world, [head for _, head in ranked])
    return [
        {
            "chip": chip(view, subjects[head]),
            "bits": -bits,
            "above": -bits >= version.typology.threshold,
            "url": waterfall_url(version.typology.id, head),
        }
        for bits, head in ranked
    ]


def edit(visit: Visit) -> Response:
    """A version to begin from, in an editor; what is sent becomes a new version."""
    which = visit.asked("from")
    view = visit.view("write typology", which)
    text = _BEGINNING
    if which:
        catalogue = view.derived(Catalogue)
        versions = catalogue.versions(which)
        asked = visit.asked("version")
        begun = catalogue.version(which, asked) if asked else catalogue.in_force(which) or versions[-1]
        text = next_text(begun.text, max(each.typology.version for each in versions) + 1)
    return _editor(visit, view, {"text": text, "reason": "", "label": view.own_label}, "")


def _editor(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    return visit.page(
        "desk/typology_edit.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        filled=filled,
        fault=fault,
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        acting=view.as_of is None,
    )


def write_version(visit: Visit) -> Response:
    """Write a new version; what was typed is kept if something is wrong with it."""
    view = visit.present("write typology")
    filled = {each: visit.filled(each) for each in ("text", "reason", "label")}
    try:
        made, version = write(visit.desk, view, **filled)
    except RefusedError:
        raise
    except LeconfieldError as error:
        return _editor(visit, view, filled, str(error))
    url = f"/typologies/{made.id}?{urlencode({'version': version})}"
    return visit.back_to(url, "Written. It raises nobody until somebody puts it in force; back-test it first.")


def force(visit: Visit) -> Response:
    """Put a version in force, or take the typology out of force."""
    which = visit.part("typology")
    view = visit.present("typology in force", which)
    filled = {each: visit.filled(each) for each in ("version", "reason", "label")}
    try:
        put_in_force(visit.desk, view, which, **filled)
    except (RefusedError, NotFoundError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, str(error), filled)
    done = "In force now." if filled["version"] else "Out of force now: it raises nobody."
    return visit.back_to(f"/typologies/{which}", done)


def compare(visit: Visit) -> Response:
    """Two versions side by side."""
    which = visit.part("typology")
    view = visit.view("compare typology", which)
    catalogue = view.derived(Catalogue)
    versions = catalogue.versions(which)
    left, right = (
        catalogue.version(which, asked) if (asked := visit.asked(side)) else default
        for side, default in (("left", versions[0]), ("right", versions[-1]))
    )
    return visit.page(
        "desk/typology_compare.html",
        typology=right.typology,
        left=left,
        right=right,
        differences=differences(left.typology, right.typology),
        choices=[(each.id, f"version {each.typology.version}{f', {each.by}' if each.by else ''}") for each in versions],
    )


ROUTES: Final = [
    get("/typologies", typologies),
    post("/typologies", write_version),
    get("/typologies/write", edit),
    get("/typologies/{typology}", typology),
    post("/typologies/{typology}/in-force", force),
    get("/typologies/{typology}/compare", compare),
    get("/typologies/{typology}/back-test", pages_backtest.back_test),
    get("/typologies/{typology}/subjects/{id}", pages_subject.waterfall),
]
