"""The command line tells no more than the pages do: its output, its exit codes, the files it writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from leconfield import cli
from leconfield.ledger.desk import Desk
from tests.ledger.desks import KEYS
from tests.noninterference import covert
from tests.noninterference.acts import KARINA, Script, moment
from tests.noninterference.battery import NOBODY, Small, Transcript, difference, small
from tests.noninterference.desks import play, quick_desks
from tests.noninterference.leaks import planted
from tests.noninterference.trials import drawn

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(Desk.open.__func__, "__defaults__", (lambda: moment(10_000),))  # type: ignore[attr-defined]  # of a class method
    with quick_desks():
        yield


def _on_disk(folder: Path, low: Script, secret: Script) -> set[str]:
    """Play both sides on a desk in that folder; the ids of its operations."""
    folder.mkdir(parents=True)
    KEYS.save(folder / "keys")
    desk = play(low, secret, lambda clock: Desk.open(folder, clock, creating=True)).desk
    operations = covert.ids(desk, KARINA)["operation"]
    desk.close()
    return operations


def _commands(ask: Small, out: Path) -> Iterator[list[str]]:
    for words in (*ask.names[:3], "0111", "nobody of that name"):
        yield ["trace", words]
        yield ["trace", words, "--json"]
    for words in (*ask.words[:2], "m*", ""):
        yield ["search", words, "--json"]
        yield ["search", words, "--as-of", "2026-03-02"]
    for each in (*ask.subjects[-5:], *ask.reports[-4:]):
        yield ["show", each]
        yield ["show", each, "--json"]
    for each in (*ask.subjects[:2], NOBODY):
        for ending in ("graphml", "csv", "doc"):
            yield ["network", each, "--hops", "2", "--out", str(out.with_suffix(f".{ending}"))]
    for each in (("list",), ("list", "--json"), ("register",), ("register", "--as-of", "2026-03-02")):
        yield ["authority", *each]
    yield ["operation", "list", "--json"]
    yield from (["operation", "log", each] for each in (*ask.covert.get("operation", ()), NOBODY))
    yield ["network", ask.subjects[0], "--hops", "9", "--out", str(out)]
    listed = out.with_name("asked.csv")
    listed.write_text("\n".join(["name", *ask.names[:6], "nobody of that name"]), encoding="utf-8")
    yield ["screen", str(listed)]
    yield ["screen", str(listed), "--as-of", "2026-03-02"]


def _run(arguments: list[str], captured: Captured, monkeypatch: pytest.MonkeyPatch) -> tuple[object, str, str]:
    monkeypatch.setattr(sys, "argv", ["leconfield", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    written = captured.readouterr()
    return left.value.code, written.out, written.err


def _transcript(folder: Path, ask: Small, captured: Captured, monkeypatch: pytest.MonkeyPatch) -> Transcript:
    answers: Transcript = []
    here = str(folder.parent)
    for command in _commands(ask, folder.parent / "network"):
        code, *written = _run([*command, "--desk", str(folder), "--as", "emma"], captured, monkeypatch)
        answers.append((f"{command}".replace(here, ""), (code, *(each.replace(here, "") for each in written))))
        for made in sorted(folder.parent.glob("network.*")):
            answers.append((made.name, made.read_bytes()))
            made.unlink()
    return answers


def _apart(number: int, tmp_path: Path, captured: Captured, monkeypatch: pytest.MonkeyPatch) -> str:
    worlds = drawn(Random(f"commands {number}"))
    ask = small([script for sides in worlds for script in sides])
    folders = [tmp_path / f"{number}-{place}" / "desk" for place in range(len(worlds))]
    operations: set[str] = set()
    for folder, (low, secret) in zip(folders, worlds, strict=True):
        operations |= _on_disk(folder, low, secret)
    ask = replace(ask, covert={"operation": tuple(sorted(operations))})
    return difference(*(_transcript(each, ask, captured, monkeypatch) for each in folders))


def test_no_command_tells_secrets_apart(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        assert _apart(number, tmp_path, capsys, monkeypatch) == "", f"world {number}"


@pytest.mark.parametrize("name", ["files dated by the newest of all", "one token of several is enough"])
def test_a_planted_leak_shows_in_a_command(
    name: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    with planted(name):
        assert any(_apart(number, tmp_path, capsys, monkeypatch) for number in range(4))
