"""The command as people run it, on its own: it publishes, and nothing of the inside is in its process."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.window.publishing.scene import CAPTION, Scene

_ROOT = Path(__file__).resolve().parents[3]
_RUN = """
import sys
sys.argv = ["leconfield", "window", "publish", sys.argv[1], "--once"]
from leconfield.entry import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
ours = sorted(each for each in sys.modules if each.startswith("leconfield."))
allowed = ("leconfield.window", "leconfield.gate", "leconfield.errors", "leconfield.entry", "leconfield.running")
print([each for each in ours if not each.startswith(allowed)])
print([each for each in ours if each.startswith("leconfield.gate.") and not each.startswith("leconfield.gate.bundles")])
"""


def test_the_command_publishes_and_holds_nothing_of_the_inside(scene: Scene) -> None:
    scene.clock.now = scene.house.clock.at = datetime.now(UTC)
    scene.fake.clear()
    scene.post()
    scene.turns(1, seconds=0)

    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(scene.house.folder)],
        cwd=_ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.stdout.split("\n")[:2] == ["[]", "[]"], done
    assert scene.public() == [CAPTION]
    assert "fake-long-lived-token" not in done.stdout + done.stderr
    assert not [each for each in scene.house.folder.rglob("*.pem") if b"PRIVATE" in each.read_bytes()]
