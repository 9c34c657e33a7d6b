"""Planted leaks of who is who: clusters, names, judgements, weights, history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta
from leconfield.ledger.worlds import Worlds
from leconfield.registry import splitting, subjects
from leconfield.registry.history import History
from leconfield.registry.learning import Learned
from leconfield.registry.queue import Cluster
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition
from leconfield.registry.weights import Scale
from tests.noninterference.acts import KARINA
from tests.noninterference.planting import Plant, leak, not_within_itself

# who is who


def _clusters_of(plant: Plant) -> dict[SubjectId, Cluster]:
    """Every cluster of everything, by each of its records."""
    found = [each for bundle in plant.everything.derived(Partition)._bundles for each in bundle.clusters]
    return {record.id: each for each in found for record in each.records}


@leak("clusters")
def merged_through_a_secret(plant: Plant) -> None:
    def subject(before: Any, cluster: Cluster) -> Any:
        whole = _clusters_of(plant).get(cluster.head, cluster)
        shown = plant.shown.derived(Records).by_id
        seen = tuple(shown[each.id] for each in whole.records if each.id in shown)
        return before(cluster) if whole is cluster or not seen else subjects.subject_from(seen)

    plant.wrap(Cluster, "subject", not_within_itself(subject))


@leak("canonical name of a cluster")
def name_from_a_hidden_alias(plant: Plant) -> None:
    def named(before: Any, records: Any) -> Any:
        whole = plant.everything.derived(Records).by_id
        return before(tuple(whole.get(each.id, each) for each in records))

    plant.everywhere(subjects.subject_from, not_within_itself(named))


@leak("judgements")
def judgements_without_their_label(plant: Plant) -> None:
    asking: list[bool] = []

    def delta(before: Any, worlds: Worlds, *rest: Any) -> Delta:
        found: Delta = before(worlds, *rest)
        if asking or not found.statements:
            return found
        asking.append(True)
        try:
            everybodys = worlds.world(KARINA.tokens, None).judgements
        finally:
            asking.clear()
        more = tuple(each for each in everybodys if each not in found.judgements)
        return replace(found, judgements=(*found.judgements, *more))

    plant.wrap(Worlds, "_delta", delta)


@leak("learnt from judgements")
def taught_by_everybodys_judgements(plant: Plant) -> None:
    plant.wrap(
        Learned,
        "lessons",
        lambda before, _learned: before(plant.everything.derived(Partition).scale.learned),
    )


@leak("how rare a name is")
def borne_by_everybody(plant: Plant) -> None:
    plant.wrap(
        Scale,
        "_weighed",
        lambda before, _scale, *rest: before(plant.everything.derived(Partition).scale, *rest),
    )


@leak("the prior")
def one_among_everybody(plant: Plant) -> None:
    def waterfall(before: Any, scale: Scale, schema: str, *rest: Any, **named: Any) -> Any:
        doublings = plant.everything.derived(Partition).scale.bearers.doublings(schema)
        return replace(before(scale, schema, *rest, **named), doublings=doublings)

    plant.wrap(Scale, "waterfall", waterfall)


@leak("joins and splits")
def the_feed_of_everything(plant: Plant) -> None:
    plant.wrap(
        View,
        "derived",
        lambda before, view, kind: plant.everything.derived(kind) if kind is History else before(view, kind),
    )


@leak("what a split would do")
def previews_of_everything(plant: Plant) -> None:
    plant.everywhere(splitting.preview, lambda before, _view, *rest: before(plant.view(), *rest))


@leak("ids of subjects")
def named_after_the_oldest_record_of_all(plant: Plant) -> None:
    def subject(before: Any, cluster: Cluster) -> Any:
        made, everybody = before(cluster), plant.everything.derived(Records).by_id
        oldest = _clusters_of(plant).get(cluster.head)
        return replace(made, id=oldest.head) if oldest and cluster.head in everybody else made

    plant.wrap(Cluster, "subject", not_within_itself(subject))
