"""The field for seven words: what was typed into it, and what is wrong with it by the open word list alone."""

from __future__ import annotations

from leconfield.window.codes import misspelt, whole
from leconfield.window.site.kit import Asked, Faults

FIELD = "code"
_SHOWN = 40
"""Characters of a strange word that are said again."""


def code_of(asked: Asked, faults: Faults) -> str:
    """The code that was typed; if it is none by its form, nothing, and the fault says what to mend."""
    typed = asked.filled(FIELD)
    if whole(typed):
        return typed
    for word, near in misspelt(typed)[:1]:
        faults.add(FIELD, asked.t(f"careers.back.{'meant' if near else 'strange'}", typed=word[:_SHOWN], meant=near))
    faults.add(FIELD, asked.t("careers.back.seven"))
    return ""
