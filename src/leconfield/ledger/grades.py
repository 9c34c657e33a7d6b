"""Grades: how reliable the source is and how credible the information (Admiralty 6x6, NATO AJP-2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.errors import BadInputError

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


@dataclass(frozen=True, slots=True, order=True)
class Grade:
    """Source reliability A-F and information credibility 1-6."""

    reliability: str = "F"
    credibility: int = 6

    def __post_init__(self) -> None:
        if self.reliability not in RELIABILITY or self.credibility not in CREDIBILITY:
            raise BadInputError(
                f'grade "{self.reliability}{self.credibility}" is not one; '
                "write a letter A to F and a number 1 to 6, such as B2"
            )

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"

    @property
    def words(self) -> str:
        """The grade in words, for a hover text."""
        return f"source {RELIABILITY[self.reliability]}; information {CREDIBILITY[self.credibility]}"


UNGRADED = Grade()


def parse_grade(text: str) -> Grade:
    """The grade written as `B2`.

    Raises:
        BadInputError: if it is not a letter A-F and a number 1-6.
    """
    text = text.strip().upper()
    if len(text) != 2 or not (text.isascii() and text[1].isdigit()):
        raise BadInputError(f'grade "{text}" is not one; write a letter A to F and a number 1 to 6, such as B2')
    return Grade(text[0], int(text[1]))
