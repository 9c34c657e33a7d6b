"""Marks that news agencies and editors put into a report: `[TEXT]`, `[END RECORDING]`, the agency in a dateline.

They are about the text, not part of what it tells; nothing in them is a name.
"""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(
    r"\[(?:TEXT|REPORT|ARTICLE|COMMENTARY|EDITORIAL|COMMUNIQUE|INTERVIEW|BEGIN|END|CONTINUED|PASSAGE|PASSAGES|WORDS?"
    r"|INDISTINCT|OMITTED|NAME AS|AS (?:RECEIVED|HEARD|PUBLISHED|PRINTED)|SIC|RECORDING|VIDEO|FIRST|NO|UNIDENTIFIED)\b"
    r"[^\]\n]{0,60}\]"
)
_AGENCY: Final = re.compile(r"(?<=\d )\((?:[A-Z]{2,}[ -]*){1,4}\)(?= *--)")


def editorial_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where in the text such marks stand."""
    return tuple(sorted(found.span() for pattern in (_MARK, _AGENCY) for found in pattern.finditer(text)))
