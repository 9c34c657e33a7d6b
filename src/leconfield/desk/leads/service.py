"""Acts of triage: decide on an item, take it back, and whatever is done on a lead. Each has an author and a reason.

Nothing here decides by itself, and nothing decides on more than one item at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.desk.acts import in_words, label_of_record, label_over
from leconfield.desk.leads import model
from leconfield.desk.leads.model import Decision, Item, Lead
from leconfield.desk.leads.passing import adding, destination, ends_of_passed, links_of_passed
from leconfield.desk.leads.protected import refuse_protected
from leconfield.desk.leads.queue import item_at
from leconfield.desk.leads.state import Leads, Triage
from leconfield.desk.leads.tracing import traced_draft
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.times import check_partial, stamp, to_moment
from leconfield.ledger.view import View

STOCK: Final[dict[str, tuple[str, ...]]] = {
    model.REJECT: (
        "Tells of no threat.",
        "Already known; it adds nothing.",
        "Not for us; nothing in it calls for a step of ours.",
    ),
    model.TRACE: (
        "Traced whoever it names; nothing recorded calls for more.",
        "Traced; kept for whoever asks later.",
    ),
}
"""Beginnings of a reason that the officer makes his own; for a lead there are none: it asks for words of his own."""
MOST_TITLE: Final = 200
MOST_LINKED: Final = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision."""

    decision: str
    """The id of its entry: what is named to take it back."""
    lead: str
    """The lead that it opened; empty: none."""


def triage(
    desk: Desk,
    view: View,
    *,
    item: str,
    decision: str,
    reason: str,
    label: str = "",
    title: str = "",
    to: str = "",
) -> Outcome:
    """Decide on what waits under that id.

    The decision bears the label of everything that the item rests on, and `label` beside it. *Trace* asks the registry
    for whoever the reports name, and keeps the answers for those who hold all that the officer holds.

    Raises:
        NotFoundError: if nothing waits under that id here.
        BadInputError: if it is no decision, or its reason, its title or whom it goes to will not do.
        RefusedError: if the label would hide it from him who decides, or he looks at the past.
        LabelError: if the label does not parse.
    """
    refuse_the_past(view)
    found = item_at(view, item)
    kept = _reason(decision, reason)
    body = {"decision": decision, "reason": kept, "title": found.title, **_targets(found)}
    its_label = label_over(found.label, label)
    moment, more = desk.clock(), list[Draft]()
    if decision == model.LEAD:
        opened = _Opening(title or found.title, kept, its_label, found.reports, found.subjects, found.id)
        body["lead"], more = opened.drafts(desk, view, stamp(moment))
    elif decision == model.ONWARD:
        goal = destination(view, to)
        body, its_label = body | goal.body, label_over(its_label, goal.label)
        more = links_of_passed(view, goal, found, kept)
    elif decision == model.TRACE:
        more = [traced_draft(view, found.id, found.reports, its_label, moment)]
    draft = Draft(model.TRIAGED, its_label, about=found.id, body=body)
    receipts = desk.append(view.reader, [draft, *more], moment)
    return Outcome(receipts[0].entry, body.get("lead", ""))


def _reason(decision: str, reason: str) -> str:
    if decision not in model.DECISIONS:
        raise BadInputError(f'"{decision[:40]}" is no decision; choose {", ".join(model.DECISIONS)}')
    kept = in_words(reason)
    if decision == model.LEAD and kept in {each for stock in STOCK.values() for each in stock}:
        raise BadInputError("a lead needs a reason in your own words; say what makes you think that it may be a threat")
    return kept


def _targets(item: Item) -> dict[str, str]:
    if item.suggestion is not None:
        return {"suggestion": item.id}
    return {"reports": "\n".join(item.reports)}


def undo(desk: Desk, view: View, which: str = "", reason: str = "") -> Decision:
    """Take back one's own decision; empty: the last. Everything is then as if it had never been made.

    Raises:
        NotFoundError: if no such decision stands here.
        BadInputError: if there is none of his.
        RefusedError: if it is another officer's, or somebody has worked on the lead that it opened.
    """
    refuse_the_past(view)
    found = decision_at(view, which) if which else last_of(view)
    if found is None:
        raise BadInputError("there is nothing of yours to take back")
    if found.by != view.reader.name:
        raise RefusedError(f"this is {found.by}'s decision; ask {found.by}, or decide anew when something changes")
    acts = view.derived(Leads).acts_on(found.lead) if found.lead else []
    if any(each.by != found.by for each in acts):
        raise RefusedError("somebody has worked on this lead since; close it, with a reason, instead")
    body = {"reason": reason.strip()[:MOST_TITLE] or "undone"}
    undone = Draft(model.UNDONE, found.label, about=found.id, body=body)
    desk.append(view.reader, [undone, *ends_of_passed(view, found)])
    return found


def decision_at(view: View, which: str) -> Decision:
    """The decision that stands under that id.

    Raises:
        NotFoundError: in the same words whether it is hidden, was taken back or has never existed.
    """
    found = view.derived(Triage).of_id(which)
    if found is None or not view.derived(Triage).stands(found):
        raise NotFoundError("no such decision stands here; it may have been taken back")
    return found


def last_of(view: View) -> Decision | None:
    """The reader's own newest decision that stands."""
    triage_ = view.derived(Triage)
    mine = (each for each in reversed(triage_.everything()) if each.by == view.reader.name)
    return next((each for each in mine if triage_.stands(each)), None)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A lead about to be opened."""

    title: str
    reason: str
    label: str
    reports: Sequence[ReportId]
    subjects: Sequence[SubjectId]
    suggestion: str

    def drafts(self, desk: Desk, view: View, at: str) -> tuple[str, list[Draft]]:
        """The lead's id, and the entries that open it: links to subjects apart, each under the label of its subject."""
        title = in_words(self.title, "the title", MOST_TITLE)
        lead = desk.ids.of("lead", view.reader.name, at, title, *self.reports, *self.subjects)
        body = {"title": title, "reason": self.reason, "reports": "\n".join(self.reports[:MOST_LINKED])}
        if self.suggestion not in self.reports:
            body["suggestion"] = self.suggestion
        opening = Draft(model.OPENED, self.label, about=lead, body=body)
        return lead, [opening, *_links(view, lead, self.label, (), self.subjects, "")]


def open_lead(
    desk: Desk,
    view: View,
    *,
    title: str,
    reason: str,
    label: str = "",
    reports: Sequence[str] = (),
    subjects: Sequence[str] = (),
    suggestion: str = "",
) -> str:
    """Open a lead without an item of the queue; its id.

    Raises:
        NotFoundError: if the view lacks one of the reports or subjects.
        BadInputError: if it rests on nothing, or its title or reason is missing.
        RefusedError, LabelError: as for `triage`.
    """
    refuse_the_past(view)
    if not reports and not subjects:
        raise BadInputError("a lead rests on something; name a report or a subject")
    found = [view.report(each) for each in reports]
    its_label = label_over(label, *(each.label for each in found))
    records = [SubjectId(each) for each in subjects]
    if not found:
        its_label = label_over(its_label, *(label_of_record(view, each) for each in records))
    opening = _Opening(title, in_words(reason), its_label, [each.id for each in found], records, suggestion)
    moment = desk.clock()
    lead, drafts = opening.drafts(desk, view, stamp(moment))
    desk.append(view.reader, drafts, moment)
    return lead


def _links(
    view: View, lead: str, label: str, reports: Iterable[str], subjects: Iterable[str], reason: str
) -> list[Draft]:
    """Links of a lead to reports and subjects: an entry for each label, so that who may not see an end sees no link."""
    by_label: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"reports": [], "subjects": []})
    for report in reports:
        by_label[label_over(label, view.report(report).label)]["reports"].append(report)
    for record in subjects:
        by_label[label_over(label, label_of_record(view, record))]["subjects"].append(record)
    drafts = []
    for its_label, ends in sorted(by_label.items()):
        body = {kind: "\n".join(ids[:MOST_LINKED]) for kind, ids in ends.items() if ids}
        drafts.append(Draft(model.WIDENED, its_label, about=lead, body={**body, "reason": reason}))
    return drafts


def lead_at(view: View, which: str) -> Lead:
    """The lead by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden, was taken back or has never existed.
    """
    found = view.derived(Leads).lead(which)
    if found is None:
        raise NotFoundError("no such lead stands here; look for it in the list of leads")
    return found


def widen(
    desk: Desk, view: View, lead: str, *, reports: Sequence[str] = (), subjects: Sequence[str] = (), reason: str
) -> None:
    """Link further reports or subjects to a lead.

    Raises:
        NotFoundError: if the view lacks the lead, a report or a subject.
        BadInputError: if nothing is named, or the reason is missing.
    """
    found = _acting_on(view, lead)
    drafts = _links(view, found.id, found.label, reports, subjects, in_words(reason))
    if not drafts:
        raise BadInputError("name a report or a subject to link to the lead")
    desk.append(view.reader, drafts)


def score(
    desk: Desk,
    view: View,
    lead: str,
    *,
    part: str,
    points: str,
    reason: str,
    supports: Sequence[str] = (),
    contradicts: Sequence[str] = (),
    label: str = "",
) -> None:
    """Score one part of RCAP from 0 to 4, with the statements that support and contradict it.

    Raises:
        NotFoundError: if the view lacks the lead or a statement.
        BadInputError: if it is no part, no score, a statement stands on both sides or tells of a protected
            characteristic, or the reason is missing.
        RefusedError, LabelError: as for `triage`.
    """
    found = _acting_on(view, lead)
    if part not in model.PARTS:
        raise BadInputError(f'"{part[:40]}" is no part of RCAP; choose one of {", ".join(model.PARTS)}')
    if points not in {str(each) for each in range(model.MOST_POINTS + 1)}:
        raise BadInputError(f"choose a score from 0 to {model.MOST_POINTS}")
    both = set(supports) & set(contradicts)
    if both:
        raise BadInputError("a statement cannot both support and contradict a score; choose one side for it")
    said = [view.statement(each) for each in (*supports, *contradicts)]
    refuse_protected(said)
    body = {"part": part, "points": points, "reason": in_words(reason)}
    body |= {"supports": "\n".join(supports), "contradicts": "\n".join(contradicts)}
    its_label = label_over(found.label, label, *(each.label for each in said))
    desk.append(view.reader, [Draft(model.SCORED, its_label, about=found.id, body=body)])


def take(desk: Desk, view: View, lead: str, owner: str = "") -> None:
    """Make a named officer the lead's owner; empty: the one who acts.

    Raises:
        NotFoundError: if the view lacks the lead.
        BadInputError: if nobody signs in under that name.
    """
    found = _acting_on(view, lead)
    name = owner.strip() or view.reader.name
    if name != view.reader.name:
        desk.reader(name)
    desk.append(view.reader, [Draft(model.TAKEN, found.label, about=found.id, body={"owner": name})])


def set_step(desk: Desk, view: View, lead: str, *, step: str, due: str) -> None:
    """Say what is to be done next on a lead, and until when.

    Raises:
        NotFoundError: if the view lacks the lead.
        BadInputError: if the step is missing, or the time is none or past.
    """
    found = _acting_on(view, lead)
    if due and to_moment(check_partial(due)) < desk.clock():
        raise BadInputError(f'"{due}" is past; give a later time, or none')
    body = {"step": in_words(step, "the next step"), "due": due}
    desk.append(view.reader, [Draft(model.STEP_SET, found.label, about=found.id, body=body)])


def close_lead(desk: Desk, view: View, lead: str, *, reason: str, label: str = "") -> None:
    """Close a lead, with a reason.

    Raises:
        NotFoundError, BadInputError, RefusedError, LabelError: as for `score`; BadInputError also if it is closed.
    """
    found = _acting_on(view, lead)
    draft = Draft(model.CLOSED, label_over(found.label, label), about=found.id, body={"reason": in_words(reason)})
    desk.append(view.reader, [draft])


def reopen_lead(desk: Desk, view: View, lead: str, *, reason: str, label: str = "") -> None:
    """Open a closed lead again, or one that became an investigation, with a reason.

    Raises:
        NotFoundError, BadInputError, RefusedError, LabelError: as for `score`; BadInputError also if it is open.
    """
    refuse_the_past(view)
    found = lead_at(view, lead)
    if found.standing:
        raise BadInputError("this lead is open; work on it, or close it first")
    draft = Draft(model.REOPENED, label_over(found.label, label), about=found.id, body={"reason": in_words(reason)})
    desk.append(view.reader, [draft])


def investigate(desk: Desk, view: View, lead: str, *, which: str, reason: str, label: str = "") -> str:
    """Make a lead part of an open investigation, by its id or title, or open one under that title; its id.

    Raises:
        NotFoundError, BadInputError, RefusedError, LabelError: as for `score`, and as `investigations` has them.
    """
    found = _acting_on(view, lead)
    kept = in_words(reason)
    goal, drafts = adding(desk, view, found, which=which, reason=kept, label=label)
    body = {"investigation": goal.investigation, "title": goal.words, "reason": kept}
    handed = Draft(model.HANDED, label_over(found.label, goal.label), about=found.id, body=body)
    desk.append(view.reader, [*drafts, handed])
    return goal.investigation


def _acting_on(view: View, which: str) -> Lead:
    refuse_the_past(view)
    found = lead_at(view, which)
    if not found.standing:
        raise BadInputError("this lead is closed or has become an investigation; re-open it, with a reason, first")
    return found
