"""Tests of the pages of drafts over HTTP: begun, looked at, saved, saved by two at once, told apart from the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from leconfield.gate.exposure.service import CHECKED, REFUSAL
from leconfield.gate.owning import service as owning
from leconfield.gate.owning import state as owners
from leconfield.gate.release.forms import FORMS
from leconfield.gate.release.model import State, Step
from tests.gate.desks import HANDLER, SAFE, UNSAFE, Site, at_the_gate
from tests.gate.release.rooms import AUTHOR, LABEL, now


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("drafts")
    with at_the_gate(folder) as made:
        yield made


def edited(site: Site, which: str, who: str = "ann", **fields: str) -> tuple[int, str]:
    """Send the editor's form on the state that its page shows."""
    page = site.get(who, f"/releases/{which}/edit").text
    base = re.search(r'name="base" value="([0-9a-f]+)"', page)
    assert base is not None
    saved = {name: _value(page, name) for name in ("title", "embargo", "persona", "actions", "text")}
    answer = site.post(who, f"/releases/{which}/edit", **{"base": base[1], **saved, **fields})
    return answer.status_code, answer.text


def _value(page: str, name: str) -> str:
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    field = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    found = area or field
    assert found is not None, name
    return unescape(found[1])


def look(site: Site, which: str, text: str, who: str = "ann", **fields: str) -> str:
    """The live verdict on words that are not saved."""
    empty = dict.fromkeys(("title", "embargo", "persona", "actions"), "")
    answer = site.post(who, f"/releases/{which}/look", text=text, **{"part": "yes", **empty, **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_begun_as_a_release(site: Site, form: str) -> None:
    which = site.begun(form=form)
    known = site.release(which)
    assert (known.state, known.content.form, known.label) == (State.DRAFT, form, LABEL)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"form": "sermon"}, "choose what it is"),
        ({"audience": "martians"}, "is no audience"),
        ({"label": ""}, "say who may know of it"),
        ({"label": "S&TOP"}, "hidden"),
        ({"embargo": "soon"}, "write a day or a moment"),
        ({"actions": "an arrest"}, "write"),
        ({"text": " "}, "there is no text yet"),
        ({"text": "[[one way"}, "belong in pairs"),
    ],
)
def test_what_will_not_do_is_told_and_nothing_typed_is_lost(site: Site, fields: dict[str, str], told: str) -> None:
    given = {"form": "post", "audience": "public", "label": LABEL, "title": "Typed with care", "text": SAFE, **fields}
    answer = site.post("ann", "/releases", **given)
    assert answer.status_code == 400
    assert "Typed with care" in answer.text
    if told != "hidden":
        assert told in unescape(answer.text)


def test_a_new_draft_is_for_those_alone_who_hold_what_its_author_does_unless_he_says_otherwise(site: Site) -> None:
    page = site.get("ann", "/releases/new").text
    assert _value(page, "label") == now(site.desk, AUTHOR).own_label


def test_each_sentence_bears_the_number_by_which_reasons_speak_of_it(site: Site) -> None:
    which = site.begun()
    told = look(site, which, f"{SAFE} {UNSAFE}", who="rob", title="A bakery")
    assert told.index("the title") < told.index("sentence 2") < told.index("sentence 3")


def test_a_sentence_is_shown_with_its_colour_in_words(site: Site) -> None:
    which = site.begun()
    assert "may be said" in look(site, which, SAFE)
    told = look(site, which, f"{SAFE} {UNSAFE}", who="rob")
    assert "may not be said" in told
    assert "could have known" in told
    assert SAFE in told


def test_a_live_verdict_gives_away_nothing_above_its_reader_and_is_no_act(site: Site) -> None:
    which = site.begun()
    before = len(now(site.desk, AUTHOR).entries(kind=CHECKED))
    assert "may not be said" not in look(site, which, UNSAFE)
    assert REFUSAL not in look(site, which, UNSAFE)
    assert len(now(site.desk, AUTHOR).entries(kind=CHECKED)) == before
    assert site.release(which).deeds[-1].step is Step.DRAFT


def test_the_whole_gate_answers_an_author_in_one_bit_and_words_that_never_differ(site: Site) -> None:
    which = site.begun(UNSAFE)
    site.post("ann", f"/releases/{which}/check")
    page = unescape(site.get("ann", f"/releases/{which}").text)
    assert REFUSAL in page
    assert "forklift rolled over his foot. He" not in page
    assert "AGENTS" not in page
    seen = unescape(site.get("rob", f"/releases/{which}").text)
    assert "could have known" in seen


def test_a_safer_wording_is_put_in_and_taken_out_again_without_scripts(site: Site) -> None:
    which = site.begun()
    text = f"{SAFE} {UNSAFE}"
    page = site.post("rob", f"/releases/{which}/look", text=text, title="", embargo="", persona="", actions="").text
    (drop,) = re.findall(r'name="take" value="([\d.]+)"[^>]*>Leave it out', page)
    taken = site.post(
        "rob", f"/releases/{which}/look", text=text, title="", embargo="", persona="", actions="", take=drop
    ).text
    assert _value(taken, "text").strip() == SAFE
    assert _value(taken, "before") == text
    undone = site.post(
        "rob",
        f"/releases/{which}/look",
        text=SAFE,
        before=text,
        undo="yes",
        **dict.fromkeys(("title", "embargo", "persona", "actions"), ""),
    ).text
    assert _value(undone, "text") == text


def test_what_an_owner_wrote_for_the_author_is_offered_with_his_name_and_a_refusal_is_told(site: Site) -> None:
    which = site.begun(f"{SAFE} {UNSAFE}", title="Asked of its owner")
    site.post("ann", f"/releases/{which}/check")
    said = "Asked of its owner\n\n" + f"{SAFE} {UNSAFE}"
    (case,) = (each for each in owners.cases(now(site.desk, HANDLER)) if each.text.words == said)
    number = next(
        each.number for each in owning.verdict(now(site.desk, HANDLER), case).sentences if each.text == UNSAFE
    )
    words = "The man was hurt at work once."
    owning.reword(site.desk, now(site.desk, HANDLER), case.id, number, words=words, reason="The foot names him.")
    page = unescape(site.get("ann", f"/releases/{which}/edit").text)
    assert "rob wrote for you" in page
    assert words in page
    owning.refuse(site.desk, now(site.desk, HANDLER), case.id, reason="It would name THISTLE.")
    page = unescape(site.get("ann", f"/releases/{which}/edit").text)
    assert 'class="notice amber"' in page
    assert "THISTLE" not in page


def test_saving_is_an_edit_and_voids_the_verdict(site: Site) -> None:
    which = site.begun()
    site.post("ann", f"/releases/{which}/check")
    assert site.release(which).verdict
    edited(site, which, text="We are open\r\nat night.", embargo="2027-01-02", actions="2027-01-01 a search in Hull")
    known = site.release(which)
    assert (known.state, known.verdict) == (State.DRAFT, None)
    assert known.content.embargo == "2027-01-02T00:00:00Z"
    assert known.aside.actions == ("2027-01-01 a search in Hull",)
    assert _value(site.get("ann", f"/releases/{which}/edit").text, "text") == "We are open\nat night."


def test_saving_what_is_saved_changes_nothing_and_asking_the_gate_from_the_editor_saves_first(site: Site) -> None:
    which = site.begun()
    edited(site, which)
    assert len(site.release(which).deeds) == 1
    edited(site, which, text="We are open at night.", do="check")
    assert [each.step for each in site.release(which).deeds] == [Step.DRAFT, Step.EDIT, Step.CHECK]


def test_whoever_saves_second_sees_both_and_neither_is_lost(site: Site) -> None:
    which = site.begun()
    stale = re.search(r'name="base" value="([0-9a-f]+)"', site.get("ben", f"/releases/{which}/edit").text)
    assert stale is not None
    edited(site, which, text="Ann was first.")
    status, page = edited(site, which, who="ben", base=stale[1], text="Ben was second.")
    assert status == 409
    assert "Ann was first." in page
    assert _value(page, "text") == "Ben was second."
    assert len(site.release(which).deeds) == 2
    fresh = re.search(r'name="base" value="([0-9a-f]+)"', page)
    assert fresh is not None
    assert edited(site, which, who="ben", base=fresh[1], text="Ben was second.")[0] == 200
    assert site.release(which).authors == {"ann", "ben"}


def _plain(page: str, which: str) -> str:
    """A page without the id that was asked for and the minute at which it was made."""
    return re.sub(r"\d\d:\d\d UTC", "", page.replace(which, "0" * 32))


@pytest.mark.parametrize("path", ["", "/edit", "/leaked", "/copies", "/bundle", "/files/text.txt", "/withdrawal"])
def test_a_hidden_release_is_as_if_it_had_never_been(site: Site, path: str) -> None:
    which = site.begun()
    hidden, never = (site.get("guest", f"/releases/{each}{path}") for each in (which, "0" * 32))
    assert hidden.status_code == never.status_code == 404
    assert _plain(hidden.text, which) == _plain(never.text, which)


@pytest.mark.parametrize("path", ["/edit", "/look", "/check", "/approve", "/withdraw", "/files", "/copies", "/leaked"])
def test_nothing_is_done_on_a_hidden_release(site: Site, path: str) -> None:
    which = site.begun()
    sent = {"text": SAFE, "reason": "x", "remove": "x", "recipient": "x", "base": "", "title": ""}
    answers = [site.post("guest", f"/releases/{each}{path}", **sent) for each in (which, "0" * 32)]
    assert [each.status_code for each in answers] == [404, 404]
    assert _plain(answers[0].text, which) == _plain(answers[1].text, which)
    assert len(site.release(which).deeds) == 1


def test_hostile_words_never_break_the_editor(site: Site) -> None:
    which = site.begun()
    for text in ("\x00\u202e\u200b", "[[", "<script>alert(1)</script>.", "ÿ" * 5_000, "[[a|b]] [[c|d]]. " * 50):
        told = look(site, which, text)
        assert "<script>alert" not in told
        assert edited(site, which, text=text)[0] in (200, 400)
