"""The page of watch rules: saved searches that go on asking, what came for them, and those that were ended."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.desk.interest.watch_rules import MAX_NAME, Rules, end_rule, raised, set_rule
from leconfield.errors import LeconfieldError, RefusedError
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post

SHOWN: Final = 50
_FIELDS: Final = ("name", "words", "question", "reason", "label")


def watch_rules(visit: Visit) -> Response:
    """The rules that one may know of, what newly came for them, and the form of a new one."""
    view = visit.view("watch rules")
    filled = {each: visit.asked(each) for each in _FIELDS}
    filled["words"] = filled["words"] or visit.asked("q")
    return _page(visit, view, filled, "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    rules = view.derived(Rules)
    came = sorted(raised(view), key=lambda each: (each.since, each.id), reverse=True)
    counts = rules.counts(view)
    return visit.page(
        "desk/interest_rules.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        fault=fault,
        filled={**filled, "label": filled["label"] or view.own_label},
        setting=bool(fault or filled["words"] or filled["question"]),
        rules=[(each, counts[each.id]) for each in rules.standing],
        ended=[each for each in rules.by_id.values() if each.ended][::-1],
        came=came[:SHOWN],
        total=len(came),
        mine=view.reader.name,
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        longest=MAX_NAME,
        acting=view.as_of is None,
    )


def put(visit: Visit) -> Response:
    """Save a search as a rule; what was typed is kept if something is wrong with it."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    view = visit.present("set a watch rule", filled["words"] or filled["question"])
    try:
        set_rule(visit.desk, view, **{each: filled[each].strip() for each in _FIELDS})
    except RefusedError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error))
    return visit.back_to("/interest/rules", "The rule stands. Reports that answer it from now on are raised as leads.")


def end(visit: Visit) -> Response:
    """End one's own rule."""
    view = visit.present("end a watch rule", visit.filled("rule"))
    end_rule(visit.desk, view, visit.filled("rule"), reason=visit.filled("reason"))
    return visit.back_to("/interest/rules", "The rule is ended; it stays in the list of those that were.")


ROUTES: Final[list[Route]] = [
    get("/interest/rules", watch_rules),
    post("/interest/rules", put),
    post("/interest/rules/end", end),
]
