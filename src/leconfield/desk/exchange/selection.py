"""What goes out: chosen subjects with what is said of them and the links among them, as the recipient may hold it.

It is read through a view of what the recipient holds *and* the officer too: as if the rest had never been written. So a
name, a merger or a count that rests on anything more is not in the file, nor are codewords that he does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from leconfield.desk import acts
from leconfield.desk.exchange.model import MOST_SUBJECTS, ExchangeError
from leconfield.desk.investigations import investigation_in
from leconfield.desk.investigations.model import SUBJECT
from leconfield.ledger.desk import Desk
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import Question, Report, ReportId, Statement, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import LINKS, PROTECTED
from leconfield.network.charts import Charts
from leconfield.network.model import Picture
from leconfield.network.saving import shown
from leconfield.network.service import picture_of
from leconfield.registry.lookup import said_of, subjects_in
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject


@dataclass(frozen=True, slots=True)
class Selection:
    """What will be in the file, and an honest account of what will not."""

    view: View
    """What the recipient may hold of what the officer may see."""
    picture: Picture
    said: Mapping[SubjectId, tuple[Statement, ...]]
    """What is said of each subject besides its links, in the order in which it was learnt."""
    reports: Mapping[ReportId, Report]
    """What all of it rests on."""
    missing: int = 0
    """Chosen subjects of which the recipient may hold nothing."""
    protected: int = 0
    """Statements on protected characteristics that stay here."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that is said in the file, links included."""
        linked = (each for link in self.picture.links for each in link.statements)
        return (*(each for said in self.said.values() for each in said), *linked)

    @property
    def label(self) -> str:
        """What one must hold to know all that is in it."""
        records = {each.subject for each in self.statements}
        judged = (each.label for each in self.view.world.judgements if {each.left, each.right} & records)
        used = (self.reports[each.report].label for each in self.statements if each.report in self.reports)
        return acts.label_over(*(each.label for each in self.statements), *judged, *used)


def for_recipient(desk: Desk, view: View, recipient: str, holds: Tokens) -> View:
    """The view of what both the officer and the recipient may hold; that it is asked for is on record."""
    reader = replace(view.reader, tokens=view.reader.tokens & holds)
    return desk.view(reader, view.as_of, asking=Question("select for a recipient", recipient))


def chosen_ids(view: View, ids: str, *, investigation: str = "", chart: str = "", report: str = "") -> list[str]:
    """The ids of subjects named, between blanks or commas, and of everybody in what else is named by its id.

    These are whoever belongs to the investigation, who is shown on the saved chart as it was saved last, and of whom
    the report tells.

    Raises:
        ExchangeError: if that is nobody.
        NotFoundError: if the view has no such investigation, chart or report.
    """
    found = ids.replace(",", " ").split()
    if investigation:
        found += [each.target for each in investigation_in(view, investigation).linked(SUBJECT)]
    if chart:
        spots = shown(view, view.derived(Charts).chart(chart).last.spots)
        found += [which for which, each in spots.items() if not each.hidden]
    if report:
        found += told_of(view, report)
    if not found:
        raise ExchangeError("nobody is chosen; name subjects by their ids, or an investigation with subjects in it")
    return list(dict.fromkeys(found))


def told_of(view: View, report: str) -> list[SubjectId]:
    """The subjects of whom a report tells, in the order in which it does.

    Raises:
        NotFoundError: in the same words whether the report is hidden or has never existed.
    """
    partition = view.derived(Partition)
    told = view.statements(report=view.report(report).id)
    return list(dict.fromkeys(partition.subject_of(each.subject).id for each in told))


def known_in(view: View, ids: Iterable[str]) -> Mapping[SubjectId, Subject]:
    """The subjects to which these records belong, by record; one that only a large table speaks of is not among them.

    Raises:
        NotFoundError: if the view has nothing of one.
    """
    wanted = list(dict.fromkeys(SubjectId(each) for each in ids))
    found = subjects_in(view.world, wanted)
    for each in wanted:
        if each not in found:
            acts.label_of_record(view, each)
    return found


def selected(
    desk: Desk, view: View, ids: Iterable[str], *, recipient: str, holds: Tokens, hops: int = 0, protected: bool = False
) -> Selection:
    """The chosen subjects and those so many links around them, as the recipient may hold them.

    Raises:
        ExchangeError: if there are too many, or the recipient may hold nothing of any.
        NotFoundError: if the officer himself may see nothing of one.
    """
    known_here = known_in(view, ids)
    theirs = for_recipient(desk, view, recipient, holds)
    records = [one for each in known_here.values() for one in each.records if one in theirs.world.by_subject]
    partition = theirs.derived(Partition)
    there = sorted({partition.subject_of(each).id for each in records})
    gone = sum(not any(one in theirs.world.by_subject for one in each.records) for each in known_here.values())
    if not there:
        raise ExchangeError("of what is chosen the recipient may hold nothing; say what he holds, or choose others")
    if len(there) > MOST_SUBJECTS:
        raise ExchangeError(f"{len(there):,} subjects are more than the {MOST_SUBJECTS:,} that one file takes; split")
    picture = picture_of(theirs, there, hops, limit=MOST_SUBJECTS)
    return _with_all_said(theirs, picture, gone, protected=protected)


def _with_all_said(view: View, picture: Picture, gone: int, *, protected: bool) -> Selection:
    partition = view.derived(Partition)
    said: dict[SubjectId, tuple[Statement, ...]] = {}
    held_back = 0
    for node in picture.nodes:
        records = partition.subject_of(node.id).records
        texts = [each for one in records for each in said_of(view.world, one) if each.prop not in LINKS]
        kept = [each for each in texts if protected or each.prop not in PROTECTED]
        held_back += len(texts) - len(kept)
        said[node.id] = tuple(sorted(kept, key=lambda each: (each.learnt, each.report, each.start, each.id)))
    rested = [each.report for texts in said.values() for each in texts]
    rested += [each.report for link in picture.links for each in link.statements]
    reports = {each: view.world.reports[each] for each in dict.fromkeys(rested) if each in view.world.reports}
    return Selection(view, picture, said, reports, gone, held_back)
