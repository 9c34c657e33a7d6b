"""Acts of exchange: make a file ready for a partner, take a bundle in, save what the columns of a table mean.

A file that is ready has not left: what leaves goes through the gate, which lies above this department.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.desk import acts
from leconfield.desk.exchange.model import FORMATS, MAX_NAME, ExchangeError
from leconfield.desk.exchange.selection import Selection
from leconfield.desk.exchange.stix_reading import Bundle, read_bundle
from leconfield.desk.exchange.taking import Profile, Said, Taken, taken
from leconfield.desk.exchange.writing import written
from leconfield.intake.loading import HELD
from leconfield.intake.service import FILED, Outcome
from leconfield.intake.tables import SAVED, Mapping, as_toml, load_mapping
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.ids import Ids
from leconfield.ledger.labels import Tokens
from leconfield.ledger.marking import default_label
from leconfield.ledger.model import BY_TABLE, ReportId, SubjectId
from leconfield.ledger.times import today_of
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS

MEDIA_TYPE: Final = "application/stix+json"
CHANNEL: Final = "liaison"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file for somebody outside, and what its receipt will say. It is here still."""

    recipient: str
    purpose: str
    form: str
    content: bytes
    subjects: tuple[SubjectId, ...]
    statements: int
    holds: Tokens
    """What the recipient may hold, of what the officer holds."""
    label: str
    """What one must hold to know all that is in the file, and what the officer adds."""


def ready(
    desk: Desk, view: View, selection: Selection, *, recipient: str, purpose: str, form: str, label: str = ""
) -> Ready:
    """The file for the recipient. Nothing is kept of it yet, and it does not leave by this.

    Raises:
        ExchangeError: for a format that there is not.
        BadInputError: if recipient or purpose are missing.
        RefusedError: if he looks at the past.
    """
    refuse_the_past(view)
    if form not in FORMATS:
        raise ExchangeError(f'"{form[:40]}" is no format that is written here; choose {", ".join(FORMATS)}')
    whom = acts.one_line(recipient, "the recipient", MAX_NAME)
    why = acts.in_words(purpose, "what it is for")
    return Ready(
        recipient=whom,
        purpose=why,
        form=form,
        content=written(selection, form, desk.ids, whom),
        subjects=tuple(each.id for each in selection.picture.nodes),
        statements=len(selection.statements),
        holds=selection.view.reader.tokens,
        label=acts.label_over(selection.label, label) or default_label(view.reader.tokens),
    )


def take_in(desk: Desk, view: View, filename: str, content: bytes, profile: Profile, source: str) -> Outcome:
    """Take a bundle in: one report with a statement for everything it says, all of it or nothing.

    The bundle itself is kept under a report that bears all the labels in it; where some statements bear more than the
    profile asks of the whole, the report that they rest on is one without the bundle, under the profile's own label.

    Raises:
        ExchangeError: if it is no bundle, or says nothing.
        RefusedError: if a label would hide any of it from him who takes it in, or he looks at the past.
    """
    refuse_the_past(view)
    bundle = read_bundle(content)
    found = taken(bundle, profile.grade)
    said_by = acts.one_line(source, "the source", MAX_NAME)
    filing = _Filing(desk, profile, filename, said_by, today_of(desk.clock()).isoformat())
    drafts = filing.drafts(bundle, found, content)
    for each in {statement.label or draft.label for draft in drafts for statement in draft.statements}:
        desk.check_writable(view.reader, each)
    receipts = desk.append(view.reader, drafts)
    return Outcome(filename, FILED if receipts[0].new else HELD, receipts[0].report)


@dataclass(frozen=True, slots=True)
class _Filing:
    """A bundle on its way into the ledger."""

    desk: Desk
    profile: Profile
    filename: str
    source: str
    today: str

    def drafts(self, bundle: Bundle, found: Taken, content: bytes) -> list[Draft]:
        whole = self.profile.label_for(sorted({each for one in found.said for each in one.markings}))
        kept = self._report(self.desk.keep(content), bundle, _account(bundle, found))
        if whole == self.profile.label_for(()):
            return [self._draft(kept, whole, found)]
        apart = (
            "Statements from a STIX bundle. The bundle is kept under a report of its own, for who may read all of it."
        )
        mark = self.desk.ids.of("bundle", sha256(content).hexdigest())
        resting = self._report(self.desk.keep(f"{apart}\n{mark}\n".encode()), bundle, apart)
        return [self._draft(resting, self.profile.label, found), Draft(FILED, whole, body=self._body(), report=kept)]

    def _report(self, digest: str, bundle: Bundle, text: str) -> NewReport:
        return NewReport(
            title=f"STIX bundle: {self.filename}",
            text=text,
            source=self.source,
            channel=CHANNEL,
            digest=digest,
            media_type=MEDIA_TYPE,
            grade=self.profile.grade,
            written=self.today,
            reference=bundle.id,
        )

    def _draft(self, report: NewReport, label: str, found: Taken) -> Draft:
        statements = tuple(self._statements(found.said, self.desk.ids, self.desk.report_id(report, label)))
        return Draft(FILED, label, body=self._body(), report=report, statements=statements)

    def _body(self) -> dict[str, str]:
        return {"file": self.filename}

    def _statements(self, said: Iterable[Said], ids: Ids, report: ReportId) -> Iterator[NewStatement]:
        for each in said:
            value = ids.of("record", report, each.value) if each.prop in LINKS else each.value
            yield NewStatement(
                SubjectId(ids.of("record", report, each.subject)),
                each.schema,
                each.prop,
                value,
                BY_TABLE,
                report,
                grade=each.grade,
                assertion=each.assertion,
                held=each.held,
                label=self.profile.label_for(each.markings),
            )


def _account(bundle: Bundle, found: Taken) -> str:
    """What was taken of the bundle and what was not, as the text of its report."""
    lines = [
        f"STIX bundle {bundle.id}: {len(found.said):,} statements on {found.records:,} subjects were taken in.",
        *(f"Report in it: {each}" for each in found.reports),
        *(f"Not taken: {each}" for each in found.told),
    ]
    return "\n".join(lines)


def save_mapping(
    desk: Desk, view: View, *, name: str, mapping: Mapping, columns: Iterable[str], label: str = ""
) -> None:
    """Save what the columns of a table mean under a name; the last one saved under it holds.

    Raises:
        BadInputError: if there is no name.
        MappingError: if the mapping does not say what it should.
        RefusedError: if he looks at the past, or the label would hide it from him.
    """
    refuse_the_past(view)
    text = as_toml(mapping)
    load_mapping(text)
    body = {"mapping": text, "columns": "\n".join(sorted(columns))}
    about = acts.one_line(name, "the mapping's name", MAX_NAME)
    desk.append(view.reader, [Draft(SAVED, label.strip(), about=about, body=body)])
