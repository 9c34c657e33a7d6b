"""Names from one script into another, by models learned from pairs of spellings, and back by comparison."""

from leconfield.registry.transliteration.spell import Spelling, spellings, transliterates

__all__ = ["Spelling", "spellings", "transliterates"]
