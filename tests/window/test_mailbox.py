"""The mailbox: one letter, one answer, and no difference between words that are known and words that are not."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from leconfield.gate.bundles.tips import COUNTS, reply_in
from leconfield.window import mailbox
from leconfield.window.codes import Cost, Salt, derived, new_code
from leconfield.window.tickets import Toll
from tests.window.houses import House, crowd, house
from tests.window.telling import Reader, letter, receipt, sent, told


@pytest.fixture
def place(tmp_path: Path) -> House:
    return house(tmp_path)


def seen(reader: Reader) -> str:
    return str(reader.page.css_first("main").html)


def looked(place: House, words: str) -> Reader:
    return Reader(place).open("/mailbox").send(words=words)


def test_a_question_is_read_and_answered_once(place: House) -> None:
    words = sent(place)
    asked = letter(place, place.boxes()[0])

    reader = looked(place, words.upper().replace(" ", "-"))
    assert "Which of the two doors?" in reader.text
    reader.send(reply="The green one.")

    assert reader.title == "We have your answer. Thank you."
    reply = reply_in(next(each for each in place.boxes() if each.kind == "reply"))
    assert (reply.letter, reply.words) == (asked.id, "The green one.")


def test_unknown_words_and_words_without_a_letter_get_the_same_page(place: House) -> None:
    known = sent(place)

    pages = {seen(looked(place, each)) for each in (known, new_code(), new_code())}

    assert len(pages) == 1
    assert "There is nothing for these words" in pages.pop()


def test_thanks_are_the_same_words_for_everybody(place: House) -> None:
    first, second = sent(place), sent(place)
    boxes = {each.fields["place"]: each for each in place.boxes()}
    pages = set()
    for words in (first, second):
        mine = derived(words, place.window.salt, mailbox.PURPOSE)
        letter(place, boxes[mine.place], "", "thanks")
        pages.add(seen(looked(place, words)))

    assert len(pages) == 1
    assert "We read what you told us" in pages.pop()


def test_a_letter_is_not_shown_to_other_words(place: House) -> None:
    sent(place)
    letter(place, place.boxes()[0])

    assert "Which of the two doors?" not in looked(place, new_code()).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type your seven words"),
        ("abacus abacus", "there are 2"),
        ("abacuss " * 7, "Did you mean “abacus”?"),
        ("<b>qqqqqqqq</b>", "is none of our words"),
    ],
)
def test_a_slip_is_told_without_a_look_into_any_mailbox(place: House, typed: str, said: str) -> None:
    reader = looked(place, typed)

    assert reader.status == 422
    assert said in reader.text


def test_looking_has_its_toll_and_the_words_are_kept(place: House) -> None:
    place.window.tickets.toll = Toll(wait=10, bits=30)
    words = sent_slowly(place)
    reader = looked(place, words)

    assert reader.status == 422
    assert "too soon" in reader.text
    assert reader.page.css_first("textarea#words").text() == words
    place.clock.on(seconds=10)
    assert "There is nothing for these words" in reader.send(words=words).text


def test_a_crowd_of_looks_is_asked_to_come_again_and_loses_nothing(place: House) -> None:
    words = sent(place)
    with crowd(mailbox.PURPOSE):
        reader = looked(place, words)
        assert "Very many people" in reader.text
        assert reader.page.css_first("textarea#words").text() == words

    assert "There is nothing for these words" in reader.send(words=words).text


def sent_slowly(place: House) -> str:
    reader = told(Reader(place), {}).send()
    place.clock.on(seconds=10)
    return receipt(reader.send())


def test_an_answer_is_kept_when_something_is_wrong(place: House) -> None:
    words = sent(place)
    letter(place, place.boxes()[0])
    reader = looked(place, words)

    reader.send(reply="")
    assert "Write an answer" in reader.text
    reader.send(reply="The green one.", homepage="http://spam.example")
    assert "should stay empty" in reader.text
    assert reader.page.css_first("textarea#reply").text() == "The green one."
    assert reader.send(homepage="", reply="The green one.").title == "We have your answer. Thank you."


def test_no_answer_can_be_sent_where_there_is_no_question(place: House) -> None:
    words = sent(place)
    letter(place, place.boxes()[0], "", "thanks")
    reader = looked(place, words)

    assert reader.page.css("main form") == []
    assert reader.client.post("/mailbox/reply", data={"reply": "x"}).status_code == 410


def test_figures_are_shown_when_both_the_words_and_the_figures_have_come(place: House) -> None:
    page = Reader(place).open("/tell-us/what-happened")
    assert "no figures yet" in page.text

    release = place.release("notice", "People told us of quays and vans.\n", title="April to June 2026")
    place.order(COUNTS, "2026-q2", {"release": release, "received": 120, "read": 120, "used": 0})

    page.open("/tell-us/what-happened")
    assert "April to June 2026 People told us of quays and vans." in page.text
    assert "120" in page.text
    assert "fewer than 10" in page.text


def test_figures_without_released_words_are_not_shown(place: House) -> None:
    place.order(COUNTS, "2026-q2", {"release": "0" * 32, "received": 120, "read": 120, "used": 30})

    assert "no figures yet" in Reader(place).open("/tell-us/what-happened").text


def welch(known: list[float], unknown: list[float]) -> float:
    """Welch's t of two samples; the slowest tenth of each, which others' work made slow, left out."""
    left, right = (sorted(each)[: len(each) * 9 // 10] for each in (known, unknown))
    spread = statistics.variance(left) / len(left) + statistics.variance(right) / len(right)
    return (statistics.fmean(left) - statistics.fmean(right)) / spread**0.5


def timed(place: House, words: str, salt: Salt) -> float:
    """Seconds of CPU that a look takes, from the words to the letter or none."""
    shown = place.window.shelf.shown(place.clock())
    begun = time.process_time()
    mailbox.letter_for(shown, mailbox.TIPS, derived(words, salt, mailbox.PURPOSE))
    return time.process_time() - begun


def samples(place: House, count: int, salt: Salt) -> tuple[list[float], list[float]]:
    words = sent(place)
    letter(place, place.boxes()[0])
    timed(place, words, salt)
    pairs = [(timed(place, words, salt), timed(place, new_code(), salt)) for _ in range(count)]
    return [each for each, _ in pairs], [each for _, each in pairs]


def test_looking_takes_as_long_for_unknown_words_as_for_known_ones(place: House) -> None:
    known, unknown = samples(place, 200, place.window.salt)

    assert abs(welch(known, unknown)) < 4.5


@pytest.mark.long
def test_looking_takes_as_long_at_the_strength_that_is_shipped(tmp_path: Path) -> None:
    place = house(tmp_path, toml="")
    strong = Salt(place.window.salt.raw, Cost())
    object.__setattr__(place.window, "salt", strong)
    known, unknown = samples(place, 200, strong)

    assert abs(welch(known, unknown)) < 4.5
    assert statistics.median(unknown) > 0.05
