"""Careers, letters: feedback and invitations lie under an applicant's seven words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from leconfield.errors import BadInputError
from leconfield.gate.bundles.telling import Block, Paragraph, blocks
from leconfield.window.applying import PURPOSE
from leconfield.window.codes import derived
from leconfield.window.mailbox import letter_for
from leconfield.window.site.even import even
from leconfield.window.site.kit import Asked, Faults, get, post
from leconfield.window.site.words import code_of, unpaid
from leconfield.window.tickets import TOKEN, Ticket

TABLE: Final = "applications"
"""The table that letters to applicants lie in."""
TICKET: Final = "letters"
_ASKED_ANEW: Final = re.compile(r"/careers/[a-z][a-z0-9-]{0,39}/equality/(?:invited|appointed)\b")


def _look(asked: Asked) -> Response:
    return _looking(asked, Faults(), asked.window.tickets.issue(TICKET))


def _looking(asked: Asked, faults: Faults, ticket: Ticket) -> Response:
    return asked.page("careers/letters.html", leave=True, faults=faults, ticket=ticket)


def _opened(asked: Asked) -> Response:
    """What lies under the words; those that nobody has are worked on as those that somebody has."""
    faults = Faults()
    code = code_of(asked, faults)
    if not code:
        return _looking(asked, faults, asked.window.tickets.again(asked.filled(TOKEN), TICKET))
    if ticket := unpaid(asked, faults, TICKET, PURPOSE):
        return _looking(asked, faults, ticket)
    letter = letter_for(asked.shown, TABLE, derived(code, asked.window.salt, PURPOSE))
    words = letter.words if letter else ""
    anew = _ASKED_ANEW.search(words)
    page = asked.page(
        "careers/letter.html", leave=True, found=letter is not None, told=_blocks(words), anew=anew[0] if anew else ""
    )
    return even(page)


def _blocks(words: str) -> Sequence[Block]:
    """A letter is written as a release is; one that is not is shown as it stands. Pictures do not come by letter."""
    try:
        return blocks(words)
    except BadInputError:
        return [Paragraph(each) for each in words.split("\n\n") if each.strip()]


ROUTES: Final = (get("/careers/letters", _look), post("/careers/letters", _opened))
