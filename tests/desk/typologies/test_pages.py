"""The pages: an officer writes a version, back-tests it, puts it in force, and sees whom it raises and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from leconfield import app
from leconfield.desk.typologies.catalogue import shipped
from leconfield.desk.typologies.service import next_text
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.desk.typologies.test_backtest import told
from tests.ledger.desks import ROB, START, desk
from tests.noninterference.pages import Browser, prepared

NETWORK = next(each for each in shipped() if each.typology.id == "attack-planning-network")
HERE = f"/typologies/{NETWORK.typology.id}"


@pytest.fixture
def rob() -> Iterator[Browser]:
    with prepared():
        at = desk()
        at.append(accounts.KEEPER, [accounts.enrolling("rob", ROB.persona, "a long password", ROB.tokens, ROB.roles)])
        _story(at)
        yield Browser(app.site(at), "rob")


def _story(at: Desk) -> None:
    told(at, START - timedelta(days=16), "Ray Cassell bought detonators.", ("Ray Cassell",))
    told(at, START - timedelta(days=8), "Ray Cassell has a rifle and means to attack the lock.", ("Ray Cassell",))


def shown(browser: Browser, address: str) -> str:
    status, _, body = browser.get(address)
    assert status == 200, body.decode()
    return body.decode()


def test_whom_a_typology_raises_is_one_click_from_why_and_two_from_the_report(rob: Browser) -> None:
    listed = shown(rob, "/typologies")
    assert "Ray Cassell" in listed
    url = listed.partition(f'data-url="{HERE}/subjects/')[2].partition('"')[0]
    why = shown(rob, f"{HERE}/subjects/{url}")
    assert "Got hold of explosives" in why
    assert "/reports/" in why
    assert "Above the threshold" in why


def test_a_version_is_written_back_tested_and_put_in_force_with_a_reason(rob: Browser) -> None:
    text = next_text(NETWORK.text, 2).replace("threshold = 5.0", "threshold = 19.0", 1)
    status, _, body = rob.post("/typologies", {"text": text, "reason": "", "label": "S"})
    assert (status, "your reason is missing" in body.decode()) == (400, True)
    status, headers, _ = rob.post("/typologies", {"text": text, "reason": "it cries wolf", "label": "S"})
    address = dict(headers)[b"location"].decode()
    assert (status, "not in force" in shown(rob, address)) == (303, True)
    version = address.partition("version=")[2]
    assert "What it would have been worth" in shown(rob, f"{HERE}/back-test?run=yes&version={version}")
    rob.post(f"{HERE}/in-force", {"version": version, "reason": "back-tested", "label": "S"})
    assert "back-tested" in shown(rob, HERE)
    assert f"{HERE}/subjects/" not in shown(rob, "/typologies")
    assert "19 bits" in shown(rob, f"{HERE}/compare")


def test_a_long_back_test_goes_on_by_itself_until_it_is_done(rob: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leconfield.desk.typologies.pages_backtest.STEP", 1)
    seen = []
    for _ in range(9):
        status, headers, body = rob.get(f"{HERE}/back-test?run=yes")
        seen.append(dict(headers).get(b"refresh"))
        assert status == 200
        if seen[-1] is None:
            break
    assert "What it would have been worth" in body.decode()
    assert seen[0] == b"0"
