"""Pages of saved charts: the list, one of them in any of its versions, and files of a chart as it is arranged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from leconfield.ledger.marking import default_label
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View
from leconfield.network import saving, service
from leconfield.network.centrality import measures
from leconfield.network.charts import Chart, Charts, Look, Spot, Version, spots_in
from leconfield.network.expansion import expand
from leconfield.network.exports import as_json, chart_content
from leconfield.network.model import Filter, Picture
from leconfield.registry.chips import chip
from leconfield.registry.resolution import Partition
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

MEASURED: Final = 600
ROWS: Final = 200
_MOST_VERSIONS: Final = 999


@dataclass(frozen=True, slots=True)
class Form:
    """What the form that keeps a chart begins with."""

    name: str
    note: str
    label: str
    drawn: str
    look: Look
    which: str = ""
    """The chart of which it would be a new version; empty: a new chart."""


def form(view: View, picture: Picture, wanted: Filter) -> Form:
    """The form below a chart that is not kept yet."""
    asked = set(picture.asked)
    drawn = "\n".join(Spot(each.id, asked=each.id in asked).line for each in picture.nodes)
    look = Look(since=wanted.since, until=wanted.until, together=wanted.together)
    return Form("", "", default_label(view.reader.tokens), drawn, look)


def listed(view: View) -> list[dict[str, object]]:
    """The saved charts, the last saved first, with what of each there is to see here."""
    return [
        {"chart": each, "subjects": len(saving.shown(view, each.last.spots)), "versions": len(each.versions)}
        for each in view.derived(Charts).all()
    ]


def saved(visit: Visit) -> Response:
    """Every chart that is kept."""
    view = visit.view("saved charts")
    return visit.page("network/charts.html", rows=listed(view))


def _kept(visit: Visit, action: str) -> tuple[View, Chart, Version]:
    view = visit.view(action, visit.part("chart"))
    found = view.derived(Charts).chart(visit.part("chart"))
    return view, found, found.version(visit.number("version", 0, _MOST_VERSIONS))


def one(visit: Visit) -> Response:
    """A saved chart, with the same as a table, and its versions."""
    view, found, version = _kept(visit, "saved chart")
    picture = saving.picture_of(view, version)
    nodes = {node.id: node for node in picture.nodes}
    number = found.versions.index(version) + 1
    base = f"/chart/saved/{found.id}"
    drawn = "\n".join(each.line for each in saving.shown(view, version.spots).values())
    return visit.page(
        "network/chart.html",
        ids=list(picture.asked),
        asked=[chip(view, view.derived(Partition).subject(each)) for each in picture.asked],
        hops=0,
        wanted=version.look,
        picture=picture,
        nodes=nodes,
        measures=measures(picture)[:20] if len(nodes) <= MEASURED else (),
        src=f"{base}/data?version={number}",
        rows=picture.links[:ROWS],
        suggestions=[],
        saved=[],
        kept={
            "chart": found,
            "version": version,
            "number": number,
            "versions": _versions(view, found),
            "past": view.as_of is not None,
        },
        form=Form(found.name, "", found.label, drawn, version.look, found.id),
        files=f"{base}/export.{{}}?version={number}",
        panels=visit.panels("saved chart", view, found.id) if nodes else [],
    )


def _versions(view: View, found: Chart) -> list[dict[str, object]]:
    """The versions, the newest first, each with who came and went since the one before it."""
    rows: list[dict[str, object]] = []
    before: set[SubjectId] = set()
    for number, each in enumerate(found.versions, 1):
        now = set(saving.shown(view, each.spots))
        rows.append(
            {
                "number": number,
                "version": each,
                "subjects": len(now),
                "came": len(now - before),
                "went": len(before - now),
            }
        )
        before = now
    return rows[::-1]


def data(visit: Visit) -> Response:
    """What the chart draws: whom it shows, where everybody was put, and how it was looked at."""
    view, _, version = _kept(visit, "saved chart")
    picture = saving.picture_of(view, version)
    spots = saving.shown(view, version.spots)
    heading = service.heading(view)
    content = chart_content(picture, heading)
    if spots and all(each.x is not None for each in spots.values()):
        content["places"] = [
            {"id": each.record, "x": each.x, "y": each.y, "pinned": each.pinned, "hidden": each.hidden}
            for each in spots.values()
        ]
    look = version.look
    content["settings"] = {"layout": look.layout, "offSchemata": list(look.schemata), "offProps": list(look.props)}
    return Response(as_json(content), media_type="application/json")


def export(visit: Visit) -> Response:
    """A saved chart as a file to take along, as it was arranged."""
    view, _, version = _kept(visit, "export saved chart")
    picture = service.filtered(saving.picture_of(view, version), version.look)
    return attached(view, picture, visit.part("ending"), saving.shown(view, version.spots))


def attached(view: View, picture: Picture, ending: str, spots: Mapping[SubjectId, Spot] | None = None) -> Response:
    """The picture as a file to take along."""
    content, media_type = service.written(view, picture, ending, spots)
    return download(content, f"network.{ending}", media_type)


def _look(visit: Visit) -> Look:
    together = visit.filled("together") == "yes"
    schemata, props = (tuple(visit.filled(each).split()) for each in ("schemata", "props"))
    since, until = visit.filled("since").strip(), visit.filled("until").strip()
    return Look(visit.filled("layout", "force"), schemata, props, since, until, together)


def arranged(visit: Visit) -> Response:
    """A file of what is on the page, as it is arranged there; everybody is looked up anew in the view."""
    spots = spots_in(visit.filled("drawn"))
    view = visit.view("export network", " ".join(each.record for each in spots))
    partition = view.derived(Partition)
    for each in spots:
        partition.subject_of(each.record)
    look = _look(visit)
    known = saving.shown(view, spots)
    wanted = service.chosen(since=look.since, until=look.until, together=look.together)
    found = expand(service.graph_of(view), known, 0, wanted, max(1, len(known)))
    return attached(view, service.filtered(service.presented(found), look), visit.part("ending"), known)


def save(visit: Visit) -> Response:
    """Keep the chart, or a new version of it."""
    view = visit.present("save chart", visit.filled("which"))
    which = saving.save(
        visit.desk,
        view,
        name=visit.filled("name"),
        note=visit.filled("note"),
        label=visit.filled("label"),
        spots=spots_in(visit.filled("drawn")),
        look=_look(visit),
        which=visit.filled("which"),
    )
    return visit.back_to(f"/chart/saved/{which}", "The chart is kept.")


def rename(visit: Visit) -> Response:
    """Give a saved chart another name."""
    which = visit.part("chart")
    view = visit.present("rename chart", which)
    saving.rename(visit.desk, view, which, visit.filled("name"))
    return visit.back_to(f"/chart/saved/{which}", "The chart has another name now.")


ROUTES: Final = [
    get("/chart/saved", saved),
    get("/chart/saved/{chart}", one),
    get("/chart/saved/{chart}/data", data),
    get("/chart/saved/{chart}/export.{ending}", export),
    post("/chart/picture.{ending}", arranged),
    post("/chart/saved", save),
    post("/chart/saved/{chart}/rename", rename),
]
