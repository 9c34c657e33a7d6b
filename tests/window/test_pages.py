"""The pages: what they show, what they say to the browser, and that nothing of them hangs on who asks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from leconfield.window.site import policy
from leconfield.window.site.app import DEPARTMENTS
from tests.window.houses import House, house
from tests.window.told_stories import tell

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def told(place: House) -> dict[str, str]:
    return tell(place)


@pytest.fixture(scope="module")
def plain(place: House, told: dict[str, str]) -> list[str]:
    """Every address that is fetched and has nothing to fill in, and those of what is told."""
    fixed = [each.path for one in DEPARTMENTS for each in one.ROUTES if "GET" in each.methods and "{" not in each.path]
    return [*fixed, *(f"/stories/{told[each]}" for each in ("crate", "exchange")), f"/news/{told['post']}", "/nothing"]


def test_every_answer_has_the_policy_and_no_cookie(place: House, plain: list[str]) -> None:
    reader = place.reader
    for path in plain:
        for language in ("", "/de"):
            answer = reader.get(language + path, headers={"cookie": "a=b"})
            assert answer.status_code < 500, path
            for name, value in policy.ALWAYS.items():
                expected = "cross-origin" if (name, path[:7]) == ("cross-origin-resource-policy", "/feeds/") else value
                assert answer.headers[name] == expected, (path, name)
            assert "set-cookie" not in answer.headers, path
            assert "server" not in answer.headers, path
            assert "last-modified" not in answer.headers, path
            assert not [name for name in answer.headers if name.startswith(("x-kept", "x-until"))]


def test_whatever_is_sent_is_answered_under_the_policy_and_kept_by_nobody(place: House) -> None:
    reader = place.reader
    reader.follow_redirects = False
    routes = [each for one in DEPARTMENTS for each in one.ROUTES if "POST" in each.methods]
    assert len(routes) > 10
    for route in routes:
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        answer = reader.post(path, data={"what": "words"})
        assert answer.status_code < 500, path
        assert answer.headers["cache-control"] == policy.NEVER, path
        assert answer.headers["content-security-policy"] == policy.CONTENT_SECURITY_POLICY, path
        assert "set-cookie" not in answer.headers, path


def test_a_window_with_tls_is_never_to_be_asked_without(tmp_path: Path) -> None:
    assert "strict-transport-security" not in house(tmp_path / "a").reader.get("/").headers
    secure = house(tmp_path / "b", url="https://example.org").reader
    assert secure.get("/").headers["strict-transport-security"].startswith("max-age=31536000")


def test_no_page_loads_anything_from_elsewhere_or_holds_a_script_or_style(place: House, plain: list[str]) -> None:
    loads = re.compile(
        r"<(?:img|script|link|iframe|source|video|audio|object|embed)\b[^>]*\b(?:src|href|data)=\"([^\"]*)\""
    )
    for path in plain:
        page = place.reader.get(path).text
        if "<html" not in page:
            continue
        for address in loads.findall(page):
            assert address.startswith("/"), (path, address)
            assert not address.startswith("//"), (path, address)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert "<style" not in page, path
        assert not re.search(r"\sstyle=\"", page), path
        assert not re.search(r"\son[a-z]+=\"", page), path
        hrefs = set(re.findall(r"href=\"(https?://[^\"]*)\"", page))
        assert hrefs <= {place.window.config.leave_to}, (path, hrefs)


def test_no_page_looks_official(place: House, plain: list[str]) -> None:
    words = re.compile(r"crown|crest|gov\.uk|gds transport", re.IGNORECASE)
    built = Path(__file__).resolve().parents[2] / "src/leconfield/window/static"
    for path in plain:
        assert not words.search(place.reader.get(path).text), path
    for file in built.rglob("*.css"):
        assert not words.search(file.read_text(encoding="utf-8")), file


def test_whoever_has_a_page_already_gets_304_and_no_byte_of_it(place: House, plain: list[str]) -> None:
    for path in ("/", "/stories", "/feeds/all.atom", "/de/stories"):
        first = place.reader.get(path)
        assert first.headers["cache-control"] == policy.CACHED
        again = place.reader.get(path, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


def test_a_page_is_the_same_whether_it_was_kept_or_made_anew(place: House, plain: list[str]) -> None:
    for path in ("/", "/stories", "/feeds/all.json", "/about"):
        reader = place.reader
        assert reader.get(path).content == reader.get(path).content == place.reader.get(f"{path}?").content


def test_a_story_has_its_blocks_its_pictures_with_words_and_its_day(place: House, told: dict[str, str]) -> None:
    page = place.reader.get(f"/stories/{told['crate']}").text
    assert '<h1 class="story__title">The crate that was weighed twice</h1>' in page
    assert 'alt="A wooden crate on a quay in the rain' in page
    assert page.count('class="timeline__when"') == 4
    assert "12 November 2026" in page
    picture = re.search(r'src="(/media/[0-9a-f]{64}\.jpg)"', page)
    assert picture
    answer = place.reader.get(picture[1])
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == policy.FOR_EVER
    assert answer.content.startswith(b"\xff\xd8")


def test_a_correction_stands_over_the_story_and_the_story_stays(place: House, told: dict[str, str]) -> None:
    page = place.reader.get(f"/stories/{told['exchange']}").text
    assert "Correction, 20 June 2026" in page
    assert "It served seven thousand." in page
    assert "eleven thousand people" in page


def test_stories_are_found_by_year(place: House, told: dict[str, str]) -> None:
    assert "Thirty years of ships" in place.reader.get("/stories/archive/2025").text
    assert "weighed twice" not in place.reader.get("/stories/archive/2025").text
    assert place.reader.get("/stories/archive/1999").status_code == 404


def test_a_withdrawn_story_says_so_and_why_and_never_what(tmp_path: Path) -> None:
    place = house(tmp_path)
    story = place.release("story", "A man named Gable was there.", title="Gable's evening")
    assert place.reader.get(f"/stories/{story}").status_code == 200
    place.withdraw(story)
    notice = place.release("notice", "Somebody in it could be known by it.")
    place.order("withdrawal-notice", story, {"by": notice, "day": "2026-11-22"})
    page = place.reader.get(f"/stories/{story}")
    assert page.status_code == 410
    assert "22 November 2026" in page.text
    assert "Somebody in it could be known by it." in page.text
    assert "Gable" not in page.text
    for path in ("/", "/stories", "/news", "/feeds/all.atom", "/sitemap.xml"):
        assert "Gable" not in place.reader.get(path).text, path
        assert story not in place.reader.get(path).text, path


def test_a_release_for_others_is_shown_to_nobody(tmp_path: Path) -> None:
    place = house(tmp_path)
    release = place.release("story", "Only for the port authority.", title="Inside", audience="port-authority")
    for path in ("/", "/stories", "/feeds/all.json", f"/stories/{release}", "/sitemap.xml"):
        assert "port authority" not in place.reader.get(path).text, path
    assert place.reader.get(f"/stories/{release}").status_code == 404


def test_three_feeds_tell_the_same_with_ids_that_stay(place: House, told: dict[str, str]) -> None:
    atom = ET.fromstring(place.reader.get("/feeds/all.atom").content)
    rss = ET.fromstring(place.reader.get("/feeds/all.rss").content)
    listed = json.loads(place.reader.get("/feeds/all.json").content)
    ids = [each.findtext(f"{ATOM}id") for each in atom.findall(f"{ATOM}entry")]
    assert ids == [each.findtext("guid") for each in rss.iter("item")] == [each["id"] for each in listed["items"]]
    assert len(ids) == 5
    instants = [each.findtext(f"{ATOM}published") for each in atom.findall(f"{ATOM}entry")]
    assert instants[0] == "2026-11-20T12:00:00Z"
    assert instants == sorted(instants, reverse=True)
    corrected = next(each for each in listed["items"] if each["title"] == "Nine nights at the exchange")
    assert corrected["date_published"] == "2026-06-02T09:00:00Z"
    assert corrected["date_modified"] == "2026-06-20T09:00:00Z"
    assert "seven thousand" in corrected["content_html"]
    assert listed["version"] == "https://jsonfeed.org/version/1.1"


def test_the_answers_of_a_round_bear_one_instant_in_the_feeds(tmp_path: Path) -> None:
    place = house(tmp_path)
    for words in ("One.", "Two."):
        place.release("answers", words, title=words, embargo="2026-11-23T09:00:00Z")
    listed = json.loads(place.reader.get("/feeds/answers.json").content)
    assert {each["date_published"] for each in listed["items"]} == {"2026-11-23T09:00:00Z"}
    assert {each["date_modified"] for each in listed["items"]} == {"2026-11-23T09:00:00Z"}


def test_what_is_open_elsewhere_is_in_the_feed_of_everything_alone(tmp_path: Path) -> None:
    place = house(tmp_path)
    place.release("vacancy", "We look for somebody who listens.", title="Language analyst")
    listed = json.loads(place.reader.get("/feeds/all.json").content)
    assert [(each["title"], each["url"]) for each in listed["items"]] == [
        ("Language analyst", "http://127.0.0.1:8700/careers")
    ]
    assert json.loads(place.reader.get("/feeds/news.json").content)["items"] == []


def test_security_txt_names_a_contact_and_a_day_ahead(place: House) -> None:
    lines = place.reader.get("/.well-known/security.txt").text.splitlines()
    assert "Contact: http://127.0.0.1:8700/contact" in lines
    assert "Expires: 2027-05-01T00:00:00Z" in lines


def test_german_pages_are_german_and_lead_to_german_ones(place: House, told: dict[str, str]) -> None:
    page = place.reader.get("/de/stories").text
    assert '<html lang="de"' in page
    assert "Geschichten" in page
    assert f'href="/de/stories/{told["crate"]}"' in page
    assert 'href="/stories"' in page
