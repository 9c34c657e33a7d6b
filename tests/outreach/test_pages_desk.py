"""Tests of the frame of the editor's desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.ledger.desk import Desk
from leconfield.outreach.orders import issue
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, PLAIN, enrolled, got, kept


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with kept(tmp_path / "desk") as made:
        enrolled(made, EDITOR, PLAIN)
        yield made


def test_every_page_says_so_while_everything_is_stopped(desk: Desk) -> None:
    assert "Everything is stopped" not in got(desk, EDITOR, "/window")
    issue(desk, look(desk, EDITOR), "stop", "all", {"on": 1}, "O&PRESSROOM")
    assert "Everything is stopped" in got(desk, EDITOR, "/window")
    assert "Everything is stopped" in got(desk, EDITOR, "/window/crossing")
    assert "Everything is stopped" not in got(desk, PLAIN, "/window")
