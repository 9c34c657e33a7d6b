"""Acts on charts: keep one, keep it anew, give it another name. What is kept is said in `charts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS, SCHEMATA
from leconfield.network.charts import DRAWN, LAYOUTS, RENAMED, SAVED, Charts, Look, Spot, Version
from leconfield.network.expansion import expand
from leconfield.network.model import NAMED_TOGETHER, Picture
from leconfield.network.service import chosen, graph_of, presented
from leconfield.registry.resolution import Partition

MAX_NAME: Final = 120
MAX_NOTE: Final = 2000
"""Characters."""


def save(
    desk: Desk, view: View, *, name: str, note: str, label: str, spots: Iterable[Spot], look: Look, which: str = ""
) -> str:
    """Keep a chart, or, with the id of one that is kept, a new version of it; its id.

    The same name by the same officer under the same label is the same chart.

    Raises:
        NotFoundError: if the view has no such chart, or no such subject.
        BadInputError: if there is no name, nobody on it, or no such layout.
        RefusedError: if the label would hide it from him, or he looks at the past.
        LabelError: if the label does not parse.
    """
    kept = view.derived(Charts).chart(which) if which else None
    label = all_of([label.strip() or (kept.label if kept else "")])
    if not label:
        raise BadInputError("say who may open this chart; with no label everybody could")
    name = _worded(view, name or (kept.name if kept else ""), note)
    _check(look)
    parts = _by_label(view, spots)
    chart = which or desk.ids.of("chart", view.reader.name, label, name)
    head = {"name": name, "note": note.strip(), **_body(look)}
    drawn = [
        Draft(DRAWN, all_of([label, each]), about=chart, body={"drawn": "\n".join(parts[each])})
        for each in sorted(parts)
    ]
    desk.append(view.reader, [Draft(SAVED, label, about=chart, body=head), *drawn])
    return chart


def rename(desk: Desk, view: View, which: str, name: str) -> None:
    """Give a chart another name, which it has for everybody who may open it.

    Raises:
        NotFoundError: if the view has no such chart.
        BadInputError: if there is no name.
        RefusedError: if it is called so already, or he looks at the past.
    """
    found = view.derived(Charts).chart(which)
    name = _worded(view, name, "")
    if name == found.name:
        raise RefusedError("the chart is called so already")
    desk.append(view.reader, [Draft(RENAMED, found.label, about=which, body={"name": name})])


def _worded(view: View, name: str, note: str) -> str:
    refuse_the_past(view)
    if not name.strip() or len(name.strip()) > MAX_NAME:
        raise BadInputError(f"give the chart a name of {MAX_NAME} characters at most")
    if len(note) > MAX_NOTE:
        raise BadInputError(f"keep the note to {MAX_NOTE:,} characters, and file the rest as a report")
    return " ".join(name.split())


def _check(look: Look) -> None:
    if look.layout not in LAYOUTS:
        raise BadInputError(f'"{look.layout[:40]}" is no layout; choose {", ".join(LAYOUTS)}')
    unknown = {*look.schemata} - {*SCHEMATA} | {*look.props} - {*LINKS, NAMED_TOGETHER}
    if unknown:
        raise BadInputError(f'"{min(unknown)[:40]}" is no kind of subject or link; reload the page and save it again')
    chosen(since=look.since, until=look.until)


def _body(look: Look) -> dict[str, str]:
    return {
        "layout": look.layout,
        "schemata": " ".join(look.schemata),
        "props": " ".join(look.props),
        "since": look.since,
        "until": look.until,
        "together": "yes" if look.together else "",
    }


def _by_label(view: View, spots: Iterable[Spot]) -> dict[str, list[str]]:
    """The lines of a chart by the label of whom they are of: one of each subject's records for each label."""
    partition = view.derived(Partition)
    lines: dict[str, list[str]] = defaultdict(list)
    seen: set[SubjectId] = set()
    for spot in spots:
        subject = partition.subject_of(spot.record)
        if subject.id in seen:
            continue
        seen.add(subject.id)
        known: dict[str, SubjectId] = {}
        for record in (subject.id, *sorted(subject.records)):
            if said := view.statements(subject=record):
                known.setdefault(said[0].label, record)
        for label, record in known.items():
            lines[label].append(_moved(spot, record).line)
    if not seen:
        raise BadInputError("there is nobody on this chart yet; draw somebody's network first")
    return lines


def _moved(spot: Spot, record: SubjectId) -> Spot:
    return Spot(record, spot.x, spot.y, spot.pinned, spot.hidden, spot.asked)


def shown(view: View, spots: Iterable[Spot]) -> dict[SubjectId, Spot]:
    """Whom of these the view knows, by the subject that each record belongs to now; the first place counts."""
    partition = view.derived(Partition)
    found: dict[SubjectId, Spot] = {}
    for each in spots:
        if each.record in view.world.by_subject:
            subject = partition.subject_of(each.record).id
            found.setdefault(subject, _moved(each, subject))
    return found


def picture_of(view: View, version: Version) -> Picture:
    """The subjects of a version and every link among them, as the view has them."""
    look = version.look
    spots = shown(view, version.spots)
    wanted = chosen(since=look.since, until=look.until, together=look.together)
    found = presented(expand(graph_of(view), spots, 0, wanted, max(1, len(spots))))
    asked = tuple(each for each, spot in sorted(spots.items()) if spot.asked)
    return Picture(asked, found.nodes, found.links)
