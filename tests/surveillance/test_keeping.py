"""Tests of words and pictures of bystanders: sealed for a while, gone from every file afterwards, the log whole."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from leconfield.errors import DamagedError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.surveillance import rules
from leconfield.surveillance.evidence import as_json, check
from leconfield.surveillance.keeping import says_of
from leconfield.surveillance.papers import faults
from leconfield.surveillance.pictures import content_of, matches, picture, receive
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, Hands
from tests.e2e.watched import PNG
from tests.ledger.desks import look
from tests.surveillance.logs import lines, operation, planned, prepared

WORDS = "Mrs Quillfeather holds his arm"
PLACE = "the Zanzibar bakery"


def on_disk(folder: Path) -> tuple[Desk, Hands, str]:
    """A desk in a folder with one line about a bystander, shown by a picture."""
    hands = Hands()
    desk = Desk.create(folder, hands)
    which = prepared(desk, hands)
    digest = sha256(PNG).hexdigest()
    written = lines(hands, which, 1, collateral=True, seen=WORDS, place=PLACE, pictures=(digest,))
    plain = lines(hands, which, 1, after=written[0], seen="He goes home alone.")
    assert take(desk, look(desk, APPLICANT), which, [*written, *plain]).kept == 2
    receive(desk, look(desk, APPLICANT), which, PNG)
    return desk, hands, which


def found_in(folder: Path, *sought: bytes) -> list[str]:
    """The files of a desk that hold any of these bytes."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each.name for each in files if any(one in each.read_bytes() for one in sought)]


def test_words_about_bystanders_are_in_no_file_and_seals_verify_before_and_after(tmp_path: Path) -> None:
    desk, hands, _ = on_disk(tmp_path / "desk")
    sought = (WORDS.encode(), PLACE.encode(), PNG, b64encode(PNG), WORDS[:9].encode())
    assert found_in(tmp_path, b"He goes home alone.")
    for shown in (True, False):
        view, known = look(desk, APPLICANT), operation(desk)
        first, second = rules.in_order(known.lines)
        says = says_of(desk, first, view.moment)
        assert (says is not None and says.seen == WORDS) is shown
        assert says_of(desk, second, view.moment) is not None
        assert found_in(tmp_path, *sought) == []
        assert faults(known) == ()
        assert check(as_json(view, known)).faults == ()
        assert desk.verify().faults == ()
        hands.move(days=29)
    assert desk.vault.perish() == 2
    desk.close()


def test_once_the_time_is_over_a_clock_set_back_brings_nothing_back(tmp_path: Path) -> None:
    desk, hands, which = on_disk(tmp_path / "desk")
    hands.move(days=29)
    take(desk, look(desk, APPLICANT), which, lines(hands, which, 1, "d2"))
    hands.move(days=-28)
    first = rules.in_order(operation(desk).lines)[0]
    assert says_of(desk, first, stamp(hands.at)) is None
    desk.close()


def test_what_comes_after_its_time_is_never_kept(tmp_path: Path) -> None:
    desk, hands, which = planned()
    late = lines(hands, which, 1, collateral=True, seen=WORDS)
    hands.move(days=40)
    assert take(desk, look(desk, APPLICANT), which, late).kept == 1
    (line,) = operation(desk).lines
    assert (line.kept, says_of(desk, line, stamp(hands.at))) == ("", None)
    assert faults(operation(desk)) == ()


def test_a_picture_of_bystanders_lasts_as_long_as_their_lines(tmp_path: Path) -> None:
    desk, hands, which = on_disk(tmp_path / "desk")
    (shown,) = operation(desk).pictures.values()
    known, same = picture(look(desk, APPLICANT), which, shown.entry)
    assert same == shown
    assert shown.shortly
    assert content_of(desk, look(desk, APPLICANT), known, shown) == PNG
    hands.move(days=29)
    assert content_of(desk, look(desk, APPLICANT), known, shown) is None
    with pytest.raises(RefusedError, match="no line of this operation shows"):
        receive(desk, look(desk, APPLICANT), which, PNG + b"\n")
    desk.close()


def test_a_picture_that_was_changed_on_the_disk_is_not_given_out(tmp_path: Path) -> None:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    which = prepared(desk, hands)
    digest = sha256(PNG).hexdigest()
    take(desk, look(desk, APPLICANT), which, lines(hands, which, 1, pictures=(digest,)))
    entry = receive(desk, look(desk, APPLICANT), which, PNG)
    assert receive(desk, look(desk, APPLICANT), which, PNG) == entry
    known, shown = picture(look(desk, APPLICANT), which, entry)
    found = content_of(desk, look(desk, APPLICANT), known, shown)
    assert found is not None
    assert matches(found, shown)
    assert not matches(found + b"x", shown)
    (tmp_path / "desk" / "files" / digest[:2] / digest).write_bytes(b"another")
    with pytest.raises(DamagedError, match="not what was kept"):
        content_of(desk, look(desk, APPLICANT), known, shown)
    desk.close()
