"""Tests of `leconfield.surveillance.service`: who may be sent out, what closes an operation, who sees it."""

from __future__ import annotations

import pytest

from leconfield.authority.model import Step
from leconfield.authority.permit import authorised
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.surveillance import service
from leconfield.surveillance.model import WATCH
from leconfield.surveillance.standing import Standing, stands
from leconfield.surveillance.state import Operations, operations
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, LABEL, Hands
from tests.ledger.desks import NOBODY, look
from tests.surveillance.logs import lines, operation, planned


def test_nobody_is_sent_out_without_a_live_authority_and_its_end_ends_that() -> None:
    desk, hands, which = planned()
    (found,) = look(desk, APPLICANT).entries(kind=Step.APPLY.value)
    given = authorised(desk, look(desk, APPLICANT), found.id, WATCH, which)
    service.deploy(desk, look(desk, APPLICANT), given, which, words="Follow him from his home.")
    hands.move(days=200)
    with pytest.raises(RefusedError, match="ended"):
        service.deploy(desk, look(desk, APPLICANT), given, which, words="Follow him again.")


def test_the_end_of_its_authority_closes_it_by_itself() -> None:
    desk, hands, which = planned()
    assert stands(look(desk, APPLICANT), operation(desk)).standing is Standing.LIVE
    hands.move(days=200)
    how = stands(look(desk, APPLICANT), operation(desk))
    assert how.standing is Standing.ENDED
    assert how.authority is not None
    taken = take(desk, look(desk, APPLICANT), which, lines(hands, which, 1))
    assert (taken.kept, taken.without_authority) == (1, 1)


def test_after_it_is_closed_only_what_was_written_before_is_kept() -> None:
    desk, hands, which = planned()
    before = lines(hands, which, 1)
    hands.move(minutes=5)
    service.close(desk, look(desk, APPLICANT), which, words="He left the country.")
    hands.move(minutes=5)
    later = lines(hands, which, 1, after=before[0])
    taken = take(desk, look(desk, APPLICANT), which, [*before, *later])
    assert (taken.kept, "was closed" in taken.fault) == (1, True)
    with pytest.raises(RefusedError, match="closed"):
        service.brief(desk, look(desk, APPLICANT), which, words="More.")
    service.debrief(desk, look(desk, APPLICANT), which, words="It went well.")
    assert stands(look(desk, APPLICANT), operation(desk)).standing is Standing.CLOSED


def test_call_signs_are_one_mans_each() -> None:
    desk, _, which = planned()
    with pytest.raises(RefusedError, match="another's call sign"):
        service.staff(desk, look(desk, APPLICANT), which, member="ivy", call_sign="Alpha", role="car")
    with pytest.raises(BadInputError, match="80"):
        service.staff(desk, look(desk, APPLICANT), which, member="ivy", call_sign="C" * 81, role="car")


@pytest.mark.parametrize("missing", ["name", "about", "label"])
def test_a_plan_says_what_whom_and_who_may_know(missing: str) -> None:
    desk, _, _ = planned()
    fields = {"name": "Candle", "about": "a" * 32, "label": LABEL, missing: " "}
    with pytest.raises(BadInputError):
        service.plan(desk, look(desk, APPLICANT), **fields)


def test_hidden_and_never_been_are_refused_in_the_same_words() -> None:
    desk, _, which = planned()
    said = []
    for one in (which, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            take(desk, look(desk, NOBODY), one, lines(Hands(), one, 1))
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert operations(look(desk, NOBODY)) == ()


def test_nobody_acts_in_the_past() -> None:
    desk, hands, which = planned()
    for act in (
        lambda view: service.brief(desk, view, which, words="Go."),
        lambda view: take(desk, view, which, lines(hands, which, 1)),
        lambda view: service.plan(desk, view, name="Candle", about="a", label=LABEL),
    ):
        with pytest.raises(RefusedError, match="past"):
            act(look(desk, APPLICANT, hands.at))


def test_what_has_grown_step_by_step_is_what_the_whole_gives() -> None:
    desk, hands, which = planned()
    look(desk, APPLICANT).derived(Operations)
    take(desk, look(desk, APPLICANT), which, lines(hands, which, 3))
    view = look(desk, APPLICANT)
    assert view.derived(Operations).by_id == Operations.of(view.world).by_id
