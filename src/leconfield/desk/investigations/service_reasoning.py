"""Acts on what may be so: put and drop hypotheses, put and withdraw evidence, weigh one against the other."""

from __future__ import annotations

from typing import Final, TypeVar

from leconfield.desk import acts
from leconfield.desk.investigations.model import (
    BROUGHT,
    DROPPED,
    MARKS,
    SUPPOSED,
    WEIGHED,
    WITHDRAWN,
    Evidence,
    Hypothesis,
)
from leconfield.desk.investigations.service import live
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View

MOST_HYPOTHESES: Final = 12
MOST_EVIDENCE: Final = 200
MAX_WORDS: Final = 600
"""Characters of a hypothesis, and of a piece of evidence."""
E = TypeVar("E", Hypothesis, Evidence)


def put_hypothesis(desk: Desk, view: View, which: str, *, words: str, label: str = "") -> None:
    """Put a hypothesis beside the others.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if there are no words, or those of one that stands.
        RefusedError: if there are too many, it is closed, or he looks at the past.
    """
    found = live(view, which)
    kept = acts.in_words(words, "the hypothesis", MAX_WORDS)
    if any(each.words.casefold() == kept.casefold() for each in found.held):
        raise BadInputError("this hypothesis stands here already")
    if len(found.held) >= MOST_HYPOTHESES:
        raise RefusedError(f"{MOST_HYPOTHESES} hypotheses stand here already; drop one first")
    desk.append(view.reader, [Draft(SUPPOSED, acts.label_over(found.label, label), about=which, body={"words": kept})])


def drop_hypothesis(desk: Desk, view: View, which: str, *, hypothesis: str, reason: str) -> None:
    """Hold a hypothesis no longer; it and what was said of it stay in the timeline.

    Raises:
        NotFoundError: if no such hypothesis is held in this view.
        BadInputError, RefusedError: as for putting one.
    """
    dropped = _one_of(live(view, which).held, hypothesis, "hypothesis")
    body = {"hypothesis": dropped.id, "reason": acts.in_words(reason)}
    desk.append(view.reader, [Draft(DROPPED, dropped.label, about=which, body=body)])


def put_evidence(desk: Desk, view: View, which: str, *, words: str, report: str = "", label: str = "") -> None:
    """Put a piece of evidence: what a report says, or what was looked for and is missing.

    Raises:
        NotFoundError: if the view has no such investigation or report.
        BadInputError: if there are no words.
        RefusedError: if there is too much, it is closed, or he looks at the past.
    """
    found = live(view, which)
    if len(found.counting) >= MOST_EVIDENCE:
        raise RefusedError(f"{MOST_EVIDENCE} pieces of evidence stand here already; withdraw one first")
    its_label = acts.label_over(found.label, label, view.report(report.strip()).label if report.strip() else "")
    body = {"words": acts.in_words(words, "the evidence", MAX_WORDS), "report": report.strip()}
    desk.append(view.reader, [Draft(BROUGHT, its_label, about=which, body=body)])


def withdraw_evidence(desk: Desk, view: View, which: str, *, evidence: str, reason: str) -> None:
    """Let a piece of evidence count no longer; it stays in the timeline.

    Raises:
        NotFoundError: if no such evidence counts in this view.
        BadInputError, RefusedError: as for putting it.
    """
    withdrawn = _one_of(live(view, which).counting, evidence, "evidence")
    body = {"evidence": withdrawn.id, "reason": acts.in_words(reason)}
    desk.append(view.reader, [Draft(WITHDRAWN, withdrawn.label, about=which, body=body)])


def weigh(
    desk: Desk, view: View, which: str, *, evidence: str, hypothesis: str, mark: str, reason: str, label: str = ""
) -> None:
    """Say how a piece of evidence bears on a hypothesis, and why.

    Raises:
        NotFoundError: if no such evidence counts, or no such hypothesis is held, in this view.
        BadInputError: if there is no such mark, or no reason.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    said = _one_of(found.counting, evidence, "evidence")
    supposed = _one_of(found.held, hypothesis, "hypothesis")
    if mark not in MARKS:
        raise BadInputError(f'"{mark[:40]}" is no mark; choose {", ".join(MARKS)}')
    body = {"evidence": said.id, "hypothesis": supposed.id, "mark": mark, "reason": acts.in_words(reason)}
    desk.append(view.reader, [Draft(WEIGHED, acts.label_over(said.label, supposed.label, label), which, body)])


def _one_of(standing: tuple[E, ...], which: str, what: str) -> E:
    found = next((each for each in standing if each.id == which), None)
    if found is None:
        raise NotFoundError(f"no such {what} stands here; it may have been withdrawn")
    return found
