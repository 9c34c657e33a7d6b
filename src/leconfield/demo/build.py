"""Builds the demonstration desk: Operation SEQUIN, and whatever folder of real reports is given besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Final

from rich.progress import Progress

from leconfield.console import err, out
from leconfield.demo import window
from leconfield.demo.acting import at_moment, decide_once, read_once, story
from leconfield.demo.acts import READ, DemoAct
from leconfield.demo.case import Case, read_case
from leconfield.demo.deeds import ENROL_HOLDER
from leconfield.demo.doing import do
from leconfield.demo.records import CaseReport, RecordedStatement, Registration
from leconfield.demo.scene import Scene
from leconfield.demo.tables import Call, Sighting, calls, sightings
from leconfield.demo.turning_up import turned_up
from leconfield.demo.window import Ports
from leconfield.demo.window_case import read_window
from leconfield.errors import BadInputError
from leconfield.intake import commands, service
from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_rows
from leconfield.ledger import accounts, labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import Question, Reader, Report, ReportId, SubjectId
from leconfield.registry import service as registry
from leconfield.registry.service import Said

ARCHIVE: Final = Terms(source="FBIS", channel="open", grade=Grade("C", 3), label="O", learnt_as_written=True)
"""What is said of a folder of real reports: open press, each learnt on the day it bears."""
PORTS: Final = Ports()


def demo(folder: Path, reports: list[Path], ports: Ports = PORTS) -> Path:
    """Build the demonstration desk in the folder, or go on with one that stands, and say who can sign in.

    Returns:
        The folder of its window, which lies beside it.
    """
    case, at_window = read_case(case_folder()), read_window(case_folder())
    paths = service.file_paths(reports)
    desk = Desk.open(folder) if (folder / "desk.db").exists() else Desk.create(folder)
    try:
        fill(desk, case)
        _turn_up(desk, case, folder)
        if paths:
            commands.run(desk, case.users[0].name, paths, ARCHIVE, quiet=False)
        with story(desk):
            place = window.build(desk, at_window, folder, desk.clock().date(), ports)
    finally:
        desk.close()
    out.print(f"\n{case.title} is in {folder}. Who can sign in:")
    for user in case.users:
        out.print(f"  {user.name:8} password {user.password}   {user.persona}")
    out.print(f"\n{at_window.name}, its window, is in {place}. At it work besides:")
    for each in at_window.tables("users"):
        out.print(f"  {each.text('name'):8} password {each.text('password')}   {each.text('persona')}")
    return place


def _turn_up(desk: Desk, case: Case, folder: Path) -> None:
    """Put into the desk's folder what turned up outside, so that it can be asked whose copy it was."""
    for each in case.expected.outside.leaked:
        view = desk.view(desk.reader(each.user), asking=Question("demonstration"))
        (folder / each.file).write_text(turned_up(view, each, case.folder), encoding="utf-8")


def case_folder() -> Path:
    """Where Operation SEQUIN is: in the installed package, or in the checkout that it runs from."""
    installed = Path(str(files("leconfield"))) / "examples" / "sequin"
    checkout = Path(str(files("leconfield"))).parents[1] / "examples" / "sequin"
    for folder in (installed, checkout):
        if (folder / "case.toml").is_file():
            return folder
    raise BadInputError("Operation SEQUIN is not installed; reinstall leconfield, or run it from a checkout")


def fill(desk: Desk, case: Case) -> dict[str, SubjectId]:
    """Bring the whole case into the desk; the record made of each registration's key. Repeating it adds nothing."""
    with story(desk):
        return _Filling(desk, case).run()


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that is brought into a desk, or done on it."""

    at: datetime
    rank: int
    """What goes first of two at one moment: reports, registrations, statements, tables, acts, deeds."""
    do: Callable[[], object]


class _Filling:
    """One case on its way into one desk."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self._desk = desk
        self._case = case
        self._readers: dict[str, Reader] = {}
        self._reports: dict[str, Report] = {}
        self._records: dict[str, SubjectId] = {}
        passphrases = {each.about: each.wrote["passphrase"] for each in case.deeds if each.kind == ENROL_HOLDER}
        found = (self._readers, self._reports, self._records, passphrases, case.lines, case.turns, case.folder)
        self._scene = Scene(desk, *found)

    def run(self) -> dict[str, SubjectId]:
        with at_moment(self._desk, _utc(self._case.reports[0].received)):
            self._enrol()
            self._scene.know_what_stands()
        steps = sorted(self._steps(), key=lambda step: (step.at, step.rank))
        with Progress(console=err, transient=True) as progress:
            task = progress.add_task(self._case.title, total=len(steps))
            for step in steps:
                with at_moment(self._desk, step.at):
                    step.do()
                progress.advance(task)
        return self._records

    def _steps(self) -> Iterator[_Step]:
        """All that comes in or is done, each at its moment, so that no officer acts on what comes later."""
        for report in self._case.reports:
            yield _Step(_utc(report.received), 0, partial(self._file, report))
        for registration in self._case.registrations:
            yield _Step(_utc(registration.registered), 1, partial(self._register, registration))
        for key, group in groupby(sorted(self._case.statements, key=_together), key=_together):
            together = list(group)
            moment = _utc(max(self._case.recorded_at(each) for each in together))
            yield _Step(moment, 2, partial(self._record, key, together, moment))
        for name, source, label, grade, rows, learnt in self._tables():
            terms = Terms(source, "table", grade, label)
            yield _Step(learnt, 3, partial(load_rows, self._desk, self._writer(label), name, rows, terms, learnt))
        for act in self._case.acts:
            yield _Step(_utc(act.at), 4, partial(self._act, act))
        for deed in self._case.deeds:
            yield _Step(_utc(deed.at), 5, partial(do, self._scene, deed))

    def _enrol(self) -> None:
        known = self._desk.readers()
        for user in self._case.users:
            if user.name not in known:
                draft = accounts.enrolling(user.name, user.persona, user.password, user.tokens, user.roles)
                self._desk.append(accounts.KEEPER, [draft])
            self._readers[user.name] = self._desk.reader(user.name)

    def _writer(self, label: str, first: str = "") -> Reader:
        """The officer who writes under a label: the one named, if the label lets him, else another."""
        expression = labels.parse(label)
        names = [first, *self._readers] if first else list(self._readers)
        able = [self._readers[name] for name in names if expression.admits(self._readers[name].tokens)]
        if not able:
            raise BadInputError(f'label "{label}": none of the case\'s officers may write under it')
        return able[0]

    def _file(self, report: CaseReport) -> None:
        source = self._case.source(report.source)
        writer = self._writer(report.label)
        terms = Terms(source.code, source.kind, report.grade, report.label, learnt_as_written=True)
        (outcome,) = service.file_bytes(self._desk, writer, report.path.name, report.path.read_bytes(), terms)
        if outcome.report is None:
            raise BadInputError(outcome.reason)
        self._reports[report.number] = self._filed(writer, outcome.report)

    def _filed(self, writer: Reader, report_id: ReportId) -> Report:
        """The report as it stands; whoever files it for the desk has it before him, which is no look at its page."""
        return self._desk.view(writer, asking=Question("filing")).report(report_id)

    def _register(self, each: Registration) -> None:
        said = [Said("name", each.name), *(Said("alias", alias) for alias in each.aliases)]
        said += [Said(prop, value) for prop, value in each.facts.items()]
        self._records[each.key] = registry.register(
            self._desk,
            self._writer(each.label, each.by),
            each.schema,
            said,
            self._reports[each.report],
            label=each.label,
            at=_utc(each.registered),
        )

    def _record(self, key: tuple[str, str, str], together: list[RecordedStatement], moment: datetime) -> None:
        report_number, subject, label = key
        report = self._reports[report_number]
        registration = self._case.registration(subject)
        said = [self._said(each, report) for each in together]
        registry.record(
            self._desk,
            self._writer(label or report.label, registration.by),
            self._records[subject],
            registration.schema,
            said,
            report,
            label=label or report.label,
            at=moment,
        )

    def _said(self, each: RecordedStatement, report: Report) -> Said:
        start = report.text.find(each.quote)
        if start < 0:
            raise BadInputError(f'statements.jsonl: "{each.quote}" does not stand in report {each.report}')
        value = self._records[each.value] if each.is_link else each.value
        return Said(each.prop, value, start, start + len(each.quote), each.held, each.assertion)

    def _act(self, act: DemoAct) -> None:
        officer = self._readers[act.by]
        if act.kind == READ:
            read_once(self._desk, officer, self._reports[act.about].id)
        else:
            decide_once(self._desk, officer, self._records[act.about], act)

    def _tables(self) -> Iterator[tuple[str, str, str, Grade, list[dict[str, str]], datetime]]:
        """The case's tables month by month, each learnt on the first of the next."""
        makers: dict[str, Callable[[int, Path], Iterator[Call | Sighting]]] = {"calls": calls, "sightings": sightings}
        for table in self._case.tables:
            rows = makers[table.name](table.seed, self._case.folder)
            as_text = ({name: str(value) for name, value in asdict(row).items()} for row in rows)
            for month, group in groupby(as_text, key=lambda row: row["time"][:7]):
                learnt = (datetime.fromisoformat(f"{month}-28").replace(tzinfo=UTC) + timedelta(days=4)).replace(day=1)
                yield table.name, table.source, table.label, table.grade, list(group), learnt


def _together(each: RecordedStatement) -> tuple[str, str, str]:
    return each.report, each.subject, each.label


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
