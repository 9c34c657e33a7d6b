"""An index of names on disk: fuzzy search over millions of them in a fraction of a millisecond, explained.

`build` makes one out of rows, `NameSearch` asks one or several; `IndexWriter` adds to one while others read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leconfield.registry.nameindex.gather import Gathering
from leconfield.registry.nameindex.knowledge import Knowledge
from leconfield.registry.nameindex.search import Answer, Found, NameSearch, explain
from leconfield.registry.nameindex.segment import Segment
from leconfield.registry.nameindex.verdict import Verdict
from leconfield.registry.nameindex.writer import IndexWriter, open_segments

__all__ = [
    "Answer",
    "Found",
    "IndexWriter",
    "Knowledge",
    "NameSearch",
    "Segment",
    "Verdict",
    "build",
    "explain",
    "gathered",
    "open_segments",
]


def build(
    names: Iterable[tuple[str, str]], path: Path, *, label: str = "", knowledge: Knowledge | None = None
) -> Segment:
    """Index rows (id, name) in a file, all or nothing, and map it. Rows of one id may be several names of one."""
    return gathered(names, label=label, knowledge=knowledge).write(path)


def gathered(names: Iterable[tuple[str, str]], *, label: str = "", knowledge: Knowledge | None = None) -> Segment:
    """The same in memory, for whoever cannot or will not keep it: about 0.6 kB a name."""
    rows = Gathering(knowledge or Knowledge.shipped())
    for row_id, text in names:
        rows.add(row_id, text)
    return rows.sealed(label)
