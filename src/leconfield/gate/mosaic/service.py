"""Acts: keep the register, write down what was said of a persona, count."""

from __future__ import annotations

from typing import Final

from leconfield.errors import BadInputError, NotFoundError
from leconfield.gate.mosaic.counting import Mosaic
from leconfield.gate.mosaic.model import Counted, Effect, Told, read_register
from leconfield.gate.mosaic.saying import sentences_in
from leconfield.gate.mosaic.state import KEPT, PERSONA, SAID_OF, TABLE, WHERE, WORDS, Personas, Saying, key_of
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import check_partial
from leconfield.ledger.view import View

MAX_WORDS: Final = 20_000
_ABOUT: Final = "staff register"


def keep_register(desk: Desk, view: View, table: str, label: str) -> EntryId:
    """Keep the register of everybody who could be meant (CSV, see `read_register`); it replaces the one before.

    Raises:
        BadInputError: naming the row that will not do.
        RefusedError: if he looks at the past, or does not hold what the label asks for.
    """
    refuse_the_past(view)
    read_register(table)
    (receipt,) = desk.append(view.reader, [Draft(KEPT, label, about=_ABOUT, body={TABLE: table})])
    return receipt.entry


def note_said(desk: Desk, view: View, persona: str, words: str, *, on: str, where: str, label: str) -> EntryId:
    """Write down what was said openly of a persona, on which day (ISO) and where.

    Raises:
        BadInputError: if the persona or the words are missing, or the day is none.
        RefusedError: if he looks at the past, or does not hold what the label asks for.
    """
    refuse_the_past(view)
    if not persona.strip() or not 0 < len(words.strip()) <= MAX_WORDS:
        raise BadInputError(f"write of which persona, and its words, {MAX_WORDS:,} characters at most")
    body = {WORDS: words.strip(), "on": check_partial(on), WHERE: where.strip(), PERSONA: " ".join(persona.split())}
    (receipt,) = desk.append(view.reader, [Draft(SAID_OF, label, about=key_of(persona), body=body)])
    return receipt.entry


def told(view: View, persona: str) -> tuple[tuple[Saying, Told], ...]:
    """Everything that was said of a persona, by day: what it says, and who fits from then on.

    Raises:
        NotFoundError: if the view has no register to count in.
    """
    personas, mosaic = _counting(view)
    said = personas.sayings(persona)
    return tuple(zip(said, mosaic.steps((each.words, each.on) for each in said), strict=True))


def history(view: View, persona: str) -> tuple[tuple[Saying, Counted], ...]:
    """Everything that was said of a persona, by day, each with how many people fitted from then on.

    Raises:
        NotFoundError: if the view has no register to count in.
    """
    return tuple((saying, step.counted) for saying, step in told(view, persona))


def effects(view: View, persona: str, text: str, on: str) -> tuple[Effect, ...]:
    """What each sentence of a text would do to a persona's mosaic.

    Raises:
        NotFoundError: if the view has no register to count in.
    """
    personas, mosaic = _counting(view)
    return mosaic.effects(personas.of_persona(persona), sentences_in(text), check_partial(on))


def _counting(view: View) -> tuple[Personas, Mosaic]:
    personas = view.derived(Personas)
    if personas.mosaic is None:
        raise NotFoundError("there is no staff register here to count in; ask whoever keeps it")
    return personas, personas.mosaic
