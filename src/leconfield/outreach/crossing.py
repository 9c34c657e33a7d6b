"""What crosses: sealed releases and orders go out as files, sealed boxes come in. One way each, safe to repeat.

A file is written whole or not at all, under a name that follows from what is in it; what is there already is left. A
box is made into entries first, then noted as taken, then removed: whoever is stopped in between begins again and
nothing happens twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError, DamagedError, LeconfieldError, RefusedError
from leconfield.gate.bundles import SecretKey, boxes, orders, taking
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.release import keys as seals
from leconfield.gate.release import marks, sealing
from leconfield.gate.release import service as releases_service
from leconfield.gate.release.model import State
from leconfield.gate.release.state import releases
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId, Question
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach import letters, profile, tying
from leconfield.outreach.keys import box_key
from leconfield.outreach.orders import Issued, orders_of
from leconfield.outreach.outward import crosses
from leconfield.outreach.receiving import HANDLERS
from leconfield.outreach.taking import Handler, Taking
from leconfield.outreach.writing import settled, written

CROSSED: Final = "window crossed"
"""Kind of entry: a release, a withdrawal or an order was written for the window; the first time counts."""
TAKEN: Final = "box taken"
REFUSED: Final = "box refused"
WITHDRAWAL_ENDING: Final = f".withdrawal{taking.ENDING}"
MAX_BOX: Final = 40 * 2**20
"""Bytes of a sealed box as it lies in the spool."""
Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""


class Crossings(Folded):
    """What has crossed, either way (a `Derived`)."""

    def __init__(self) -> None:
        self.out: dict[str, Entry] = {}
        """By release or by order (`order_name`): when it first went."""
        self.taken: set[str] = set()
        """Ids of boxes that were taken in."""
        self.refused: list[Entry] = []

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == CROSSED:
                self.out.setdefault(each.body.get("what", ""), each)
            elif each.kind == TAKEN:
                self.taken.add(each.body.get("box", ""))
            elif each.kind == REFUSED:
                self.refused.append(each)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file for the window."""

    name: str
    held: bytes
    about: str
    label: str
    what: str
    """What it is known by among `Crossings.out`."""

    @property
    def entry(self) -> Draft:
        """The entry that it crossed; one for each content, however often it is written."""
        digest = sha256(self.held).hexdigest()
        body = {"what": self.what, "digest": digest}
        return Draft(CROSSED, self.label, about=self.about, body=body, key=(self.name, digest))


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to."""

    files: int
    """How many lie in the folder now."""
    written: int
    """How many of them had to be written."""
    held_back: tuple[tuple[str, str], ...] = ()
    """Releases that could not be written: title, and why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to."""

    taken: int = 0
    again: int = 0
    """Boxes that had been taken already; they were removed."""
    aside: tuple[tuple[str, str], ...] = ()
    """Files that were refused and put aside: name, and why."""
    left: tuple[tuple[str, str], ...] = ()
    """Files that stay for somebody else: name, and why."""


def export(desk: Desk, view: View, to: Path) -> Exported:
    """Write everything that the window is to have and the view shows into a folder, signed with the desk's own key.

    Published releases for the public, those sealed with an embargo (they show when it is over), withdrawals, and the
    newest order of each kind about each thing. Repeating it writes what is not there.

    Raises:
        RefusedError: if the reader may not, the view looks at the past, or the desk is kept in no folder.
    """
    _check(desk, view)
    key = seals.of_desk(desk)
    to.mkdir(parents=True, exist_ok=True)
    letters.renew_all(desk, view)
    tying.tie(desk, view)
    view = desk.view(view.reader, asking=Question("window, export"))
    held_back: list[tuple[str, str]] = []
    leaving = [*_bundles(desk, view, key, held_back), *_orders(view, key)]
    new = sum(written(to / each.name, each.held) for each in leaving)
    if leaving:
        desk.append(view.reader, [each.entry for each in leaving])
    return Exported(len(leaving), new, tuple(held_back))


def order_name(issued: Issued) -> str:
    """The name under which an order crosses."""
    return f"{issued.order.kind}.{issued.order.about}.{issued.order.serial}"


def _bundles(desk: Desk, view: View, key: SecretKey, held_back: list[tuple[str, str]]) -> Iterator[Leaving]:
    for each in releases(view).by_id.values():
        if not crosses(each):
            continue
        its_id = sealing.public_id(desk, each.id)
        if each.state is State.WITHDRAWN:
            held = sealing.withdrawal(desk, view, each.id, [key])
            yield Leaving(f"{its_id}{WITHDRAWAL_ENDING}", held, each.id, each.label, f"{each.id} withdrawn")
            continue
        if any(marks.marked_members(each.content, releases_service.files_of(view, each))):
            held_back.append((each.content.title, "its text has alternatives, and the window shows one text to all"))
            continue
        held = releases_service.bundle(desk, view, each.id, [key])
        yield Leaving(f"{its_id}{taking.ENDING}", held, each.id, each.label, each.id)


def _orders(view: View, key: SecretKey) -> Iterator[Leaving]:
    for each in orders_of(view).values():
        name = order_name(each)
        yield Leaving(f"{name}{orders.ENDING}", orders.write(each.order, key), each.order.about, each.label, name)


def import_(
    desk: Desk,
    view: View,
    from_: Path,
    aside: Path,
    *,
    handlers: Mapping[str, Handler] = HANDLERS,
    progress: Progress = lambda _done, _all: None,
) -> Imported:
    """Take in every sealed box that lies in a folder; what is torn, forged or of no known kind is put aside.

    Raises:
        RefusedError: if the reader may not, the view looks at the past, or the desk is kept in no folder.
        BadInputError: if there is no such folder.
    """
    _check(desk, view)
    if not from_.is_dir():
        raise BadInputError(f"{from_}: there is no such folder; give the one that the window's boxes lie in")
    way = _WayIn(desk, view, handlers, aside)
    files = sorted(each for each in from_.iterdir() if each.suffix == boxes.ENDING and each.is_file())
    for number, each in enumerate(files, start=1):
        way.take(each)
        progress(number, len(files))
    return Imported(way.taken, way.again, tuple(way.put_aside), tuple(way.left))


class _WayIn:
    """One import: what it found so far."""

    def __init__(self, desk: Desk, view: View, handlers: Mapping[str, Handler], aside: Path) -> None:
        self._desk, self._view, self._handlers, self._aside = desk, view, handlers, aside
        self._profile, self._key = profile.of(desk), box_key(desk)
        self.taken = self.again = 0
        self.put_aside: list[tuple[str, str]] = []
        self.left: list[tuple[str, str]] = []

    def take(self, file: Path) -> None:
        """Take one file in, put it aside, or leave it."""
        try:
            box = self._opened(file)
            handler, label = self._way_of(box)
        except (BadInputError, DamagedError, RefusedError) as error:
            self._refuse(file, str(error))
            return
        try:
            self._keep(box, handler, label)
        except (BadInputError, DamagedError) as error:
            self._refuse(file, str(error))
        except LeconfieldError as error:
            self.left.append((file.name, str(error)))
        else:
            file.unlink()

    def _opened(self, file: Path) -> Box:
        if file.is_symlink() or file.stat().st_size > MAX_BOX:
            raise BadInputError(f"{file.name}: it is no file of its own, or over {MAX_BOX:,} bytes; no box is")
        return boxes.opened(file.read_bytes(), self._key, where=file.name)

    def _way_of(self, box: Box) -> tuple[Handler, str]:
        handler = self._handlers.get(box.kind)
        if handler is None:
            raise BadInputError(f'nobody here takes boxes of kind "{box.kind}"')
        return handler, self._profile.label(box.kind)

    def _keep(self, box: Box, handler: Handler, label: str) -> None:
        self._desk.check_writable(self._view.reader, label)
        view = self._desk.view(self._view.reader, asking=Question("window, box", box.kind))
        if box.id in view.derived(Crossings).taken:
            self.again += 1
            return
        handler(Taking(self._desk, view, label), box)
        body = {"box": box.id, "kind": box.kind}
        self._desk.append(self._view.reader, [Draft(TAKEN, label, body=body, key=(box.id,))])
        self.taken += 1

    def _refuse(self, file: Path, why: str) -> None:
        """Put a file aside with a line why, and note it; the entry stands before the file moves."""
        digest = _digest(file)
        body = {"file": file.name[:100], "digest": digest, "why": why[:500]}
        self._desk.append(self._view.reader, [Draft(REFUSED, self._view.own_label, body=body, key=(digest,))])
        self._aside.mkdir(parents=True, exist_ok=True)
        name = file.name if not (self._aside / file.name).exists() else f"{digest[:16]}{file.suffix}"
        written(self._aside / f"{name}.why", f"{why}\n".encode("utf-8", "replace"))
        shutil.move(file, self._aside / name)
        settled(self._aside)
        self.put_aside.append((file.name, why))


def _digest(file: Path) -> str:
    if file.is_symlink():
        return sha256(str(file.readlink()).encode("utf-8", "replace")).hexdigest()
    with file.open("rb") as opened:
        return sha256(opened.read(MAX_BOX + 1)).hexdigest()


def _check(desk: Desk, view: View) -> None:
    refuse_the_past(view)
    profile.of(desk).require(view.reader, "cross")


def crossed(view: View, release: str) -> Entry | None:
    """The entry with which a release first went to the window; None: it has not."""
    return view.derived(Crossings).out.get(EntryId(release))
