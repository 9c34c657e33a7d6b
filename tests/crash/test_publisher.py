"""A publisher is killed wherever a delivery comes by: begun again, it publishes nothing twice and loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.gate.bundles.deliveries import FINAL, Ruling, State
from leconfield.window.publishing.failing import PLACES, VARIABLE
from leconfield.window.publishing.publisher import open_publisher
from tests.crash.killing import quick_folder
from tests.fake_instagram.serving import Faked
from tests.window.publishing.scene import CAPTION, Scene, before, serving

pytestmark = pytest.mark.long
_ROOT = Path(__file__).resolve().parents[2]
KILLED = -9


@pytest.fixture(scope="module")
def fake() -> Iterator[Faked]:
    with serving() as found:
        yield found


def play(scene: Scene, turns: int, seconds: int, ends_at: str = "") -> int:
    """A publisher in a process of its own; how it ended. The clock of all goes on as far as it went."""
    told = [str(scene.house.folder), scene.clock.now.isoformat(), str(turns), str(seconds)]
    process = subprocess.run(
        [sys.executable, "-m", "tests.window.publishing.alone", *told],
        cwd=_ROOT,
        env={**os.environ, VARIABLE: ends_at},
        check=False,
        timeout=120,
    )
    scene.pass_(seconds=turns * seconds)
    return process.returncode


@pytest.mark.parametrize("place", PLACES)
def test_killed_anywhere_it_publishes_once_and_says_how_it_stands(fake: Faked, place: str) -> None:
    for count in range(1, 12):
        with quick_folder() as folder, before(fake, folder) as scene:
            which = scene.post()
            ended = play(scene, 4, 61, f"{place}:{count}")
            if ended == 0:
                assert count > 1, f"nothing ever comes to {place}"
                return
            assert ended == KILLED
            posted = scene.public()
            assert len(posted) <= 1

            assert play(scene, 4, 1000) == 0

            its = open_publisher(type(scene.house.window.config).load(scene.house.folder), scene.clock).kept.get(
                which, "instagram"
            )
            assert its is not None
            assert its.state in FINAL
            assert scene.public() in ([], [CAPTION])
            assert (its.state is State.LIVE) is (scene.public() == [CAPTION]), its
            assert scene.fake.server.fake.calls.count("POST publish") <= 1
            told = {each.step: each for each in scene.told()}
            assert sorted(told) == scene.numbers(which)
            assert told[its.step].state is its.state
            _ends_well(scene, which)


def _ends_well(scene: Scene, which: str) -> None:
    """Where a person is asked, he looks, and what he says leads to one post."""
    scene.publisher = open_publisher(type(scene.house.window.config).load(scene.house.folder), scene.clock)
    if scene.get(which).state is State.MANUAL:
        scene.decide(which, Ruling.ANEW)
        scene.turns(4)
    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]


def test_two_publishers_do_not_run_at_once(fake: Faked) -> None:
    from leconfield.window.publishing.publisher import alone

    with quick_folder() as folder, before(fake, folder) as scene:
        scene.post()
        with alone(scene.house.folder):
            assert play(scene, 1, 1) != 0
        assert scene.public() == []
