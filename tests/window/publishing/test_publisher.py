"""From an order to a public post: what the publisher does when all goes well, and when something does not."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from leconfield.errors import RefusedError
from leconfield.gate.bundles.deliveries import FINAL, TO_CHANNELS, Ruling, State, channels_body
from leconfield.window.publishing.publisher import alone, open_publisher
from tests.gate.bundles.shots import photograph
from tests.window.publishing.scene import CAPTION, WORDS, Scene, fetched


def test_a_release_goes_out_once_with_its_picture_and_its_alternative_text(scene: Scene) -> None:
    which = scene.post()

    scene.turns(3)

    its = scene.get(which)
    (media,) = scene.fake.server.fake.graph.media.values()
    assert its.state is State.LIVE
    assert its.media == media.id
    assert its.address == f"{scene.fake.address}/p/{media.code}/"
    assert media.caption == CAPTION
    assert media.pictures[0][1] == "An empty quay in the morning."
    assert [each.state for each in scene.told()][-1] is State.LIVE
    assert scene.told()[-1].address == its.address


def test_it_goes_to_every_channel_that_was_named_and_no_other(scene: Scene) -> None:
    which = scene.post(WORDS, "site", "mastodon")

    scene.turns(3)

    assert scene.get(which, "site").address.endswith(f"/news/{which}")
    assert scene.get(which, "mastodon").state is State.LIVE
    (status,) = scene.fake.server.mastodon.statuses.values()
    assert status.words == CAPTION
    assert [alt for _, alt in scene.fake.server.mastodon.pictures.values()] == ["An empty quay in the morning."]
    assert scene.public() == []


def test_several_pictures_go_out_as_one(scene: Scene) -> None:
    text = "Three quays.\n\n!quay.jpg One.\n\n!b.jpg Two.\n\n!c.jpg Three."
    more = {name: ("image/jpeg", photograph(640 + at, 640 + at)) for at, name in enumerate(("b.jpg", "c.jpg"))}
    scene.post(text, files=more)

    scene.turns(3)

    (media,) = scene.fake.server.fake.graph.media.values()
    assert [alt for _, alt in media.pictures] == ["One.", "Two.", "Three."]


def test_nothing_is_sent_before_the_embargo(scene: Scene) -> None:
    end = (scene.clock.now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    scene.post(embargo=end)

    scene.turns(3)
    assert scene.fake.server.fake.calls == []
    assert scene.publisher.kept.all() == ()

    scene.pass_(hours=1)
    scene.turns(3)
    assert scene.public() == [CAPTION]


def test_what_a_channel_would_refuse_is_not_sent_and_the_reason_is_told(scene: Scene) -> None:
    which = scene.post("No picture at all.")

    scene.turns(2)

    assert scene.get(which).state is State.REJECTED
    assert "without a picture" in scene.told()[-1].why
    assert "POST create" not in scene.fake.server.fake.calls


def test_the_picture_can_be_fetched_from_container_to_publication_and_no_longer(scene: Scene) -> None:
    scene.spoil("create", "stuck")
    which = scene.post()
    scene.turns(1)
    with scene.publisher.kept.store() as opened:
        (row,) = opened.execute("select name from openings").fetchall()
    address = f"{scene.site}/m/{row['name']}"

    assert len(row["name"]) == len("0" * 32 + ".jpg")
    assert fetched(address).headers["content-type"] == "image/jpeg"
    assert fetched(f"{scene.site}/m/{'0' * 32}.jpg").status_code == 404
    scene.settle()
    scene.turns(2)
    assert scene.get(which).state is State.LIVE
    assert fetched(address).status_code == 404


@pytest.mark.parametrize("what", ["server", "timeout", "fetch"])
def test_a_container_is_made_anew_while_nothing_is_public(scene: Scene, what: str) -> None:
    scene.spoil("create", "error", what, 2)
    which = scene.post()

    scene.turns(5, minutes=6)

    assert scene.get(which).tries == 3
    assert scene.public() == [CAPTION]


def test_after_three_tries_it_is_given_up_and_said(scene: Scene) -> None:
    scene.spoil("create", "error", "server", 5)
    which = scene.post()

    scene.turns(4, minutes=26)

    assert scene.get(which).state is State.REJECTED
    assert "2207001" in scene.told()[-1].why
    assert scene.fake.server.fake.calls.count("POST create") == 3


def test_a_token_that_is_refused_waits_for_a_person(scene: Scene) -> None:
    scene.spoil("create", "error", "token", 3)
    which = scene.post()

    scene.turns(4, minutes=31)

    assert scene.get(which).state is State.MANUAL
    assert "token" in scene.get(which).why


def test_a_used_up_quota_is_waited_for(scene: Scene) -> None:
    for _ in range(25):
        container = scene.fake.container(scene.fake.put("a.jpg", photograph()))
        scene.fake.call("POST", "me/media_publish", creation_id=container)
    which = scene.post()

    scene.turns(2)
    assert scene.get(which).state is State.QUEUED
    assert "used up" in scene.told()[-1].why

    scene.pass_(hours=24)
    scene.turns(4)
    assert scene.get(which).state is State.LIVE


@pytest.mark.parametrize("do", ["lost", "error-after", "garbled", "slow"])
def test_a_lost_answer_is_looked_up_and_nothing_is_sent_again(scene: Scene, do: str) -> None:
    scene.spoil("publish", do, "blocked", seconds=2.5)
    which = scene.post()

    scene.turns(5)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]
    assert scene.fake.server.fake.calls.count("POST publish") == 1
    assert State.AMBIGUOUS in [each.state for each in scene.told()]


@pytest.mark.parametrize("do", ["error", "lost-before"])
def test_what_was_not_made_public_is_shown_to_a_person_and_not_sent_again(scene: Scene, do: str) -> None:
    scene.spoil("publish", do)
    which = scene.post()

    scene.settle()

    assert scene.get(which).state is State.MANUAL
    assert "ready" in scene.get(which).why
    assert scene.public() == []
    assert scene.fake.server.fake.calls.count("POST publish") == 1


def test_where_the_platform_could_not_be_read_that_is_said_and_not_that_it_was_not_found(scene: Scene) -> None:
    scene.spoil("publish", "lost")
    which = scene.post()
    scene.turns(2)
    scene.spoil("list", "error", "rate", 9)

    scene.settle()

    assert scene.get(which).state is State.MANUAL
    assert "could not be read" in scene.get(which).why
    scene.fake.server.fake.script.clear()
    scene.turns(2, minutes=31)
    assert scene.get(which).state is State.LIVE


def test_a_post_that_shows_late_is_found_even_after_a_person_was_asked(scene: Scene) -> None:
    which = hidden_after_a_lost_answer(scene)
    assert scene.get(which).state is State.MANUAL

    scene.turns(2, minutes=31)

    assert scene.get(which).state is State.LIVE
    assert "it turned up on the platform" in [each.why for each in scene.told()]
    assert scene.public() == [CAPTION]


def test_not_ready_is_waited_for(scene: Scene) -> None:
    scene.spoil("publish", "error", "not-ready")
    which = scene.post()

    scene.turns(5)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]


@pytest.mark.parametrize("then", ["token", "expired", "lies"])
def test_even_where_not_ready_was_not_true_nothing_is_posted_twice(scene: Scene, then: str) -> None:
    which = scene.post()
    scene.turns(1)
    scene.spoil("publish", "error-after", "not-ready")
    scene.turns(1)
    scene.spoil("status", "error", then, 1)

    scene.turns(6)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]
    assert scene.fake.server.fake.calls.count("POST publish") == 1


def test_a_platform_that_is_away_for_an_hour_is_waited_for(scene: Scene) -> None:
    scene.spoil("quota", "lost-before", times=60)
    which = scene.post()

    scene.turns(6, minutes=10)
    assert scene.get(which).state is State.QUEUED
    assert "no answer came back" in scene.get(which).why
    scene.fake.server.fake.script.clear()
    scene.turns(3)

    assert scene.get(which).state is State.LIVE


def test_reads_that_lie_do_not_fail_a_release(scene: Scene) -> None:
    scene.spoil("status", "error", "lies", 2)
    scene.spoil("list", "error", "lies", 1)
    which = scene.post()

    scene.turns(8)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]


def test_a_person_says_that_it_is_not_there_and_it_is_sent_anew(scene: Scene) -> None:
    scene.spoil("publish", "error")
    which = scene.post()
    scene.settle()

    scene.decide(which, Ruling.ANEW)
    scene.turns(4)

    assert scene.get(which).state is State.LIVE
    assert scene.get(which).attempt == 2
    assert scene.public() == [CAPTION]


def test_what_a_person_sends_anew_is_not_sent_if_it_turned_up_meanwhile(scene: Scene) -> None:
    which = hidden_after_a_lost_answer(scene)

    scene.decide(which, Ruling.ANEW)
    scene.turns(3)

    assert scene.get(which).state is State.LIVE
    assert scene.public() == [CAPTION]


def hidden_after_a_lost_answer(scene: Scene) -> str:
    """A post of which no answer came, and which does not show in lists until a person was asked."""
    scene.spoil("publish", "lost")
    which = scene.post()
    scene.turns(2)
    (media,) = scene.fake.server.fake.graph.media.values()
    media.hidden_from_lists = 10**6
    scene.settle()
    media.hidden_from_lists = 0
    return which


def test_a_person_says_where_it_is_or_that_it_shall_not_be(scene: Scene) -> None:
    scene.spoil("publish", "error", times=2)
    one, other = scene.post(), scene.post(WORDS.replace("quay was", "pier was"))
    scene.settle()

    scene.decide(one, Ruling.LIVE, "https://example.org/p/1")
    scene.decide(other, Ruling.LEFT)
    scene.turns(1)

    assert (scene.get(one).state, scene.get(one).address) == (State.LIVE, "https://example.org/p/1")
    assert scene.get(other).state is State.REJECTED


def test_a_decision_on_an_older_step_changes_nothing(scene: Scene) -> None:
    scene.spoil("publish", "error")
    which = scene.post()
    scene.settle()
    step = scene.get(which).step

    scene.decide(which, Ruling.ANEW, step=step - 1)
    scene.turns(2)

    assert scene.get(which).state is State.MANUAL


def test_a_release_withdrawn_before_it_went_out_does_not_go_out(scene: Scene) -> None:
    scene.spoil("create", "stuck")
    which = scene.post()
    scene.turns(1)

    scene.house.withdraw(which)
    scene.turns(2)

    assert scene.get(which).state is State.REJECTED
    assert scene.public() == []


def test_a_release_withdrawn_later_waits_for_a_person_who_deletes_it(scene: Scene) -> None:
    which = scene.post()
    scene.turns(3)

    scene.house.withdraw(which)
    scene.turns(2)
    assert scene.get(which).state is State.MANUAL
    assert "delete the post in the app" in scene.told()[-1].why

    scene.decide(which, Ruling.LEFT)
    scene.turns(2)
    assert scene.get(which).state is State.REJECTED


def test_a_channel_that_is_taken_off_in_time_is_not_used(scene: Scene) -> None:
    scene.spoil("create", "stuck")
    which = scene.post()
    scene.turns(1)

    scene.house.order(TO_CHANNELS, which, channels_body(("site",)))
    scene.turns(2)

    assert scene.get(which).state is State.REJECTED
    assert scene.get(which, "site").state is State.LIVE


def test_a_repeated_order_sends_nothing_again(scene: Scene) -> None:
    which = scene.post()
    scene.turns(3)

    for _ in range(3):
        scene.house.order(TO_CHANNELS, which, channels_body(("instagram",)))
        scene.turns(2)

    assert scene.public() == [CAPTION]
    assert scene.get(which).state in FINAL


def test_a_channel_without_an_account_says_so(scene: Scene) -> None:
    file = scene.house.folder / "window.toml"
    file.write_text(file.read_text().partition("[mastodon]")[0])
    publisher = open_publisher(type(scene.house.window.config).load(scene.house.folder), scene.clock)
    which = scene.post(WORDS, "mastodon")

    publisher.turn()

    found = publisher.kept.get(which, "mastodon")
    assert found is not None
    assert found.state is State.MANUAL
    assert "[mastodon]" in found.why


def test_the_token_is_renewed_once_a_day_and_stays_out_of_addresses_and_of_others_hands(scene: Scene) -> None:
    file = scene.house.folder / "secrets" / "instagram.token"
    scene.turns(1)
    assert file.read_text().strip() == "fake-long-lived-token"

    scene.pass_(hours=25)
    scene.turns(1)

    renewed = file.read_text().strip()
    assert renewed.startswith("fake-long-1")
    assert file.stat().st_mode & 0o777 == 0o600
    stored = (scene.house.folder / "store" / "deliveries.db").read_bytes()
    assert renewed.encode() not in stored
    file.chmod(0o644)
    which = scene.post()
    scene.turns(4, minutes=31)
    assert scene.get(which).state is State.MANUAL


def test_there_is_one_publisher_for_a_window(scene: Scene) -> None:
    again = alone(scene.house.folder)
    with alone(scene.house.folder), pytest.raises(RefusedError, match="another publisher"):
        again.__enter__()


def test_steps_are_told_inside_once_each(scene: Scene) -> None:
    scene.post()
    scene.turns(4)

    told = scene.told()

    assert told[-1].step == scene.get(told[-1].release).step
    assert len({each.step for each in told}) == len(told)
    assert scene.publisher.kept.untold() == ()
    assert len({each.id for each in scene.house.boxes()}) == len(scene.house.boxes())


def test_nothing_of_a_token_lies_in_what_httpx_would_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    scene.post()
    scene.turns(3)

    assert "fake-long-lived-token" not in "".join(each.getMessage() for each in caplog.records if "httpx" in each.name)
    assert httpx.__name__ in {each.name for each in caplog.records}
