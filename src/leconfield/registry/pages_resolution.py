"""Officers' pages of resolution: how a subject came to be, what a split or join would do, what was done, weights."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from starlette.responses import Response

from leconfield.errors import NotFoundError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import ORGANISATION, PERSON, PLACE, SCHEMATA
from leconfield.registry import service
from leconfield.registry.chips import address_of, chip, name_of, shown
from leconfield.registry.clusters import Edge
from leconfield.registry.evidence import contradictions, profile_of
from leconfield.registry.history import Event, History
from leconfield.registry.judgements import DIFFERENT, SAME
from leconfield.registry.lookup import subject_at
from leconfield.registry.picture import MOST, picture
from leconfield.registry.records import Record
from leconfield.registry.resolution import Partition
from leconfield.registry.splitting import Preview, Side, against, preview
from leconfield.registry.subjects import Subject
from leconfield.registry.weights import ATTACH, BRIDGE, Waterfall
from leconfield.web.values import Bar
from leconfield.web.visit import Visit, get

PAGE: Final = 50
_MOST_RECORDS: Final = 200
"""Records whose edges are written out; of more, the first are."""
_FIELDS: Final = {
    "name": "Name",
    "birth": "Birth date",
    "sex": "Sex",
    "country": "Country",
    "identifier": "Identifier",
}
_LEVELS: Final = {
    "same": "the same",
    "spelling": "another spelling or script",
    "nickname": "a nickname",
    "letters": "some letters differ",
    "initial": "an initial only",
    "missing": "a part is missing",
    "contradicts": "different parts",
    "day": "to the day",
    "month": "to the month",
    "year": "to the year",
    "swapped": "day and month swapped",
    "differ": "different",
    "sure": "in common, of one subject only",
    "shared": "in common, such as people share",
}


def weighed(found: Waterfall, schema: str, *, joined: bool = False) -> dict[str, object]:
    """A waterfall as the widget shows it: the evidence, the prior, and what the engine asks for."""
    among = f"one of about {2**found.doublings:,} {_plural(schema)} named here" if found.doublings else "the only one"
    bars = [Bar(each.words, each.bits, each.detail) for each in found.weights]
    return {
        "bars": [*bars, Bar("a chance pair", -float(found.doublings), among)],
        "bits": found.bits,
        "bar": found.bar,
        "bridge": found.bridge,
        "barred": found.barred,
        "enough": found.enough,
        "joined": joined,
    }


def _plural(schema: str) -> str:
    return f"{SCHEMATA.get(schema, 'thing')}s"


def history(visit: Visit) -> Response:
    """How a subject came to be: its records in order of arrival, each with the edge that joined it, weighed."""
    view = visit.view("how a subject came to be", visit.part("id"))
    partition = view.derived(Partition)
    found = partition.subject(SubjectId(visit.part("id")))
    records, edges = partition.records_of(found), partition.links_of(found)
    order = {each.id: place for place, each in enumerate(records)}
    by_later: dict[SubjectId, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_later[max(edge.left, edge.right, key=order.__getitem__)].append(edge)
    steps = [_step(view, partition, found, each, by_later[each.id], order) for each in records[:_MOST_RECORDS]]
    told = {each.id: _told(view, each) for each in records[:MOST]}
    return visit.page(
        "registry/history.html",
        subject=found,
        name=name_of(found),
        chip=chip(view, found),
        picture=picture([each.id for each in records], told, edges),
        steps=steps,
        more=max(0, len(records) - len(steps)),
        drawn=min(len(records), MOST),
        undo=service.last_judgement(view),
        past=view.as_of is not None,
    )


def order_of(edge: Edge, order: dict[SubjectId, int]) -> str:
    """The name of an edge on the page: the places of its records."""
    low, high = sorted((order[edge.left], order[edge.right]))
    return f"{low + 1}-{high + 1}"


def _step(
    view: View, partition: Partition, found: Subject, record: Record, edges: list[Edge], order: dict[SubjectId, int]
) -> dict[str, object]:
    reports = [view.world.reports[each] for each in record.reports if each in view.world.reports]
    return {
        "place": order[record.id] + 1,
        "name": _told(view, record)[0],
        "learnt": record.learnt,
        "registered": record.registered,
        "facts": _facts(record),
        "reports": reports[:3],
        "more_reports": max(0, len(reports) - 3),
        "split": f"/subjects/{found.id}/split?record={record.id}",
        "edges": [
            {
                "id": order_of(edge, order),
                "words": edge.words,
                "by": edge.by,
                "at": edge.at,
                "other": order[edge.left if edge.right == record.id else edge.right] + 1,
                "weighed": weighed(partition.waterfall(edge), record.schema, joined=not edge.by),
                "split": f"/subjects/{found.id}/split?left={edge.left}&right={edge.right}",
            }
            for edge in edges
        ],
    }


def _told(view: View, record: Record) -> tuple[str, str]:
    """What a record calls itself, and who says so."""
    name = next(iter((*record.names, *record.weak_names)), "") or next((each.value for each in record.identifiers), "")
    sources = dict.fromkeys(
        report.source for each in record.reports if (report := view.world.reports.get(each)) is not None
    )
    return shown(name) or "no name", " · ".join([in_words(record.learnt[:10]), *sources][:2])


def _facts(record: Record) -> list[str]:
    """What a record says beside its first name, in short."""
    return [
        *(f"also {shown(each)}" for each in record.names[1:4]),
        *(f"born {each}" for each in record.births[:2]),
        *record.sexes[:1],
        *(each.value for each in record.identifiers[:3]),
        *(each.title() for each in record.countries[:2]),
    ]


def split(visit: Visit) -> Response:
    """What holding two records of a subject apart would do; nothing is written."""
    view = visit.view("what a split would do", visit.part("id"))
    partition = view.derived(Partition)
    found = partition.subject(SubjectId(visit.part("id")))
    record, left, right = (SubjectId(visit.asked(each)) for each in ("record", "left", "right"))
    if record:
        edge = against(partition.links_of(partition.subject(record)), record)
        left, right = (edge.left, edge.right) if edge else (record, record)
    if not {left, right} <= set(found.records):
        raise NotFoundError("these are no two records of this subject; choose an edge of those that are shown")
    return _previewed(visit, view, found, preview(view, left, right, DIFFERENT))


def merge(visit: Visit) -> Response:
    """What joining a subject with another would do; nothing is written."""
    view = visit.view("what a join would do", visit.part("id"))
    partition = view.derived(Partition)
    found = partition.subject(SubjectId(visit.part("id")))
    other = partition.subject(SubjectId(visit.asked("with")))
    return _previewed(visit, view, found, preview(view, found.id, other.id, SAME))


def _previewed(visit: Visit, view: View, found: Subject, made: Preview) -> Response:
    partition = view.derived(Partition)
    records = {each.id: each for each in (*partition.records_of(found), *_of(partition, made.right))}
    sides = [profile_of(partition.records_of(each)) for each in made.before]
    barred = contradictions(*sides) if len(sides) > 1 else ()
    pair = [partition.records_of(partition.subject(each))[0] for each in (made.left, made.right)]
    return visit.page(
        "registry/preview.html",
        subject=found,
        name=name_of(found),
        made=made,
        splitting=made.verdict == DIFFERENT,
        left=_told(view, records.get(made.left, pair[0])),
        right=_told(view, records.get(made.right, pair[1])),
        before=[{"name": name_of(each), "records": len(each.records), "url": address_of(each)} for each in made.before],
        sides=[_shown_side(view, each) for each in made.after],
        elsewhere=[(name, [(name_of(each), len(each.records)) for each in now]) for name, now in made.elsewhere],
        barred=barred,
        weighed=weighed(partition.compared(*made.before), found.schema) if len(made.before) > 1 else None,
        past=view.as_of is not None,
    )


def _of(partition: Partition, record: SubjectId) -> tuple[Record, ...]:
    return partition.records_of(partition.subject(record))


def _shown_side(view: View, side: Side) -> dict[str, object]:
    return {
        "name": name_of(side.subject),
        "schema": side.subject.schema,
        "id": side.subject.id,
        "registered": side.subject.registered,
        "records": [(*_told(view, each), _facts(each)) for each in side.records],
        "rows": side.rows,
        "links": side.links,
        "proposals": [
            (name_of(each.right if each.left.id == side.subject.id else each.left), each.bits)
            for each in side.proposals
        ],
    }


def changes(visit: Visit) -> Response:
    """What was joined and split, the newest first."""
    view = visit.view("what was joined and split", visit.asked("subject"))
    events, first = _events(view, visit), visit.number("from", 0, 10_000_000)
    return visit.page(
        "registry/changes.html",
        events=[_shown_event(view, each) for each in events[first : first + PAGE]],
        first=first,
        page=PAGE,
        total=len(events),
        about=name_of(subject_at(view, visit.asked("subject"))) if visit.asked("subject") else "",
        about_id=visit.asked("subject"),
    )


def changes_json(visit: Visit) -> Response:
    """The same as data."""
    view = visit.view("what was joined and split", visit.asked("subject"))
    return visit.json({"events": [_data(view, each) for each in _events(view, visit)]})


def _events(view: View, visit: Visit) -> list[Event]:
    """The events asked for, the newest first."""
    played = view.derived(History)
    which = visit.asked("subject")
    found = played.of_subject(subject_at(view, which)) if which else played.events
    return list(reversed(found))


def _shown_event(view: View, event: Event) -> dict[str, object]:
    return {
        "at": event.at,
        "kind": event.kind,
        "before": [_named(each) for each in event.before],
        "after": [_named(each) for each in event.after],
        "cause": event.cause,
        "by": event.by,
        "reason": event.reason,
        "withdrawn": event.withdrawn,
        "reports": [view.world.reports[each] for each in event.reports[:3] if each in view.world.reports],
    }


def _named(subject: Subject) -> dict[str, object]:
    """A subject as it stood then; its id leads to whoever has that record now."""
    return {"name": name_of(subject), "records": len(subject.records), "url": f"{address_of(subject)}/history"}


def _data(view: View, event: Event) -> dict[str, object]:
    partition = view.derived(Partition)
    sides = {
        side: [
            {"id": each.id, "name": each.name, "records": list(each.records), "now": partition.head_of(each.id)}
            for each in found
        ]
        for side, found in (("before", event.before), ("after", event.after))
    }
    return {
        "at": event.at,
        "kind": event.kind,
        **sides,
        "cause": event.cause,
        "by": event.by,
        "reason": event.reason,
        "withdrawn": event.withdrawn,
        "reports": list(event.reports),
    }


def weights(visit: Visit) -> Response:
    """What agreements weigh in this view, what its judgements taught, and what the engine asks for."""
    view = visit.view("what agreements weigh")
    scale = view.derived(Partition).scale
    same, different = scale.learned.judged
    return visit.page(
        "registry/weights.html",
        same=same,
        different=different,
        lessons=[(_FIELDS[each.level[0]], _LEVELS[each.level[1]], each) for each in scale.learned.lessons()],
        populations=[
            (_plural(each), scale.bearers.population(each), scale.bearers.doublings(each))
            for each in (PERSON, ORGANISATION, PLACE)
        ],
        attach=ATTACH,
        bridge=BRIDGE,
    )


ROUTES: Final = [
    get("/subjects/{id}/history", history),
    get("/subjects/{id}/split", split),
    get("/subjects/{id}/merge", merge),
    get("/changes", changes),
    get("/changes.json", changes_json),
    get("/weights", weights),
]
