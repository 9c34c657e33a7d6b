"""No traces: the real process writes no address, no browser's name and no word that somebody typed, and holds no key.

It is asked as a host would be: planted in every header that a proxy or a browser could send, in addresses and in the
fields of every form there is; a tip goes its whole way. Then every byte that it wrote or said is searched.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from leconfield.gate.bundles.boxes import opened
from leconfield.window.site.app import DEPARTMENTS
from tests.window import telling
from tests.window.houses import initialised, put_release
from tests.window.processes import Running, running

ADDRESS = "127.0.0.77"
FORWARDED = "203.0.113.177"
AGENT = "PlantedBrowser/7.31 (Nowhere)"
REFERRER = "planted-referrer.example"
COOKIE = "planted-cookie-81c2"
QUERY = "planted-query-9d3e"
TYPED = "The planted words of somebody who trusts us 55e1"
PLANTED = (ADDRESS, FORWARDED, AGENT, REFERRER, COOKIE, QUERY, TYPED)
HEADERS = {
    "user-agent": AGENT,
    "referer": f"https://{REFERRER}/page",
    "cookie": f"id={COOKIE}",
    "x-forwarded-for": FORWARDED,
    "x-real-ip": FORWARDED,
    "forwarded": f"for={FORWARDED}",
    "from": f"somebody@{REFERRER}",
    "accept-language": "de-CH-1901;q=0.7",
}


ALLOWED = tuple(f"leconfield.{each}." for each in ("window", "gate.bundles", "errors", "entry", "running"))
"""What of ours the window's process may load."""


@dataclass(frozen=True)
class Ended:
    """A window that has been used and has ended."""

    process: Running
    receipt: str
    boxes: tuple[Path, ...]
    statuses: tuple[int, ...]
    news: httpx.Response


class _Client:
    """Stands where the tests' own reader stands; asks the real process from an address of its own."""

    def __init__(self, client: httpx.Client) -> None:
        self.reader = client


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    folder = tmp_path_factory.mktemp("host") / "window"
    initialised(folder)
    put_release(folder, "post", "It opens.", title="We are open")
    with running(folder, tmp_path_factory.mktemp("beside")) as process:
        transport = httpx.HTTPTransport(local_address=ADDRESS)
        with httpx.Client(
            base_url=process.address, headers=HEADERS, transport=transport, follow_redirects=True, timeout=60
        ) as client:
            news = client.get("/news")
            statuses = tuple(_asked_everywhere(client))
            telling_reader = telling.Reader(_Client(client))  # type: ignore[arg-type]
            big = ("files", ("planted.txt", (TYPED + "\n").encode() * 40_000, "text/plain"))
            telling.told(telling_reader, {"what": {"what": TYPED}, "contact": {"contact": TYPED}})
            receipt = telling.receipt(telling_reader.send().send(files=[big]))
    boxes = tuple(sorted((folder / "spool" / "out").glob("*.box")))
    return Ended(process, receipt, boxes, statuses, news)


def _asked_everywhere(client: httpx.Client) -> Iterable[int]:
    """Every route is asked, with something planted wherever something can be put."""
    for route in [each for one in DEPARTMENTS for each in one.ROUTES]:
        path = route.path.replace("{", "").replace("}", "") + f"?q={QUERY}"
        if "GET" in route.methods:
            yield client.get(path).status_code
            yield client.get(f"/{QUERY}{path}").status_code
        else:
            names = ("what", "question", "words", "code", "name", "contact", "carried", "ticket", "answer", "message")
            yield client.post(path, data=dict.fromkeys(names, TYPED)).status_code
            yield client.post(path, content=TYPED.encode() * 3, headers={"content-type": TYPED}).status_code
            yield client.post(
                path, data=dict.fromkeys(names, TYPED), files={"files": ("a", TYPED.encode())}
            ).status_code


def _forms(planted: str) -> list[bytes]:
    """How a planted word could have been written down: as it is, in hex, in UTF-16, in base64 at any offset."""
    raw = planted.encode()
    coded = [base64.b64encode(raw[skip : skip + (len(raw) - skip) // 3 * 3]) for skip in range(3)]
    return [raw, raw.hex().encode(), planted.encode("utf-16-le"), *coded]


def _found(held: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """(planted, where) for everything planted that is anywhere."""
    return [(one, name) for one in PLANTED for form in _forms(one) for name, each in held.items() if form in each]


def test_the_search_finds_what_is_there_however_it_is_written() -> None:
    for planted in PLANTED:
        raw = planted.encode()
        for held in (
            b"x" + raw + b"y",
            raw.hex().encode(),
            planted.encode("utf-16-le"),
            *(base64.b64encode(b"abcd"[:at] + raw + b"tail") for at in range(3)),
        ):
            assert _found({"file": held}), (planted, held)


def test_the_window_answered_everything_and_broke_at_nothing(ended: Ended) -> None:
    assert len(ended.statuses) > 50
    assert 500 not in ended.statuses


def test_nothing_that_was_planted_is_in_any_file_nor_was_said(ended: Ended) -> None:
    files = [each for each in ended.process.folder.rglob("*") if each.is_file()]
    assert len(files) > 5
    held = {str(each): each.read_bytes() for each in files} | {"what it said": ended.process.said}
    assert _found(held) == []
    assert not [name for name, each in held.items() if ended.receipt.encode() in each]


def test_no_name_or_time_of_a_file_tells_who_or_when(ended: Ended) -> None:
    for each in ended.process.folder.rglob("*"):
        assert not [one for one in PLANTED if one in each.name]
    assert ended.boxes
    kept = ended.process.folder / "store"
    for each in (*ended.boxes, ended.boxes[0].parent, kept, *kept.iterdir()):
        assert each.stat().st_mtime % 86_400 == 0, each


def test_what_was_told_is_in_a_box_that_only_the_inside_opens(ended: Ended, tmp_path: Path) -> None:
    key = initialised(tmp_path / "another")
    found = [opened(each.read_bytes(), key) for each in ended.boxes]
    tip = next(each for each in found if each.kind == "tip")
    assert tip.fields["what"] == TYPED
    assert tip.files[0].held.startswith(TYPED.encode())


def test_it_wrote_nowhere_but_into_its_own_folder(ended: Ended) -> None:
    own = str(ended.process.folder.resolve())
    assert [each for each in ended.process.written if not each.startswith((own, "/dev/null"))] == []
    assert any(each.startswith(own) for each in ended.process.written)


def test_it_loaded_nothing_of_the_inside(ended: Ended) -> None:
    ours = {each for each in ended.process.modules if each.startswith("leconfield.")} - {"leconfield.gate"}
    assert "leconfield.window.site.app" in ours
    assert sorted(each for each in ours if not f"{each}.".startswith(ALLOWED)) == []
    assert not {"sqlalchemy", "duckdb", "numpy", "pyarrow"} & ended.process.modules


def test_there_is_no_secret_key_on_its_host(ended: Ended) -> None:
    for each in ended.process.folder.rglob("*"):
        if each.is_file():
            held = each.read_bytes()
            assert b"PRIVATE" not in held, each
            assert bytes(range(1, 33)) not in held, each
            assert bytes(range(32)) not in held, each


def test_what_came_in_is_shown_and_no_header_says_more_than_it_must(ended: Ended) -> None:
    assert "We are open" in ended.news.text
    assert sorted({"server", "date", "set-cookie", "last-modified"} & set(ended.news.headers)) == []
