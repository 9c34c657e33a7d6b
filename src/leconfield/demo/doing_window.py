"""What a case's officers do at the window: let go what is said, answer a round, open a vacancy and a challenge.

Everything goes the way that it goes for anybody: a draft, the gate, two who approve, a seal. Whatever stands already is
left, so that a building that was stopped goes on.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from leconfield.demo.acting import at_moment
from leconfield.demo.pictures import picture
from leconfield.demo.window_case import LABEL, Table, WindowCase
from leconfield.errors import BadInputError
from leconfield.gate.bundles import boxes, challenges, rounds, tips
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.files.pictures import JPEG
from leconfield.gate.release import judging, sealing, service
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import Colour, Release, State, Step
from leconfield.gate.release.state import found, releases
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Question
from leconfield.ledger.view import View
from leconfield.outreach import crossing, mending, orders, profile
from leconfield.outreach.challenges import service as challenging
from leconfield.outreach.challenges import state as challenges_state
from leconfield.outreach.keys import box_key
from leconfield.outreach.mending import How, Mends
from leconfield.outreach.queue import CHANNELS
from leconfield.outreach.recruiting import planning
from leconfield.outreach.recruiting import service as recruiting
from leconfield.outreach.recruiting import state as recruiting_state
from leconfield.outreach.recruiting.model import Question as Asked
from leconfield.outreach.recruiting.model import Step as CampaignStep
from leconfield.outreach.rounds import service as rounds_service
from leconfield.outreach.rounds import state as rounds_state

_ASKING: Final = Question("demonstration")
_APPROVERS: Final = (("ravi", "I have read it aloud. It burns nobody."), ("maud", "Nobody of ours is in it."))
_SEALER: Final = "ravi"
_PUBLISHER: Final = "nell"
_SENDERS: Final = ("nell", "tess", "cleo")
"""Between them they hold every label that something bears which is to cross."""
_STEP: Final = timedelta(minutes=7)


@dataclass(slots=True)
class Window:
    """A desk, and what its case says of the window."""

    desk: Desk
    case: WindowCase
    today: date

    def view(self, by: str) -> View:
        """What somebody sees now."""
        return self.desk.view(self.desk.reader(by), asking=_ASKING)

    def titled(self, form: str, title: str) -> Release | None:
        """The release of that form and title, if there is one."""
        known = releases(self.view(_SEALER)).by_id.values()
        return next((each for each in known if (each.content.form, each.content.title) == (form, title)), None)


def enrol(at: Window) -> None:
    """Let those sign in who work at the window; whoever can is left as he is."""
    known = at.desk.readers()
    for each in at.case.tables("users"):
        if each.text("name") not in known:
            told = (each.text("persona"), each.text("password"), each.words("tokens"), each.words("roles"))
            at.desk.append(accounts.KEEPER, [accounts.enrolling(each.text("name"), *told)])


def say(at: Window, each: Table) -> None:
    """Let one release go, and order its channels."""
    title, begun = each.text("title"), each.begins(at.today)
    made = at.titled(each.text("form"), title)
    with at_moment(at.desk, begun):
        which = made.id if made else _drafted(at, each)
    _let_go(at, which, begun, each.text("by"), each.place)
    with at_moment(at.desk, begun + 8 * _STEP):
        about, body = sealing.public_id(at.desk, which), {CHANNELS: list(each.words("channels"))}
        orders.issue(at.desk, at.view(each.text("by")), CHANNELS, about, body, LABEL)


def _drafted(at: Window, each: Table) -> EntryId:
    words = {TEXT: (TEXT_TYPE, f"{each.text('text')}\n".encode())}
    shown = {name: (JPEG, picture(at.case.folder, name, each.place)) for name in each.words("pictures")}
    given = {**words, **shown}
    form, title = each.text("form"), each.text("title")
    return service.draft(at.desk, at.view(each.text("by")), form, "public", given, label=LABEL, title=title)


def correct(at: Window, each: Table) -> None:
    """Correct something that is out."""
    begun, by = each.begins(at.today), each.text("by")
    story = next((form for form in ("story", "post") if at.titled(form, each.text("of"))), "")
    known = at.titled(story, each.text("of"))
    if known is None:
        raise BadInputError(f'{each.place}: nothing called "{each.text("of")}" is out')
    mended = at.view(by).derived(Mends).of_release(known.id)
    with at_moment(at.desk, begun):
        which = (
            mended[0].by if mended else mending.begin(at.desk, at.view(by), known.id, How.CORRECTION, each.text("text"))
        )
    _let_go(at, which, begun, by, each.place)


def _let_go(at: Window, which: EntryId, begun: datetime, by: str, place: str) -> None:
    """Take what steps are left, each by whoever may: the gate, two who approve, a seal, and out.

    Raises:
        BadInputError: if the gate stops it, with its reasons.
    """
    deeds: tuple[tuple[State, Callable[[], object]], ...] = (
        (State.DRAFT, lambda: judging.check(at.desk, at.view(by), which)),
        (State.CHECKED, lambda: _approve(at, which, 0)),
        (State.HALF, lambda: _approve(at, which, 1)),
        (State.APPROVED, lambda: judging.seal(at.desk, at.view(_SEALER), which)),
        (State.SEALED, lambda: _publish(at, which)),
    )
    for number, (state, deed) in enumerate(deeds, start=1):
        with at_moment(at.desk, begun + number * _STEP):
            if found(at.view(_SEALER), which).state is state:
                deed()
        told = found(at.view(_SEALER), which).told
        if told is not None and told.colour is Colour.RED:
            raise BadInputError(f"{place}: the gate stopped it. {' '.join(told.reasons)}")


def _approve(at: Window, which: EntryId, number: int) -> None:
    by, reason = _APPROVERS[number]
    view = at.view(by)
    known = found(view, which)
    verdict = known.verdict.digest if known.verdict else ""
    service.approve(at.desk, view, which, content=known.content.digest, verdict=verdict, reason=reason)


def _publish(at: Window, which: EntryId) -> None:
    """Publish it, unless it shows by itself later."""
    view = at.view(_PUBLISHER)
    if not found(view, which).content.embargo:
        service.take(at.desk, view, which, Step.PUBLISH, reason="It is time.")


def ask_us(at: Window, each: Table) -> None:
    """Hold a round as far as it is by now: announce it, take questions, decide, answer."""
    begun, by, title = each.begins(at.today), each.text("by"), each.text("title")
    opens, closes, due, publishes = (each.moment(name, at.today) for name in ("opens", "closes", "due", "publishes"))
    if any(known.title == title for known in rounds_state.planned(at.view(by))):
        return
    with at_moment(at.desk, begun):
        plan = rounds.Round(opens, closes, due, publishes)
        which = rounds_service.plan(at.desk, at.view(by), title=title, plan=plan)
        announced = rounds_service.announce(at.desk, at.view(by), which, words=each.text("words"))
    _let_go(at, EntryId(announced), begun, by, each.place)
    asked = each.tables("question")
    ids = [at.desk.ids.of(rounds.QUESTION, _box_id(which, one.text("words"))) for one in asked]
    with at_moment(at.desk, opens + timedelta(hours=6)):
        _take_in(at, [_question(which, one.text("words"), opens) for one in asked], by)
        for its_id, one in zip(ids, asked, strict=True):
            _decide(at, by, its_id, one)
    if any("answer" in one.held for one in asked):
        _answer(at, each, which, dict(zip(ids, asked, strict=True)))


def _decide(at: Window, by: str, which: str, asked: Table) -> None:
    if category := asked.text("refuse", ""):
        rounds_service.refuse(at.desk, at.view(by), which, category=category, reason=asked.text("reason"))
    else:
        rounds_service.accept(at.desk, at.view(by), which, words=asked.text("words"), nobody=True)


def _answer(at: Window, each: Table, which: str, asked: Mapping[str, Table]) -> None:
    """Count the votes, write the answers, and let all of them go at one instant."""
    by, closes = each.text("by"), each.moment("closes", at.today)
    with at_moment(at.desk, closes + timedelta(hours=1)):
        votes = {its_id: one.number("votes", 0) for its_id, one in asked.items() if "answer" in one.held}
        fields = {"round": which, "votes": json.dumps(votes)}
        _take_in(at, [Box(rounds.BALLOTS, f"{closes:%Y-%m-%d}", fields, id=_box_id(which, "votes"))], by)
    with at_moment(at.desk, closes + timedelta(hours=30)):
        for its_id, one in asked.items():
            if "answer" in one.held:
                for hand in (_SEALER, by):  # one writes, another goes over it: all read like the house
                    rounds_service.write(at.desk, at.view(hand), its_id, words=one.text("answer"))
        made = rounds_service.make_release(at.desk, at.view(by), which)
    _let_go(at, EntryId(made), closes + timedelta(hours=30), by, each.place)
    with at_moment(at.desk, each.moment("publishes", at.today) + timedelta(minutes=5)):
        service.take(at.desk, at.view(_PUBLISHER), made, Step.PUBLISH, reason="The embargo is over.")


def _question(which: str, words: str, opens: datetime) -> Box:
    fields = {"round": which, "words": words, "place": sha256(f"{which} {words}".encode()).hexdigest()}
    return Box(rounds.QUESTION, f"{opens:%Y-%m-%d}", fields, id=_box_id(which, words))


def _box_id(*parts: str) -> str:
    return sha256(" ".join(parts).encode()).hexdigest()[:32]


def _take_in(at: Window, sent: Iterable[Box], by: str) -> None:
    """Have sealed boxes come in, as from the window."""
    with tempfile.TemporaryDirectory() as spool:
        drop(at.desk, Path(spool), sent)
        done = crossing.import_(at.desk, at.view(by), Path(spool), Path(spool) / "aside")
    if done.aside or done.left:
        raise BadInputError(f"a box of the demonstration was refused: {(*done.aside, *done.left)[0][1]}")


def drop(desk: Desk, spool: Path, sent: Iterable[Box]) -> None:
    """Lay sealed boxes for a desk into a spool."""
    spool.mkdir(parents=True, exist_ok=True)
    for each in sent:
        (spool / f"{each.id}{boxes.ENDING}").write_bytes(boxes.seal(each, [box_key(desk).public_key()]))


def recruit(at: Window, each: Table) -> None:
    """Plan a vacancy, let its text go, and open it."""
    begun, by, name = each.begins(at.today), each.text("by"), each.text("title")
    if any(known.name == name for known in recruiting_state.campaigns(at.view(by))):
        return
    opens, closes = each.moment("opens", at.today), each.moment("closes", at.today)
    with at_moment(at.desk, begun):
        labels = profile.of(at.desk).area("recruiting"), profile.of(at.desk).label("application")
        plan = recruiting.Plan(name, "jude", f"{opens:%Y-%m-%d}", f"{closes:%Y-%m-%d}", *labels)
        which = recruiting.plan(at.desk, at.view(by), plan)
        for one in each.tables("question"):
            recruiting.ask(at.desk, at.view(by), which, _asked(one))
        for assessor in ("ola", "bram"):
            recruiting.staff(at.desk, at.view(by), which, assessor)
        drafted = recruiting.word(at.desk, at.view(by), which, label=LABEL)
        files = {TEXT: (TEXT_TYPE, f"{each.text('text')}\n".encode())}
        service.edit(at.desk, at.view(by), drafted, files, title=name)
    _let_go(at, EntryId(drafted), begun, by, each.place)
    with at_moment(at.desk, begun + 9 * _STEP):
        recruiting.step(at.desk, at.view(by), which, CampaignStep.OPEN, reason="The text is out.")


def challenge(at: Window, each: Table) -> None:
    """Plan a challenge, let its brief go, and announce it."""
    begun, by, title = each.begins(at.today), each.text("by"), each.text("title")
    if any(known.title == title for known in challenges_state.challenges(at.view(by)).by_id.values()):
        return
    names = ("opens", "questions_until", "answers", "closes", "decision")
    dates = challenges.Dates(**{name: rounds.written(each.moment(name, at.today)) for name in names})
    with at_moment(at.desk, begun):
        which = challenging.plan(at.desk, at.view(by), title=title, dates=dates, label=LABEL)
        drafted = challenging.brief(at.desk, at.view(by), which, words=each.text("text"))
    _let_go(at, EntryId(drafted), begun, by, each.place)
    with at_moment(at.desk, begun + 9 * _STEP):
        challenging.announce(at.desk, at.view(by), which)


def tips_of(at: Window) -> Sequence[Box]:
    """The tips that lie sealed at the way in."""
    day = f"{at.today - timedelta(days=1):%Y-%m-%d}"
    made = []
    for each in at.case.tables("tip"):
        fields = {name: words for name, words in each.held.items() if isinstance(words, str)}
        made.append(Box(tips.TIP, day, fields, id=_box_id("tip", each.text("what"))))
    return made


def send(at: Window, spool: Path) -> int:
    """Let everything cross that is to; how many files lie in the spool."""
    for by in _SENDERS:
        crossing.export(at.desk, at.view(by), spool)
    return sum(1 for each in spool.iterdir())


def _asked(each: Table) -> Asked:
    minutes = str(each.number("minutes", 0) or "")
    told = (each.text("kind"), each.text("words"), str(each.number("most")), minutes, each.text("guide"))
    return planning.question(each.text("id"), *told)
