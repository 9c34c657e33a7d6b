"""Officers' pages of authority: what waits for whom, one authority with its steps, the calendar, the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.authority import pages_oversight, profile, rules, service
from leconfield.authority.clocks import Reminder, reminders, urgency
from leconfield.authority.model import PARTICULARS, Authority, Deed, Step
from leconfield.authority.naming import thing
from leconfield.authority.register import register
from leconfield.authority.rules import ALIVE, Standing, standing
from leconfield.authority.state import authorities
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.model import EntryId
from leconfield.ledger.oversight import inspects
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.web.kit import Room
from leconfield.web.values import Clock
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("a", "Authority", "/authority"),)
PAGE: Final = 50
_STEPS: Final[Mapping[str, tuple[Step, str, str, tuple[str, ...]]]] = {
    "grant": (Step.GRANT, "Grant", "a", ("conditions", "until", "review")),
    "grant-by-word": (Step.GRANT_BY_WORD, "Grant by word of mouth", "m", ("conditions",)),
    "refuse": (Step.REFUSE, "Refuse", "n", ()),
    "approve": (Step.APPROVE, "Approve", "p", ("conditions",)),
    "disapprove": (Step.DISAPPROVE, "Do not approve", "d", ()),
    "write-up": (Step.WRITE_UP, "Write it up", "w", tuple(PARTICULARS)),
    "review": (Step.REVIEW, "Record a review", "e", ("conditions", "review")),
    "renew": (Step.RENEW, "Renew", "r", ("conditions", "until", "review")),
    "cancel": (Step.CANCEL, "Cancel", "c", ()),
    "withdraw": (Step.WITHDRAW, "Withdraw", "t", ()),
}
"""The last part of an act's address: the step, in words, its key, and what the form asks for besides a reason."""
_FIELDS: Final = ("reason", "conditions", "until", "review", *PARTICULARS)
_ASKED: Final = ("kind", "about", "label", "rests_on", "urgent", *PARTICULARS)
_STATES: Final = {Standing.LIVE: "calm", Standing.REVIEW_LATE: "overdue", Standing.ASKED: "due"}


def listed(visit: Visit) -> Response:
    """What waits for whoever looks, what is live with its clocks, and what has ended."""
    view = visit.view("authorities")
    known = list(authorities(view).by_id.values())
    moment = view.moment
    live = [each for each in known if standing(each, moment) in ALIVE]
    ended = [each for each in known if standing(each, moment) not in (*ALIVE, Standing.ASKED)]
    waiting = [(each, one) for each in known for one in _due(each, moment) if urgency(one, moment) != "calm"]
    return visit.page(
        "authority/list.html",
        waiting=[
            _waiting(view, each, one) for each, one in sorted(waiting, key=lambda pair: (pair[1].due, pair[0].id))
        ],
        live=[_row(view, each) for each in sorted(live, key=lambda each: (each.until, each.id))],
        ended=[
            _row(view, each)
            for each in sorted(ended, key=lambda each: (each.deeds[-1].at, each.id), reverse=True)[:PAGE]
        ],
        total=len(ended),
        inspecting=inspects(view.reader),
        acting=view.as_of is None,
    )


def _due(authority: Authority, moment: str) -> tuple[Reminder, ...]:
    return reminders(authority, profile.shipped().kind(authority.kind), moment)


def _waiting(view: View, authority: Authority, reminder: Reminder) -> dict[str, object]:
    applied = authority.applicant == view.reader.name
    yours = reminder.role in view.reader.roles and not applied if reminder.role else applied
    return {**_row(view, authority), "clock": _clock(reminder, view.moment, authority), "yours": yours}


def _clock(reminder: Reminder, moment: str, authority: Authority) -> Clock:
    who = reminder.role.replace("-", " ") or authority.applicant
    return Clock(reminder.what, _left(reminder.due, moment), urgency(reminder, moment), who, reminder.due[:10])


def _left(due: str, moment: str) -> str:
    if not due:
        return "now"
    left = datetime.fromisoformat(due) - datetime.fromisoformat(moment)
    hours = abs(left.total_seconds()) / 3600
    words = f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    return f"{words} late" if left.total_seconds() < 0 else f"in {words}"


def _row(view: View, authority: Authority) -> dict[str, object]:
    stands = standing(authority, view.moment)
    return {
        "authority": authority,
        "kind": profile.shipped().kind(authority.kind),
        "thing": thing(view, authority.about),
        "standing": stands,
        "look": _STATES.get(stands, "done"),
        "url": f"/authority/{authority.id}",
    }


def calendar(visit: Visit) -> Response:
    """Every clock that runs, by day."""
    view = visit.view("authority calendar")
    days: dict[str, list[dict[str, object]]] = defaultdict(list)
    for each in authorities(view).by_id.values():
        for one in _due(each, view.moment):
            days[one.due[:10]].append({**_row(view, each), "clock": _clock(one, view.moment, each)})
    return visit.page("authority/calendar.html", days=sorted(days.items()))


def registered(visit: Visit) -> Response:
    """The central register: that there are authorities, of what kind, by whom and until when; not what they say."""
    view = visit.view("central register of authorities")
    lines = register(view)
    first = visit.number("from", 0, 10_000_000)
    counts: dict[str, int] = defaultdict(int)
    for each in lines:
        counts[each.standing(view.moment)] += 1
    return visit.page(
        "authority/register.html",
        rows=[
            {"line": each, "kind": profile.shipped().kind(each.kind), "standing": each.standing(view.moment)}
            for each in lines[first : first + PAGE]
        ],
        counts=sorted(counts.items()),
        first=first,
        total=len(lines),
        page=PAGE,
        turn=lambda start: f"/authority/register?from={start}",
    )


def one(visit: Visit) -> Response:
    """One authority: what was asked and decided, its clocks, and the steps that may be taken."""
    view = visit.view("authority", visit.part("authority"))
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, visit.asked("act"), "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], wanted: str, fault: str) -> Response:
    found = service.found(view, visit.part("authority"))
    kind = profile.shipped().kind(found.kind)
    below = authorities(view).by_id.get(EntryId(found.rests_on))
    step, words, _, fields = _STEPS.get(wanted, (None, "", "", ()))
    return visit.page(
        "authority/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **_row(view, found),
        ground=profile.shipped().grounds.get(found.particulars["ground"], ""),
        particulars=[(PARTICULARS[each], said) for each, said in found.particulars.items() if each != "ground"],
        below=_row(view, below) if below else None,
        clocks=[_clock(each, view.moment, found) for each in _due(found, view.moment)],
        history=[_told(each) for each in reversed(found.deeds)],
        steps=_steps(view, found, kind) if view.as_of is None else [],
        wanted=wanted if step else "",
        words=words,
        fields=[(each, PARTICULARS[each]) for each in fields if each in PARTICULARS],
        asks=fields,
        grounds=[(each, profile.shipped().grounds[each]) for each in kind.grounds],
        said=found.particulars,
        filled=filled,
        fault=fault,
    )


def _steps(view: View, found: Authority, kind: profile.Kind) -> list[tuple[str, str, str, str]]:
    """What may be done with it by its state: address, words, key, and why whoever looks may not."""
    steps = []
    for name, (step, words, key, _) in _STEPS.items():
        if (found.state, step) in rules.TRANSITIONS:
            fault = rules.forbidden(found, step, kind, view.reader.name, view.reader.roles, view.moment)
            steps.append((name, words, key, fault.words if fault else ""))
    return steps


def _told(deed: Deed) -> dict[str, object]:
    return {"deed": deed, "words": deed.step.value.removeprefix("authority ")}


def step(visit: Visit) -> Response:
    """Take a step; what was typed is kept if something is wrong with it."""
    which, what = visit.part("authority"), visit.part("act")
    view = visit.present(f"authority, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _FIELDS}
    try:
        chosen = _STEPS.get(what)
        if chosen is None:
            raise BadInputError(f'"{what[:40]}" is no step on an authority; choose {", ".join(_STEPS)}')
        named = {each: filled[each] for each in ("conditions", "until", "review")}
        written = {each: filled[each] for each in PARTICULARS}
        service.take(visit.desk, view, which, chosen[0], reason=filled["reason"], written=written, **named)
    except (NotFoundError, RefusedError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, what, str(error))
    return visit.back_to(f"/authority/{which}", f"Done: {chosen[1].lower()}.")


def new(visit: Visit) -> Response:
    """The form of an application."""
    view = visit.view("authority, apply")
    return _form(visit, view, {each: visit.asked(each) for each in _ASKED}, "")


def _form(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    law = profile.shipped()
    return visit.page(
        "authority/new.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        kinds=[(each.id, each.name) for each in law.kinds.values()],
        grounds=list(law.grounds.items()),
        fields=[(name, words) for name, words in PARTICULARS.items() if name != "ground"],
        filled={**filled, "label": filled["label"] or "&".join(sorted(view.reader.tokens))},
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        below=[
            (each.id, f"{law.kind(each.kind).name}, until {in_words(each.until[:10])}, {thing(view, each.about).words}")
            for each in authorities(view).by_id.values()
            if standing(each, view.moment) in ALIVE
        ],
        fault=fault,
        acting=view.as_of is None,
    )


def put(visit: Visit) -> Response:
    """Apply."""
    filled = {each: visit.filled(each) for each in _ASKED}
    view = visit.present("authority, apply", filled["about"])
    said = {each: filled[each] for each in PARTICULARS}
    try:
        which = service.apply(
            visit.desk,
            view,
            filled["kind"],
            filled["about"].strip(),
            said,
            label=filled["label"],
            rests_on=filled["rests_on"],
            urgent=filled["urgent"] == "yes",
        )
    except RefusedError:
        raise
    except LeconfieldError as error:
        return _form(visit, view, filled, str(error))
    return visit.back_to(f"/authority/{which}", "Applied. Somebody else who holds the role decides.")


ROUTES: Final[list[Route]] = [
    get("/authority", listed),
    get("/authority/new", new),
    post("/authority", put),
    get("/authority/calendar", calendar),
    get("/authority/register", registered),
    get("/authority/{authority}", one),
    post("/authority/{authority}/{act}", step),
    *pages_oversight.ROUTES,
]
