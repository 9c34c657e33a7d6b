"""Who may do what at the window, under which label what comes in is kept: data, so that a house can have its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader

FORMAT: Final = 1
FILE: Final = "outreach.toml"
"""In a desk's folder: its own profile, in place of the one that comes with the product."""


@dataclass(frozen=True, slots=True)
class Spools:
    """Where files for the window are put and its boxes are found, from the desk's own host; None: carried by hand."""

    to: Path | None = None
    """What goes out."""
    from_: Path | None = None
    """What comes in."""
    aside: Path | None = None
    """Boxes that were refused."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one house for its window."""

    labels: Mapping[str, str]
    """By kind of box."""
    areas: Mapping[str, str]
    """By area: `rounds`, `tips`, `recruiting` ..."""
    may: Mapping[str, frozenset[str]]
    """By act: the roles any of which may do it."""
    spools: Spools = Spools()

    def label(self, kind: str) -> str:
        """The label of what comes of boxes of a kind.

        Raises:
            BadInputError: if nothing is said of that kind.
        """
        if kind not in self.labels:
            raise BadInputError(f'no label is set for boxes of kind "{kind[:40]}"; add it under [labels] of {FILE}')
        return self.labels[kind]

    def area(self, which: str) -> str:
        """The label that an area's orders and drafts stand under where nothing else is said.

        Raises:
            BadInputError: if nothing is said of that area.
        """
        if which not in self.areas:
            raise BadInputError(f'no label is set for "{which[:40]}"; add it under [areas] of {FILE}')
        return self.areas[which]

    def allows(self, reader: Reader, act: str) -> bool:
        """Whether the reader holds a role that may do it."""
        return bool(self.may.get(act, frozenset()) & reader.roles)

    def require(self, reader: Reader, act: str) -> None:
        """Make sure that the reader may do it.

        Raises:
            RefusedError: if he holds none of the roles.
        """
        if not self.allows(reader, act):
            roles = " or ".join(sorted(self.may.get(act, frozenset()))) or "nobody holds"
            raise RefusedError(f"that takes the role {roles}, which you do not hold")


def of(desk: Desk) -> Profile:
    """The profile of a desk: its own, or the one that comes with the product.

    Raises:
        BadInputError: if its own cannot be read.
    """
    own = desk.folder / FILE if desk.folder else None
    if own is None or not own.is_file():
        return shipped()
    return _own(own, own.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _own(file: Path, _changed: int) -> Profile:
    return parse(file.read_text(encoding="utf-8"), str(file), file.parent)


@lru_cache(maxsize=8)
def shipped(which: str = "uk") -> Profile:
    """A profile that comes with the product.

    Raises:
        BadInputError: if there is none by that id.
    """
    file = resources.files("leconfield.outreach") / "profiles" / f"{which}.toml"
    if not which.isidentifier() or not file.is_file():
        raise BadInputError(f'there is no profile "{which[:40]}"; "uk" comes with the product')
    return parse(file.read_text(encoding="utf-8"), file.name)


def parse(text: str, file: str, folder: Path | None = None) -> Profile:
    """The profile that is written in `text`; `file` is what errors call it, `folder` where its spools start from.

    What it does not say under [labels], [areas] and [may] is as in the profile that comes with the product.

    Raises:
        BadInputError: naming the file, the place and what to write instead.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInputError(f"{file}: this is not TOML ({error})") from error
    if table.get("format") != FORMAT:
        raise BadInputError(f"{file}: write format = {FORMAT} at its head")
    if unknown := set(table) - {"format", "labels", "areas", "may", "spool"}:
        raise BadInputError(f'{file}: "{min(unknown)}" is not known here; check its spelling')
    base = shipped() if folder is not None else Profile({}, {}, {})
    by_kind, by_area = (_labels(table.get(each, {}), f"{file}, [{each}]") for each in ("labels", "areas"))
    may = {act: _words(roles, f'{file}, [may], "{act}"') for act, roles in _table(table.get("may", {}), file).items()}
    spools = _spools(_table(table.get("spool", {}), file), file, folder)
    return Profile({**base.labels, **by_kind}, {**base.areas, **by_area}, {**base.may, **may}, spools)


def _labels(written: object, place: str) -> dict[str, str]:
    found = {}
    for name, label in _table(written, place).items():
        if not isinstance(label, str) or not label.strip():
            raise BadInputError(f'{place}, "{name}": write who may know of it; with no label everybody could')
        found[name] = str(labels.parse(label))
    return found


def _table(written: object, place: str) -> Mapping[str, object]:
    if not isinstance(written, dict):
        raise BadInputError(f"{place}: this is a table of names and values")
    return written


def _words(written: object, place: str) -> frozenset[str]:
    if not isinstance(written, list) or not all(isinstance(each, str) and each for each in written):
        raise BadInputError(f"{place}: this is a list of roles")
    return frozenset(written)


def _spools(table: Mapping[str, object], file: str, folder: Path | None) -> Spools:
    if unknown := set(table) - {"to", "from", "aside"}:
        raise BadInputError(f'{file}, [spool]: "{min(unknown)}" is not known here; write to, from and aside')
    found: dict[str, Path] = {}
    for name, written in table.items():
        if not isinstance(written, str) or not written:
            raise BadInputError(f'{file}, [spool], "{name}": write a folder')
        found[name] = (folder or Path()) / written
    if "from" in found and "aside" not in found:
        raise BadInputError(f"{file}, [spool]: with from, name aside too: where refused boxes go")
    return Spools(found.get("to"), found.get("from"), found.get("aside"))
