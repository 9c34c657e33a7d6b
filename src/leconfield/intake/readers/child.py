"""The process of its own in which `isolation` has a file read: bytes on standard input, JSON on standard output."""

from __future__ import annotations

import json
import pkgutil
import sys
from dataclasses import asdict
from typing import Final

from leconfield.intake.readers.model import Reader, UnreadableError, guarded

if sys.platform != "win32":
    import resource

READERS: Final = {
    "docx": "leconfield.intake.readers.word:read_word",
    "pdf": "leconfield.intake.readers.pdf:read_pdf",
}
"""By name, so that a child loads only the parser that it needs."""
_MEMORY: Final = 2 * 1024**3


def main() -> None:
    """Read standard input with the reader named first, within the seconds of processor time named second."""
    kind, seconds = sys.argv[1:3]
    _limit(int(seconds))
    json.dump(_answer(pkgutil.resolve_name(READERS[kind]), sys.stdin.buffer.read()), sys.stdout)


def _answer(reader: Reader, content: bytes) -> dict[str, str]:
    try:
        document = asdict(guarded(reader, content, ""))
    except UnreadableError as error:
        return {"reason": error.reason, "fix": error.fix}
    del document["parts"]  # these formats bring none
    return document


def _limit(seconds: int) -> None:
    """No more processor time or memory than that, where the system can enforce it."""
    if sys.platform == "win32":  # the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
