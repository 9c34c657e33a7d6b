"""Tests of the pages of releases over HTTP: who may do what, what is approved, files, the bundle, copies, a leak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from leconfield.gate.bundles import Key, verify
from leconfield.gate.files.papers import DOCX, PDF, fresh
from leconfield.gate.pages_releases import gathered
from leconfield.gate.release import service
from leconfield.gate.release.model import State
from leconfield.ledger.marking import Marking
from tests.gate.desks import SAFE, Site, at_the_gate
from tests.gate.files.plants import jpegs
from tests.gate.release.rooms import AUTHOR, now
from tests.gate.release.test_tracing import STORY

NAMES = ("Bern", "Oslo", "Delft")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("releases")
    with at_the_gate(folder) as made:
        yield made


def test_a_release_goes_from_draft_to_public_by_four_officers_and_its_bundle_is_verified_outside(site: Site) -> None:
    which = site.sealed()
    packed = site.get("ben", f"/releases/{which}/bundle")
    pem = site.get("eve", "/releases/seal.pem")
    assert packed.headers["content-disposition"].startswith("attachment")
    assert verify(packed.content, [Key.parse(pem.content, "seal.pem")]).files["text.txt"] == SAFE.encode()
    site.post("eve", f"/releases/{which}/publish", reason="It is time.")
    assert site.release(which).state is State.PUBLISHED
    site.post("eve", f"/releases/{which}/withdraw", reason="A number in it was wrong.")
    assert site.release(which).state is State.WITHDRAWN
    page = site.get("ann", f"/releases/{which}").text
    assert "A number in it was wrong." in page
    back = site.get("ben", f"/releases/{which}/withdrawal").content
    assert verify(back, [Key.parse(pem.content, "seal.pem")]).files == {}


def test_only_steps_that_one_may_take_are_offered_and_the_others_say_why(site: Site) -> None:
    which = site.begun()
    site.post("ann", f"/releases/{which}/check")
    author, approver = (unescape(site.get(who, f"/releases/{which}").text) for who in ("ann", "ben"))
    assert "?act=approve" not in author
    assert "nobody approves what he wrote or edited" in author
    assert "?act=approve" in approver
    press = unescape(site.get("eve", f"/releases/{which}").text)
    assert "that takes the role" in press


def test_a_step_that_may_not_be_taken_is_refused_in_words_and_changes_nothing(site: Site) -> None:
    which = site.begun()
    for who, step in (("ann", "approve"), ("ben", "seal"), ("eve", "publish"), ("ben", "refuse")):
        answer = site.post(who, f"/releases/{which}/{step}", reason="I want to.")
        assert answer.status_code == 400
        assert "Not done:" in answer.text
    assert site.post("ann", f"/releases/{which}/dance").status_code == 400
    assert len(site.release(which).deeds) == 1


def test_an_approval_of_what_was_changed_meanwhile_does_nothing_and_shows_the_new_state(site: Site) -> None:
    which = site.begun()
    site.post("ann", f"/releases/{which}/check")
    page = site.get("ben", f"/releases/{which}?act=approve").text
    shown = {name: re.findall(rf'name="{name}" value="([0-9a-f]+)"', page)[0] for name in ("content", "verdict")}
    base = re.findall(r'name="base" value="([0-9a-f]+)"', site.get("ann", f"/releases/{which}/edit").text)[0]
    site.post(
        "ann", f"/releases/{which}/edit", base=base, text="We moved.", title="", embargo="", persona="", actions=""
    )
    site.post("ann", f"/releases/{which}/check")
    answer = site.post("ben", f"/releases/{which}/approve", reason="It is sound.", **shown)
    assert answer.status_code == 400
    assert "it was changed meanwhile" in answer.text
    assert "We moved." in answer.text
    assert not site.release(which).approvals


def test_the_list_says_first_what_waits_for_its_reader(site: Site) -> None:
    which = site.begun(title="For Cas to look at")
    site.post("ann", f"/releases/{which}/check")
    site.begun(title="Ann is still at it")
    listed = site.get("cas", "/releases").text
    assert listed.index("For Cas to look at") < listed.index("Ann is still at it")
    assert "you, to approve or refuse" in listed
    assert "For Cas to look at" not in site.get("guest", "/releases").text


def test_an_embargo_holds_the_publishing_and_says_until_when(site: Site) -> None:
    which = site.begun(embargo="2031-05-01T09:00")
    site.post("ann", f"/releases/{which}/check")
    for who in ("ben", "cas"):
        site.approve(who, which)
    site.post("ben", f"/releases/{which}/seal")
    answer = site.post("eve", f"/releases/{which}/publish", reason="Now.")
    assert "it is under embargo until 2031-05-01T09:00:00Z" in answer.text
    assert site.release(which).state is State.SEALED


def test_an_embargo_that_is_over_is_told_as_over(site: Site) -> None:
    over, held = site.begun(embargo="2020-05-01T09:00"), site.begun(embargo="2031-05-01T09:00")
    assert "its embargo ended on 1 May 2020, 09:00 UTC" in site.get("ann", f"/releases/{over}").text
    assert "under embargo until 1 May 2031, 09:00 UTC" in site.get("ann", f"/releases/{held}").text


def test_who_must_act_next_is_told_in_words_and_to_whoever_it_is_himself(site: Site) -> None:
    which = site.begun()
    site.post("ann", f"/releases/{which}/check")
    author, approver = (site.get(who, f"/releases/{which}").text for who in ("ann", "ben"))
    assert "two who approve (release officer or source protection officer)" in author
    assert "It waits for you, to approve or refuse." in approver


def test_why_a_person_sent_it_back_stands_at_its_head_until_it_is_asked_about_again(site: Site) -> None:
    which = site.begun()
    site.post("ann", f"/releases/{which}/check")
    site.post("ben", f"/releases/{which}/refuse", reason="The third line is no news.")
    head, _, rest = unescape(site.get("ann", f"/releases/{which}").text).partition("What leaves")
    assert "The third line is no news." in head
    assert "The third line is no news." in rest
    site.post("ann", f"/releases/{which}/check")
    assert "no news" not in site.get("ann", f"/releases/{which}").text.partition("What leaves")[0]


def test_the_same_reason_of_several_sentences_is_told_once() -> None:
    told = [f"sentence {each}: nobody can count" for each in (1, 2, 3)]
    told += [f"sentence {each}: too soon" for each in (2, 5)] + ["sentence 4: it names somebody", "desk.jpg: a place"]
    assert list(gathered(told)) == [
        "sentences 1 to 3: nobody can count",
        "sentences 2 and 5: too soon",
        "sentence 4: it names somebody",
        "desk.jpg: a place",
    ]


@pytest.mark.parametrize(
    ("name", "held", "told"),
    [
        ("face.png", b"\x89PNG\r\n\x1a\nno picture", "it cannot be read as JPEG, PNG, WebP or GIF"),
        ("plan.docx", b"PK\x03\x04torn", "cannot be read as a Word document"),
        ("tool.exe", b"MZ\x90\xff\xfe", "this is neither text"),
    ],
)
def test_a_file_that_will_not_do_is_told_beside_the_form_that_brought_it(
    site: Site, name: str, held: bytes, told: str
) -> None:
    which = site.begun()
    answer = site.post("ann", f"/releases/{which}/files", file=(name, held), fresh="yes")
    assert answer.status_code == 400
    assert told in unescape(answer.text)
    assert SAFE in answer.text
    assert len(site.release(which).deeds) == 1


@pytest.mark.parametrize(("name", "media_type"), [("plan.docx", DOCX), ("plan.pdf", PDF)])
def test_a_paper_is_written_fresh_and_taken_out_again(site: Site, name: str, media_type: str) -> None:
    which = site.begun()
    brought = fresh(
        "A plan", "The bakery opens at six.", Marking("", (), ""), by="x", day="2026-01-01", media_type=media_type
    )
    site.post("ann", f"/releases/{which}/files", file=(name, brought), fresh="yes")
    (paper,) = (each for each in site.release(which).content.members if each.name != "text.txt")
    assert paper.media_type == media_type
    assert "plan" not in paper.name
    kept = site.get("ann", f"/releases/{which}/files/{paper.name}")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert service.files_of(now(site.desk, AUTHOR), site.release(which))[paper.name] == kept.content
    site.post("ann", f"/releases/{which}/check")
    assert site.release(which).verdict, site.release(which).told
    site.post("ann", f"/releases/{which}/files", remove=paper.name)
    assert [each.name for each in site.release(which).content.members] == ["text.txt"]


def test_a_picture_goes_by_the_page_where_it_is_boxed(site: Site) -> None:
    which = site.begun()
    answer = site.post("ann", f"/releases/{which}/files", file=("one.jpg", jpegs("somebody")["exif"]))
    assert answer.url.path.startswith(f"/releases/{which}/pictures/")
    assert [each.name for each in site.release(which).content.members] == ["text.txt"]


@pytest.mark.parametrize("held", [b"", b"\x80\x81\x82", b"PK\x03\x04 torn", b"%PDF-1.4 torn", b"\xff\xd8 torn"])
def test_a_file_that_will_not_do_is_refused_in_words(site: Site, held: bytes) -> None:
    which = site.begun()
    answer = site.post("ann", f"/releases/{which}/files", file=("a.bin", held), fresh="yes")
    assert 400 <= answer.status_code < 500
    assert len(site.release(which).deeds) == 1


def test_the_last_member_is_not_taken_out_nor_one_that_is_not_there(site: Site) -> None:
    which = site.begun()
    for name in ("text.txt", "none.pdf", "../x"):
        assert site.post("ann", f"/releases/{which}/files", remove=name).status_code == 404
    assert len(site.release(which).deeds) == 1


def test_a_leaked_part_names_the_copy_it_came_from_and_no_person(site: Site) -> None:
    which = site.sealed(STORY)
    for name in NAMES:
        site.post("ben", f"/releases/{which}/copies", recipient=name)
    assert {each.recipient for each in site.release(which).copies} == set(NAMES)
    pem = Key.parse(site.get("ann", "/releases/seal.pem").content, "seal.pem")
    copy = verify(site.get("ben", f"/releases/{which}/copies/one?for=Oslo").content, [pem]).files["text.txt"].decode()
    part = " ".join(copy.upper().replace(",", " ").split()[20:])
    page = unescape(site.post("ben", f"/releases/{which}/leaked", text=part).text)
    assert "The copy for Oslo" in page
    assert "It names a copy, not who passed it on" in page
    assert "<mark>" in page
    file = site.post("ben", f"/releases/{which}/leaked", file=("leaked.txt", part.encode()))
    assert "The copy for Oslo" in file.text


def test_a_text_that_has_nothing_to_do_with_it_names_no_copy(site: Site) -> None:
    which = site.sealed(STORY)
    site.post("ben", f"/releases/{which}/copies", recipient="Bern")
    assert "No copy is named" in site.post("ben", f"/releases/{which}/leaked", text="Something else altogether.").text
    assert site.post("ben", f"/releases/{which}/leaked", text=" ").status_code == 400


def test_a_text_with_alternatives_is_shown_with_all_of_them_and_has_no_bundle_of_its_own(site: Site) -> None:
    which = site.sealed(STORY)
    page = site.get("ann", f"/releases/{which}").text
    assert "man on the telephone" in page
    assert "nobody was hurt" in page
    assert site.get("ben", f"/releases/{which}/bundle").status_code == 403
    assert site.get("ben", f"/releases/{which}/copies/one?for=Nobody").status_code == 404


def test_nothing_is_handed_over_before_it_is_sealed(site: Site) -> None:
    which = site.begun(STORY)
    for path in ("/bundle", "/withdrawal"):
        assert site.get("ben", f"/releases/{which}{path}").status_code == 403
    assert site.post("ben", f"/releases/{which}/copies", recipient="Bern").status_code == 400
    assert not site.release(which).copies


def test_the_key_that_seals_is_made_once_and_only_its_owner_reads_it(site: Site) -> None:
    first, second = (site.get("ann", "/releases/seal.pem").content for _ in range(2))
    assert first == second
    assert b"PUBLIC KEY" in first
    assert site.desk.folder is not None
    assert (site.desk.folder / "seal" / "seal.key").stat().st_mode & 0o077 == 0


def test_on_another_day_a_release_is_shown_and_nothing_is_offered(site: Site) -> None:
    which = site.begun()
    site.post("ann", f"/releases/{which}/check")
    try:
        page = site.get("ben", f"/releases/{which}?as_of=2100-01-01").text
        assert SAFE in page
        assert "?act=" not in page
        assert site.get("ben", f"/releases/{which}/edit").status_code == 403
        assert "Begin a draft" not in site.get("ben", "/releases").text
        assert site.get("ben", f"/releases/{which}?as_of=1990-01-01").status_code == 404
    finally:
        site.get("ben", "/releases?as_of=now")


def test_a_page_of_the_list_that_is_none_is_told(site: Site) -> None:
    assert site.get("ann", "/releases?start=-1").status_code == 400
    assert site.get("ann", "/releases?start=900000").status_code == 200
