"""The command that redacts: lines of texts into masks, files into new files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from leconfield.console import err
from leconfield.errors import BadInputError
from leconfield.gate.redaction.model import Mode, Order, Redacted
from leconfield.gate.redaction.redacting import redact as redact_text

_LINES: Final = frozenset({".jsonl", ".ndjson"})
_STANDARD_INPUT: Final = Path("-")
_LONGEST: Final = 16 * 2**20
"""Bytes of one line."""


def redact(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help='Texts, DOCX and PDF files; or one JSONL with one {"id", "text"} a line, - for standard input.',
        ),
    ],
    mode: Annotated[Mode, typer.Option(help="protect: recall first. publish: precision first.")] = Mode.PROTECT,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Where the new files go, as redacted-1.pdf ...", show_default=False)
    ] = None,
    records: Annotated[
        Path | None,
        typer.Option(help="Keep the record of each redaction here, one JSON object a text.", show_default=False),
    ] = None,
    also: Annotated[list[str], typer.Option(help="Mask these words wherever they stand.")] = [],  # noqa: B006 - typer copies it
    keep: Annotated[list[str], typer.Option(help="Leave these words.")] = [],  # noqa: B006 - typer copies it
    whom: Annotated[str, typer.Option("--by", help="Who orders --also and --keep, as the record names him.")] = "",
) -> None:
    """Mask what would tell who somebody is; needs no desk. Lines give masks on standard output, files new files."""
    orders = _orders(also, keep, whom)
    if any(_is_lines(each) for each in files):
        if len(files) > 1 or folder:
            raise BadInputError("lines of texts are redacted alone; give one JSONL file and no --out")
        kept = _mask_lines(files[0], mode, orders)
    else:
        if folder is None:
            raise BadInputError("files are written anew; say with --out into which folder")
        kept = _rebuild_files(files, folder, mode, orders)
    if records is None:
        for _ in kept:
            pass
        return
    with records.open("w", encoding="utf-8") as file:
        for each in kept:
            file.write(json.dumps(each, ensure_ascii=False) + "\n")


def _orders(also: Sequence[str], keep: Sequence[str], whom: str) -> list[Order]:
    if (also or keep) and not whom.strip():
        raise BadInputError("--also and --keep are somebody's word; say whose with --by")
    return [*(Order(words, whom) for words in also), *(Order(words, whom, mask=False) for words in keep)]


def _is_lines(path: Path) -> bool:
    return path == _STANDARD_INPUT or path.suffix.lower() in _LINES


def _mask_lines(source: Path, mode: Mode, orders: Sequence[Order]) -> Iterator[dict[str, object]]:
    """Write each line's masks; yields its record."""
    for about, text in _lines(source):
        done = redact_text(text, mode, orders)
        sys.stdout.write(json.dumps({"id": about, "masks": done.spans}, ensure_ascii=False) + "\n")
        yield _record(about, mode, done)


def _rebuild_files(
    files: Sequence[Path], folder: Path, mode: Mode, orders: Sequence[Order]
) -> Iterator[dict[str, object]]:
    """Write each file anew, under a name that tells nothing; yields its record."""
    from leconfield.gate.redaction.rebuilding import rebuild, text_of  # noqa: PLC0415 - the lines need no printer

    folder.mkdir(parents=True, exist_ok=True)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    for number, path in enumerate(files, 1):
        text, kind = text_of(path.read_bytes(), path.name)
        done = redact_text(text, mode, orders)
        target = folder / f"redacted-{number}.{kind}"
        if target.exists():
            raise BadInputError(f"{target} is there already; choose an empty folder")
        target.write_bytes(rebuild(done, kind, day))
        err.print(f"{path} -> {target}: {_summary(done)}", soft_wrap=True)
        yield _record(target.name, mode, done)


def _summary(done: Redacted) -> str:
    counts = Counter(each.reason.value for each in done.redactions)
    return ", ".join(f"{n:,} {reason}" for reason, n in counts.most_common()) or "nothing to mask"


def _record(about: str, mode: Mode, done: Redacted) -> dict[str, object]:
    """What was done to a text; never what was there."""
    return {
        "id": about,
        "mode": mode.value,
        "redactions": [
            {
                "start": each.start,
                "end": each.end,
                "words": each.words,
                "reason": each.reason.value,
                "by": each.by.value,
                "who": each.who,
            }
            for each in done.redactions
        ],
    }


def _lines(source: Path) -> Iterator[tuple[str, str]]:
    """The id and text of each line; each id once, as masks are put to their texts by it."""
    first: dict[str, int] = {}
    with sys.stdin.buffer if source == _STANDARD_INPUT else source.open("rb") as file:
        for number, line in enumerate(iter(partial(file.readline, _LONGEST + 1), b""), 1):
            where = f"{source}, line {number}"
            if len(line) > _LONGEST:
                raise BadInputError(f"{where} has more than {_LONGEST // 2**20} MB; cut its text in parts, a line each")
            if line.strip():
                about, text = _line(line, where)
                if first.setdefault(about, number) != number:
                    raise BadInputError(
                        f'{where}: line {first[about]} has the same "id"; give each text one of its own'
                    )
                yield about, text


def _line(line: bytes, where: str) -> tuple[str, str]:
    """The id and text of a line; broken characters in it stand as the sign for them."""
    wanted = 'write one {"id", "text"} a line, in UTF-8'
    try:
        fields = json.loads(line.decode("utf-8", "replace").removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadInputError(f"{where} is no JSON from character {error.pos + 1} on; {wanted}") from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"{where} is no JSON that can be read; {wanted}") from error
    if not isinstance(fields, dict):
        raise BadInputError(f"{where} is JSON, but no object; {wanted}")
    known = (fields.get("id"), fields.get("docid"), _provenance(fields))
    about = next((each for each in known if isinstance(each, str | int) and not isinstance(each, bool)), None)
    text = fields.get("text")
    if about is None:
        raise BadInputError(f'{where} has no "id" that is text or a whole number; {wanted}')
    if not isinstance(text, str):
        raise BadInputError(f'{where} has no "text" that is text; {wanted}')
    return str(about).encode("utf-8", "replace").decode(), text


def _provenance(fields: dict[str, object]) -> object:
    """The id that a document of the Text Anonymization Benchmark bears."""
    known = fields.get("metadata")
    origin = known.get("provenance") if isinstance(known, dict) else None
    return origin.get("doc_id") if isinstance(origin, dict) else None
