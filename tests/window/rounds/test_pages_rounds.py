"""Tests of `leconfield.window.site.pages_rounds`: ask, vote, come back; and nothing shows before its instant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Asked, Became, Change
from leconfield.window.codes import derived, new_code
from leconfield.window.rounds import PURPOSE, votes_of
from leconfield.window.site import pages_rounds
from leconfield.window.site.app import DEPARTMENTS
from leconfield.window.site.pages_rounds import TICK
from tests.window.houses import House, crowd
from tests.window.rounds.halls import (
    DAY,
    GONE,
    LUNCH,
    OPENS,
    PLAN,
    ROUND,
    SLEEP,
    TRUST,
    WORDS,
    accepted,
    announced,
    answers,
    at,
    questions,
    refused,
)

MINUTE = timedelta(minutes=1)
DRAWN = re.compile(rb"[A-Za-z0-9_-]{60,}={0,2}")
"""What is drawn afresh for each form: longer than anything else without a blank."""


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def ask(made: House, words: str) -> httpx.Response:
    """Somebody asks."""
    address = f"/ask/{ROUND}/question"
    return made.reader.post(address, data={**hidden(made.reader.get(address).text), "words": words})


def vote(made: House, question: str) -> httpx.Response:
    """Somebody votes."""
    address = f"/ask/{ROUND}/vote/{question}"
    return made.reader.post(address, data=hidden(made.reader.get(address).text))


def come_back(made: House, typed: str) -> httpx.Response:
    """Somebody looks what became of the question with that code."""
    address = "/ask/come-back"
    return made.reader.post(address, data={**hidden(made.reader.get(address).text), "words": typed})


def code_in(page: str) -> str:
    """The seven words on a page."""
    return " ".join(re.findall(r"<span>([a-z]+)</span>", page))


def addresses(more: Sequence[str] = ()) -> list[str]:
    """Every address that is fetched without anything in it, in both languages, and those of the round."""
    plain = {each.path for one in DEPARTMENTS for each in one.ROUTES if "GET" in each.methods and "{" not in each.path}
    feeds = {f"/feeds/{kind}.{ending}" for kind in ("all", "answers", "news") for ending in ("atom", "rss", "json")}
    both = sorted({*plain, f"/ask/{ROUND}"})
    return [*both, *(f"/de{each}" for each in both), *sorted(feeds), *more]


def served(made: House, more: Sequence[str] = ()) -> dict[str, tuple[int, bytes, tuple[tuple[str, str], ...]]]:
    """Every byte that anybody gets, headers included, but for tickets and what is sealed afresh in each form."""
    found = {}
    for address in addresses(more):
        answer = made.reader.get(address)
        held = DRAWN.sub(b"drawn afresh", answer.content)
        found[address] = (answer.status_code, held, tuple(sorted(answer.headers.items())))
    return found


def test_a_round_is_not_shown_before_its_announcement_is(tmp_path: Path) -> None:
    made = announced(tmp_path)
    assert "Life and work" in made.reader.get("/ask").text
    made.withdraw(made.window.shelf.shown(made.clock()).releases("round")[0].release)
    assert made.reader.get(f"/ask/{ROUND}").status_code == 404


def test_a_question_is_taken_only_while_the_round_is_open(tmp_path: Path) -> None:
    made = announced(tmp_path)
    for moment in (OPENS - MINUTE, PLAN.closes, PLAN.publishes):
        at(made, moment)
        page = made.reader.get(f"/ask/{ROUND}/question")
        assert page.url.path == f"/ask/{ROUND}"
        made.reader.post(f"/ask/{ROUND}/question", data={"words": "How do you sleep at night?"})
    assert made.boxes() == []


def test_what_is_asked_lies_in_a_sealed_box_with_a_day_and_a_place(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS + timedelta(hours=3, minutes=17))
    page = ask(made, "  How do you\n sleep   at night? ")
    code = code_in(page.text)
    assert len(code.split()) == 7
    (box,) = made.boxes()
    place = derived(code, made.window.salt, PURPOSE).place
    assert (box.kind, box.day) == ("question", "2026-11-24")
    assert dict(box.fields) == {"round": ROUND, "words": "How do you sleep at night?", "place": place}
    for file in (each for each in made.folder.rglob("*") if each.is_file()):
        assert b"sleep at night" not in file.read_bytes()


@pytest.mark.parametrize(
    ("words", "says"), [("Why?", "ten characters"), ("x" * 501, "Shorten"), ("Why \u202e do you?", "cannot be seen")]
)
def test_a_question_that_will_not_do_is_kept_in_the_form_and_nothing_is_sent(
    tmp_path: Path, words: str, says: str
) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    page = ask(made, words)
    assert page.status_code == 422
    assert says in page.text
    assert words in page.text
    assert made.boxes() == []


def test_the_same_form_sent_twice_is_one_question(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    address = f"/ask/{ROUND}/question"
    form = {**hidden(made.reader.get(address).text), "words": "How do you sleep at night?"}
    made.reader.post(address, data=form)
    again = made.reader.post(address, data=form)
    assert again.status_code == 422
    made.reader.post(address, data={**hidden(again.text), "words": form["words"]})
    assert len({each.id for each in made.boxes()}) == 1
    assert len({each.fields["place"] for each in made.boxes()}) == 1


def test_what_became_of_a_question_is_told_to_whoever_has_its_code(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    code = code_in(ask(made, WORDS[SLEEP]).text)
    place = derived(code, made.window.salt, PURPOSE).place

    def told() -> str:
        return come_back(made, code.upper().replace(" ", "-")).text

    assert "Nothing is decided yet" in told()
    questions(made, accepted(SLEEP, place=place))
    assert "Nothing is decided yet" in told()
    at(made, OPENS + DAY)
    assert "will be answered" in told()
    assert WORDS[SLEEP] in told()
    merged = Asked(SLEEP, place, (*accepted(SLEEP).changes, Change(OPENS + 2 * DAY, Became.MERGED, into=TRUST)))
    questions(made, merged, accepted(TRUST))
    at(made, OPENS + 2 * DAY)
    assert "together with another" in told()
    assert WORDS[TRUST] in told()
    answers(made)
    at(made, PLAN.publishes)
    assert "Your question is answered" in told()


def test_a_refused_question_is_told_its_category_and_none_of_its_words(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    code = code_in(ask(made, "Which bakery did you watch?").text)
    questions(made, refused(place=derived(code, made.window.salt, PURPOSE).place))
    at(made, OPENS + DAY)
    page = come_back(made, code).text
    assert "about operations" in page
    assert "bakery" not in page
    assert "bakery" not in made.reader.get(f"/ask/{ROUND}").text


def test_an_unknown_code_reads_like_one_that_nobody_has_looked_at(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    code = code_in(ask(made, WORDS[SLEEP]).text)
    known, unknown = (
        come_back(made, each).content for each in (code, "abacus abdomen abide ability ablaze able abnormal")
    )
    assert known == unknown


def never(*_: object) -> None:
    raise AssertionError("a code was worked out")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type your seven words"),
        ("abacus " * 57, "57 words"),
        ("abacuss " * 7, "perhaps it is"),
        ("qqqqqqqq", "none"),
    ],
)
def test_what_is_no_code_by_its_form_costs_no_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, says: str
) -> None:
    made = announced(tmp_path)
    monkeypatch.setattr(pages_rounds, "derived", never)
    page = come_back(made, typed)
    assert page.status_code == 422
    assert says in page.text


def test_a_look_after_a_question_has_its_toll(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = announced(tmp_path)
    code = new_code()
    with monkeypatch.context() as patched:
        patched.setattr(pages_rounds, "derived", never)
        page = made.reader.post("/ask/come-back", data={"words": code})
        assert page.status_code == 422
        assert code in page.text
        with crowd(PURPOSE):
            page = come_back(made, code)
        assert "Very many people" in page.text
    again = made.reader.post("/ask/come-back", data={**hidden(page.text), "words": code})
    assert "Nothing is decided yet" in again.text


def test_while_a_crowd_is_at_its_codes_a_question_is_kept_in_the_form(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    with crowd(PURPOSE):
        page = ask(made, WORDS[SLEEP])
    assert "Very many people" in page.text
    sent = made.reader.post(f"/ask/{ROUND}/question", data={**hidden(page.text), "words": WORDS[SLEEP]})
    assert len(code_in(sent.text).split()) == 7
    assert len(made.boxes()) == 1


def test_a_question_shows_only_from_its_turn_and_in_an_order_that_says_nothing(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, OPENS + timedelta(hours=2))
    before = made.reader.get(f"/ask/{ROUND}").content
    questions(made, accepted(SLEEP), accepted(TRUST, OPENS + 2 * DAY), refused())
    assert made.reader.get(f"/ask/{ROUND}").content == before
    at(made, OPENS + DAY)
    page = made.reader.get(f"/ask/{ROUND}").text
    assert WORDS[SLEEP] in page
    assert WORDS[TRUST] not in page


def test_not_a_byte_differs_before_the_instant_with_all_answers_on_the_shelf(tmp_path: Path) -> None:
    made, twin = announced(tmp_path / "told"), announced(tmp_path / "untold")
    release = "e" * 32
    more = (f"/ask/answers/{release}", f"/news/{release}", f"/stories/{release}")
    for each in (made, twin):
        questions(each, accepted(SLEEP), accepted(TRUST), accepted(LUNCH), refused())
    at(made, PLAN.publishes - timedelta(seconds=1))
    before = served(made, more)
    assert answers(made, release=release) == release
    assert served(made, more) == before
    assert made.refused() == {}
    at(twin, PLAN.publishes - timedelta(seconds=1))
    assert served(twin, more) == before
    at(made, PLAN.publishes)
    after = served(made, more)
    assert b"This is the answer." in after[f"/ask/{ROUND}"][1]
    assert b"This is the answer." in after[f"/ask/answers/{release}"][1]


def test_no_hour_but_those_of_the_plan_is_in_anything_that_is_served(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP), accepted(TRUST), accepted(LUNCH), refused())
    at(made, PLAN.publishes - DAY + timedelta(hours=4, minutes=37, seconds=11))
    answers(made)
    at(made, PLAN.publishes + timedelta(hours=3, minutes=21, seconds=13))
    for _, body, headers in served(made).values():
        assert "last-modified" not in dict(headers)
        assert set(re.findall(rb"\d\d:\d\d:\d\d", body)) <= {b"09:00:00", b"00:00:00"}


def test_answers_that_are_no_rounds_stand_with_their_challenge(tmp_path: Path) -> None:
    made = announced(tmp_path)
    release = made.release("answers", "## What is wanted?\n\nA sketch will do.", title="Questions on a brief")
    moved = made.reader.get(f"/ask/answers/{release}", follow_redirects=False)
    assert moved.headers["location"] == f"/challenges/release/{release}"
    assert made.reader.get(f"/ask/answers/{'f' * 32}").status_code == 404


def test_votes_are_counted_and_told_at_the_close_alone(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP), accepted(TRUST))
    at(made, OPENS + DAY)
    before = made.reader.get(f"/ask/{ROUND}").content
    for each in (SLEEP, SLEEP, TRUST):
        assert "counted" in vote(made, each).text
    assert made.reader.get(f"/ask/{ROUND}").content == before
    at(made, PLAN.closes)
    page = made.reader.get(f"/ask/{ROUND}").text
    assert "2 votes" in page
    assert page.index(WORDS[SLEEP]) < page.index(WORDS[TRUST])
    assert "counted" not in vote(made, SLEEP).text


def test_a_ballot_is_good_once_and_for_its_own_question(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP), accepted(TRUST))
    at(made, OPENS + DAY)
    ballot = hidden(made.reader.get(f"/ask/{ROUND}/vote/{SLEEP}").text)
    assert made.reader.post(f"/ask/{ROUND}/vote/{TRUST}", data=ballot).status_code == 422
    for expected in (200, 422, 422):
        assert made.reader.post(f"/ask/{ROUND}/vote/{SLEEP}", data=ballot).status_code == expected
    assert votes_of(made.window).counts(ROUND) == {SLEEP: 1}


def test_however_patient_somebody_is_a_question_takes_so_many_votes_an_hour(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    for _ in range(3 * 20):
        vote(made, SLEEP)
        made.clock.on(minutes=3)
    hours = 3
    assert votes_of(made.window).counts(ROUND)[SLEEP] <= PLAN.votes_an_hour * (hours + 1)


def test_votes_of_a_merged_question_count_for_the_one_it_was_merged_into(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP), accepted(TRUST))
    at(made, OPENS + DAY)
    vote(made, SLEEP)
    vote(made, TRUST)
    merged = Asked(TRUST, TRUST * 2, (*accepted(TRUST).changes, Change(OPENS + 2 * DAY, Became.MERGED, into=SLEEP)))
    questions(made, accepted(SLEEP), merged)
    at(made, PLAN.closes)
    page = made.reader.get(f"/ask/{ROUND}").text
    assert "2 votes" in page
    assert WORDS[TRUST] not in page


def test_votes_are_sent_in_once_when_the_round_has_closed(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    vote(made, SLEEP)
    TICK(made.window)
    assert made.boxes() == []
    at(made, PLAN.closes + MINUTE)
    TICK(made.window)
    TICK(made.window)
    (box,) = made.boxes()
    assert (box.kind, box.day) == (rounds.BALLOTS, PLAN.closes.date().isoformat())
    assert dict(box.fields) == {"round": ROUND, "votes": f'{{"{SLEEP}":1}}'}


def test_counts_show_with_the_answers_and_categories_in_plain_words(tmp_path: Path) -> None:
    made = announced(tmp_path)
    answers(made)
    at(made, PLAN.publishes)
    page = made.reader.get(f"/ask/{ROUND}").text
    assert re.search(r"Questions that came</dt><dd[^>]*>7<", page)
    assert re.search(r"operations, past or present</dt><dd[^>]*>2<", page)


def test_late_answers_are_said_to_be_late_and_nothing_else_is(tmp_path: Path) -> None:
    made = announced(tmp_path)
    at(made, PLAN.publishes + DAY)
    assert "Answers are late" in made.reader.get(f"/ask/{ROUND}").text
    release = answers(made)
    assert "This is the answer." in made.reader.get(f"/ask/{ROUND}").text
    made.withdraw(release)
    assert "This is the answer." not in made.reader.get(f"/ask/{ROUND}").text


@pytest.mark.parametrize("body", [{}, {"opens": 1}, {"questions": [{}]}, {"questions": "x"}])
def test_an_order_of_another_make_is_as_good_as_none(tmp_path: Path, body: dict[str, object]) -> None:
    made = announced(tmp_path)
    at(made, OPENS)
    made.order(rounds.QUESTIONS, ROUND, body)
    assert made.reader.get(f"/ask/{ROUND}").status_code == 200
    made.order(rounds.ROUND, ROUND, body)
    assert made.reader.get(f"/ask/{ROUND}").status_code == 404


@pytest.mark.parametrize("address", ["/ask/x", f"/ask/{'f' * 32}/question", f"/ask/{ROUND}/vote/../x", "/ask/%00"])
def test_an_address_that_leads_nowhere_says_so(tmp_path: Path, address: str) -> None:
    assert announced(tmp_path).reader.get(address).status_code in (404, 400)


def test_nothing_of_when_votes_or_questions_came_is_in_the_files(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP), accepted(TRUST))
    at(made, datetime(2026, 11, 25, 13, 37, 11, tzinfo=OPENS.tzinfo))
    vote(made, TRUST)
    vote(made, SLEEP)
    first = (made.folder / "store" / "votes.db").read_bytes()
    assert b"13:37" not in first
    assert first.index(SLEEP.encode()) > 0
    assert [*votes_of(made.window).counts(ROUND)] == [SLEEP, TRUST]
    assert GONE.encode() not in first


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> House:
    """An open round, for all that only try what it takes."""
    made = announced(tmp_path_factory.mktemp("hall"))
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    return made


TYPED = st.text(max_size=300) | st.text("<>&\"'\u202e\0\U0001f600a ", max_size=40) | st.just("x" * 3000)
FIELDS = st.dictionaries(
    st.sampled_from(["words", "carried", "ticket", "ticket-work", "homepage", "go", "send"]), TYPED
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=FIELDS, where=st.sampled_from([f"/ask/{ROUND}/question", f"/ask/{ROUND}/vote/{SLEEP}", "/ask/come-back"]))
def test_whatever_is_sent_nothing_breaks_and_nothing_is_taken_in(hall: House, form: dict[str, str], where: str) -> None:
    sent = {name: words.encode("utf-8", "replace").decode() for name, words in form.items()}
    page = hall.reader.post(where, data=sent)
    assert page.status_code in (200, 400, 410, 413, 422), page.status_code
    assert hall.boxes() == []
    assert votes_of(hall.window).counts(ROUND) == {}
    for words in sent.values():
        if "<" in words and len(words) > 3:
            assert words not in page.text


def test_words_of_releases_say_their_language_where_the_page_is_in_another(tmp_path: Path) -> None:
    made = announced(tmp_path)
    questions(made, accepted(SLEEP))
    at(made, OPENS + DAY)
    german = made.reader.get(f"/de/ask/{ROUND}").text
    assert f'<p class="questions__words" lang="en">{WORDS[SLEEP]}' in german
    assert 'lang="en">Life and work</h1>' in german
    assert 'lang="en"' not in made.reader.get(f"/ask/{ROUND}").text.replace('<html lang="en"', "")
