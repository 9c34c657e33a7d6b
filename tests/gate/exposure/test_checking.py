"""Each check by itself: a draft that it alone stops. Whoever takes one of them out sees its test fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.gate.exposure import checking
from leconfield.gate.exposure.model import Action, Check, SentenceVerdict, Text, Verdict
from leconfield.gate.mosaic.state import KEPT, TABLE
from leconfield.gate.release.model import Colour
from leconfield.ledger import provenance
from leconfield.staff.model import ACCEPTED
from leconfield.staff.model import LABEL as DUTY
from leconfield.staff.state import turns_text
from tests.gate.mosaic.staff import table
from tests.gate.worlds import PROFILE, PUBLIC, TODAY, checked, entry, named, noted, published, told, world_of

PASSPORTS = "A beekeeper from Truro hid forty passports under the chapel floor."
CRANE = "The crane driver in Grimsby cut the hoist cable with a borrowed saw."
HOURS = tuple(f"2026-07-{at}:00.000000Z" for at in ("02T03:10", "01T11:00", "04T03:00", "02T08:00"))
SAYS = {
    "HERON": "Well, I would never have gone there, you see, if it had not been her and for me being so tired. ",
    "PLOVER": "They said that they had a man of the yard who could get it, and that he was of no use to them at all. ",
    "SISKIN": "It is what it is: the lads will do as they please, and this is how we all of us do with it these days. ",
    "GAZETTE": "The council has by a vote of its members set the date on which the works at the bridge are to begin. ",
}
"""A sentence as each of them would say it, over and over."""
MANY = tuple(f"person {number}" for number in range(12))


def reasons(verdict: Verdict) -> dict[Check, Colour]:
    return {each.check: each.colour for one in verdict.sentences for each in one.reasons}


def only(verdict: Verdict) -> SentenceVerdict:
    (sentence,) = verdict.sentences
    return sentence


def test_a_sentence_that_many_could_have_told_is_green() -> None:
    heron = told("HERON", PASSPORTS)
    verdict = checked(world_of([heron], [noted(heron, *MANY)]), PASSPORTS)
    assert (verdict.colour, only(verdict).knowers) == (Colour.GREEN, 13)
    assert only(verdict).critical == ("HERON",)


def test_what_everybody_could_read_is_green_whoever_told_us() -> None:
    press = told("GAZETTE", PASSPORTS, channel="open")
    assert checked(world_of([told("HERON", PASSPORTS), press]), PASSPORTS).colour is Colour.GREEN


def test_what_the_papers_wrote_without_the_number_is_not_public_with_it() -> None:
    press = told("GAZETTE", "A beekeeper from Truro hid passports under the chapel floor.", channel="open")
    assert checked(world_of([told("HERON", PASSPORTS), press]), PASSPORTS).colour is Colour.RED


def test_a_sentence_that_too_few_could_have_told_is_stopped() -> None:
    heron = told("HERON", PASSPORTS)
    verdict = checked(world_of([heron], [noted(heron, "Ann", "Bob", "Cy")]), PASSPORTS)
    assert reasons(verdict) == {Check.KNOWERS: Colour.RED}


def test_nobody_written_down_counts_as_nobody_else() -> None:
    verdict = checked(world_of([told("HERON", PASSPORTS)]), PASSPORTS)
    assert (verdict.colour, only(verdict).knowers) == (Colour.RED, 1)


def test_two_sentences_that_only_one_could_have_told_both_are_stopped_together() -> None:
    heron, plover = told("HERON", PASSPORTS), told("PLOVER", CRANE)
    world = world_of([heron, plover], [noted(heron, "Vin", *MANY), noted(plover, "Vin", *"abcdefgh")])
    assert checked(world, PASSPORTS).colour is checked(world, CRANE).colour is Colour.GREEN
    verdict = checked(world, f"{PASSPORTS}\n{CRANE}")
    assert reasons(verdict) == {Check.TOGETHER: Colour.RED}
    assert [each.colour for each in verdict.sentences] == [Colour.RED, Colour.RED]


def test_a_sentence_is_stopped_by_what_was_published_before() -> None:
    heron, plover = told("HERON", PASSPORTS), told("PLOVER", CRANE)
    notes = [noted(heron, "Vin", *MANY), noted(plover, "Vin", *"abcdefgh")]
    assert reasons(checked(world_of([heron, plover], [*notes, published(CRANE)]), PASSPORTS)) == {
        Check.TOGETHER: Colour.RED
    }


def test_a_sentence_is_stopped_by_an_arrest_that_will_show_the_rest() -> None:
    heron, plover = told("HERON", PASSPORTS), told("PLOVER", CRANE)
    world = world_of([heron, plover], [noted(heron, "Vin", *MANY), noted(plover, "Vin", *"abcdefgh")])
    assert reasons(checked(world, PASSPORTS, Action(CRANE, TODAY))) == {Check.TOGETHER: Colour.RED}


def test_news_too_fresh_for_the_others_to_have_heard_them_is_stopped_until_they_have() -> None:
    heron = told("HERON", PASSPORTS, written="2026-06-28")
    world = world_of([heron], [noted(heron, *MANY)])
    verdict = checked(world, PASSPORTS, offering=True)
    assert reasons(verdict) == {Check.WINDOW: Colour.RED}
    assert [each.until for each in only(verdict).offers if each.how == "wait"] == ["2026-07-15"]
    assert checked(world, PASSPORTS, on="2026-07-15").colour is Colour.GREEN


def test_what_happened_long_ago_and_was_told_us_only_now_is_looked_at_by_somebody() -> None:
    late = replace(told("HERON", PASSPORTS), learnt="2026-06-25T09:00:00.000000Z")
    world = world_of([late], [noted(late, *MANY)])
    assert reasons(checked(world, PASSPORTS)) == {Check.BURN: Colour.AMBER}
    assert checked(world, PASSPORTS, on="2026-07-09").colour is Colour.GREEN


def test_an_action_that_only_one_could_have_told_us_of_is_stopped_by_itself() -> None:
    heron = told("HERON", CRANE)
    world = world_of([heron], [noted(heron, "Ann")])
    verdict = checked(world, "We answer at every hour.", Action(CRANE, TODAY))
    assert [(each.check, each.colour) for each in verdict.reasons] == [(Check.KNOWERS, Colour.RED)]
    assert "the action" in verdict.reasons[0].words


def test_an_action_soon_after_we_were_told_of_something_long_past_is_looked_at_by_somebody() -> None:
    late = replace(told("HERON", CRANE), learnt="2026-06-25T09:00:00.000000Z")
    world = world_of([late], [noted(late, *MANY)])
    for day, colour in ((TODAY, Colour.AMBER), ("2026-07-20", Colour.GREEN)):
        assert checked(world, "We answer at every hour.", Action(CRANE, day)).colour is colour


def test_an_hour_at_which_one_officer_alone_is_on_duty_is_looked_at_by_somebody() -> None:
    turns = {("2026-07-01", "night"): "dora", ("2026-07-01", "day"): "dora", ("2026-07-01", "second"): "iris"}
    body = {"first": "2026-07-01", "days": "1", "turns": turns_text(turns.items()), "people": "dora 0 night"}
    world = world_of([], [entry(ACCEPTED, "", DUTY, body)])
    at = {hour: checking.check(world, Text("Good morning.", TODAY, posted=hour), PROFILE, PUBLIC) for hour in HOURS}
    assert [each.colour for each in at.values()] == [Colour.AMBER, Colour.GREEN, Colour.GREEN, Colour.GREEN]
    assert [each.check for each in at[HOURS[0]].reasons] == [Check.ROSTER]


def test_a_long_quote_that_reads_like_a_protected_source_is_looked_at_by_somebody() -> None:
    reports = [told(who, how * 90, channel="open" if who == "GAZETTE" else "agent") for who, how in SAYS.items()]
    world = world_of(reports, [noted(each, *MANY) for each in reports])
    heron, gazette = (" ".join((SAYS[each] * 6).split()[:120]) for each in ("HERON", "GAZETTE"))
    assert reasons(checked(world, f"Somebody told us: “{heron}”")).get(Check.STYLE) is Colour.AMBER
    for words in (f"“{gazette}”", heron, f"“{heron[:150]}”"):
        assert Check.STYLE not in reasons(checked(world, f"Somebody told us: {words}")), words


def test_what_was_heard_on_a_line_is_never_told() -> None:
    teasel = told("TEASEL", PASSPORTS, channel="intercept")
    assert reasons(checked(world_of([teasel], [noted(teasel, *MANY)]), PASSPORTS)) == {Check.SILENT: Colour.RED}


def test_what_a_partner_told_us_waits_for_the_partner() -> None:
    alder = told("ALDER", PASSPORTS, channel="liaison")
    assert reasons(checked(world_of([alder], [noted(alder, *MANY)]), PASSPORTS)) == {Check.CONSENT: Colour.AMBER}


def test_a_guarded_name_is_stopped_however_many_could_have_told() -> None:
    heron = told("HERON", "Ottilie Grandcourt keeps bees.")
    world = world_of([heron], [noted(heron, *MANY)], named(heron, "Ottilie Grandcourt"))
    assert reasons(checked(world, "0ttilie G r a n d c o u r t keeps bees."))[Check.LEAK] is Colour.RED


def test_a_guarded_name_in_the_files_name_is_stopped() -> None:
    heron = told("HERON", "Ottilie Grandcourt keeps bees.")
    world = world_of([heron], (), named(heron, "Ottilie Grandcourt"))
    text = Text("Good morning.", TODAY, name="draft_ottilie-grandcourt_v2.docx")
    assert checking.check(world, text, PROFILE, PUBLIC).colour is Colour.RED


def test_a_sentence_that_may_rest_on_something_is_looked_at_by_somebody() -> None:
    world = world_of([told("HERON", "The beekeeper at Truro slept badly.")])
    draft = "The beekeeper of Truro won a prize for honey, candles, mead, wax and a fine display of hives."
    assert reasons(checked(world, draft)) == {Check.WEAK: Colour.AMBER}


def test_a_sentence_on_what_only_protected_reports_speak_of_fails_closed() -> None:
    world = world_of([told("HERON", "Somebody walks the rows near Immingham and takes his time.")])
    assert reasons(checked(world, "We are often asked about Immingham.")) == {Check.TOPIC: Colour.AMBER}


def test_a_sentence_on_violence_that_matches_nothing_fails_closed() -> None:
    world = world_of([told("HERON", "There was talk of detonators in the yard.")])
    assert reasons(checked(world, "She has one explosive more than she admitted to.")) == {Check.TOPIC: Colour.AMBER}


def test_particulars_of_which_nothing_is_held_are_said_to_be_unmatched() -> None:
    verdict = checked(world_of([told("HERON", CRANE)]), "On 3 May 2026 the choir sang at Bangor.")
    assert reasons(verdict) == {Check.UNMATCHED: Colour.AMBER}
    assert only(verdict).unmatched


def test_a_sentence_that_says_more_than_can_be_checked_is_stopped() -> None:
    verdict = checked(world_of([told("HERON", CRANE)]), " and ".join(f"wordlike{number}x" for number in range(80)))
    assert reasons(verdict)[Check.CAP] is Colour.RED


def test_a_sentence_with_too_many_grounds_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "MOST_WITNESSES", 3)
    reports = [told(f"SOURCE{number}", PASSPORTS) for number in range(5)]
    world = world_of(reports, [noted(each, *MANY) for each in reports])
    assert reasons(checked(world, PASSPORTS)) == {Check.CAP: Colour.RED}


def test_a_persona_whom_too_few_fit_is_stopped() -> None:
    world = world_of([], [entry(KEPT, "staff register", "", {TABLE: table()})])
    text = Text("Rob was a teacher and plays the cello. He has been here for ten years.", TODAY, persona="Rob")
    verdict = checking.check(world, text, PROFILE, PUBLIC)
    assert reasons(verdict)[Check.MOSAIC] is Colour.RED


def test_what_was_published_of_a_persona_before_counts_with_what_is_said_now() -> None:
    register = entry(KEPT, "staff register", "", {TABLE: table()})
    before = published("Rob was a teacher. He speaks Arabic and grew up in Leeds.")
    text = Text("Rob plays the cello.", TODAY, persona="Rob")
    alone = checking.check(world_of([], [register]), text, PROFILE, PUBLIC)
    after = checking.check(world_of([], [register, before]), text, PROFILE, PUBLIC)
    assert (alone.colour, after.colour) == (Colour.GREEN, Colour.RED)


def test_the_blunter_wordings_that_are_offered_were_checked_themselves() -> None:
    heron = told("HERON", "On 5 March 2026 a lecturer in Truro bought 417 litres of acetone.")
    press = told("GAZETTE", "In March in Truro somebody bought about 400 litres of acetone.", channel="open")
    verdict = checked(world_of([heron, press]), heron.text, offering=True)
    assert only(verdict).colour is Colour.RED
    assert only(verdict).offers
    for offer in only(verdict).offers:
        if offer.words:
            assert checked(world_of([heron, press]), offer.words).colour is offer.colour


def test_nothing_is_rewritten_in_a_sentence_that_is_green() -> None:
    verdict = checked(world_of([told("HERON", CRANE)]), "We answer at every hour.", offering=True)
    assert only(verdict).offers == ()


def test_what_is_public_does_not_carry_along_what_is_not() -> None:
    press = told("GAZETTE", "Four hundred cases of whisky were taken from a lorry at Toddington.", channel="open")
    secret = told("HERON", "Somebody walks the rows near Immingham and takes his time.")
    draft = "Four hundred cases of whisky were taken from a lorry at Toddington, and Immingham is next."
    assert checked(world_of([press, secret]), press.text).colour is Colour.GREEN
    assert reasons(checked(world_of([press, secret]), draft)) == {Check.TOPIC: Colour.AMBER}


def test_a_sentence_that_only_the_papers_wrote_is_matched_to_them() -> None:
    press = told("GAZETTE", "On 3 May 2026 the choir sang at Bangor.", channel="open")
    verdict = checked(world_of([press]), press.text)
    assert (verdict.colour, only(verdict).unmatched) == (Colour.GREEN, False)
