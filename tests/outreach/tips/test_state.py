from __future__ import annotations

import pytest

from leconfield.errors import NotFoundError
from leconfield.ledger.drafts import Draft
from leconfield.outreach.tips.model import ANSWERED, DECIDED, TAKEN
from leconfield.outreach.tips.state import Tips, all_tips, tip_of
from tests.ledger.desks import desk, look
from tests.outreach.tips.desks import INTAKE

LABEL = "S&INTAKE"


def test_those_that_wait_come_first_and_answered_ones_before_others() -> None:
    at = desk()
    for which, day in (("a", "2026-03-01"), ("b", "2026-03-05"), ("c", "2026-03-03"), ("d", "2026-03-04")):
        at.append(INTAKE, [Draft(TAKEN, LABEL, about=which, body={"day": day, "report": which}, key=(which,))])
    at.append(INTAKE, [Draft(DECIDED, LABEL, about="b", body={"verdict": "known", "reason": "So."})])
    at.append(INTAKE, [Draft(ANSWERED, LABEL, about="a", body={"report": "r"})])

    assert [each.id for each in all_tips(look(at, INTAKE))] == ["a", "d", "c", "b"]


def test_growing_ends_in_the_same_state_as_folding_anew() -> None:
    at = desk()
    view = look(at, INTAKE)
    grown = view.derived(Tips)
    at.append(INTAKE, [Draft(TAKEN, LABEL, about="a", body={"report": "x", "place": "p"}, key=("a",))])
    at.append(INTAKE, [Draft(ANSWERED, LABEL, about="a", body={"report": "y"})])
    at.append(INTAKE, [Draft(DECIDED, LABEL, about="elsewhere", body={"verdict": "used", "reason": "So."})])

    now = look(at, INTAKE)
    anew = Tips.of(now.world)

    assert now.derived(Tips) is grown or now.world is not view.world
    assert (now.derived(Tips).by_id, now.derived(Tips).by_report) == (anew.by_id, anew.by_report)
    assert anew.by_report == {"x": "a", "y": "a"}


def test_what_is_hidden_and_what_never_was_are_told_in_the_same_words() -> None:
    at = desk()

    with pytest.raises(NotFoundError, match="look it up among the tips"):
        tip_of(look(at, INTAKE), "0" * 32)
