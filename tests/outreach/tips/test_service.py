"""One question back through the gate, thanks that say nothing, and figures that hide each single one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import letters as crossing
from leconfield.gate.bundles.tips import COUNTS
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Step
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.outreach import letters, orders
from leconfield.outreach.orders import newest
from leconfield.outreach.tips import service
from leconfield.outreach.tips.model import Tip, Verdict
from leconfield.outreach.tips.pages import quarters
from leconfield.outreach.tips.rules import Figures
from leconfield.outreach.tips.state import Tips, all_tips
from tests.gate.release.rooms import KEEPER, OFFICER, Gate, approves
from tests.ledger.desks import look
from tests.outreach.house import another, kept
from tests.outreach.tips.desks import INTAKE, OUTSIDE, WATCHER, Teller, came

QUESTION = "Can you say more?"


def one(desk: Desk, spool: Path, teller: Teller) -> Tip:
    came(desk, spool, teller.tip())
    return all_tips(look(desk, INTAKE))[0]


def test_a_question_reaches_its_teller_and_his_answer_comes_back_as_a_report(tmp_path: Path) -> None:
    teller = Teller()
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", teller)
        service.ask(desk, look(desk, INTAKE), tip.id, words=QUESTION)
        letters.renew_all(desk, look(desk, INTAKE))

        letter = teller.letter(desk)
        assert letter is not None
        assert (letter.kind, letter.words) == ("question", QUESTION)
        came(desk, tmp_path / "in", teller.reply(letter, "It was the green door."))

        view = look(desk, INTAKE)
        (tip,) = all_tips(view)
        answer = view.report(tip.answers[0].report)
        assert (answer.text, answer.source, str(answer.grade)) == ("It was the green door.", tip.source, "F6")
        assert tip.standing == "answered"


def test_there_is_one_question_and_nobody_asks_after_thanks(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", Teller())
        service.ask(desk, look(desk, INTAKE), tip.id, words=QUESTION)
        with pytest.raises(RefusedError, match="already"):
            service.ask(desk, look(desk, INTAKE), tip.id, words=QUESTION)
        service.thank(desk, look(desk, INTAKE), tip.id)
        with pytest.raises(RefusedError, match="thanks"):
            service.thank(desk, look(desk, INTAKE), tip.id)


@pytest.mark.parametrize("act", [partial(service.ask, words="Which night was it?"), service.thank])
def test_of_two_who_write_to_a_teller_at_one_moment_the_second_is_told_and_one_letter_lies_there(
    tmp_path: Path, act: Callable[[Desk, View, str], None]
) -> None:
    teller = Teller()
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", teller)
        early = another(desk, INTAKE)
        service.ask(desk, look(desk, INTAKE), tip.id, words=QUESTION)

        with pytest.raises(RefusedError, match="meanwhile"):
            act(desk, early, tip.id)

        assert [each.letter.words for each in letters.posted_to(look(desk, INTAKE), teller.place)] == [QUESTION]
        (tip,) = all_tips(look(desk, INTAKE))
        assert (tip.asked, tip.thanked) == (QUESTION, "")


def test_thanks_hold_no_words_of_ours_whatever_was_decided(tmp_path: Path) -> None:
    tellers = [Teller() for _ in Verdict]
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", *(each.tip() for each in tellers))
        for tip, verdict in zip(all_tips(look(desk, INTAKE)), Verdict, strict=True):
            service.decide(desk, look(desk, INTAKE), tip.id, verdict=verdict, reason="So it is.")
            service.thank(desk, look(desk, INTAKE), tip.id)
        letters.renew_all(desk, look(desk, INTAKE))

        found_there = [each.letter(desk) for each in tellers]
        assert {(each.kind, each.words) for each in found_there if each} == {("thanks", "")}
        assert len(found_there) == len(tellers)


def test_a_question_that_gives_a_source_away_does_not_leave(tmp_path: Path) -> None:
    teller = Teller()
    secret = "He walks with a limp since a forklift rolled over his foot at berth nine."
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", teller)
        came(desk, tmp_path / "in", Teller().tip(secret, others="nobody"))

        with pytest.raises(RefusedError, match="the gate does not let this pass"):
            service.ask(desk, look(desk, INTAKE), tip.id, words=f"Did you see the man? {secret}")

        assert letters.posted_to(look(desk, INTAKE), teller.place) == ()
        assert not all_tips(look(desk, INTAKE))[-1].asked


def test_only_who_may_and_sees_it_acts_on_a_tip(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", Teller())

        with pytest.raises(RefusedError):
            service.decide(desk, look(desk, WATCHER), tip.id, verdict="used", reason="So.")
        with pytest.raises(NotFoundError):
            service.decide(desk, look(desk, OUTSIDE), tip.id, verdict="used", reason="So.")


@pytest.mark.parametrize(("verdict", "reason"), [("", "So."), ("maybe", "So."), ("used", "  ")])
def test_a_decision_has_a_verdict_and_a_reason(tmp_path: Path, verdict: str, reason: str) -> None:
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", Teller())

        with pytest.raises(BadInputError):
            service.decide(desk, look(desk, INTAKE), tip.id, verdict=verdict, reason=reason)


def test_the_table_is_put_out_anew_only_when_a_letter_came_or_lapsed(tmp_path: Path) -> None:
    teller = Teller()
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", teller)
        assert letters.renew(desk, look(desk, INTAKE), "tips"), "an empty one is put out first"
        empty = _table(desk)
        assert not letters.renew(desk, look(desk, INTAKE), "tips")
        service.thank(desk, look(desk, INTAKE), tip.id)

        assert letters.renew(desk, look(desk, INTAKE), "tips")

        assert len(_table(desk)) == len(empty) == crossing.STEPS[0]
        assert not set(_table(desk)) & set(empty)
        desk.clock.at = datetime(2026, 8, 1, tzinfo=UTC)
        assert letters.renew(desk, look(desk, INTAKE), "tips")
        assert teller.letter(desk) is None


def test_of_two_exports_at_one_moment_the_second_is_told_and_no_letter_is_lost(tmp_path: Path) -> None:
    teller = Teller()
    with kept(tmp_path / "desk") as desk:
        tip = one(desk, tmp_path / "in", teller)
        early = another(desk, INTAKE)
        early.derived(orders.Orders)
        letters.renew(desk, look(desk, INTAKE), "tips")
        service.thank(desk, look(desk, INTAKE), tip.id)
        with pytest.raises(RefusedError, match="meanwhile"):
            letters.renew(desk, early, "tips")

        letters.renew(desk, look(desk, INTAKE), "tips")

        assert teller.letter(desk) is not None


def _table(desk: Desk) -> dict[str, str]:
    issued = newest(look(desk, INTAKE), crossing.KIND, "tips")
    assert issued is not None
    return issued.order.body["entries"]


def test_figures_are_drafted_as_a_release_and_follow_it(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", *(Teller().tip(day="2026-03-01") for _ in range(12)))
        with pytest.raises(BadInputError, match="2026-04-30"):
            service.count(desk, look(desk, INTAKE), "2026-q1")
        desk.clock.at = datetime(2026, 5, 1, tzinfo=UTC)

        which = service.count(desk, look(desk, INTAKE), "2026-q1")

        assert found(look(desk, INTAKE), which).content.title == "January to March 2026"
        with pytest.raises(RefusedError, match="already"):
            service.count(desk, look(desk, INTAKE), "2026-q1")
        with pytest.raises(RefusedError, match="published first"):
            service.tell_figures(desk, look(desk, INTAKE), "2026-q1")
        with pytest.raises(RefusedError, match="fewer than 10"):
            service.count(desk, look(desk, INTAKE), "2025-q1")


def published(desk: Desk, which: EntryId) -> None:
    """The gate nods, two who may know of tips approve, it is sealed and published."""
    ben, cas = (replace(each, tokens=INTAKE.tokens) for each in (OFFICER, KEEPER))
    releases.check(desk, look(desk, ben), which, Gate())
    for each in (ben, cas):
        approves(desk, each, which)
    releases.seal(desk, look(desk, ben), which, Gate())
    releases.take(desk, look(desk, ben), which, Step.PUBLISH, reason="Now.")


def test_the_window_shows_the_figures_that_the_sealed_words_say_whatever_was_decided_since(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", *(Teller().tip(day="2026-03-01") for _ in range(10)))
        desk.clock.at = datetime(2026, 5, 1, tzinfo=UTC)
        published(desk, service.count(desk, look(desk, INTAKE), "2026-q1"))
        for tip in all_tips(look(desk, INTAKE)):
            service.decide(desk, look(desk, INTAKE), tip.id, verdict="used", reason="So it is.")

        service.tell_figures(desk, look(desk, INTAKE), "2026-q1")

        told = newest(look(desk, INTAKE), COUNTS, "2026-q1")
        assert told is not None
        assert [told.order.body[each] for each in ("received", "read", "used")] == [10, 0, 0]
        assert quarters(desk, look(desk, INTAKE))[0].figures == Figures(10, 0, 0)


def test_of_two_who_draft_the_figures_at_one_moment_the_first_counts(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", *(Teller().tip(day="2026-03-01") for _ in range(10)))
        desk.clock.at = datetime(2026, 5, 1, tzinfo=UTC)
        early = another(desk, INTAKE)
        early.derived(Tips)
        which = service.count(desk, look(desk, INTAKE), "2026-q1")

        with pytest.raises(RefusedError, match="meanwhile"):
            service.count(desk, early, "2026-q1")

        assert look(desk, INTAKE).derived(Tips).counted["2026-q1"].release == which
