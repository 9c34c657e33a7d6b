"""Acts of disclosure: assess an item, rebuild a mixed report; each by a named officer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leconfield.desk import acts
from leconfield.desk.evidence.disclosable import disclosables, labels_of, refuse_intercept
from leconfield.desk.evidence.folding import YES
from leconfield.desk.evidence.model import (
    ASSESSED,
    GROUNDS,
    ITEMS,
    REBUILT,
    REPORT,
    SCHEDULES,
    STATEMENT,
    CaseFile,
)
from leconfield.desk.evidence.rebuilding import copied_words, rebuilt, remains
from leconfield.desk.evidence.schedules import Plan, plan
from leconfield.desk.evidence.service import said
from leconfield.desk.evidence.state import case_file_of
from leconfield.desk.investigations import investigation_in
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.marking import default_label
from leconfield.ledger.model import Report
from leconfield.ledger.view import View

MAX_DESCRIPTION: Final = 600
MAX_HEADING: Final = 160
MOST_WORDINGS: Final = 200


def assess(desk: Desk, view: View, which: str, *, kind: str, item: str, terms: Mapping[str, str]) -> None:
    """Say whether an item is relevant, and sensitive, and describe it for the other side.

    `terms`: relevant, reason, sensitive, ground, prejudice, description, confirmed, label.

    Raises:
        NotFoundError: if the view has no such investigation or item.
        InterceptError: if it is intercept, or rests on it.
        BadInputError: if something is missing, or the description names whom or what it must not.
        RefusedError: if he looks at the past.
    """
    refuse_the_past(view)
    case, file = investigation_in(view, which), case_file_of(view, which)
    if kind not in ITEMS:
        raise BadInputError(f'"{kind[:40]}" is no kind of material; choose {", ".join(ITEMS)}')
    refuse_intercept(view, file, kind, item)
    label = acts.label_over(case.label, terms.get("label", ""), *labels_of(view, file, kind, item))
    body = {"kind": kind, "item": item, "reason": acts.in_words(terms.get("reason", "")), **_judged(terms)}
    if body["relevant"] == YES:
        words = acts.one_line(terms.get("description", ""), "the description for the other side", MAX_DESCRIPTION)
        looked_at = said(view, words, file.parties, confirmed=terms.get("confirmed", "") == YES)
        body |= {"description": words, "confirmed": "\n".join(looked_at)}
    if body["sensitive"] == YES:
        said(view, body["prejudice"], file.parties, confirmed=True)
    desk.append(view.reader, [Draft(ASSESSED, label, about=which, body=body)])


def _judged(terms: Mapping[str, str]) -> dict[str, str]:
    """Relevance and sensitivity as the form has them.

    Raises:
        BadInputError: if it is not said whether, or of a sensitive item not why.
    """
    for each in ("relevant", "sensitive"):
        if terms.get(each, "") not in (YES, "no"):
            raise BadInputError(f"say whether it is {each}")
    relevant = terms["relevant"] == YES
    if not relevant or terms["sensitive"] != YES:
        return {"relevant": terms["relevant"], "sensitive": "no"}
    if terms.get("ground", "") not in GROUNDS:
        raise BadInputError("say which important public interest disclosure would seriously prejudice")
    risk = acts.one_line(terms.get("prejudice", ""), "the real risk of serious prejudice", MAX_DESCRIPTION)
    return {"relevant": YES, "sensitive": YES, "ground": terms["ground"], "prejudice": risk}


def planned(view: View, file: CaseFile, schedule: str) -> Plan:
    """What the next issue of the schedule would be, in this view.

    Raises:
        NotFoundError: if there is no such schedule.
    """
    if schedule not in SCHEDULES:
        raise NotFoundError(f'no schedule is called "{schedule[:20]}"; there are {", ".join(SCHEDULES)}')
    return plan(schedule, file.heading, file.standing(schedule), disclosables(view, file))


def tier_of(view: View) -> str:
    """The token of the tier under which the prosecutor's schedule leaves."""
    return default_label(view.reader.tokens)


def rebuild(
    desk: Desk,
    view: View,
    which: str,
    *,
    report: str,
    heading: str,
    wordings: Mapping[str, str],
    reason: str,
    label: str,
) -> str:
    """Make a new document of some statements of a report, each in the officer's own words; its id.

    Raises:
        NotFoundError: if the view has no such investigation, report or statement of it.
        InterceptError: if the report is intercept, or rests on it.
        BadInputError: if words are missing, name whom they must not, or are those of the report.
        RefusedError: if the case has no name yet, or he looks at the past.
    """
    refuse_the_past(view)
    case, file = investigation_in(view, which), case_file_of(view, which)
    refuse_intercept(view, file, REPORT, report)
    found = view.report(report)
    if not file.heading:
        raise RefusedError("say first what the court calls the case")
    title = acts.one_line(heading, "the heading of the new document", MAX_HEADING)
    words = _worded(view, file, report, wordings)
    content = _new_document(view, file, found, title, tuple(words.values()))
    labels = (*(view.statement(each).label for each in words), found.label)
    over = acts.label_over(case.label, label, *labels)
    digest = desk.keep(content)
    body = {
        "rebuilt": desk.ids.of("rebuilt", which, report, digest, over),
        "report": report,
        "heading": title,
        "statements": "\n".join(words),
        "wordings": "\n".join(words.values()),
        "digest": digest,
        "reason": acts.in_words(reason),
    }
    desk.append(view.reader, [Draft(REBUILT, over, about=which, body=body)])
    return body["rebuilt"]


def _new_document(view: View, file: CaseFile, found: Report, title: str, words: tuple[str, ...]) -> bytes:
    """The document that says this and no more.

    Raises:
        BadInputError: if words name whom they must not, are those of the report, or something of it is left.
    """
    for each in (title, *words):
        said(view, each, file.parties, confirmed=True)
    if copied := copied_words(found, (title, *words)):
        raise BadInputError(f"these words stand in the report; say it in your own: “{copied[0]}”")
    content = rebuilt(file.heading, title, words, view.moment)
    if left := remains(found, view.original(found.id), content):
        raise BadInputError(f"something of the report is left in the new document: {', '.join(left)}; write it anew")
    return content


def _worded(view: View, file: CaseFile, report: str, wordings: Mapping[str, str]) -> dict[str, str]:
    """The chosen statements with their wordings: those that have one.

    Raises:
        NotFoundError, InterceptError: if one is not of this report, or not to be disclosed.
        BadInputError: if there are none, or too many.
    """
    written = {key: text for key, text in wordings.items() if text.strip()}
    chosen = {key: acts.one_line(text, "what it says", MAX_DESCRIPTION) for key, text in written.items()}
    if not 0 < len(chosen) <= MOST_WORDINGS:
        raise BadInputError(f"write at least one permitted statement in your own words, and {MOST_WORDINGS} at most")
    for each in chosen:
        refuse_intercept(view, file, STATEMENT, each)
        if view.statement(each).report != report:
            raise NotFoundError(f'no statement "{each[:64]}" of this report')
    return chosen
