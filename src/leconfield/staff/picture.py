"""What the duty line's page shows: who is on, what alarms, who is out, what is open. All of one view, at its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.agents import rules as agent_rules
from leconfield.agents import safety
from leconfield.agents.safety import Alarm, Danger, Timer
from leconfield.agents.state import agents
from leconfield.desk.clocks import span
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.staff import rules
from leconfield.staff.continuity import reaches
from leconfield.staff.escalation import Standing, standing
from leconfield.staff.model import LABEL, Note
from leconfield.staff.profile import Profile, Step, shipped
from leconfield.staff.state import DutyLine, line_of
from leconfield.web.values import Clock

_SOON: Final = timedelta(minutes=30)
_ENDING: Final = timedelta(minutes=60)
NOTES: Final = 3
_AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Post:
    """One step of the line, and who has it now."""

    step: Step
    name: str
    persona: str
    """Empty: nobody has it."""
    reach: str
    until: str
    """When his turn ends (a stamp)."""
    mine: bool


@dataclass(frozen=True, slots=True)
class Alarmed:
    """One alarm as the page shows it."""

    alarm: Alarm
    what: str
    ago: str
    about_me: bool
    standing: Standing | None
    """None for whoever is not on the line: he sees that it alarms, and not who is asked."""
    asked: tuple[tuple[str, str, str], ...]
    """Who was asked: the step, his persona, and when."""
    taken: str
    """The persona of whoever took it."""
    mine: bool
    """Whether he who looks took it."""
    following: str
    """Who is asked next, with how he is reached."""
    following_at: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole page."""

    on_line: bool
    posts: tuple[Post, ...]
    alarms: tuple[Alarmed, ...]
    gaps: tuple[tuple[str, str], ...]
    """Turns that nobody has within a week: where they are filled, and what they are."""
    ends: str
    """The last day that has a roster, if that is within a week or over; empty: it goes on."""
    clocks: tuple[Clock, ...]
    drifting: tuple[tuple[str, str, str], ...]
    """Agents used without authority: where, by which name, and how."""
    reach: tuple[tuple[str, str, bool], ...]
    """Agents whom one may know of, who is on call for each, and whether he is on duty now."""
    notes: tuple[tuple[Note, str], ...]
    ending: bool
    """Whether the turn of whoever looks ends within the hour."""


def picture_of(view: View) -> Picture:
    """What the duty line's page shows at the view's moment."""
    profile, line, moment = shipped(), line_of(view), rules.moment_of(view.moment)
    posts = posts_of(profile, line, moment, view.reader.name)
    open_turns = rules.gaps(profile, line.turns, moment)
    horizon = (moment + _AHEAD).date().isoformat()
    return Picture(
        LABEL in view.reader.tokens,
        posts,
        tuple(_alarmed(view, profile, line, each, moment) for each in safety.alarms(view)),
        tuple((turn_url(slot), rules.in_words_of(slot)) for slot in open_turns if slot[0] <= horizon),
        line.until if line.rosters and line.until < horizon else "",
        tuple(_clock(each, moment) for each in safety.timers(view) if each.state is safety.State.RUNNING),
        tuple(
            (f"/agents/{each.id}", each.codename, found.words)
            for each in agents(view)
            if (found := agent_rules.drift(each, view.moment))
        ),
        _reach(view, line, posts, moment),
        tuple((each, line.persona(each.by)) for each in reversed(line.notes[-NOTES:])),
        any(each.mine and rules.moment_of(each.until) - moment <= _ENDING for each in posts[:1]),
    )


def turn_url(slot: tuple[str, str]) -> str:
    """Where a turn is changed."""
    return f"/duty/roster?month={slot[0][:7]}&day={slot[0]}&duty={slot[1]}#change"


def posts_of(profile: Profile, line: DutyLine, moment: datetime, reader: str) -> tuple[Post, ...]:
    """Who has each step at a moment."""
    now = rules.running(profile, line.turns, moment)
    found = []
    for step in profile.steps:
        slot = next((now[each] for each in step.duties if each in now), None)
        who = line.turns[slot] if slot else ""
        person = line.people.get(who)
        until = stamp(rules.span(profile, slot)[1]) if slot else ""
        persona = line.persona(who) if who else ""
        found.append(Post(step, who, persona, person.reach if person else "", until, bool(who) and who == reader))
    return tuple(found)


def _alarmed(view: View, profile: Profile, line: DutyLine, alarm: Alarm, moment: datetime) -> Alarmed:
    me, since = view.reader.name, rules.moment_of(alarm.since)
    about_me = alarm.timer.who == me
    what = (
        f"{alarm.timer.persona} spoke the word of duress"
        if alarm.danger is Danger.DURESS
        else f"{'You have' if about_me else f'{alarm.timer.persona} has'} not called in"
    )
    ago = span(moment - since)
    if LABEL not in view.reader.tokens:
        return Alarmed(alarm, what, ago, about_me, None, (), "", mine=False, following="", following_at="")

    def holder(step: Step, at: datetime) -> str:
        who = rules.asked_by(profile, line.turns, step, at)
        return "" if who == alarm.timer.who else who

    stands = standing(profile, since, line.handled.get(alarm.id, ()), holder, moment)
    person = line.people.get(stands.next_who)
    reach = f", {person.reach}" if person and person.reach else ""
    after = (
        f"{stands.next.who}: {line.persona(stands.next_who) if stands.next_who else 'nobody has the turn'}{reach}"
        if stands.next
        else ""
    )
    return Alarmed(
        alarm,
        what,
        ago,
        about_me,
        stands,
        tuple((each.step.who, line.persona(each.who) if each.who else "", stamp(each.at)) for each in stands.asked),
        line.persona(stands.taken.by) if stands.taken else "",
        mine=stands.taken is not None and stands.taken.by == me,
        following=after,
        following_at=stamp(stands.next_at) if stands.next_at else "",
    )


def _clock(timer: Timer, moment: datetime) -> Clock:
    left = rules.moment_of(timer.due) - moment
    minute = timer.due[: len("2026-03-05T12:40")]
    if left <= timedelta(0):
        return Clock(timer.words, f"{span(-left)} late", "overdue", timer.persona, minute)
    return Clock(timer.words, f"in {span(left)}", "soon" if left <= _SOON else "calm", timer.persona, minute)


def _reach(view: View, line: DutyLine, posts: tuple[Post, ...], moment: datetime) -> tuple[tuple[str, str, bool], ...]:
    today, on = moment.date().isoformat(), {each.name for each in posts}
    return tuple(
        (each.agent.codename, line.persona(who) if (who := each.days.get(today, "")) else "", who in on and bool(who))
        for each in reaches(view)
    )
