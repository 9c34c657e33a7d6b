"""Compiled code: the loops over millions of names and pairs, as machine code kept between runs.

A compiled function is kept for the sources that it was made of: numba looks only at the file of the function itself,
and would go on with old code when a function or a constant that it uses has changed in another file.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from numba import config, njit

P = ParamSpec("P")
R = TypeVar("R")

SOURCES: Final = Path(__file__).parent
KEPT: Final = 7 * 24 * 3600
"""Seconds for which code made of other sources is kept: another version may be in use beside this one."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function over numbers and arrays when it is first called; it lets go of the interpreter's lock.

    It must not touch Python objects. What is compiled is kept in the user's cache folder (or where NUMBA_CACHE_DIR
    says), or beside the module where that cannot be written.
    """
    made: Callable[P, R] = njit(cache=True, nogil=True)(function)
    return made


def fingerprint(folder: Path = SOURCES) -> str:
    """What tells these sources from any others: a hash over their names and contents."""
    total = sha256()
    for path in sorted(folder.rglob("*.py")):
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()[:20]


def cache_of(sources: str, home: Path) -> Path:
    """The folder for code made of those sources, made if need be; what others have left for long is cleared away.

    Raises:
        OSError: if it cannot be written.
    """
    folder = home / sources
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    for other in home.iterdir():
        with suppress(OSError):
            if other.is_dir() and other.stat().st_mtime < time.time() - KEPT:
                shutil.rmtree(other)
    return folder


def _keep_by_sources() -> None:
    if config.CACHE_DIR:  # type: ignore[attr-defined]  # numba sets it when it is imported
        return
    with suppress(OSError, RuntimeError):  # no home, or one that cannot be written: numba keeps it beside the module
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        config.CACHE_DIR = str(cache_of(fingerprint(), cache / "leconfield" / "compiled"))  # type: ignore[attr-defined]  # likewise


_keep_by_sources()
