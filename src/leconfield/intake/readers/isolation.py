"""Formats whose parsers a hostile file can lead astray are read in a process of its own, with little time and memory.

A parser that loops, swells or crashes takes that process with it and nothing else; the file goes to quarantine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Final

from leconfield.intake.readers.model import Document, UnreadableError

SECONDS: Final = 3
"""Processor time for any file."""
SECONDS_PER_MEGABYTE: Final = 20
_MOST_SECONDS: Final = 600
_PATIENCE: Final = 4
"""Wall clock to processor time: a busy machine is not the file's fault."""
_TOO_LONG: Final = "takes longer to read than any honest file of its size"
_RESAVE: Final = "open and save it again in the program that made it, or export it as plain text"


def read_apart(kind: str, content: bytes, filename: str) -> Document:
    """What the file says, read by `child.READERS[kind]` in another process.

    Raises:
        UnreadableError: as that reader does; or if it took too long or did not survive.
    """
    seconds = min(_MOST_SECONDS, SECONDS + SECONDS_PER_MEGABYTE * len(content) // 2**20)
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-P", "-m", "leconfield.intake.readers.child", kind, str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; nothing of the file is in the command
            command,
            input=content,
            capture_output=True,
            timeout=seconds * _PATIENCE,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(filename, _TOO_LONG, _RESAVE) from error
    return _answer(done, filename)


def _answer(done: subprocess.CompletedProcess[bytes], filename: str) -> Document:
    """The document or the refusal that the child wrote; a refusal too where it was killed or broke down."""
    if done.returncode != 0:
        killed = done.returncode < 0
        raise UnreadableError(filename, _TOO_LONG if killed else "breaks the program that reads it", _RESAVE)
    answer = json.loads(done.stdout)
    if "reason" in answer:
        raise UnreadableError(filename, answer["reason"], answer["fix"])
    return Document(**answer)
