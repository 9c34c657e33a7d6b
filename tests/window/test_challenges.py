"""Challenges at the window: what shows when, what is taken in while, and that nothing of it can be read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.challenges import PARTS, Challenge
from leconfield.gate.bundles.letters import Addressed, Letter, sealed_table
from leconfield.window import challenges
from leconfield.window.codes import derived
from leconfield.window.tickets import Tickets, Toll
from tests.gate.bundles.test_challenges import BRIEF, DATES, KEY, PUBLIC
from tests.window.houses import House, crowd, house

WHICH = "quiet-harbour"
ONE = f"/challenges/{WHICH}"
ANSWERS = "## Must it float?\n\nNo. It may."
LABELLED = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
OPEN = "2026-09-10T12:00:00Z"


@pytest.fixture
def made(tmp_path: Path) -> House:
    """A window with a challenge that has been announced and is open, past its questions."""
    at = house(tmp_path)
    announced(at)
    be(at, OPEN)
    return at


def announced(at: House, **more: object) -> str:
    release = at.release("challenge-brief", BRIEF, title="A quieter harbour")
    known = Challenge(WHICH, release, DATES, PUBLIC, **more)  # type: ignore[arg-type]
    at.order(formats.KIND, WHICH, formats.body_of(known))
    return release


def be(at: House, instant: str) -> None:
    at.clock.at = datetime.fromisoformat(instant)


def hidden(page: httpx.Response) -> dict[str, str]:
    return {name: unescape(value) for name, value in LABELLED.findall(page.text)}


def on(at: House, path: str, page: httpx.Response, files: object = None, **fields: str) -> httpx.Response:
    """The form of a page is sent, with what it carries."""
    given: Mapping[str, str] = {**hidden(page), **fields}
    return at.reader.post(path, data=given, files=files)  # type: ignore[arg-type]


def looked(at: House, code: str) -> httpx.Response:
    """Somebody types his seven words to see whether there is a letter."""
    return on(at, "/challenges/reply", at.reader.get("/challenges/reply"), words=code)


def written(at: House, **parts: str) -> httpx.Response:
    """The journey up to the page on which one adds files and sends."""
    page = at.reader.get(f"{ONE}/submit")
    who = {"organisation": "Marsh Acoustics", "contact": "Jo Marsh", "email": "jo@marsh.example"}
    page = on(at, f"{ONE}/submit/who", page, **who)
    for name in PARTS:
        page = on(at, f"{ONE}/submit/{name}", page, **{name: parts.get(name, f"What we say of {name}.")})
        assert page.status_code == 200, page.text
    assert "What we say of risks." in page.text
    return on(at, f"{ONE}/submit/check", page)


def test_nothing_shows_of_a_challenge_whose_brief_has_not_come(tmp_path: Path) -> None:
    at = house(tmp_path)
    before = at.reader.get("/challenges").content
    at.order(formats.KIND, WHICH, formats.body_of(Challenge(WHICH, "ee" * 16, DATES, PUBLIC)))
    assert at.reader.get("/challenges").content == before
    assert at.reader.get(ONE).status_code == 404


def test_the_page_tells_the_brief_in_its_parts_and_the_dates_in_their_order(made: House) -> None:
    page = made.reader.get(ONE)
    assert page.status_code == 200
    at = [page.text.index(f">{heading}</h2>") for heading in formats.SECTIONS.values()]
    assert at == sorted(at)
    times = re.findall(r'<li class="challenge-dates__one[^>]*>.*?<time datetime="([^"]+)"', page.text, re.DOTALL)
    assert times == [at for _, at in DATES.milestones()]
    assert page.headers["cache-control"].startswith("public")


@pytest.mark.parametrize(
    ("instant", "words", "absent"),
    [
        ("2026-08-20T12:00:00Z", "You can ask questions and send in ideas from", "/question"),
        ("2026-09-05T12:00:00Z", f"{ONE}/question", "This challenge has closed"),
        (OPEN, f"{ONE}/before-you-start", f"{ONE}/question"),
        ("2026-09-29T12:00:00Z", "This challenge has closed. We decide on", "/before-you-start"),
        ("2026-10-12T12:00:00Z", "The day of the decision has come", "/before-you-start"),
    ],
)
def test_the_page_says_what_can_be_done_now(made: House, instant: str, words: str, absent: str) -> None:
    be(made, instant)
    page = made.reader.get(ONE)
    assert words in page.text
    assert absent not in page.text
    assert made.reader.get("/challenges").status_code == 200


def test_answers_show_at_their_instant_and_change_no_byte_before(made: House) -> None:
    be(made, "2026-09-10T12:00:00Z")
    before = {path: made.reader.get(path).content for path in ("/challenges", ONE)}
    release = made.release("answers", ANSWERS, title="Questions and answers", embargo=DATES.answers)
    made.order(formats.ANSWERS, WHICH, {"release": release})
    assert {path: made.reader.get(path).content for path in before} == before
    be(made, "2026-09-11T08:59:59Z")
    assert b"Must it float?" not in made.reader.get(ONE).content
    be(made, DATES.answers)
    assert b"Must it float?" in made.reader.get(ONE).content


def test_a_question_is_sealed_and_says_nothing_of_who_asks(made: House) -> None:
    be(made, "2026-09-05T12:00:00Z")
    page = on(made, f"{ONE}/question", made.reader.get(f"{ONE}/question"), words="Must it float?")
    assert "We have your question" in page.text
    (box,) = made.boxes()
    assert formats.question_in(box) == (WHICH, "Must it float?")
    assert box.day == "2026-09-05"


@pytest.mark.parametrize("words", ["", "word " * 151])
def test_a_question_that_will_not_do_is_said_at_its_field_and_kept(made: House, words: str) -> None:
    be(made, "2026-09-05T12:00:00Z")
    page = on(made, f"{ONE}/question", made.reader.get(f"{ONE}/question"), words=words)
    assert page.status_code == 422
    assert '<a href="#words">' in page.text
    assert words.strip() in page.text
    assert made.boxes() == []


def test_questions_are_not_taken_when_their_time_is_over(made: House) -> None:
    page = made.reader.get(f"{ONE}/question")
    assert (page.status_code, "You can still send in an idea" in page.text) == (410, True)
    assert made.reader.post(f"{ONE}/question", data={"words": "Late?"}).status_code == 410
    assert made.boxes() == []


def test_a_submission_is_sealed_for_its_challenge_and_has_a_receipt(made: House) -> None:
    page = written(made)
    files = {"files": ("C:\\plans\\plan.pdf", b"%PDF-1.7 planted", "application/pdf")}
    done = on(made, f"{ONE}/submit/send", page, files)
    assert done.status_code == 200, done.text
    code = " ".join(re.findall(r"<span>([a-z]+)</span>", done.text.partition("receipt__words")[2]))
    assert len(code.split()) == 7
    (box,) = made.boxes()
    assert box.fields == {"challenge": WHICH}
    _, sealed = formats.sealed_in(box)
    found = formats.submission_in(sealed, KEY, WHICH)
    receipt = derived(code, made.window.salt, formats.PURPOSE)
    assert (found.organisation, found.place, found.reply_to) == (
        "Marsh Acoustics",
        receipt.place,
        receipt.mailbox.hex(),
    )
    assert found.parts == {name: f"What we say of {name}." for name in PARTS}
    assert [(each.name, each.held) for each in found.files] == [("plan.pdf", b"%PDF-1.7 planted")]


def test_no_file_of_the_host_holds_a_word_of_what_was_sent_in(made: House) -> None:
    page = written(made, summary="KESTREL-7f3a and more")
    on(made, f"{ONE}/submit/send", page, {"files": ("plan.pdf", b"KESTREL-file", "application/pdf")})
    held = [each.read_bytes() for each in made.folder.rglob("*") if each.is_file()]
    assert len(made.boxes()) == 1
    assert not [each for each in held if b"KESTREL" in each or b"Marsh" in each]


def test_what_is_sent_twice_is_one_submission_with_one_receipt(made: House) -> None:
    page = written(made)
    one, other = (on(made, f"{ONE}/submit/send", page) for _ in range(2))
    assert one.status_code == 200
    assert other.status_code == 422
    assert len({each.id for each in made.boxes()}) == 1


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"contact": "", "email": "jo@marsh.example"}, "contact"),
        ({"contact": "Jo", "email": "jo"}, "email"),
        ({"contact": "J" * 201, "email": "jo@marsh.example"}, "contact"),
        ({"contact": "Jo", "email": "jo@marsh.example", "organisation": "a\nb"}, "organisation"),
    ],
)
def test_who_sends_it_in_is_asked_for_what_is_missing(made: House, fields: dict[str, str], fault: str) -> None:
    page = on(made, f"{ONE}/submit/who", made.reader.get(f"{ONE}/submit"), **fields)
    assert page.status_code == 422
    assert f'<a href="#{fault}">' in page.text


def test_a_part_that_is_too_long_is_counted_and_one_that_is_needed_is_asked_for(made: House) -> None:
    page = made.reader.get(f"{ONE}/submit")
    page = on(made, f"{ONE}/submit/who", page, contact="Jo Marsh", email="jo@marsh.example")
    long = on(made, f"{ONE}/submit/summary", page, summary="word " * 151)
    assert "This has 151 words. Shorten it to 150" in long.text
    assert on(made, f"{ONE}/submit/summary", page, summary="").status_code == 422


@pytest.mark.parametrize("count", [6, 1])
def test_files_are_bounded_in_number_and_size(made: House, count: int) -> None:
    page = written(made)
    size = 10 if count > 1 else formats.MAX_FILE_BYTES + 1
    files = [("files", (f"{at}.txt", b"x" * size, "text/plain")) for at in range(count)]
    assert on(made, f"{ONE}/submit/send", page, files).status_code == 422
    assert made.boxes() == []


def test_what_comes_after_the_close_is_not_taken_however_long_it_was_being_written(made: House) -> None:
    page = written(made)
    be(made, DATES.closes)
    assert on(made, f"{ONE}/submit/send", page).status_code in (410, 422)
    for path in (f"{ONE}/submit", f"{ONE}/before-you-start"):
        late = made.reader.get(path)
        assert (late.status_code, "Nothing is taken in any more" in late.text) == (410, True)
    assert made.boxes() == []


def test_a_brief_that_was_taken_back_is_said_to_be(made: House) -> None:
    known = challenges.ordered(made.window.shelf.shown(made.clock()), WHICH)
    assert known is not None
    made.withdraw(known.release)
    page = made.reader.get(ONE)
    assert (page.status_code, "This challenge was withdrawn" in page.text) == (410, True)
    assert "What stands under" not in page.text
    assert made.reader.get(f"{ONE}/submit").status_code == 404


def test_the_outcome_is_told_in_two_numbers(made: House) -> None:
    be(made, "2026-10-13T12:00:00Z")
    made.order(formats.OUTCOME, WHICH, {"received": 12, "taken": 2})
    assert "Ideas received: 12. Taken forward: 2." in made.reader.get(ONE).text
    made.order(formats.OUTCOME, WHICH, {"received": 1, "taken": 2})
    assert "Ideas received" not in made.reader.get(ONE).text


def test_whoever_has_the_words_reads_his_letter_and_everybody_else_the_same_page(made: House) -> None:
    codes = ["abacus abdomen abide abiding ability ablaze able", "able ablaze ability abiding abide abdomen abacus"]
    receipt = derived(codes[0], made.window.salt, formats.PURPOSE)
    letter = Letter("ab" * 16, "feedback", "It needs more evidence.\n\nTry again.")
    table = sealed_table([Addressed(receipt.place, receipt.mailbox, letter)], "submissions")
    made.order("letters", "submissions", table.body)
    mine, other = (looked(made, each) for each in codes)
    assert "We have not taken your idea forward" in mine.text
    assert "It needs more evidence." in mine.text
    assert "There is no letter yet" in other.text
    assert mine.headers["cache-control"] == "no-store"


def test_a_look_for_a_letter_has_its_toll_and_the_words_are_kept(made: House) -> None:
    code = "abacus abdomen abide abiding ability ablaze able"
    page = made.reader.post("/challenges/reply", data={"words": code})
    assert (page.status_code, code in page.text) == (422, True)
    with crowd(formats.PURPOSE):
        page = on(made, "/challenges/reply", page, words=code)
    assert "Very many people" in page.text
    assert "There is no letter yet" in on(made, "/challenges/reply", page, words=code).text


@pytest.mark.parametrize("words", ["", "one two", "abacus abdomen abide abiding ability ablaze xyzzyq"])
def test_words_that_are_no_code_are_said_to_be_none(made: House, words: str) -> None:
    page = looked(made, words)
    assert page.status_code == 422
    assert '<a href="#words">' in page.text


@pytest.mark.parametrize("path", ["", "/question", "/submit", "/submit/who", "/before-you-start"])
def test_there_is_nothing_under_an_id_that_nobody_gave(made: House, path: str) -> None:
    page = made.reader.get(f"/challenges/nothing{path}")
    assert page.status_code == 404
    for each in ("/question", "/submit/who", "/submit/send"):
        assert made.reader.post(f"/challenges/nothing{each}", data={"words": "x"}).status_code in (404, 410)


def test_the_toll_is_asked_for_and_what_was_written_is_kept(tmp_path: Path) -> None:
    at = house(tmp_path)
    at.window = replace(at.window, tickets=Tickets(Toll(wait=60, bits=40), at.clock))
    announced(at)
    be(at, "2026-09-05T12:00:00Z")
    page = on(at, f"{ONE}/question", at.reader.get(f"{ONE}/question"), words="Must it float?")
    assert page.status_code == 422
    assert "Must it float?" in page.text
    assert at.boxes() == []
    at.clock.on(seconds=61)
    assert "We have your question" in on(at, f"{ONE}/question", page, words="Must it float?").text


def test_a_submission_is_not_opened_by_another_key(made: House) -> None:
    on(made, f"{ONE}/submit/send", written(made))
    _, sealed = formats.sealed_in(made.boxes()[0])
    with pytest.raises(Exception, match="not sealed to this key"):
        formats.submission_in(sealed, X25519PrivateKey.generate(), WHICH)


def test_a_feed_finds_a_challenge_by_its_brief_and_by_its_answers(made: House) -> None:
    known = challenges.ordered(made.window.shelf.shown(made.clock()), WHICH)
    assert known is not None
    answers = made.release("answers", ANSWERS, title="Questions and answers", embargo=DATES.answers)
    made.order(formats.ANSWERS, WHICH, {"release": answers})
    assert made.reader.get(f"/challenges/release/{known.release}").url.path == ONE
    assert made.reader.get(f"/challenges/release/{answers}").status_code == 404
    be(made, DATES.answers)
    assert made.reader.get(f"/challenges/release/{answers}").url.path == ONE


def test_the_pages_speak_german_too_and_the_brief_stays_as_it_was_released(made: House) -> None:
    page = made.reader.get(f"/de{ONE}")
    assert "Was uns fehlt" in page.text
    assert "What stands under The gap." in page.text
    assert f'href="/de{ONE}/before-you-start"' in page.text
    begun = on(made, f"/de{ONE}/submit/who", made.reader.get(f"/de{ONE}/submit"), contact="")
    assert "Geben Sie den Namen eines Menschen an" in begun.text
