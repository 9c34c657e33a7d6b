"""Comments come in once, are hidden and answered when the inside says so; the stop closes and hides, and undoes it."""

from __future__ import annotations

import httpx
import pytest

from leconfield.fake_instagram.graph import Graph
from leconfield.fake_instagram.webhooks import raw, signature
from leconfield.gate.bundles.deliveries import Act, State, short_id
from leconfield.window.publishing.moderating import MOST_LIES
from leconfield.window.publishing.publisher import open_publisher
from leconfield.window.site.pages_publishing import media_in
from tests.window.publishing.scene import CAPTION, WORDS, Scene

SECRET = "fake-app-secret"


def live(scene: Scene) -> str:
    which = scene.post()
    scene.turns(3)
    assert scene.get(which).state is State.LIVE
    return which


def hidden(scene: Scene, native: str) -> bool:
    return scene.fake.server.fake.graph.comments[native].hidden


def test_a_comment_comes_in_once_with_its_words_and_they_do_not_stay_outside(scene: Scene) -> None:
    which = live(scene)
    native = scene.comment("Who were they, then?", "anna")

    scene.turns(3, minutes=11)

    (heard,) = scene.heard()
    assert (heard.release, heard.name, heard.words) == (which, "anna", "Who were they, then?")
    assert heard.comment == short_id("instagram", native)
    stored = b"".join(each.read_bytes() for each in scene.house.folder.rglob("*") if each.is_file())
    assert b"Who were they, then?" not in stored


def test_all_of_many_comments_are_read(scene: Scene) -> None:
    live(scene)
    (media,) = scene.fake.server.fake.graph.media
    for number in range(120):
        scene.fake.server.fake.graph.comment(media, "anna", f"Comment {number}")

    scene.listens()

    with scene.publisher.kept.store() as opened:
        assert opened.execute("select count(*) from comments where told = 1").fetchone()[0] == 120


def test_a_comment_is_hidden_and_shown_again_by_order(scene: Scene) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()

    scene.on_comment(short_id("instagram", native), Act.HIDE)
    scene.turns(1)
    assert hidden(scene, native)
    scene.on_comment(short_id("instagram", native), Act.SHOW)
    scene.turns(2)
    assert not hidden(scene, native)
    assert scene.fake.server.fake.calls.count("POST hide") == 2


def test_an_order_that_the_platform_did_not_take_is_given_again(scene: Scene) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    scene.spoil("hide", "error", "rate", 2)

    scene.on_comment(short_id("instagram", native), Act.HIDE)
    scene.turns(3, minutes=6)

    assert hidden(scene, native)


def test_a_comment_that_its_writer_has_deleted_is_not_asked_for_for_ever_and_the_inside_is_told(scene: Scene) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    scene.fake.server.fake.graph.erase(native)

    scene.on_comment(short_id("instagram", native), Act.HIDE)
    scene.turns(9, minutes=31)

    assert scene.fake.server.fake.calls.count("POST hide") == MOST_LIES
    assert scene.outcomes() == ["trying", "undone"]


@pytest.mark.parametrize(("do", "what"), [("error", "lies"), ("error-after", "rate"), ("garbled", ""), ("lost", "")])
def test_what_a_platform_says_of_hiding_is_not_believed_it_is_read(scene: Scene, do: str, what: str) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    scene.spoil("hide", do, what or "500")

    scene.on_comment(short_id("instagram", native), Act.HIDE)
    scene.turns(3)

    assert hidden(scene, native)
    assert scene.outcomes() == (["trying", "done"] if do == "error" else ["done"])


def test_a_yes_of_the_platform_that_is_not_so_is_found_out(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()

    with monkeypatch.context() as patched:
        patched.setattr(Graph, "hide", lambda *_, **__: None)
        scene.on_comment(short_id("instagram", native), Act.HIDE)
        scene.turns(1)
        assert scene.outcomes() == ["trying"]
    scene.turns(2)

    assert hidden(scene, native)
    assert scene.outcomes() == ["trying", "done"]


def test_to_hide_a_comment_and_to_answer_it_do_not_take_each_others_place(scene: Scene) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    answer = scene.house.release("answer", "Ask us in the next round.")

    scene.on_comment(short_id("instagram", native), Act.HIDE)
    scene.on_comment(short_id("instagram", native), Act.REPLY, answer)
    scene.turns(1)

    assert hidden(scene, native)
    assert scene.publisher.kept.get(answer, "instagram") is not None


def test_what_was_ordered_hidden_stays_so_when_everything_goes_on_again(scene: Scene) -> None:
    live(scene)
    native, late = scene.comment(), scene.comment("Another.")
    scene.listens()
    scene.stop(on=True)
    scene.turns(2)
    assert hidden(scene, native)

    scene.on_comment(short_id("instagram", native), Act.HIDE)
    scene.stop(on=False)
    scene.spoil("hide", "error", "500", 2)
    seen = []
    for _ in range(5):
        scene.turns(1)
        seen.append(hidden(scene, native))

    assert all(seen)
    assert not hidden(scene, late)


def test_what_is_ordered_hidden_while_all_is_stopped_is_hidden_and_nothing_is_shown_or_answered(scene: Scene) -> None:
    live(scene)
    shown, other = scene.comment("Shown."), scene.comment("Other.")
    scene.listens()
    scene.on_comment(short_id("instagram", shown), Act.SHOW)
    scene.turns(1)
    scene.stop(on=True)
    scene.turns(1)

    scene.on_comment(short_id("instagram", shown), Act.HIDE)
    scene.on_comment(short_id("instagram", other), Act.SHOW)
    scene.turns(2)
    assert (hidden(scene, shown), hidden(scene, other)) == (True, True)
    scene.stop(on=False)
    scene.turns(1)

    assert (hidden(scene, shown), hidden(scene, other)) == (True, False)


def test_what_cannot_be_opened_again_is_asked_for_less_and_less_and_then_no_more(scene: Scene) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    scene.stop(on=True)
    scene.turns(1)
    (media,) = scene.fake.server.fake.graph.media
    scene.fake.server.fake.graph.take_down(media)
    before = list(scene.fake.server.fake.calls)

    scene.stop(on=False)
    scene.turns(12, minutes=31)

    calls = scene.fake.server.fake.calls[len(before) :]
    assert calls.count("POST hide") == 2 * MOST_LIES
    assert native not in scene.fake.server.fake.graph.comments


@pytest.mark.parametrize("do", ["", "lost", "error-after", "garbled"])
def test_a_comment_is_answered_once_with_the_words_of_a_release(scene: Scene, do: str) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    answer = scene.house.release("answer", "Ask us in the next round.")
    if do:
        scene.spoil("reply", do)

    scene.on_comment(short_id("instagram", native), Act.REPLY, answer)
    scene.turns(5)

    graph = scene.fake.server.fake.graph
    assert [each.text for each in graph.comments.values() if each.parent == native] == ["Ask us in the next round."]
    assert scene.get(answer).state is State.LIVE
    assert scene.fake.server.fake.calls.count("POST reply") == 1
    assert scene.public() == [CAPTION]


def test_an_answer_of_which_no_trace_is_found_waits_for_a_person(scene: Scene) -> None:
    live(scene)
    native = scene.comment()
    scene.listens()
    answer = scene.house.release("answer", "Ask us in the next round.")
    scene.spoil("reply", "lost-before")

    scene.on_comment(short_id("instagram", native), Act.REPLY, answer)
    scene.settle()

    assert scene.get(answer).state is State.MANUAL


def test_the_stop_closes_comments_hides_what_nobody_decided_on_and_undoes_it(scene: Scene) -> None:
    live(scene)
    decided, pending = scene.comment("Shown by decision."), scene.comment("Nobody decided.")
    scene.listens()
    scene.on_comment(short_id("instagram", decided), Act.SHOW)
    scene.turns(1)
    (media,) = scene.fake.server.fake.graph.media.values()

    scene.stop(on=True)
    scene.turns(2)
    assert (media.comments_open, hidden(scene, decided), hidden(scene, pending)) == (False, False, True)

    scene.stop(on=False)
    scene.turns(2)
    assert (media.comments_open, hidden(scene, pending)) == (True, False)


def test_where_the_stop_that_was_kept_is_damaged_nothing_goes_out_until_a_new_word_comes(scene: Scene) -> None:
    scene.stop(on=True)
    scene.post()
    scene.turns(1)
    kept = scene.house.folder / "shelf" / "orders" / "stop" / "all.order"
    kept.write_bytes(kept.read_bytes()[:30])
    scene.publisher = open_publisher(scene.house.window.config, scene.clock)

    scene.turns(3)
    assert scene.public() == []

    scene.stop(on=False)
    scene.turns(4)
    assert scene.public() == [CAPTION]


def test_while_everything_is_stopped_nothing_goes_out_and_nothing_can_be_fetched(scene: Scene) -> None:
    scene.spoil("create", "stuck")
    begun = scene.post()
    scene.turns(2)
    scene.stop(on=True)
    queued = scene.post(WORDS.replace("quay was", "pier was"))

    scene.turns(3, minutes=20)

    assert scene.public() == []
    assert scene.get(begun).state in (State.SUBMITTED, State.PROCESSING)
    assert scene.get(queued).state is State.QUEUED
    with scene.publisher.kept.store() as opened:
        assert opened.execute("select count(*) from openings").fetchone()[0] == 0
    scene.stop(on=False)
    scene.turns(6)
    assert len(scene.public()) == 2


def test_what_was_being_made_public_when_the_stop_came_is_looked_up(scene: Scene) -> None:
    scene.spoil("publish", "lost")
    which = scene.post()
    scene.turns(2)
    assert scene.get(which).state is State.AMBIGUOUS

    scene.stop(on=True)
    scene.turns(2)

    assert scene.get(which).state is State.LIVE


def test_a_signed_message_makes_the_publisher_read_at_once_and_a_second_one_changes_nothing(scene: Scene) -> None:
    live(scene)
    scene.turns(1)
    scene.fake.tell("listen", address=f"{scene.site}/webhooks/instagram")
    scene.fake.tell("faults", faults=[{"on": "webhook", "do": "twice"}])

    scene.comment("Grüße!")
    scene.turns(1, seconds=1)

    assert [each.words for each in scene.heard()] == ["Grüße!"]
    assert scene.fake.server.fake.listener.failures == 0
    reads = scene.fake.server.fake.calls.count("GET comments")
    scene.turns(1, seconds=1)
    assert scene.fake.server.fake.calls.count("GET comments") == reads


@pytest.mark.parametrize("wrong", ["another secret", "other bytes", "no signature"])
def test_a_message_that_is_not_signed_over_its_very_bytes_is_refused(scene: Scene, wrong: str) -> None:
    body = raw({"object": "instagram", "entry": []})
    head = {"X-Hub-Signature-256": signature("x" if wrong == "another secret" else SECRET, body)}
    if wrong == "no signature":
        head = {}
    sent = body + b" " if wrong == "other bytes" else body

    answer = httpx.post(f"{scene.site}/webhooks/instagram", content=sent, headers=head)

    assert answer.status_code == 403


def test_the_handshake_says_the_challenge_back_to_whoever_knows_our_token(scene: Scene) -> None:
    def shaken(token: str) -> httpx.Response:
        asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"}
        return httpx.get(f"{scene.site}/webhooks/instagram", params=asked)

    assert shaken("fake-verify-token").text == "1158201444"
    assert shaken("another").status_code == 403


def test_both_shapes_of_a_message_are_read_and_nonsense_is_not() -> None:
    value = {"id": "1", "media": {"id": "17"}}
    assert media_in(raw({"entry": [{"changes": [{"field": "comments", "value": value}]}]})) == ("17",)
    assert media_in(raw({"entry": [{"field": "comments", "value": value}]})) == ("17",)
    assert media_in(raw({"entry": [{"field": "mentions", "value": value}]})) == ()
    for nonsense in (b"", b"[]", b'{"entry": 3}', b'{"entry": [3]}', b'{"entry": [{"field": "comments"}]}'):
        assert media_in(nonsense) == ()


def test_a_window_without_a_secret_takes_no_messages(scene: Scene) -> None:
    (scene.house.folder / "secrets" / "instagram.secret").unlink()

    assert httpx.post(f"{scene.site}/webhooks/instagram", content=b"{}").status_code == 404
