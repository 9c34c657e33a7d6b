"""The pages: what an officer decides on a subject of interest, and what he is shown of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leconfield import app
from leconfield.ledger import accounts
from tests.desk.interest.circles import Circle
from tests.ledger.desks import EMMA, ROB
from tests.noninterference.pages import Answer, Browser, Fields, prepared


@pytest.fixture
def circle() -> Iterator[Circle]:
    with prepared():
        made = Circle()
        for each in (ROB, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
            made.desk.append(accounts.KEEPER, [draft])
        yield made


class Seat:
    """Somebody who signs in anew each time: weeks go by between two looks."""

    def __init__(self, circle: Circle, name: str) -> None:
        self._site = app.site(circle.desk)
        self._name = name

    def get(self, address: str) -> Answer:
        return Browser(self._site, self._name).get(address)

    def post(self, address: str, fields: Fields) -> Answer:
        return Browser(self._site, self._name).post(address, fields)


def shown(seat: Seat, address: str) -> str:
    status, _, body = seat.get(address)
    assert status == 200, body.decode()
    return body.decode()


def test_a_subject_is_opened_closed_and_seen_to_come_back(circle: Circle) -> None:
    rob = Seat(circle, "rob")
    ray = circle.person("ray", "Ray Cassell")
    circle.person("ada", "Ada Brook")
    assert "Make it one" in shown(rob, f"/subjects/{ray}")
    given = {"tier": "2", "reason": "meets people at night", "review": "2026-09-01", "label": "S"}
    assert rob.post(f"/interest/{ray}/open", given)[0] == 303
    assert "Subject of interest, open" in shown(rob, f"/subjects/{ray}")
    closing = {"reason": "nothing came of it", "risk": "low", "residual": "may go back to it", "review": "2026-09-01"}
    assert rob.post(f"/interest/{ray}/close", closing)[0] == 303
    assert "Nothing new has touched the file" in shown(rob, f"/interest/{ray}")
    circle.report("Ada Brook gave Ray Cassell a shotgun.", ("ada", "met", "ray"))
    assert "The file has changed since" in shown(rob, f"/subjects/{ray}")
    page = shown(rob, f"/interest/{ray}")
    assert "a contact, said of the subject" in page
    assert "gave Ray Cassell a shotgun" in page
    assert rob.post(f"/interest/{ray}/reopen", {"reason": "armed", "review": "2026-05-01", "tier": "1"})[0] == 303
    assert "Re-opened" in shown(rob, f"/interest/{ray}")
    decisions = shown(rob, "/interest/decisions") + shown(rob, "/interest/decisions?from=2")
    assert [each in decisions for each in ("meets people at night", "nothing came of it", "armed")] == [True] * 3


def test_what_was_typed_is_kept_and_the_fault_is_told(circle: Circle) -> None:
    rob = Seat(circle, "rob")
    ray = circle.person("ray", "Ray Cassell")
    status, _, body = rob.post(
        f"/interest/{ray}/open", {"tier": "2", "reason": "he limps", "review": "soon", "label": "S"}
    )
    assert status == 400
    assert "he limps" in body.decode()
    assert "soon" in body.decode()
    assert rob.post(f"/interest/{ray}/forget", {})[0] == 400
    assert rob.post("/interest/nobody/open", {})[0] == 404


def test_late_re_assessments_stand_at_the_top_of_the_list_in_red(circle: Circle) -> None:
    rob = Seat(circle, "rob")
    for key, name, review in (("ray", "Ray Cassell", "2026-12-01"), ("ada", "Ada Brook", "2026-04-01")):
        circle.person(key, name)
        circle.open(key, review=review)
    circle.clock.on(60)
    page = shown(rob, "/interest")
    assert page.index("Ada Brook") < page.index("Ray Cassell")
    assert page.count('class="clock overdue"') == 1
    assert 'class="dot overdue"' in page
    assert "Ray Cassell" not in shown(rob, "/interest?state=overdue")
    assert "Ada Brook" in shown(rob, "/interest?state=open&tier=3")
    assert "None of these" in shown(rob, "/interest?tier=1")


def test_whoever_may_not_know_of_it_sees_no_subject_of_interest(circle: Circle) -> None:
    emma = Seat(circle, "emma")
    ray = circle.person("ray", "Ray Cassell")
    before = shown(emma, "/interest"), shown(emma, "/interest/decisions"), shown(emma, f"/interest/{ray}")
    circle.open("ray", label="S&AGENTS")
    assert (shown(emma, "/interest"), shown(emma, "/interest/decisions"), shown(emma, f"/interest/{ray}")) == before
    assert "Make it one" in shown(emma, f"/subjects/{ray}")


def test_a_rule_raises_what_newly_answers_it_until_it_is_ended(circle: Circle) -> None:
    rob = Seat(circle, "rob")
    circle.report("A crossbow was found.")
    given = {"name": "Crossbows", "words": "crossbow", "reason": "two thefts", "label": "S"}
    assert rob.post("/interest/rules", given)[0] == 303
    assert "Nothing yet" in shown(rob, "/interest/rules")
    circle.report("Another crossbow was found.")
    page = shown(rob, "/interest/rules")
    assert "1 report came" in page
    rule = page.partition('name="rule" value="')[2].partition('"')[0]
    assert rob.post("/interest/rules/end", {"rule": rule, "reason": "found the thief"})[0] == 303
    assert "found the thief" in shown(rob, "/interest/rules")
    assert rob.post("/interest/rules/end", {"rule": rule, "reason": "again"})[0] == 404
    assert rob.post("/interest/rules", {**given, "words": "*"})[0] == 400
