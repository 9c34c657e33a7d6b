"""A tip and a reply, as both sides know them: what may stand in the fields of their boxes, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.letters import fault_in_address

TIP: Final = "tip"
"""Kind of box: somebody tells us something."""
REPLY: Final = "reply"
"""Kind of box: somebody answers the question that lay under his receipt."""
COUNTS: Final = "counts"
"""Kind of order, about a quarter (`2026-q3`): how many tips came, and what became of them."""
HOW: Final = ("saw", "heard", "told", "document", "other")
"""How somebody knows."""
SURE: Final = ("certain", "fairly", "unsure")
OTHERS: Final = ("nobody", "few", "many", "unsure")
"""Who else could know it: nobody, a handful, many, or the teller cannot say."""
WHEN: Final = ("moment", "stretch", "still", "unsure")
"""At one time, over some time, still going on, or not known."""
LONGEST: Final[Mapping[str, int]] = {
    "what": 20_000,
    "when_words": 500,
    "where": 2_000,
    "who": 5_000,
    "vehicle": 2_000,
    "how_words": 5_000,
    "others_words": 2_000,
    "contact": 500,
}
"""Characters of each field in words."""
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"when": WHEN, "how": HOW, "sure": SURE, "others": OTHERS}
SHORTEST: Final = 10
"""Characters of what happened: less tells nobody anything."""
MOST_FILES: Final = 8
MOST_BYTES: Final = 20 * 2**20
"""Of all files of a tip."""
MOST_NAME: Final = 120
"""Characters of the name of a file."""
_ID: Final = re.compile(r"[0-9a-f]{32}")
_HALF: Final = re.compile(r"[\ud800-\udfff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What nobody types: control characters, and those that turn the order of letters on a page."""


@dataclass(frozen=True, slots=True)
class Tip:
    """What somebody tells; all but `what` may be left empty."""

    what: str
    when: str = ""
    when_words: str = ""
    where: str = ""
    who: str = ""
    vehicle: str = ""
    """A vehicle, a telephone, an online account."""
    how: str = ""
    how_words: str = ""
    sure: str = ""
    others: str = ""
    others_words: str = ""
    contact: str = ""
    """How to reach the teller, if he wants that: who he is, and so nobody's to see who need not."""
    language: str = ""
    place: str = ""
    """Where he looks for a letter (`letters`); empty: he gets no receipt."""
    mailbox: str = ""
    """The public half of the key of his receipt, in hexadecimal digits."""

    @property
    def single_source(self) -> bool:
        """Whether, by what the teller says, it leads to him: nobody or a handful could know it besides."""
        return self.others in ("nobody", "few")


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers."""

    place: str
    letter: str
    """The id of the letter that he answers: only who opened it knows it."""
    words: str


def plain(words: str) -> str:
    """Words as they are kept: one kind of line end, no control characters, no half characters, no blanks around."""
    one_kind = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub("", _HALF.sub("\ufffd", one_kind)).strip()


def faults_in(tip: Tip) -> dict[str, str]:
    """What is wrong with a tip, by field: `short`, `long` or `choice`; empty: nothing is."""
    found = {name: "long" for name, most in LONGEST.items() if len(getattr(tip, name)) > most}
    found |= {name: "choice" for name, known in CHOICES.items() if getattr(tip, name) not in ("", *known)}
    if len(tip.what) < SHORTEST:
        found["what"] = "short"
    return found


def fault_in_files(files: Sequence[Enclosed]) -> str:
    """What is wrong with the files of a tip: `many`, `large`, or empty."""
    if len(files) > MOST_FILES:
        return "many"
    return "large" if sum(len(each.held) for each in files) > MOST_BYTES else ""


def fields_of(told: Tip | Reply) -> dict[str, str]:
    """The fields of its box; what is empty is left out."""
    return {each.name: words for each in fields(told) if (words := getattr(told, each.name))}


def tip_in(box: Box) -> Tip:
    """The tip in a box.

    Raises:
        BadInputError: if it is none: a field that is not known, too long, or no choice.
    """
    tip = Tip(**_known(box, Tip, {"what"}))
    if (tip.place or tip.mailbox) and (fault := fault_in_address(tip.place, tip.mailbox)):
        raise BadInputError(f"tip: {fault}")
    if faults := faults_in(tip):
        name, fault = next(iter(faults.items()))
        raise BadInputError(f'tip, "{name}": too {fault}' if fault != "choice" else f'tip, "{name}": no such choice')
    if fault := fault_in_files(box.files):
        raise BadInputError(f"tip: too {fault} files; {MOST_FILES} and {MOST_BYTES // 2**20} MiB at most")
    return tip


def reply_in(box: Box) -> Reply:
    """The reply in a box.

    Raises:
        BadInputError: if it is none.
    """
    reply = Reply(**_known(box, Reply, {"place", "letter", "words"}))
    if _ID.fullmatch(reply.letter) is None or fault_in_address(reply.place, reply.place):
        raise BadInputError("reply: its place or its letter is of another form")
    if not 0 < len(reply.words) <= LONGEST["what"]:
        raise BadInputError(f"reply: 1 to {LONGEST['what']:,} characters")
    return reply


def _known(box: Box, of: type[Tip] | type[Reply], needed: set[str]) -> dict[str, str]:
    names = {each.name for each in fields(of)}
    if strange := sorted(box.fields.keys() - names):
        raise BadInputError(f'{box.kind}: "{strange[0][:40]}" is no field of it')
    if lacking := sorted(needed - box.fields.keys()):
        raise BadInputError(f'{box.kind}: "{lacking[0]}" is missing')
    exact = {"place", "mailbox", "letter"}
    return {name: words if name in exact else plain(words) for name, words in box.fields.items()}
