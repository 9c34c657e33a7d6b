"""Challenges: what we cannot do yet, told to those who may help; questions answered to all; ideas sent in sealed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError
from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.boxes import MAX_BYTES
from leconfield.gate.bundles.challenges import MAX_FILE_BYTES, PARTS, PURPOSE, QUESTION_WORDS, SUBMISSION, Stage
from leconfield.window import challenges
from leconfield.window.challenges import WHO, Known
from leconfield.window.codes import WORDS, derived, misspelt, new_code, tidy
from leconfield.window.mailbox import letter_for
from leconfield.window.site.even import even
from leconfield.window.site.journeys import Answers, Journey, Step, carried, carry, stale
from leconfield.window.site.kit import Asked, Faults, get, missing, post
from leconfield.window.site.words import unpaid
from leconfield.window.spool import FullError
from leconfield.window.tickets import TOKEN, Ticket
from leconfield.window.tips import enclosed

LIST: Final = "/challenges"
ONE: Final = "/challenges/{challenge}"
ASK: Final = f"{ONE}/question"
SUBMIT: Final = f"{ONE}/submit"
SEND: Final = f"{SUBMIT}/send"
REPLY: Final = f"{LIST}/reply"
TABLE: Final = "submissions"
FILES: Final = "files"
ASKING: Final = "clarifying-question"
"""What the tickets of questions are for."""
LOOKING: Final = "submission-code"
"""What the ticket of a look for a letter is for."""
_CODE, _BOX = "_code", "_box"
_KINDS: Final = ("feedback", "forward")
_WHO: Final = "who"


def listed(asked: Asked) -> Response:
    """All challenges."""
    known = challenges.all_in(asked.shown, asked.now)
    instants = [at for each in known if (at := each.until(asked.now)) is not None]
    return asked.page(
        "challenges/list.html",
        cached=True,
        until=min(instants, default=None),
        running=[each for each in known if each.taking or each.stage is Stage.AHEAD],
        over=[each for each in known if not each.taking and each.stage is not Stage.AHEAD],
    )


def one(asked: Asked) -> Response:
    """One challenge: its brief, its dates, the answers, and the ways in."""
    known = _known(asked)
    if known is None:
        return _gone(asked)
    return asked.page("challenges/one.html", cached=True, until=known.until(asked.now), known=known, now=asked.now)


def by_release(asked: Asked) -> Response:
    """Where a feed leads that knows the release of a brief or of answers."""
    known = challenges.of_release(asked.shown, asked.parameters["release"], asked.now)
    return asked.redirect(f"{LIST}/{known.id}") if known else missing(asked)


def _gone(asked: Asked) -> Response:
    """Of a brief that was taken back it is said that it was; of everything else, that there is nothing."""
    ordered = challenges.ordered(asked.shown, asked.parameters["challenge"])
    day = asked.shown.gone.get(ordered.release, "") if ordered else ""
    return asked.page("challenges/withdrawn.html", status=410, day=day) if day else missing(asked)


def ask(asked: Asked) -> Response:
    """The form for a question."""
    known = _known(asked)
    if known is None:
        return missing(asked)
    return _asking(asked, known, Faults()) if known.asking else _closed(asked, known)


def put(asked: Asked) -> Response:
    """Seal a question and leave it for the inside."""
    known = _known(asked)
    if known is None:
        return missing(asked)
    if not known.asking:
        return _closed(asked, known)
    words, faults = asked.filled("words"), Faults()
    if formats.fault_in_question(words):
        count = formats.words_in(words)
        key = "long" if count else "empty"
        faults.add("words", asked.t(f"challenges.ask.{key}", count=count, most=QUESTION_WORDS))
        return _asking(asked, known, faults)
    checked = asked.window.tickets.check(asked.flat, ASKING)
    if not checked.paid:
        faults.add("send", asked.t(checked.fault, seconds=checked.ticket.wait))
        return _asking(asked, known, faults, checked.ticket)
    asked.window.outbox.put(formats.question_box(known.id, words, asked.day))
    return asked.page("challenges/asked.html", known=known)


def _asking(asked: Asked, known: Known, faults: Faults, ticket: Ticket | None = None) -> Response:
    tickets = asked.window.tickets
    return asked.page(
        "challenges/ask.html",
        faults=faults,
        known=known,
        most=QUESTION_WORDS,
        ticket=ticket or tickets.again(asked.filled(TOKEN), ASKING),
    )


def _closed(asked: Asked, known: Known) -> Response:
    return asked.page("challenges/closed.html", status=410, known=known)


def begin(asked: Asked) -> Response:
    """Before one sends something in: what will be asked, and how long it may be."""
    known = _known(asked)
    if known is None:
        return missing(asked)
    if not known.taking:
        return _closed(asked, known)
    return asked.page("challenges/begin.html", known=known, parts=list(PARTS))


def _judge_who(asked: Asked, answers: Answers, faults: Faults) -> None:
    for name, key in challenges.fault_in_who(answers):
        faults.add(name, asked.t(f"challenges.fault.{key}", most=formats.MAX_LINE))


def _judged(name: str) -> Callable[[Asked, Answers, Faults], None]:
    def judge(asked: Asked, answers: Answers, faults: Faults) -> None:
        limits = _must(asked).challenge.limits
        words = answers.get(name, "")
        if key := challenges.fault_in_part(name, words, limits):
            counted = {"most": limits[name], "count": formats.words_in(words)}
            faults.add(name, asked.t(f"challenges.fault.{key}", **counted))

    return judge


def _around(asked: Asked) -> Mapping[str, object]:
    known = _must(asked)
    return {
        "known": known,
        "limits": known.challenge.limits,
        "required": challenges.REQUIRED,
        "ticket": asked.window.tickets.issue(SUBMISSION),
        "told": lambda answers: _told(asked, answers),
    }


def _told(asked: Asked, answers: Answers) -> tuple[tuple[str, str, str], ...]:
    who = "\n".join(answers[name] for name in WHO if answers.get(name))
    rows = [(name, asked.t(f"challenges.part.{name}.label"), answers.get(name, "")) for name in PARTS]
    return ((_WHO, asked.t("challenges.who.label"), who), *rows)


def _finish(asked: Asked, answers: Answers) -> Response:
    """The answers are right: what is left is to add files, and to send."""
    known = _must(asked)
    if not known.taking:
        return _closed(asked, known)
    sealed = {_CODE: new_code(), _BOX: secrets.token_hex(16), **answers}
    return _sending(asked, known, sealed, Faults(), asked.window.tickets.again(answers.get(TOKEN, ""), SUBMISSION))


def _sending(asked: Asked, known: Known, answers: Answers, faults: Faults, ticket: Ticket) -> Response:
    return asked.page(
        "challenges/send.html",
        faults=faults,
        known=known,
        action=asked.href(f"{LIST}/{known.id}/submit/send"),
        carried=carry(asked.window, answers),
        ticket=ticket,
        most_megabytes=MAX_FILE_BYTES // 2**20,
    )


def send(asked: Asked) -> Response:
    """Seal it for the challenge and leave it for the inside; from then on nobody can open it before the close."""
    known, answers = _must(asked), carried(asked)
    if answers is None or _CODE not in answers:
        return stale(asked)
    if asked.filled("go") == "back":
        return JOURNEY.checking(asked, answers)
    if not known.taking:
        return _closed(asked, known)
    files, faults = enclosed(asked.files(FILES)), Faults()
    if key := challenges.fault_in_files(files, known.challenge.files):
        counted = {"most": known.challenge.files, "size": MAX_FILE_BYTES // 2**20}
        faults.add(FILES, asked.t(f"challenges.files.{key}", **counted))
        return _sending(asked, known, answers, faults, asked.window.tickets.again(asked.filled(TOKEN), SUBMISSION))
    if ticket := unpaid(asked, faults, SUBMISSION, PURPOSE):
        if files:
            faults.add(FILES, asked.t("challenges.files.again"))
        return _sending(asked, known, answers, faults, ticket)
    receipt = derived(answers[_CODE], asked.window.salt, PURPOSE)
    try:
        box = challenges.box_of(known.challenge, answers, files, receipt, day=asked.day, id_=answers[_BOX])
        asked.window.outbox.put(box)
    except BadInputError as error:
        faults.add(FILES, asked.t("frame.pages.files_full") if isinstance(error, FullError) else str(error))
        return _sending(asked, known, answers, faults, asked.window.tickets.issue(SUBMISSION))
    return asked.page("challenges/receipt.html", known=known, words=answers[_CODE].split())


def come_back(asked: Asked) -> Response:
    """Where the seven words of a submission are typed."""
    return _looking(asked, Faults(), asked.window.tickets.issue(LOOKING))


def _looking(asked: Asked, faults: Faults, ticket: Ticket) -> Response:
    return asked.page("challenges/reply.html", faults=faults, ticket=ticket)


def reply(asked: Asked) -> Response:
    """The letter under the words, if there is one; words that nobody has are worked on as those that somebody has."""
    typed, faults = asked.filled("words"), Faults()
    if fault := _fault_in_words(asked, typed):
        faults.add("words", fault)
        return _looking(asked, faults, asked.window.tickets.again(asked.filled(TOKEN), LOOKING))
    if ticket := unpaid(asked, faults, LOOKING, PURPOSE):
        return _looking(asked, faults, ticket)
    letter = letter_for(asked.shown, TABLE, derived(typed, asked.window.salt, PURPOSE))
    kind = letter.kind if letter and letter.kind in _KINDS else "none"
    return even(asked.page("challenges/letter.html", kind=kind, letter=letter.words if letter else ""))


def _fault_in_words(asked: Asked, typed: str) -> str:
    """What is wrong with the words by their form alone; it depends on the open list, not on anybody's receipt."""
    count = len(tidy(typed).split())
    if not count:
        return asked.t("challenges.reply.empty")
    for word, near in misspelt(typed):
        return asked.t(f"challenges.reply.{'slip' if near else 'strange'}", word=word[:40], near=near)
    return "" if count == WORDS else asked.t("challenges.reply.count", count=count)


def _known(asked: Asked) -> Known | None:
    return challenges.known_in(asked.shown, asked.parameters["challenge"], asked.now)


def _must(asked: Asked) -> Known:
    """The challenge of an address; the page that says that there is none, where there is none."""
    known = _known(asked)
    if known is None:
        raise HTTPException(404)
    return known


JOURNEY: Final = Journey(
    base=SUBMIT,
    steps=(
        Step(_WHO, "challenges/who.html", (*WHO, TOKEN), _judge_who),
        *(Step(name, "challenges/part.html", (name,), _judged(name)) for name in PARTS),
    ),
    check="challenges/check.html",
    finish=_finish,
    around=_around,
    leave=False,
)
"""The journey of a submission; its ticket is issued with its first page."""


def start(asked: Asked) -> Response:
    """The first page of the journey."""
    known = _known(asked)
    if known is None or not known.taking:
        return missing(asked) if known is None else _closed(asked, known)
    return JOURNEY.page(asked, JOURNEY.steps[0], {})


ROUTES: Final[Sequence[Route]] = (
    get(LIST, listed, kept=True),
    get(REPLY, come_back),
    post(REPLY, reply),
    get(f"{LIST}/release/{{release}}", by_release),
    get(ONE, one, kept=True),
    get(ASK, ask),
    post(ASK, put),
    get(f"{ONE}/before-you-start", begin),
    get(SUBMIT, start),
    get(SEND, lambda asked: asked.redirect(f"{LIST}/{asked.parameters['challenge']}/submit")),
    post(SEND, send, limit=MAX_BYTES),
    *JOURNEY.routes(),
)
