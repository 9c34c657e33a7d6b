"""Tests of `leconfield.gate.release.judging`: words and files in one verdict, told to each as he may know it."""

from __future__ import annotations

import pytest

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import verify
from leconfield.gate.exposure.model import Check
from leconfield.gate.exposure.published import Published
from leconfield.gate.exposure.service import REFUSAL
from leconfield.gate.files.papers import DOCX, PDF, fresh
from leconfield.gate.release import judging, service
from leconfield.gate.release.judging import House
from leconfield.gate.release.model import Aside, Colour, State, Verdict
from leconfield.gate.release.state import found
from leconfield.ledger import accounts, labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.marking import Marking
from leconfield.ledger.model import Reader
from tests.gate.files.plants import jpegs, saved, scene
from tests.gate.release.rooms import AUTHOR, KEEPER, LABEL, OFFICER, SEAL, approves, house, now
from tests.ledger.desks import filed

HANDLER = Reader("rob", "Rob, agent runner", frozenset({"O", "S", "SEQUIN", "AGENTS"}))
SECRET = "Molloy. He walks with a limp since a forklift rolled over his foot."
SAFE = b"We are open at every hour.\n"
UNSAFE = b"The man limps since a forklift rolled over his foot.\n"
PAPER = Marking("OFFICIAL", (), "official")


def staffed(*, secret: str = SECRET) -> Desk:
    """A desk at which officers may sign in, with a report that not all of them may read."""
    desk, _ = house()
    for each in (AUTHOR, OFFICER, KEEPER, HANDLER):
        enrolled = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
        desk.append(accounts.KEEPER, [enrolled])
    if secret:
        filed(desk, HANDLER, secret, "S&SEQUIN&AGENTS")
    return desk


def judged(desk: Desk, files: service.Given, who: Reader = AUTHOR, **more: str) -> Verdict:
    which = service.draft(desk, now(desk, who), "post", "public", files, label=LABEL, **more)
    judging.check(desk, now(desk, who), which)
    known = found(now(desk, who), which)
    return House(desk, now(desk, who), known)(known.content, service.files_of(now(desk, who), known))


def text(words: bytes) -> service.Given:
    return {"text.txt": ("text/plain", words)}


def test_what_gives_nobody_away_passes() -> None:
    assert judged(staffed(), text(SAFE)).colour is not Colour.RED


def test_a_verdict_is_in_the_same_words_whatever_the_hidden_reason_and_whoever_asks() -> None:
    secrets = (SECRET, f"{SECRET} Gareth Pryce saw it.")
    said = {judged(staffed(secret=each), text(UNSAFE), who).digest for each in secrets for who in (AUTHOR, HANDLER)}
    assert len(said) == 1
    assert REFUSAL in judged(staffed(), text(UNSAFE)).reasons


def test_whoever_may_know_why_is_told_in_his_own_view() -> None:
    desk = staffed()
    which = service.draft(desk, now(desk, AUTHOR), "post", "public", text(UNSAFE), label=LABEL)
    reasons = {}
    for who in (AUTHOR, HANDLER):
        view = now(desk, who)
        known = found(view, which)
        told = judging.own(
            view, known.content, service.files_of(view, known), known.aside, "2026-12-01", offering=False
        )
        reasons[who.name] = {each.check for one in told.sentences for each in one.reasons}
    assert Check.KNOWERS in reasons["rob"]
    assert Check.KNOWERS not in reasons["ann"]


def test_planned_actions_are_judged_and_an_edit_of_them_alone_voids_the_verdict() -> None:
    desk = staffed()
    which = service.draft(desk, now(desk, AUTHOR), "post", "public", text(SAFE), label=LABEL)
    assert judging.check(desk, now(desk, AUTHOR), which).state is State.CHECKED
    aside = Aside("", ("2026-12-02 the man who limps since a forklift rolled over his foot is arrested",))
    changed = service.edit(desk, now(desk, AUTHOR), which, text(SAFE), aside=aside)
    assert (changed.state, changed.verdict, changed.aside) == (State.DRAFT, None, aside)
    with pytest.raises(RefusedError, match="nothing has changed"):
        service.edit(desk, now(desk, AUTHOR), which, text(SAFE))


@pytest.mark.parametrize("action", ["an arrest", "2026 an arrest", "2026-05-01", "2026-02-30 an arrest"])
def test_an_action_without_a_day_is_sent_back(action: str) -> None:
    desk = staffed(secret="")
    with pytest.raises(BadInputError):
        service.draft(desk, now(desk, AUTHOR), "post", "public", text(SAFE), label=LABEL, aside=Aside("", (action,)))


@pytest.mark.parametrize(
    ("label", "held"), [("A&B", "AB"), ("A&(B|C)", "A"), ("(A&B)|(A&C)", "A"), ("A|B", ""), ("", "")]
)
def test_a_verdict_says_what_all_may_know_who_may_know_of_the_release(label: str, held: str) -> None:
    assert judging.demanded(labels.parse(label)) == frozenset(held)


@pytest.mark.parametrize(
    ("media_type", "held"),
    [
        ("image/jpeg", jpegs("somebody")["exif"]),
        ("image/jpeg", jpegs("HEATHER")["behind the end"]),
        ("application/zip", b"PK\x03\x04"),
        (PDF, b"%PDF-1.4 torn"),
        (DOCX, b"PK\x03\x04 torn"),
    ],
)
def test_what_is_left_behind_in_a_file_is_red(media_type: str, held: bytes) -> None:
    files = {**text(SAFE), "one.bin": (media_type, held)}
    assert judged(staffed(), files).colour is Colour.RED


@pytest.mark.parametrize("media_type", [PDF, DOCX])
def test_a_paper_is_judged_by_its_words(media_type: str) -> None:
    desk = staffed()
    for words, red in ((SAFE, False), (UNSAFE, True)):
        held = fresh("A story", words.decode(), PAPER, by="The press office", day="2026-12-01", media_type=media_type)
        verdict = judged(desk, {"paper.bin": (media_type, held)}, HANDLER)
        assert (verdict.colour is Colour.RED) == red, verdict.reasons


def test_a_clean_picture_passes_and_a_title_is_judged() -> None:
    from leconfield.gate.files.pictures import cleaned

    files = {**text(SAFE), "one.jpg": ("image/jpeg", cleaned(saved(scene(), "PNG")))}
    assert judged(staffed(), files).colour is not Colour.RED
    assert judged(staffed(), files, HANDLER, title="With HEATHER").colour is Colour.RED


def test_what_is_sealed_counts_as_said_from_then_on() -> None:
    desk = staffed()
    which = service.draft(
        desk, now(desk, AUTHOR), "post", "public", text(b"[[We are|We stay]] open at all hours.\n"), label=LABEL
    )
    judging.check(desk, now(desk, AUTHOR), which)
    for each in (OFFICER, KEEPER):
        approves(desk, each, which)
    assert not now(desk, OFFICER).derived(Published).texts
    judging.seal(desk, now(desk, AUTHOR), which)
    (said,) = now(desk, OFFICER).derived(Published).texts
    assert "We are open" in said.words
    assert "We stay open" in said.words
    assert verify(service.copy(desk, now(desk, OFFICER), which, "Bern", [SEAL]), [SEAL.public]).files


def test_a_report_that_comes_in_after_the_approval_stops_the_seal() -> None:
    desk = staffed(secret="")
    which = service.draft(desk, now(desk, AUTHOR), "post", "public", text(UNSAFE), label=LABEL)
    judging.check(desk, now(desk, AUTHOR), which)
    if found(now(desk, AUTHOR), which).state is State.CHECKED:
        for each in (OFFICER, KEEPER):
            approves(desk, each, which)
    filed(desk, HANDLER, SECRET, "S&SEQUIN&AGENTS")
    with pytest.raises(RefusedError, match="decide anew"):
        judging.seal(desk, now(desk, AUTHOR), which)
    assert found(now(desk, AUTHOR), which).state is State.DRAFT
    assert not now(desk, OFFICER).derived(Published).texts
