"""Careers without scripts: roles, an application from its first page to its last, and coming back by seven words."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.letters import KIND as LETTERS
from leconfield.gate.bundles.letters import Addressed, Letter, sealed_table
from leconfield.gate.bundles.vacancies import (
    APPLICATION,
    CHOICES,
    EQUALITY,
    WITHDRAWAL,
    Equality,
    application_in,
    equality_in,
    fault_in_application,
    revocation_of,
    token_in,
)
from leconfield.window import applying
from leconfield.window.codes import derived
from leconfield.window.equality import leaving_by
from leconfield.window.language import speaker
from leconfield.window.site import pages_applying, pages_careers
from leconfield.window.site.pages_applying import waiting_of
from leconfield.window.tickets import WORK
from tests.window.careers import FILLED, ID, TITLE, VACANCY, WORDS, Applicant, open_vacancy
from tests.window.houses import House, crowd, house

TODAY = date(2026, 11, 23)


@pytest.fixture
def place(tmp_path):
    made = house(tmp_path)
    open_vacancy(made)
    return made


@pytest.fixture
def ada(place):
    return Applicant(place.reader)


def sent(ada: Applicant, **equality: str) -> Applicant:
    """The last pages: check, equality, send."""
    ada.sends()
    assert ada.heading == "Equality questions"
    ada.sends(**{f"equality.{name}": words for name, words in equality.items()})
    return ada.sends()


def test_roles_stand_by_whether_one_can_apply(place, ada):
    ahead = replace(VACANCY, id="cook", opens=datetime(2026, 12, 1, tzinfo=UTC))
    closed = replace(VACANCY, id="diver", closes=datetime(2026, 11, 20, tzinfo=UTC))
    open_vacancy(place, ahead, title="Cook")
    open_vacancy(place, closed, title="Diver")
    page = ada.goes("/careers").page
    places = [page.index(each) for each in ("can apply for", TITLE, "Opening soon", "Cook", "deciding on", "Diver")]
    assert places == sorted(places)
    assert "Closes on 14 December 2026 at 12:00 UTC" in page


def test_a_role_opens_and_closes_at_its_instant_though_pages_are_kept(place, ada):
    place.clock.at = VACANCY.opens - timedelta(seconds=1)
    assert "You can apply from" in ada.goes(f"/careers/{ID}").page
    place.clock.on(seconds=1)
    assert "Apply for this role" in ada.goes(f"/careers/{ID}").page
    place.clock.at = VACANCY.closes
    assert "This role has closed" in ada.goes(f"/careers/{ID}").page
    assert "Before you start" not in ada.goes(f"/careers/{ID}/apply").page


def test_a_role_says_what_the_work_is_like_and_what_is_asked(ada):
    page = ada.goes(f"/careers/{ID}").page
    assert "What draws you to work" in page
    assert "(250 words at most)" in page
    assert "by 18 January 2027" in page
    assert "oranges" not in page
    assert "call that went out in time" in ada.goes(f"/careers/{ID}/work").page


def test_a_vacancy_whose_words_do_not_fit_its_order_is_not_shown(place, ada):
    open_vacancy(place, replace(VACANCY, id="cook"), WORDS.replace("* Tell us of a time", "Tell us of a time"), "Cook")
    assert "Cook" not in ada.goes("/careers").page
    assert ada.goes("/careers/cook").status == 404


@pytest.mark.parametrize(
    ("answers", "heading", "words"),
    [
        (("yes", "yes", "yes"), "You can apply", "Start an application"),
        (("yes", "unsure", "yes"), "You can very likely apply", "You understand one language"),
        (("no", "unsure", "yes"), "Not for now", "Come back when you are 18"),
    ],
)
def test_whether_one_can_apply_is_told_in_plain_words_and_not_kept(place, ada, answers, heading, words):
    before = files(place)
    ada.goes(f"/careers/{ID}/can-i-apply").sends(**{f"condition-{at}": each for at, each in enumerate(answers)})
    assert ada.heading == heading
    assert words in ada.page
    assert files(place) == before


def test_what_was_not_chosen_is_asked_again_with_what_was_chosen_kept(ada):
    ada.goes(f"/careers/{ID}/can-i-apply").sends(**{"condition-0": "yes"})
    assert ada.status == 422
    assert 'href="#condition-1"' in ada.page
    assert re.search(r'id="condition-0"[^>]*value="yes"[^>]*checked', ada.page)


def test_an_application_goes_in_as_a_sealed_box_that_only_the_inside_opens(place, ada):
    ada.fills_in()
    assert ada.heading == "Check your answers"
    sent(ada)
    assert ada.heading == "Your application is on its way"
    (box,) = place.boxes()
    made = application_in(box.fields)
    assert (box.kind, box.day) == (APPLICATION, "2026-11-23")
    assert fault_in_application(made, VACANCY) == ""
    assert {f"answer.{each}": words for each, words in made.answers.items()} == {
        name: words for name, words in FILLED.items() if name.startswith("answer.")
    }
    keys = applying.keys_of(derived(ada.code(), place.window.salt, applying.PURPOSE))
    assert (made.place, made.key) == (keys.letters.place, keys.letters.mailbox.hex())
    assert made.revocation == revocation_of(keys.token)


def test_sending_twice_by_mistake_sends_the_same_box(place, ada):
    ada.fills_in().sends()
    ada.sends(**{"equality.age": "25-34"})
    before = ada.page
    code = ada.sends().code()
    ada.page = before
    assert "may be sent once" in ada.sends().page or ada.status == 422
    assert ada.sends().code() == code
    assert len({box.id for box in place.boxes()}) == 1
    assert waiting(place) == 1


def test_assessors_see_what_the_applicant_was_shown(place, ada):
    ada.goes(f"/careers/{ID}/apply").sends().sends(go="to-name")
    for name, words in list(FILLED.items())[:-1]:
        ada.sends(**{name: words})
    assert ada.heading == "What assessors will see"
    assert "[name]" in ada.page
    assert "[school]" in ada.page
    assert "Anchor Chandlery" in ada.page
    ada.sends(go="preview", hidden="Anchor Chandlery")
    assert "Anchor Chandlery" not in ada.page.split("<textarea")[0]
    shown = re.findall(r'<div class="as-seen kept-lines">(.*?)</div>', ada.page, re.DOTALL)
    told = applying.seen_by_assessors(VACANCY, FILLED)
    plain = [re.sub(r'<span class="govuk-visually-hidden">.*?</span>|<[^>]+>', "", each) for each in shown]
    assert [each.replace("&#39;", "'") for each in plain] == [each.text for each in told.values()]


def test_answers_with_too_many_words_are_told_so_and_kept(ada):
    ada.goes(f"/careers/{ID}/apply").sends().sends(go="to-answer.motive")
    ada.sends(**{"answer.motive": "word " * 251})
    assert ada.status == 422
    assert "251 words and may have 250" in ada.page
    assert 'href="#answer.motive"' in ada.page
    assert "word word word" in ada.page
    ada.sends(go="tasks")
    assert "Needs a change" in ada.page


def test_nothing_can_be_sent_before_all_is_done(place, ada):
    ada.goes(f"/careers/{ID}/apply").sends().sends(go="check")
    assert ada.status == 422
    assert ada.page.count("Not done yet") == 7
    action_skipped = ada.reader.post(f"/careers/{ID}/apply/send", data={})
    assert action_skipped.status_code == 422
    assert not place.boxes()


def test_what_is_optional_may_be_left_empty(place, ada):
    ada.fills_in({**FILLED, "contact": "", "adjustments": "", "hidden": ""})
    sent(ada)
    assert len(place.boxes()) == 1


def test_one_goes_back_and_changes_an_answer(place, ada):
    ada.fills_in().sends(go="to-answer.motive")
    assert "I like to listen" in ada.page
    ada.sends(**{"answer.motive": "I like to read."})
    assert ada.heading == "Check your answers"
    sent(ada)
    assert application_in(place.boxes()[0].fields).answers["motive"] == "I like to read."


# Saving and coming back


def saved(ada: Applicant) -> str:
    ada.goes(f"/careers/{ID}/apply").sends().sends(go="to-name").sends(name="Ada Quill")
    ada.sends(go="save", contact="after six").sends()
    return ada.code()


def test_seven_words_bring_back_what_was_saved(place, ada):
    code = saved(ada)
    later = Applicant(place.reader)
    later.goes("/careers/come-back").sends(code=code.upper().replace(" ", "-"))
    assert later.heading == "Your application"
    later.sends(go="to-contact")
    assert "after six" in later.page


def test_what_is_written_after_coming_back_is_kept_without_asking_again(place, ada):
    code = saved(ada)
    ada.goes("/careers/come-back").sends(code=code).sends(go="to-adjustments").sends(adjustments="A ramp")
    ada.goes("/careers/come-back").sends(code=code).sends(go="to-adjustments")
    assert "A ramp" in ada.page
    assert rows(place, "drafts.db", "draft") == 1


def test_a_draft_is_deleted_when_it_is_sent_and_its_words_open_the_mailbox(place, ada):
    code = saved(ada)
    ada.goes("/careers/come-back").sends(code=code).sends(go="to-contact")
    for name, words in list(FILLED.items())[1:]:
        ada.sends(**{name: words})
    sent(ada)
    assert "seven words that you already have" in ada.page
    assert rows(place, "drafts.db", "draft") == 0
    keys = applying.keys_of(derived(code, place.window.salt, applying.PURPOSE))
    assert application_in(place.boxes()[0].fields).place == keys.letters.place
    assert "Nothing that is unfinished" in ada.goes("/careers/come-back").sends(code=code).page


def test_a_draft_is_gone_after_sixty_days_also_if_nobody_comes(place, ada):
    code = saved(ada)
    open_vacancy(place, replace(VACANCY, id="cook", closes=VACANCY.closes + timedelta(days=365)), title="Cook")
    place.clock.on(days=60)
    assert "has closed" in ada.goes("/careers/come-back").sends(code=code).page
    place.clock.on(days=1)
    assert "Nothing that is unfinished" in ada.goes("/careers/come-back").sends(code=code).page
    pages_careers.TICK(place.window)
    assert rows(place, "drafts.db", "draft") == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter all seven words"),
        ("abacus abdomen", "Enter all seven words"),
        ("abacos abdomen abdominal abide abiding ability ablaze", "Did you mean “abacus”"),
        ("zzzzzzzz abdomen abdominal abide abiding ability ablaze", "is not one of our words"),
        ("abacus abdomen abdominal abide abiding ability ablaze", "Nothing that is unfinished"),
    ],
)
def test_words_that_open_nothing_are_told_so(ada, typed, words):
    assert words in ada.goes("/careers/come-back").sends(code=typed).page
    assert ada.status == 422


def test_the_store_of_drafts_holds_no_plain_words_and_no_code(place, ada):
    code = saved(ada)
    held = b"".join(files(place).values())
    for each in ("Ada Quill", "after six", *map(" ".join, pairwise(code.split()))):
        assert each.encode() not in held


def test_a_page_that_was_open_over_a_restart_gives_back_what_was_typed(place, ada, tmp_path):
    ada.goes(f"/careers/{ID}/apply").sends().sends(go="to-answer.motive")
    again = house(tmp_path / "again")
    open_vacancy(again)
    ada.reader = again.reader
    ada.sends(**{"answer.motive": "An hour's work"})
    assert ada.status == 410
    assert "An hour&#39;s work" in ada.page


def test_what_cannot_be_kept_is_told_and_nothing_of_it_is_lost(place, ada):
    code = saved(ada)
    ada.goes("/careers/come-back").sends(code=code).sends(go="to-answer.motive")
    ada.sends(go="save", **{"answer.motive": "a" * 270_000})
    assert ada.status == 422
    assert "We could not keep this" in ada.page
    ada.sends(go="to-answer.motive")
    assert "a" * 270_000 in ada.page


# Withdrawing


def test_seven_words_withdraw_an_application_and_what_the_window_knows_does_not(place, ada):
    code = sent(ada.fills_in()).code()
    ada.goes("/careers/withdraw").sends(code=code)
    assert ada.heading == "Done"
    application, withdrawal = sorted(place.boxes(), key=lambda box: box.kind)
    assert (application.kind, withdrawal.kind) == (APPLICATION, WITHDRAWAL)
    assert revocation_of(token_in(withdrawal.fields)) == application_in(application.fields).revocation
    assert token_in(withdrawal.fields) != application_in(application.fields).place


def test_withdrawing_answers_the_same_for_words_that_nobody_has(place, ada):
    code = sent(ada.fills_in()).code()
    known = ada.goes("/careers/withdraw").sends(code=code).page
    unknown = ada.goes("/careers/withdraw").sends(code="abacus abdomen abdominal abide abiding ability ablaze").page
    assert known == unknown


@pytest.mark.parametrize("path", ["come-back", "withdraw", "letters"])
def test_in_a_crowd_whoever_comes_with_his_words_is_asked_again_and_has_paid_nothing(place, ada, path):
    code = "abacus abdomen abdominal abide abiding ability ablaze"
    with crowd(applying.PURPOSE):
        ada.goes(f"/careers/{path}").sends(code=code)
        assert "Very many people" in ada.page
    ada.sends(code=code)
    assert "Very many people" not in ada.page
    assert ada.heading in ("Done", "No letter for you yet", "Come back to your application")


def test_no_words_are_worked_out_before_an_application_has_paid_its_toll(place, ada, monkeypatch):
    worked = []
    real = pages_applying.derived
    monkeypatch.setattr(pages_applying, "derived", lambda *told: (worked.append(told), real(*told))[1])
    ada.fills_in().sends().sends(go="skip")
    with crowd(applying.PURPOSE):
        ada.sends()
        assert "Very many people" in ada.page
    assert not worked
    code = ada.sends().code()
    assert [told[0] for told in worked] == [code]


def test_who_saves_at_the_very_end_is_given_one_code_and_it_is_that_of_his_application(place, ada):
    ada.fills_in().sends().sends(go="skip").sends(go="check").sends(go="save").sends()
    code = ada.code()
    ada.sends(go="check").sends().sends(go="skip").sends()
    assert ada.heading == "Your application is on its way"
    assert 'class="code-words"' not in ada.page
    (box,) = place.boxes()
    assert application_in(box.fields).place == derived(code, place.window.salt, applying.PURPOSE).place


# Equality


def test_equality_answers_wait_sealed_however_many_lie_together(place, ada):
    queue = waiting_of(place.window)
    for _ in range(9):
        queue.add(Equality(ID, answers={"age": "25-34"}), leaving_by(VACANCY.closes.date(), TODAY))
    sent(ada.fills_in(), age="16-24")
    assert waiting(place) == 10
    assert {box.kind for box in place.boxes()} == {APPLICATION}


def test_equality_answers_leave_a_week_after_the_closing(place, ada):
    sent(ada.fills_in(), age="25-34")
    place.clock.at = VACANCY.closes + timedelta(days=6)
    pages_careers.TICK(place.window)
    assert waiting(place) == 1
    place.clock.on(days=1)
    pages_careers.TICK(place.window)
    assert waiting(place) == 0
    assert sorted(box.kind for box in place.boxes()) == [APPLICATION, EQUALITY]


def test_no_answers_for_equality_leave_nothing(place, ada):
    ada.fills_in().sends().sends(go="skip", **{"equality.age": "25-34"}).sends()
    assert ada.heading == "Your application is on its way"
    assert waiting(place) == 0


def test_only_choices_that_are_offered_are_taken(place, ada):
    sent(ada.fills_in(), age="17", sex="<script>", religion="none")
    place.clock.at = VACANCY.closes + timedelta(days=8)
    pages_careers.TICK(place.window)
    (box,) = [box for box in place.boxes() if box.kind == EQUALITY]
    assert equality_in(box.fields).answers == {"religion": "none"}


def test_who_comes_further_is_asked_anew_and_his_answers_wait_too(place, ada):
    place.clock.at = datetime(2027, 2, 1, 12, tzinfo=UTC)
    ada.goes(f"/careers/{ID}/equality/invited").sends(**{"equality.age": "55-64"})
    assert ada.heading == "Thank you"
    pages_careers.TICK(place.window)
    assert waiting(place) == 1
    assert ada.goes(f"/careers/{ID}/equality/applied").status == 404


def test_nobody_is_asked_anew_before_the_closing(place, ada):
    form = {"equality.age": "25-34"}
    place.clock.at = VACANCY.closes - timedelta(seconds=1)
    assert ada.goes(f"/careers/{ID}/equality/invited").status == 404
    assert place.reader.post(f"/careers/{ID}/equality/invited", data=form).status_code == 404
    place.clock.at = VACANCY.closes
    assert ada.goes(f"/careers/{ID}/equality/invited").status == 200


def test_every_choice_has_its_words():
    say = speaker("en")
    for name, its in CHOICES.items():
        assert say(f"careers.equality.{name}.legend")
        assert all(say(f"careers.equality.{name}.{each}") for each in its)


# Hostile hands


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=300), go=st.sampled_from(["", "to-name", "to-x", "check", "save", "back", "preview"]))
def test_whatever_is_typed_is_answered_and_comes_out_as_text(place, words, go):
    ada = Applicant(place.reader)
    ada.goes(f"/careers/{ID}/apply").sends().sends(go="to-answer.motive")
    ada.sends(go=go, **{"answer.motive": f"<script>{words}", "name": words})
    assert ada.status in (200, 422)
    assert "<script>" not in ada.page.replace('<script type="module"', "")


def test_what_is_carried_cannot_be_made_up_or_taken_to_another_vacancy(place, ada):
    open_vacancy(place, replace(VACANCY, id="cook"), title="Cook")
    ada.goes(f"/careers/{ID}/apply").sends()
    carried = re.search(r'name="carried" value="([^"]+)"', ada.page)[1]
    for path, value in (("cook", carried), (ID, carried[:-4] + "AAAA"), (ID, "ö"), (ID, "gAAAA")):
        answer = ada.reader.post(f"/careers/{path}/apply/tasks", data={"carried": value})
        assert answer.status_code == 410
    assert ada.reader.post(f"/careers/{ID}/apply/answer.nothing", data={"carried": carried}).status_code == 404
    assert "Before you start" in ada.goes(f"/careers/{ID}/apply/tasks").page


def test_no_page_that_is_filled_in_stays_in_a_browser_or_tells_where_one_came_from(place, ada):
    ada.fills_in()
    answer = ada.reader.post(f"/careers/{ID}/apply/tasks", data={})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "Exit this page" in answer.text
    assert 'type="file"' not in "".join(ada.seen)


def files(place: House) -> dict[str, bytes]:
    """Every file of the window's folder but its configuration, keys and what came from the inside."""
    store, out = place.folder / "store", place.folder / "spool" / "out"
    return {each.name: each.read_bytes() for root in (store, out) if root.is_dir() for each in sorted(root.iterdir())}


def rows(place: House, file: str, table: str) -> int:
    with sqlite3.connect(place.window.store(file)) as connection:
        (count,) = connection.execute(f"select count(*) from {table}").fetchone()
    return int(count)


def waiting(place: House) -> int:
    return rows(place, "equality.db", "waiting") if place.window.store("equality.db").exists() else 0


def test_the_quarter_after_is_the_day_by_which_late_answers_leave():
    closes = date(2026, 12, 14)
    days = {
        date(2026, 12, 1): date(2026, 12, 21),
        date(2026, 12, 31): date(2027, 1, 1),
        date(2027, 2, 3): date(2027, 4, 1),
    }
    assert {today: leaving_by(closes, today) for today in days} == days


# Letters


def letter_to(place: House, code: str, words: str) -> None:
    keys = applying.keys_of(derived(code, place.window.salt, applying.PURPOSE))
    made = Addressed(keys.letters.place, keys.letters.mailbox, Letter("a1" * 16, "invitation", words))
    place.order(LETTERS, "applications", sealed_table([made], "applications").body)


def test_a_letter_lies_under_the_words_of_its_applicant_and_nobody_elses(place, ada):
    code = sent(ada.fills_in()).code()
    letter_to(
        place, code, f"We go on.\n\n## Your answers\n\n* Good (5 of 7)\n\nSee /careers/{ID}/equality/invited now.\n"
    )
    ada.goes("/careers/letters").sends(code=code)
    assert ada.heading == "A letter for you"
    assert "<li>Good (5 of 7)</li>" in ada.page
    assert f'href="/careers/{ID}/equality/invited"' in ada.page
    ada.goes("/careers/letters").sends(code="abacus abdomen abdominal abide abiding ability ablaze")
    assert ada.heading == "No letter for you yet"


def test_a_letter_that_is_not_written_as_ours_are_is_shown_as_it_stands(place, ada):
    code = sent(ada.fills_in()).code()
    letter_to(place, code, "* one\nbroken <list>")
    assert "broken &lt;list&gt;" in ada.goes("/careers/letters").sends(code=code).page


@pytest.mark.parametrize("path", ["letters", "come-back", "withdraw"])
def test_words_are_worked_on_only_against_a_toll_and_kept_when_it_is_not_paid(place, ada, monkeypatch, path):
    code = saved(ada)
    place.window.tickets.toll = replace(place.window.tickets.toll, wait=10)
    monkeypatch.setattr("leconfield.window.codes.hash_secret_raw", None)
    ada.goes(f"/careers/{path}").sends(code=code, **{WORK: ""})
    assert ada.status == 422
    assert code in ada.page
    assert "seconds" in ada.page


def test_no_file_of_the_window_holds_a_word_of_what_was_typed_nor_the_code(place, ada):
    code = saved(ada)
    ada.goes("/careers/come-back").sends(code=code).sends(go="to-contact")
    for name, words in list(FILLED.items())[1:]:
        ada.sends(**{name: words})
    sent(ada, religion="buddhist", age="65-or-over")
    ada.goes("/careers/letters").sends(code=code)
    ada.goes("/careers/withdraw").sends(code=code)
    held = {each: each.read_bytes() for each in place.folder.rglob("*") if each.is_file()}
    told = [
        *FILLED.values(),
        "Ada Quill",
        "tide tables",
        "buddhist",
        "65-or-over",
        *map(" ".join, pairwise(code.split())),
    ]
    assert len(place.boxes()) == 2
    assert not [(each, file.name) for each in told for file, raw in held.items() if each.encode() in raw]


def test_the_whole_way_is_there_in_german_too(place, ada):
    ada.goes(f"/de/careers/{ID}/can-i-apply").sends(**{f"condition-{at}": "yes" for at in range(2)})
    assert 'lang="de"' in ada.page
    assert ada.status == 422
    ada.goes(f"/de/careers/{ID}/apply").sends().sends(go="to-name")
    for name, words in FILLED.items():
        ada.sends(**{name: words})
    sent_in_german = ada.sends().sends(go="skip").sends()
    assert len(place.boxes()) == 1
    assert "Your" not in sent_in_german.page.split("<main")[1].split("</main")[0]
