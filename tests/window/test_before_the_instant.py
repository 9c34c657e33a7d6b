"""Before its instant a release changes no byte that anybody is served; at the instant all that tells of it does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.window.houses import TODAY, House, house
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


def test_whoever_keeps_a_page_has_the_new_one_at_the_instant_and_no_header_counts_down_to_it(place: House) -> None:
    place.release("story", "A thing nobody knows.", title="Not yet", embargo="2026-12-01T09:00:00Z")
    place.clock.at = INSTANT - timedelta(seconds=1)
    kept = {path: place.reader.get(path) for path in TELLING}
    for path, answer in kept.items():
        assert answer.headers["cache-control"] == "public, no-cache"
        asking = {"if-none-match": answer.headers["etag"]}
        assert place.reader.get(path, headers=asking).status_code == 304
    place.clock.at = INSTANT
    for path, answer in kept.items():
        assert place.reader.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 200


HOURS = st.integers(min_value=-3, max_value=3)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ahead=st.lists(st.tuples(HOURS, st.sampled_from(["story", "post", "answers"]), st.booleans()), max_size=5))
def test_a_window_is_as_if_what_is_not_yet_to_be_shown_had_never_come(
    ahead: list[tuple[int, str, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    everything, only = (house(tmp_path_factory.mktemp("as-if")) for _ in range(2))
    for number, (hours, form, corrected) in enumerate(ahead):
        instant = (TODAY + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for place in (everything, only) if hours <= 0 else (everything,):
            release = place.release(form, f"Words {number}.", title=f"Title {number}", embargo=instant)
            if corrected:
                by = place.release("correction", f"Not {number}.", embargo="2026-11-01T09:00:00Z")
                place.order("correction", release, {"by": by})
    paths = ("/", "/stories", "/news", "/feeds/all.atom", "/feeds/answers.json", "/sitemap.xml")
    assert _everything(everything, paths) == _everything(only, paths)
