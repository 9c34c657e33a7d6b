"""What a case's officers did with agents: their records, contacts, and what weighed on a handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from leconfield.agents import dilemmas, model, service
from leconfield.agents.model import Agent, Office, Status
from leconfield.agents.state import WORDS
from leconfield.demo.deeds import OFFICES, Deed
from leconfield.demo.scene import Scene
from leconfield.errors import BadInputError
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View


def _spot(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.SPOTTED):
        wrote = deed.wrote
        view = scene.view(deed.by)
        service.spot(scene.desk, view, codename=deed.about, label=wrote["label"], reason=wrote["reason"])


def _step(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.STEPPED):
        view = scene.view(deed.by)
        which = scene.agent(view, deed.about).id
        service.step(scene.desk, view, which, Status(deed.wrote["to"]), reason=deed.wrote["reason"])


def _staff(scene: Scene, deed: Deed) -> None:
    for office in (each for each in OFFICES if deed.wrote[each]):
        view = scene.view(deed.by)
        agent, who = scene.agent(view, deed.about), deed.wrote[office]
        if not any((each.office, each.who) == (office, who) for each in agent.services):
            service.staff(scene.desk, view, agent.id, Office(office), who)


def _note(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.NOTED):
        view, wrote = scene.view(deed.by), deed.wrote
        which = scene.agent(view, deed.about).id
        service.note(
            scene.desk, view, which, wrote["letter"], wrote["words"], authority_named=wrote.get("authority", "")
        )


def _plan(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.PLANNED):
        view = scene.view(deed.by)
        which = scene.agent(view, deed.about).id
        for what, written in ((model.WELFARE, "care"), (model.EXIT, "exit")):
            service.plan(scene.desk, view, which, what, words=deed.wrote[written])


def _assess(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.ASSESSED):
        view = scene.view(deed.by)
        which = scene.agent(view, deed.about).id
        service.assess(scene.desk, view, which, words=deed.wrote["words"], review=deed.wrote["review"])


def _task(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.TASKED):
        view = scene.view(deed.by)
        which = scene.agent(view, deed.about).id
        permit = scene.permitted(view, "task", which)
        service.task(scene.desk, view, permit, which, words=deed.wrote["words"])


def _pay(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, model.PAID):
        view = scene.view(deed.by)
        which = scene.agent(view, deed.about).id
        permit = scene.permitted(view, "pay", which)
        service.pay(scene.desk, view, permit, which, amount=deed.wrote["amount"], words=deed.wrote["words"])


def _meet(scene: Scene, deed: Deed) -> None:
    view, wrote = scene.view(deed.by), deed.wrote
    agent = scene.agent(view, deed.about)
    if not scene.stands(deed, model.MET):
        permit = scene.permitted(view, "meet", agent.id)
        day = scene.reports[wrote["report"]].written
        service.meet(scene.desk, view, permit, agent.id, words=wrote["words"], place=wrote["place"], day=day)
    _carried(scene, deed, view, agent)


def _contact(scene: Scene, deed: Deed) -> None:
    view = scene.view(deed.by)
    agent = scene.agent(view, deed.about)
    if not scene.stands(deed, model.CONTACTED):
        words = f"{deed.wrote['place']}: {deed.wrote['words']}"
        service.contacted(scene.desk, view, agent.id, words=words)
    _carried(scene, deed, view, agent)


def _carried(scene: Scene, deed: Deed, view: View, agent: Agent) -> None:
    """The source record of a report that came in before the record of its agent was kept here."""
    if not scene.stands(deed, model.REPORTED):
        report = scene.reports[deed.wrote["report"]]
        body = {model.AGENT: agent.id, "report": report.id, WORDS: report.title}
        scene.desk.append(view.reader, [Draft(model.REPORTED, agent.label, about=agent.id, body=body)])


def _note_dilemma(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, dilemmas.NOTED):
        dilemmas.note(scene.desk, scene.view(deed.by), handler=deed.about, words=deed.wrote["words"])


def _answer_dilemma(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, dilemmas.ANSWERED):
        return
    view = scene.view(deed.by)
    noted = [each for each in view.entries(kind=dilemmas.NOTED) if each.label == dilemmas.compartment(deed.about)]
    if not noted:
        raise BadInputError(f"there is no note of {deed.about} to answer")
    dilemmas.answer(scene.desk, view, noted[-1].id, words=deed.wrote["words"])


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    "spot agent": _spot,
    "step agent": _step,
    "staff agent": _staff,
    "note particular": _note,
    "plan agent": _plan,
    "assess agent": _assess,
    "task agent": _task,
    "pay agent": _pay,
    "meet agent": _meet,
    "contact agent": _contact,
    "note dilemma": _note_dilemma,
    "answer dilemma": _answer_dilemma,
}
