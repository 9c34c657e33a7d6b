"""The key's answers for what is to leave the house hold through the real gate."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from tools.draw_staff import drawn

from leconfield.demo import read_case
from leconfield.demo.outside import REFUSED, Judged, LeakedCopy, Released, Spoken
from leconfield.demo.pictures import picture
from leconfield.demo.turning_up import turned_up
from leconfield.desk.evidence import CaseFiles
from leconfield.desk.evidence.model import MG6C
from leconfield.errors import BadInputError
from leconfield.gate.exposure import checking
from leconfield.gate.exposure.model import Text, Verdict, gravity
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.exposure.service import REFUSAL, gate_reader
from leconfield.gate.handing import court
from leconfield.gate.mosaic import service as mosaic
from leconfield.gate.mosaic.model import read_register
from leconfield.gate.release import service
from leconfield.gate.release.codes import ONE_IN
from leconfield.gate.release.model import Release, State
from leconfield.gate.release.state import releases
from leconfield.ledger.model import Question
from leconfield.ledger.view import View
from tests.demo.filled import AFTER, case, filled, seen
from tests.examples.sequin import FOLDER

EXPECTED = case().expected.outside
SINGLE = [each for each in EXPECTED.judged if len(each.sentences) == 1]
JOINT = [each for each in EXPECTED.judged if len(each.sentences) > 1]
TWICE = """
[[act]]
at = "2026-07-05T09:00"
by = "nell"
act = "draft release"
release = "A patient man"
form = "story"
audience = "public"
label = "O&PRESSROOM"
text = "Ellis is patient."
"""
Change = Callable[[dict[str, list[dict[str, object]]]], object]


def checked(view: View, words: str, persona: str = "") -> Verdict:
    profile = shipped()
    text = Text(words, AFTER.date().isoformat(), persona=persona)
    return checking.check(view.world, text, profile, profile.audience("public"), offering=False)


def of_the_gate() -> View:
    desk = filled()[0]
    return desk.view(gate_reader(desk), asking=Question("answer key"))


def words_of(expected: Judged) -> str:
    return " ".join(case().sentences[each] for each in expected.sentences)


def released(view: View, title: str) -> Release:
    (found,) = [each for each in releases(view).by_id.values() if each.content.title == title]
    return found


def test_there_are_twelve_sentences_five_safe_four_of_one_source_and_three_unsafe_only_together() -> None:
    joint = {each for one in JOINT for each in one.sentences}
    alone = [each for each in SINGLE if each.sentences[0] not in joint]
    assert len(case().sentences) == 12
    assert [each.colour for each in alone].count("green") == 5
    assert [each.source for each in alone if each.colour == "red"] == ["SAXIFRAGE", "THISTLE", "HEATHER", "BRAMBLE"]
    assert len(joint) == 3
    assert {each.colour for each in SINGLE if each.sentences[0] in joint} == {"green"}
    assert [each.colour for each in JOINT] == ["green", "green", "green", "red"]


@pytest.mark.parametrize("expected", EXPECTED.judged, ids=lambda each: "+".join(each.sentences))
def test_the_gate_says_of_each_sentence_what_the_key_does(expected: Judged) -> None:
    verdict = checked(of_the_gate(), words_of(expected))
    assert verdict.colour == expected.colour
    reasons = [reason for each in verdict.sentences for reason in each.reasons]
    if expected.check:
        mine = [each.words for each in reasons if each.check.value == expected.check]
        assert any(expected.source in each for each in mine), reasons


@pytest.mark.parametrize("expected", SINGLE, ids=lambda each: each.sentences[0])
def test_each_sentence_is_matched_to_the_report_it_was_made_of(expected: Judged) -> None:
    (verdict,) = checked(of_the_gate(), words_of(expected)).sentences
    wanted = case().report(expected.rests_on).reference
    assert wanted in [each.reference for each in verdict.grounds]


@pytest.mark.parametrize("expected", EXPECTED.judged, ids=lambda each: "+".join(each.sentences))
def test_an_author_is_told_what_follows_from_his_own_view_and_one_thing_besides(expected: Judged) -> None:
    whole = checked(of_the_gate(), words_of(expected)).colour
    for user, colour, refused in expected.told:
        own = checked(seen(user), words_of(expected)).colour
        assert own == colour, user
        assert (gravity(whole) > gravity(own)) == (refused == REFUSED), user


def test_a_sentence_that_is_safe_is_so_because_somebody_wrote_down_who_could_have_known_it() -> None:
    for name in ("fractions", "timings", "barometer", "allotments", "cats"):
        (verdict,) = checked(of_the_gate(), case().sentences[name]).sentences
        assert verdict.knowers is not None, name
        assert verdict.knowers >= shipped().k


def test_no_sentence_names_anybody_it_could_burn() -> None:
    people = [word for each in case().registrations if each.schema == "Person" for word in each.name.split()]
    codes = [each.code for each in case().sources]
    for words in case().sentences.values():
        assert not set(words.replace(",", " ").replace(".", " ").split()) & {*people, *codes}, words


def test_the_staff_register_has_four_hundred_people_and_the_tool_draws_just_these() -> None:
    kept = (FOLDER / "staff.csv").read_text(encoding="utf-8")
    assert len(read_register(kept).members) == 400
    assert drawn() == kept


def test_each_saying_of_a_persona_leaves_fewer_who_fit() -> None:
    left = [counted.k for _, counted in mosaic.history(seen("maud"), "Ellis")]
    assert left == sorted(left, reverse=True)
    assert left[-1] > 2 * shipped().k


@pytest.mark.parametrize("expected", EXPECTED.spoken, ids=lambda each: each.persona)
def test_a_further_sentence_leaves_of_those_who_fit_what_the_key_says(expected: Spoken) -> None:
    view = seen(expected.user)
    (effect,) = mosaic.effects(view, expected.persona, expected.words, AFTER.date().isoformat())
    assert (effect.before.k, effect.after.k) == (expected.fits, expected.leaves)
    assert checked(of_the_gate(), expected.words, expected.persona).colour == expected.colour


@pytest.mark.parametrize("expected", EXPECTED.released, ids=lambda each: each.release)
def test_each_release_stands_as_the_key_says(expected: Released) -> None:
    found = released(seen(expected.user), expected.release)
    assert found.state == expected.state
    assert found.told is not None
    assert found.told.colour == expected.colour
    assert (found.told.reasons == (REFUSAL,)) == expected.hidden


def test_releases_stand_in_every_state_but_approved() -> None:
    assert {each.state for each in EXPECTED.released} == set(State) - {State.APPROVED}
    assert {each.about for each in case().deeds if each.kind in ("draft release", "prepare schedule")} == {
        each.release for each in EXPECTED.released
    }


def test_nothing_of_the_press_room_is_seen_by_whoever_stands_outside_it() -> None:
    for user in ("emma", "karina", "rob"):
        view = seen(user)
        assert not [each for each in view.entries() if "PRESSROOM" in each.label]
        assert "A patient man" not in {each.content.title for each in releases(view).by_id.values()}


@pytest.mark.parametrize("expected", EXPECTED.leaked, ids=lambda each: each.recipient)
def test_the_text_that_turned_up_names_one_copy_and_no_other(expected: LeakedCopy) -> None:
    view = seen(expected.user)
    text = turned_up(view, expected, FOLDER)
    found = service.leaked(view, released(view, expected.release).id, text)
    assert [each.recipient for each in found.matches if each.named(ONE_IN)] == [expected.recipient]
    assert len(found.matches) == 6
    assert "[[" not in text


def test_the_schedule_was_served_as_it_was_sealed_and_names_nothing_of_an_agents() -> None:
    view = seen("emma")
    release = released(view, "Schedule in R v A and others")
    ((_, file),) = view.derived(CaseFiles).by_id.items()
    (issue,) = file.issues
    assert (issue.schedule, issue.release, len(issue.rows)) == (MG6C, release.id, 3)
    assert {digest for _, digest in issue.files} == {each.digest for each in release.content.members}
    assert court.given_out(filled()[0], view, release.id, "csv").count(b"newspaper page") == 3
    assert [each.sensitive for each in file.assessments] == [False, False, False, True]
    assert file.waiting(MG6C) is None


def test_each_picture_has_metadata_as_taken_and_the_one_with_boxes_has_none() -> None:
    for name in ("street.jpg", "desk.jpg", "group.jpg"):
        exif = Image.open(io.BytesIO(picture(FOLDER, name, "test"))).getexif()
        assert exif[ExifTags.Base.Artist]
        assert exif.get_ifd(ExifTags.IFD.GPSInfo)
    view = seen("nell")
    (boxed,) = service.files_of(view, released(view, "A street in the north")).values()
    after = Image.open(io.BytesIO(boxed))
    assert not after.getexif()
    assert b"Obscura" not in boxed
    assert after.convert("RGB").getpixel((402, 363)) == pytest.approx((0, 0, 0), abs=8), "the plate is under a box"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "case")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("releases.toml", 'report = "140"', 'report = "999"', 'there is no report "999"'),
        ("releases.toml", "the five who were asked|5", "the five who were asked|many", 'people: .*"many" is no number'),
        ("releases.toml", 'by = "maud"', 'by = "nell"', "nell may not read what is under"),
        ("releases.toml", 'at = "2026-06-30T14:10"', 'at = "2026-03-01T14:10"', '"140" came in on'),
        ("releases.toml", 'file = "staff.csv"', 'file = "nobody.csv"', r"nobody\.csv is missing"),
        ("releases.toml", "group.jpg", "crowd.jpg", 'there is no picture "crowd.jpg"'),
        ("releases.toml", "street.jpg 346 342 112 42", "street.jpg 346 342 112", "is no box"),
        ("releases.toml", "[[goes missing|is stolen]]", "[[goes missing]]", "alternatives"),
        ("releases.toml", "# For the court", f"{TWICE}\n# For the court", "drafted before"),
        ("releases.toml", 'form = "answer"', 'form = "song"', 'form "song" stands nowhere'),
        ("releases.toml", 'audience = "partner"', 'audience = "street"', 'audience "street" stands nowhere'),
        ("releases.toml", 'on = "2025-11-16"', 'on = "2025-11-36"', "on: "),
        ("releases.toml", 'label = "O&PRESSROOM"', 'label = "O&PERSONAS"', "nell may not read what is under"),
        ("releases.toml", 'of = "The dock"', "", "of is missing"),
        ("court.toml", 'report = "012"', 'report = "999"', 'report "999" stands nowhere'),
        ("court.toml", 'reports = """\n002', 'reports = """\n998', 'report "998" stands nowhere'),
        ("court.toml", 'case = "The dock"\nheading', 'case = "The pier"\nheading', 'write "open case" first'),
        ("sentences.toml", 'id = "malt"', 'id = "ship"', "two sentences have one id"),
        ("sentences.toml", 'id = "malt"', "", '"id" must be text'),
        ("sentences.toml", "[[sentence]]", "[[sentence]", r"sentences\.toml"),
        ("leaked.txt", "[[goes missing|is stolen]]", "[[is lost|is gone|is away]]", "not those of the release"),
    ],
)
def test_a_fault_in_what_was_let_out_is_refused_and_named(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        read_case(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda gate: gate["judged"][0].update(sentences=["nothing"]), 'sentence "nothing" stands nowhere'),
        (lambda gate: gate["judged"][0].update(rests_on="999"), 'report "999" stands nowhere'),
        (lambda gate: gate["judged"][0].update(colour="blue"), 'colour "blue" stands nowhere'),
        (lambda gate: gate["judged"][0].update(told=[["edna", "green", ""]]), 'officer "edna" stands nowhere'),
        (lambda gate: gate["judged"][0].update(told=[["emma", "green", "no"]]), 'told "no" stands nowhere'),
        (lambda gate: gate["spoken"][0].update(fits="many"), '"fits" must be a whole number'),
        (lambda gate: gate["released"][0].update(release="A dream"), 'release "A dream" stands nowhere'),
        (lambda gate: gate["released"][0].update(state="lost"), 'state "lost" stands nowhere'),
        (lambda gate: gate["leaked"][0].update(file="nothing.txt"), r"nothing\.txt is missing"),
    ],
)
def test_a_key_that_asks_of_the_gate_what_cannot_be_is_refused(folder: Path, change: Change, message: str) -> None:
    path = folder / "key.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found["gate"])
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        read_case(folder)


def test_a_copy_that_nobody_made_cannot_have_turned_up() -> None:
    with pytest.raises(BadInputError, match="nobody made a copy"):
        turned_up(seen("emma"), EXPECTED.leaked[0], FOLDER)
