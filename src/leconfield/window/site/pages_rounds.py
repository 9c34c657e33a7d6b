"""Rounds of questions and answers: what they are, ask, vote, come back, and the answers, all at once."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.content import fault_in_words
from leconfield.gate.bundles.rounds import Became, Stage
from leconfield.window.codes import WORDS, derived, misspelt, new_code, tidy
from leconfield.window.house import Window
from leconfield.window.rounds import (
    PURPOSE,
    Fate,
    Known,
    changes_at,
    fate,
    known_round,
    known_rounds,
    send_in,
    standing,
    tally,
    votes_of,
)
from leconfield.window.site.journeys import carried, carry, stale
from leconfield.window.site.kit import Asked, Faults, get, missing, post
from leconfield.window.site.words import unpaid
from leconfield.window.tickets import TOKEN, Ticket

BASE: Final = "/ask"
COME_BACK: Final = f"{BASE}/come-back"
HOW: Final = f"{BASE}/how-it-works"
ASKING: Final = "question"
"""What the ticket of a question is for."""
LOOKING: Final = "question-code"
"""What the ticket of a look after a question is for."""
_CODE: Final = "_code"
_BOX: Final = "_box"
"""The code and the box's id travel with the form, so that what is sent twice is one question with one code."""
_SPACES: Final = re.compile(r"\s+")


def listed(asked: Asked) -> Response:
    """All rounds: the one that is open, those to come, those that are over."""
    known = known_rounds(asked.shown, asked.now)
    over = [each for each in known if each.stage is Stage.OUT]
    running = [each for each in known if each.stage is not Stage.OUT]
    until = changes_at(asked.shown, asked.now)
    return asked.page("rounds/list.html", cached=True, until=until, running=running, over=over)


def how(asked: Asked) -> Response:
    """How rounds work, and why nobody answers live."""
    return asked.page("rounds/how.html", cached=True, categories=[each.value for each in rounds.Category])


def one(asked: Asked) -> Response:
    """One round: what it is about, when what happens, its questions, and its answers once they are out."""
    known = _known(asked)
    if known is None:
        return missing(asked)
    over = known.stage in (Stage.CLOSED, Stage.OUT)
    votes = votes_of(asked.window).counts(known.id) if over else {}
    counts = tally(asked.shown, known, asked.now)
    return asked.page(
        "rounds/one.html",
        cached=True,
        until=changes_at(asked.shown, asked.now),
        known=known,
        questions=standing(asked.shown, known, asked.now, votes),
        tally=counts,
        refused=[(each.value, count) for each, count in counts.refused.items()] if counts else [],
    )


def answers(asked: Asked) -> Response:
    """Where feeds lead to: the round that a release answers; answers to a challenge stand with their challenge."""
    release = asked.parameters["release"]
    if asked.shown.told(release) is None:
        return missing(asked)
    known = known_rounds(asked.shown, asked.now)
    found = next((each for each in known if each.answers is not None and each.answers.release == release), None)
    return asked.redirect(f"{BASE}/{found.id}" if found is not None else f"/challenges/release/{release}")


def ask(asked: Asked) -> Response:
    """The form for a question."""
    known = _known(asked)
    if known is None or known.stage is not Stage.OPEN:
        return missing(asked) if known is None else asked.redirect(f"{BASE}/{known.id}")
    return _asking(asked, known, asked.window.tickets.issue(ASKING), Faults())


def _asking(asked: Asked, known: Known, ticket: Ticket, faults: Faults) -> Response:
    sealed = carried(asked) if asked.form.texts else None
    answers = sealed or {_CODE: new_code(), _BOX: secrets.token_hex(16)}
    return asked.page(
        "rounds/ask.html",
        leave=True,
        faults=faults,
        known=known,
        ticket=ticket,
        carried=carry(asked.window, answers),
    )


def send(asked: Asked) -> Response:
    """Take a question in: it is sealed, and nobody on this side can read it again."""
    known = _known(asked)
    if known is None or known.stage is not Stage.OPEN:
        return missing(asked) if known is None else asked.redirect(f"{BASE}/{known.id}")
    answers = carried(asked)
    if answers is None or _CODE not in answers:
        return stale(asked)
    words, faults = _one_line(asked.filled("words")), Faults()
    if fault := _fault_in(asked, words, known.plan.longest):
        faults.add("words", fault)
        return _asking(asked, known, asked.window.tickets.again(asked.filled(TOKEN), ASKING), faults)
    if ticket := unpaid(asked, faults, ASKING, PURPOSE):
        return _asking(asked, known, ticket, faults)
    place = derived(answers[_CODE], asked.window.salt, PURPOSE).place
    fields = {"round": known.id, "words": words, "place": place}
    asked.window.outbox.put(Box(rounds.QUESTION, asked.day, fields, id=answers[_BOX]))
    return asked.page("rounds/sent.html", leave=True, known=known, words=answers[_CODE].split())


def _fault_in(asked: Asked, words: str, longest: int) -> str:
    if len(words) < rounds.SHORTEST:
        return asked.t("rounds.ask.short")
    if len(words) > longest:
        return asked.t("rounds.ask.long", most=longest, has=len(words))
    return asked.t("rounds.ask.odd") if fault_in_words(words, "question") else ""


def vote(asked: Asked) -> Response:
    """The page on which one votes for one question."""
    return _voting(asked, None, Faults())


def cast(asked: Asked) -> Response:
    """Count a vote, if its ticket is paid and the question takes one more at this hour."""
    known, faults = _known(asked), Faults()
    which = asked.parameters["question"]
    if known is None or known.stage is not Stage.OPEN or not _stands(asked, known, which):
        return _voting(asked, None, faults)
    checked = asked.window.tickets.check(asked.flat, _ballot(known, which))
    votes = votes_of(asked.window)
    if not checked.paid:
        faults.add("send", asked.t(checked.fault, seconds=checked.ticket.wait))
        return _voting(asked, checked.ticket, faults)
    if not votes.pace.take(known.id, which, known.plan.votes_an_hour, asked.now) or not votes.cast(known.id, which):
        faults.add("send", asked.t("rounds.vote.many"))
        return _voting(asked, None, faults)
    return asked.page("rounds/voted.html", known=known)


def _voting(asked: Asked, ticket: Ticket | None, faults: Faults) -> Response:
    known, which = _known(asked), asked.parameters["question"]
    if known is None:
        return missing(asked)
    question = next((each for each in standing(asked.shown, known, asked.now, {}) if each.id == which), None)
    if known.stage is not Stage.OPEN or question is None:
        return asked.redirect(f"{BASE}/{known.id}")
    issued = ticket or asked.window.tickets.issue(_ballot(known, which))
    return asked.page("rounds/vote.html", faults=faults, known=known, question=question, ticket=issued)


def _stands(asked: Asked, known: Known, which: str) -> bool:
    return any(each.id == which for each in standing(asked.shown, known, asked.now, {}))


def _ballot(known: Known, which: str) -> str:
    """What a ballot is for: one question of one round, once."""
    return f"ballot {known.id} {which}"


def come_back(asked: Asked) -> Response:
    """Where one types the code of a question."""
    return _looking(asked, Faults(), asked.window.tickets.issue(LOOKING))


def _looking(asked: Asked, faults: Faults, ticket: Ticket) -> Response:
    return asked.page("rounds/come-back.html", leave=True, faults=faults, ticket=ticket)


def looked_up(asked: Asked) -> Response:
    """What became of the question with that code; of one that does not exist, what is said of one not yet looked at."""
    typed, faults = asked.filled("words"), Faults()
    if fault := _fault_in_code(asked, typed):
        faults.add("words", fault)
        return _looking(asked, faults, asked.window.tickets.again(asked.filled(TOKEN), LOOKING))
    if ticket := unpaid(asked, faults, LOOKING, PURPOSE):
        return _looking(asked, faults, ticket)
    found = fate(asked.shown, derived(typed, asked.window.salt, PURPOSE).place, asked.now)
    return asked.page("rounds/fate.html", leave=True, fate=found, became=_in_one_word(found))


def _fault_in_code(asked: Asked, typed: str) -> str:
    """What is wrong with the words by their form alone; it depends on the open list, not on anybody's question."""
    count = len(tidy(typed).split())
    if not count:
        return asked.t("rounds.back.empty")
    for word, perhaps in misspelt(typed):
        return asked.t(f"rounds.back.{'perhaps' if perhaps else 'unknown'}", word=word[:40], perhaps=perhaps)
    return "" if count == WORDS else asked.t("rounds.back.count", count=count)


def _in_one_word(found: Fate | None) -> str:
    """What became of it, as the phrases call it."""
    if found is None:
        return "waiting"
    if found.change.became is Became.REFUSED:
        return "refused"
    if found.round.answers is not None:
        return "answered"
    return "merged" if found.change.became is Became.MERGED else "accepted"


def _known(asked: Asked) -> Known | None:
    return known_round(asked.shown, asked.parameters["round"], asked.now)


def _one_line(words: str) -> str:
    return _SPACES.sub(" ", words).strip()


def TICK(window: Window) -> None:  # noqa: N802 - the name by which `window serve` knows it
    """Send in the votes of rounds that have closed."""
    send_in(window)


ROUTES: Final[Sequence[Route]] = (
    get(BASE, listed, kept=True),
    get(HOW, how, kept=True),
    get(COME_BACK, come_back),
    post(COME_BACK, looked_up),
    get(f"{BASE}/answers/{{release}}", answers),
    get(f"{BASE}/{{round}}", one, kept=True),
    get(f"{BASE}/{{round}}/question", ask),
    post(f"{BASE}/{{round}}/question", send),
    get(f"{BASE}/{{round}}/vote/{{question}}", vote),
    post(f"{BASE}/{{round}}/vote/{{question}}", cast),
)
