"""Closed subjects whose file has changed since somebody last looked at it, kept up to date with a world.

Only those are looked at again whom something new can have touched: themselves, or somebody within two steps of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from leconfield.desk.acts import label_over
from leconfield.desk.interest.file import Files, Known
from leconfield.desk.interest.joins import judged_since
from leconfield.desk.interest.model import KINDS, TIERED, SubjectOfInterest
from leconfield.desk.interest.rescoring import Change, change
from leconfield.desk.interest.state import Interests
from leconfield.desk.interest.weak import WEAK_SIGNALS
from leconfield.desk.suggestions import Suggestion
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.ends import Ends
from leconfield.desk.typologies.matching import Reading
from leconfield.desk.typologies.model import IN_FORCE, VERSIONED, Typology
from leconfield.desk.typologies.scores import touched
from leconfield.desk.typologies.sentences import CleanTexts
from leconfield.ledger.model import EntryId, Statement, SubjectId
from leconfield.ledger.vocabulary import LINKS
from leconfield.ledger.world import Delta, World
from leconfield.registry.clusters import Edge
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition


@dataclass(frozen=True, slots=True)
class Touched:
    """A closed subject whose file has changed since somebody last looked at it."""

    interest: EntryId
    """The opening that was assessed last."""
    record: SubjectId
    looked: str
    """When somebody last assessed the file (a stamp)."""
    change: Change
    told: tuple[Statement, ...]
    """New numbers and addresses, which no score reads."""
    joined: tuple[Edge, ...]
    """Judgements since then that hold the subject together."""
    label: str
    """What one must hold to know that it is a closed subject."""

    @property
    def since(self) -> str:
        """When the last of it came."""
        return max([self.change.since, *(each.learnt for each in self.told), *(each.at for each in self.joined)])


class ClosedFiles:
    """The closed subjects of a world whose file has changed (a `Derived`), by the interest assessed last."""

    def __init__(self) -> None:
        self.touched: dict[EntryId, Touched] = {}
        self.suggested: dict[EntryId, Suggestion] = {}
        """What was made of those for a person, once somebody has asked."""
        self._hubs: set[SubjectId] = set()
        self._readings: tuple[Reading, ...] = ()
        self._known = Known()

    @classmethod
    def of(cls, world: World) -> Self:
        """Look at every closed subject of the world."""
        for kind in (Partition, Records, Interests, CleanTexts, Ends, Catalogue):
            world.derived(kind)
        closed = cls()
        closed._read_all(world)
        return closed

    def grow(self, world: World, delta: Delta) -> None:
        """Look again at the closed subjects that what is new can have touched."""
        if any(each.kind in (VERSIONED, IN_FORCE) for each in delta.entries) and self._read_by_others(world):
            self._read_all(world)
            return
        files = Files(world, self._known, self._readings)
        partition = world.derived(Partition)
        head_of = partition.head_of
        acted = {SubjectId(each.about) for each in delta.entries if each.kind in KINDS}
        dirty = {head_of(each) for each in acted if each in world.by_subject}
        changed = {head_of(each) for each in _changed(world, delta)}
        self._known.forget((*changed, *(cluster.head for cluster in partition.replaced)))
        for head in changed:
            dirty |= self._whom_it_touches(world, files, head)
        self._read(world, files, dirty)

    def _read_by_others(self, world: World) -> bool:
        """Whether other typologies are in force than those that the files were scored by."""
        return _typologies(world) != tuple(each.typology for each in self._readings)

    def _whom_it_touches(self, world: World, files: Files, head: SubjectId) -> set[SubjectId]:
        """The subjects whose file a changed one may be in; one that led to nobody, and does not now, is in its own."""
        hub = files.circles.is_hub(head)
        replaced = world.derived(Partition).replaced
        was_hub = head in self._hubs and all(cluster.head != head for cluster in replaced)
        (self._hubs.add if hub else self._hubs.discard)(head)
        return {head} if hub and was_hub else files.circles.touching(head)

    def _read_all(self, world: World) -> None:
        self.touched, self.suggested = {}, {}
        self._readings = tuple(Reading(each) for each in _typologies(world))
        self._known = Known()
        files = Files(world, self._known, self._readings)
        partition = world.derived(Partition)
        self._hubs = {each.id for each in partition.subjects() if files.circles.is_hub(each.id)}
        closed = [each for each in world.derived(Interests).everybody() if each.closed]
        heads = {each.subject for each in closed if each.subject in world.by_subject}
        recent = _recent(world, min((each.looked for each in closed), default=""))
        if len(recent) < len(heads):
            heads &= {near for each in recent for near in files.circles.touching(each)}
        self._read(world, files, heads)

    def _read(self, world: World, files: Files, heads: Iterable[SubjectId]) -> None:
        partition = world.derived(Partition)
        interests = world.derived(Interests)
        for head in heads:
            found = interests.of_records(head, partition.subject_of(head).records)
            if found is None:
                continue
            for each in found.interests:
                self.touched.pop(each.id, None)
                self.suggested.pop(each.id, None)
            if found.closed and (seen := self._look(world, files, found)) is not None:
                self.touched[seen.interest] = seen

    def _look(self, world: World, files: Files, found: SubjectOfInterest) -> Touched | None:
        anchor = found.anchor
        file = files.of(found.subject, anchor.record, found.looked)
        if file is None:
            return None
        joined = judged_since(world, found.subject, found.looked)
        changed = change([each.typology for each in self._readings], file.members)
        if not (changed.raises or file.told or joined):
            return None
        label = label_over(*(act.label for each in found.interests for act in each.acts if act.kind != TIERED))
        return Touched(anchor.id, anchor.record, found.looked, changed, file.told, joined, label)


def _recent(world: World, moment: str) -> set[SubjectId]:
    """The subjects of whom something is said, or judged, that was not known at the moment."""
    said = (each for each in world.statements.values() if each.learnt > moment)
    records = {one for each in said for one in (each.subject, SubjectId(each.value))}
    records |= {one for each in world.judgements if each.at > moment for one in (each.left, each.right)}
    return {world.derived(Partition).head_of(each) for each in records if each in world.by_subject}


def _changed(world: World, delta: Delta) -> set[SubjectId]:
    """The records of which a file may read something else than before, that have a new link, or another subject."""
    linked = {SubjectId(each.value) for each in delta.statements if each.prop in LINKS}
    replaced = {record.id for cluster in world.derived(Partition).replaced for record in cluster.records}
    return touched(world, delta) | {each for each in linked | replaced if each in world.by_subject}


def _typologies(world: World) -> tuple[Typology, ...]:
    """By what a file is scored: the weak signals, and whatever typology is in force."""
    in_force = (each.typology for each in world.derived(Catalogue).all_in_force())
    return (WEAK_SIGNALS, *dict.fromkeys(in_force))
