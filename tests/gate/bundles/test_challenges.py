"""What crosses of a challenge: dates that can be kept, briefs in their parts, submissions sealed until the close."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import challenges
from leconfield.gate.bundles.boxes import Box, Enclosed, opened, seal
from leconfield.gate.bundles.challenges import PARTS, SECTIONS, Challenge, Dates, Stage, Submission
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.telling import blocks

DATES = Dates(
    opens="2026-09-01T09:00:00Z",
    briefing="2026-09-04T10:00:00Z",
    questions_until="2026-09-08T17:00:00Z",
    answers="2026-09-11T09:00:00Z",
    closes="2026-09-28T17:00:00Z",
    pitch="2026-10-08T09:00:00Z",
    decision="2026-10-12T09:00:00Z",
)
KEY = X25519PrivateKey.from_private_bytes(b"\x31" * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()
GIVEN = Challenge("quiet-harbour", "cd" * 16, DATES, PUBLIC)
BRIEF = "\n\n".join(f"## {heading}\n\nWhat stands under {heading}." for heading in SECTIONS.values())


def at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def submission(**more: object) -> Submission:
    made = Submission(
        "quiet-harbour",
        "Marsh Acoustics",
        "Jo Marsh",
        "jo@marsh.example",
        {each: f"What we say of {each}." for each in PARTS},
        "ab" * 32,
        "cd" * 32,
        (Enclosed("plan.pdf", "application/pdf", b"%PDF-"),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_order_is_read_back() -> None:
    made = replace(GIVEN, limits={**PARTS, "summary": 99}, files=0)
    assert challenges.challenge_in(Order("challenge", made.id, 1, challenges.body_of(made))) == made


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        ("2026-09-01T08:59:59Z", Stage.AHEAD),
        ("2026-09-01T09:00:00Z", Stage.ASKING),
        ("2026-09-08T16:59:59Z", Stage.ASKING),
        ("2026-09-08T17:00:00Z", Stage.OPEN),
        ("2026-09-28T16:59:59Z", Stage.OPEN),
        ("2026-09-28T17:00:00Z", Stage.CLOSED),
        ("2026-10-12T09:00:00Z", Stage.OVER),
    ],
)
def test_a_stage_begins_at_its_instant(moment: str, stage: Stage) -> None:
    assert DATES.stage(at(moment)) is stage


@settings(deadline=None)
@given(st.timedeltas(timedelta(0), timedelta(days=90)), st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_stage_never_goes_back(since: timedelta, later: timedelta) -> None:
    order, moment = list(Stage), datetime(2026, 8, 1, tzinfo=UTC) + since
    one, two = (DATES.stage(each) for each in (moment, moment + later))
    assert order.index(one) <= order.index(two)


def test_milestones_come_in_the_order_of_time_and_leave_out_what_there_is_not() -> None:
    names = [name for name, _ in replace(DATES, briefing="").milestones()]
    assert names == ["opens", "questions_until", "answers", "closes", "pitch", "decision"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"opens": "2026-09-01"}, "opens"),
        ({"opens": ""}, "opens"),
        ({"opens": "2026-09-31T09:00:00Z"}, "opens"),
        ({"questions_until": "2026-08-01T09:00:00Z"}, "questions until comes after opens"),
        ({"answers": "2026-09-08T17:00:00Z"}, "answers comes after"),
        ({"answers": "2026-09-24T17:00:00Z"}, "at least 5 days"),
        ({"opens": "2026-09-08T09:00:00Z", "closes": "2026-09-20T17:00:00Z", "briefing": ""}, "14 days"),
        ({"decision": "2026-09-28T17:00:00Z"}, "decision comes after closes"),
        ({"briefing": "2026-08-01T10:00:00Z"}, "the briefing"),
        ({"pitch": "2026-10-13T10:00:00Z"}, "the pitch day"),
    ],
)
def test_dates_that_nobody_could_keep_are_refused(change: dict[str, str], words: str) -> None:
    assert words in challenges.fault_in_dates(replace(DATES, **change))


def test_sound_dates_have_no_fault() -> None:
    assert challenges.fault_in_dates(DATES) == ""


@pytest.mark.parametrize(
    "change",
    [{"release": "x"}, {"key": "ab"}, {"files": 6}, {"files": True}, {"limits": {}}, {"limits": {**PARTS, "team": 0}}],
)
def test_an_order_that_says_what_cannot_be_is_refused(change: dict[str, object]) -> None:
    body = {**challenges.body_of(GIVEN), **change}
    with pytest.raises(DamagedError):
        challenges.challenge_in(Order("challenge", "quiet-harbour", 1, body))


def test_a_brief_is_read_in_its_parts() -> None:
    parts = challenges.parts_of_brief(blocks(BRIEF))
    assert list(parts) == list(SECTIONS)
    assert all(parts.values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BRIEF.replace("## The gap", "## Our trouble"), "no part of a brief"),
        (BRIEF + "\n\n## The gap\n\nAgain.", "twice"),
        ("Words before.\n\n" + BRIEF, "begin the brief"),
        (BRIEF.replace("What stands under The gap.", ""), "nothing stands under"),
        (BRIEF[: BRIEF.index("## How we decide")], "is missing"),
    ],
)
def test_a_brief_that_lacks_something_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        challenges.parts_of_brief(blocks(text))


def test_a_question_says_nothing_of_who_asks() -> None:
    made = challenges.question_box("quiet-harbour", "  Must it float?  ", "2026-09-02")
    assert challenges.question_in(made) == ("quiet-harbour", "Must it float?")
    assert set(made.fields) == {"challenge", "words"}


@pytest.mark.parametrize("words", ["", "   ", "word " * 151])
def test_a_question_has_words_and_not_too_many(words: str) -> None:
    assert challenges.fault_in_question(words)
    with pytest.raises(DamagedError):
        challenges.question_in(challenges.question_box("quiet-harbour", words, "2026-09-02"))


def test_a_submission_is_opened_by_the_key_of_its_challenge() -> None:
    box = challenges.seal_submission(submission(), PUBLIC, "2026-09-20")
    challenge, sealed = challenges.sealed_in(box)
    assert challenge == "quiet-harbour"
    assert challenges.submission_in(sealed, KEY, "quiet-harbour") == submission()


def test_the_desk_s_own_key_opens_the_outer_box_and_finds_no_word_in_it() -> None:
    desk = X25519PrivateKey.generate()
    box = challenges.seal_submission(submission(), PUBLIC, "2026-09-20")
    found = opened(seal(box, [desk.public_key()]), desk)
    assert found.fields == {"challenge": "quiet-harbour"}
    assert b"Marsh" not in found.files[0].held
    with pytest.raises(RefusedError):
        challenges.submission_in(found.files[0].held, desk, "quiet-harbour")


def test_a_submission_for_one_challenge_is_not_taken_for_another() -> None:
    _, sealed = challenges.sealed_in(challenges.seal_submission(submission(), PUBLIC, "2026-09-20"))
    with pytest.raises(DamagedError, match="another challenge"):
        challenges.submission_in(sealed, KEY, "loud-harbour")


@pytest.mark.parametrize(
    "box",
    [
        Box("submission", "2026-09-20", {"challenge": "quiet-harbour"}),
        Box("submission", "2026-09-20", {"challenge": "../x"}, (Enclosed("a", "b/c", b""),)),
        Box("tip", "2026-09-20", {"challenge": "quiet-harbour"}, (Enclosed("a", "b/c", b""),)),
    ],
)
def test_a_box_that_is_no_submission_is_refused(box: Box) -> None:
    with pytest.raises(DamagedError):
        challenges.sealed_in(box)


def test_the_files_of_a_submission_fit_into_a_box_when_they_are_as_large_as_is_allowed() -> None:
    large = Enclosed("plan.pdf", "application/pdf", b"\x00" * challenges.MAX_FILE_BYTES)
    box = challenges.seal_submission(submission(files=(large,)), PUBLIC, "2026-09-20")
    assert seal(box, [KEY.public_key()])
