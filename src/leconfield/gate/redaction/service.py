"""Acts: a text is looked at with what the desk guards, and every redaction and lifting that goes out is recorded."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.names.finding import CODENAME, CODEWORD
from leconfield.gate.redaction.model import Mode, Order, Reason, Redacted
from leconfield.gate.redaction.rebuilding import KINDS, TEXT, rebuild
from leconfield.gate.redaction.redacting import redact
from leconfield.gate.release import service as release
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

RECORDED: Final = "redaction recorded"
"""Kind of entry: what was masked and lifted in a text that was given out, by place and reason; never the words."""
GUARD: Final = "what the desk guards"
"""Under whose name words are masked that the reader's own view guards."""
MAX_LETTERS: Final = 400_000
MAX_WORDS: Final = 2_000
"""Characters of a reason."""
_STRICTEST: Final = "public"
_FORM: Final = "sanitised-report"
_MEMBER: Final = "text.txt"
_ALONE: Final = "redaction"
"""What an entry is about where the text is from no report."""
_REASONS: Final = {
    "name": Reason.PERSON,
    CODENAME: Reason.PERSON,
    CODEWORD: Reason.PARTICULAR,
    "address": Reason.PLACE,
    "phone number": Reason.CONTACT,
    "e-mail": Reason.CONTACT,
    "website": Reason.CONTACT,
    "handle": Reason.CONTACT,
    "registration": Reason.VEHICLE,
    "IBAN": Reason.ACCOUNT,
}


@dataclass(frozen=True, slots=True)
class Word:
    """What a person wants of a text: words masked or left, and why."""

    words: str
    mask: bool
    why: str
    reason: Reason = Reason.ORDERED


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, and what is to be done with it."""

    text: str
    mode: Mode
    wanted: tuple[Word, ...] = ()
    about: str = ""
    """The report that it is from; empty: from none of the desk's."""


def look(view: View, asked: Asked) -> Redacted:
    """The text with its redactions: found, ordered, and what this view guards. A read; nothing is kept of it.

    Words that the desk guards are masked whatever a person wants left.

    Raises:
        BadInputError: if there is no text, or too much.
    """
    if not asked.text.strip():
        raise BadInputError("there is no text; paste it, or choose a file")
    if len(asked.text) > MAX_LETTERS:
        raise BadInputError(f"the text has {len(asked.text):,} characters; {MAX_LETTERS:,} at most: cut it in parts")
    wanted = [Order(each.words, view.reader.name, each.mask, each.reason) for each in asked.wanted]
    return redact(asked.text, asked.mode, [*wanted, *guarded(view, asked.text)])


def guarded(view: View, text: str) -> tuple[Order, ...]:
    """Orders to mask every stretch of the text that gives away what this view guards from the public."""
    rules = asking.shipped()
    found = view.derived(Guards).finder(rules, rules.audience(_STRICTEST)).find(text)
    orders = (
        Order(text[each.start : each.end], GUARD, reason=_REASONS.get(each.guarded.kind, Reason.NUMBER))
        for each in found
        if each.sure and text[each.start : each.end].strip()
    )
    return tuple(dict.fromkeys(orders))


def give(desk: Desk, view: View, asked: Asked, kind: str, label: str) -> bytes:
    """The masked text as a new file (`txt`, `docx`, `pdf`), looked through and recorded.

    Raises:
        BadInputError: if there is no text, a lifting has no reason, or the file is to be of another kind.
        RefusedError: if he looks at the past, or does not hold what the label asks for.
        DamagedError: if something masked can still be read in the file, which then nobody gets.
    """
    refuse_the_past(view)
    if kind not in KINDS:
        raise BadInputError(f'"{kind[:20]}" is no kind of file that is written; choose {", ".join(KINDS)}')
    _check_reasons(asked)
    done = look(view, asked)
    made = rebuild(done, kind, stamp(desk.clock())[:10])
    if guarded(view, done.text):
        raise DamagedError("the masked text still gives away what the desk guards; mask the words around it, too")
    _record(desk, view, asked, done, label, {"kind": kind, "digest": sha256(made).hexdigest()})
    return made


def begin(desk: Desk, view: View, asked: Asked, audience: str, label: str) -> EntryId:
    """Begin a release of the masked text as a sanitised report; its id.

    Raises:
        BadInputError: if there is no text, a lifting has no reason, or the audience is none.
        RefusedError: if he looks at the past, or the label would hide it from him.
        DamagedError: as `give`.
    """
    made = give(desk, view, asked, TEXT, label)
    files = {_MEMBER: ("text/plain", made)}
    return release.draft(desk, view, _FORM, audience, files, label=label, title="Sanitised report")


def _check_reasons(asked: Asked) -> None:
    for each in asked.wanted:
        what = "the reason for masking" if each.mask else "the reason for lifting"
        in_words(each.why, f'{what} "{each.words[:40]}"', MAX_WORDS)


def _record(desk: Desk, view: View, asked: Asked, done: Redacted, label: str, given: dict[str, str]) -> None:
    """Counts and reason codes in the entry, the whole record beside it, both under the label."""
    lifted = [each for each in asked.wanted if not each.mask]
    ordered = [each for each in asked.wanted if each.mask]
    record = {
        "redactions": [
            {"start": e.start, "end": e.end, "words": e.words, "reason": e.reason, "by": e.by, "who": e.who}
            for e in done.redactions
        ],
        "lifted": [{"times": _times(asked.text, each.words), "why": each.why} for each in lifted],
        "ordered": [{"reason": each.reason.value, "why": each.why} for each in ordered],
    }
    kept = desk.keep(json.dumps(record, ensure_ascii=False).encode())
    counts = Counter(each.reason.value for each in done.redactions)
    body = {
        "mode": asked.mode.value,
        "counts": json.dumps(dict(sorted(counts.items()))),
        "lifted": str(len(lifted)),
        "record": kept,
        **given,
    }
    desk.append(view.reader, [Draft(RECORDED, label, about=asked.about or _ALONE, body=body)])


def _times(text: str, words: str) -> int:
    return text.casefold().count(words.casefold())


def recorded(view: View, entry: Entry) -> dict[str, object]:
    """The whole record of a redaction, by its entry.

    Raises:
        NotFoundError, DamagedError: if the record is not here, or not what was kept.
    """
    found: dict[str, object] = json.loads(view.kept(entry.body.get("record", ""), about=entry.about))
    return found


def records(view: View) -> list[Entry]:
    """The recorded redactions of a view, the newest first."""
    return list(reversed(view.entries(kind=RECORDED)))


def counts_in(entry: Entry) -> dict[str, int]:
    """How often which reason code was used in a recorded redaction."""
    found = json.loads(entry.body.get("counts", "{}"))
    return {str(reason): int(many) for reason, many in found.items()} if isinstance(found, dict) else {}
