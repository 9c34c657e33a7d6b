"""Whatever is kept up to date with a growing world is what would be computed from the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from leconfield.desk.interest.closed import ClosedFiles
from leconfield.desk.interest.state import Interests
from leconfield.desk.interest.watch_rules import Rules
from leconfield.ledger.model import Question
from leconfield.ledger.world import Delta, World
from tests.fuzz.amounts import first
from tests.noninterference.acts import KARINA, Act, Script
from tests.noninterference.desks import done, play, quick_desks
from tests.noninterference.worlds import low_script, secret_script


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_desks():
        yield


def story(chance: Random) -> Script:
    """What two sides do on a desk one after the other, with somebody looking after each step."""
    low = tuple(each for _ in range(3) for each in low_script(chance))
    spread = [*low, *secret_script(chance, low)]
    chance.shuffle(spread)
    acts: list[Act] = []
    for minute, each in enumerate(sorted(spread, key=lambda act: (act.minute, act.kind))):
        acts += [Act(**{**_fields(each), "minute": 2 * minute}), Act("look", 2 * minute + 1, by=KARINA, words="Ray")]
    return tuple(acts)


def _fields(act: Act) -> dict[str, object]:
    return {each: getattr(act, each) for each in act.__dataclass_fields__}


def again(world: World) -> World:
    """A world of the same things, made at once."""
    fresh = World()
    fresh.grow(
        Delta(
            tuple(world.reports.values()),
            tuple(world.statements.values()),
            tuple(world.judgements),
            tuple(world.entries),
        )
    )
    return fresh


@pytest.mark.parametrize("part", first(range(8)))
def test_what_has_grown_step_by_step_is_what_the_whole_gives(part: int) -> None:
    for number in range(part * 5, part * 5 + 5):
        played = play(story(Random(f"grown {number}")))
        world = played.desk.view(KARINA, asking=Question("grown")).world
        whole = again(world)
        assert world.derived(ClosedFiles).touched == whole.derived(ClosedFiles).touched, f"story {number}"
        assert world.derived(Interests).everybody() == whole.derived(Interests).everybody(), f"story {number}"
        assert world.derived(Rules).by_id == whole.derived(Rules).by_id, f"story {number}"
        done(played)
