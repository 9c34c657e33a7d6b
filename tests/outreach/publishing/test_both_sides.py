"""A post and the talk beneath it through both programs and the fake: chosen inside, public outside, told inside."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from leconfield.fake_instagram.model import Settings
from leconfield.gate.bundles.deliveries import State
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Step
from leconfield.outreach.publishing import service
from leconfield.outreach.publishing.state import comments, deliveries
from leconfield.window.config import FILE, Config
from leconfield.window.publishing.publisher import Publisher, open_publisher
from leconfield.window.site.app import application
from tests.fake_instagram.serving import Faked, Standing, faked, served
from tests.ledger.desks import look
from tests.outreach.house import EDITOR
from tests.outreach.publishing.test_publishing import PICTURED, leaves
from tests.outreach.rounds.test_both_sides import Both, both
from tests.window.publishing.scene import lines, token


def publishing(made: Both, fake: Faked, site: str) -> Publisher:
    """The window's publisher, with its accounts on the fake."""
    file = made.window.folder / FILE
    file.write_text(file.read_text() + lines(fake, site, 5.0))
    token(made.window.folder, "instagram.token", "fake-long-lived-token", fake)
    config = Config.load(made.window.folder)
    object.__setattr__(made.window, "config", config)
    return open_publisher(config, fake.clock)


def turns(made: Both, fake: Faked, publisher: Publisher, count: int, minutes: int = 1) -> None:
    """Turns of the publisher on the clock of both programs."""
    for _ in range(count):
        fake.clock.now = made.hands.at
        publisher.turn()
        made.hands.at += timedelta(minutes=minutes, seconds=1)
    fake.clock.now = made.hands.at


def test_a_post_goes_out_once_is_commented_on_answered_and_taken_back(tmp_path: Path) -> None:
    made = both(tmp_path)
    clock = Standing(made.hands.at)
    with faked(Settings(polls=1), clock) as fake, served(application(made.window)) as site:
        publisher = publishing(made, fake, site)
        which = releases.draft(
            made.desk, look(made.desk, EDITOR), "post", "public", PICTURED, label="O&PRESSROOM", title="A quay"
        )
        leaves(made.desk, which)
        service.choose(made.desk, look(made.desk, EDITOR), which, ["instagram"])
        made.out()
        turns(made, fake, publisher, 5)
        made.in_()

        known = {each.channel: each for each in deliveries(look(made.desk, EDITOR))}
        (media,) = fake.server.fake.graph.media.values()
        assert media.caption == "A quay\n\nThe quay was empty."
        assert (known["site"].last.state, known["instagram"].last.state) == (State.LIVE, State.LIVE)
        assert known["instagram"].address == f"{fake.address}/p/{media.code}/"

        _talk(made, fake, publisher)

        releases.take(made.desk, look(made.desk, EDITOR), which, Step.WITHDRAW, reason="A face can be made out.")
        made.out()
        turns(made, fake, publisher, 2)
        made.in_()
        gone = next(each for each in deliveries(look(made.desk, EDITOR)) if each.waits)
        assert "delete the post in the app" in gone.last.why
        step = gone.last.number
        service.decide(
            made.desk, look(made.desk, EDITOR), gone.key, ruling="left", step=step, reason="I deleted it in the app."
        )
        made.out()
        turns(made, fake, publisher, 2)
        made.in_()
        states = {each.key: each.last.state for each in deliveries(look(made.desk, EDITOR))}
        assert states[gone.key] is State.REJECTED


def _talk(made: Both, fake: Faked, publisher: Publisher) -> None:
    """Two readers comment: one is hidden, the other is answered, by a release."""
    (media,) = fake.server.fake.graph.media
    native = {
        words: fake.tell("comment", media=media, text=words, by="anna").json()["id"]
        for words in ("Who were they?", "Buy this!")
    }
    turns(made, fake, publisher, 2, minutes=11)
    made.in_()
    heard = {each.words: each for each in comments(look(made.desk, EDITOR))}
    service.treat(made.desk, look(made.desk, EDITOR), heard["Buy this!"].id, act="hide", reason="It sells something.")
    question = heard["Who were they?"].id
    answer = service.answer(made.desk, look(made.desk, EDITOR), question, words="Ask us in the next round.")
    leaves(made.desk, answer)
    service.send_answer(made.desk, look(made.desk, EDITOR), question)
    made.out()
    turns(made, fake, publisher, 4)
    made.in_()

    graph = fake.server.fake.graph
    assert graph.comments[native["Buy this!"]].hidden
    assert [each.text for each in graph.comments.values() if each.parent] == ["Ask us in the next round."]
    assert [each.text for each in graph.beneath(media, native["Who were they?"])] == ["Ask us in the next round."]
    assert {each.words: each.standing for each in comments(look(made.desk, EDITOR))} == {
        "Buy this!": "hidden",
        "Who were they?": "",
    }
    assert all(each.last.state is State.LIVE for each in deliveries(look(made.desk, EDITOR)))
