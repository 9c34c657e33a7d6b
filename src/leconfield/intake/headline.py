"""How a report begins: its first words after the dateline, for lists of reports that bear no title of their own."""

from __future__ import annotations

import re
from typing import Final

_DATELINE: Final = re.compile(r"\A(?:[^\n]{0,80}\n+)?.{0,200}?(?:\[TEXT\]|\s--\s)\s*", re.DOTALL)
_LONGEST: Final = 120


def beginning(text: str) -> str:
    """The first words of a report, a line long, without the dateline of an agency's wire."""
    start = found.end() if (found := _DATELINE.match(text)) else 0
    words = " ".join(text[start : start + 2 * _LONGEST].split())
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0] + " …"
