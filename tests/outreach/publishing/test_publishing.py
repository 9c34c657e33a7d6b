"""Inside: channels are chosen, deliveries are told and decided on, comments are hidden and answered, all is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, DamagedError, NotFoundError, RefusedError
from leconfield.gate.bundles import deliveries as d
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releasing
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.outreach import orders
from leconfield.outreach.areas import waiting_of
from leconfield.outreach.crossing import import_
from leconfield.outreach.publishing import service
from leconfield.outreach.publishing.state import comments, deliveries, stops
from tests.gate.bundles.shots import photograph
from tests.ledger.desks import look
from tests.outreach.house import EDITOR, JUNIOR, PLAIN, another, enrolled, got, kept, lies, published, sent

AT = "2026-08-01T09:00:00Z"
PICTURED = {
    "text.txt": ("text/plain", b"The quay was empty.\n\n!quay.jpg An empty quay in the morning."),
    "quay.jpg": ("image/jpeg", photograph()),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with kept(tmp_path / "desk") as made:
        enrolled(made, EDITOR, JUNIOR, PLAIN)
        yield made


def told(release: str, step: int, state: d.State, why: str = "", address: str = "") -> Box:
    return d.told_box(d.Told(release, "instagram", step, state, AT, why, address))


def heard(release: str, native: str = "17", words: str = "Who were they?") -> Box:
    short = d.short_id("instagram", native)
    return d.heard_box(d.Heard(short, "instagram", release, "anna", words, "2026-08-01"))


def takes(desk: Desk, tmp_path: Path, *boxes: Box) -> None:
    """The boxes come in as they do from the window."""
    for each in boxes:
        lies(desk, tmp_path / "out", each)
    import_(desk, look(desk, EDITOR), tmp_path / "out", tmp_path / "aside")


def out(desk: Desk, files: releasing.Given = PICTURED) -> tuple[EntryId, str]:
    """A release that has left: its id inside and outside."""
    which = published(desk, files, title="A quay")
    return which, sealing.public_id(desk, which)


def test_channels_are_chosen_and_ordered_and_our_own_site_is_always_one(desk: Desk) -> None:
    which, public = out(desk)

    service.choose(desk, look(desk, EDITOR), which, ["instagram"])

    issued = orders.newest(look(desk, EDITOR), d.TO_CHANNELS, public)
    assert issued is not None
    assert d.channels_in(issued.order) == ("site", "instagram")


def test_a_channel_that_would_refuse_it_cannot_be_chosen(desk: Desk) -> None:
    which, _ = out(desk, {"text.txt": ("text/plain", b"Words alone.")})

    with pytest.raises(BadInputError, match=r"Instagram would refuse it.*without a picture"):
        service.choose(desk, look(desk, EDITOR), which, ["instagram"])
    with pytest.raises(BadInputError, match="no channel"):
        service.choose(desk, look(desk, EDITOR), which, ["pigeon"])


def test_channels_are_for_what_is_sealed_and_for_whoever_may_publish(desk: Desk) -> None:
    view = look(desk, EDITOR)
    draft = releasing.draft(desk, view, "post", "public", PICTURED, label="O&PRESSROOM")

    with pytest.raises(RefusedError, match="sealed or published"):
        service.choose(desk, look(desk, EDITOR), draft, ["mastodon"])
    with pytest.raises(RefusedError, match="role"):
        service.choose(desk, look(desk, PLAIN), draft, ["mastodon"])


def test_steps_come_in_once_and_in_their_order_whichever_comes_first(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    live = told(public, 2, d.State.LIVE, "", "https://example.org/p/1")

    takes(desk, tmp_path, live)
    takes(desk, tmp_path, told(public, 1, d.State.QUEUED), replace(live, id="ab" * 16))

    (known,) = deliveries(look(desk, EDITOR))
    assert [each.number for each in known.steps] == [1, 2]
    assert known.address == "https://example.org/p/1"
    assert not deliveries(look(desk, PLAIN))


def test_a_delivery_in_doubt_waits_and_a_person_decides_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    key = d.key_of(public, "instagram")
    takes(desk, tmp_path, told(public, 1, d.State.AMBIGUOUS), told(public, 2, d.State.MANUAL, "look"))
    assert "deliveries that need a person" in [each.words for each in waiting_of(desk, look(desk, EDITOR))]

    def decided(**named: object) -> None:
        told = {"ruling": "live", "step": 2, "reason": "I looked.", "address": "https://example.org/p/1", **named}
        service.decide(desk, look(desk, EDITOR), key, **told)  # type: ignore[arg-type]

    for wrong in ({"reason": " "}, {"address": ""}, {"ruling": "perhaps"}):
        with pytest.raises(BadInputError):
            decided(**wrong)
    with pytest.raises(RefusedError, match="stands otherwise"):
        decided(step=1)
    decided()

    issued = orders.newest(look(desk, EDITOR), d.RESOLUTION, key)
    assert issued is not None
    assert d.resolution_in(issued.order) == d.Resolution(
        public, "instagram", d.Ruling.LIVE, 2, "https://example.org/p/1"
    )
    with pytest.raises(RefusedError, match="decided already"):
        decided()
    assert waiting_of(desk, look(desk, EDITOR)) == ()


def test_nothing_is_decided_on_what_is_known(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    takes(desk, tmp_path, told(public, 1, d.State.LIVE))

    with pytest.raises(RefusedError, match="nothing to decide"):
        service.decide(
            desk, look(desk, EDITOR), d.key_of(public, "instagram"), ruling="left", step=1, reason="I looked."
        )
    with pytest.raises(NotFoundError):
        service.decide(desk, look(desk, EDITOR), d.key_of(public, "site"), ruling="left", step=1, reason="So.")


def test_a_comment_is_hidden_with_a_reason_and_shown_again(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    takes(desk, tmp_path, heard(public))
    (known,) = comments(look(desk, EDITOR))
    assert known.waits

    service.treat(desk, look(desk, EDITOR), known.id, act="hide", reason="It names somebody.")
    (hidden,) = comments(look(desk, EDITOR))
    service.treat(desk, look(desk, EDITOR), known.id, act="show", reason="It does not.")
    (back,) = comments(look(desk, EDITOR))

    assert (hidden.hiding, back.hiding, back.waits) == (True, False, False)
    issued = orders.newest(look(desk, EDITOR), d.ON_COMMENT, known.id)
    assert issued is not None
    assert d.comment_order_in(issued.order).act is d.Act.SHOW
    with pytest.raises(BadInputError):
        service.treat(desk, look(desk, EDITOR), known.id, act="praise", reason="So.")
    with pytest.raises(RefusedError):
        service.treat(desk, look(desk, PLAIN), known.id, act="hide", reason="So.")


def outcome(which: str, serial: int, result: d.Result, why: str = "") -> Box:
    return d.outcome_box(d.Outcome(which, serial, result, why, "2026-08-01"))


def test_a_comment_is_called_hidden_once_the_window_has_read_that_it_is(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    which = d.short_id("instagram", "17")
    takes(desk, tmp_path, outcome(which, 1, d.Result.DONE), heard(public))

    service.treat(desk, look(desk, EDITOR), which, act="hide", reason="It names somebody.")
    (hidden,) = comments(look(desk, EDITOR))
    service.treat(desk, look(desk, EDITOR), which, act="show", reason="It does not.")
    (ordered,) = comments(look(desk, EDITOR))
    takes(desk, tmp_path, outcome(which, 2, d.Result.UNDONE, "no such thing"), outcome(which, 2, d.Result.TRYING))
    (undone,) = comments(look(desk, EDITOR))
    service.treat(desk, look(desk, EDITOR), which, act="show", reason="Once more.")
    (again,) = comments(look(desk, EDITOR))

    assert hidden.standing == "hidden"
    assert ordered.standing == "to be shown again: the window has not told that it is"
    assert (undone.standing, undone.waits) == ("not shown again: no such thing", True)
    assert (again.standing, again.waits) == (ordered.standing, False)
    issued = orders.newest(look(desk, EDITOR), d.ON_COMMENT, which)
    assert issued is not None
    assert issued.order.serial == 3


def test_of_two_who_decide_at_once_one_is_noted_and_ordered_and_the_other_is_told(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    key = d.key_of(public, "instagram")
    takes(desk, tmp_path, heard(public), told(public, 1, d.State.MANUAL))
    which = d.short_id("instagram", "17")
    early = another(desk, EDITOR)
    service.treat(desk, look(desk, EDITOR), which, act="hide", reason="It names somebody.")
    service.decide(desk, look(desk, EDITOR), key, ruling="left", step=1, reason="I looked.")
    service.answer(desk, look(desk, EDITOR), which, words="Ask us in the next round.")
    service.stop(desk, look(desk, EDITOR), on=True, reason="Somebody is in danger.")

    for act in (
        lambda: service.treat(desk, early, which, act="hide", reason="It sells something."),
        lambda: service.decide(desk, early, key, ruling="anew", step=1, reason="I looked, too."),
        lambda: service.answer(desk, early, which, words="Never."),
        lambda: service.stop(desk, early, on=True, reason="So."),
    ):
        with pytest.raises(RefusedError, match="meanwhile"):
            act()

    (known,) = comments(look(desk, EDITOR))
    assert [each.reason for each in known.treatments] == ["It names somebody."]
    assert [each.reason for each in stops(look(desk, EDITOR))] == ["Somebody is in danger."]


def test_nobody_is_told_that_a_reply_on_mastodon_can_be_hidden(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    short = d.short_id("mastodon", "17")
    takes(desk, tmp_path, d.heard_box(d.Heard(short, "mastodon", public, "anna", "Who were they?", "2026-08-01")))

    with pytest.raises(RefusedError, match="Mastodon"):
        service.treat(desk, look(desk, EDITOR), short, act="hide", reason="It names somebody.")
    with pytest.raises(BadInputError, match="Mastodon takes 500"):
        service.answer(desk, look(desk, EDITOR), short, words="x" * 501)


def test_an_answer_is_a_release_and_is_sent_once_it_has_left(desk: Desk, tmp_path: Path) -> None:
    _, public = out(desk)
    takes(desk, tmp_path, heard(public))
    (known,) = comments(look(desk, EDITOR))

    made = service.answer(desk, look(desk, EDITOR), known.id, words="Ask us in the next round.")

    with pytest.raises(RefusedError, match="not sealed"):
        service.send_answer(desk, look(desk, EDITOR), known.id)
    with pytest.raises(RefusedError, match="one to a comment"):
        service.answer(desk, look(desk, EDITOR), known.id, words="Again.")
    assert orders.newest(look(desk, EDITOR), d.TO_ANSWER, known.id) is None
    leaves(desk, made)
    service.send_answer(desk, look(desk, EDITOR), known.id)
    service.treat(desk, look(desk, EDITOR), known.id, act="hide", reason="It names somebody.")
    issued = orders.newest(look(desk, EDITOR), d.TO_ANSWER, known.id)
    assert issued is not None
    assert d.comment_order_in(issued.order) == d.CommentOrder(known.id, d.Act.REPLY, sealing.public_id(desk, made))


def leaves(desk: Desk, which: EntryId) -> None:
    """The release goes its way, by a gate that always nods."""
    from leconfield.gate.release.model import Step
    from tests.gate.release.rooms import KEEPER, OFFICER, Gate, approves

    officer, keeper = (replace(each, tokens=EDITOR.tokens) for each in (OFFICER, KEEPER))
    releasing.check(desk, look(desk, officer), which, Gate())
    approves(desk, officer, which)
    approves(desk, keeper, which)
    releasing.seal(desk, look(desk, officer), which, Gate())
    releasing.take(desk, look(desk, officer), which, Step.PUBLISH, reason="Now.")


def test_everything_is_stopped_and_let_go_on_with_reasons(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="role"):
        service.stop(desk, look(desk, PLAIN), on=True, reason="Somebody is in danger.")
    with pytest.raises(BadInputError):
        service.stop(desk, look(desk, EDITOR), on=True, reason="")
    with pytest.raises(RefusedError, match="nothing is stopped"):
        service.stop(desk, look(desk, EDITOR), on=False, reason="So.")

    service.stop(desk, look(desk, EDITOR), on=True, reason="Somebody is in danger.")
    on = orders.newest(look(desk, EDITOR), d.STOP, d.ALL)
    service.stop(desk, look(desk, EDITOR), on=False, reason="Nobody is.")
    off = orders.newest(look(desk, EDITOR), d.STOP, d.ALL)

    assert (d.stop_in(on.order if on else None), d.stop_in(off.order if off else None)) == (True, False)
    assert [each.reason for each in stops(look(desk, EDITOR))] == ["Nobody is.", "Somebody is in danger."]


def test_boxes_that_tell_of_nothing_are_put_aside(desk: Desk, tmp_path: Path) -> None:
    wrong = replace(told("ab" * 16, 1, d.State.LIVE), fields={"state": "lost"})
    with pytest.raises(DamagedError):
        d.told_in(wrong)

    takes(desk, tmp_path, wrong)

    assert len(list((tmp_path / "aside").glob("*.box"))) == 1
    assert deliveries(look(desk, EDITOR)) == ()


def test_the_pages_show_previews_steps_and_forms_and_do_what_they_say(desk: Desk, tmp_path: Path) -> None:
    which, public = out(desk)
    key = d.key_of(public, "instagram")
    page = got(desk, EDITOR, f"/window/channels/{which}")
    assert 'alt="An empty quay in the morning."' in page
    assert "What the post looks like on Instagram" in page
    sent(desk, EDITOR, f"/window/channels/{which}", 303, instagram="yes", mastodon="yes")
    takes(desk, tmp_path, told(public, 1, d.State.MANUAL, "look at the app"), heard(public, words="<i>Who?</i>"))

    assert "needs a person" in got(desk, EDITOR, "/window/deliveries")
    assert "look at the app" in got(desk, EDITOR, f"/window/deliveries/{key}")
    form = {"ruling": "live", "step": "1", "reason": "I looked.", "address": "nowhere"}
    refused = sent(desk, EDITOR, f"/window/deliveries/{key}", 400, **form)
    assert "Not done yet: address" in refused
    assert "I looked." in refused
    sent(desk, EDITOR, f"/window/deliveries/{key}", 303, **{**form, "address": "https://example.org/p/1"})
    assert "&lt;i&gt;Who?&lt;/i&gt;" in got(desk, EDITOR, "/window/comments")
    short = comments(look(desk, EDITOR))[0].id
    sent(desk, EDITOR, f"/window/comments/{short}/hide", 303, reason="It names somebody.")
    assert "To be hidden: the window has not told" in got(desk, EDITOR, f"/window/comments/{short}")
    assert "Stop everything now" not in got(desk, EDITOR, "/window/stop")
    assert "Stop everything now" in got(desk, EDITOR, "/window/stop?sure=yes")
    sent(desk, EDITOR, "/window/stop", 303, on="1", reason="Somebody is in danger.")
    assert "Everything is stopped" in got(desk, EDITOR, "/window/deliveries")


def test_who_may_not_know_of_it_sees_nothing_of_it(desk: Desk, tmp_path: Path) -> None:
    which, public = out(desk)
    takes(desk, tmp_path, told(public, 1, d.State.MANUAL), heard(public))

    assert "Nothing has gone out" in got(desk, PLAIN, "/window/deliveries")
    assert "Nobody has commented" in got(desk, PLAIN, "/window/comments")
    got(desk, PLAIN, f"/window/channels/{which}", 404)
    got(desk, PLAIN, f"/window/deliveries/{d.key_of(public, 'instagram')}", 404)
    assert "A quay" not in got(desk, JUNIOR, "/window/deliveries")
