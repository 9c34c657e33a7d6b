"""The proxy that the docs advise writes nothing that people send, and lets through all that the window takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leconfield.gate.bundles.boxes import MAX_BYTES
from leconfield.window.site import pages_tips
from leconfield.window.site.filled import MAX_FORM

DOCS = Path(__file__).parents[2] / "docs" / "window.md"
WRITES_NOTHING = {
    "access_log": "off",
    "client_body_in_file_only": "off",
    "error_log": "/dev/null emerg",
    "gzip": "off",
    "proxy_cache": "off",
    "proxy_http_version": "1.1",
    "proxy_max_temp_file_size": "0",
    "proxy_request_buffering": "off",
    "proxy_store": "off",
    "worker_rlimit_core": "0",
}
UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}


@pytest.fixture(scope="module")
def advised() -> dict[str, list[str]]:
    """What is set by each directive, wherever in the file."""
    block = re.search(r"```nginx\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^\s*([a-z_]+)\s+([^;{}]+);$", block[1], re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("directive", WRITES_NOTHING)
def test_the_proxy_of_the_docs_keeps_nothing_on_a_disk(advised: dict[str, list[str]], directive: str) -> None:
    assert advised[directive] == [WRITES_NOTHING[directive]]


def test_what_would_spill_from_it_spills_into_memory(advised: dict[str, list[str]]) -> None:
    assert all(each.startswith("/run/") for name in advised if name.endswith("temp_path") for each in advised[name])


def test_it_hands_on_no_address(advised: dict[str, list[str]]) -> None:
    assert advised["proxy_set_header"] == ["Host $host", 'X-Forwarded-For ""']
    assert "include" not in advised


def test_it_refuses_no_form_that_the_window_takes(advised: dict[str, list[str]]) -> None:
    (size,) = advised["client_max_body_size"]
    number, unit = re.fullmatch(r"(\d+)([kmg]?)", size).groups()  # type: ignore[union-attr]

    assert int(number) * UNITS[unit] > max(MAX_FORM, pages_tips._LIMIT, MAX_BYTES)


def test_it_asks_the_port_at_which_the_docs_serve_the_window(advised: dict[str, list[str]]) -> None:
    assert "leconfield window serve window --port 8700" in DOCS.read_text(encoding="utf-8")
    assert advised["proxy_pass"] == ["http://127.0.0.1:8700"]
