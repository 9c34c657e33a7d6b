"""What is done in a process that will be killed; it says "ACK …" of everything that it was told is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from leconfield.gate.bundles.boxes import seal
from leconfield.gate.bundles.deliveries import Heard, heard_box, short_id
from leconfield.intake import service
from leconfield.intake.filing import Terms
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import Question, SubjectId
from leconfield.outreach.crossing import Imported, import_
from leconfield.outreach.keys import box_key
from leconfield.registry import service as registry
from tests.ledger.desks import ROB
from tests.outreach.readers import SENDER

TERMS: Final = Terms("KESTREL", "surveillance", Grade("B", 2), "S&SEQUIN")
STREETS: Final = ("Farley Rise", "Tolworth Rise", "Marsh Lane", "Quay Street", "Albert Road", "Hill View")
QUESTIONS: Final = 12
SIGN_IN: Final = ("emma", "a long password")


def write_files(folder: Path, number: int) -> Path:
    """So many short reports, and one file that no reader reads."""
    folder.mkdir()
    for n in range(number):
        street = STREETS[n % len(STREETS)]
        text = (
            f"At 14:{n % 60:02} Ray Cassell met Dawn Prosser outside {n + 1} {street}, Luton. He rang 07700 900{n:03}."
        )
        (folder / f"{n:04}.txt").write_text(text)
    (folder / "packed.gz").write_bytes(b"\x1f\x8b packed")
    return folder


def new_desk(folder: Path) -> Path:
    """A desk with an officer, one report and two subjects, closed again."""
    desk = Desk.create(folder)
    name, password = SIGN_IN
    desk.append(accounts.KEEPER, [accounts.enrolling(name, "Emma, investigator", password, ("S", "SEQUIN"), ())])
    (outcome,) = service.file_bytes(desk, ROB, "first.txt", b"Ray Cassell telephoned R. Cassell in Luton.", TERMS)
    report = desk.view(ROB, asking=Question("prepare")).report(outcome.report or "")
    for words in ("Ray Cassell", "R. Cassell"):
        registry.register(desk, ROB, "Person", [registry.Said("name", words)], report)
    desk.close()
    return folder


def intake(desk: Desk, files: Path) -> None:
    """File a folder of reports."""

    def told(outcome: service.Outcome) -> None:
        _acknowledge(outcome.report or outcome.filename)

    service.take_in(desk, ROB, service.file_paths([files]), TERMS, told)


def reads(desk: Desk, _files: Path) -> None:
    """Ask one question after another, and say when it is answered."""
    for n in range(QUESTIONS):
        view = desk.view(ROB, asking=Question("search", f"question {n}"))
        _acknowledge(f"question {n} {len(view.reports())}")


def acts(desk: Desk, _files: Path) -> None:
    """Sign in, judge, take it back, judge otherwise, record something."""
    desk.sign_in(*SIGN_IN)
    _acknowledge(accounts.SIGNED_IN)
    left, right = registered(desk)
    for verdict in ("same", "undecided"):
        view = desk.view(ROB, asking=Question("judge"))
        registry.judge(desk, view, left, right, verdict, "seen both")
        _acknowledge(f"judged {verdict}")
        view = desk.view(ROB, asking=Question("judge"))
        last = registry.last_judgement(view)
        assert last is not None
        registry.take_back(desk, view, last, "on second thoughts")
        _acknowledge(f"took back {verdict}")
    report = desk.view(ROB, asking=Question("record")).reports()[0]
    registry.record(desk, ROB, left, "Person", [registry.Said("position", "driver")], report)
    _acknowledge("recorded")


def registered(desk: Desk) -> tuple[SubjectId, SubjectId]:
    """The two subjects that the desk began with."""
    view = desk.view(ROB, asking=Question("look"))
    left, right = (SubjectId(each.about) for each in view.entries(kind=registry.REGISTERED)[:2])
    return left, right


def with_boxes(desk: Path, number: int) -> Path:
    """The folder of a desk in whose spool so many sealed comments lie, and one that is torn."""
    opened = Desk.open(desk)
    key = box_key(opened).public_key()
    opened.close()
    spool = desk / "spool"
    spool.mkdir()
    for n in range(number):
        which = short_id("mastodon", str(n))
        made = heard_box(Heard(which, "mastodon", "ab" * 16, "reader", f"comment {n}", "2026-03-02"))
        (spool / f"{n}.box").write_bytes(seal(made, [key]))
    (spool / "torn.box").write_bytes((spool / "0.box").read_bytes()[:-1])
    return desk


def crossing(desk: Desk, _files: Path) -> None:
    """Take in the boxes that lie in the desk's spool."""
    taken_in(desk)
    _acknowledge("taken in")


def taken_in(desk: Desk) -> Imported:
    """What came of taking in what lies there."""
    assert desk.folder is not None
    view = desk.view(SENDER, asking=Question("window, import"))
    return import_(desk, view, desk.folder / "spool", desk.folder / "aside")


def _acknowledge(words: str) -> None:
    print("ACK", words, flush=True)


Scene = Callable[[Desk, Path], None]
SCENES: Final[dict[str, Scene]] = {"intake": intake, "reads": reads, "acts": acts, "crossing": crossing}
