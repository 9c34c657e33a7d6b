"""Tests of `leconfield.gate.release.looking`: a sentence keeps its place, and an offer changes just what it says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.release.looking import Change, Looked, Wanted, looked, readings
from leconfield.gate.release.model import Aside, Colour
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from tests.gate.desks import HANDLER, SAFE, SECRET, UNSAFE
from tests.gate.release.rooms import AUTHOR, house, now
from tests.ledger.desks import filed

DAY = "2026-12-01"
TEXTS = st.text(st.sampled_from("ab .|[]\n"), max_size=60)


def staffed() -> Desk:
    desk, _ = house()
    enrolled = accounts.enrolling(HANDLER.name, HANDLER.persona, "a long password", HANDLER.tokens, HANDLER.roles)
    desk.append(accounts.KEEPER, [enrolled])
    filed(desk, HANDLER, SECRET, "S&SEQUIN&AGENTS")
    return desk


def at(view: View, words: str, *, title: str = "", aside: Aside | None = None) -> Looked:
    return looked(view, Wanted(words, "public", DAY, title=title, aside=aside or Aside()))


@given(TEXTS)
@settings(max_examples=300)
def test_every_reading_is_as_long_as_what_is_written(text: str) -> None:
    assert {len(each) for each in readings(text)} == {len(text)}


def test_every_alternative_is_read() -> None:
    read = list(readings("The [[van|lorry|cart]] [[left|drove off]]."))
    assert [" ".join(each.split()) for each in read] == [
        "The van left .",
        "The lorry drove off .",
        "The cart drove off .",
    ]


def test_an_alternative_that_burns_somebody_is_found_in_its_place() -> None:
    text = f"{SAFE} The man [[rests|limps since a forklift rolled over his foot]]."
    told = at(now(staffed(), HANDLER), text)
    (line,) = (each for each in told.lines if each.verdict.colour is Colour.RED)
    assert text[line.start : line.end].startswith("The man [[")
    assert "[[rests|" in line.verdict.text


def test_sentences_stand_where_they_stand_in_the_text_whatever_the_title_is() -> None:
    desk = staffed()
    for title in ("", "A title"):
        told = at(now(desk, HANDLER), f"{SAFE} {UNSAFE}", title=title)
        places = {each.verdict.text: (each.field, each.start) for each in told.lines}
        assert places[UNSAFE] == ("text", len(SAFE) + 1)
        assert places.get("A title", ("title", 0)) == ("title", 0)


def test_each_offer_puts_just_its_words_in_and_is_as_good_as_it_says() -> None:
    desk = staffed()
    text = f"{SAFE} {UNSAFE} We close at night."
    told = at(now(desk, HANDLER), text)
    changes = [each for line in told.lines for each in line.changes if not each.until]
    assert changes
    for each in changes:
        changed = each.made(text)
        assert changed.startswith(SAFE)
        again = at(now(desk, HANDLER), changed)
        assert again.colour is each.colour or each.colour is not Colour.GREEN


def test_leaving_a_sentence_out_leaves_no_gap_and_waiting_changes_no_word() -> None:
    assert Change("drop", Colour.GREEN, 5, 9, "").made("One. Two. Three.") == "One. Three."
    assert Change("wait", Colour.GREEN, 0, 4, "", "2027-01-01").made("One. Two.") == "One. Two."


def test_whoever_may_not_know_is_shown_what_he_would_be_if_there_were_nothing_to_know() -> None:
    empty, _ = house()
    words = f"{SAFE} {UNSAFE}"
    assert at(now(staffed(), AUTHOR), words) == at(now(empty, AUTHOR), words)


def test_planned_actions_count_while_one_writes() -> None:
    aside = Aside("", ("2026-12-02 the man who limps since a forklift rolled over his foot is arrested",))
    view = now(staffed(), HANDLER)
    assert at(view, "A man walks with a limp.", aside=aside).colour is Colour.RED
