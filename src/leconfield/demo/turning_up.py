"""The text that turned up outside: typed from one recipient's copy of a release, as that copy reads on this desk.

Which alternatives a copy has follows from a secret of the desk, so the text is made when the desk has been filled.
"""

from __future__ import annotations

from pathlib import Path

from leconfield.demo.outside import LeakedCopy
from leconfield.demo.records import text_of
from leconfield.errors import BadInputError
from leconfield.gate.release.marks import Marked
from leconfield.gate.release.state import releases
from leconfield.ledger.view import View


def turned_up(view: View, leaked: LeakedCopy, folder: Path) -> str:
    """The text as somebody typed it from that recipient's copy; `folder`: the case's.

    Raises:
        BadInputError: if nobody made that copy on this desk.
    """
    typed = Marked.parse(text_of(folder / leaked.file))
    for release in releases(view).by_id.values():
        for copy in release.copies:
            if (release.content.title, copy.recipient) == (leaked.release, leaked.recipient):
                return typed.text(copy.choices[leaked.first : leaked.first + len(typed.places)])
    raise BadInputError(f'nobody made a copy of "{leaked.release}" for {leaked.recipient}')
