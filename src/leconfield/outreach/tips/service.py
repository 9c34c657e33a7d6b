"""Acts on tips: decide, ask one question back, thank, and tell the public what became of all of them together."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import telling
from leconfield.gate.bundles.tips import COUNTS
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releases
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import State
from leconfield.gate.release.state import found as release_found
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.outreach import letters, orders, profile
from leconfield.outreach.letters import Posting
from leconfield.outreach.tips import rules
from leconfield.outreach.tips.model import ASKED, COUNTED, DECIDED, THANKED, Tip, Verdict
from leconfield.outreach.tips.state import Tips, all_tips, tip_of

AREA: Final = "tips"
MAX_REASON: Final = 2_000
MAX_QUESTION: Final = 1_000
MAX_NOTICE: Final = 4_000


def decide(desk: Desk, view: View, which: str, *, verdict: str, reason: str) -> None:
    """Decide what a tip is for us, with a reason; it may be decided again, and the last word counts.

    Raises:
        NotFoundError: if the view has no such tip.
        BadInputError: if there is no such verdict, or no reason.
        RefusedError: if he may not, or looks at the past.
    """
    tip = _mine(desk, view, which)
    if verdict not in set(Verdict):
        raise BadInputError("choose what it is for us")
    body = {"verdict": verdict, "reason": in_words(reason, "the reason", MAX_REASON)}
    desk.append(view.reader, [Draft(DECIDED, tip.label, about=tip.id, body=body)])


def ask(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Ask the teller one question, which he finds under his receipt. The gate lets it pass, or it does not leave.

    Raises:
        NotFoundError: if the view has no such tip.
        BadInputError: if there are no words, or too many.
        RefusedError: if he may not, a question was asked already (even at the same moment), nobody has a receipt, or
            the gate refuses.
    """
    tip = _mine(desk, view, which)
    _reachable(tip)
    if tip.asked:
        raise RefusedError("a question was asked already; there is one for each tip")
    if tip.thanked:
        raise RefusedError("thanks were posted already, and end it")
    kept = in_words(words, "the question", MAX_QUESTION)
    posting = Posting(tip.place, tip.mailbox, "question", kept)
    noted = Draft(ASKED, tip.label, about=tip.id, body={"words": kept})
    letters.post(desk, view, AREA, [posting], [noted])


def thank(desk: Desk, view: View, which: str) -> None:
    """Thank the teller, in the window's own words: the same whatever became of it.

    Raises:
        NotFoundError: if the view has no such tip.
        RefusedError: if he may not, thanks were posted already, or nobody has a receipt.
    """
    tip = _mine(desk, view, which)
    _reachable(tip)
    if tip.thanked:
        raise RefusedError("thanks were posted already")
    noted = Draft(THANKED, tip.label, about=tip.id)
    letters.post(desk, view, AREA, [Posting(tip.place, tip.mailbox, "thanks")], [noted])


def count(desk: Desk, view: View, quarter: str, *, words: str = "") -> EntryId:
    """Draft the release that tells what became of the tips of a quarter; it goes the way of every release.

    Raises:
        BadInputError: if it is no quarter, too early, or the words will not do.
        RefusedError: if he may not, it was drafted already, or there are too few to tell of.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, AREA)
    if not rules.is_quarter(quarter):
        raise BadInputError("write a quarter as 2026-q3")
    if not rules.may_be_told(quarter, desk.clock().date()):
        raise BadInputError(f"nothing is told of a quarter before {rules.ends(quarter) + rules.DELAY}")
    if quarter in view.derived(Tips).counted:
        raise RefusedError("the figures of that quarter are drafted already; look among the releases")
    told = rules.figures(all_tips(view), quarter)
    if not told.received:
        raise RefusedError(f"fewer than {rules.LEAST} came in that quarter: nothing is told of it")
    text = in_words(words or rules.notice_of(quarter, told), "the notice", MAX_NOTICE) + "\n"
    telling.blocks(text)
    label = profile.of(desk).area(AREA)
    files = {TEXT: (TEXT_TYPE, text.encode())}
    which = releases.draft(desk, view, "notice", "public", files, label=label, title=rules.called(quarter))
    body = {"release": which, **{name: str(value) for name, value in asdict(told).items()}}
    desk.append(view.reader, [Draft(COUNTED, label, about=quarter, body=body, key=(quarter,))], once=True)
    return which


def tell_figures(desk: Desk, view: View, quarter: str) -> None:
    """Have the window show the figures of a quarter beside the words that were released of it.

    They are those on which the words were drafted, whatever was decided since: the window says one thing.

    Raises:
        BadInputError: if none were drafted.
        RefusedError: if he may not, or the words have not been released.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, AREA)
    counted = view.derived(Tips).counted.get(quarter)
    if counted is None:
        raise BadInputError("no figures of that quarter are drafted; draft them first")
    known = release_found(view, counted.release)
    if known.state is not State.PUBLISHED:
        raise RefusedError(f"the words that go with the figures are {known.state}; they are published first")
    body = {**asdict(counted.figures), "release": sealing.public_id(desk, counted.release)}
    orders.issue(desk, view, COUNTS, quarter, body, profile.of(desk).area(AREA))


def _mine(desk: Desk, view: View, which: str) -> Tip:
    refuse_the_past(view)
    profile.of(desk).require(view.reader, AREA)
    return tip_of(view, which)


def _reachable(tip: Tip) -> None:
    if not tip.mailbox:
        raise RefusedError("whoever told this has no receipt, and so no mailbox")
