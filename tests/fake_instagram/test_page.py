"""What the public sees on the fake: a grid, a post with its comments, a form that a reader uses without scripts."""

from __future__ import annotations

import httpx

from leconfield.fake_instagram.model import Settings
from tests.fake_instagram.serving import faked
from tests.gate.bundles.shots import photograph


def test_a_post_is_seen_on_the_grid_and_commented_on_by_its_form() -> None:
    with faked(Settings(polls=0)) as fake:
        which = fake.container(fake.put("a.jpg", photograph()), caption="The <quay>", alt_text="A quay & a crane.")
        empty = httpx.get(fake.address)
        post = fake.call("POST", "me/media_publish", creation_id=which).json()["id"]
        grid = httpx.get(fake.address).text
        form = {"media": post, "by": "anna", "text": "Who <b>were</b> they?"}
        page = httpx.post(f"{fake.address}/_fake/write", data=form, follow_redirects=True).text
        picture = httpx.get(f"{fake.address}/_media/{post}/0.jpg")
        none = httpx.get(f"{fake.address}/p/none/")

    assert "No posts yet" in empty.text
    assert 'alt="A quay &amp; a crane."' in grid
    assert "The &lt;quay&gt;" in page
    assert "Who &lt;b&gt;were&lt;/b&gt; they?" in page
    assert picture.content == photograph()
    assert none.status_code == 404
    assert "script" not in empty.headers["content-security-policy"]
