"""An intake in a process of its own, with the processes that read for it: `python -m tests.crash.alone DESK FILES`."""

from __future__ import annotations

import sys
from pathlib import Path

from leconfield.errors import LeconfieldError
from leconfield.ledger.desk import Desk
from tests.crash.scenes import intake


def main(desk: str, files: str) -> None:
    """File everything, saying "ACK …" of each."""
    opened = Desk.open(Path(desk))
    try:
        intake(opened, Path(files))
    except LeconfieldError as error:
        sys.exit(str(error))
    finally:
        opened.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
