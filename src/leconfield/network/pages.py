"""Officers' pages of the network: the chart, paths, the map of incidents, the timeline of everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.errors import BadInputError
from leconfield.ledger.model import Statement, SubjectId
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import EVENT
from leconfield.network import pages_saved, service
from leconfield.network.atlas import Atlas, Spot, date_of, incidents
from leconfield.network.centrality import measures
from leconfield.network.expansion import counts, find_link
from leconfield.network.model import Filter, Link, Picture
from leconfield.network.routes import paths
from leconfield.registry.chips import address_of, chip, name_of, shown, snippet_of
from leconfield.registry.resolution import Partition
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("c", "Chart", "/chart"), Room("m", "Map", "/map"), Room("t", "Timeline", "/timeline"))
MEASURED: Final = 600
ROWS: Final = 200


def chart(visit: Visit) -> Response:
    """The chart of some subjects and what is around them, with the same as a table."""
    ids = _ids(visit)
    view = visit.view("network", " ".join(ids))
    hops = visit.number("hops", 1, 4)
    wanted = _wanted(visit)
    picture = service.picture_of(view, ids, hops, wanted) if ids else None
    asked = [chip(view, view.derived(Partition).subject(SubjectId(each))) for each in ids]
    nodes = {node.id: node for node in picture.nodes} if picture else {}
    return visit.page(
        "network/chart.html",
        ids=ids,
        asked=asked,
        hops=hops,
        wanted=wanted,
        picture=picture,
        nodes=nodes,
        measures=measures(picture)[:20] if picture and len(nodes) <= MEASURED else (),
        src=f"/chart/data?{urlencode(_parameters(visit, ids, hops))}",
        rows=picture.links[:ROWS] if picture else (),
        suggestions=_busiest(view) if not ids else [],
        kept=None,
        saved=[] if ids else pages_saved.listed(view)[:12],
        form=pages_saved.form(view, picture, wanted) if picture else None,
        files=f"/chart/export.{{}}?{urlencode(_parameters(visit, ids, hops))}",
        panels=visit.panels("chart", view, ",".join(ids)) if ids else [],
    )


def _ids(visit: Visit) -> list[str]:
    return [each for each in visit.asked("ids").replace(",", " ").split() if each][:100]


def _wanted(visit: Visit) -> Filter:
    together = visit.asked("together") == "yes"
    since, until = visit.asked("since").strip(), visit.asked("until").strip()
    return service.chosen(visit.asked("prop"), visit.asked("schema"), since, until, together=together)


def _parameters(visit: Visit, ids: Iterable[str], hops: int) -> dict[str, str]:
    kept = {name: visit.asked(name) for name in ("since", "until", "together", "prop", "schema") if visit.asked(name)}
    return {"ids": ",".join(ids), "hops": str(hops), **kept}


def _busiest(view: View) -> list[object]:
    partition = view.derived(Partition)
    registered = [each for each in partition.subjects() if each.registered and each.schema != EVENT]
    ranked = sorted(registered, key=lambda each: (-len(each.records), name_of(each), each.id))
    return [chip(view, each) for each in ranked[:12]]


def chart_data(visit: Visit) -> Response:
    """What the chart draws."""
    ids = _ids(visit)
    view = visit.view("network", " ".join(ids))
    picture = service.picture_of(view, ids, visit.number("hops", 1, 4), _wanted(visit))
    return _drawn(view, picture)


def _drawn(view: View, picture: Picture) -> Response:
    """What the chart draws, as it reads it."""
    content, media_type = service.written(view, picture, "json")
    return Response(content, media_type=media_type)


def chart_counts(visit: Visit) -> Response:
    """How many of what there are around a subject, before it is expanded."""
    which = visit.asked("id")
    view = visit.view("network, counts", which)
    groups = counts(service.graph_of(view), SubjectId(which), service.chosen(together=True))
    listed = [{"prop": each.prop, "words": each.words, "schema": each.schema, "count": each.count} for each in groups]
    return visit.json({"groups": listed})


def chart_expand(visit: Visit) -> Response:
    """What is around a subject, by one kind of link and of one kind of subject."""
    which = visit.asked("id")
    view = visit.view("network, expand", which)
    picture = service.picture_of(view, [which], 1, _wanted(visit))
    return _drawn(view, picture)


def chart_explain(visit: Visit) -> Response:
    """What a selection on the chart is: its subjects, or the sentences that carry a link."""
    view = visit.view("network, explain", visit.asked("ids") or visit.asked("link"))
    partition = view.derived(Partition)
    chips = [chip(view, partition.subject(SubjectId(each))) for each in _ids(visit)[:30] if "~" not in each]
    links = [find_link(service.graph_of(view), each) for each in visit.asked("link").split(",") if each][:10]
    explained = [_explained(view, each) for each in links]
    between = [_explained(view, each) for each in _between(view, _ids(visit))] if len(chips) > 1 else []
    return visit.fragment("network/explain.html", chips=chips, links=explained or between)


def _between(view: View, ids: list[str]) -> tuple[Link, ...]:
    picture = service.picture_of(view, ids, 0, service.chosen(together=True))
    return picture.links[:10]


def _explained(view: View, link: Link) -> dict[str, object]:
    partition = view.derived(Partition)
    left, right = partition.subject_of(link.left), partition.subject_of(link.right)
    sentences = [
        snippet_of(report, each.start, each.end)
        for each in link.statements[:6]
        if (report := view.world.reports.get(each.report))
    ]
    return {"left": chip(view, left), "right": chip(view, right), "link": link, "sentences": sentences}


def export(visit: Visit) -> Response:
    """The network as a file to take along; it bears the view's marking."""
    ids = _ids(visit)
    view = visit.view("export network", " ".join(ids))
    picture = service.picture_of(view, ids, visit.number("hops", 1, 4), _wanted(visit), limit=5000)
    return pages_saved.attached(view, picture, visit.part("ending"))


def between(visit: Visit) -> Response:
    """How two subjects are connected: the shortest ways, with the reports that carry each step."""
    left, right = visit.asked("from").strip(), visit.asked("to").strip()
    view = visit.view("paths", f"{left} {right}")
    if not left or not right:
        raise BadInputError("paths lead from one subject to another; choose both on the chart")
    graph = service.graph_of(view)
    routes = paths(graph, SubjectId(left), SubjectId(right), chosen=_wanted(visit))
    partition = view.derived(Partition)
    ways = [
        {
            "chips": [chip(view, partition.subject(node.id)) for node in path.nodes],
            "steps": [[_explained(view, link) for link in step[:3]] for step in path.steps],
        }
        for path in routes.paths
    ]
    ends = [chip(view, partition.subject(SubjectId(each))) for each in (left, right)]
    return visit.page("network/paths.html", ends=ends, ways=ways, routes=routes)


def incident_map(visit: Visit) -> Response:
    """Where things happened, on a map and in a table."""
    view = visit.view("map", visit.asked("subject"))
    spots = _spots(visit, view)
    return visit.page(
        "network/map.html",
        spots=sorted(spots, key=lambda spot: (-len(spot.happenings), name_of(spot.place)))[:ROWS],
        total=len(spots),
        subject=_chosen_subject(visit, view),
        src=f"/map/data?{urlencode({'subject': visit.asked('subject')})}",
        name_of=name_of,
        address_of=address_of,
        span=_span,
    )


def _chosen_subject(visit: Visit, view: View) -> object:
    which = visit.asked("subject")
    return chip(view, view.derived(Partition).subject(SubjectId(which))) if which else None


def _spots(visit: Visit, view: View) -> list[Spot]:
    """Places at which something was; of one subject, if one is chosen."""
    spots = [spot for spot in view.derived(Atlas).spots() if spot.happenings]
    which = visit.asked("subject")
    if not which:
        return spots
    found = view.derived(Partition).subject(SubjectId(which))
    near = {node.id for node in service.picture_of(view, [found.id], 1).nodes}
    kept = []
    for spot in spots:
        happenings = tuple(each for each in spot.happenings if each.subject in near)
        if spot.place.id == found.id or spot.place.id in near or happenings:
            kept.append(Spot(spot.place, spot.latitude, spot.longitude, happenings or spot.happenings))
    return kept


def _span(spot: Spot) -> str:
    dates = [each.statement.held.start[:10] for each in spot.happenings if each.statement.held.start]
    if not dates:
        return ""
    first, last = min(dates), max(dates)
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"


def map_data(visit: Visit) -> Response:
    """What the map draws."""
    view = visit.view("map", visit.asked("subject"))
    places = [
        {
            "id": spot.place.id,
            "label": name_of(spot.place),
            "latitude": spot.latitude,
            "longitude": spot.longitude,
            "count": len(spot.happenings),
            "moments": [each.statement.held.start for each in spot.happenings if each.statement.held.start],
            "href": address_of(spot.place),
        }
        for spot in _spots(visit, view)
    ]
    return visit.json({"places": places})


def timeline(visit: Visit) -> Response:
    """Every incident in time, with a table of the same."""
    view = visit.view("timeline")
    listed = [(subject, date_of(statements), statements) for subject, statements in incidents(view.world)]
    kind = visit.asked("kind")
    kinds = sorted({_kind(statements) for _, _, statements in listed})
    kept = [each for each in listed if not kind or _kind(each[2]) == kind]
    rows = [(subject, date, _kind(statements), _place(view, statements)) for subject, date, statements in kept]
    first = visit.number("from", 0, 10_000_000)
    return visit.page(
        "network/timeline.html",
        rows=rows[first : first + ROWS],
        first=first,
        page=ROWS,
        total=len(rows),
        kind=kind,
        kinds=[("", "any kind"), *((each, each) for each in kinds)],
        name_of=name_of,
        address_of=address_of,
    )


def _kind(statements: Iterable[Statement]) -> str:
    return next((each.value for each in statements if each.prop == "incidentType"), "incident")


def _place(view: View, statements: Iterable[Statement]) -> str:
    for each in statements:
        if each.prop == "location" and SubjectId(each.value) in view.world.by_subject:
            return name_of(view.derived(Partition).subject_of(SubjectId(each.value)))
        if each.prop == "locationWords":
            return shown(each.value)
    return ""


def timeline_data(visit: Visit) -> Response:
    """What the timeline draws: incidents in a lane for each kind, and reports in one."""
    view = visit.view("timeline")
    kind = visit.asked("kind")
    lanes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for subject, statements in incidents(view.world):
        date = date_of(statements)
        if date and (not kind or _kind(statements) == kind):
            lanes[_kind(statements)].append(
                _event(subject.id, _kind(statements), date, name_of(subject), address_of(subject), statements[0].learnt)
            )
    if not kind:
        for report in view.world.reports.values():
            if report.written:
                url = f"/reports/{report.id}"
                lanes["reports"].append(_event(report.id, "reports", report.written, report.title, url, report.learnt))
    named = [{"id": each, "label": each} for each in sorted(lanes)]
    events = [
        event for each in sorted(lanes) for event in sorted(lanes[each], key=lambda one: (one["start"], one["id"]))
    ]
    return visit.json({"lanes": named, "events": events})


def _event(which: str, lane: str, date: str, label: str, url: str, learnt: str) -> dict[str, str]:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(date), "minute")
    return {
        "id": which,
        "lane": lane,
        "start": date,
        "end": date,
        "precision": precision,
        "label": label,
        "href": url,
        "learnt": learnt[:10],
    }


ROUTES = [
    get("/chart", chart),
    get("/chart/data", chart_data),
    get("/chart/counts", chart_counts),
    get("/chart/expand", chart_expand),
    get("/chart/explain", chart_explain),
    get("/chart/export.{ending}", export),
    *pages_saved.ROUTES,
    get("/paths", between),
    get("/map", incident_map),
    get("/map/data", map_data),
    get("/timeline", timeline),
    get("/timeline/data", timeline_data),
]
