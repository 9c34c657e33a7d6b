"""The command line tells no more than the pages do: its output, its exit codes, the files it writes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest

from leconfield import cli
from leconfield.gate.exposure.service import REFUSAL
from leconfield.gate.release import keys
from leconfield.ledger.desk import Desk
from tests.ledger.desks import KEYS
from tests.noninterference import covert, gating
from tests.noninterference.acts import KARINA, Act, Script, moment
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


def _on_disk(folder: Path, low: Script, secret: Script) -> tuple[dict[Act, list[str]], dict[str, set[str]]]:
    """Play both sides on a desk in that folder; the bits that it let go, and the ids of its operations and releases."""
    folder.mkdir(parents=True)
    KEYS.save(folder / "keys")
    played = play(low, secret, lambda clock: Desk.open(folder, clock, creating=True))
    ids = {
        "operation": covert.ids(played.desk, KARINA)["operation"],
        "release": gating.ids(played.desk, KARINA)["release"],
    }
    played.desk.close()
    return played.bits, ids


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
    yield from _releases(ask, out)


def _releases(ask: Small, out: Path) -> Iterator[list[str]]:
    """What is asked of releases: which there are, their bundles, whose copy leaked."""
    found = _written(out.with_name("found.txt"), gating.WORDS[3])
    bundle, seal = out.with_name("network.bundle"), str(out.parent.parent / "seal")
    yield from (["release", "list", *more] for more in ((), ("--json",)))
    for each in (*ask.covert.get("release", ()), NOBODY):
        yield ["release", "bundle", each, str(bundle), "--key", seal]
        yield ["release", "bundle", each, str(bundle), "--key", seal, "--to", "Editor 0"]
        yield from (["release", "leak", each, found, *more] for more in ((), ("--json",)))


def _checks(ask: Small, out: Path) -> Iterator[list[str]]:
    """Full checks, each of which tells its one bit, and knowers that are noted between them."""
    for number, words in enumerate((*gating.WORDS, *ask.texts[:2])):
        draft = _written(out.with_name(f"draft-{number}.txt"), words)
        yield ["gate", "check", draft, "--on", "2026-03-02", "--json"]
        yield ["gate", "check", draft, "--audience", "court", "--persona", gating.PERSONA]
    for each in ask.reports[-3:]:
        yield ["gate", "knowers", each, "the crew|60"]
    yield ["gate", "check", draft, "--on", "2026-03-02", "--action", "2026-04-01 an arrest at Mill Lane"]


def _without_a_desk(out: Path) -> Iterator[list[str]]:
    """What asks no desk must not learn of the one that is at hand."""
    lines = out.with_name("lines.jsonl")
    lines.write_text(f"{json.dumps({'id': 'one', 'text': gating.WORDS[0]})}\n", encoding="utf-8")
    yield from (["redact", "--mode", mode, str(lines)] for mode in ("protect", "publish"))
    yield ["bundle", "verify", str(lines)]


def _written(file: Path, words: str) -> str:
    file.write_text(words, encoding="utf-8")
    return str(file)


def _run(arguments: list[str], captured: Captured, monkeypatch: pytest.MonkeyPatch) -> tuple[object, str, str]:
    monkeypatch.setattr(sys, "argv", ["leconfield", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    written = captured.readouterr()
    return left.value.code, written.out, written.err


def _answers(
    commands: Iterable[list[str]], folder: Path, captured: Captured, monkeypatch: pytest.MonkeyPatch
) -> Transcript:
    answers: Transcript = []
    here = str(folder.parent)
    for command in commands:
        code, *written = _run(command, captured, monkeypatch)
        answers.append((f"{command}".replace(here, ""), (code, *(each.replace(here, "") for each in written))))
        for made in sorted(folder.parent.glob("network.*")):
            answers.append((made.name, made.read_bytes()))
            made.unlink()
    return answers


def _told(
    folder: Path, ask: Small, captured: Captured, monkeypatch: pytest.MonkeyPatch
) -> tuple[Transcript, Transcript]:
    """What commands answer that tell nothing beyond their reader's view, and what full checks do."""
    out, asking = folder.parent / "network", ["--desk", str(folder), "--as", "emma"]
    monkeypatch.setenv("LECONFIELD_DESK", str(folder))
    alone = _answers(_without_a_desk(out), folder, captured, monkeypatch)
    reads = _answers(([*each, *asking] for each in _commands(ask, out)), folder, captured, monkeypatch)
    checks = _answers(([*each, *asking] for each in _checks(ask, out)), folder, captured, monkeypatch)
    return [*alone, *reads], checks


def _bits(checks: Transcript) -> list[bool]:
    return [" ".join(REFUSAL.split()) in " ".join(str(said).replace("\\n", " ").split()) for _, said in checks]


def _apart(number: int, tmp_path: Path, captured: Captured, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """What tells two drawn worlds apart; None if the gate let go of different bits while they were played."""
    worlds = drawn(Random(f"commands {number}"))
    ask = small([script for sides in worlds for script in sides])
    folders = [tmp_path / f"{number}-{place}" / "desk" for place in range(len(worlds))]
    played = [_on_disk(folder, low, secret) for folder, (low, secret) in zip(folders, worlds, strict=True)]
    if any(bits != played[0][0] for bits, _ in played):
        return None
    ids = {part: tuple(sorted({one for _, found in played for one in found[part]})) for part in played[0][1]}
    told = [_told(each, replace(ask, covert=ids), captured, monkeypatch) for each in folders]
    found = difference(*(reads for reads, _ in told))
    (one, other) = (checks for _, checks in told)
    return found or (difference(one, other) if _bits(one) == _bits(other) else "")


@pytest.fixture
def tried(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Iterator[str]]:
    """What tells so many worlds apart that agree on what the gate lets go."""
    keys.made(tmp_path / "seal")

    def tell(many: int) -> Iterator[str]:
        found = (_apart(number, tmp_path, capsys, monkeypatch) for number in count())
        return islice((each for each in found if each is not None), many)

    return tell


def test_no_command_tells_secrets_apart(tried: Callable[[int], Iterator[str]]) -> None:
    assert list(tried(4)) == [""] * 4


@pytest.mark.parametrize(
    "name",
    [
        "files dated by the newest of all",
        "one token of several is enough",
        "hidden releases refused and others not found",
        "reasons above the asker shown",
    ],
)
def test_a_planted_leak_shows_in_a_command(name: str, tried: Callable[[int], Iterator[str]]) -> None:
    with planted(name):
        assert any(tried(4))
