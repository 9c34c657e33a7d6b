"""Whether a question may be shown: it names nobody, and the gate lets it pass.

A question that names somebody is never shown, whoever it is. If only the names that mean something here were kept back,
whoever asks about many would read from the answers which they are. So the first rule looks at the words alone, and at
nothing that is held; the gate comes second, and moderators refuse what it stops as they refuse any other.
"""

from __future__ import annotations

import re
from typing import Final

from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.model import Text
from leconfield.gate.redaction.model import Mode, Reason
from leconfield.gate.redaction.redacting import redact
from leconfield.gate.release.model import Colour
from leconfield.ledger.desk import Desk
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.registry.scripts import listed

PUBLIC: Final = "public"
_OPENERS: Final = frozenset(
    listed(
        "do does did is are was were am can could may might will would shall should have has had why how who what when "
        "where which if my our your the a an in on at and but or so no yes please tell say"
    )
)
"""Words that begin a question with a capital and are no name."""
_INITIALS: Final = re.compile(r"[A-Z][A-Z0-9]{1,4}")
"""What bodies are called by: `EU`, `MI5`. Nobody is."""
_NAMING: Final = frozenset({Reason.PERSON, Reason.CONTACT, Reason.VEHICLE, Reason.ACCOUNT, Reason.NUMBER})
NAMES: Final = (
    'it names somebody ("{}"): such a question is shown for nobody, whoever it is, for what is kept back would tell. '
    "Show it in other words, without the name, or refuse it as identity. If it is no name, say so"
)
STOPPED: Final = "the gate does not let these words be shown; show it in other words, or refuse it"


def named_in(words: str) -> tuple[str, ...]:
    """What in a question names somebody or leads to one, by the words alone."""
    found = redact(words, Mode.PUBLISH).redactions
    told = ((words[each.start : each.end], each.reason) for each in found if each.reason in _NAMING)
    return tuple(said for said, reason in told if reason is not Reason.PERSON or not _is_no_name(said))


def _is_no_name(said: str) -> bool:
    return said.casefold() in _OPENERS or _INITIALS.fullmatch(said) is not None


def fault_in(desk: Desk, view: View, words: str, under: str, *, nobody: bool = False) -> str:
    """Why a question may not be shown in these words; empty if it may.

    `under`: the label of what the gate says. `nobody`: a person has read it, and what looks like a name is none.
    """
    if (named := named_in(words)) and not nobody:
        return NAMES.format(named[0])
    rules = asking.shipped()
    text = Text(words, stamp(desk.clock())[:10])
    told = exposure.answer(desk, view, text, rules, rules.audience(PUBLIC), under=under, offering=False)
    return STOPPED if told.colour is Colour.RED else ""
