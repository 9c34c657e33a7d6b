"""A site over a desk with the gate's officers, for tests of its pages over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from leconfield.gate.release.model import Release
from leconfield.gate.release.state import found, releases
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from tests.gate.release.rooms import AUTHOR, KEEPER, LABEL, OFFICER, PRESS, STRANGER, Hands, now
from tests.ledger.desks import filed
from tests.noninterference.desks import cheap_passwords
from tests.surveillance.test_pages import PASSWORD, Visitor

HANDLER = Reader("rob", "Rob, agent runner", frozenset({"O", "S", "SEQUIN", "AGENTS"}), frozenset({"agent-runner"}))
SECRET = "Molloy. He walks with a limp since a forklift rolled over his foot."
SAFE = "We are open at every hour."
UNSAFE = "The man limps since a forklift rolled over his foot."
OFFICERS = (AUTHOR, OFFICER, KEEPER, PRESS, STRANGER, HANDLER)


@dataclass(frozen=True, slots=True)
class Site:
    """A site over a desk that is kept in a folder, and the gate's officers at it."""

    desk: Desk
    hands: Hands
    seats: dict[str, Visitor]

    def get(self, who: str, path: str) -> httpx.Response:
        """Open a page as that officer."""
        return self.seats[who].get(path)

    def post(self, who: str, path: str, *, file: tuple[str, bytes] | None = None, **fields: str) -> httpx.Response:
        """Send a form as that officer."""
        sent = {"data": {"csrf": token(self.seats[who]), **fields}}
        files = {"files": {"file": (*file, "application/octet-stream")}} if file else {}
        return self.seats[who].post(path, **sent, **files)

    def begun(self, text: str = SAFE, **fields: str) -> str:
        """The id of a draft that Ann has begun."""
        given = {"form": "post", "audience": "public", "label": LABEL, "title": "A word on the bakery", **fields}
        before = set(releases(now(self.desk, AUTHOR)).by_id)
        answer = self.post("ann", "/releases", text=text, **given)
        assert answer.status_code == 200, answer.text
        (which,) = set(releases(now(self.desk, AUTHOR)).by_id) - before
        return which

    def release(self, which: str) -> Release:
        """A release as it stands."""
        return found(now(self.desk, AUTHOR), which)

    def approve(self, who: str, which: str) -> httpx.Response:
        """Approve what the page shows."""
        page = self.get(who, f"/releases/{which}?act=approve").text
        seen = {name: re.search(rf'name="{name}" value="([0-9a-f]+)"', page) for name in ("content", "verdict")}
        shown = {name: each[1] for name, each in seen.items() if each}
        return self.post(who, f"/releases/{which}/approve", reason="It is sound.", **shown)

    def sealed(self, text: str = SAFE) -> str:
        """The id of a release that was written, judged, approved by two and sealed, all by the site."""
        which = self.begun(text)
        self.post("ann", f"/releases/{which}/check")
        for who in ("ben", "cas"):
            self.approve(who, which)
        self.post("ben", f"/releases/{which}/seal")
        assert self.release(which).was_sealed, self.release(which)
        return which


def token(client: Visitor) -> str:
    """The token of the session."""
    found_token = re.search(r'name="csrf" value="([^"]+)"', client.get("/about").text)
    assert found_token is not None
    return found_token[1]


@contextmanager
def at_the_gate(folder: Path) -> Iterator[Site]:
    """A site with all officers signed in, and one report that only some of them may read."""
    with cheap_passwords():
        hands = Hands()
        desk = Desk.create(folder / "desk", hands)
        for each in OFFICERS:
            desk.append(
                accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, each.roles)]
            )
        filed(desk, HANDLER, SECRET, "S&SEQUIN&AGENTS")
        yield Site(desk, hands, {each.name: Visitor(desk, each.name) for each in OFFICERS})
        desk.close()
