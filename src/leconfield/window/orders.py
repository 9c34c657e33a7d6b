"""The orders that stand: of each kind about each thing the newest, and a stop wherever one may have been lost.

How far each was counted is kept apart from the orders, so that a damaged one does not let an older one in again. The
stop is read the safe way round: as long as its newest word cannot be read, everything is stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leconfield.errors import DamagedError, LeconfieldError
from leconfield.gate.bundles import orders as order_files
from leconfield.gate.bundles.deliveries import ALL, STOP, stop_body
from leconfield.gate.bundles.keys import Key
from leconfield.gate.bundles.orders import ENDING, Order
from leconfield.gate.bundles.taking import loaded
from leconfield.window import writing
from leconfield.window.spool import Spool

_IN_DOUBT: Final = Order(STOP, ALL, 0, stop_body(on=True))
_NAMES_A_STOP: Final = re.compile(rf"{STOP}\b", re.IGNORECASE)


@dataclass(slots=True)
class Orders:
    """The orders that are kept in a folder. For one process at a time; `Shelf` sees to that."""

    folder: Path
    serials: Path
    """Beside the orders: for each the serial below which none is taken any more."""
    spool: Spool
    trusted: tuple[Key, ...]
    standing: dict[str, dict[str, Order]] = field(default_factory=dict)
    """As they were read last, by kind and by what they are about."""

    def take(self, file: Path, day: str) -> None:
        """Keep the order in a file, unless one as new was known.

        Raises:
            LeconfieldError: if it is none, or nobody trusted signed it; of a stop that counts as a stop.
            OSError: if this machine would not read or write a file.
        """
        try:
            packed = loaded(file)
            order = order_files.read(packed, self.trusted, where=file.name)
        except LeconfieldError:
            if _NAMES_A_STOP.match(file.name):
                self._doubt(day)
            raise
        target = self._place(order.kind, order.about)
        kept = self._kept(target)
        if order.serial < self._counted(order.kind, order.about) or (kept is not None and kept.serial >= order.serial):
            return
        self._count(order.kind, order.about, order.serial, day)
        writing.put(target, packed, day)
        self._changed(day)

    def read(self, untaken: tuple[str, ...], day: str) -> bool:
        """Read all anew; `untaken`: names of files that lie in the spool and could not be read.

        Returns:
            Whether every kept file could be read; one that this machine would not give stands as it was known.

        Raises:
            OSError: if the folder cannot be read.
        """
        kinds = [each for each in sorted(self.folder.iterdir()) if each.is_dir()]
        found, whole = {}, True
        for kind in kinds:
            found[kind.name], readable = self._of(kind, day)
            whole &= readable
        self.standing = found
        stop = found.get(STOP, {}).get(ALL)
        lost = self._serial(STOP, ALL).exists() and (stop is None or stop.serial < self._counted(STOP, ALL))
        if lost or any(map(_NAMES_A_STOP.match, untaken)):
            self.stop()
        return whole

    def stop(self) -> None:
        """Let everything be stopped until all is read anew: what the inside said last is not known."""
        self.standing = {**self.standing, STOP: {**self.standing.get(STOP, {}), ALL: _IN_DOUBT}}

    def _of(self, kind: Path, day: str) -> tuple[dict[str, Order], bool]:
        """The orders of a kind by what they are about, a damaged one put aside; and whether all could be read."""
        found: dict[str, Order] = {}
        whole = True
        for file in sorted(kind.glob(f"*{ENDING}")):
            try:
                order = self._order_in(file)
            except LeconfieldError as fault:
                if kind.name == STOP:
                    self._doubt(day)
                self.spool.refuse(file, str(fault))
            except OSError as error:
                self.spool.tell(file, f"it could not be read ({error.strerror}); what was known of it stands")
                whole = False
                if (before := self.standing.get(kind.name, {}).get(file.stem)) is not None:
                    found[file.stem] = before
            else:
                found[order.about] = order
        return found, whole

    def _kept(self, target: Path) -> Order | None:
        """The order that is kept there; a damaged one is put aside and makes room."""
        if not target.exists():
            return None
        try:
            return self._order_in(target)
        except LeconfieldError as fault:
            self.spool.refuse(target, str(fault))
            return None

    def _order_in(self, file: Path) -> Order:
        order = order_files.read(loaded(file), self.trusted, where=file.name)
        if self._place(order.kind, order.about) != file:
            raise DamagedError(f"{file.name}: it is another order than the one that was kept here")
        return order

    def _doubt(self, day: str) -> None:
        """Something that was a stop cannot be read: none that is known so far says any more how things stand."""
        kept = self._kept(self._place(STOP, ALL))
        known = -1 if kept is None else kept.serial
        self._count(STOP, ALL, max(self._counted(STOP, ALL), known + 1), day)
        self._changed(day)

    def _place(self, kind: str, about: str) -> Path:
        return self.folder / kind / f"{about}{ENDING}"

    def _serial(self, kind: str, about: str) -> Path:
        return self.serials / kind / about

    def _counted(self, kind: str, about: str) -> int:
        """The serial below which none is taken; 0 if that was never written, or is no number any more."""
        try:
            return int(self._serial(kind, about).read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def _count(self, kind: str, about: str, serial: int, day: str) -> None:
        """Written before the order itself: whoever is stopped between the two takes the same order again."""
        writing.put(self._serial(kind, about), f"{serial}\n".encode("ascii"), day)

    def _changed(self, day: str) -> None:
        writing.put(self.folder / ".changed", b"", day)  # a file renamed within a folder below does not show on this
