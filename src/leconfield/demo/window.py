"""The demonstration's window: its folder beside the desk's, what is said in it, the programs that run with it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from rich.progress import Progress

from leconfield.console import err, out
from leconfield.demo import doing_window as doing
from leconfield.demo.doing_window import Window
from leconfield.demo.window_case import WindowCase
from leconfield.errors import BadInputError
from leconfield.ledger.desk import Desk
from leconfield.outreach import keys, profile
from leconfield.outreach.writing import written
from leconfield.window.commands import initialise
from leconfield.window.config import FILE
from leconfield.window.publishing.publisher import store_of

PORT: Final = 8700
FAKE_PORT: Final = 8702
_HOST: Final = "127.0.0.1"
_ACCOUNT: Final = "17841400000000001"
_USERNAME: Final = "the_harbour_service"
_TOKENS: Final = {
    "instagram.token": "fake-long-lived-token",
    "instagram.secret": "fake-app-secret",
    "instagram.verify": "fake-verify-token",
    "mastodon.token": "fake-mastodon-token",
}
"""They open the fake alone."""
_PATIENCE: Final = 10.0
"""Seconds that a program is given to end."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the window and the fake are found."""

    window: int = PORT
    fake: int = FAKE_PORT


def folder_of(desk: Path) -> Path:
    """The window's folder of a demonstration desk: beside it, never in it."""
    return desk.with_name(f"{desk.name}-window")


def build(desk: Desk, case: WindowCase, folder: Path, today: date, ports: Ports) -> Path:
    """Make the window's folder, say everything that the case says, and let it cross; the folder.

    What stands already is left, so that a demonstration is gone on with.
    """
    place = folder_of(folder)
    _make(desk, case, place, ports)
    at = Window(desk, case, today)
    doing.enrol(at)
    steps = [
        *((doing.say, each) for each in case.tables("release")),
        *((doing.correct, each) for each in case.tables("correction")),
        *((doing.ask_us, each) for each in case.tables("round")),
        *((doing.recruit, each) for each in case.tables("vacancy")),
        *((doing.challenge, each) for each in case.tables("challenge")),
    ]
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task(case.name, total=len(steps))
        for step, each in steps:
            step(at, each)
            progress.advance(task)
    spools = profile.of(desk).spools
    assert spools.to is not None
    assert spools.from_ is not None
    if not (place / "shelf").exists():
        doing.drop(desk, spools.from_, doing.tips_of(at))
    doing.send(at, spools.to)
    return place


def _make(desk: Desk, case: WindowCase, place: Path, ports: Ports) -> None:
    """The window's folder with the public keys, and on the desk where its spool is."""
    assert desk.folder is not None
    if not (place / FILE).exists():
        pems = keys.hand_out(desk, desk.folder / "for-the-window")
        told = {"name": case.name, "url": f"http://{_HOST}:{ports.window}", "tagline": case.tagline}
        initialise(place, told, ["en", "de"], [pems[0]], [pems[1]])
        with (place / FILE).open("a", encoding="utf-8") as file:
            file.write(_channels(ports))
        (place / "secrets").mkdir(mode=0o700, exist_ok=True)
        for name, token in _TOKENS.items():
            (place / "secrets" / name).write_text(token, encoding="ascii")
            (place / "secrets" / name).chmod(0o600)
    there = f"../{place.name}"
    spool = f'[spool]\nto = "{there}/spool/in"\nfrom = "{there}/spool/out"\naside = "aside"\n'
    written(desk.folder / profile.FILE, f"format = {profile.FORMAT}\n\n{spool}".encode())


def _channels(ports: Ports) -> str:
    fake = f"http://{_HOST}:{ports.fake}"
    return f"""
[publishing]
poll_seconds = 5

[instagram]
host = "{fake}"
account = "{_ACCOUNT}"
username = "{_USERNAME}"

[mastodon]
host = "{fake}/mastodon"
account = "1"
"""


def told(ports: Ports) -> None:
    """Say where everything is."""
    out.print(f"  The window             http://{_HOST}:{ports.window}")
    out.print(f"  Its fake Instagram     http://{_HOST}:{ports.fake}")


@contextmanager
def running(place: Path, ports: Ports) -> Iterator[None]:
    """Run the window, its publisher and the fake beside the desk; all end together.

    Raises:
        BadInputError: if something else listens where one of them should.
    """
    name = ["--name", "The Harbour Service", "--username", _USERNAME]
    hook = ["--webhook", f"http://{_HOST}:{ports.window}/webhooks/instagram"]
    commands = (
        ["fake-instagram", "--port", str(ports.fake), *name, *hook],
        ["window", "serve", str(place), "--port", str(ports.window)],
        ["window", "publish", str(place), "--pause", "2"],
    )
    for port in (ports.fake, ports.window):
        _check_free(port)
    store_of(place).unlink(missing_ok=True)  # the fake begins empty each time: what it had goes out anew
    before = signal.signal(signal.SIGTERM, _asked_to_end)
    started = [_started(each) for each in commands]
    try:
        yield
    finally:
        for each in started:
            each.terminate()
        for each in started:
            _ended(each)
        signal.signal(signal.SIGTERM, before)


def _asked_to_end(number: int, _: object) -> NoReturn:
    """End as Ctrl-C does, and not at once: nothing would be left that ends the other programs."""
    sys.exit(128 + number)


def _check_free(port: int) -> None:
    try:
        socket.create_server((_HOST, port)).close()
    except OSError as error:
        options = "choose others with --window-port and --fake-port, and another --desk"
        raise BadInputError(
            f"something listens on {_HOST}, port {port} already ({error.strerror}); {options}"
        ) from error


def _started(words: Sequence[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from leconfield.entry import main; main()", *words]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
