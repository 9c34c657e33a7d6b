"""What is served: the prosecutor's schedule here; what goes to the other side is made here, and leaves by a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leconfield.desk import acts
from leconfield.desk.evidence.disclosable import disclosable, disclosables
from leconfield.desk.evidence.disclosing import planned, tier_of
from leconfield.desk.evidence.folding import rows_as_text
from leconfield.desk.evidence.model import (
    DISCLOSED,
    LEAVING,
    MG6D,
    PREPARED,
    PUT,
    REBUILD,
    SERVED,
    Issue,
    Rebuilt,
)
from leconfield.desk.evidence.schedules import Plan, as_csv, as_docx, said_of
from leconfield.desk.evidence.service import said
from leconfield.desk.evidence.state import case_file_of
from leconfield.desk.investigations import investigation_in
from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Ready:
    """The next issue of a schedule, made and not served."""

    investigation: str
    plan: Plan
    follows: str
    """The issue that stands; empty: none does."""
    files: Mapping[str, bytes]
    """By ending."""
    reason: str
    label: str


def ready(view: View, which: str, *, schedule: str, reason: str = "", label: str = "") -> Ready:
    """Make the next issue of a schedule; nothing is kept yet.

    An issue after the first adds to what was served. Where something that was served has changed, the last issue is
    voided, for the reason given, and all is numbered anew.

    Raises:
        NotFoundError: if the view has no such investigation, or there is no such schedule.
        BadInputError: if something is to be voided without a reason, or a description names whom it must not.
        RefusedError: if there is nothing new to serve, the case has no name yet, or he looks at the past.
    """
    refuse_the_past(view)
    case, file = investigation_in(view, which), case_file_of(view, which)
    made = planned(view, file, schedule)
    if not file.heading:
        raise RefusedError("say first what the court calls the case")
    if not made.new:
        raise RefusedError("nothing has changed since this schedule was served")
    for each in made.fresh:
        said(view, f"{each.description} / {each.prejudice}", file.parties, confirmed=True)
    why = acts.in_words(reason, "why the schedule that was served is voided") if made.voids else reason.strip()
    on_it = {each.key for each in made.rows}
    labels = [each.label for each in disclosables(view, file) if each.key in on_it]
    before = file.standing(schedule)
    over = acts.label_over(case.label, label, *labels, before.label if before else "")
    files = {"docx": as_docx(made, tier_of(view), view.moment), "csv": as_csv(made)}
    return Ready(which, made, before.id if before else "", files, why[: acts.MAX_REASON], over)


def serve(desk: Desk, view: View, which: str, *, schedule: str, reason: str = "", label: str = "") -> str:
    """Serve the prosecutor's schedule: its rows, numbers and bytes are kept for good; the id of the issue.

    The one for the other side is not served here: it leaves by a release (`leconfield.gate.handing`).

    Raises:
        NotFoundError, BadInputError: as `ready`.
        RefusedError: as `ready`; also of the schedule that leaves.
    """
    if schedule in LEAVING:
        raise RefusedError("this schedule goes to the other side: put it before the gate; it is served by its release")
    made = ready(view, which, schedule=schedule, reason=reason, label=label)
    (receipt,) = desk.append(view.reader, [_drafted(desk, SERVED, made)])
    return receipt.entry


def prepared(desk: Desk, made: Ready, release: str) -> Draft:
    """What is written down of an issue that waits for that release."""
    return _drafted(desk, PREPARED, made, release)


def served(waiting: Issue, investigation: str) -> Draft:
    """What is written down once an issue has left by its release: that it has, and no more. Once, however often."""
    body = {"schedule": waiting.schedule, "release": waiting.release}
    return Draft(SERVED, waiting.label, about=investigation, body=body, key=(waiting.release,))


def why_not(view: View, which: str, waiting: Issue) -> str:
    """Why an issue that was prepared may not be served any more, and what to do; empty if it may.

    Raises:
        NotFoundError: if the view has no such investigation.
    """
    file = case_file_of(view, which)
    before = file.standing(waiting.schedule)
    if waiting.follows != (before.id if before else ""):
        return "another issue was served since it was prepared; prepare it anew"
    now = {each.key: each for each in disclosables(view, file) if each.sensitive == (waiting.schedule == MG6D)}
    same = [each.key in now and said_of(now[each.key]) == each.said for each in waiting.rows]
    if file.heading != waiting.heading or not all(same):
        return "what stands on it has changed since it was prepared; prepare it anew"
    return ""


def document_of(view: View, which: str, rebuilt: str) -> Rebuilt:
    """A rebuilt document that may go to the other side.

    Raises:
        NotFoundError: if the view has no such investigation or document.
        InterceptError: if it rests on intercept.
        RefusedError: if nobody has assessed it as relevant and not sensitive.
    """
    file = case_file_of(view, which)
    found = file.rebuild(rebuilt)
    if found is None:
        raise NotFoundError(f'no rebuilt document "{rebuilt[:64]}" in this case file')
    assessment = file.assessed(REBUILD, rebuilt)
    if assessment is None or disclosable(view, file, assessment).sensitive:
        raise RefusedError("it goes to the other side once somebody has assessed it as relevant and not sensitive")
    return found


def document_put(made: Rebuilt, investigation: str, release: str) -> Draft:
    """What is written down of a rebuilt document that waits for that release."""
    return Draft(PUT, made.label, investigation, {"rebuilt": made.id, "release": release}, key=(release,))


def document_left(made: Rebuilt, investigation: str) -> Draft:
    """What is written down once it has left by its release. Once, however often."""
    return Draft(DISCLOSED, made.label, investigation, {"rebuilt": made.id, "release": made.release}, (made.release,))


def _drafted(desk: Desk, kind: str, made: Ready, release: str = "") -> Draft:
    plan = made.plan
    body = {
        "schedule": plan.schedule,
        "heading": plan.heading,
        "rows": rows_as_text(plan.rows),
        "voids": plan.voids.id if plan.voids else "",
        "follows": made.follows,
        "reason": made.reason,
        "release": release,
        **{ending: desk.keep(content) for ending, content in made.files.items()},
    }
    key = (release,) if release else ()
    return Draft(kind, made.label, about=made.investigation, body=body, key=key)
