"""What is sealed as said of a persona counts for him from then on, though it names nobody."""

from __future__ import annotations

from leconfield.gate.mosaic import service
from leconfield.gate.release import judging
from leconfield.gate.release import service as releases
from leconfield.gate.release.judging import House
from leconfield.gate.release.model import Aside
from leconfield.gate.release.state import found
from leconfield.ledger import accounts
from tests.gate.mosaic.staff import table
from tests.gate.release.rooms import AUTHOR, KEEPER, LABEL, OFFICER, approves, house, now
from tests.noninterference.desks import cheap_passwords

WORDS = b"I was once a teacher.\n"


def test_a_sealed_post_of_a_personas_counts_without_being_written_twice() -> None:
    desk, _ = house()
    with cheap_passwords():  # the gate holds what anybody here holds
        enrolled = accounts.enrolling("ann", "Ann, writer", "a long password", AUTHOR.tokens, ())
        desk.append(accounts.KEEPER, [enrolled])
    service.keep_register(desk, now(desk, AUTHOR), table(), LABEL)
    files = {"text.txt": ("text/plain", WORDS)}
    aside = Aside(persona="Rob")
    view = now(desk, AUTHOR)
    which = releases.draft(desk, view, "post", "public", files, label=LABEL, aside=aside)
    assert service.history(now(desk, AUTHOR), "Rob") == ()
    view = now(desk, AUTHOR)
    releases.check(desk, view, which, House(desk, view, found(view, which)))
    for each in (OFFICER, KEEPER):
        approves(desk, each, which)
    judging.seal(desk, now(desk, OFFICER), which)
    ((saying, counted),) = service.history(now(desk, AUTHOR), "rob")
    assert saying.words.strip() == WORDS.decode().strip()
    assert saying.where == "published here"
    assert 0 < counted.k < len(table().splitlines()) - 1
    (effect,) = service.effects(now(desk, AUTHOR), "Rob", "He plays the cello.", "2026-07-01")
    assert effect.before.k == counted.k
