"""A small site of the kit alone, under the policy of the product, for tests that drive a browser."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from leconfield.web import kit

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a screen or a GPU."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Site(ThreadingHTTPServer):
    """Pages and JSON by path; static files as built. `asked` keeps the order of requests."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, str | object]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(self.path)
        if path.startswith(kit.STATIC_URL):
            file = kit.STATIC / path.removeprefix(kit.STATIC_URL + "/")
            if file.is_file():
                self._answer(200, TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes())
                return
        answer = self.server.answers.get(path)
        if isinstance(answer, str):
            self._answer(200, "text/html; charset=utf-8", answer.encode())
        elif answer is not None:
            self._answer(200, "application/json", json.dumps(answer).encode())
        else:
            self._answer(404, "text/plain", b"nothing here")

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", kit.CONTENT_SECURITY_POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of the class below
        """Say nothing: the tests' output is for the tests."""


@contextmanager
def serving(answers: Mapping[str, str | object]) -> Iterator[Site]:
    """The site, running until the block is left."""
    site = Site(answers)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()
