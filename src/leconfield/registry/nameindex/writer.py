"""An index that grows: small segments are sealed as rows come, and merged in the background into larger ones.

The folder holds segments, each a file that never changes, and `segments.json`, which says which of them count. It is
replaced in one step, so a reader finds the rows of before or of after, and a crash loses what was not yet sealed.
"""

from __future__ import annotations

import json
import os
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from leconfield.errors import DamagedError
from leconfield.registry.nameindex.gather import Gathering
from leconfield.registry.nameindex.knowledge import Knowledge
from leconfield.registry.nameindex.merging import merged
from leconfield.registry.nameindex.segment import Segment, sync_folder

LISTED: Final = "segments.json"
ROWS_IN_MEMORY: Final = 200_000
"""Rows of one label from which they are sealed into a segment."""
FAN: Final = 4
"""Segments of one size that are merged into one of the next."""


def open_segments(folder: Path, admits: Callable[[str], bool] = lambda _: True) -> tuple[Segment, ...]:
    """Map the segments in a folder whose labels are admitted; no other is touched.

    Raises:
        DamagedError: if the list or a segment is not what was written.
    """
    return tuple(Segment.open(folder / name) for name, label, _ in _listed(folder) if admits(label))


class IndexWriter:
    """Adds rows to the index in a folder, under one label each; one writer at a time. Close it, or use it in `with`."""

    def __init__(
        self, folder: Path, *, knowledge: Knowledge | None = None, rows_in_memory: int = ROWS_IN_MEMORY
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._knowledge = knowledge or Knowledge.shipped()
        self._most = rows_in_memory
        self._waiting: dict[str, Gathering] = {}
        self._segments = [(name, label, rows) for name, label, rows in _listed(folder)]
        self._lock = Lock()
        self._behind = ThreadPoolExecutor(max_workers=1, thread_name_prefix="names")
        self._merging: Future[None] | None = None
        self._sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(keep=error is None)

    def add(self, row_id: str, text: str, label: str = "") -> None:
        """Take up a row; it can be found once its segment is sealed."""
        rows = self._waiting.get(label)
        if rows is None:
            rows = self._waiting[label] = Gathering(self._knowledge)
        rows.add(row_id, text)
        if len(rows) >= self._most:
            self._seal(label)

    def seal(self) -> None:
        """Make all rows so far durable and findable."""
        for label in list(self._waiting):
            self._seal(label)

    def segments(self, admits: Callable[[str], bool] = lambda _: True) -> tuple[Segment, ...]:
        """The sealed segments that are admitted, as they are now."""
        with self._lock:
            return tuple(Segment.open(self._folder / name) for name, label, _ in self._segments if admits(label))

    def close(self, *, keep: bool = True) -> None:
        """Seal what is in memory, wait for merges, and let go."""
        try:
            if keep:
                self.seal()
            self.wait()
        finally:
            self._behind.shutdown()

    def wait(self) -> None:
        """Until no merge is under way; raises what a merge failed with."""
        while self._merging is not None:
            under_way, self._merging = self._merging, None
            under_way.result()

    def _seal(self, label: str) -> None:
        rows = self._waiting.pop(label)
        segment = rows.sealed(label).write(self._folder / f"{uuid.uuid4().hex}.names")
        with self._replacing() as segments:
            segments.append((_name(segment), label, segment.rows))
        if self._merging is None or self._merging.done():
            self.wait()
            self._merging = self._behind.submit(self._merge_all)

    def _merge_all(self) -> None:
        """Merge until no size has segments enough."""
        while True:
            with self._lock:
                due = _due(self._segments)
                old = [Segment.open(self._folder / name) for name in due]
            if not due:
                return
            new = merged(old).write(self._folder / f"{uuid.uuid4().hex}.names")
            with self._replacing() as segments:
                segments[:] = [each for each in segments if each[0] not in due]
                segments.append((_name(new), new.label, new.rows))
            for name in due:
                (self._folder / name).unlink()  # readers keep what they have mapped

    @contextmanager
    def _replacing(self) -> Iterator[list[tuple[str, str, int]]]:
        """Change the list of segments in one step."""
        with self._lock:
            segments = list(self._segments)
            yield segments
            beside = self._folder / f".{LISTED}.{os.getpid()}"
            with beside.open("w", encoding="utf-8") as file:
                json.dump(segments, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._folder / LISTED)
            sync_folder(self._folder)
            self._segments = segments

    def _sweep(self) -> None:
        """Delete segments that a crash left unlisted."""
        listed = {name for name, _, _ in self._segments}
        for path in self._folder.glob("*.names"):
            if path.name not in listed:
                path.unlink()


def _name(segment: Segment) -> str:
    assert segment.path is not None, "only what was written is listed"
    return segment.path.name


def _due(segments: list[tuple[str, str, int]]) -> list[str]:
    """Segments of one label and one size that are enough to be merged; none if there are not."""
    tiers: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name, label, rows in segments:
        tiers[label, (max(rows, 1).bit_length() - 1) // (FAN.bit_length() - 1)].append(name)
    return next((names for names in tiers.values() if len(names) >= FAN), [])


def _listed(folder: Path) -> list[tuple[str, str, int]]:
    try:
        listed = json.loads((folder / LISTED).read_text(encoding="utf-8"))
        return [(str(name), str(label), int(rows)) for name, label, rows in listed]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(f"{folder / LISTED} cannot be read ({error}); delete the index and build it again") from None
