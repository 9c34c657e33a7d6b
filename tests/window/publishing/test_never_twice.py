"""A lost store, a stop that crosses meanwhile, clocks that are wrong, the same words: nothing goes out twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leconfield.fake_instagram.model import Media
from leconfield.gate.bundles.deliveries import TO_CHANNELS, Act, Ruling, State, channels_body, short_id
from leconfield.window.publishing.instagram import Instagram
from leconfield.window.publishing.publisher import open_publisher
from tests.window.publishing.scene import CAPTION, WORDS, Scene


def loses_its_store(scene: Scene, before: bytes = b"") -> None:
    """The store is gone, or an older copy of it is put back; the publisher begins again."""
    scene.store.write_bytes(before) if before else scene.store.unlink()
    scene.begins_again()


def test_a_store_that_is_lost_posts_nothing_again_and_a_person_is_asked(scene: Scene) -> None:
    which = scene.post()
    scene.turns(4)
    known = scene.get(which)

    loses_its_store(scene)
    scene.turns(6)

    told = scene.told()[-1]
    assert scene.public() == [CAPTION]
    assert (told.state, scene.get(which).state) == (State.MANUAL, State.MANUAL)
    assert told.step > known.step
    assert known.address in told.why


def test_what_a_person_decided_that_it_shall_not_be_does_not_go_out_after_a_lost_store(scene: Scene) -> None:
    scene.spoil("publish", "error")
    which = scene.post()
    scene.settle()
    scene.decide(which, Ruling.LEFT)
    scene.turns(2)
    assert scene.get(which).state is State.REJECTED

    loses_its_store(scene)
    scene.turns(4)

    assert scene.get(which).state is State.MANUAL
    assert scene.public() == []


def test_an_answer_that_a_person_decided_against_is_not_given_after_a_lost_store(scene: Scene) -> None:
    scene.post()
    scene.turns(3)
    native = scene.comment()
    scene.listens()
    scene.spoil("reply", "lost-before")
    answer = scene.house.release("answer", "Ask us in the next round.")
    scene.on_comment(short_id("instagram", native), Act.REPLY, answer)
    scene.settle()
    scene.decide(answer, Ruling.LEFT)
    post = next(each.release for each in scene.publisher.kept.all() if not each.beneath)

    loses_its_store(scene)
    scene.turns(2)
    scene.decide(post, Ruling.LIVE, "https://example.org/p/1")
    scene.turns(6, minutes=11)

    assert scene.get(answer).state is State.MANUAL
    assert scene.answers("instagram", native) == 0


def test_an_older_copy_of_the_store_posts_nothing_again_and_what_it_finds_is_told(scene: Scene) -> None:
    which = scene.post()
    scene.turns(1)
    older = scene.store.read_bytes()
    scene.turns(4)
    known = scene.get(which)

    loses_its_store(scene, older)
    scene.turns(6)

    told = scene.told()[-1]
    assert scene.public() == [CAPTION]
    assert (told.state, told.address) == (State.LIVE, known.address)
    assert told.step > known.step


def test_after_a_lost_store_a_person_who_finds_it_to_be_another_post_can_send_it(scene: Scene) -> None:
    which = scene.post()
    scene.turns(3)
    loses_its_store(scene)
    scene.turns(3)

    scene.decide(which, Ruling.ANEW)
    scene.turns(4)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION, CAPTION]


def test_a_post_of_long_ago_is_found_among_many_newer_ones(scene: Scene) -> None:
    which = scene.post()
    scene.turns(3)
    posts = scene.fake.server.fake.graph.media
    for number in range(60):
        at = scene.clock.now + timedelta(seconds=number)
        posts[str(number)] = Media(str(number), f"c{number}", f"Post {number}", at, ((b"", ""),))
    loses_its_store(scene)

    scene.pass_(hours=25)
    scene.turns(4)

    assert scene.get(which).state is State.MANUAL
    assert scene.public().count(CAPTION) == 1


@pytest.mark.parametrize("channel", ["instagram", "mastodon"])
def test_after_a_lost_store_no_answer_is_given_again(scene: Scene, channel: str) -> None:
    scene.post(WORDS, channel)
    scene.turns(3)
    native = scene.comment() if channel == "instagram" else scene.toot()
    scene.listens()
    answer = scene.house.release("answer", "Ask us in the next round.")
    scene.on_comment(short_id(channel, native), Act.REPLY, answer)
    scene.turns(3)
    assert scene.get(answer, channel).state is State.LIVE

    loses_its_store(scene)
    posts = scene.publisher.kept
    scene.turns(2)
    live = next(each for each in posts.all() if not each.beneath)
    scene.decide(live.release, Ruling.LIVE, "https://example.org/p/1", channel=channel)
    scene.turns(6, minutes=11)

    assert scene.answers(channel, native) == 1


@pytest.mark.parametrize("what", ["stop", "withdrawal", "another choice"])
def test_what_crosses_while_a_turn_runs_holds_for_what_has_not_gone_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ids = [scene.post(f"Quay {each}.\n\n!quay.jpg A quay.", release=f"{each:032x}") for each in (1, 2, 3)]
    scene.turns(1)

    def crosses() -> None:
        for each in ids[1:]:
            match what:
                case "stop":
                    scene.stop(on=True)
                case "withdrawal":
                    scene.house.withdraw(each)
                case _:
                    scene.house.order(TO_CHANNELS, each, channels_body(("site",)))

    monkeypatch.setattr(Instagram, "publish", after(crosses, Instagram.publish))
    scene.turns(3)

    assert scene.public() == ["Quay 1."]
    wanted = State.SUBMITTED if what == "stop" else State.REJECTED
    assert {scene.get(each).state for each in ids[1:]} == {wanted}


def after(first: Callable[[], None], then: Callable[..., str]) -> Callable[..., str]:
    """That, once something else has happened."""

    def both(*told: str) -> str:
        first()
        return then(*told)

    return both


def test_the_publishers_own_post_is_known_whatever_its_clock_says(scene: Scene) -> None:
    config = type(scene.house.window.config).load(scene.house.folder)
    scene.publisher = open_publisher(config, lambda: scene.clock.now + timedelta(minutes=6))
    which = scene.post()
    scene.turns(1)
    scene.spoil("publish", "lost")

    scene.turns(2)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]


def test_nothing_is_sent_anew_while_the_platform_says_that_it_is_public(scene: Scene) -> None:
    which = scene.post()
    scene.turns(1)
    scene.spoil("publish", "lost")
    scene.turns(1)
    (media,) = scene.fake.server.fake.graph.media.values()
    media.hidden_from_lists = 10**6
    scene.settle()

    scene.decide(which, Ruling.ANEW)
    scene.turns(3)

    assert scene.get(which).state is State.MANUAL
    assert "is public" in scene.get(which).why
    assert scene.public() == [CAPTION]


def test_of_two_with_the_same_words_none_is_taken_for_the_other(scene: Scene) -> None:
    ids = [scene.post(f"Same.\n\n!quay.jpg {each}.", release=each * 32) for each in "12"]
    scene.turns(1)
    scene.spoil("publish", "lost-before")
    scene.spoil("publish", "lost")

    scene.turns(2)
    assert {scene.get(each).state for each in ids} == {State.AMBIGUOUS, State.SUBMITTED}
    scene.settle()

    assert {scene.get(each).state for each in ids} == {State.MANUAL}
    assert scene.public() == []
