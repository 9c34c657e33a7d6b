"""Tests of who may see a picture, what is taken for one, and who is said to have looked."""

from __future__ import annotations

from hashlib import sha256

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.surveillance.pictures import LOOKED, MOST, looks_at, media_of, picture, receive
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT
from tests.e2e.watched import PNG
from tests.ledger.desks import NOBODY, look
from tests.surveillance.logs import lines, operation, planned

PEER = Reader("hal", "Hal, driver", APPLICANT.tokens)
WIDER = Reader("ivy", "Ivy, of another team, too", APPLICANT.tokens | {"HEATHER"})


def pictured() -> tuple[Desk, str, str]:
    """A desk with one picture; the ids of operation and picture."""
    desk, hands, which = planned()
    take(desk, look(desk, APPLICANT), which, lines(hands, which, 1, pictures=(sha256(PNG).hexdigest(),)))
    hands.move(minutes=1)
    return desk, which, receive(desk, look(desk, APPLICANT), which, PNG)


def test_a_picture_that_no_line_shows_is_refused() -> None:
    desk, which, _ = pictured()
    with pytest.raises(RefusedError, match="send the line first"):
        receive(desk, look(desk, APPLICANT), which, PNG + b"\n")


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"%PDF-1.7", b"<svg onload=alert(1)>", b"RIFF1234WAVE", b"\x89PNG"]
)
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadInputError, match="JPEG, PNG or WebP"):
        media_of(content)
    with pytest.raises(BadInputError, match="12 MB"):
        media_of(b"\xff\xd8\xff" + bytes(MOST))


def test_hidden_and_never_been_are_refused_in_the_same_words() -> None:
    desk, which, entry = pictured()
    said = set()
    for one, other in ((which, entry), ("0" * 32, entry)):
        with pytest.raises(NotFoundError) as caught:
            picture(look(desk, NOBODY), one, other)
        said.add(str(caught.value))
    assert len(said) == 1
    with pytest.raises(NotFoundError, match="no such picture"):
        picture(look(desk, APPLICANT), which, "0" * 32)


def test_looks_are_told_of_oneself_and_of_those_who_held_no_more() -> None:
    desk, which, entry = pictured()
    for each in (APPLICANT, PEER, WIDER):
        desk.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, "a long password", each.tokens, ())])
    for each in (APPLICANT, PEER, WIDER, PEER):
        desk.view(each, asking=Question(LOOKED, entry))
    _, shown = picture(look(desk, APPLICANT), which, entry)
    assert [each.by for each in looks_at(desk, look(desk, APPLICANT), shown)] == ["gwen", "hal", "hal"]
    assert [each.by for each in looks_at(desk, look(desk, WIDER), shown)] == ["gwen", "hal", "ivy", "hal"]
    assert operation(desk).pictures[shown.digest] == shown
