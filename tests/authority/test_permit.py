"""Tests of `leconfield.authority.permit`: nothing else makes an authorisation, and none outlives its authority."""

from __future__ import annotations

import ast
import copy
import pickle
from pathlib import Path

import pytest

import leconfield
from leconfield.authority import permit, service
from leconfield.authority.model import Step
from leconfield.authority.permit import Authorisation, authorised
from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from tests.authority.offices import ABOUT, APPLICANT, COMMISSIONER, LABEL, MINISTER, OFFICER, asked, does, now, office
from tests.ledger.desks import NOBODY


def granted(desk: Desk, kind: str = "directed-surveillance", **more: str) -> EntryId:
    which = asked(desk, kind, **more)
    does(desk, OFFICER, which, Step.GRANT)
    return which


def test_a_granted_authority_gives_an_authorisation_for_what_it_permits_and_nothing_else() -> None:
    desk, _ = office()
    which = granted(desk)
    given = authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)
    given.allow("watch", ABOUT, desk)
    for conduct, about in (("watch", "b" * 32), ("meet", ABOUT), ("", ABOUT)):
        with pytest.raises(RefusedError):
            given.allow(conduct, about, desk)
        with pytest.raises(RefusedError):
            authorised(desk, now(desk, APPLICANT), which, conduct, about)


def test_an_authorisation_kept_past_the_end_opens_nothing() -> None:
    desk, hands = office()
    which = granted(desk)
    given = authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)
    hands.move(days=190)
    with pytest.raises(RefusedError, match="ended"):
        given.allow("watch", ABOUT, desk)
    with pytest.raises(RefusedError, match="ended"):
        service.under(desk, now(desk, APPLICANT), given, "watch", ABOUT, [Draft("watched", LABEL)])


def test_an_authorisation_whose_authority_is_cancelled_opens_nothing() -> None:
    desk, _ = office()
    which = granted(desk)
    given = authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)
    does(desk, OFFICER, which, Step.CANCEL)
    with pytest.raises(RefusedError):
        service.under(desk, now(desk, APPLICANT), given, "watch", ABOUT, [Draft("watched", LABEL)])


@pytest.mark.parametrize("step", [None, Step.REFUSE, Step.WITHDRAW, Step.CANCEL])
def test_an_authority_that_is_not_live_gives_none(step: Step | None) -> None:
    desk, _ = office()
    which = asked(desk)
    if step is Step.CANCEL:
        does(desk, OFFICER, which, Step.GRANT)
    if step:
        does(desk, APPLICANT if step is Step.WITHDRAW else OFFICER, which, step)
    with pytest.raises(RefusedError, match="nothing may be done"):
        authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)


def test_hidden_and_never_existed_are_refused_in_the_same_words() -> None:
    desk, _ = office()
    which = granted(desk)
    said = []
    for one in (which, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            authorised(desk, now(desk, NOBODY), one, "watch", ABOUT)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_under_two_locks_both_are_needed() -> None:
    desk, _ = office()
    which = asked(desk, "intrusive-surveillance")
    does(desk, MINISTER, which, Step.GRANT)
    with pytest.raises(RefusedError):
        authorised(desk, now(desk, APPLICANT), which, "watch inside", ABOUT)
    does(desk, COMMISSIONER, which, Step.APPROVE)
    assert authorised(desk, now(desk, APPLICANT), which, "watch inside", ABOUT).authority == which


def test_criminal_conduct_stands_only_on_a_live_use_of_the_agent() -> None:
    desk, _ = office()
    use = granted(desk, "agent-use")
    crime = granted(desk, "criminal-conduct", rests_on=use)
    assert authorised(desk, now(desk, APPLICANT), crime, "commit", ABOUT)
    does(desk, OFFICER, use, Step.CANCEL)
    with pytest.raises(RefusedError, match="rests on"):
        authorised(desk, now(desk, APPLICANT), crime, "commit", ABOUT)


def test_no_other_way_makes_copies_or_changes_one() -> None:
    desk, _ = office()
    which = granted(desk)
    given = authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)
    for attempt in (
        Authorisation,
        lambda: copy.copy(given),
        lambda: copy.deepcopy(given),
        lambda: pickle.dumps(given),
        lambda: setattr(given, "until", "9999"),
        lambda: delattr(given, "until"),
        lambda: type("Mine", (Authorisation,), {}),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_only_one_function_of_the_product_makes_one() -> None:
    makers = []
    for file in Path(leconfield.__file__).parent.rglob("*.py"):
        for function in (each for each in ast.walk(ast.parse(file.read_text())) if isinstance(each, ast.FunctionDef)):
            calls = [each for each in ast.walk(function) if isinstance(each, ast.Call)]
            if any("Authorisation" in {getattr(one, "id", "") for one in (each.func, *each.args)} for each in calls):
                makers.append(f"{file.name}:{function.name}")
    assert makers == ["permit.py:_made"]
    assert permit.authorised.__name__ == "authorised"
