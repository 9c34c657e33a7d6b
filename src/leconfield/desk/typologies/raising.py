"""Whom the typologies in force put before a person: computed in the view of whoever looks, kept as long as it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

from leconfield.desk.suggestions import Suggestion
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.ends import labels_of_marks
from leconfield.desk.typologies.explaining import reasons
from leconfield.desk.typologies.model import Version
from leconfield.desk.typologies.scorable import LINKED
from leconfield.desk.typologies.scores import Scores, day_of
from leconfield.desk.typologies.scoring import Score
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import ReportId, StatementId, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition

KIND: Final = "typology"


class Raised:
    """Suggestions as they were last made (a `Derived`): made anew where a score is."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, SubjectId], tuple[Score, Suggestion]] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Nothing is made until it is asked for."""
        world.derived(Scores)
        return cls()

    def grow(self, _world: World, delta: Delta) -> None:
        """Forget them where labels may be others now."""
        if delta.judgements or delta.entries:
            self._made.clear()

    def suggestion(self, world: World, version: Version, head: SubjectId, score: Score) -> Suggestion:
        """The suggestion that follows from the score."""
        known = self._made.get((version.typology.id, head))
        if known is None or known[0] is not score:
            known = self._made[version.typology.id, head] = (score, _suggestion(world, version, head, score))
        return known[1]


@dataclass(frozen=True, slots=True)
class Above:
    """A subject that scores above the threshold of a typology in force."""

    version: Version
    head: SubjectId
    score: Score


def above(view: View) -> list[Above]:
    """Everybody who is above a threshold in the view, the weightiest first."""
    scores, day = view.derived(Scores), today(view)
    found = [
        Above(version, head, score)
        for version in view.derived(Catalogue).all_in_force()
        for head, score in scores.scored(version.typology, day).items()
        if score.bits >= version.typology.threshold
    ]
    return sorted(found, key=lambda each: (-round(each.score.bits, 3), each.version.typology.id, each.head))


def raised(view: View) -> list[Suggestion]:
    """Everybody whom a typology in force raises in the view, the weightiest first."""
    made = view.derived(Raised)
    found = [made.suggestion(view.world, each.version, each.head, each.score) for each in above(view)]
    return sorted(found, key=lambda each: (-round(each.bits, 3), each.id))


def today(view: View) -> int:
    """The day that the view shows, as scores count days; the last on which something was learnt, where it has none."""
    newest = max((each.learnt for each in view.world.reports.values()), default="0001-01-01")
    return day_of(view.moment or newest)


def suggestion_id(typology: str, head: SubjectId) -> str:
    """The id of what a typology raises of a subject; record ids are keyed, so that it cannot be guessed."""
    return sha256(f"{KIND}\n{typology}\n{head}".encode()).hexdigest()[:32]


def _suggestion(world: World, version: Version, head: SubjectId, score: Score) -> Suggestion:
    typology = version.typology
    facts = [each.fact for part in score.parts for each in part.hits]
    reports = dict.fromkeys(each.report for each in facts)
    name = world.derived(Partition).subject_of(head).name
    return Suggestion(
        id=suggestion_id(typology.id, head),
        kind=KIND,
        title=f"{name} fits “{typology.name}”",
        subjects=(head,),
        reports=tuple(sorted(reports, key=lambda each: (_learnt(world, each), each), reverse=True)),
        reasons=reasons(typology, score),
        since=max((each.learnt for each in facts), default=""),
        label=label_of(world, version, head, (each.statement for each in facts)),
    )


def _learnt(world: World, report: ReportId) -> str:
    found = world.reports.get(report)
    return found.learnt if found else ""


def label_of(world: World, version: Version, head: SubjectId, statements: Iterable[StatementId]) -> str:
    """What one must hold to know of the score: all statements, their reports, what joins the records, the typology."""
    records = set(world.derived(Partition).subject_of(head).records)
    labels = {version.label, world.derived(Catalogue).label_in_force(version.typology.id)}
    for each in statements:
        said = world.statements[each]
        report = world.reports.get(said.report)
        labels |= {said.label, report.label if report else ""}
        if said.prop in LINKED:
            labels |= labels_of_marks(world, said.subject) | labels_of_marks(world, SubjectId(said.value))
    labels |= {world.by_subject[each][0].label for each in records}
    labels |= {each.label for each in world.judgements if each.left in records and each.right in records}
    return all_of({each for each in labels if each})
