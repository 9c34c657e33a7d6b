"""SEQUIN's answer key held against a desk: which of its questions the desk answers as it should."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.query import parse_query
from leconfield.registry.resolution import Partition
from leconfield.registry.trace import Answer, trace
from tests.examples.sequin import FOLDER

Key = dict[str, Any]
Records = dict[str, SubjectId]


@cache
def key() -> Key:
    """The answer key."""
    found: Key = json.loads((FOLDER / "key.json").read_text(encoding="utf-8"))
    return found


def view_of(desk: Desk, user: str) -> View:
    """What that officer may see."""
    return desk.view(desk.reader(user), asking=Question("answer key"))


@dataclass(frozen=True, slots=True)
class Traced:
    """One question of the key, and what the desk said."""

    question: Key
    answer: Answer
    right: bool


def traced(view: View, records: Records, question: Key) -> Traced:
    """Ask one of the key's traces. Of registered hits the best must be the expected subject, or one of several.

    Where nobody is expected, the answer must be *no recorded trace*.
    """
    words = f"{question['words']} born {question['born']}" if "born" in question else question["words"]
    answer = trace(view.world, parse_query(words))
    if isinstance(question["expect"], str):
        return Traced(question, answer, answer.verdict == question["expect"])
    registered = [hit.subject.id for hit in answer.hits if hit.subject.registered]
    expected = {subject_of(view, records[each]) for each in question["expect"]}
    also = {subject_of(view, records[each]) for each in question.get("also", ())}
    right = bool(registered) and registered[0] in expected and also <= set(registered)
    return Traced(question, answer, right)


def subject_of(view: View, record: SubjectId) -> SubjectId:
    """The subject that a record belongs to, in that view."""
    return view.derived(Partition).subject_of(record).id
