"""A desk on which a few days' work was done, so that no page of its parts is empty: leads, a case, a room, exhibits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from leconfield.desk.evidence import disclosing
from leconfield.desk.evidence import service as evidence
from leconfield.desk.incidents import service as incidents
from leconfield.desk.interest import service as interest
from leconfield.desk.interest import watch_rules
from leconfield.desk.investigations import investigation_in, open_investigation, service_reasoning, service_work
from leconfield.desk.investigations import service as investigations
from leconfield.desk.leads import service as leads
from leconfield.desk.leads import waiting
from leconfield.desk.leads.rules import in_order
from leconfield.gate.handing import schedules
from leconfield.intake import service as intake
from leconfield.intake.filing import Terms
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import Question, ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.network import saving
from leconfield.network.charts import Look, Spot
from leconfield.registry.query import parse_query
from leconfield.registry.trace import trace
from tests.e2e import worked_gate

NEWS: Final = b"Orwell Bay Forwarding has bought detonators and nitric acid, and nobody there would say for whom."
CAME: Final = "Witnesses name Gareth Pryce and a Wilfred Ottershaw. Also seen: Ray Cassell."
HYPOTHESES: Final = ("They mean to blow up the lorries", "They mean to steal loads", "They work there at night")
EVIDENCE: Final = ("A torch along the fence, twice", "No shift of theirs is on the roster of the yard")
MARKS: Final = ("consistent", "neutral", "inconsistent", "consistent", "neutral")
"""One fewer than there are cells: a cell stays empty."""
RISK: Final = "Only one person could have told us of the torch; he would be known at once."


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody at work on the desk, who looks anew before each act."""

    desk: Desk
    name: str = "emma"

    @property
    def view(self) -> View:
        return self.desk.view(self.desk.reader(self.name), asking=Question("work"))

    def subject(self, name: str) -> SubjectId:
        """The subject that a trace of the name finds first."""
        return trace(self.view.world, parse_query(name)).hits[0].subject.id


def work(folder: Path) -> None:
    """Do a few days' work on the desk in the folder."""
    desk = Desk.open(folder)
    emma, karina = Officer(desk), Officer(desk, "karina")
    cassell, rackham = emma.subject("Ray Cassell"), emma.subject("Denise Rackham")
    _triaged(emma)
    _of_interest(emma, cassell, rackham)
    _investigated(emma, karina, cassell)
    _broken(emma)
    _drawn(emma, (cassell, rackham))
    worked_gate.work(desk, desk.reader(emma.name), cassell)
    desk.close()


def _triaged(emma: Officer) -> None:
    for decision in ("lead", "lead", "pass", "trace", "reject"):
        item = in_order(waiting(emma.view))[0].id
        reason, to = "It names a place and a day, and nobody has it.", "Team Harbour" if decision == "pass" else ""
        done = leads.triage(emma.desk, emma.view, item=item, decision=decision, reason=reason, to=to)
        if decision == "lead":
            for part, points in (("impact", "3"), ("likelihood", "2")):
                leads.score(emma.desk, emma.view, done.lead, part=part, points=points, reason="As the report has it.")
            leads.set_step(emma.desk, emma.view, done.lead, step="Ring the port", due="2099-01-01")


def _of_interest(emma: Officer, *subjects: SubjectId) -> None:
    terms = {"reason": "Twice at the lorry park at night.", "review": "2099-03-01", "label": "S"}
    for tier, each in zip("34", subjects, strict=True):
        interest.open_subject(emma.desk, emma.view, each, tier=tier, **terms)
    closing = {"reason": "Gone to his sister, and works there.", "risk": "low", "review": "2099-06-01"}
    interest.close(emma.desk, emma.view, subjects[0], residual="He could be called back.", **closing)
    watch_rules.set_rule(emma.desk, emma.view, name="Timers", words="timer*", reason="Heron asked.", label="S")
    terms_of_news = Terms(source="HERON", channel="walk-in", grade=Grade("B", 2), label="S")
    intake.file_bytes(emma.desk, emma.desk.reader(emma.name), "forwarder.txt", NEWS, terms_of_news)


def _investigated(emma: Officer, karina: Officer, cassell: SubjectId) -> None:
    desk, title = emma.desk, "The lorry park"
    reports = [each for each in emma.view.world.reports.values() if each.channel == "walk-in"][:2]
    which = open_investigation(
        desk,
        emma.view,
        title=title,
        reason="Two of them must answer for it.",
        label="S",
        subjects=[cassell],
        reports=[each.id for each in reports],
    )
    terms = {"priority": "P2", "reason": "Two visits at night, and somebody asked for timers.", "reviewer": "karina"}
    investigations.set_priority(desk, emma.view, which, **terms)
    investigations.review_priority(desk, karina.view, which, verdict="agreed", reason="Two sources say so.")
    service_work.add_action(desk, emma.view, which, words="Ask who holds the keys", owner="rob", due="2099-01-05")
    service_work.decide(desk, emma.view, which, what="No arrest yet", why="We would lose the buyer.", rests=())
    service_work.note(desk, emma.view, which, words="The manager of the yard has changed twice in a year.")
    _weighed(emma, which)
    _for_court(emma, which, reports[0].id, reports[1].id)


def _weighed(emma: Officer, which: str) -> None:
    for words in HYPOTHESES:
        service_reasoning.put_hypothesis(emma.desk, emma.view, which, words=words)
    for words in EVIDENCE:
        service_reasoning.put_evidence(emma.desk, emma.view, which, words=words)
    case = investigation_in(emma.view, which)
    for (said, supposed), mark in zip(product(case.counting, case.held), MARKS, strict=False):
        terms = {"evidence": said.id, "hypothesis": supposed.id, "mark": mark, "reason": "As one would think of it."}
        service_reasoning.weigh(emma.desk, emma.view, which, **terms)


def _for_court(emma: Officer, which: str, *reports: ReportId) -> None:
    desk = emma.desk
    evidence.head(desk, emma.view, which, heading="R v Cassell and another", parties="Ray Cassell")
    made = {"number": "RP/1", "words": "A torch with a red filter", "producer": "PC Roy Price", "seal": "B100221"}
    found = {"produced": "2024-03-05T12:40", "place": "The kitchen of 9 Mill Lane", "channel": "seizure"}
    exhibit = evidence.exhibit_file(desk, emma.view, which, b"\xff\xd8\xff a torch", {**made, **found})
    for giver, at in (("PC Roy Price", "2024-03-05T18:00"), ("Somebody else", "2024-03-07T09:30")):
        handed = {
            "giver": giver,
            "taker": "The store",
            "given": at,
            "reason": "To be kept under lock",
            "seal": "B100221",
        }
        evidence.hand_over(desk, emma.view, which, exhibit, handed)
    said = {"relevant": "yes", "reason": "It speaks of that evening.", "sensitive": "no", "ground": "", "prejudice": ""}
    secret = {**said, "sensitive": "yes", "ground": "source", "prejudice": RISK}
    for report, terms, words in zip(reports, (said, secret), ("a torch", "a meeting"), strict=True):
        described = {**terms, "description": f"Note of a conversation about {words}", "confirmed": "yes"}
        disclosing.assess(desk, emma.view, which, kind="report", item=report, terms=described)
    schedules.prepare(desk, emma.view, which, schedule="mg6c")


def _broken(emma: Officer) -> None:
    room = incidents.open_incident(emma.desk, emma.view, title="Shots at the lorry park", label="S", place="Toddington")
    incidents.tell(emma.desk, emma.view, room, words=CAME, source="control room")
    aside = {"verdict": "set aside", "reason": "A passer-by, known to the constable."}
    incidents.settle(emma.desk, emma.view, room, name="Wilfred Ottershaw", **aside)
    incidents.set_action(emma.desk, emma.view, room, words="Ring the harbour master", owner="rob", due="2099-01-05")


def _drawn(emma: Officer, subjects: tuple[SubjectId, ...]) -> None:
    spots = [Spot(each, 200.0 * at, 0.0) for at, each in enumerate(subjects)]
    saving.save(emma.desk, emma.view, name="Cassell's circle", note="", label="S", spots=spots, look=Look())
