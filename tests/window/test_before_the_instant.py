"""Before its instant a release changes no byte that anybody is served; at the instant all that tells of it does."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tests.window.houses import House, house
from tests.window.told_stories import picture, tell

INSTANT = datetime(2026, 12, 1, 9, tzinfo=UTC)
TELLING = (
    "/",
    "/stories",
    "/feeds/all.atom",
    "/feeds/stories.rss",
    "/feeds/all.json",
    "/sitemap.xml",
    "/de/stories",
    "/stories/archive/2025",
)
OTHERS = ("/news", "/about", "/feeds", "/robots.txt", "/ask", "/careers", "/tell-us")


def _everything(place: House, paths: tuple[str, ...]) -> dict[str, tuple[int, list[tuple[str, str]], bytes]]:
    answers = {path: place.reader.get(path) for path in paths}
    return {path: (each.status_code, sorted(each.headers.items()), each.content) for path, each in answers.items()}


@pytest.fixture
def place(tmp_path: Path) -> House:
    made = house(tmp_path)
    tell(made)
    return made


def test_a_release_on_the_shelf_changes_nothing_until_its_instant(place: House) -> None:
    before = _everything(place, TELLING + OTHERS)
    release = place.release(
        "story",
        "A thing nobody knows.\n\n!p.jpg Words | And more",
        title="Not yet",
        embargo="2026-12-01T09:00:00Z",
        files={"p.jpg": ("image/jpeg", picture(9))},
    )
    assert _everything(place, TELLING + OTHERS) == before
    assert place.reader.get(f"/stories/{release}").status_code == 404
    assert not list(place.window.shelf.spool.in_.iterdir())
    place.clock.at = INSTANT.replace(hour=8, minute=59, second=59)
    assert _everything(place, TELLING + OTHERS) == before
    place.clock.at = INSTANT
    after = _everything(place, TELLING + OTHERS)
    assert [path for path in TELLING if after[path] == before[path]] == []
    assert [path for path in OTHERS if after[path] != before[path]] == []
    assert place.reader.get(f"/stories/{release}").status_code == 200


def test_the_file_of_an_embargoed_release_cannot_be_had_by_its_digest(place: House) -> None:
    held = picture(9)
    place.release(
        "story",
        "Words.\n\n!p.jpg Words",
        embargo="2026-12-01T09:00:00Z",
        files={"p.jpg": ("image/jpeg", held)},
    )
    path = f"/media/{sha256(held).hexdigest()}.jpg"
    assert place.reader.get(path).status_code == 404
    place.clock.at = INSTANT
    assert place.reader.get(path).content == held
