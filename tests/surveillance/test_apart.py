"""A whole operation in a compartment changes no byte of any page for whoever does not hold it."""

from __future__ import annotations

import json
import re
from hashlib import sha256

from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.surveillance import service
from leconfield.surveillance.pictures import receive
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, SAID, Hands
from tests.e2e.watched import PNG
from tests.ledger.desks import look
from tests.noninterference.desks import cheap_passwords
from tests.surveillance.logs import lines, planned
from tests.surveillance.test_pages import PASSWORD, PLACES, Visitor, csrf
from tests.surveillance.test_taking import sent_as

HIDER = Reader("iris", "Iris, of another team", APPLICANT.tokens | {"HEATHER"}, frozenset({"authorising-officer"}))
JUDGE = Reader("joan", "Joan, of another team", HIDER.tokens, HIDER.roles)


def world(*, secret: bool) -> tuple[Desk, Hands, str]:
    """A desk with an operation that Gwen may see, and, in one of two worlds, another that she may not."""
    desk, hands, which = planned()
    for each in (APPLICANT, HIDER):
        desk.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, ())])
    if secret:
        _hide(desk, hands)
    hands.move(hours=1)
    return desk, hands, which


def _hide(desk: Desk, hands: Hands) -> None:
    label, at = "S&HEATHER", hands.at
    hidden = service.plan(desk, look(desk, HIDER), name="Lantern", about="a" * 32, label=label)
    for name, sign in (("gwen", "Alpha"), ("hal", "Zulu")):
        service.staff(desk, look(desk, HIDER), hidden, member=name, call_sign=sign, role="car")
    asked = authority.apply(desk, look(desk, HIDER), "directed-surveillance", hidden, SAID, label=label)
    authority.take(desk, look(desk, JUDGE), asked, Step.GRANT, reason="Needed.")
    hands.move(minutes=1)
    digest = sha256(PNG).hexdigest()
    take(desk, look(desk, HIDER), hidden, lines(hands, hidden, 3, "d1", pictures=(digest,)))
    take(desk, look(desk, HIDER), hidden, lines(hands, hidden, 1, "d2", collateral=True))
    receive(desk, look(desk, HIDER), hidden, PNG)
    service.brief(desk, look(desk, HIDER), hidden, words="Stay back.")
    service.close(desk, look(desk, HIDER), hidden, words="Over.")
    hands.at = at


def transcript(*, secret: bool) -> list[tuple[str, int, bytes]]:
    """Everything that Gwen is answered: before she does anything, while she does, and afterwards."""
    desk, hands, which = world(secret=secret)
    gwen = Visitor(desk, "gwen")
    token, url = csrf(gwen), f"/operations/{which}"
    told: list[tuple[str, int, bytes]] = []

    def told_of(name: str, status: int, content: bytes) -> None:
        told.append((name, status, content.replace(token.encode(), b"")))

    def read_all() -> None:
        pictures = re.findall(r"/pictures/[0-9a-f]{32}", gwen.get(url).text)
        for path in ("/operations", *(url + each for each in (*PLACES, *pictures)), f"{url}/live/state?device=d1"):
            answer = gwen.get(path)
            told_of(path, answer.status_code, answer.content)

    read_all()
    written = lines(hands, which, 2, "d1", pictures=(sha256(PNG).hexdigest(),))
    foreign = lines(hands, which, 1, "d2", by="Zulu")
    body = json.dumps([sent_as(each) for each in (*written, *foreign)])
    for sent in ({"lines": body}, {"lines": body}, {"lines": "["}):
        answer = gwen.post(f"{url}/lines", data={"csrf": token, **sent})
        told_of("lines", answer.status_code, answer.content)
    for path, data in (
        ("/pictures", {}),
        ("/live", {"by": "Alpha", "quick": "out"}),
        ("/live", {"by": "Zulu", "quick": "out"}),
        ("/staff", {"member": "ivy", "call_sign": "Zulu", "role": "car"}),
    ):
        files = {"picture": ("dot.png", PNG, "image/png")} if path == "/pictures" else None
        answer = gwen.post(url + path, data={"csrf": token, **data}, files=files)
        told_of(path, answer.status_code, answer.content)
        hands.move(seconds=1)
    read_all()
    return told


def test_a_hidden_operation_changes_no_byte_for_whoever_does_not_hold_it() -> None:
    with cheap_passwords():
        without, within = transcript(secret=False), transcript(secret=True)
    assert [each[:2] for each in without] == [each[:2] for each in within]
    for (name, _, one), (_, _, other) in zip(without, within, strict=True):
        assert one == other, name
    assert any(b"Out." in content for _, _, content in without)
