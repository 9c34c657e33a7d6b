"""Whatever goes wrong with one thing, the others go on, and what does not end of itself comes before a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leconfield.errors import DamagedError
from leconfield.gate.bundles.deliveries import State
from leconfield.window.publishing import carrying, commands
from leconfield.window.publishing.hearing import Ear
from leconfield.window.publishing.moderating import Moderator
from leconfield.window.told import Told
from tests.window.publishing.scene import Scene


def test_a_release_that_cannot_be_read_keeps_no_other_from_going_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = (scene.post(f"{each}.\n\n!quay.jpg A quay.", release=each * 32) for each in "12")
    whole = carrying.content_of

    def torn(told: Told) -> object:
        if told.release == bad:
            raise DamagedError("the kept file is no more what it was")
        return whole(told)

    monkeypatch.setattr(carrying, "content_of", torn)
    for _ in range(3):
        commands._turn(scene.publisher.turn)
        scene.pass_(minutes=1)

    assert (scene.get(bad).state, scene.get(good).state) == (State.QUEUED, State.LIVE)
    assert "no more what it was" in next(each for each in reversed(scene.told()) if each.release == bad).why
    assert "no more what it was" in capsys.readouterr().err


@pytest.mark.parametrize("phase", ["listen", "obey", "speak"])
def test_what_goes_wrong_with_comments_keeps_nothing_from_going_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyError(phase)

    monkeypatch.setattr(Ear if phase == "listen" else Moderator, phase, breaks)
    which = scene.post()

    assert [said(scene.publisher.turn) for _ in range(3)] == [[phase]] * 3

    assert scene.get(which).state is State.LIVE
    assert scene.told()[-1].state is State.LIVE


def said(turn: Callable[[], None]) -> list[str]:
    """What went wrong in a turn."""
    with pytest.raises(ExceptionGroup) as group:
        turn()
    return [each.args[0] for each in group.value.exceptions]


def test_half_a_character_in_a_comment_is_taken_in_as_far_as_it_can_be_written(scene: Scene) -> None:
    scene.post()
    scene.turns(3)
    native = scene.comment()
    scene.fake.server.fake.graph.comments[native].text = "Who? \ud83d"

    scene.listens()

    assert [each.words for each in scene.heard()] == ["Who? ?"]
