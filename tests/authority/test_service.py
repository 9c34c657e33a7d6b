"""Tests of `leconfield.authority.service` and of the register."""

from __future__ import annotations

import pytest

from leconfield.authority import service
from leconfield.authority.model import PARTICULARS, State, Step
from leconfield.authority.permit import authorised, live
from leconfield.authority.register import Register, register
from leconfield.authority.rules import ALIVE, Standing, standing
from leconfield.authority.state import Authorities, authorities
from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.drafts import Draft
from leconfield.ledger.times import stamp
from tests.authority.offices import (
    ABOUT,
    APPLICANT,
    COMMISSIONER,
    INSPECTOR,
    LABEL,
    MINISTER,
    OFFICER,
    SAID,
    SENIOR,
    asked,
    does,
    now,
    office,
)
from tests.ledger.desks import NOBODY


@pytest.mark.parametrize("missing", PARTICULARS)
def test_an_application_says_everything(missing: str) -> None:
    desk, _ = office()
    with pytest.raises(BadInputError, match="is missing"):
        service.apply(desk, now(desk, APPLICANT), "agent-use", ABOUT, {**SAID, missing: " "}, label=LABEL)
    assert not authorities(now(desk, APPLICANT)).by_id


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "magic"}, "no kind"),
        ({"about": ""}, "what it is about"),
        ({"label": ""}, "who may know"),
        ({"rests_on": "0" * 32}, "stands alone"),
        ({"kind": "criminal-conduct"}, "rests on"),
        ({"particulars": {**SAID, "ground": "curiosity"}}, "is none of"),
        ({"particulars": {**SAID, "purpose": "x" * 9000}}, "keep it to"),
    ],
)
def test_an_application_that_will_not_do_is_refused(changed: dict[str, object], said: str) -> None:
    desk, _ = office()
    given = {"kind": "agent-use", "about": ABOUT, "particulars": SAID, "label": LABEL, **changed}
    with pytest.raises(BadInputError, match=said):
        service.apply(desk, now(desk, APPLICANT), **given)  # type: ignore[arg-type]


def test_nobody_grants_without_the_role_or_what_he_applied_for() -> None:
    desk, _ = office()
    which = asked(desk)
    with pytest.raises(RefusedError, match="applied for"):
        does(desk, APPLICANT, which, Step.GRANT)
    use = asked(desk, "agent-use-juvenile")
    with pytest.raises(RefusedError, match="senior-authorising-officer"):
        does(desk, OFFICER, use, Step.GRANT)
    assert does(desk, SENIOR, use, Step.GRANT).state is State.GRANTED


def test_by_word_of_mouth_it_lives_for_hours_unless_it_is_written_up() -> None:
    desk, hands = office()
    spoken = {**dict.fromkeys(PARTICULARS, ""), "ground": "crime", "purpose": "To find him.", "conduct": "Follow him."}
    which = service.apply(desk, now(desk, APPLICANT), "agent-use", ABOUT, spoken, label=LABEL, urgent=True)
    with pytest.raises(RefusedError, match="incomplete"):
        does(desk, OFFICER, which, Step.GRANT)
    does(desk, OFFICER, which, Step.GRANT_BY_WORD)
    assert authorised(desk, now(desk, APPLICANT), which, "meet", ABOUT)
    hands.move(hours=71)
    assert live(now(desk, APPLICANT), "meet", ABOUT, stamp(hands.at)) is not None
    hands.move(hours=2)
    assert standing(authorities(now(desk, APPLICANT)).by_id[which], stamp(hands.at)) is Standing.LAPSED
    with pytest.raises(RefusedError, match="lapsed"):
        service.take(desk, now(desk, APPLICANT), which, Step.WRITE_UP, reason="Late.", written=SAID)


def test_written_up_in_time_it_ends_when_its_hours_do() -> None:
    desk, hands = office()
    spoken = {**dict.fromkeys(PARTICULARS, ""), "ground": "crime", "purpose": "To find him.", "conduct": "Follow him."}
    which = service.apply(desk, now(desk, APPLICANT), "agent-use", ABOUT, spoken, label=LABEL, urgent=True)
    does(desk, OFFICER, which, Step.GRANT_BY_WORD)
    hands.move(hours=10)
    made = service.take(desk, now(desk, APPLICANT), which, Step.WRITE_UP, reason="As agreed.", written=SAID)
    assert made.state is State.GRANTED
    assert made.particulars["collateral"] == SAID["collateral"]
    assert authorities(now(desk, APPLICANT)).by_id[which].particulars == made.particulars
    hands.move(hours=63)
    assert standing(made, stamp(hands.at)) is Standing.EXPIRED


def test_a_warrant_is_renewed_by_both_locks_and_lives_on_unchanged_until_the_second() -> None:
    desk, hands = office()
    which = asked(desk, "data-warrant")
    does(desk, MINISTER, which, Step.GRANT)
    does(desk, COMMISSIONER, which, Step.APPROVE)
    hands.move(days=170)
    before = service.found(now(desk, APPLICANT), which).until
    assert does(desk, MINISTER, which, Step.RENEW).until == before
    with pytest.raises(RefusedError, match="role"):
        does(desk, MINISTER, which, Step.APPROVE)
    assert does(desk, COMMISSIONER, which, Step.DISAPPROVE).until == before
    hands.move(minutes=1)
    assert does(desk, MINISTER, which, Step.RENEW).state is State.RENEWING
    renewed = does(desk, COMMISSIONER, which, Step.APPROVE)
    assert (renewed.state, renewed.until > before) == (State.GRANTED, True)
    hands.move(days=60)
    assert standing(renewed, stamp(hands.at)) in ALIVE


def test_it_is_renewed_in_its_window_alone_and_from_its_old_end() -> None:
    desk, hands = office()
    which = asked(desk)
    first = does(desk, OFFICER, which, Step.GRANT)
    hands.move(days=30)
    with pytest.raises(RefusedError, match="may be renewed from"):
        does(desk, OFFICER, which, Step.RENEW)
    hands.move(days=140)
    again = does(desk, OFFICER, which, Step.RENEW)
    assert first.until[:10] == "2026-09-02"
    assert again.until[:10] == "2027-03-02"


def test_an_officer_may_set_earlier_ends_and_never_later_ones() -> None:
    desk, _ = office()
    short, long = asked(desk), asked(desk, about="b" * 32)
    assert does(desk, OFFICER, short, Step.GRANT, until="2026-04-01").until[:10] == "2026-04-01"
    assert does(desk, OFFICER, long, Step.GRANT, until="2030-04-01").until[:10] == "2026-09-02"
    with pytest.raises(RefusedError, match="it is granted"):
        does(desk, OFFICER, short, Step.GRANT)
    with pytest.raises(BadInputError, match="is past"):
        does(desk, OFFICER, short, Step.REVIEW, review="2026-01-01")


def test_the_inspector_sees_that_there_is_one_and_nothing_that_it_says() -> None:
    desk, _ = office()
    which = asked(desk)
    does(desk, OFFICER, which, Step.GRANT)
    given = authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)
    service.under(desk, now(desk, APPLICANT), given, "watch", ABOUT, [Draft("watched", LABEL, body={"seen": "him"})])
    view = now(desk, INSPECTOR)
    assert not authorities(view).by_id
    (line,) = register(view)
    assert (line.authority, line.kind, line.applicant, line.acts) == (which, "directed-surveillance", "gwen", 1)
    assert [(step, by) for step, _, by in line.steps] == [(Step.APPLY, "gwen"), (Step.GRANT, "huw")]
    shown = str(view.world.entries)
    assert ABOUT not in shown
    assert SAID["purpose"] not in shown
    assert "him" not in shown
    assert register(now(desk, NOBODY)) == ()


def test_what_has_grown_step_by_step_is_what_the_whole_gives() -> None:
    desk, hands = office()
    view = now(desk, APPLICANT)
    view.derived(Authorities), view.derived(Register)
    which = asked(desk)
    for step in (Step.GRANT, Step.REVIEW, Step.CANCEL):
        hands.move(hours=1)
        does(desk, OFFICER, which, step)
    view = now(desk, APPLICANT)
    assert view.derived(Authorities).by_id == Authorities.of(view.world).by_id
    assert view.derived(Register).lines() == Register.of(view.world).lines()


def test_what_is_done_under_it_is_read_by_nobody_who_may_not_know_of_it() -> None:
    desk, _ = office()
    which = asked(desk)
    does(desk, OFFICER, which, Step.GRANT)
    given = authorised(desk, now(desk, APPLICANT), which, "watch", ABOUT)
    with pytest.raises(RefusedError, match="fewer people may know of this authority"):
        service.under(desk, now(desk, APPLICANT), given, "watch", ABOUT, [Draft("watched", "S", body={"seen": "him"})])
    assert not now(desk, APPLICANT).entries(kind="watched")
    service.under(desk, now(desk, APPLICANT), given, "watch", ABOUT, [Draft("watched", "SEQUIN&S&O", body={})])
