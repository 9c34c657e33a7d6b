"""The pages of triage, as an officer meets them without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from leconfield import app
from leconfield.desk.investigations import service as investigations
from leconfield.desk.leads import service
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.desk.leads.builders import decided, titles, told
from tests.ledger.desks import EMMA, ROB, desk, look
from tests.noninterference.pages import Browser, prepared


class House:
    """A desk with two reports, and Emma before it."""

    def __init__(self) -> None:
        self.desk: Desk = desk()
        for each in (ROB, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
            self.desk.append(accounts.KEEPER, [draft])
        self.first = told(self.desk, "Ray Cassell was at the quay.", names=["Ray Cassell"], source="HEATHER")
        self.second = told(self.desk, "A torch at the lorry park.", source="KESTREL")
        self.browser = Browser(app.site(self.desk), "emma")

    def get(self, address: str) -> str:
        status, _, body = self.browser.get(address)
        assert status == 200, body.decode()
        return body.decode()

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        status, headers, body = self.browser.post(path, fields)
        return status, dict(headers).get(b"location", b"").decode(), body.decode()


@pytest.fixture
def house() -> Iterator[House]:
    with prepared():
        yield House()


def test_the_queue_shows_one_item_to_decide_on_and_what_else_waits(house: House) -> None:
    page = house.get(f"/leads?item={house.second}")
    assert "2 items" in page
    assert f'name="item" value="{house.second}"' in page
    assert 'data-key="r"' in page


def test_after_a_decision_the_next_item_is_shown(house: House) -> None:
    fields = {"item": house.first, "decision": "reject", "reason": "heard it before", "next": house.second}
    status, onward, _ = house.post("/leads/triage", **fields)
    assert (status, onward) == (303, f"/leads?next={house.second}")
    assert f'name="item" value="{house.second}"' in house.get(onward)
    house.post("/leads/undo")
    assert len(titles(house.desk, EMMA)) == 2


def test_what_was_typed_is_kept_where_something_is_wrong_with_it(house: House) -> None:
    fields = {"item": house.first, "decision": "pass", "reason": "it is theirs", "to": ""}
    status, _, page = house.post("/leads/triage", **fields)
    assert status == 400
    assert "whom it goes to is missing" in page
    assert 'value="it is theirs"' in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("source=KESTREL", ["A torch at the lorry park."]),
        ("whose=rob&label=S", ["A torch at the lorry park.", "Ray Cassell was at the quay."]),
        ("label=O", []),
        ("age=hour&order=oldest", ["A torch at the lorry park.", "Ray Cassell was at the quay."]),
    ],
)
def test_the_queue_is_filtered_by_what_items_bear(house: House, query: str, shown: list[str]) -> None:
    page = house.get(f"/leads?{query}")
    assert [each for each in titles(house.desk) if f'dir="auto">{each}</a>' in page] == shown


def test_an_item_that_nobody_has_ever_seen_is_not_found(house: House) -> None:
    assert house.browser.get(f"/leads?item={'f' * 32}")[0] == 404


def test_the_hand_over_tells_what_came_was_decided_waits_and_is_due(house: House) -> None:
    decided(house.desk, house.first, "trace", by=EMMA, reason="known, nothing more to do")
    lead = decided(house.desk, house.second, "lead", by=EMMA).lead
    view = look(house.desk, EMMA)
    due = (house.desk.clock() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    service.set_step(house.desk, view, lead, step="ring the port", due=due)
    case = investigations.open_investigation(house.desk, view, title="Lantern", reason="a rope", label="S")
    told(house.desk, "A van at the quay.")
    page = house.get("/leads/hand-over")
    for words in ("ring the port", "3 reports, 1 of them undecided", "known, nothing more to do", "A van at the quay."):
        assert words in page
    assert case not in page


def test_what_was_decided_is_listed_with_the_answers_and_can_be_taken_back_there(house: House) -> None:
    decided(house.desk, house.first, "trace", by=EMMA)
    page = house.get("/leads/decided?by=emma&decision=trace")
    assert "<b>Ray Cassell</b>: " in page
    decision = page.rpartition('name="decision" value="')[2].partition('"')[0]
    status, onward, _ = house.post("/leads/undo", decision=decision, onward="/leads/decided")
    assert (status, onward) == (303, "/leads/decided")
    assert "taken back" in house.get(onward)


def test_a_part_is_scored_on_its_page_and_the_next_one_follows(house: House) -> None:
    lead = decided(house.desk, house.first, "lead", by=EMMA).lead
    fields = {"part": "impact", "points": "3", "reason": "a port", "go": "next", "following": "likelihood"}
    status, onward, _ = house.post(f"/leads/{lead}/score", **fields)
    assert (status, onward) == (303, f"/leads/{lead}/score?part=likelihood")
    status, _, page = house.post(f"/leads/{lead}/score", part="likelihood", points="", reason="soon")
    assert (status, "choose a score" in page, 'value="soon"' in page) == (400, True, True)
    assert "3 of 40 points" in house.get(f"/leads/{lead}")


def test_nothing_can_be_decided_where_the_page_shows_the_past(house: House) -> None:
    page = house.get("/leads?as_of=2026-03-02")
    assert "2 items" in page
    assert 'action="/leads/triage"' not in page
