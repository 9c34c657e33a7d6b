"""Names from one script into another, by models learned from pairs of spellings, and back by comparison.

`vocabulary` finds the words of a list that a part may stand for; it is compiled, and imported only where it is used.
"""

from leconfield.registry.transliteration.spell import (
    IMPLAUSIBLE,
    NO_READING,
    Spelling,
    likely_spelling,
    spellings,
    surprise,
)

__all__ = ["IMPLAUSIBLE", "NO_READING", "Spelling", "likely_spelling", "spellings", "surprise"]
