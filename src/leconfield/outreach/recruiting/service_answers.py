"""Acts of answering: words to each applicant, judged as they are written; then all letters of a campaign at once."""

from __future__ import annotations

from typing import Final

from leconfield.errors import RefusedError
from leconfield.gate.bundles import telling
from leconfield.gate.release.looking import Wanted, looked
from leconfield.gate.release.model import Colour
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question as Asking
from leconfield.ledger.view import View
from leconfield.outreach import letters, profile
from leconfield.outreach.letters import Posting
from leconfield.outreach.recruiting import answering, people, rules
from leconfield.outreach.recruiting.model import ANSWERED, WORDS_WRITTEN, Campaign, Stage
from leconfield.outreach.recruiting.service import ASSESS, RECRUIT, require_blind
from leconfield.outreach.recruiting.service_panel import packet_in
from leconfield.outreach.recruiting.state import campaign_in

PUBLIC: Final = "public"


def write_feedback(desk: Desk, view: View, which: str, *, packet: str, words: str) -> None:
    """Write what an applicant is told besides his marks; the last words stand, until they are sent.

    Raises:
        NotFoundError: if there is no such campaign or packet.
        RefusedError: if he is not of the panel, may see names, it is not the time, or the gate would stop the words.
        BadInputError: if there are none, too many, or they are not written in blocks.
    """
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    profile.of(desk).require(view.reader, ASSESS)
    require_blind(view, campaign)
    if view.reader.name not in (campaign.chair, *campaign.assessors):
        raise RefusedError("you are not of this panel")
    if campaign.stage is not Stage.ANSWERING:
        raise RefusedError(f"the campaign is {campaign.stage.value}; feedback is written once everything is decided")
    its_packet = packet_in(campaign, packet)
    if its_packet in campaign.answered:
        raise RefusedError("this applicant was answered already; the letter stands")
    kept = in_words(words, "the feedback", answering.MAX_FEEDBACK)
    telling.blocks(kept)
    if fault := fault_in_words(view, kept):
        raise RefusedError(fault)
    desk.append(
        view.reader,
        [Draft(WORDS_WRITTEN, campaign.label, about=campaign.id, body={"packet": its_packet, "words": kept})],
    )


def fault_in_words(view: View, words: str) -> str:
    """Why the gate would stop these words, as far as the writer's own view tells; empty if it would not."""
    told = looked(view, Wanted(words, PUBLIC, view.moment[:10]))
    if told.colour is not Colour.RED:
        return ""
    reasons = [
        f"“{line.verdict.text.strip()[:80]}”: {reason.words}"
        for line in told.lines
        if line.verdict.colour is Colour.RED
        for reason in line.verdict.reasons
    ]
    return "the gate would stop this letter. " + "; ".join(dict.fromkeys((*reasons, *told.reasons)))


def send_feedback(desk: Desk, view: View, which: str) -> int:
    """Post every letter of a campaign; how many. They lie in the mailboxes from the window's next import on, together.

    The gate checks all of them; should it stop one, nothing more is posted, and the next sending goes on from there.

    Raises:
        NotFoundError: if there is no such campaign.
        RefusedError: if it is not his, it is not the time, something is not written yet, or the gate stops a letter.
    """
    refuse_the_past(view)
    campaign = campaign_in(view, which)
    profile.of(desk).require(view.reader, RECRUIT)
    if view.reader.name != campaign.officer or not people.may_know(view.reader, campaign):
        raise RefusedError(f"that is for its recruitment officer, {campaign.officer}, who knows whom to write to")
    if campaign.stage is not Stage.ANSWERING:
        raise RefusedError(f"the campaign is {campaign.stage.value}; answers are sent once everything is decided")
    waiting = rules.unanswered(campaign)
    if missing := len([each for each in waiting if each not in campaign.feedback]):
        raise RefusedError(f"nothing is written yet for {missing:,} of the applicants; everybody gets an answer")
    if not waiting:
        raise RefusedError("everybody was answered already")
    return _posted(desk, view, campaign, waiting)


def _posted(desk: Desk, view: View, campaign: Campaign, waiting: tuple[str, ...]) -> int:
    ranked = {each.packet: each for each in rules.ranking(campaign)}
    persons = {each.packet: people.person_of(desk, each) for each in people.applicants(view, campaign)}
    words = [answering.letter(campaign, ranked[each]) for each in waiting]
    sent = 0
    for heap in answering.heaps(words):
        postings, packets = [], []
        for place in heap:
            packet = waiting[place]
            packets.append(packet)
            if (person := persons.get(packet)) is not None:
                kind = answering.kind_of(campaign, packet)
                postings.append(Posting(person.place, person.key, kind, words[place]))
        noted = [  # keyed, so that whoever sends twice at once posts each letter once
            Draft(ANSWERED, campaign.label, about=campaign.id, body={"packets": each}, key=(campaign.id, each))
            for each in packets
        ]
        now = desk.view(view.reader, asking=Asking("recruiting, feedback", campaign.id))
        letters.post(desk, now, answering.TABLE, postings, beside=noted)
        sent += len(postings)
    return sent
