"""What becomes of boxes for recruiting: a person here and a packet there; equality answers on a heap; a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import vacancies
from leconfield.gate.bundles.blinding import Known, blinded
from leconfield.gate.bundles.boxes import Box
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.outreach.recruiting import equality, people, planning
from leconfield.outreach.recruiting.model import PACKET, WITHDRAWN, Campaign, Stage
from leconfield.outreach.recruiting.people import People
from leconfield.outreach.recruiting.state import campaign_in
from leconfield.outreach.taking import Handler, Taking

_TAKING: Final = frozenset({Stage.OPEN, Stage.SIFTING})
"""Whoever's box came in late is marked as well, by those who have locked the others already."""
_ANY: Final = "0" * 64
"""In place of a release's id where only questions and limits are asked about."""


def take_application(taking: Taking, box: Box) -> None:
    """Part an application: who it is under the group's label, what he answered, without names, under the panel's.

    Raises:
        DamagedError, BadInputError: if it is no application to this vacancy.
        NotFoundError: if whoever takes it in knows of no such campaign.
        RefusedError: if its panel has marked all that there was.
    """
    application = vacancies.application_in(box.fields)
    campaign = campaign_in(taking.view, application.vacancy)
    packet = taking.desk.ids.of("packet", campaign.id, box.id)
    if packet in campaign.packets and (campaign.id, packet) in taking.view.derived(People).by_packet:
        return
    _check(campaign, application)
    known = Known.of(application.name, application.contact, application.hidden)
    called = planning.public_questions(campaign)
    answers = {each: blinded(application.answers[called[each]], known).text for each in called}
    person = {
        "packet": packet,
        "kept": people.sealed(taking.desk, campaign, application),
        "revocation": application.revocation,
    }
    its = {"packet": packet, "kept": people.answers_sealed(taking.desk, campaign, answers)}
    taking.desk.append(
        taking.view.reader,
        [
            Draft(people.RECEIVED, campaign.group, about=campaign.id, body=person, key=("person", packet)),
            Draft(PACKET, campaign.label, about=campaign.id, body=its, key=("packet", packet)),
        ],
    )


def _check(campaign: Campaign, application: vacancies.Application) -> None:
    if campaign.stage not in _TAKING:
        raise RefusedError(f"{campaign.name} is {campaign.stage.value}; applications to it are read no more")
    vacancy = planning.vacancy_of(campaign, _ANY)
    if fault := vacancies.fault_in_application(application, vacancy):
        raise BadInputError(f"application: {fault}")


def take_withdrawal(taking: Taking, box: Box) -> None:
    """Take an application back: its packet goes from the panel's sight; names and answers end as they would have.

    Raises:
        DamagedError: if it is no withdrawal.
        NotFoundError: if no application that is known here fits it: it may come before its application.
    """
    revocation = vacancies.revocation_of(vacancies.token_in(box.fields))
    known = taking.view.derived(People).by_packet.values()
    applicant = next((each for each in known if each.revocation == revocation), None)
    if applicant is None:
        raise NotFoundError("no application that is known here is meant by this withdrawal; it waits for it")
    campaign = campaign_in(taking.view, applicant.campaign)
    body = {"packet": applicant.packet}
    taking.desk.append(
        taking.view.reader,
        [
            Draft(people.TAKEN_BACK, campaign.group, about=campaign.id, body=body, key=("back", applicant.packet)),
            Draft(WITHDRAWN, campaign.label, about=campaign.id, body=body, key=("back", applicant.packet)),
        ],
    )


def take_equality(taking: Taking, box: Box) -> None:
    """Put equality answers on their heap, sealed, and count the heap once ten lie on it.

    Raises:
        DamagedError: if they are none.
    """
    told = vacancies.equality_in(box.fields)
    taking.desk.append(taking.view.reader, [equality.received(taking.desk, told, taking.label, box.id)])
    view = taking.desk.view(taking.view.reader, asking=Question("equality, count", told.vacancy))
    draft = equality.counted(taking.desk, view, told.vacancy, told.stage, taking.label)
    if draft is not None:
        taking.desk.append(taking.view.reader, [draft])


HANDLERS: Final[Mapping[str, Handler]] = {
    vacancies.APPLICATION: take_application,
    vacancies.WITHDRAWAL: take_withdrawal,
    vacancies.EQUALITY: take_equality,
}
