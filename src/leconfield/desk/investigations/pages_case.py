"""One investigation: its page, and every act on it as a form of its own on that page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.investigations import service, service_work
from leconfield.desk.investigations.analysis import matrix_of
from leconfield.desk.investigations.model import (
    ACTION_STATES,
    CHART,
    LEAD,
    LINKABLE,
    PRIORITIES,
    REPORT,
    SUBJECT,
    TO_DO,
    VERDICTS,
    Action,
    Investigation,
    Link,
)
from leconfield.desk.investigations.papers import case_file, lead_title
from leconfield.desk.investigations.rules import due, unweighed
from leconfield.desk.investigations.state import investigation_in
from leconfield.desk.investigations.telling import told
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.times import to_moment
from leconfield.ledger.view import View
from leconfield.printing import WRITERS
from leconfield.registry.chips import chip
from leconfield.registry.lookup import subjects_in
from leconfield.web.downloads import download
from leconfield.web.values import Clock
from leconfield.web.visit import Visit

Filled = Mapping[str, str]
FIELDS: Final = (
    "words",
    "owner",
    "due",
    "label",
    "action",
    "state",
    "reason",
    "what",
    "why",
    "rests",
    "kind",
    "target",
    "title",
    "entry",
    "priority",
    "reviewer",
    "verdict",
    "lead",
    "team",
)
"""Every field of every form on the page."""
TIMELINE: Final = 100
"""Entries of the timeline that are shown at first."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One kind of act on an investigation: its form's name, what it does, and what is said then."""

    perform: Callable[[Visit, View, str, Filled], None]
    done: str


def case(visit: Visit) -> Response:
    """An investigation: what is due, done and decided, what belongs to it, and everything in order."""
    which = visit.part("investigation")
    view = visit.view("investigation", which)
    filled = {each: visit.asked(each) for each in FIELDS}
    return shown(visit, view, which, visit.asked("do"), filled, "")


def shown(visit: Visit, view: View, which: str, do: str, filled: Filled, fault: str) -> Response:
    """The page, with the form for what is to be done; what was typed is kept if something is wrong with it."""
    found = investigation_in(view, which)
    acting = view.as_of is None
    matrix = matrix_of(view, found)
    entries = told(found)
    most = visit.number("entries", TIMELINE, 100_000)
    return visit.page(
        "desk/investigation.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        case=found,
        standing=found.priorities[-1] if found.priorities else None,
        priorities=PRIORITIES,
        actions=_actions(found, view.moment),
        links=_links(view, found),
        reports=_reports(view, [one for each in found.decisions for one in each.rests]),
        heads=sorted(matrix.heads, key=lambda each: each.standing.place),
        telling=[each for each in matrix.lines if each.sensitivity.changes],
        open_cells=len(unweighed(found)),
        entries=entries[:most],
        more=max(len(entries) - most, 0),
        do=do if acting and do in DOINGS and (do == "reopen") == found.closed else "",
        filled=_prefilled(found, do, filled),
        action=next((each for each in found.actions if each.id == filled.get("action")), None),
        link=next((each for each in found.links if each.id == filled.get("entry")), None),
        fault=fault,
        acting=acting,
        reader=view.reader.name,
        kinds=list(LINKABLE.items()),
        levels=[(key, f"{key}: {words}") for key, words in PRIORITIES.items()],
        verdicts=[(each, each) for each in VERDICTS],
        states=[(each, each) for each in ACTION_STATES],
    )


def _prefilled(found: Investigation, do: str, filled: Filled) -> Filled:
    """What stands in the fields at first: the team as it is, an action as it is."""
    kept = {each: filled.get(each, "") for each in FIELDS}
    if do == "staff" and not kept["lead"]:
        return {**kept, "lead": found.lead, "team": "\n".join(found.team)}
    changed = next((each for each in found.actions if each.id == kept["action"]), None)
    if do == "change" and changed is not None:
        return {**kept, **{key: kept[key] or getattr(changed, key) for key in ("state", "owner", "due")}}
    return kept


def _actions(found: Investigation, moment: str) -> list[dict[str, object]]:
    """What is to be done first, the earliest due first; then what is done, the latest first."""
    waiting = sorted((each for each in found.actions if each.state == TO_DO), key=lambda each: to_moment(each.due))
    over = sorted((each for each in found.actions if each.state != TO_DO), key=lambda each: each.changed, reverse=True)
    return [{"action": each, "clock": clock_of(each, moment)} for each in (*waiting, *over)]


def clock_of(action: Action, moment: str) -> Clock:
    """The action as a clock."""
    standing = due(action, moment)
    return Clock(action.words, standing.words, standing.state, action.owner, action.due)


def _links(view: View, found: Investigation) -> list[dict[str, object]]:
    subjects = subjects_in(view.world, [SubjectId(each.target) for each in found.linked(SUBJECT)])
    chips = {record: chip(view, subject) for record, subject in subjects.items()}
    ordered = sorted(found.links, key=lambda each: list(LINKABLE).index(each.kind))
    return [
        {
            "link": each,
            "chip": chips.get(SubjectId(each.target)),
            "url": _address(each),
            "title": _title(view, each),
        }
        for each in ordered
    ]


def _address(link: Link) -> str:
    folder = {SUBJECT: "/subjects/", REPORT: "/reports/", LEAD: "/leads/"}.get(link.kind, "")
    return f"{folder}{link.target}"


def _title(view: View, link: Link) -> str:
    if link.kind == REPORT:
        report = view.world.reports.get(ReportId(link.target))
        return report.title if report else "a report"
    return link.title if link.kind == CHART else lead_title(view, link.target) if link.kind == LEAD else "a subject"


def _reports(view: View, which: list[str]) -> dict[str, str]:
    """The titles of reports, by id."""
    known = {each: view.world.reports.get(ReportId(each)) for each in which}
    return {each: report.title for each, report in known.items() if report is not None}


def act(doing: str) -> Callable[[Visit], Response]:
    """The handler of one act: do it and go back, or show its form again with what is wrong."""

    def handler(visit: Visit) -> Response:
        which = visit.part("investigation")
        view = visit.present(f"investigation, {doing}", which)
        filled = {each: visit.filled(each) for each in FIELDS}
        try:
            DOINGS[doing].perform(visit, view, which, filled)
        except (RefusedError, NotFoundError):
            raise
        except LeconfieldError as error:
            return shown(visit, view, which, doing, filled, str(error))
        return visit.back_to(f"/investigations/{which}", DOINGS[doing].done)

    return handler


def paper(visit: Visit) -> Response:
    """The case file as PDF or DOCX."""
    which, ending = visit.part("investigation"), visit.part("paper")
    view = visit.view("investigation, printed", which)
    if ending not in WRITERS:
        raise NotFoundError(f'an investigation is printed as {" or ".join(WRITERS)}, not as "{ending[:20]}"')
    return download(WRITERS[ending](case_file(view, investigation_in(view, which))), f"investigation.{ending}")


def _add(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("words", "owner", "due", "label")}
    service_work.add_action(visit.desk, view, which, **terms)


def _change(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("action", "reason", "state", "owner", "due")}
    service_work.change_action(visit.desk, view, which, **terms)


def _decide(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("what", "why", "label")}
    service_work.decide(visit.desk, view, which, rests=filled["rests"].split(), **terms)


def _note(visit: Visit, view: View, which: str, filled: Filled) -> None:
    service_work.note(visit.desk, view, which, words=filled["words"], label=filled["label"])


def _link(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("kind", "target", "reason", "title", "label")}
    service.link(visit.desk, view, which, **terms)


def _unlink(visit: Visit, view: View, which: str, filled: Filled) -> None:
    service.end_link(visit.desk, view, which, entry=filled["entry"], reason=filled["reason"])


def _prioritise(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("priority", "reason", "reviewer", "label")}
    service.set_priority(visit.desk, view, which, **terms)


def _review(visit: Visit, view: View, which: str, filled: Filled) -> None:
    service.review_priority(visit.desk, view, which, verdict=filled["verdict"], reason=filled["reason"])


def _staff(visit: Visit, view: View, which: str, filled: Filled) -> None:
    team = filled["team"].replace(",", "\n").splitlines()
    service.staff(visit.desk, view, which, lead=filled["lead"], team=team, reason=filled["reason"])


def _close(visit: Visit, view: View, which: str, filled: Filled) -> None:
    service.close(visit.desk, view, which, reason=filled["reason"])


def _reopen(visit: Visit, view: View, which: str, filled: Filled) -> None:
    service.reopen(visit.desk, view, which, reason=filled["reason"])


DOINGS: Final = {
    "action": Doing(_add, "Action set."),
    "change": Doing(_change, "Action changed."),
    "decide": Doing(_decide, "Decision written into the log."),
    "note": Doing(_note, "Note written."),
    "link": Doing(_link, "Linked."),
    "unlink": Doing(_unlink, "Link ended; it stays in the timeline."),
    "priority": Doing(_prioritise, "Priority set; it waits for its review."),
    "review": Doing(_review, "Reviewed."),
    "staff": Doing(_staff, "Lead officer and team named."),
    "close": Doing(_close, "Investigation closed."),
    "reopen": Doing(_reopen, "Investigation open again."),
}
"""Acts on an investigation's own page, by the name of their form."""
