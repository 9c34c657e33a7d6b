"""The mailbox: seven words, the same work whatever they are, one letter, one answer; and what became of all tips."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.gate.bundles.letters import Letter
from leconfield.gate.bundles.telling import Block
from leconfield.gate.bundles.tips import COUNTS, LONGEST, plain
from leconfield.window import tips
from leconfield.window.codes import WORDS, derived, misspelt, tidy
from leconfield.window.mailbox import PURPOSE, TIPS, letter_for
from leconfield.window.site.even import even
from leconfield.window.site.journeys import carried, carry, stale
from leconfield.window.site.kit import Asked, Faults, get, post
from leconfield.window.site.words import unpaid
from leconfield.window.tickets import TOKEN, Ticket

REPLY: Final = "reply"
"""What its tickets are for, and the name of its field."""
LOOKING: Final = "words"
"""The same of the form that the words are typed into."""
_KINDS: Final = ("question", "thanks")
"""Letters that this window has words for; one of another kind is shown as a question is not: nothing is sent back."""
_FIGURES: Final = ("received", "read", "used")


@dataclass(frozen=True, slots=True)
class Quarter:
    """What became of what people told us in one quarter."""

    title: str
    blocks: tuple[Block, ...]
    figures: tuple[tuple[str, str], ...]


def look(asked: Asked) -> Response:
    """Where the seven words are typed."""
    return _looking(asked, Faults(), asked.window.tickets.issue(LOOKING))


def opened(asked: Asked) -> Response:
    """What lies under the words. Words that are none are worked on as those that are; the work has its toll."""
    typed, faults, tickets = plain(asked.filled(LOOKING)), Faults(), asked.window.tickets
    if fault := _fault(asked, typed):
        faults.add(LOOKING, fault)
        return _looking(asked, faults, tickets.again(asked.filled(TOKEN), LOOKING))
    if ticket := unpaid(asked, faults, LOOKING, PURPOSE):
        return _looking(asked, faults, ticket)
    found = derived(typed, asked.window.salt, PURPOSE)
    letter = letter_for(asked.shown, TIPS, found)
    held = {"place": found.place, "letter": letter.id if letter else "", "words": letter.words if letter else ""}
    return _letter(asked, {**held, "box": secrets.token_hex(16), "kind": _kind(letter)}, Faults())


def replied(asked: Asked) -> Response:
    """Seal the answer and leave it for the inside."""
    held = carried(asked)
    if held is None or held.get("kind") != "question":
        return stale(asked)
    words, most = plain(asked.filled(REPLY)), LONGEST["what"]
    faults = Faults()
    if not words:
        faults.add(REPLY, asked.t("tips.letter.question.empty"))
    elif len(words) > most:
        faults.add(REPLY, asked.t("tips.letter.question.long", most=f"{most:,}"))
    if faults:
        return _letter(asked, held, faults, asked.window.tickets.again(asked.filled(TOKEN), REPLY))
    checked = asked.window.tickets.check(asked.flat, REPLY)
    if not checked.paid:
        faults.add("send", asked.t(checked.fault, seconds=checked.ticket.wait))
        return _letter(asked, held, faults, checked.ticket)
    asked.window.outbox.put(tips.reply_box(held["place"], held["letter"], words, asked.day, held["box"]))
    return asked.page("tips/replied.html", leave=True)


def happened(asked: Asked) -> Response:
    """What became of what people told us, by quarters; the same for everybody."""
    return asked.page("tips/happened.html", cached=True, quarters=quarters(asked), kind_of_block=_name_of)


def quarters(asked: Asked) -> tuple[Quarter, ...]:
    """The quarters that figures were released of, newest first: the words of the release, and the order's figures."""
    found = []
    for about, order in sorted(asked.shown.orders(COUNTS).items(), reverse=True):
        release = asked.shown.told(str(order.body.get("release", "")))
        if release is None:
            continue
        figures = tuple((name, _figure(asked, order.body.get(name))) for name in _FIGURES)
        found.append(Quarter(release.title or about, release.blocks, figures))
    return tuple(found)


def _figure(asked: Asked, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return f"{value:,}"
    return asked.t("tips.happened.fewer", least=10)


def _fault(asked: Asked, typed: str) -> str:
    """What is wrong with the words by their form alone; it depends on the open list, not on anybody's receipt."""
    count = len(tidy(typed).split())
    if not count:
        return asked.t("tips.mailbox.empty")
    for word, near in misspelt(typed)[:1]:
        return asked.t("tips.mailbox.slip" if near else "tips.mailbox.strange", word=word[:40], near=near)
    return "" if count == WORDS else asked.t("tips.mailbox.count", count=count)


def _kind(letter: Letter | None) -> str:
    if letter is None:
        return "none"
    return letter.kind if letter.kind in _KINDS else "none"


def _looking(asked: Asked, faults: Faults, ticket: Ticket) -> Response:
    return asked.page("tips/mailbox.html", leave=True, faults=faults, ticket=ticket)


def _letter(asked: Asked, held: dict[str, str], faults: Faults, ticket: Ticket | None = None) -> Response:
    tickets = asked.window.tickets
    page = asked.page(
        "tips/letter.html",
        leave=True,
        faults=faults,
        kind=held["kind"],
        letter=held["words"],
        carried=carry(asked.window, held),
        ticket=ticket or tickets.issue(REPLY),
    )
    return even(page)


def _name_of(block: Block) -> str:
    return type(block).__name__


ROUTES: Final[Sequence[Route]] = (
    get("/mailbox", look),
    post("/mailbox", opened),
    get("/mailbox/reply", lambda asked: asked.redirect("/mailbox")),
    post("/mailbox/reply", replied),
    get("/tell-us/what-happened", happened),
)
