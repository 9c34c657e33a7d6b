"""What may be released: the forms that officers choose from, and the names of what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FORMS: Final[Mapping[str, str]] = {
    "post": "Post",
    "answer": "Answer",
    "story": "Story",
    "press-line": "Press line",
    "partner-bundle": "Partner bundle",
    "disclosure-schedule": "Disclosure schedule",
    "sanitised-report": "Sanitised report",
    "picture": "Picture",
    "correction": "Correction",
    "round": "Announcement of a round",
    "answers": "Answers of a round",
    "vacancy": "Vacancy",
    "challenge-brief": "Challenge brief",
    "notice": "Notice",
    "partner-item": "Item of a partner's feed",
    "persona-cv": "Public persona's CV",
}
"""By what stands in a content, in words."""
TEXT: Final = "text.txt"
"""The member that is written in the editor; every other is brought as a file."""
TEXT_TYPE: Final = "text/plain"


def in_words(form: str) -> str:
    """A form for people; one that is not among ours as it stands."""
    return FORMS.get(form, form)
