"""Officers' pages of agents: the register, one agent with his record, and the form of a meeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents import dilemmas, exposure, pages_dilemmas, pages_welfare, rules, service
from leconfield.agents.model import (
    ASSESSED,
    CONTACTED,
    MET,
    PAID,
    PARTICULARS,
    PLANNED,
    PLANS,
    TASKED,
    WRITTEN,
    Agent,
    Event,
    Office,
    Status,
)
from leconfield.agents.service import Told
from leconfield.agents.state import agents
from leconfield.authority.permit import Authorisation, authorised, live
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.vault import pages as vault
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("k", "Agents", "/agents"),)
_FIELDS: Final = (
    *("codename", "label", "reason", "to", "office", "who", "letter", "named", "words", "amount", "review"),
    *("place", "day", "title", "text", "grade", "report_label", "written", "accepted", "plan"),
)
_REPORT: Final = ("title", "text")
_TOLD: Final = {
    TASKED: "tasked",
    MET: "met",
    CONTACTED: "contact, not sought",
    PAID: "paid",
    ASSESSED: "risks assessed",
    PLANNED: "plan written",
}


def listed(visit: Visit) -> Response:
    """The agents that one may know of, with what their records lack; alarms over drift on top."""
    view = visit.view("agents")
    known = agents(view)
    return visit.page(
        "agents/list.html",
        rows=[_row(view, each) for each in known],
        drifting=[
            (each, alarm.words, each.holder(Office.AUTHORISING_OFFICER) == view.reader.name)
            for each in known
            if (alarm := rules.drift(each, view.moment))
        ],
        dilemmas=bool(dilemmas.logs(view)),
        waiting=vault.waits(visit.desk, view),
        acting=view.as_of is None,
    )


def _row(view: View, agent: Agent) -> dict[str, object]:
    standing = live(view, "meet", agent.id, view.moment)
    return {
        "agent": agent,
        "handler": agent.holder(Office.HANDLER),
        "lacking": rules.lacking(agent),
        "authority": standing,
        "last": next((each for each in reversed(agent.of_kind(MET, CONTACTED))), None),
        "url": f"/agents/{agent.id}",
    }


def new(visit: Visit) -> Response:
    """The form that begins a record."""
    return _new(visit, visit.view("agents, new"), {each: visit.asked(each) for each in _FIELDS}, "")


def _new(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    return visit.page(
        "agents/new.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        filled=filled,
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        fault=fault,
        acting=view.as_of is None,
    )


def put(visit: Visit) -> Response:
    """Begin a record."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    view = visit.present("agents, new")
    try:
        which = service.spot(
            visit.desk, view, codename=filled["codename"], label=filled["label"], reason=filled["reason"]
        )
    except LeconfieldError as error:
        return _new(visit, view, filled, str(error))
    return visit.back_to(f"/agents/{which}", "His record is begun, under his codename alone.")


def one(visit: Visit) -> Response:
    """One agent: who does what for him, what his record lacks, what was done, and what may be done now."""
    view = visit.view("agent", visit.part("agent"))
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, visit.asked("act"), "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], wanted: str, fault: str) -> Response:
    agent = service.found(view, visit.part("agent"))
    drift = rules.drift(agent, view.moment)
    permitted = {name: live(view, name, agent.id, view.moment) is not None for name in service.CONDUCTS.values()}
    acts = [(name, each.words, each.key) for name, each in _ACTS.items() if not each.conduct or permitted[each.conduct]]
    return visit.page(
        "agents/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **_row(view, agent),
        drift=drift.words if drift else "",
        decides=agent.holder(Office.AUTHORISING_OFFICER) == view.reader.name,
        owed=rules.owed(agent, any(permitted.values()), view.moment),
        plans=[(each, words, agent.plans.get(each, "")) for each, words in PLANS.items()],
        plan_choices=[(each, each) for each in PLANS],
        checked=_checked(agent, filled) if wanted == "meet" and (fault or visit.filled("check")) else None,
        offices=[(each.value, agent.holder(each)) for each in Office],
        choices=[(each.value, each.value) for each in Office],
        steps=[(each.value, each.value) for each in sorted(rules.STEPS[agent.status])],
        particulars=[(letter, words, agent.written.get(letter, "")) for letter, words in PARTICULARS.items()],
        letters=[(letter, f"{letter}: {PARTICULARS[letter]}") for letter in sorted(WRITTEN | {"d"})],
        history=[_told(each) for each in reversed(agent.events)],
        acts=acts if view.as_of is None else [],
        wanted=wanted if wanted in _ACTS and view.as_of is None else "",
        permitted=permitted,
        filled=filled,
        fault=fault,
        holds=", ".join(sorted(view.reader.tokens)),
    )


def _checked(agent: Agent, filled: Mapping[str, str]) -> dict[str, object] | None:
    """The wording of a report with what may show who told it, and what to do instead; None: there is none yet."""
    said = [(filled[name], service.wording(agent, filled[name], (filled["place"], filled["day"]))) for name in _REPORT]
    if not any(text.strip() for text, _ in said):
        return None
    lines = [
        {"words": text[each.start : each.end], "why": each.why, "instead": each.instead}
        for text, found in said
        for each in found
    ]
    return {"texts": [exposure.pieces(text, found) for text, found in said if text.strip()], "lines": lines}


def _told(event: Event) -> dict[str, object]:
    return {"event": event, "what": _TOLD.get(event.kind, event.kind.removeprefix("agent "))}


def act(visit: Visit) -> Response:
    """Do something on an agent; what was typed is kept if something is wrong with it."""
    which, what = visit.part("agent"), visit.part("act")
    view = visit.present(f"agent, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _FIELDS}
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on an agent; choose {", ".join(_ACTS)}')
    if what == "meet" and visit.filled("check"):
        return _page(visit, view, filled, what, "")
    try:
        chosen.does(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, what, str(error))
    return visit.back_to(f"/agents/{which}", chosen.done)


def _given(visit: Visit, view: View, which: str, conduct: str) -> Authorisation:
    """The authorisation that the act needs, by whatever live authority permits it the longest."""
    standing = live(view, conduct, which, stamp(visit.desk.clock()))
    if standing is None:
        raise RefusedError("no live authority permits that; apply for one first")
    return authorised(visit.desk, view, standing.id, conduct, which)


def _step(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    if filled["to"] not in list(Status):
        raise BadInputError("choose the step")
    service.step(visit.desk, view, which, Status(filled["to"]), reason=filled["reason"])


def _staff(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    if filled["office"] not in list(Office):
        raise BadInputError("choose the office")
    service.staff(visit.desk, view, which, Office(filled["office"]), filled["who"])


def _note(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    service.note(visit.desk, view, which, filled["letter"], filled["words"], authority_named=filled["named"])


def _assess(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    service.assess(visit.desk, view, which, words=filled["words"], review=filled["review"])


def _plan(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    service.plan(visit.desk, view, which, filled["plan"], words=filled["words"])


def _contacted(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    service.contacted(visit.desk, view, which, words=filled["words"])


def _task(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    service.task(visit.desk, view, _given(visit, view, which, "task"), which, words=filled["words"])


def _pay(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    given = _given(visit, view, which, "pay")
    service.pay(visit.desk, view, given, which, amount=filled["amount"], words=filled["words"])


def _meet(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    told = []
    if filled["text"].strip():
        if not filled["report_label"].strip():
            raise BadInputError("say who may read the report; it does not go to everybody by itself")
        grade = parse_grade(filled["grade"])
        told = [Told(filled["title"], filled["text"], grade, filled["report_label"].strip(), filled["written"].strip())]
    service.meet(
        visit.desk,
        view,
        _given(visit, view, which, "meet"),
        which,
        words=filled["words"],
        place=filled["place"],
        day=filled["day"],
        told=told,
        accepted=filled["accepted"],
    )


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done on an agent's page."""

    words: str
    key: str
    does: Callable[[Visit, View, str, Mapping[str, str]], None]
    done: str
    conduct: str = ""
    """What its authority must permit; empty: it needs none, and there is none."""


_ACTS: Final[Mapping[str, _Act]] = {
    "meet": _Act("Write down a meeting", "m", _meet, "The meeting stands, and what was told is with the desk.", "meet"),
    "task": _Act("Give a task", "t", _task, "The task is in his record.", "task"),
    "pay": _Act("Pay", "p", _pay, "The payment is in his record.", "pay"),
    "contacted": _Act("Write down a contact that was not sought", "c", _contacted, "It is in his record."),
    "assess": _Act("Assess his risks", "e", _assess, "The risks are assessed."),
    "plan": _Act("Plan his welfare or exit", "l", _plan, "The plan is in his record."),
    "note": _Act("Write down a particular", "n", _note, "It is in his record."),
    "staff": _Act("Put somebody into an office", "o", _staff, "The office is filled."),
    "step": _Act("Take the next step", "s", _step, "The step is taken."),
}

ROUTES: Final[list[Route]] = [
    get("/agents", listed),
    get("/agents/new", new),
    post("/agents", put),
    *pages_welfare.ROUTES,
    *pages_dilemmas.ROUTES,
    *vault.routes("/agents/{agent}/vault", "agent", "agent vault", service.person),
    get("/agents/{agent}", one),
    post("/agents/{agent}/{act}", act),
]
