"""How the words of a vacancy are cut: by headings that everybody knows, into what a page of the open side shows.

The release is written in blocks (`telling`). What stands before the first heading is the summary; questions are a
list, in the order in which the vacancy's order names their ids; a heading that is not known here is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.telling import Block, Heading, Items, Paragraph, sections
from leconfield.gate.bundles.vacancies import Vacancy

SECTIONS: Final[Mapping[str, str]] = {
    "work": "What the work is like",
    "eligibility": "Can I apply?",
    "offer": "What you get",
    "questions": "Questions",
    "sample": "Work sample",
    "deciding": "How we decide",
    "adjustments": "Adjustments",
    "discretion": "Whom to tell",
}
"""The headings under which a vacancy's words stand, by what they are. Capitals do not count."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so for somebody to apply, in plain words, and what to do if it is not."""

    words: str
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """The words of a vacancy, cut into what is shown where."""

    title: str
    summary: tuple[Block, ...]
    conditions: tuple[Condition, ...]
    """Written as a list: `* You are 18 or over. | Come back when you are.`"""
    questions: tuple[str, ...]
    told: Mapping[str, tuple[Block, ...]]
    """The other sections by their key in `SECTIONS`; one that was not written is not in it."""
    more: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    """Sections under headings of the writer's own."""

    def asked(self, vacancy: Vacancy) -> Mapping[str, str]:
        """The words of each question by its id."""
        return {each.id: words for each, words in zip(vacancy.questions, self.questions, strict=True)}


def role(title: str, blocks: Sequence[Block], vacancy: Vacancy) -> Role:
    """The words of a vacancy.

    Raises:
        BadInputError: if words and order do not fit: a question without words, a section that must be there and is not.
    """
    known = {words.casefold(): key for key, words in SECTIONS.items()}
    cut = sections(blocks)
    told = {known[head.casefold()]: its for head, its in cut if head.casefold() in known}
    made = Role(
        title,
        tuple(each for head, its in cut if not head for each in its),
        tuple(_condition(each) for each in _items(told.pop("eligibility", ()))),
        tuple(_items(told.pop("questions", ()))),
        told,
        tuple((head, its) for head, its in cut if head and head.casefold() not in known),
    )
    if fault := _fault(made, vacancy):
        raise BadInputError(f'vacancy "{title[:80]}": {fault}')
    return made


def skeleton(questions: Sequence[str] = ("Why ...?",)) -> tuple[Block, ...]:
    """The blocks that a writer begins with: every heading, and a line of what belongs there."""
    made: list[Block] = [Paragraph("What this role is, in two sentences.")]
    for key, head in SECTIONS.items():
        made.append(Heading(head))
        match key:
            case "questions":
                made.append(Items(tuple(questions)))
            case "eligibility":
                made.append(Items(("You are 18 or over. | Come back when you are.",)))
            case _:
                made.append(Paragraph("..."))
    return tuple(made)


def _fault(made: Role, vacancy: Vacancy) -> str:
    if len(made.questions) != len(vacancy.questions):
        count = f"{len(made.questions)} questions are written and {len(vacancy.questions)} are ordered"
        return f'{count}; write each as a line "* ..." under "## {SECTIONS["questions"]}"'
    if vacancy.sample and not made.told.get("sample"):
        return f'a work sample is ordered; write it under "## {SECTIONS["sample"]}"'
    if not made.summary:
        return "it begins with a heading; say first, in a sentence or two, what the role is"
    return "" if made.told.get("work") else f'say what the work is like, under "## {SECTIONS["work"]}"'


def _items(blocks: Sequence[Block]) -> list[str]:
    return [item for each in blocks if isinstance(each, Items) for item in each.items]


def _condition(item: str) -> Condition:
    words, _, otherwise = item.partition("|")
    return Condition(words.strip(), otherwise.strip())
