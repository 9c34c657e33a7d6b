from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.tips import CHOICES
from leconfield.gate.bundles.tips import Tip as Told
from leconfield.ledger.model import ReportId
from leconfield.outreach.tips import rules
from leconfield.outreach.tips.model import Decision, Tip, Verdict

TIP = Tip("1", ReportId("r"), "CALLER 1", "A van", "2026-08-01", "S", "", "", "", "", "", "", "w")


def tips(count: int, *verdicts: Verdict, day: str = "2026-08-01") -> list[Tip]:
    decided = [Decision(each, "So.", "ida", "") for each in verdicts] + [None] * (count - len(verdicts))
    return [replace(TIP, id=str(number), day=day, decision=each) for number, each in enumerate(decided)]


def test_a_pseudonym_is_one_for_each_receipt_and_does_not_lead_back_to_it() -> None:
    first, second = rules.pseudonym("ab" * 32), rules.pseudonym("cd" * 32)

    assert first == rules.pseudonym("ab" * 32)
    assert first != second
    assert "abab" not in first.lower()


def test_the_report_says_what_was_told_and_not_who_could_know_or_how_to_reach_the_teller() -> None:
    told = Told(
        "A van was loaded.", "still", "Fridays", "The quay", "Spence", "KX19", "saw", "", "unsure",
        "few", "my brother", "0000 111",
    )  # fmt: skip

    words = rules.words_of(told)

    assert words.startswith("A van was loaded.\n\nWhen: it is still going on; Fridays\n\nWhere: The quay")
    assert "How sure the teller is: not sure" in words
    assert "brother" not in words
    assert "0000" not in words


def test_every_choice_of_a_tip_has_words() -> None:
    assert {name: tuple(rules.IN_WORDS[name]) for name in CHOICES} == dict(CHOICES)


@pytest.mark.parametrize(("what", "title"), [("A van\nwas loaded.", "A van was loaded."), ("word " * 60, None)])
def test_a_long_tip_is_called_by_its_beginning(what: str, title: str | None) -> None:
    called = rules.title_of(Told(what))

    assert called == title if title else (called.endswith(" …") and len(called) <= 92)


def test_who_else_could_know_is_noted_only_where_the_teller_said_it_is_few() -> None:
    assert rules.knowers_of("nobody") == ()
    assert rules.knowers_of("few") == (rules.HANDFUL,)
    assert rules.knowers_of("many") is rules.knowers_of("unsure") is rules.knowers_of("") is None


def test_the_same_words_twice_are_pointed_out() -> None:
    one, other = replace(TIP, id="1"), replace(TIP, id="2")

    assert rules.same_words(one, [one, other]) == (other,)
    assert rules.digest_of(Told("A Van  was\nloaded")) == rules.digest_of(Told("a van was loaded"))


@pytest.mark.parametrize(
    ("day", "quarter", "last"),
    [("2026-01-01", "2026-q1", date(2026, 3, 31)), ("2026-06-30", "2026-q2", date(2026, 6, 30)),
     ("2026-12-31", "2026-q4", date(2026, 12, 31)), ("2024-09-30", "2024-q3", date(2024, 9, 30))],
)  # fmt: skip
def test_a_day_is_of_its_quarter(day: str, quarter: str, last: date) -> None:
    assert rules.quarter_of(day) == quarter
    assert rules.ends(quarter) == last
    assert rules.is_quarter(quarter)


def test_nothing_is_told_before_a_quarter_is_a_month_over() -> None:
    assert not rules.may_be_told("2026-q2", date(2026, 7, 29))
    assert rules.may_be_told("2026-q2", date(2026, 7, 30))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_no_figure_tells_of_fewer_than_ten_and_none_of_single_ones(count: int, decided: int, used: int) -> None:
    used, decided = min(used, decided, count), min(decided, count)
    verdicts = [Verdict.USED] * used + [Verdict.NOTHING] * (decided - used)

    told = rules.figures(tips(count, *verdicts) + tips(5, day="2026-01-02"), "2026-q3")

    assert (told.received, told.read, told.used) == (count // 10 * 10, decided // 10 * 10, used // 10 * 10)


def test_one_tip_more_or_less_shows_in_no_figure_but_at_a_ten() -> None:
    seen = {rules.figures(tips(count), "2026-q3").received for count in range(20, 30)}

    assert seen == {20}


def test_the_notice_says_what_is_too_few_to_tell() -> None:
    words = rules.notice_of("2026-q3", rules.Figures(120, 110, 0))

    assert "Between July and September 2026, at least 120 people" in words
    assert "Fewer than 10 helped" in words
