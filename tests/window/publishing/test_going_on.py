"""Whatever goes wrong with one thing, the others go on, and what does not end of itself comes before a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from leconfield.errors import DamagedError
from leconfield.gate.bundles.deliveries import TO_CHANNELS, Act, Ruling, State, channels_body, short_id
from leconfield.window.publishing import carrying, commands
from leconfield.window.publishing.hearing import Ear
from leconfield.window.publishing.moderating import Moderator
from leconfield.window.publishing.publisher import open_publisher
from leconfield.window.told import Told
from tests.gate.bundles.shots import photograph
from tests.window.publishing.scene import CAPTION, WORDS, Scene, fetched


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


# What does not end of itself


def answered(scene: Scene, words: str = "Ask us in the next round.", channel: str = "instagram") -> tuple[str, str]:
    """A comment beneath something of ours, and the release that is to answer it."""
    scene.post("The quay.\n\n!quay.jpg A quay.", channel)
    scene.turns(3)
    native = scene.comment() if channel == "instagram" else scene.toot()
    scene.listens()
    answer = scene.house.release("answer", words)
    scene.on_comment(short_id(channel, native), Act.REPLY, answer)
    return native, answer


def test_an_answer_to_a_comment_that_was_deleted_comes_before_a_person(scene: Scene) -> None:
    native, answer = answered(scene)
    scene.fake.server.fake.graph.erase(native)

    scene.turns(4, minutes=9)

    assert scene.get(answer).state is State.MANUAL
    assert "no such thing" in scene.get(answer).why


def test_answers_do_not_ask_for_the_quota_of_posts(scene: Scene) -> None:
    native, _ = answered(scene)
    before = scene.fake.server.fake.calls.count("GET quota")

    scene.turns(3)

    assert scene.answers("instagram", native) == 1
    assert scene.fake.server.fake.calls.count("GET quota") == before


def test_a_quota_that_the_platform_will_not_tell_keeps_nothing_back(scene: Scene) -> None:
    scene.spoil("quota", "error", "lies", 99)
    which = scene.post()

    scene.turns(3)

    assert scene.get(which).state is State.LIVE


def test_a_platform_that_is_away_for_more_than_a_day_is_put_before_a_person(scene: Scene) -> None:
    scene.spoil("quota", "lost-before", times=99)
    which = scene.post()

    scene.turns(3, hours=11)
    assert scene.get(which).state is State.QUEUED
    scene.turns(1)

    assert scene.get(which).state is State.MANUAL


# Clocks that were wrong


def turns_far_ahead(scene: Scene, count: int) -> None:
    """Turns of a publisher whose clock is twenty days ahead; then one begins whose clock is right."""
    config = type(scene.house.window.config).load(scene.house.folder)
    scene.publisher = open_publisher(config, lambda: scene.clock.now + timedelta(days=20))
    scene.turns(count)
    scene.begins_again()


@pytest.mark.parametrize(("call", "count", "to"), [("quota", 1, State.LIVE), ("publish", 2, State.MANUAL)])
def test_what_a_clock_far_ahead_put_off_goes_on_once_the_clock_is_right(
    scene: Scene, call: str, count: int, to: State
) -> None:
    scene.publisher.turn()
    scene.spoil(call, "lost-before")
    which = scene.post()
    scene.publisher.shelf.shown(scene.clock.now)
    turns_far_ahead(scene, count)

    scene.turns(3)

    assert scene.get(which).state is to


def test_comments_and_tokens_are_looked_after_when_a_clock_is_right_again(scene: Scene) -> None:
    scene.post()
    scene.turns(3)
    turns_far_ahead(scene, 1)
    native = scene.comment()

    scene.turns(1)

    assert [each.comment for each in scene.heard()] == [short_id("instagram", native)]
    assert scene.publisher.kept.due("token instagram") < scene.clock.now + timedelta(days=2)


# What a person said is there


def test_a_post_that_a_person_said_is_there_is_listened_to_and_closed_by_the_stop(scene: Scene) -> None:
    scene.spoil("publish", "lost")
    which = scene.post()
    scene.turns(2)
    (media,) = scene.fake.server.fake.graph.media.values()
    media.hidden_from_lists = 10**6
    scene.settle()

    scene.decide(which, Ruling.LIVE, f"{scene.fake.address}/{media.code}/?igsh=1")
    scene.turns(2, minutes=31)
    assert (scene.get(which).state, scene.get(which).media) == (State.LIVE, "")
    media.hidden_from_lists = 0
    scene.turns(2, minutes=31)
    native = scene.comment()
    scene.listens()
    scene.stop(on=True)
    scene.turns(1)

    assert scene.get(which).media == media.id
    assert [each.comment for each in scene.heard()] == [short_id("instagram", native)]
    assert not media.comments_open


def test_the_stop_closes_a_post_that_waits_to_be_deleted(scene: Scene) -> None:
    which = scene.post()
    scene.turns(3)
    scene.house.withdraw(which)
    scene.turns(1)
    assert scene.get(which).state is State.MANUAL

    scene.stop(on=True)
    scene.turns(1)

    (media,) = scene.fake.server.fake.graph.media.values()
    assert not media.comments_open


# The rest


def test_pictures_of_one_post_are_waited_for_and_made_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = scene.fake.server.fake.graph
    monkeypatch.setattr(graph, "settings", replace(graph.settings, polls=3))
    scene.post("Two.\n\n!quay.jpg A.\n\n!pier.jpg B.", files={"pier.jpg": ("image/jpeg", photograph())})

    scene.turns(13)

    assert scene.public() == ["Two."]
    assert len(graph.containers) == 3


def test_an_answer_on_mastodon_that_is_too_long_is_refused_before_it_is_sent(scene: Scene) -> None:
    native, answer = answered(scene, "x" * 501, "mastodon")

    scene.turns(2)

    assert scene.get(answer, "mastodon").state is State.REJECTED
    assert "Mastodon takes 500" in scene.get(answer, "mastodon").why
    assert scene.answers("mastodon", native) == 0


def test_a_channel_that_is_taken_off_and_chosen_again_is_used(scene: Scene) -> None:
    which = scene.post()
    scene.turns(1)
    scene.house.order(TO_CHANNELS, which, channels_body(("site",)))
    scene.turns(1)
    assert scene.get(which).state is State.REJECTED

    scene.house.order(TO_CHANNELS, which, channels_body(("site", "instagram")))
    scene.turns(3)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]


def test_a_withdrawn_release_is_not_called_live_on_our_own_site(scene: Scene) -> None:
    which = scene.post(WORDS, "site")
    scene.turns(1)
    assert scene.get(which, "site").state is State.LIVE

    scene.house.withdraw(which)
    scene.turns(1)

    assert fetched(f"{scene.site}/news/{which}").status_code == 410
    assert (scene.told()[-1].state, scene.told()[-1].address) == (State.REJECTED, "")


def test_where_not_ready_was_not_true_and_it_is_withdrawn_a_person_deletes_it(scene: Scene) -> None:
    which = scene.post()
    scene.turns(1)
    scene.spoil("publish", "error-after", "not-ready")
    scene.turns(1)
    assert scene.get(which).state is State.PROCESSING

    scene.house.withdraw(which)
    scene.turns(3)

    assert scene.get(which).state is State.MANUAL
    assert "delete the post" in scene.get(which).why
