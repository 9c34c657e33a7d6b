"""Agents, operations and authorities in the battery: what scripts do with them, what is asked, which forms are sent.

Scripts act by the departments' own services, so that everything which an act brings (lines of the register, reports
over the corridor, seals) is there. What they made is found again by name, in the view of whoever acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from random import Random
from typing import Final
from weakref import WeakKeyDictionary

import pytest

from leconfield.agents import dilemmas, safety, wardrobe, week, welfare
from leconfield.agents import rules as agent_rules
from leconfield.agents import service as running
from leconfield.agents.day.inventory import Inventory
from leconfield.agents.day.wishes import Wishes
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
from leconfield.ledger import vault as vaults
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.times import stamp
from leconfield.ledger.vault import Vault
from leconfield.ledger.view import View
from leconfield.staff.continuity import reaches
from leconfield.staff.state import line_of
from leconfield.surveillance import rules as observing
from leconfield.surveillance import service as watching
from leconfield.surveillance import taking
from leconfield.surveillance.model import FIRST, Operation, Says, Written
from leconfield.surveillance.papers import paper_of
from leconfield.surveillance.state import operations
from tests.noninterference import sealed

NOBODY: Final = "f" * 32
PARTS: Final = ("agent", "operation", "authority", "picture", "alarm", "token", sealed.PART)
"""Parts of addresses that `ids` fills."""
AFTER: Final = (
    *("/authority", "/authority/calendar", "/authority/register", "/oversight"),
    *("/agents", "/agents/welfare", "/dilemmas", "/wardrobe", "/week", "/safety", *sealed.AFTER),
    *("/operations", "/duty", "/duty/roster", "/duty/people", "/duty/known", "/duty/calendar"),
)
MONDAY: Final = "2026-03-09"
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
    ("spot", "file", "cover", "garment", "place", "wish"),
    ("spot", "out", "dilemma"),
    ("apply", "grant"),
)
"""What is done one after another with one agent or operation; now and then a step is left out."""
_DECIDES: Final = frozenset({"authorising-officer", "minister", "judicial-commissioner", "officer"})
_SAID: Final = {**dict.fromkeys(PARTICULARS, "as little as will do"), "ground": "national-security"}
_TEXT: Final = ("A van came to Mill Lane.", "Ray Cassell asked about ropes.", "The quay is shut.")

Fields = Mapping[str, str]


def chain(chance: Random) -> tuple[str, tuple[str, ...]]:
    """A name, and steps that are taken with what bears it."""
    steps = chance.choice(CHAINS)
    name = chance.choice({"spot": CODENAMES, "plan": NAMES}.get(steps[0], (*CODENAMES, *NAMES)))
    return name, tuple(each for place, each in enumerate(steps) if place == 0 or chance.random() < 0.85)


def kept_alike(patch: pytest.MonkeyPatch) -> None:
    """Let what is kept shortly be sealed alike on every desk; outside tests each gets a key by chance."""
    kept: WeakKeyDictionary[Vault, dict[str, str]] = WeakKeyDictionary()

    def seal_until(vault: Vault, text: str, until: datetime) -> str:
        which = sha256(f"{text} {until}".encode()).hexdigest()[:32]
        kept.setdefault(vault, {})[which] = text
        return f"{which}.{sha256(which.encode()).hexdigest()}"

    patch.setattr(Vault, "seal_until", seal_until)
    patch.setattr(Vault, "unsealed", lambda vault, sealed: kept.get(vault, {}).get(sealed.partition(".")[0]))
    patch.setattr(vaults, "_stretched", lambda words, salt: sha256(salt + words.encode()).digest())


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


_BEGIN: Final = {"spot": _spotted, "plan": _planned, "file": sealed.begun}
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
        case "out":
            return safety.set_timer(desk, view, due="2026-03-02T12:00", label=agent.label, words="an errand")
        case "dilemma":
            return dilemmas.note(desk, _as_confidant(desk, view.reader), handler="rob", words="he lies awake over it")
        case "cover":
            return wardrobe.keep_cover(desk, view, name="a plumber", needs=["outfit"], label=agent.label)
        case "garment" | "place" | "wish":
            return _for_the_week(desk, view, agent, step)
        case "assess":
            return running.assess(desk, view, agent.id, words="few know", review="2026-03-04")
        case _:
            return running.step(desk, view, agent.id, Status.ASSESSED, reason="he may do")


def _as_confidant(desk: Desk, reader: Reader) -> View:
    tokens = reader.tokens | {dilemmas.compartment("rob")}
    return desk.view(replace(reader, tokens=tokens), asking=Question("covert"))


def _for_the_week(desk: Desk, view: View, agent: Agent, step: str) -> object:
    kept = view.derived(Inventory)
    covers = [each.id for each in kept.covers if each.label == agent.label]
    if step == "garment":
        return wardrobe.keep_garment(
            desk, view, name="overall", kind="outfit", covers=covers, stored="locker 4", label=agent.label
        )
    if step == "place":
        return wardrobe.keep_place(desk, view, name="tea room", latitude="51.8", longitude="-0.4", label=agent.label)
    place = next((each.id for each in kept.places if each.label == agent.label), NOBODY)
    wished = {"monday": MONDAY, "place": place, "minutes": "60", "hours": "tue 10:00-14:00"}
    return week.wish(desk, view, agent=agent.id, covers=covers, **wished)


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
    kept = view.derived(Inventory)
    return {
        "agent": {each.id for each in agents(view)},
        "operation": {each.id for each in operations(view)},
        "authority": set(authorities(view).by_id),
        "alarm": {each.id for each in safety.alarms(view, all_of_them=True)},
        "timer": {each.id for each in safety.timers(view)},
        "item": {each.id for kind in (kept.covers, kept.garments, kept.places) for each in kind},
        "wish": {each.id for each in view.derived(Wishes).week(MONDAY)},
        sealed.PART: sealed.ids(view),
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
    yield (
        "contact load by week",
        lambda: welfare.by_week(agents(view), datetime.fromisoformat(moment)) if moment else (),
    )
    yield "wardrobe", lambda: vars(view.derived(Inventory))
    yield "who saw what", lambda: week.seen_by(view)
    yield "the week", lambda: week.drawn(view, MONDAY)
    yield "safety calls", lambda: (safety.timers(view), safety.alarms(view, all_of_them=True))
    yield "the duty line", lambda: (line_of(view).people, line_of(view).turns, line_of(view).changes)
    yield "who is on call for agents", lambda: reaches(view)
    yield "operations", lambda: operations(view)
    yield "logs", lambda: [paper_of(view, each) for each in operations(view)]
    yield from sealed.asks(view)
    yield "what may be watched", lambda: [live(view, "watch", each.id, moment) for each in operations(view)]


FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/authority": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/authority/new": ({}, {"kind": "agent-use", "about": NOBODY}),
    "/authority/calendar": ({},),
    "/authority/register": ({}, {"from": "1"}),
    "/authority/{authority}": ({}, {"act": "grant"}, {"act": "withdraw"}),
    "/oversight": ({}, {"from": "1"}),
    "/agents": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/agents/new": ({},),
    "/agents/welfare": ({},),
    "/agents/{agent}": ({}, {"act": "meet"}, {"act": "contacted"}),
    **sealed.FIXED,
    "/dilemmas": ({}, {"handler": "rob"}),
    "/wardrobe": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/week": ({}, {"monday": MONDAY}, {"monday": "soon"}),
    "/week/places.json": ({"monday": MONDAY},),
    "/week/plan.{ending}": ({"monday": MONDAY},),
    "/safety": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/operations": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/operations/shell": ({},),
    "/operations/keeper.js": ({},),
    "/operations/{operation}": ({}, {"act": "brief"}),
    "/operations/{operation}/live": ({},),
    "/operations/{operation}/live/last": ({},),
    "/operations/{operation}/live/state": ({}, {"device": "device of emma"}),
    "/operations/{operation}/positions": ({},),
    "/operations/{operation}/log.{ending}": ({},),
    "/operations/{operation}/briefing.{ending}": ({},),
    "/operations/{operation}/pictures/{picture}": ({},),
    "/operations/{operation}/pictures/{picture}/file": ({},),
    "/duty": ({}, {"do": "hand-over"}, {"do": "answer", "alarm": NOBODY}),
    "/duty/now": ({}, {"have": "0" * 16}),
    "/duty/roster": ({}, {"month": "2026-03"}, {"day": "2026-03-09", "duty": "night"}),
    "/duty/roster/new": ({}, {"first": "soon"}),
    "/duty/people": ({}, {"who": "emma", "do": "put"}),
    "/duty/known": ({},),
    "/duty/calendar": ({},),
    "/calendar/{token}.ics": ({},),
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
    yield from _on_the_day(known)
    yield from _on_the_line(known)
    yield from sealed.posts(known)
    for each in (*known.get("authority", ()), NOBODY):
        for step in ("grant", "grant-by-word", "withdraw", "cancel", "forget"):
            yield f"/authority/{each}/{step}", {"reason": "it will do"}
        yield f"/authority/{each}/review", {"reason": ""}


def _on_the_day(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    """The wardrobe, the week and safety calls."""
    (agent, *_), items = (*known.get("agent", ()), NOBODY), (*known.get("item", ()), NOBODY)
    yield "/wardrobe/cover", {"name": "a plumber", "needs": "outfit", "label": "S"}
    yield "/wardrobe/place", {"name": "tea room", "latitude": "51.8", "longitude": "-0.4", "label": "S"}
    yield "/wardrobe/place", {"name": "tea room", "latitude": "north", "label": ""}
    for each in items:
        yield "/wardrobe/garment", {"name": "a cap", "kind": "outfit", "covers": each, "stored": "3", "label": "S"}
        yield "/wardrobe/known", {"handler": "emma", "cover": each, "place": items[-2 if len(items) > 1 else 0]}
        yield "/wardrobe/retire", {"item": each, "reason": "worn out"}
        wished = {"monday": MONDAY, "agent": agent, "minutes": "60", "hours": "wed 9:00-12:00"}
        yield "/week/wish", {**wished, "cover": each, "place": items[0]}
    yield "/wardrobe/worn", {"contact": NOBODY, "garments": items[0]}
    yield "/wardrobe/forget", {}
    for each in (*known.get("wish", ()), NOBODY):
        yield "/week/move", {"monday": MONDAY, "wish": each, "days": "1"}
        yield "/week/move", {"monday": MONDAY, "wish": each, "days": "far"}
        yield "/week/call-off", {"monday": MONDAY, "wish": each, "reason": "he is ill"}
    yield "/week/accept", {"monday": MONDAY, "seen": "", "safety": "yes"}
    yield "/safety/words", {"safe": "harbour lights", "duress": "autumn leaves"}
    yield "/safety/set", {"due": "2026-03-20T12:00", "label": "S", "words": "an errand"}
    yield "/safety/set", {"due": "soon", "label": ""}
    for each in (*known.get("timer", ()), NOBODY):
        yield "/safety/extend", {"timer": each, "due": "2026-03-20T14:00", "reason": "the bus", "word": "autumn leaves"}
        yield "/safety/call", {"timer": each, "word": "no such word"}
        yield "/safety/call", {"timer": each, "word": "autumn leaves"}


def _on_the_line(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    """The duty line, calendars and dilemmas: nothing that a low reader may see or do."""
    for each in (*known.get("alarm", ()), NOBODY):
        for act in ("take", "raise", "answer", "forget"):
            yield f"/duty/alarms/{each}/{act}", {"words": "rang him"}
    yield "/duty/hand-over", {"words": "all is quiet"}
    yield "/duty/roster", {"first": "2026-03-09", "turns": ""}
    yield "/duty/roster/change", {"day": "2026-03-09", "duty": "night", "way": "sick", "reason": "a cold"}
    for act in ("put", "away", "back", "off", "forget"):
        yield f"/duty/people/{act}", {"who": "emma", "persona": "Emma", "takes-night": "yes", "first": "2026-03-09"}
    for each in (*known.get("agent", ()), NOBODY):
        yield f"/duty/known/{each}", {"day": "2026-03-09", "who": "emma"}
    yield from (("/duty/calendar/renew", {}), ("/duty/calendar/revoke", {}))
    yield "/dilemmas", {"handler": "rob", "words": "he lies awake over it"}
    yield "/dilemmas/answer", {"handler": "rob", "note": NOBODY, "words": "so do I"}


def _on_agent(base: str) -> Iterator[tuple[str, Fields]]:
    yield from sealed.on_record(f"{base}/vault", CODENAMES[0])
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
    yield f"{base}/live", {"by": "K1", "quick": "car", "seen": "red", "place": "Mill Lane", "position": "51.5, -0.1"}
    yield f"{base}/live", {"by": "K1", "quick": "dance", "position": "north"}
    yield f"{base}/pictures", {"picture": "no file"}
    yield f"{base}/lines", {"lines": "[]"}
    yield f"{base}/lines", {"lines": "[{]"}
    yield f"{base}/deploy", {"words": "go"}
    yield f"{base}/hand-over", {"words": "the van is white"}
    yield f"{base}/close", {"words": "it is over"}
    yield f"{base}/debrief", {"words": "nothing came of it"}
    yield f"{base}/forget", {}
