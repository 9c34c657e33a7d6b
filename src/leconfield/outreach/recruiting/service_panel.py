"""Acts of the panel: mark blind, lock, moderate what differs, set the threshold, decide. None of them sees a name."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.recruiting import planning, rules
from leconfield.outreach.recruiting.model import (
    BARRED,
    DECIDED,
    HIGHEST,
    LOCKED,
    LOWEST,
    MODERATED,
    SCORED,
    VERDICTS,
    Campaign,
    Stage,
)
from leconfield.outreach.recruiting.service import ASSESS, MAX_REASON, question_in, require_blind
from leconfield.outreach.recruiting.state import campaign_in

_TENTHS: Final = 10


def score(desk: Desk, view: View, which: str, *, question: str, packet: str, mark: str, note: str = "") -> None:
    """Mark one answer, until one locks the question; marking it again replaces the mark.

    Raises:
        NotFoundError: if there is no such campaign, question or packet.
        RefusedError: if he is not on the panel, may see names, or has locked the question.
        BadInputError: if the mark is none.
    """
    campaign = on_panel(desk, view, which)
    asked, its_packet = question_in(campaign, question), packet_in(campaign, packet)
    mine = (view.reader.name, asked.id)
    if mine in campaign.locks and (*mine, its_packet) in campaign.scores:
        raise RefusedError("you have locked your marks of this question; they stand")
    number = planning.whole(mark, "mark", HIGHEST, LOWEST)
    words = planning.note(note, "your note")
    body = {"question": asked.id, "packet": its_packet, "mark": str(number), "note": words}
    _append(desk, view, campaign, SCORED, body)


def lock(desk: Desk, view: View, which: str, *, question: str) -> None:
    """Lock one's marks of a question: from then on they stand. Nobody sees another's before all are locked.

    Raises:
        NotFoundError: if there is no such campaign or question.
        RefusedError: if he is not on the panel, may see names, has locked it, or has not marked every answer.
    """
    campaign = on_panel(desk, view, which)
    asked = question_in(campaign, question)
    if (view.reader.name, asked.id) in campaign.locks:
        raise RefusedError("you have locked your marks of this question already")
    if left := len(rules.left_to_score(campaign, view.reader.name, asked.id)):
        raise RefusedError(f"{left:,} of the answers to this question have no mark of yours yet; mark them first")
    _append(desk, view, campaign, LOCKED, {"question": asked.id}, (view.reader.name, campaign.id, asked.id))


def moderate(desk: Desk, view: View, which: str, *, question: str, packet: str, mark: str, reason: str) -> None:
    """Set the mark that stands where assessors differed, once they were heard.

    Raises:
        NotFoundError: if there is no such campaign, question or packet.
        RefusedError: if he is not the chair, it is not the time, or the marks do not differ so much.
        BadInputError: if the mark is none of those between the lowest and the highest given, or a reason is missing.
    """
    campaign = _chaired(desk, view, which, Stage.MODERATING)
    asked, its_packet = question_in(campaign, question), packet_in(campaign, packet)
    spread = next(
        (each for each in rules.spreads(campaign) if (each.question, each.packet) == (asked.id, its_packet)), None
    )
    if spread is None or not spread.wide:
        raise RefusedError("its marks do not differ by two or more; their mean stands")
    given = [each for _, each in spread.marks]
    number = planning.whole(mark, "the mark that stands", max(given), min(given))
    body = {"question": asked.id, "packet": its_packet, "mark": str(number)}
    _append(desk, view, campaign, MODERATED, {**body, "reason": in_words(reason, "your reason", MAX_REASON)})


def set_threshold(desk: Desk, view: View, which: str, *, mean: str, reason: str) -> None:
    """Say from which mean a packet is proposed for an invitation.

    Raises:
        NotFoundError: if there is no such campaign.
        RefusedError: if he is not the chair, or it is not the time.
        BadInputError: if it is no mean of marks, or a reason is missing.
    """
    campaign = _chaired(desk, view, which, Stage.MODERATING)
    body = {"mean": str(mean_in(mean)), "reason": in_words(reason, "your reason", MAX_REASON)}
    _append(desk, view, campaign, BARRED, body)


def mean_in(written: str) -> Fraction:
    """A mean of marks as it is typed, in tenths at most: `4`, `4.5`.

    Raises:
        BadInputError: if it is none.
    """
    units, _, tenths = written.strip().partition(".")
    if units.isascii() and units.isdigit() and len(units) == 1 and (tenths or "0") in "0123456789":
        found = Fraction(int(units) * _TENTHS + int(tenths or "0"), _TENTHS)
        if LOWEST <= found <= HIGHEST:
            return found
    raise BadInputError(f'threshold: "{written[:20]}" is no mean from {LOWEST} to {HIGHEST}; write it as 4 or 4.5')


def decide(desk: Desk, view: View, which: str, *, packet: str, verdict: str, reason: str) -> None:
    """Decide on one packet; deciding again replaces it, until answers are written.

    Raises:
        NotFoundError: if there is no such campaign or packet.
        RefusedError: if he is not the chair, or it is not the time.
        BadInputError: if it is no decision, or a reason is missing.
    """
    campaign = _chaired(desk, view, which, Stage.DECIDING)
    its_packet = packet_in(campaign, packet)
    if verdict not in VERDICTS:
        raise BadInputError(f'"{verdict[:20]}" is no decision; choose {" or ".join(VERDICTS)}')
    words = in_words(reason, "your reason", MAX_REASON)
    _append(desk, view, campaign, DECIDED, {"packet": its_packet, "verdict": verdict, "reason": words})


def decide_rest(desk: Desk, view: View, which: str, *, reason: str) -> int:
    """Decide as the ranking proposes on every packet that is not decided on; how many. One reason stands for all.

    Raises:
        NotFoundError: if there is no such campaign.
        RefusedError: if he is not the chair, it is not the time, or nothing is left to decide.
        BadInputError: if a reason is missing.
    """
    campaign = _chaired(desk, view, which, Stage.DECIDING)
    words = in_words(reason, "your reason", MAX_REASON)
    left = [each for each in rules.ranking(campaign) if each.packet not in campaign.decisions]
    if not left:
        raise RefusedError("every packet is decided on already")
    bodies = [{"packet": each.packet, "verdict": each.proposed, "reason": words} for each in left]
    desk.append(view.reader, [Draft(DECIDED, campaign.label, about=campaign.id, body=each) for each in bodies])
    return len(left)


def on_panel(desk: Desk, view: View, which: str) -> Campaign:
    """The campaign, to mark in: for an assessor of its panel, while it is sifted.

    Raises:
        NotFoundError: if there is no such campaign.
        RefusedError: if he is not on the panel, may see names, or it is not the time.
    """
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    profile.of(desk).require(view.reader, ASSESS)
    require_blind(view, campaign)
    if view.reader.name not in campaign.assessors:
        raise RefusedError("you are not on this panel; its recruitment officer names who is")
    if campaign.stage is not Stage.SIFTING:
        raise RefusedError(f"the campaign is {campaign.stage.value}; answers are marked while it is being sifted")
    return campaign


def packet_in(campaign: Campaign, which: str) -> str:
    """The packet by that id, if it was not taken back.

    Raises:
        NotFoundError: if there is none.
    """
    known = campaign.packets.get(which)
    if known is None or known.withdrawn:
        raise NotFoundError("no such packet is in this campaign; it may have been taken back")
    return known.id


def _chaired(desk: Desk, view: View, which: str, stage: Stage) -> Campaign:
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    profile.of(desk).require(view.reader, ASSESS)
    require_blind(view, campaign)
    if view.reader.name != campaign.chair:
        raise RefusedError(f"that is for the panel's chair, {campaign.chair}")
    if campaign.stage is not stage:
        raise RefusedError(f"the campaign is {campaign.stage.value}; this is done while it is {stage.value}")
    return campaign


def _append(
    desk: Desk, view: View, campaign: Campaign, kind: str, body: Mapping[str, str], key: tuple[str, ...] = ()
) -> None:
    desk.append(view.reader, [Draft(kind, campaign.label, about=campaign.id, body=dict(body), key=key)])
