"""The officers' pages of partners' feeds: the key is shown once, and what may not be put in says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.ledger.desk import Desk
from leconfield.outreach.partners.state import partners
from tests.gate.handing.partners import house, sealed, waiting
from tests.ledger.desks import EMMA, look
from tests.outreach.house import enrolled, got, sent
from tests.outreach.partners.test_service import LIZ

BASE = "/window/partners"
KEY = re.compile(r"lp1-[A-Za-z0-9_-]{43}")


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = house()
    monkeypatch.setattr(Desk, "folder", property(lambda _: tmp_path))
    enrolled(desk, LIZ, EMMA)
    yield desk
    desk.close()


def registered(at: Desk) -> str:
    """The address of the partner's page."""
    sent(at, LIZ, BASE, 200, name="Polizei", label="S", **{"collection-answers": "yes"})
    (known,) = partners(look(at, LIZ))
    return f"{BASE}/{known.handle}"


def test_the_key_is_on_the_page_that_answers_and_on_no_other(at: Desk) -> None:
    page = sent(at, LIZ, BASE, 200, name="Polizei", label="S", **{"collection-answers": "yes"})
    assert KEY.search(page)
    (known,) = partners(look(at, LIZ))
    for address in (BASE, f"{BASE}/{known.handle}", "/window"):
        assert not KEY.search(got(at, LIZ, address))


def test_what_was_typed_is_kept_when_it_will_not_do(at: Desk) -> None:
    page = sent(at, LIZ, BASE, 400, name="Polizei", label="S")
    assert "choose what he reads" in page
    assert 'value="Polizei"' in page


def test_a_file_goes_from_waiting_into_the_feed_and_out_of_it_by_the_pages(at: Desk) -> None:
    address = registered(at)
    which = waiting(at)
    page = got(at, LIZ, address)
    assert "Not into his feed yet" in page
    assert "still a draft" in page
    assert "nothing leaves that is not sealed" in sent(
        at, LIZ, f"{address}/do/put", 400, release=which, collection="answers"
    )
    sealed(at, which)
    assert "Put it into his feed" in got(at, LIZ, address)
    sent(at, LIZ, f"{address}/do/put", release=which, collection="answers")
    page = got(at, LIZ, address)
    assert "Nothing waits." in page
    (item,) = partners(look(at, LIZ))[0].items
    assert "your reason is missing" in sent(at, LIZ, f"{address}/do/take-back", 400, item=item, reason=" ")
    sent(at, LIZ, f"{address}/do/take-back", item=item, reason="It was wrong.")
    assert "taken back" in got(at, LIZ, address)


def test_a_key_is_revoked_and_another_is_shown_once(at: Desk) -> None:
    address = registered(at)
    sent(at, LIZ, f"{address}/do/revoke", reason="He lost it.")
    page = got(at, LIZ, address)
    assert "Key revoked" in page
    assert "He lost it." in page
    assert KEY.search(sent(at, LIZ, f"{address}/do/renew", 200))
    assert "Key revoked" not in got(at, LIZ, address)


def test_who_is_not_liaison_reads_and_does_nothing(at: Desk) -> None:
    address = registered(at)
    assert "Register a partner" not in got(at, EMMA, BASE)
    for what in ("revoke", "renew", "put", "take-back"):
        assert "role" in sent(
            at, EMMA, f"{address}/do/{what}", 400, reason="x", release="x", item="x", collection="answers"
        )
    got(at, LIZ, f"{BASE}/0000000000000000", 404)
