"""Tests of the programs that the demonstration runs beside its desk: however it ends, they end with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.window.houses import house

BESIDE = """
import signal, sys
from pathlib import Path
from leconfield.demo.window import Ports, running
with running(Path(sys.argv[1]), Ports(int(sys.argv[2]), int(sys.argv[3]))):
    print("they run", flush=True)
    signal.pause()
"""


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_what_runs_beside_the_desk_ends_with_it(tmp_path: Path, how: signal.Signals) -> None:
    folder = house(tmp_path).folder
    command = [sys.executable, "-c", BESIDE, str(folder), str(_free()), str(_free())]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    assert started.stdout is not None
    assert started.stdout.readline() == b"they run\n"
    os.kill(started.pid, how)
    started.communicate(timeout=60)
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
