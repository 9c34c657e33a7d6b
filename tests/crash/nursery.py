"""A process that has everything loaded, and forks one child for every scene asked for: a child starts at once.

It takes one JSON object a line and answers with the child's number, then, when the child is gone, with how it ended.
A child waits at its gate (a named pipe) until whoever will kill it has taken hold of it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from leconfield.intake.filing import read_file
from leconfield.ledger.desk import Desk
from tests.crash.scenes import SCENES, STREETS


def main() -> None:
    """Serve until standard input ends."""
    read_file("warm.txt", f"Ray Cassell met Dawn Prosser in {STREETS[0]}, Luton, on 3 March 2026.".encode())
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if not child:
            play(**job)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def play(scene: str, desk: str, files: str, gate: str, acks: str) -> None:
    """Be the child: play the scene, saying what is done in the file `acks`; never returns."""
    code = 1
    try:
        os.dup2(os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 1)
        Path(gate).read_bytes()
        opened = Desk.open(Path(desk))
        SCENES[scene](opened, Path(files))
        opened.close()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
