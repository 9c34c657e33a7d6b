"""Orders and boxes about deliveries come out as they went in, and what is none is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import deliveries as d
from leconfield.gate.bundles.orders import Order

RELEASE = "ab" * 16
TOLD = d.Told(RELEASE, "instagram", 3, d.State.LIVE, "2026-08-01T09:00:00Z", "", "https://example.org/p/1")
HEARD = d.Heard(d.short_id("instagram", "17"), "instagram", RELEASE, "reader", "Who were they?", "2026-08-01")


def test_an_order_names_the_channels_that_are_known_here() -> None:
    body = d.channels_body(("mastodon", "instagram", "instagram"))

    assert d.channels_in(Order(d.TO_CHANNELS, RELEASE, 1, body)) == ("instagram", "mastodon")
    assert d.channels_in(Order(d.TO_CHANNELS, RELEASE, 1, {"channels": ["pigeon", "site"]})) == ("site",)


@pytest.mark.parametrize("body", [{}, {"channels": "site"}])
def test_an_order_that_names_none_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(DamagedError):
        d.channels_in(Order(d.TO_CHANNELS, RELEASE, 1, body))


def test_a_stop_that_cannot_be_read_stops() -> None:
    assert not d.stop_in(None)
    assert not d.stop_in(Order(d.STOP, d.ALL, 2, d.stop_body(on=False)))
    assert d.stop_in(Order(d.STOP, d.ALL, 1, d.stop_body(on=True)))
    assert d.stop_in(Order(d.STOP, d.ALL, 3, {}))


def test_a_decision_crosses() -> None:
    made = d.Resolution(RELEASE, "instagram", d.Ruling.LIVE, 4, "https://example.org/p/1")
    order = Order(d.RESOLUTION, d.key_of(RELEASE, "instagram"), 1, d.resolution_body(made))

    assert d.resolution_in(order) == made


def test_whoever_says_that_it_is_live_says_where() -> None:
    with pytest.raises(BadInputError, match="https"):
        d.resolution_body(d.Resolution(RELEASE, "instagram", d.Ruling.LIVE, 4, "javascript:alert(1)"))


@pytest.mark.parametrize("body", [{}, {"ruling": "perhaps", "step": 1}, {"ruling": "anew", "step": "1"}])
def test_what_is_no_decision_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(DamagedError):
        d.resolution_in(Order(d.RESOLUTION, d.key_of(RELEASE, "instagram"), 1, body))


def test_an_order_on_a_comment_crosses_and_a_reply_is_a_release() -> None:
    made = d.CommentOrder(HEARD.comment, d.Act.REPLY, RELEASE)
    assert d.comment_order_in(Order(d.TO_ANSWER, HEARD.comment, 1, d.comment_body(made))) == made
    hide = d.CommentOrder(HEARD.comment, d.Act.HIDE, decision=2)
    assert d.comment_order_in(Order(d.ON_COMMENT, HEARD.comment, 1, d.comment_body(hide))) == hide
    with pytest.raises(DamagedError):
        d.comment_order_in(Order(d.ON_COMMENT, HEARD.comment, 1, d.comment_body(made)))
    with pytest.raises(DamagedError):
        d.comment_order_in(Order(d.ON_COMMENT, HEARD.comment, 1, {"act": "reply", "release": "Thank you!"}))
    with pytest.raises(DamagedError):
        d.comment_order_in(Order(d.ON_COMMENT, HEARD.comment, 1, {"act": "praise"}))


def test_what_became_of_a_delivery_crosses_and_the_same_step_is_the_same_box() -> None:
    box = d.told_box(TOLD)

    assert d.told_in(box) == TOLD
    assert d.told_box(TOLD).id == box.id != d.told_box(replace(TOLD, step=4)).id


@pytest.mark.parametrize(
    ("name", "words"), [("state", "lost"), ("step", "0"), ("channel", "pigeon"), ("release", "x"), ("at", "today")]
)
def test_a_box_that_tells_of_no_delivery_is_refused(name: str, words: str) -> None:
    box = d.told_box(TOLD)
    with pytest.raises(DamagedError):
        d.told_in(replace(box, fields={**box.fields, name: words}))


def test_a_comment_crosses() -> None:
    assert d.heard_in(d.heard_box(HEARD)) == HEARD
    with pytest.raises(DamagedError, match="missing"):
        d.heard_in(replace(d.heard_box(HEARD), fields={}))


def test_what_came_of_an_order_on_a_comment_crosses_and_what_tells_nothing_is_refused() -> None:
    made = d.Outcome(HEARD.comment, 2, d.Result.UNDONE, "there is no such thing", "2026-08-01")

    assert d.outcome_in(d.outcome_box(made)) == made
    for wrong in ({"serial": "0"}, {"result": "perhaps"}, {"comment": "17"}):
        box = d.outcome_box(made)
        with pytest.raises(DamagedError):
            d.outcome_in(replace(box, fields={**box.fields, **wrong}))
