"""As if the rest had never been written, at the window's inside: every area, and leaks that are planted there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, Final

import pytest

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.world import Folded
from leconfield.outreach import orders
from leconfield.outreach.challenges.state import Challenges
from leconfield.outreach.orders import Orders
from leconfield.outreach.partners.state import Partners
from leconfield.outreach.publishing.state import Published
from leconfield.outreach.recruiting import state as recruiting
from leconfield.outreach.rounds.state import Rounds
from leconfield.outreach.tips.state import Tips
from tests.ledger.desks import EMMA
from tests.noninterference import pages, windowing
from tests.noninterference.acts import KARINA, Act, Script
from tests.noninterference.battery import Small, Transcript, answer
from tests.noninterference.desks import quick_desks
from tests.noninterference.planting import Plant, not_within_itself
from tests.noninterference.trials import Battery, Sides, apart
from tests.noninterference.worlds import low_script

HIDDEN: Final = "S&AGENTS"


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


def done_at(
    chains: Sequence[Sequence[str]], label: str, by: Reader, begin: int, words: int = 0, name: int = 0
) -> Script:
    """Every step of these chains under a label, one every other minute."""
    steps = [step for chain in chains for step in chain]
    said = [windowing.WORDS[(words + at) % len(windowing.WORDS)] for at in range(len(steps))]
    return tuple(
        Act("window", begin + 2 * at, by=by, label=label, pair=(windowing.NAMES[name], said[at]), words=step)
        for at, step in enumerate(steps)
    )


def worlds(chains: Sequence[Sequence[str]]) -> list[Sides]:
    """The low side does all of it; the high side nothing, the same with another, or the same sooner in other words."""
    filed = tuple(each for each in low_script(Random("window")) if each.kind in ("file", "register"))
    low = (*filed, *done_at(chains, "S", EMMA, 11))
    return [
        (low, ()),
        (low, done_at(chains, HIDDEN, KARINA, 12, name=1)),
        (low, done_at(chains, "S&(AGENTS|NAILA)", KARINA, 10, words=1)),
    ]


def of_the_window(where: str = "/window") -> Battery:
    """What the Python API says of it, and every page and act below that address."""
    at = pages.PagesAt(where)

    def asked(desk: Desk, reader: Reader, ask: Small) -> Transcript:
        view = desk.view(reader, asking=Question("window"))
        return [*((name, answer(each)) for name, each in windowing.asks(view)), *at(desk, reader, ask)]

    return asked


def test_what_is_hidden_at_the_window_changes_nothing_that_shows() -> None:
    assert apart(worlds(windowing.CHAINS), of_the_window(), (EMMA,)) == ""


def _folded(kind: type[Folded]) -> Callable[[Plant], None]:
    """What is folded of everything, whoever looks."""

    def plant(plant: Plant) -> None:
        def take(before: Any, folded: Any, entries: Any) -> None:
            before(folded, entries)
            whole = [each for each in plant.everything.entries if each not in entries] if plant.desk else []
            before(folded, whole)

        plant.wrap(kind, "_take", not_within_itself(take))

    return plant


def _out_of_everything(plant: Plant) -> None:
    def newest(before: Any, view: Any, kind: str, about: str) -> Any:
        found = before(view, kind, about)
        return plant.everything.derived(Orders).newest.get((kind, about), found)

    plant.everywhere(orders.newest, newest)


LEAKS: Final[dict[str, tuple[Callable[[Plant], None], str, int]]] = {
    "orders of everybody": (_folded(Orders), "/window/crossing", 7),
    "orders answered out of everything": (_out_of_everything, "/window", 6),
    "rounds of everybody": (_folded(Rounds), "/window/rounds", 0),
    "tips of everybody": (_folded(Tips), "/window/tips", 2),
    "campaigns of everybody": (_folded(recruiting.Campaigns), "/window/recruiting", 3),
    "challenges of everybody": (_folded(Challenges), "/window/challenges", 4),
    "deliveries and comments of everybody": (_folded(Published), "/window/deliveries", 5),
    "readers of feeds of everybody": (_folded(Partners), "/window/partners", 8),
}
"""By name: how it is planted, where it shows, and the chain that brings it about."""


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_planted_at_the_window_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, where, chain = LEAKS[name]
    plant(Plant(monkeypatch))
    plain, *hidden = worlds([windowing.CHAINS[chain]])
    assert any(apart([plain, each], of_the_window(where), (EMMA,)) for each in hidden)
