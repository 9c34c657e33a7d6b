"""Agents, operations and authorities in the battery: what scripts do with them, what is asked, which forms are sent.

Scripts act by the departments' own services, so that everything which an act brings (lines of the register, reports
over the corridor, seals) is there. What they made is found again by name, in the view of whoever acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from leconfield.agents import rules as agent_rules
from leconfield.agents import service as running
from leconfield.agents.model import Agent, Office, Status
from leconfield.agents.state import agents
from leconfield.authority import profile
from leconfield.authority import service as authority
from leconfield.authority.clocks import reminders
from leconfield.authority.model import PARTICULARS, Step
from leconfield.authority.permit import authorised, live
from leconfield.authority.register import register
from leconfield.authority.rules import standing
from leconfield.authority.state import authorities
from leconfield.errors import NotFoundError
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.surveillance import rules as observing
from leconfield.surveillance import service as watching
from leconfield.surveillance import taking
from leconfield.surveillance.model import FIRST, Operation, Says, Written
from leconfield.surveillance.papers import paper_of
from leconfield.surveillance.state import operations

NOBODY: Final = "f" * 32
PARTS: Final = ("agent", "operation", "authority")
"""Parts of addresses that `ids` fills."""
AFTER: Final = ("/authority", "/authority/calendar", "/authority/register", "/agents", "/operations")
"""Pages that show what the acts left behind."""
CODENAMES: Final = ("MALLARD", "PIPIT")
NAMES: Final = ("Lorry park", "Old Quay")
CHAINS: Final[Sequence[Sequence[str]]] = (
    ("spot", "apply", "grant", "meet", "task"),
    ("spot", "staff", "note", "step", "assess"),
    ("spot", "contact", "contact", "contact"),
    ("spot", "apply", "grant", "pay", "end", "meet"),
    ("plan", "team", "apply", "grant", "log", "log", "bystander"),
    ("plan", "team", "log", "close", "log"),
    ("spot", "apply", "by word"),
    ("apply", "grant"),
)
"""What is done one after another with one agent or operation; now and then a step is left out."""
RANDOM: Final = frozenset({"bystander"})
"""What brings a key that is drawn anew on each desk."""
_DECIDES: Final = frozenset({"authorising-officer", "minister", "judicial-commissioner", "officer"})
_SAID: Final = {**dict.fromkeys(PARTICULARS, "as little as will do"), "ground": "national-security"}
_TEXT: Final = ("A van came to Mill Lane.", "Ray Cassell asked about ropes.", "The quay is shut.")

Fields = Mapping[str, str]


def chain(chance: Random, *, secretly: bool) -> tuple[str, tuple[str, ...]]:
    """A name, and steps that are taken with what bears it; those alone whose entries hold something random secretly."""
    steps = chance.choice(CHAINS)
    name = chance.choice({"spot": CODENAMES, "plan": NAMES}.get(steps[0], (*CODENAMES, *NAMES)))
    if not secretly:
        steps = ["log" if each in RANDOM else each for each in steps]
    return name, tuple(each for place, each in enumerate(steps) if place == 0 or chance.random() < 0.85)


def done(desk: Desk, by: Reader, label: str, name: str, step: str) -> object:
    """Take one step, as somebody who holds what the label asks for and no more: it rests on nothing else."""
    by = replace(by, tokens=frozenset(labels.tokens_in(labels.parse(label))))
    view = desk.view(by, asking=Question("covert"))
    if step in _BEGIN:
        return _BEGIN[step](desk, view, name, label)
    thing = _thing(view, name, label, beneath=step in ("apply", *_DECIDING))
    if step in _DECIDING:
        decider = replace(by, name="nora", persona="Nora", roles=_DECIDES)
        return _decided(desk, desk.view(decider, asking=Question("covert")), thing, label, _DECIDING[step])
    if step == "apply":
        kind = "agent-use" if isinstance(thing, Agent) else "directed-surveillance"
        return authority.apply(desk, view, kind, thing.id, _SAID, label=label)
    if isinstance(thing, Agent):
        return _with_agent(desk, view, thing, step)
    return _on_operation(desk, view, thing, step)


def _spotted(desk: Desk, view: View, name: str, label: str) -> object:
    return running.spot(desk, view, codename=name, label=label, reason="heard of")


def _planned(desk: Desk, view: View, name: str, label: str) -> object:
    return watching.plan(desk, view, name=name, about="Mill Lane", label=label)


_BEGIN: Final = {"spot": _spotted, "plan": _planned}
_DECIDING: Final = {"grant": Step.GRANT, "by word": Step.GRANT_BY_WORD, "end": Step.CANCEL}


def _thing(view: View, name: str, label: str, *, beneath: bool) -> Agent | Operation:
    """What bears the name under that label; `beneath`: or under any, so that a secret authority is about it."""
    known = [each for each in (*agents(view), *operations(view)) if _name(each) == name]
    found = [each for each in known if each.label == label] or (known if beneath else [])
    if not found:
        raise NotFoundError("nothing of that name")
    return found[0]


def _name(thing: Agent | Operation) -> str:
    return thing.codename if isinstance(thing, Agent) else thing.name


def _decided(desk: Desk, view: View, thing: Agent | Operation, label: str, step: Step) -> object:
    about = [each.id for each in authorities(view).about(thing.id) if each.label == label]
    return authority.take(desk, view, about[-1] if about else NOBODY, step, reason="it will do")


def _with_agent(desk: Desk, view: View, agent: Agent, step: str) -> object:
    moment = stamp(desk.clock())
    if step in ("meet", "task", "pay"):
        found = live(view, step, agent.id, moment)
        given = authorised(desk, view, found.id if found else NOBODY, step, agent.id)
        if step == "meet":
            title, text = "A meet", _TEXT[len(agent.events) % len(_TEXT)]
            told = running.Told(title, text, parse_grade("B2"), agent.label)
            return running.meet(
                desk, view, given, agent.id, words="he came", place="Cedar House", day="2026-03-01", told=[told]
            )
        if step == "task":
            return running.task(desk, view, given, agent.id, words="look at the quay")
        return running.pay(desk, view, given, agent.id, amount="£40", words="his fare")
    match step:
        case "contact":
            return running.contacted(desk, view, agent.id, words="he rang")
        case "staff":
            return running.staff(desk, view, agent.id, Office.HANDLER, view.reader.name)
        case "note":
            return running.note(desk, view, agent.id, "e", "he sleeps badly")
        case "assess":
            return running.assess(desk, view, agent.id, words="few know", review="2026-03-04")
        case _:
            return running.step(desk, view, agent.id, Status.ASSESSED, reason="he may do")


def _on_operation(desk: Desk, view: View, operation: Operation, step: str) -> object:
    if step == "team":
        return watching.staff(desk, view, operation.id, member=view.reader.name, call_sign="K1", role="on foot")
    if step == "close":
        return watching.close(desk, view, operation.id, words="it is over")
    device = f"device of {view.reader.name}"
    number, head = operation.heads.get(device, (0, FIRST))
    says = Says(f"line {number + 1}: a van", "Mill Lane", "51.5", "-0.1", salt="5a" * 16)
    line = Written(operation.id, device, number + 1, stamp(desk.clock()), "K1", says, step == "bystander", head)
    return taking.take(desk, view, operation.id, [observing.sealed(line)])


def ids(desk: Desk, reader: Reader) -> dict[str, set[str]]:
    """What there is, as whoever holds everything knows it: the parts of pages' addresses."""
    view = desk.view(reader, asking=Question("ids"))
    return {
        "agent": {each.id for each in agents(view)},
        "operation": {each.id for each in operations(view)},
        "authority": set(authorities(view).by_id),
    }


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of agents, operations and authorities."""
    law, moment = profile.shipped(), view.moment
    known = sorted(authorities(view).by_id.values(), key=lambda each: each.id)
    yield "authorities", lambda: [(each, standing(each, moment)) for each in known]
    yield "clocks of authorities", lambda: [reminders(each, law.kind(each.kind), moment) for each in known]
    yield "register", lambda: register(view)
    yield "agents", lambda: agents(view)
    yield "drift", lambda: [agent_rules.drift(each, moment) for each in agents(view)]
    yield "particulars lacking", lambda: [agent_rules.lacking(each) for each in agents(view)]
    yield "contact load", lambda: agent_rules.loads(agents(view), "", moment)
    yield "what may be done", lambda: [live(view, "meet", each.id, moment) for each in agents(view)]
    yield "operations", lambda: operations(view)
    yield "logs", lambda: [paper_of(view, each) for each in operations(view)]
    yield "what may be watched", lambda: [live(view, "watch", each.id, moment) for each in operations(view)]


FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/authority": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/authority/new": ({}, {"kind": "agent-use", "about": NOBODY}),
    "/authority/calendar": ({},),
    "/authority/register": ({}, {"from": "1"}),
    "/authority/{authority}": ({}, {"act": "grant"}, {"act": "withdraw"}),
    "/agents": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/agents/new": ({},),
    "/agents/{agent}": ({}, {"act": "meet"}, {"act": "contacted"}),
    "/operations": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/operations/{operation}": ({}, {"act": "log"}),
    "/operations/{operation}/log.{ending}": ({},),
}
"""What these pages are asked."""


def posts(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    """Every act, on visible and hidden things, with good, bad and repeated input."""
    for label in ("S", "S&AGENTS", ""):
        yield "/agents", {"codename": CODENAMES[0], "label": label, "reason": "heard of"}
        yield "/operations", {"name": NAMES[0], "about": "Mill Lane", "label": label}
    yield "/agents", {"codename": "", "label": "S", "reason": ""}
    for each in (*known.get("agent", ()), NOBODY):
        yield "/authority", {**_SAID, "kind": "agent-use", "about": each, "label": "S"}
        yield from _on_agent(f"/agents/{each}")
    for each in (*known.get("operation", ()), NOBODY):
        yield "/authority", {**_SAID, "kind": "directed-surveillance", "about": each, "label": "S", "urgent": "yes"}
        yield from _on_one(f"/operations/{each}")
    yield "/authority", {"kind": "none", "about": "", "label": ""}
    for each in (*known.get("authority", ()), NOBODY):
        for step in ("grant", "grant-by-word", "withdraw", "cancel", "forget"):
            yield f"/authority/{each}/{step}", {"reason": "it will do"}
        yield f"/authority/{each}/review", {"reason": ""}


def _on_agent(base: str) -> Iterator[tuple[str, Fields]]:
    yield f"{base}/contacted", {"words": "he rang"}
    yield f"{base}/contacted", {"words": ""}
    yield f"{base}/staff", {"office": "handler", "who": "emma"}
    yield f"{base}/staff", {"office": "controller", "who": "emma"}
    yield f"{base}/note", {"letter": "b", "words": "a joiner"}
    yield f"{base}/assess", {"words": "few know", "review": "soon"}
    yield f"{base}/step", {"to": "assessed", "reason": "he may do"}
    told = {"title": "A meet", "text": "The quay is shut.", "grade": "B2", "report_label": "S"}
    yield f"{base}/meet", {**told, "words": "he came", "place": "Cedar House", "day": "2026-03-01"}
    yield f"{base}/task", {"words": "look at the quay"}
    yield f"{base}/pay", {"amount": "£40", "words": "his fare"}
    yield f"{base}/forget", {}


def _on_one(base: str) -> Iterator[tuple[str, Fields]]:
    yield f"{base}/staff", {"member": "emma", "call_sign": "K1", "role": "on foot"}
    yield f"{base}/staff", {"member": "ann", "call_sign": "K1", "role": "driver"}
    yield f"{base}/brief", {"words": "mind the dog"}
    yield f"{base}/log", {"by": "K1", "seen": "a van", "place": "Mill Lane"}
    yield f"{base}/log", {"by": "K2", "seen": ""}
    yield f"{base}/lines", {"lines": "[]"}
    yield f"{base}/lines", {"lines": "[{]"}
    yield f"{base}/deploy", {"words": "go"}
    yield f"{base}/hand-over", {"words": "the van is white"}
    yield f"{base}/close", {"words": "it is over"}
    yield f"{base}/debrief", {"words": "nothing came of it"}
    yield f"{base}/forget", {}
