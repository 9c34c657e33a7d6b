"""Planted leaks of outcomes: statuses, errors, headers, notices, caches and labels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leconfield.errors import BadInputError, RefusedError
from leconfield.intake import search as searching
from leconfield.ledger import labels
from leconfield.ledger.recorder import Recorder
from leconfield.ledger.stores import tables
from leconfield.ledger.stores.sqlite import SqliteStore
from leconfield.ledger.view import View
from leconfield.ledger.worlds import Worlds
from leconfield.web.kit import Flash
from leconfield.web.visit import Visit
from tests.noninterference.planting import Plant, leak

# statuses, errors, headers, outcomes


@leak("status codes and error text")
def refused_where_it_should_be_missing(plant: Plant) -> None:
    def report(before: Any, view: View, report_id: str) -> Any:
        if report_id in plant.everything.reports and report_id not in view.world.reports:
            raise RefusedError("you may not read this report")
        return before(view, report_id)

    plant.wrap(View, "report", report)


@leak("duplicates refused")
def one_file_is_filed_once_whatever_its_label(plant: Plant) -> None:
    def append(before: Any, recorder: Any, by: str, at: str, drafts: Any, **how: Any) -> Any:
        held = {row["digest"]: row["id"] for row in recorder._store.everything(tables.report)}
        for draft in drafts:
            if draft.report and held.get(draft.report.digest, draft.report.digest) != draft.report.digest:
                raise BadInputError("this file has been filed already")
        return before(recorder, by, at, drafts, **how)

    plant.wrap(Recorder, "append", append)


@leak("write outcomes")
def told_that_it_was_known_already(plant: Plant) -> None:
    def append(before: Any, recorder: Any, by: str, at: str, drafts: Any, **how: Any) -> Any:
        held = {(row["subject"], row["prop"], row["value"]) for row in recorder._store.everything(tables.statement)}
        known = [any((each.subject, each.prop, each.value) in held for each in draft.statements) for draft in drafts]
        receipts = before(recorder, by, at, drafts, **how)
        return [replace(each, new=each.new and not old) for each, old in zip(receipts, known, strict=True)]

    plant.wrap(Recorder, "append", append)


@leak("ids shared across labels")
def report_ids_without_the_label(plant: Plant) -> None:
    def report_of(before: Any, recorder: Any, new: Any, label: str, at: str) -> Any:
        return replace(before(recorder, new, label, at), id=before(recorder, new, "", at).id)

    plant.wrap(Recorder, "report_of", report_of)


@leak("response headers", "/reports")
def one_etag_for_everybody(plant: Plant) -> None:
    def page(before: Any, visit: Visit, /, *rest: Any, **context: Any) -> Any:
        response = before(visit, *rest, **context)
        if plant.desk is not None:
            response.headers["etag"] = f'"{len(plant.everything.entries)}"'
        return response

    plant.wrap(Visit, "page", page)


@leak("existing compartments", "/me")
def compartments_of_everybody(plant: Plant) -> None:
    def frame(before: Any, visit: Visit) -> Any:
        made = before(visit)
        known = {
            each for label in visit.desk._store.labels().values() for each in labels.tokens_in(labels.parse(label))
        }
        return replace(made, who=replace(made.who, compartments=tuple(sorted(known)))) if made.who else made

    plant.wrap(Visit, "frame", frame)


@leak("notifications", "/reports")
def told_of_everything_that_came_in(plant: Plant) -> None:
    def frame(before: Any, visit: Visit) -> Any:
        made = before(visit)
        count = len(plant.everything.reports) if plant.desk else 0
        return replace(made, flashes=(*made.flashes, Flash(f"{count} reports have come in")))

    plant.wrap(Visit, "frame", frame)


# caches and labels


@leak("a cache without the reader in its key")
def searches_remembered_for_everybody(plant: Plant) -> None:
    def search(before: Any, view: View, words: str, limit: int = 50) -> Any:
        kept = plant.desk.__dict__.setdefault("kept", {})
        if (words, limit) not in kept:
            kept[words, limit] = before(view, words, limit)
        return kept[words, limit]

    plant.everywhere(searching.search, search)


@leak("a cache without the labels in its key")
def past_worlds_kept_by_moment_alone(plant: Plant) -> None:
    plant.wrap(Worlds, "_at", lambda before, worlds, _visible, moment: before(worlds, frozenset(), moment))


@leak("a label of one's own")
def statements_under_the_label_of_their_entry(plant: Plant) -> None:
    def between(before: Any, store: SqliteStore, kind: str, label_id: int, after: int, upto: int) -> Any:
        if kind != "statement":
            return before(store, kind, label_id, after, upto)
        mine = {row["seq"] for row in store.everything(tables.entry) if row["label_id"] == label_id}
        return [row for row in store.everything(tables.statement) if after < row["seq"] <= upto and row["seq"] in mine]

    plant.wrap(SqliteStore, "between", between)


@leak("evaluation of labels")
def one_token_of_several_is_enough(plant: Plant) -> None:
    def admits(before: Any, text: str, tokens: Any) -> bool:
        asked = labels.tokens_in(labels.parse(text))
        return before(text, tokens) or bool(asked & tokens)

    plant.everywhere(labels.admits, admits)
