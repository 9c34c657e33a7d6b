"""Boxes of tips and of replies on their way in: each becomes a report of a source of its own, ungraded, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError, NotFoundError
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.tips import REPLY, TIP, reply_in, tip_in
from leconfield.gate.bundles.tips import Tip as Told
from leconfield.gate.exposure.knowers import NOTED, PEOPLE, knower_in, line_of
from leconfield.intake.filing import Terms, read_file
from leconfield.intake.service import Outcome, drafted, file_reading
from leconfield.ledger.drafts import Draft, NewReport
from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import Question, ReportId
from leconfield.outreach import letters
from leconfield.outreach.taking import Handler, Taking
from leconfield.outreach.tips import rules
from leconfield.outreach.tips.model import ANSWERED, ATTACHED, CHANNEL, CONTACT, IN_VAULT, TAKEN
from leconfield.outreach.tips.state import Tips

_HOLDERS: Final = 2
"""Who hold keys of the vault, at the least, before anybody is put into it."""


def tip_taken(taking: Taking, box: Box) -> None:
    """File a tip as a report, its files as reports of their own, and write down what its teller said of himself.

    Raises:
        BadInputError: if it is no tip.
    """
    told = tip_in(box)
    source = rules.pseudonym(told.place or box.id)
    words = rules.words_of(told)
    new = _report(taking, source, rules.title_of(told), words, box)
    report = taking.desk.report_id(new, taking.label)
    body = {"report": report, "source": source, "title": new.title, "day": box.day, "words": rules.digest_of(told)}
    body |= {
        name: getattr(told, name) for name in ("place", "mailbox", "others", "others_words", "how", "sure", "language")
    }
    kept = _contact(taking, told, source, box)
    if told.contact and kept is None:
        body["contact"] = IN_VAULT
    drafts = [
        drafted(taking.desk, new, taking.label),
        *_knowers(taking.label, report, told.others),
        Draft(
            TAKEN,
            taking.label,
            about=box.id,
            body={name: value for name, value in body.items() if value},
            key=(box.id,),
        ),
    ]
    taking.desk.append(taking.view.reader, [*drafts, kept] if kept else drafts)
    for number, each in enumerate(box.files):
        _attach(taking, box, number, each, source, told.others)


def reply_taken(taking: Taking, box: Box) -> None:
    """File the answer to a question of ours as a report of the same source.

    Raises:
        BadInputError: if it is no reply, or we have asked no such question.
        NotFoundError: if whoever takes it in knows of the question, and not of the tip.
    """
    reply = reply_in(box)
    view = taking.view
    asked = [each for each in letters.posted_to(view, reply.place) if each.letter.id == reply.letter]
    if not any(each.letter.kind == "question" for each in asked):
        raise BadInputError("reply: nobody here asked that question; nothing was made of it")
    found = view.derived(Tips)
    tip = found.by_id.get(found.by_place.get(reply.place, ""))
    if tip is None:
        raise NotFoundError(
            "reply: the tip that it belongs to is not known here; it stays for somebody who knows of it"
        )
    new = _report(taking, tip.source, f"Answer: {tip.title}", reply.words, box)
    report = taking.desk.report_id(new, taking.label)
    answered = Draft(ANSWERED, taking.label, about=tip.id, body={"report": report}, key=(box.id,))
    drafts = [drafted(taking.desk, new, taking.label), *_knowers(taking.label, report, tip.others), answered]
    taking.desk.append(view.reader, drafts)


def _report(taking: Taking, source: str, title: str, words: str, box: Box) -> NewReport:
    return NewReport(
        title=title,
        text=words,
        source=source,
        channel=CHANNEL,
        digest=taking.desk.keep(words.encode()),
        media_type="text/plain",
        grade=UNGRADED,
        written=box.day,
        reference=box.id,
    )


def _knowers(label: str, report: ReportId, others: str) -> Sequence[Draft]:
    """What the teller says of who else could know it: the gate counts him and these alone."""
    lines = rules.knowers_of(others)
    if lines is None:
        return ()
    body = {PEOPLE: "\n".join(line_of(knower_in(each)) for each in lines)}
    return (Draft(NOTED, label, about=report, body=body, key=("tip", report)),)


def _contact(taking: Taking, told: Told, source: str, box: Box) -> Draft | None:
    """Put away how to reach the teller: in the vault, or, where it has no holders, in an entry of its own."""
    if not told.contact:
        return None
    vault, holders = taking.desk.vault, taking.desk.vault.holders()
    if len(holders) < _HOLDERS:
        return Draft(CONTACT, taking.label, about=box.id, body={"contact": told.contact}, key=(box.id,))
    if not vault.has(source):
        vault.add_person(source, holders)
        vault.put(source, "contact", {"contact": told.contact})
    return None


def _attach(taking: Taking, box: Box, number: int, each: Enclosed, source: str, others: str) -> None:
    """File one file, with what lies in it, as any other file is filed; it cannot grade itself."""
    terms = Terms(source=source, channel=CHANNEL, grade=UNGRADED, label=taking.label)
    outcomes = list(_filed(taking, each, terms))
    drafts: list[Draft] = []
    view = taking.desk.view(taking.view.reader, asking=Question("window, box", box.kind))
    for place, outcome in enumerate(outcomes):
        body = {"name": outcome.filename, "outcome": outcome.outcome, "reason": outcome.reason}
        if outcome.report is not None:
            body["report"] = outcome.report
            drafts += _knowers(view.report(outcome.report).label, outcome.report, others)
        drafts.append(Draft(ATTACHED, taking.label, about=box.id, body=body, key=(box.id, str(number), str(place))))
    taking.desk.append(view.reader, drafts)


def _filed(taking: Taking, each: Enclosed, terms: Terms) -> Iterator[Outcome]:
    for reading in read_file(each.name, each.held):
        document = replace(reading.document, grade="") if reading.document is not None else None
        yield file_reading(taking.desk, taking.view.reader, replace(reading, document=document), terms)


HANDLERS: Final[Mapping[str, Handler]] = {TIP: tip_taken, REPLY: reply_taken}
"""By kind of box."""
