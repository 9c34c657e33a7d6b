"""The window's inside in the battery: orders, boxes, rounds, campaigns, challenges, tips, deliveries, partners.

Scripts act by the areas' own services and handlers, so that everything that an act brings is there. What they made is
found again by name and label, in the view of whoever acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Final

import pytest

from leconfield.errors import NotFoundError
from leconfield.gate.bundles import challenges as briefs
from leconfield.gate.bundles import deliveries, rounds, tips
from leconfield.gate.bundles import partners as feeds
from leconfield.gate.bundles.boxes import Box
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.view import View
from leconfield.outreach import mending, orders, profile
from leconfield.outreach.challenges import service as challenging
from leconfield.outreach.challenges.state import Challenges
from leconfield.outreach.crossing import Crossings
from leconfield.outreach.partners import service as partnering
from leconfield.outreach.partners.state import Partners
from leconfield.outreach.publishing import service as publishing
from leconfield.outreach.publishing.model import Comment, Delivery
from leconfield.outreach.publishing.state import Published
from leconfield.outreach.receiving import HANDLERS
from leconfield.outreach.recruiting import planning
from leconfield.outreach.recruiting import service as recruiting
from leconfield.outreach.recruiting.people import People
from leconfield.outreach.recruiting.state import campaigns
from leconfield.outreach.rounds import service as asking
from leconfield.outreach.rounds.state import Rounds
from leconfield.outreach.taking import Taking
from leconfield.outreach.tips import service as tipping
from leconfield.outreach.tips.state import Tips

NAMES: Final = ("Ask us", "Listening in rain")
"""What scripts call rounds, campaigns, challenges and partners: both sides use the same."""
WORDS: Final = (
    "Ray Cassell counts the lock gates every Sunday at Mill Lane.",
    "Why is the quay shut on Sundays, and who holds the key?",
    "Somebody rings 07700 900111 and says nothing.",
)
NOBODY: Final = "f" * 32
ROLES: Final = frozenset(
    {
        *("press-officer", "release-officer", "source-protection-officer", "officer", "assessor", "liaison-officer"),
        *("intake-officer", "recruitment-officer", "challenge-officer", "duty-officer"),
    }
)
CHAINS: Final[Sequence[Sequence[str]]] = (
    ("round", "question", "question", "accept", "refuse"),
    ("round", "question", "accept", "write", "write too"),
    ("tip", "tip", "judge tip"),
    ("campaign", "ask for", "staff"),
    ("challenge", "clarify", "clarify", "answer"),
    ("delivered", "heard", "rule", "hide"),
    ("stop", "go on", "stop"),
    ("order", "order", "order"),
    ("partner", "renew", "revoke"),
)
"""What is done one after another; now and then a step is left out."""
_KEY: Final = "lp1-" + "A" * 43
_MONDAY: Final = datetime(2026, 3, 9, 9, tzinfo=UTC)
_RELEASE: Final = "ab" * 16
PARTS: Final = (
    *("delivery", "comment", "campaign", "question", "place", "round", "tip"),
    *("submission", "number", "challenge", "partner"),
)
"""Parts of addresses that `ids` fills."""


def chain(chance: Random) -> tuple[str, str, tuple[str, ...]]:
    """A name, words, and steps that are taken with what bears the one and says the other."""
    steps = chance.choice(CHAINS)
    kept = tuple(each for place, each in enumerate(steps) if place == 0 or chance.random() < 0.88)
    return chance.choice(NAMES), chance.choice(WORDS), kept


def keys_alike(patch: pytest.MonkeyPatch) -> None:
    """Let every desk give the same key to a partner; outside tests each is drawn."""
    patch.setattr(feeds, "new_key", lambda: _KEY)


def open_house(patch: pytest.MonkeyPatch) -> None:
    """Let what comes in stand under a label that everybody here holds, beside that of its act."""
    shipped = profile.shipped()
    low = replace(shipped, labels=dict.fromkeys(shipped.labels, "S"), areas=dict.fromkeys(shipped.areas, "S"))
    patch.setattr(profile, "shipped", lambda _which="uk": low)


def done(desk: Desk, by: Reader, label: str, name: str, words: str, step: str) -> object:
    """Take one step, as somebody who holds what the label asks for and no more."""
    held = frozenset(labels.tokens_in(labels.parse(label)))
    by = replace(by, tokens=held, roles=ROLES, name="nora" if step.endswith(" too") else by.name)
    view = desk.view(by, asking=Question("window"))
    return _STEPS[step.removesuffix(" too")](desk, view, label, name, words)


def _round(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    days = (0, 5, 9, 11)
    plan = rounds.Round(*(_MONDAY + timedelta(days=each) for each in days))
    return asking.plan(desk, view, title=name, plan=plan, label=label)


def _planned(view: View, name: str, label: str) -> str:
    return _last((each.id, each.title, each.label) for each in view.derived(Rounds).by_id.values())(name, label)


def _last(found: Iterator[tuple[str, str, str]]) -> Callable[[str, str], str]:
    """What finds the last thing of a name under a label among those."""
    known = list(found)

    def find(name: str, label: str) -> str:
        ids = [its_id for its_id, its_name, its_label in known if (its_name, its_label) == (name, label)]
        if not ids:
            raise NotFoundError("nothing of that name")
        return ids[-1]

    return find


def _boxed(kind: str, fields: Mapping[str, str], *said: str) -> Box:
    return Box(kind, "2026-03-02", fields, id=sha256(" ".join((kind, *said)).encode()).hexdigest()[:32])


def _taken(desk: Desk, view: View, label: str, box: Box) -> object:
    HANDLERS[box.kind](Taking(desk, view, label), box)
    return box.id


def _question(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    which = _planned(view, name, label)
    number = len(view.derived(Rounds).of_round(which))
    fields = {"round": which, "words": words, "place": sha256(words.encode()).hexdigest()}
    return _taken(desk, view, label, _boxed(rounds.QUESTION, fields, which, words, str(number)))


def _asked(view: View, name: str, label: str) -> str:
    which = _planned(view, name, label)
    return next((each.id for each in view.derived(Rounds).of_round(which)), NOBODY)


def _accept(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    return asking.accept(desk, view, _asked(view, name, label), words=words[:60], nobody=True)


def _refuse(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    return asking.refuse(desk, view, _asked(view, name, label), category="operations", reason="it asks what we do")


def _write(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    return asking.write(desk, view, _asked(view, name, label), words=f"No. {words}")


def _tip(desk: Desk, view: View, label: str, _name: str, words: str) -> object:
    known = len(view.derived(Tips).by_id)
    fields = {"what": words, "others": ("few", "many", "unsure")[known % 3], "where": "Mill Lane"}
    return _taken(desk, view, label, _boxed(tips.TIP, fields, words, label, str(known)))


def _judge(desk: Desk, view: View, label: str, _name: str, _words: str) -> object:
    which = next((each.id for each in view.derived(Tips).by_id.values() if each.label == label), NOBODY)
    return tipping.decide(desk, view, which, verdict="used", reason="it fits")


def _campaign(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    plan = recruiting.Plan(name, "pip", "2026-03-09", "2026-04-09", label, f"({label})&({label})")
    return recruiting.plan(desk, view, plan)


def _hired(view: View, name: str, label: str) -> str:
    return _last((each.id, each.name, each.label) for each in campaigns(view))(name, label)


def _ask_for(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    made = planning.question("why", "answer", words, "200", "", "1: nothing\n4: something\n7: much")
    return recruiting.ask(desk, view, _hired(view, name, label), made)


def _staff(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    return recruiting.staff(desk, view, _hired(view, name, label), "pip")


def _challenge(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    days = {"opens": 0, "questions_until": 10, "answers": 14, "closes": 30, "decision": 50}
    dates = briefs.Dates(**{each: rounds.written(_MONDAY + timedelta(days=at)) for each, at in days.items()})
    return challenging.plan(desk, view, title=name, dates=dates, label=label)


def _briefed(view: View, name: str, label: str) -> str:
    return _last((each.id, each.title, each.label) for each in view.derived(Challenges).by_id.values())(name, label)


def _clarify(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    which = _briefed(view, name, label)
    number = len(view.derived(Challenges).questions)
    made = briefs.question_box(which, words, "2026-03-02")
    return _taken(desk, view, label, replace(made, id=_boxed("q", {}, which, words, str(number)).id))


def _answer(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    which = _briefed(view, name, label)
    known = view.derived(Challenges).questions.values()
    asked = next((each.id for each in known if each.challenge == which), NOBODY)
    return challenging.answer(desk, view, asked, shown=words, words="As the brief says.")


def _delivered(desk: Desk, view: View, label: str, _name: str, words: str) -> object:
    key = deliveries.key_of(_RELEASE, "instagram")
    known = view.derived(Published).deliveries.get(key)
    number = len(known.steps) + 1 if known else 1
    told = deliveries.Told(
        _RELEASE, "instagram", number, deliveries.State.MANUAL, "2026-03-02T09:00:00Z", words[:80], ""
    )
    return _taken(desk, view, label, deliveries.told_box(told))


def _heard(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    which = deliveries.short_id("instagram", words)
    made = deliveries.Heard(which, "instagram", _RELEASE, name.replace(" ", "_"), words, "2026-03-02")
    return _taken(desk, view, label, deliveries.heard_box(made))


def _under(label: str, known: Delivery | Comment | None) -> None:
    """Make sure that a secret act is not done on what others may know of: that would be no secret."""
    if known is None or known.label != label:
        raise NotFoundError("nothing of that name")


def _rule(desk: Desk, view: View, label: str, _name: str, _words: str) -> object:
    key = deliveries.key_of(_RELEASE, "instagram")
    _under(label, view.derived(Published).deliveries.get(key))
    return publishing.decide(desk, view, key, ruling="left", step=1, reason="nobody saw it there")


def _hide(desk: Desk, view: View, label: str, _name: str, words: str) -> object:
    which = deliveries.short_id("instagram", words)
    _under(label, view.derived(Published).comments.get(which))
    return publishing.treat(desk, view, which, act="hide", reason="it abuses somebody")


def _stop(on: int) -> Callable[[Desk, View, str, str, str], object]:
    def stop(desk: Desk, view: View, label: str, _name: str, _words: str) -> object:
        return orders.issue(desk, view, "stop", "all", {"on": on}, label)

    return stop


def _order(desk: Desk, view: View, label: str, name: str, words: str) -> object:
    about = name.lower().replace(" ", "-")
    known = orders.newest(view, "notice", about)
    body = {"number": (known.order.serial if known else 0) + len(words), "words": words}
    return orders.issue(desk, view, "notice", about, body, label)


def _partner(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    return partnering.register(desk, view, name=name, collections=["answers"], label=label)


def _reader(view: View, name: str, label: str) -> str:
    known = view.derived(Partners).by_handle.values()
    return _last((each.handle, each.name, each.label) for each in known)(name, label)


def _renew(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    return partnering.renew(desk, view, _reader(view, name, label))


def _revoke(desk: Desk, view: View, label: str, name: str, _words: str) -> object:
    return partnering.revoke(desk, view, _reader(view, name, label), reason="it was seen elsewhere")


_STEPS: Final[Mapping[str, Callable[[Desk, View, str, str, str], object]]] = {
    "round": _round,
    "question": _question,
    "accept": _accept,
    "refuse": _refuse,
    "write": _write,
    "tip": _tip,
    "judge tip": _judge,
    "campaign": _campaign,
    "ask for": _ask_for,
    "staff": _staff,
    "challenge": _challenge,
    "clarify": _clarify,
    "answer": _answer,
    "delivered": _delivered,
    "heard": _heard,
    "rule": _rule,
    "hide": _hide,
    "stop": _stop(1),
    "go on": _stop(0),
    "order": _order,
    "partner": _partner,
    "renew": _renew,
    "revoke": _revoke,
}


def ids(desk: Desk, reader: Reader) -> dict[str, set[str]]:
    """What there is, as whoever holds everything knows it: the parts of pages' addresses."""
    view = desk.view(reader, asking=Question("ids"))
    asked, briefed, told = view.derived(Rounds), view.derived(Challenges), view.derived(Published)
    return {
        "round": set(asked.by_id),
        "question": {*asked.questions, *briefed.questions},
        "challenge": set(briefed.by_id),
        "submission": set(briefed.submissions),
        "campaign": {each.id for each in campaigns(view)},
        "tip": set(view.derived(Tips).by_id),
        "delivery": set(told.deliveries),
        "comment": set(told.comments),
        "partner": set(view.derived(Partners).by_handle),
    }


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of the window's inside."""
    yield "orders", lambda: list(orders.orders_of(view).items())
    yield "what crossed", lambda: vars(view.derived(Crossings))
    yield "what mends what", lambda: view.derived(mending.Mends).all
    yield "rounds", lambda: vars(view.derived(Rounds))
    yield "campaigns", lambda: campaigns(view)
    yield "who applied", lambda: vars(view.derived(People))
    yield "challenges", lambda: vars(view.derived(Challenges))
    yield "tips", lambda: vars(view.derived(Tips))
    yield "deliveries and comments", lambda: vars(view.derived(Published))
    yield "partners' feeds", lambda: list(view.derived(Partners).by_handle.items())
