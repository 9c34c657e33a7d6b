"""Tests of corrections, withdrawals and the orders that tie them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.release import sealing, service
from leconfield.gate.release.model import State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.outreach import mending
from leconfield.outreach.mending import How
from leconfield.outreach.orders import newest
from leconfield.outreach.tying import tie
from tests.gate.release.rooms import KEEPER, OFFICER, Gate, approves
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, kept, published


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with kept(tmp_path / "desk") as made:
        yield made


def let_go(desk: Desk, which: EntryId) -> None:
    """The draft passes the gate, is approved by two and published."""
    service.check(desk, look(desk, OFFICER), which, Gate())
    approves(desk, OFFICER, which)
    approves(desk, KEEPER, which)
    service.seal(desk, look(desk, OFFICER), which, Gate())
    service.take(desk, look(desk, OFFICER), which, Step.PUBLISH, reason="Now.")


def ordered(desk: Desk, kind: str, which: EntryId) -> dict[str, object] | None:
    told = newest(look(desk, EDITOR), kind, sealing.public_id(desk, which))
    return dict(told.order.body) if told else None


def test_a_correction_is_told_of_when_it_is_out_and_not_before(desk: Desk) -> None:
    story = published(desk, form="story", title="A bakery")
    made = mending.begin(desk, look(desk, EDITOR), story, How.CORRECTION, "It was a mill, not a bakery.")
    assert found(look(desk, EDITOR), made).content.title == "Correction: A bakery"
    tie(desk, look(desk, EDITOR))
    assert ordered(desk, "correction", story) is None
    let_go(desk, made)
    tie(desk, look(desk, EDITOR))
    assert ordered(desk, "correction", story) == {"by": sealing.public_id(desk, made)}
    assert tie(desk, look(desk, EDITOR)) == 0


def test_the_last_correction_that_is_out_is_the_one_that_is_told_of(desk: Desk) -> None:
    story = published(desk, form="story")
    first, second = (
        mending.begin(desk, look(desk, EDITOR), story, How.CORRECTION, words) for words in ("A mill.", "A forge.")
    )
    let_go(desk, second)
    let_go(desk, first)
    tie(desk, look(desk, EDITOR))
    assert ordered(desk, "correction", story) == {"by": sealing.public_id(desk, second)}


def test_what_is_withdrawn_bears_the_day_and_later_a_notice(desk: Desk) -> None:
    story = published(desk, form="story", title="A bakery")
    tie(desk, look(desk, EDITOR))
    assert ordered(desk, "release", story) == {"day": "2026-03-02"}
    notice = mending.withdraw(desk, look(desk, EDITOR), story, "It names a man.", "It named somebody who had no part.")
    assert found(look(desk, EDITOR), story).state is State.WITHDRAWN
    assert notice is not None
    tie(desk, look(desk, EDITOR))
    assert ordered(desk, "withdrawal-notice", story) == {"by": "", "day": "2026-03-02"}
    let_go(desk, notice)
    tie(desk, look(desk, EDITOR))
    assert ordered(desk, "withdrawal-notice", story) == {"by": sealing.public_id(desk, notice), "day": "2026-03-02"}


def test_words_that_are_no_blocks_are_refused_before_anything_is_withdrawn(desk: Desk) -> None:
    story = published(desk, form="story")
    with pytest.raises(BadInputError, match="picture"):
        mending.withdraw(desk, look(desk, EDITOR), story, "Wrong.", "!no picture")
    assert found(look(desk, EDITOR), story).state is State.PUBLISHED


@pytest.mark.parametrize(
    ("publish", "audience", "how", "words"),
    [
        (True, "partner", How.CORRECTION, "not left for everybody"),
        (True, "public", How.NOTICE, "withdraw it first"),
    ],
)
def test_only_what_is_out_is_corrected_and_only_what_is_back_is_given_a_notice(
    desk: Desk, publish: bool, audience: str, how: How, words: str
) -> None:
    which = published(desk, audience=audience, publish=publish)
    with pytest.raises(RefusedError, match=words):
        mending.begin(desk, look(desk, EDITOR), which, how, "Something else.")


def test_what_is_withdrawn_is_not_corrected(desk: Desk) -> None:
    which = published(desk)
    assert mending.withdraw(desk, look(desk, EDITOR), which, "Wrong.", "") is None
    with pytest.raises(RefusedError, match="notice"):
        mending.begin(desk, look(desk, EDITOR), which, How.CORRECTION, "It was a mill.")
