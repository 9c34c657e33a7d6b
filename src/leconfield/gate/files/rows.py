"""What a numbered table says: its rows, without the running numbers and the heads of its columns.

A row's place in a list is no number that anybody could have known, and the words at the head of a schedule are those of
its form. Only what is surely of the form is left out: a number at the beginning of a line counts if it is the next one.
"""

from __future__ import annotations

import re
from typing import Final

HEADS: Final = frozenset({"No.\tDescription", "Number,Description"})
"""First lines of our schedules, as they are read back from a paper and from a table."""
_NUMBERED: Final = re.compile(r"(\d{1,6})[\t,]")


def unnumbered(words: str) -> str:
    """The words without heads of our schedules and without running numbers; all other lines as they are."""
    kept: list[str] = []
    following = 1
    for line in words.removeprefix("\ufeff").splitlines():
        if line in HEADS:
            continue
        found = _NUMBERED.match(line)
        running = found is not None and found[1] == str(following)
        following += running
        kept.append(line[found.end() :] if found and running else line)
    return "\n".join(kept)
