"""What follows from a tip: the words of its report, its teller's pseudonym, who could know it, and the figures told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from leconfield.gate.bundles.tips import Tip as Told
from leconfield.outreach.tips.model import Tip, Verdict

LEAST: Final = 10
"""Figures are told in tens, and none that is smaller."""
DELAY: Final = timedelta(days=30)
"""After the end of a quarter, before anything is told of it."""
_TITLE: Final = 90
_QUARTER: Final = re.compile(r"\d{4}-q[1-4]", re.ASCII)
_MONTHS: Final = (("January", "March"), ("April", "June"), ("July", "September"), ("October", "December"))
IN_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "when": {
        "moment": "once, at a certain time",
        "stretch": "over some time",
        "still": "it is still going on",
        "unsure": "the teller does not know",
    },
    "how": {
        "saw": "saw it",
        "heard": "heard it",
        "told": "was told by somebody",
        "document": "read it, or has it in writing or in a picture",
        "other": "in another way",
    },
    "sure": {"certain": "certain", "fairly": "fairly sure", "unsure": "not sure"},
    "others": {
        "nobody": "nobody, or nobody that the teller can think of",
        "few": "a handful of people",
        "many": "many people",
        "unsure": "the teller does not know",
    },
}
"""The choices of a tip, as its report says them."""
HANDFUL: Final = "others, by the teller's own word|3"
"""How a handful is noted among the knowers: with the teller fewer than the gate asks for."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the tips of a quarter; rounded down to tens, 0: fewer than ten."""

    received: int
    read: int
    """On which somebody decided."""
    used: int
    """Which helped with something that was looked into."""


def pseudonym(place: str) -> str:
    """How the teller behind a receipt is called inside; it does not lead back to the place."""
    return f"CALLER {sha256(b'leconfield caller ' + place.encode()).hexdigest()[:8].upper()}"


def title_of(told: Told) -> str:
    """What its report is called: how its words begin."""
    line = " ".join(told.what.split())
    return line if len(line) <= _TITLE else f"{line[:_TITLE].rsplit(' ', 1)[0]} …"


def words_of(told: Told) -> str:
    """The text of its report. Who else could know it, and how to reach the teller, are not part of it."""
    rows = (
        ("When", _joined(IN_WORDS["when"].get(told.when, ""), told.when_words)),
        ("Where", told.where),
        ("Who", told.who),
        ("Vehicle, telephone or account", told.vehicle),
        ("How the teller knows", _joined(IN_WORDS["how"].get(told.how, ""), told.how_words)),
        ("How sure the teller is", IN_WORDS["sure"].get(told.sure, "")),
    )
    return "\n\n".join((told.what, *(f"{name}: {words}" for name, words in rows if words)))


def digest_of(told: Told) -> str:
    """By which two tips in the same words are found, whatever their spacing and capitals."""
    return sha256(" ".join(told.what.casefold().split()).encode()).hexdigest()


def knowers_of(others: str) -> tuple[str, ...] | None:
    """Who could know it besides the teller, as lines for the gate; None: nothing is noted, which fails closed."""
    if others == "nobody":
        return ()
    return (HANDFUL,) if others == "few" else None


def same_words(tip: Tip, all_: Iterable[Tip]) -> tuple[Tip, ...]:
    """Other tips in the same words: perhaps one person twice, perhaps several who were told what to say."""
    return tuple(each for each in all_ if each.words == tip.words and each.id != tip.id)


def quarter_of(day: str) -> str:
    """The quarter of a day (ISO): `2026-q3`."""
    return f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}"


def is_quarter(words: str) -> bool:
    """Whether it names a quarter."""
    return _QUARTER.fullmatch(words) is not None


def ends(quarter: str) -> date:
    """The last day of a quarter."""
    year, number = int(quarter[:4]), int(quarter[-1])
    first_after = date(year + number // 4, number % 4 * 3 + 1, 1)
    return first_after - timedelta(days=1)


def may_be_told(quarter: str, today: date) -> bool:
    """Whether a quarter is long enough over."""
    return ends(quarter) + DELAY <= today


def called(quarter: str) -> str:
    """A quarter for people: `July to September 2026`."""
    first, last = _MONTHS[int(quarter[-1]) - 1]
    return f"{first} to {last} {quarter[:4]}"


def figures(tips: Iterable[Tip], quarter: str) -> Figures:
    """What became of the tips that came in a quarter."""
    its = [each for each in tips if quarter_of(each.day) == quarter]
    decided = [each.decision.verdict for each in its if each.decision is not None]
    return Figures(_tens(len(its)), _tens(len(decided)), _tens(decided.count(Verdict.USED)))


def notice_of(quarter: str, told: Figures) -> str:
    """The words of a release that tells the figures, to begin with; whoever drafts it may say more."""
    return (
        f"Between {called(quarter).replace(' to ', ' and ')}, {_count(told.received)} people told us something. "
        f"A person read {_count(told.read)} of these. {_count(told.used).capitalize()} helped with something that we "
        "were looking into. Thank you to everybody who took the trouble.\n"
    )


def _count(figure: int) -> str:
    return f"at least {figure:,}" if figure else f"fewer than {LEAST}"


def _tens(count: int) -> int:
    return count // LEAST * LEAST


def _joined(*parts: str) -> str:
    return "; ".join(each for each in parts if each)
