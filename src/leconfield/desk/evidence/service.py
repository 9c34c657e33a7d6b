"""Acts on a case file: name the case, produce an exhibit, hand it over, hash it again; each by a named officer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from leconfield.desk import acts
from leconfield.desk.evidence.continuity import holder
from leconfield.desk.evidence.disclosable import InterceptError
from leconfield.desk.evidence.intercept import Intercepted, intercept_among, is_intercept
from leconfield.desk.evidence.model import (
    DIFFERENT,
    EXHIBITED,
    HANDED,
    HEADED,
    SAME,
    VERIFIED,
    CaseFile,
    Exhibit,
)
from leconfield.desk.evidence.state import case_file_of
from leconfield.desk.evidence.wording import HOLD, STOP, first_check
from leconfield.desk.investigations import investigation_in
from leconfield.errors import BadInputError, DamagedError, NotFoundError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.times import check_partial, to_moment
from leconfield.ledger.view import View

MAX_LINE: Final = 300
MAX_NAME: Final = 120
MOST_PARTIES: Final = 40
_NUMBER: Final = re.compile(r"[A-Z]{1,4}/[1-9]\d{0,4}")
_TO_THE_MINUTE: Final = len("2026-03-05T12:40")


def head(desk: Desk, view: View, which: str, *, heading: str, parties: str, label: str = "") -> None:
    """Say what the court calls the case, and which names it knows already (one on a line).

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if the heading is missing, or names whom it must not.
        RefusedError: if he looks at the past.
    """
    refuse_the_past(view)
    found = investigation_in(view, which)
    names = tuple(dict.fromkeys(" ".join(each.split()) for each in parties.splitlines() if each.strip()))
    if len(names) > MOST_PARTIES or any(len(each) > MAX_NAME for each in names):
        raise BadInputError(f"{MOST_PARTIES} names at most, one on a line, each of {MAX_NAME} characters at most")
    words = acts.one_line(heading, "what the court calls the case", MAX_NAME)
    said(view, words, names, confirmed=True)
    body = {"heading": words, "parties": "\n".join(names)}
    desk.append(view.reader, [Draft(HEADED, acts.label_over(found.label, label), about=which, body=body)])


def exhibit_file(desk: Desk, view: View, which: str, content: bytes, terms: dict[str, str]) -> str:
    """Produce a file as an exhibit; its id.

    `terms`: number, words, producer, produced, place, channel, seal, rests, label.

    Raises:
        NotFoundError: if the view has no such investigation, or no report on which it is said to rest.
        InterceptError: if it came by intercept or rests on it.
        BadInputError: if something of it is missing, or its number is taken.
        RefusedError: if he looks at the past.
    """
    if not content:
        raise BadInputError("the file is empty; choose the one that is to be kept")
    draft = _exhibit(desk, view, which, sha256(content).hexdigest(), "", terms)
    desk.keep(content)
    return _append(desk, view, draft)


def exhibit_report(desk: Desk, view: View, which: str, report: str, terms: dict[str, str]) -> str:
    """Produce a report as an exhibit, the bytes in which it came; its id.

    Raises:
        NotFoundError: if the view has no such investigation or report.
        InterceptError, BadInputError, RefusedError: as for a file.
    """
    found = view.report(report)
    return _append(desk, view, _exhibit(desk, view, which, found.digest, found.id, {**terms, "channel": found.channel}))


def _append(desk: Desk, view: View, draft: Draft) -> str:
    desk.append(view.reader, [draft])
    return draft.body["exhibit"]


def _exhibit(desk: Desk, view: View, which: str, digest: str, report: str, terms: dict[str, str]) -> Draft:
    refuse_the_past(view)
    case = investigation_in(view, which)
    rests = tuple(dict.fromkeys(terms.get("rests", "").split()))
    reports = [view.report(each) for each in (*filter(None, (report,)), *rests)]
    channel = acts.one_line(terms.get("channel", ""), "how it came", MAX_NAME)
    copied = view.derived(Intercepted).is_copy(digest)
    if copied or is_intercept(channel) or intercept_among(view.world, (each.id for each in reports)):
        raise InterceptError("this is intercept, or rests on it: it is no evidence, and is not made an exhibit")
    number = terms.get("number", "").strip().upper()
    if not _NUMBER.fullmatch(number):
        raise BadInputError('an exhibit has its producer\'s initials and his own count, as in "RP/1"')
    if any(each.number == number for each in case_file_of(view, which).exhibits):
        raise BadInputError(f"there is an exhibit {number} already; take the next number")
    label = acts.label_over(case.label, terms.get("label", ""), *(each.label for each in reports))
    body = {
        "exhibit": desk.ids.of("exhibit", which, number, digest, label),
        "number": number,
        "words": acts.one_line(terms.get("words", ""), "what it is", MAX_LINE),
        "digest": digest,
        "report": report,
        "rests": "\n".join(rests),
        "channel": channel,
        "producer": acts.one_line(terms.get("producer", ""), "who produced it", MAX_NAME),
        "produced": past_minute(view, terms.get("produced", ""), "when it was produced"),
        "place": acts.one_line(terms.get("place", ""), "where it was produced", MAX_LINE),
        "seal": " ".join(terms.get("seal", "").split())[:MAX_NAME],
    }
    return Draft(EXHIBITED, label, about=which, body=body)


def hand_over(desk: Desk, view: View, which: str, exhibit: str, terms: dict[str, str]) -> None:
    """Write down a hand-over: giver, taker, given, taken, reason, seal. A gap is written down as it is, and shown.

    Raises:
        NotFoundError: if the view has no such exhibit.
        BadInputError: if something of it is missing.
        RefusedError: if he looks at the past.
    """
    found = exhibit_of(view, which, exhibit)
    given = past_minute(view, terms.get("given", ""), "when it was handed over")
    taken = past_minute(view, terms.get("taken", "") or given, "when it was taken over")
    if to_moment(taken) < to_moment(given):
        raise BadInputError("nobody takes over what has not been handed over; look at the two times again")
    body = {
        "exhibit": found.id,
        "giver": acts.one_line(terms.get("giver", "") or holder(found), "who handed it over", MAX_NAME),
        "taker": acts.one_line(terms.get("taker", ""), "who took it over", MAX_NAME),
        "given": given,
        "taken": taken,
        "reason": acts.in_words(terms.get("reason", ""), "why it was handed over"),
        "seal": " ".join(terms.get("seal", "").split())[:MAX_NAME],
    }
    desk.append(view.reader, [Draft(HANDED, found.label, about=which, body=body)])


def verify(desk: Desk, view: View, which: str, exhibit: str) -> str:
    """Hash the exhibit's bytes again and write down whether they are what was produced: `same` or `different`.

    Raises:
        NotFoundError: if the view has no such exhibit.
        RefusedError: if he looks at the past.
    """
    found = exhibit_of(view, which, exhibit)
    try:
        content_of(view, which, found)
        outcome = SAME
    except DamagedError:
        outcome = DIFFERENT
    body = {"exhibit": found.id, "digest": found.digest, "outcome": outcome}
    desk.append(view.reader, [Draft(VERIFIED, found.label, about=which, body=body)])
    return outcome


def exhibit_of(view: View, which: str, exhibit: str) -> Exhibit:
    """The exhibit, to be acted on now.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
        RefusedError: if he looks at the past.
    """
    refuse_the_past(view)
    return known_exhibit(case_file_of(view, which), exhibit)


def known_exhibit(file: CaseFile, exhibit: str) -> Exhibit:
    """The exhibit of this case file.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
    """
    found = file.exhibit(exhibit)
    if found is None:
        raise NotFoundError(f'no exhibit "{exhibit[:64]}" in this case file; look it up among the exhibits')
    return found


def content_of(view: View, which: str, exhibit: Exhibit) -> bytes:
    """The bytes of an exhibit of this case.

    Raises:
        DamagedError: if they are gone or are not what was produced.
    """
    return view.original(exhibit.report) if exhibit.report else view.kept(exhibit.digest, about=which)


def said(view: View, words: str, parties: tuple[str, ...], *, confirmed: bool) -> list[str]:
    """Hold words for the other side against the first check; what somebody has confirmed by looking again.

    Raises:
        BadInputError: if they name whom or what they must not, or somebody must look again and has not.
    """
    found = first_check(view, words, parties)
    stops = [f"“{each.found}”: {each.why}" for each in found if each.verdict == STOP]
    if stops:
        raise BadInputError(f"this may not be said to the other side; write it without {_listed(stops)}")
    holds = [f"“{each.found}”: {each.why}" for each in found if each.verdict == HOLD]
    if holds and not confirmed:
        raise BadInputError(f"look again, then confirm or write it otherwise: {_listed(holds)}")
    return holds


def _listed(what: Iterable[str]) -> str:
    return "; ".join(what)


def past_minute(view: View, text: str, what: str) -> str:
    """A moment to the minute that is not to come.

    Raises:
        BadInputError: if it is none.
    """
    words = text.strip()
    if len(words) < _TO_THE_MINUTE:
        raise BadInputError(f"{what} is needed to the minute: 2026-03-05T12:40")
    check_partial(words)
    if view.moment and words[:_TO_THE_MINUTE] > view.moment[:_TO_THE_MINUTE]:
        raise BadInputError(f"{what} is yet to come; it is {view.moment[:_TO_THE_MINUTE]} UTC now")
    return words[:_TO_THE_MINUTE]
