"""Take any one check away, and named tests fail: none is there for show. Proven by running the tests without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from leconfield.gate.exposure import checking, rules
from leconfield.gate.exposure.model import Check, Reason
from leconfield.gate.names import finding, shapes
from leconfield.gate.names.finding import CODENAME, Finder
from leconfield.gate.names.model import Guarded
from leconfield.gate.names.spelling import Spellings
from leconfield.gate.release.model import Colour
from tests.gate.exposure import test_checking as by_hand
from tests.gate.exposure.cases import Case, case
from tests.gate.worlds import checked, world_of

pytestmark = pytest.mark.long

NEEDED_BY: dict[Check, tuple[Callable[[], None], ...]] = {
    Check.LEAK: (
        by_hand.test_a_guarded_name_is_stopped_however_many_could_have_told,
        by_hand.test_a_guarded_name_in_the_files_name_is_stopped,
    ),
    Check.KNOWERS: (
        by_hand.test_a_sentence_that_too_few_could_have_told_is_stopped,
        by_hand.test_nobody_written_down_counts_as_nobody_else,
        by_hand.test_an_action_that_only_one_could_have_told_us_of_is_stopped_by_itself,
    ),
    Check.TOGETHER: (
        by_hand.test_two_sentences_that_only_one_could_have_told_both_are_stopped_together,
        by_hand.test_a_sentence_is_stopped_by_what_was_published_before,
        by_hand.test_a_sentence_is_stopped_by_an_arrest_that_will_show_the_rest,
    ),
    Check.WINDOW: (by_hand.test_news_too_fresh_for_the_others_to_have_heard_them_is_stopped_until_they_have,),
    Check.BURN: (
        by_hand.test_what_happened_long_ago_and_was_told_us_only_now_is_looked_at_by_somebody,
        by_hand.test_an_action_soon_after_we_were_told_of_something_long_past_is_looked_at_by_somebody,
    ),
    Check.SILENT: (by_hand.test_what_was_heard_on_a_line_is_never_told,),
    Check.CONSENT: (by_hand.test_what_a_partner_told_us_waits_for_the_partner,),
    Check.CAP: (by_hand.test_a_sentence_that_says_more_than_can_be_checked_is_stopped,),
    Check.WEAK: (by_hand.test_a_sentence_that_may_rest_on_something_is_looked_at_by_somebody,),
    Check.MOSAIC: (
        by_hand.test_a_persona_whom_too_few_fit_is_stopped,
        by_hand.test_what_was_published_of_a_persona_before_counts_with_what_is_said_now,
    ),
    Check.TOPIC: (
        by_hand.test_a_sentence_on_what_only_protected_reports_speak_of_fails_closed,
        by_hand.test_a_sentence_on_violence_that_matches_nothing_fails_closed,
    ),
    Check.UNMATCHED: (by_hand.test_particulars_of_which_nothing_is_held_are_said_to_be_unmatched,),
    Check.STYLE: (by_hand.test_a_long_quote_that_reads_like_a_protected_source_is_looked_at_by_somebody,),
    Check.ROSTER: (by_hand.test_an_hour_at_which_one_officer_alone_is_on_duty_is_looked_at_by_somebody,),
}
DRAWN = (Check.LEAK, Check.KNOWERS, Check.TOGETHER, Check.WINDOW, Check.SILENT)
"""Those without which drawn releases that burn somebody are passed."""
MOST_DRAWN = 600


def without(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the gate find nothing by that check."""
    few, whole = checking.few, checking._Checker._of_all

    def others(reasons: Iterable[Reason]) -> list[Reason]:
        return [each for each in reasons if each.check is not check]

    monkeypatch.setattr(checking, "few", lambda reasons: few(others(reasons)))
    monkeypatch.setattr(checking._Checker, "_of_all", lambda *a, **named: tuple(others(whole(*a, **named))))


def test_every_check_has_a_test_that_needs_it() -> None:
    assert set(NEEDED_BY) == set(Check)


@pytest.mark.parametrize(
    ("check", "test"),
    [pytest.param(check, test, id=f"{check}: {test.__name__}") for check, tests in NEEDED_BY.items() for test in tests],
)
def test_without_the_check_its_test_fails(
    check: Check, test: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    test()
    without(check, monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        test()


def passed(drawn: Case) -> bool:
    """Whether a release that burns somebody goes out."""
    world = world_of(drawn.reports, drawn.entries, drawn.statements)
    return drawn.unsafe and checked(world, drawn.draft, *drawn.actions).colour is Colour.GREEN


@pytest.mark.parametrize("check", DRAWN)
def test_without_the_check_a_drawn_release_that_burns_somebody_is_passed(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(check, monkeypatch)
    burning = next((each for each in map(case, range(MOST_DRAWN)) if passed(each)), None)
    assert burning is not None
    monkeypatch.undo()
    assert not passed(burning)


def test_without_what_was_published_before_a_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking._Checker, "_published", lambda _: ())
    with pytest.raises(AssertionError):
        by_hand.test_a_sentence_is_stopped_by_what_was_published_before()


def test_without_the_planned_actions_a_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "facts_in", lambda *_: [])
    with pytest.raises(AssertionError):
        by_hand.test_a_sentence_is_stopped_by_an_arrest_that_will_show_the_rest()


def test_without_the_cap_on_facts_too_many_of_them_are_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_FACTS", 0)
    with pytest.raises(AssertionError):
        by_hand.test_a_sentence_that_many_could_have_told_is_green()
    assert rules.MOST_FACTS > 0


HELD = (
    Guarded("Gareth Pryce", "name"),
    Guarded("HEATHER", CODENAME),
    Guarded("LODESTAR", CODENAME),
    Guarded("07700 900476", "phone number"),
)


_CACHED = (shapes.shape, shapes.skeleton_of)


def _fresh() -> None:
    for each in _CACHED:
        each.cache_clear()


@pytest.fixture
def _shaped_anew() -> Iterator[None]:
    _fresh()
    yield
    _fresh()


def _no_look_alikes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shapes, "_LOOKS", {})


def _no_figures(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shapes, "_CLASSES", {})
    patch.setattr(shapes, "_ASCII", {place: shapes.shape(chr(place)) for place in range(128)})


def _nothing_invisible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shapes, "_INVISIBLE", frozenset())
    patch.setattr(shapes, "shape", lambda letter: letter.lower() if not letter.isspace() else "")
    patch.setattr(finding, "_in_latin", lambda _: ("", [], []))


def _no_styles(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shapes, "_NAMED", shapes.re.compile("none"))
    patch.setattr(shapes.unicodedata, "normalize", lambda _, text: text)
    patch.setattr(finding, "_in_latin", lambda _: ("", [], []))


def _no_other_scripts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(finding, "_in_latin", lambda _: ("", [], []))


def _no_spoken_digits(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(finding, "_digits_spoken", lambda _: None)


def _no_sound(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Spellings, "find", lambda *_: [])


def _no_signs(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(finding, "SIGNS", frozenset())


@pytest.mark.usefixtures("_shaped_anew")
@pytest.mark.parametrize(
    ("step", "text", "form"),
    [
        (_no_look_alikes, "НЕАТНЕR was there", "HEATHER"),
        (_no_figures, "it was H34TH3R who", "HEATHER"),
        (_nothing_invisible, "HEA\u200bTH\u2060ER was there", "HEATHER"),
        (_no_styles, "".join(chr(0x1D41A + ord(each) - 97) for each in "heather"), "HEATHER"),
        (_no_other_scripts, "это ЛОДЕСТАР сказал", "LODESTAR"),
        (_no_spoken_digits, "oh seven seven oh oh nine double oh four seven six", "07700 900476"),
        (_no_sound, "Garreth Price was there", "Gareth Pryce"),
        (_no_signs, "it was HE$ATH$ER who", "HEATHER"),
    ],
)
def test_without_a_step_of_reading_names_its_disguise_is_missed(
    step: Callable[[pytest.MonkeyPatch], None], text: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> set[str]:
        return {each.guarded.form for each in Finder(HELD).find(text)}

    assert form in found()
    step(monkeypatch)
    _fresh()
    assert form not in found()
