"""The fake says what the platform says: versions, tokens, containers, quota, pictures, comments, signed webhooks."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from leconfield.fake_instagram.model import Settings
from tests.fake_instagram.serving import Faked, faked, served
from tests.gate.bundles.shots import header, photograph

SQUARE = photograph()


@pytest.fixture(scope="module")
def _serving() -> Iterator[Faked]:
    with faked(Settings(polls=0)) as found:
        yield found


@pytest.fixture
def fake(_serving: Faked) -> Faked:
    _serving.clear()
    return _serving


def code_of(answer: httpx.Response) -> tuple[int, int]:
    error = answer.json()["error"]
    return error["code"], error.get("error_subcode", 0)


def published(fake: Faked, **fields: str) -> str:
    which = fake.container(fake.put("a.jpg", SQUARE), **fields)
    return str(fake.call("POST", "me/media_publish", creation_id=which).json()["id"])


def test_a_picture_goes_from_container_to_post(fake: Faked) -> None:
    which = published(fake, caption="The quay", alt_text="A quay in the morning.")

    (post,) = fake.call("GET", "me/media", fields="id,caption,permalink,media_type,alt_text").json()["data"]

    assert (post["id"], post["caption"], post["media_type"]) == (which, "The quay", "IMAGE")
    assert post["alt_text"] == "A quay in the morning."
    assert "The quay" in httpx.get(post["permalink"]).text


def test_a_container_is_worked_on_for_as_many_looks_as_are_set() -> None:
    with faked(Settings(polls=2)) as fake:
        which = fake.container(fake.put("a.jpg", SQUARE))
        early = fake.call("POST", "me/media_publish", creation_id=which)
        seen = [fake.call("GET", which, fields="status_code").json()["status_code"] for _ in range(3)]

    assert code_of(early) == (9007, 2207027)
    assert seen == ["IN_PROGRESS", "IN_PROGRESS", "FINISHED"]


def test_a_container_is_gone_after_a_day_and_published_once(fake: Faked) -> None:
    old, new = (fake.container(fake.put("a.jpg", SQUARE)) for _ in range(2))
    fake.call("POST", "me/media_publish", creation_id=new)

    assert code_of(fake.call("POST", "me/media_publish", creation_id=new)) == (24, 2207006)
    assert fake.call("GET", new, fields="status_code").json()["status_code"] == "PUBLISHED"
    fake.tell("advance", seconds=86_400)
    assert fake.call("GET", old, fields="status_code").json()["status_code"] == "EXPIRED"
    assert code_of(fake.call("POST", "me/media_publish", creation_id=old)) == (24, 2207008)


@pytest.mark.parametrize(
    ("held", "media_type", "refused"),
    [
        (header(1080, 1080, 8 * 2**20 + 1), "image/jpeg", (36000, 2207004)),
        (b"GIF89a", "image/jpeg", (36001, 2207005)),
        (SQUARE, "image/png", (36001, 2207005)),
        (header(799, 1000), "image/jpeg", (36003, 2207009)),
        (header(1911, 1000), "image/jpeg", (36003, 2207009)),
    ],
)
def test_it_fetches_the_picture_and_looks_at_it(
    fake: Faked, held: bytes, media_type: str, refused: tuple[int, int]
) -> None:
    answer = fake.call("POST", "me/media", image_url=fake.put("a.jpg", held, media_type))

    assert code_of(answer) == refused


def test_a_picture_that_is_not_there_cannot_be_fetched(fake: Faked) -> None:
    assert code_of(fake.call("POST", "me/media", image_url=f"{fake.host}/none.jpg")) == (9004, 2207052)
    assert code_of(fake.call("POST", "me/media", image_url="no address")) == (9004, 2207052)


@pytest.mark.parametrize(
    "caption", ["a" * 2201, " ".join(f"#t{n}" for n in range(31)), " ".join(f"@n{n}" for n in range(21))]
)
def test_a_caption_that_is_too_long_is_refused(fake: Faked, caption: str) -> None:
    answer = fake.call("POST", "me/media", image_url=fake.put("a.jpg", SQUARE), caption=caption)

    assert code_of(answer) == (36004, 2207010)


@pytest.mark.parametrize(("count", "fits"), [(1, False), (2, True), (10, True), (11, False)])
def test_a_carousel_takes_two_to_ten(fake: Faked, count: int, fits: bool) -> None:
    address = fake.put("a.jpg", SQUARE)
    children = ",".join(fake.container(address, is_carousel_item="true") for _ in range(count))

    answer = fake.call("POST", "me/media", media_type="CAROUSEL", children=children, caption="Quays")

    assert answer.is_success is fits
    if not fits:
        assert code_of(answer) == (100, 2207028)
        return
    fake.call("POST", "me/media_publish", creation_id=answer.json()["id"])
    (post,) = fake.call("GET", "me/media", fields="media_type").json()["data"]
    assert post["media_type"] == "CAROUSEL_ALBUM"


def test_posts_and_containers_of_a_day_are_counted() -> None:
    with faked(Settings(polls=0, posts_a_day=2, containers_a_day=3)) as fake:
        address = fake.put("a.jpg", SQUARE)
        made = [fake.container(address) for _ in range(3)]
        answers = [fake.call("POST", "me/media_publish", creation_id=each) for each in made]
        quota = fake.call("GET", "me/content_publishing_limit", fields="quota_usage,config").json()["data"][0]
        one_more = fake.call("POST", "me/media", image_url=address)
        fake.tell("advance", seconds=86_401)
        next_day = fake.call("POST", "me/media", image_url=address)

    assert [each.is_success for each in answers] == [True, True, False]
    assert code_of(answers[2]) == (9, 2207042)
    assert (quota["quota_usage"], quota["config"]["quota_total"]) == (2, 2)
    assert code_of(one_more)[0] == 4
    assert next_day.is_success


def test_versions_end_and_unknown_ones_have_no_path(fake: Faked) -> None:
    head = {"Authorization": "Bearer fake-long-lived-token"}

    def asked(version: str) -> httpx.Response:
        return httpx.get(f"{fake.address}/{version}/me", params={"fields": "username"}, headers=head)

    assert asked("v26.0").json()["username"] == "our_service"
    assert asked("v20.0").is_success
    assert code_of(asked("v99.0")) == (2500, 0)
    fake.tell("advance", seconds=54 * 86_400)
    assert code_of(asked("v20.0"))[0] == 2635
    assert asked("v21.0").is_success


def test_a_token_goes_in_the_header_or_the_query_and_lives_for_sixty_days(fake: Faked) -> None:
    assert httpx.get(f"{fake.address}/me", params={"access_token": "fake-long-lived-token"}).is_success
    assert code_of(fake.call("GET", "me", token="another")) == (190, 0)
    assert code_of(httpx.get(f"{fake.address}/me")) == (190, 0)
    fake.tell("advance", seconds=60 * 86_400)
    assert code_of(fake.call("GET", "me")) == (190, 463)


def test_a_token_is_refreshed_once_it_is_a_day_old(fake: Faked) -> None:
    head = {"Authorization": "Bearer fake-long-lived-token"}

    def refreshed() -> httpx.Response:
        return httpx.get(f"{fake.address}/refresh_access_token?grant_type=ig_refresh_token", headers=head)

    assert code_of(refreshed())[0] == 190
    fake.tell("advance", seconds=86_400)
    new = refreshed().json()
    assert new["expires_in"] == 60 * 86_400
    assert fake.call("GET", "me", token=new["access_token"]).is_success


def test_a_token_of_an_hour_is_exchanged_with_the_secret_of_the_app(fake: Faked) -> None:
    short = fake.tell("sign-in").json()["access_token"]
    head = {"Authorization": f"Bearer {short}"}

    def exchanged(secret: str) -> httpx.Response:
        return httpx.get(f"{fake.address}/access_token", params={"client_secret": secret}, headers=head)

    assert not exchanged("wrong").is_success
    assert exchanged("fake-app-secret").json()["access_token"].startswith("fake-long")


def test_comments_are_read_hidden_answered_and_closed(fake: Faked) -> None:
    post = published(fake)
    which = fake.tell("comment", media=post, text="Who were they?", by="anna").json()["id"]

    reply = fake.call("POST", f"{which}/replies", message="Ask us in the round.").json()["id"]
    to_the_reply = fake.call("POST", f"{reply}/replies", message="And more")
    own = fake.call("POST", reply, hide="true")
    fake.call("POST", which, hide="true")
    to_the_hidden = fake.call("POST", f"{which}/replies", message="Too late")

    (comment,) = fake.call("GET", f"{post}/comments", fields="id,text,username,hidden").json()["data"]
    assert (comment["text"], comment["username"], comment["hidden"]) == ("Who were they?", "anna", True)
    assert not to_the_reply.is_success
    assert not own.is_success
    assert not to_the_hidden.is_success
    fake.call("POST", post, comment_enabled="false")
    assert not fake.tell("comment", media=post, text="Still?").is_success
    assert fake.call("DELETE", which).is_success
    assert fake.call("GET", f"{post}/comments").json()["data"] == []


def test_a_post_cannot_be_deleted_by_the_api(fake: Faked) -> None:
    post = published(fake)

    assert not fake.call("DELETE", post).is_success
    fake.tell("take-down", media=post)
    assert fake.call("GET", "me/media").json()["data"] == []


def test_a_list_comes_in_pages(fake: Faked) -> None:
    ids = [published(fake, caption=str(number)) for number in range(3)]

    first = fake.call("GET", "me/media", limit="2").json()
    second = fake.call("GET", "me/media", limit="2", after=first["paging"]["cursors"]["after"]).json()

    assert [each["id"] for each in first["data"] + second["data"]] == ids[::-1]


def test_a_field_that_is_none_is_refused(fake: Faked) -> None:
    assert code_of(fake.call("GET", published(fake), fields="id,secrets"))[0] == 100


def test_webhooks_shake_hands_and_sign_the_very_bytes_that_they_send(fake: Faked) -> None:
    heard: list[tuple[bytes, str]] = []

    async def listen(request: Request) -> Response:
        if request.method == "GET":
            return PlainTextResponse(request.query_params["hub.challenge"])
        heard.append((await request.body(), request.headers["x-hub-signature-256"]))
        return PlainTextResponse("")

    post = published(fake)
    with served(Starlette(routes=[Route("/hook", listen, methods=["GET", "POST"])])) as address:
        assert fake.tell("listen", address=f"{address}/hook").is_success
        fake.tell("faults", faults=[{"on": "webhook", "do": "twice"}])
        fake.tell("comment", media=post, text="Grüße / hello", by="anna")

    assert len(heard) == 2
    body, signature = heard[0]
    assert heard[1] == heard[0]
    assert signature == "sha256=" + hmac.new(b"fake-app-secret", body, sha256).hexdigest()
    assert rb"Gr\u00fc\u00dfe \/ hello" in body
    again = json.dumps(json.loads(body)).encode()
    assert signature != "sha256=" + hmac.new(b"fake-app-secret", again, sha256).hexdigest()
    value = json.loads(body)["entry"][0]["changes"][0]["value"]
    assert (value["text"], value["from"]["username"]) == ("Grüße / hello", "anna")


def test_hands_are_shaken_with_whoever_is_named_before_the_first_message(fake: Faked) -> None:
    heard: list[bytes] = []

    async def listen(request: Request) -> Response:
        heard.append(await request.body())
        return PlainTextResponse(request.query_params.get("hub.challenge", ""))

    post = published(fake)
    with served(Starlette(routes=[Route("/hook", listen, methods=["GET", "POST"])])) as address:
        fake.server.fake.listener.wanted = f"{address}/hook"
        fake.tell("comment", media=post, text="Hello", by="anna")

    assert len(heard) == 2
    assert b"Hello" in heard[1]


def test_whoever_does_not_say_the_challenge_back_is_not_listened_to(fake: Faked) -> None:
    assert not fake.tell("listen", address=f"{fake.host}/nothing").is_success
