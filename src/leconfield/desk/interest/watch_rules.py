"""Watch rules: a saved search that goes on asking. New reports that answer it are put before a person.

A rule asks for words in reports, for somebody by a trace question, or for both: reports with the words that speak of
him. It is an entry with its author, reason and label; whoever may read the label sees the rule and what it raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from leconfield.desk import acts
from leconfield.desk.interest.standing import suggestion_id
from leconfield.desk.suggestions import Reason, Suggestion
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.intake.search import MAX_QUERY, answering, terms_of
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId, Report, ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.asked import Asked
from leconfield.registry.query import query_in
from leconfield.registry.watch import LIKELY, Watch
from leconfield.registry.watching import arrivals

SET: Final = "watch rule set"
ENDED: Final = "watch rule ended"
KIND: Final = "watch rule"
MOST_RULES: Final = 100
"""Rules that one officer may have at a time: each is a search, and a trace, whenever something comes in."""
MAX_NAME: Final = 120
MOST_RAISED: Final = 200
"""Reports that one rule puts before a person, the newest."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A saved search that stands, or stood."""

    id: EntryId
    by: str
    at: str
    label: str
    name: str
    reason: str
    words: str
    """Words that a report must hold; empty: whatever speaks of whoever the question finds."""
    question: str
    """A trace question; empty: whatever holds the words."""
    ended: str = ""
    """When it was taken off (a stamp); empty: it stands."""
    ended_by: str = ""
    ended_for: str = ""


class Rules:
    """The rules of a world, and what came for them (a `Derived`); searched when it is first asked for."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Rule] = {}
        self._raised: dict[EntryId, list[Suggestion]] | None = None

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        rules = cls()
        rules._take(world.entries)
        return rules

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries; what comes in may answer."""
        if self._take(delta.entries) or delta.reports or delta.statements or delta.judgements:
            self._raised = None

    def _take(self, entries: Iterable[Entry]) -> bool:
        told = False
        for each in entries:
            if each.kind == SET:
                self.by_id[each.id] = _rule(each)
                told = True
            elif each.kind == ENDED and (known := self.by_id.get(EntryId(each.about))) and not known.ended:
                self.by_id[known.id] = _ended(known, each)
                told = True
        return told

    @property
    def standing(self) -> list[Rule]:
        """Those that stand, the newest first."""
        return [each for each in self.by_id.values() if not each.ended][::-1]

    def raised(self, view: View) -> dict[EntryId, list[Suggestion]]:
        """What came for the rules that stand, by rule."""
        if self._raised is None:
            self._raised = {each.id: list(_of_rule(view, each)) for each in self.standing}
        return self._raised

    def counts(self, view: View) -> dict[EntryId, int]:
        """How many reports came for each rule that stands."""
        return {rule: len(found) for rule, found in self.raised(view).items()}


def raised(view: View) -> list[Suggestion]:
    """What newly came in and answers a rule that stands."""
    return [each for found in view.derived(Rules).raised(view).values() for each in found]


def set_rule(
    desk: Desk, view: View, *, name: str, reason: str, label: str, words: str = "", question: str = ""
) -> EntryId:
    """Save a search as a rule; its id.

    Raises:
        BadInputError: if there is nothing to search by, or name, reason or label is missing or too long.
        RefusedError: if the label would hide it from him who sets it, he has too many, or he looks at the past.
        LabelError: if the label does not parse.
    """
    refuse_the_past(view)
    asked = _asked(desk, view, words.strip(), question.strip())
    if not label.strip():
        raise BadInputError("say who may see that this is watched for; with no label everybody could")
    mine = [each for each in view.derived(Rules).standing if each.by == view.reader.name]
    if len(mine) >= MOST_RULES:
        raise RefusedError(f"you have {MOST_RULES} rules already; end one first")
    kept = {"name": acts.in_words(name, "the rule's name", MAX_NAME), "reason": acts.in_words(reason)}
    (receipt,) = desk.append(view.reader, [Draft(SET, label.strip(), body={**asked, **kept})])
    return receipt.entry


def end_rule(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """End one's own rule; what came for it is raised no more.

    Raises:
        NotFoundError: in the same words whether it is hidden, ended or has never existed.
        RefusedError: if it is another officer's, or he looks at the past.
        BadInputError: if there is no reason.
    """
    refuse_the_past(view)
    found = view.derived(Rules).by_id.get(EntryId(which))
    if found is None or found.ended:
        raise NotFoundError("no such rule stands here; it may have been ended")
    if found.by != view.reader.name:
        raise RefusedError(f"this is {found.by}'s rule; set your own beside it, or ask {found.by}")
    desk.append(view.reader, [Draft(ENDED, found.label, about=found.id, body={"reason": acts.in_words(reason)})])


def _asked(desk: Desk, view: View, words: str, question: str) -> dict[str, str]:
    if max(len(words), len(question)) > MAX_QUERY:
        raise BadInputError(f"a search has {MAX_QUERY} characters at most; make two rules of it")
    if not words and not question:
        raise BadInputError("give words to look for, or somebody to trace")
    if words and not terms_of(words):
        raise BadInputError(f'"{words[:60]}" holds no word to look for; write one or more')
    if question and query_in(view, question, desk.clock()).empty:
        raise BadInputError("a place, an age or a car alone finds nobody; trace a name or a number")
    return {"words": words, "question": question}


def _rule(entry: Entry) -> Rule:
    parts = {each: entry.body.get(each, "") for each in ("name", "reason", "words", "question")}
    return Rule(entry.id, entry.by, entry.at, entry.label, **parts)


def _ended(rule: Rule, entry: Entry) -> Rule:
    return replace(rule, ended=entry.at, ended_by=entry.by, ended_for=entry.body.get("reason", ""))


def _of_rule(view: View, rule: Rule) -> Iterator[Suggestion]:
    found = _answers(view, rule)
    reports = sorted((view.world.reports[each] for each in found), key=lambda one: (one.learnt, one.id), reverse=True)
    for report in reports[:MOST_RAISED]:
        yield _suggestion(rule, report, found[report.id])


@dataclass(frozen=True, slots=True)
class _Answer:
    """What of a report answers a rule beside its words."""

    subjects: tuple[SubjectId, ...] = ()
    since: str = ""
    labels: frozenset[str] = frozenset()


def _answers(view: View, rule: Rule) -> dict[ReportId, _Answer]:
    """Reports that answer the rule and came, or were newly read of whoever it asks for, after it was set."""
    if not rule.question:
        return {each: _Answer() for each in answering(view.world, rule.words, rule.at)}
    watch = Watch(
        rule.id, rule.by, rule.at, rule.label, rule.reason, rule.question, Asked(), subject="", until="", least=LIKELY
    )
    holding = answering(view.world, rule.words) if rule.words else None
    found: dict[ReportId, _Answer] = {}
    for each in arrivals(view, [watch]):
        if holding is None or each.report.id in holding:
            before = found.get(each.report.id, _Answer())
            found[each.report.id] = _Answer(
                (*before.subjects, each.subject.id),
                since=max(before.since, each.learnt),
                labels=before.labels | {each.label},
            )
    return found


def _suggestion(rule: Rule, report: Report, answer: _Answer) -> Suggestion:
    asked = " and ".join(filter(None, (rule.words and f"“{rule.words}”", rule.question and f"trace “{rule.question}”")))
    reason = Reason(f"answers the rule “{rule.name}”", 1.0, (), f"{asked}; set by {rule.by}: {rule.reason}")
    return Suggestion(
        suggestion_id(KIND, rule.id, report.id),
        KIND,
        f"{rule.name}: {report.title}",
        tuple(sorted(set(answer.subjects))),
        (report.id,),
        (reason,),
        max(report.learnt, answer.since),
        acts.label_over(rule.label, report.label, *answer.labels),
    )
