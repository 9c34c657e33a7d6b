"""Acts on agents: spot, step, staff, note, task, meet, pay, assess, and carry what was told over the corridor."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.agents import rules
from leconfield.agents.exposure import Shown, shows
from leconfield.agents.model import (
    AGENT,
    ASSESSED,
    CONTACTED,
    MET,
    NAMED_BY,
    NOTED,
    PAID,
    PARTICULARS,
    PLANNED,
    PLANS,
    REPORTED,
    SPOTTED,
    STAFFED,
    STEPPED,
    TASKED,
    WRITTEN,
    Agent,
    Office,
    Status,
)
from leconfield.agents.state import CODENAME, WORDS, Agents
from leconfield.authority import service as authority
from leconfield.authority.naming import Thing
from leconfield.authority.permit import Authorisation
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.intake.service import drafted
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import EntryId, ReportId
from leconfield.ledger.times import check_partial, stamp
from leconfield.ledger.view import View
from leconfield.vault.person import Person

MAX_WORDS: Final = 8000
CONDUCTS: Final[Mapping[str, str]] = {TASKED: "task", MET: "meet", PAID: "pay"}
"""What intrudes, by the kind of entry: the conduct that its authority must permit."""


def spot(desk: Desk, view: View, *, codename: str, label: str, reason: str) -> EntryId:
    """Begin an agent's record, under the label of a compartment of his own; its id.

    Raises:
        BadInputError: if the codename, the label or the reason is missing.
        RefusedError: if the label would hide it from whoever writes it, or an agent has that codename here.
    """
    refuse_the_past(view)
    name = " ".join(codename.split()).upper()
    if not name.isprintable() or not name:
        raise BadInputError("the codename is missing; choose one that says nothing of him")
    if not labels.tokens_in(labels.parse(label)):
        raise BadInputError("name the agent's own compartment as the label; with none everybody could read it")
    if any(each.codename == name for each in view.derived(Agents).by_id.values()):
        raise RefusedError(f"{name} is somebody's codename here; choose another")
    its_label = str(labels.parse(label))
    draft = Draft(
        SPOTTED,
        its_label,
        body={CODENAME: name, WORDS: in_words(reason, "your reason", MAX_WORDS)},
        key=(name, its_label),
    )
    (receipt,) = desk.append(view.reader, [draft])
    return receipt.entry


def step(desk: Desk, view: View, which: str, to: Status, *, reason: str) -> None:
    """Take the next step with an agent.

    Raises:
        NotFoundError: if the view has no such agent.
        RefusedError: if that step does not follow, or something must be written down before it.
    """
    agent = found(view, which)
    if to not in rules.STEPS[agent.status]:
        possible = ", ".join(sorted(rules.STEPS[agent.status])) or "nothing"
        raise RefusedError(f"he is {agent.status}; what may follow is {possible}")
    if fault := rules.unready(agent, to):
        raise RefusedError(fault)
    _append(desk, view, agent, STEPPED, in_words(reason, "your reason", MAX_WORDS), {"to": to.value})


def staff(desk: Desk, view: View, which: str, office: Office, who: str) -> None:
    """Put somebody into an office for an agent, in place of whoever held it.

    Raises:
        NotFoundError: if the view has no such agent.
        RefusedError: if he holds another office for the same agent.
        BadInputError: if nobody is named.
    """
    agent, name = found(view, which), who.strip()
    if not name or not name.isprintable():
        raise BadInputError(f"name the {office}, as he signs in")
    if fault := rules.clash(agent, office, name):
        raise RefusedError(fault)
    _append(desk, view, agent, STAFFED, "", {"office": office.value, "who": name})


def note(desk: Desk, view: View, which: str, letter: str, words: str, *, authority_named: str = "") -> None:
    """Write down one of the particulars; the last writing stands.

    Raises:
        NotFoundError: if the view has no such agent.
        BadInputError: if that particular is none, or is not written but follows from what was done.
    """
    agent = found(view, which)
    if letter not in WRITTEN | {"a", "d"}:
        follows = letter in PARTICULARS
        raise BadInputError(
            f"particular {letter} follows from what is done" if follows else f'"{letter[:8]}" is no particular'
        )
    if letter == "d" and not authority_named.strip():
        raise BadInputError("name the authority that refers to him so")
    fields = {"particular": letter, NAMED_BY: authority_named.strip()}
    _append(desk, view, agent, NOTED, in_words(words, PARTICULARS[letter], MAX_WORDS), fields)


def task(desk: Desk, view: View, authorisation: Authorisation, which: str, *, words: str) -> None:
    """Give an agent a task.

    Raises:
        NotFoundError: if the view has no such agent.
        RefusedError: if the authority does not permit it now.
    """
    _intrude(desk, view, authorisation, which, TASKED, words, {})


def pay(desk: Desk, view: View, authorisation: Authorisation, which: str, *, amount: str, words: str) -> None:
    """Pay an agent; the amount as money is written, what for in words.

    Raises:
        NotFoundError: if the view has no such agent.
        RefusedError: if the authority does not permit it now.
    """
    _intrude(desk, view, authorisation, which, PAID, words, {"amount": in_words(amount, "the amount", MAX_WORDS)})


def contacted(desk: Desk, view: View, which: str, *, words: str) -> EntryId:
    """Write down a contact that happened without an authority: it must stand in the record, and counts as drift.

    Raises:
        NotFoundError: if the view has no such agent.
    """
    return _append(desk, view, found(view, which), CONTACTED, in_words(words, "what happened", MAX_WORDS), {})


def assess(desk: Desk, view: View, which: str, *, words: str, review: str) -> None:
    """Assess an agent's risks, and say by when they are assessed again.

    Raises:
        NotFoundError: if the view has no such agent.
        BadInputError: if the words or the day are missing.
    """
    agent = found(view, which)
    _append(
        desk, view, agent, ASSESSED, in_words(words, "the risks", MAX_WORDS), {"review": check_partial(review.strip())}
    )


def plan(desk: Desk, view: View, which: str, what: str, *, words: str) -> None:
    """Write down how an agent is looked after (`welfare`) or how it ends (`exit`); the last writing stands.

    Raises:
        NotFoundError: if the view has no such agent.
        BadInputError: if there is no such plan, or no words.
    """
    agent = found(view, which)
    if what not in PLANS:
        raise BadInputError(f'"{what[:40]}" is no plan; choose {" or ".join(PLANS)}')
    _append(desk, view, agent, PLANNED, in_words(words, PLANS[what], MAX_WORDS), {"plan": what})


@dataclass(frozen=True, slots=True)
class Told:
    """What an agent told at a meeting, as the desk is to read it."""

    title: str
    text: str
    grade: Grade
    label: str
    """Who may read the report; it says nothing of the agent's compartment."""
    written: str = ""
    """The day that the report bears; never that of the meeting without need."""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A meeting written down, and the reports that came of it."""

    contact: EntryId
    reports: tuple[ReportId, ...]


def reference(desk: Desk, agent: Agent) -> str:
    """How reports name an agent: a word that says nothing, the same for all his reports under one desk's keys."""
    return f"SRC-{desk.ids.of('source reference', agent.id)[:10].upper()}"


def first_check(agent: Agent, told: Told, met_at: Iterable[str]) -> tuple[Shown, ...]:
    """What in a report's wording may show that it was he who told it: in its title, then in its text."""
    return (*wording(agent, told.title, met_at), *wording(agent, told.text, met_at))


def wording(agent: Agent, text: str, met_at: Iterable[str]) -> tuple[Shown, ...]:
    """The passages of a text that may show that it was he who told it, met at these places and days."""
    names = (agent.codename, *agent.pseudonyms.values(), *agent.written.get("b", "").split(","))
    return shows(text, [each.strip() for each in names if each.strip()], met_at)


def meet(
    desk: Desk,
    view: View,
    authorisation: Authorisation,
    which: str,
    *,
    words: str,
    place: str,
    day: str,
    told: Iterable[Told] = (),
    accepted: str = "",
) -> Carried:
    """Write down a meeting, and carry what was told over the corridor: one source record, one report for the desk each.

    The source record stands in the agent's compartment and names the reports; the reports name an opaque reference.
    `accepted`: why wording that the first check finds fault with is passed all the same, in the handler's words.

    Raises:
        NotFoundError: if the view has no such agent.
        RefusedError: if the authority does not permit it now, or the first check finds fault and nobody accepts it.
        BadInputError: if something is missing.
    """
    agent, items = found(view, which), tuple(told)
    faults = [each for one in items for each in first_check(agent, one, (place, day))]
    if faults and not accepted.strip():
        said = "; ".join(dict.fromkeys(f"{each.why}: {each.instead}" for each in faults))
        raise RefusedError(f"the wording may show who told it ({said}); reword it, or say why it stands")
    fields = {AGENT: agent.id, "place": in_words(place, "the place", MAX_WORDS), "day": check_partial(day.strip())}
    met = Draft(
        MET, agent.label, about=agent.id, body={**fields, WORDS: in_words(words, "what was done and said", MAX_WORDS)}
    )
    reports = [_report(desk, agent, each) for each in items]
    records = [
        Draft(
            REPORTED,
            agent.label,
            about=agent.id,
            body={
                AGENT: agent.id,
                "report": desk.report_id(new, each.label),
                "accepted": accepted.strip(),
                WORDS: new.title,
            },
        )
        for each, new in zip(items, reports, strict=True)
    ]
    filed = [drafted(desk, new, each.label) for each, new in zip(items, reports, strict=True)]
    done = authority.under(desk, view, authorisation, "meet", agent.id, [met, *records], beside=filed)
    return Carried(done[0], tuple(desk.report_id(new, each.label) for each, new in zip(items, reports, strict=True)))


def found(view: View, which: str) -> Agent:
    """The agent by that id.

    Raises:
        NotFoundError: in the same words whether he is hidden or has never been.
    """
    known = view.derived(Agents).by_id.get(EntryId(which))
    if known is None:
        raise NotFoundError("no such agent here; look him up in the register")
    return known


def person(view: View, which: str) -> Person:
    """The agent by that id, as the vault is told of him.

    Raises:
        NotFoundError: in the same words whether he is hidden or has never been.
    """
    agent, url = found(view, which), f"/agents/{which}"
    body = {AGENT: agent.id, WORDS: "kept in the vault", "particular": "a"}
    noted = None if agent.sealed else Draft(NOTED, agent.label, about=agent.id, body=body)
    home = Thing("His record", url)
    return Person(agent.id, agent.label, agent.codename, "codename", f"{url}/vault", home, noted=noted)


def _report(desk: Desk, agent: Agent, told: Told) -> NewReport:
    text = in_words(told.text, "what was told", MAX_WORDS)
    return NewReport(
        title=in_words(told.title, "the title", MAX_WORDS),
        text=text,
        source=reference(desk, agent),
        channel="agent",
        digest=desk.keep(text.encode()),
        media_type="text/plain",
        grade=told.grade,
        written=check_partial(told.written) if told.written else "",
        place=told.place.strip(),
        reference=hashlib.sha256(text.encode()).hexdigest()[:8],
    )


def _intrude(
    desk: Desk, view: View, authorisation: Authorisation, which: str, kind: str, words: str, fields: Mapping[str, str]
) -> None:
    agent = found(view, which)
    body = {AGENT: agent.id, WORDS: in_words(words, "what and why", MAX_WORDS), **fields}
    draft = Draft(kind, agent.label, about=agent.id, body=body)
    authority.under(desk, view, authorisation, CONDUCTS[kind], agent.id, [draft])


def _append(desk: Desk, view: View, agent: Agent, kind: str, words: str, fields: Mapping[str, str]) -> EntryId:
    refuse_the_past(view)
    body = {AGENT: agent.id, WORDS: words, **{name: each for name, each in fields.items() if each}}
    (receipt,) = desk.append(view.reader, [Draft(kind, agent.label, about=agent.id, body=body)])
    return receipt.entry


def drifting(view: View, desk: Desk) -> tuple[tuple[Agent, rules.Drift], ...]:
    """The agents who are used without authority, with what was done: for the authorising officer."""
    moment = stamp(desk.clock())
    alarms = ((each, rules.drift(each, moment)) for each in view.derived(Agents).by_id.values())
    return tuple((agent, alarm) for agent, alarm in alarms if alarm is not None)
