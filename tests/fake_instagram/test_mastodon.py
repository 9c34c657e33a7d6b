"""The small Mastodon beside it: one status for one key, however often it is asked for."""

from __future__ import annotations

from datetime import timedelta

import httpx

from leconfield.fake_instagram.faults import Fault
from leconfield.fake_instagram.mastodon import TOKEN
from tests.fake_instagram.serving import faked


def test_a_key_makes_one_status_for_an_hour() -> None:
    with faked() as fake:
        head = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "k1"}
        with httpx.Client(base_url=f"{fake.address}/mastodon/api", headers=head) as client:
            first, again = (client.post("/v1/statuses", data={"status": "Hello\nquay & crane"}).json() for _ in "ab")
            fake.server.mastodon.clock.advance(timedelta(hours=1))
            later = client.post("/v1/statuses", data={"status": "Hello"}).json()
            listed = client.get("/v1/accounts/1/statuses").json()
            too_long = client.post("/v1/statuses", data={"status": "a" * 501}, headers={"Idempotency-Key": "k2"})

    assert first["id"] == again["id"] != later["id"]
    assert [each["id"] for each in listed] == [later["id"], first["id"]]
    assert first["content"] == "<p>Hello<br />quay &amp; crane</p>"
    assert too_long.status_code == 422


def test_an_answer_is_lost_after_the_status_was_made() -> None:
    with faked() as fake:
        fake.server.mastodon.script.add(Fault("publish", "lost"))
        head = {"Authorization": f"Bearer {TOKEN}"}
        try:
            httpx.post(f"{fake.address}/mastodon/api/v1/statuses", data={"status": "Hello"}, headers=head)
        except httpx.TransportError:
            pass
        else:
            raise AssertionError("the answer came")

        assert len(fake.server.mastodon.statuses) == 1


def test_without_the_token_nothing_is_said() -> None:
    with faked() as fake:
        assert httpx.get(f"{fake.address}/mastodon/api/v1/accounts/1/statuses").status_code == 401
