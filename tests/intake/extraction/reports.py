"""Reading a sentence in a test: chains by name, facts and links in words."""

from leconfield.intake.extraction.model import Extraction
from leconfield.intake.extraction.pipeline import extract


def read(text: str, written: str = "2024-06-12", place: str = "Luton") -> Extraction:
    """What a British report of that day says, incidents aside."""
    return extract(text, written, place, incidents=False)


def names(found: Extraction, schema: str = "Person") -> list[str]:
    return [chain.name for chain in found.chains if chain.schema == schema]


def facts(found: Extraction) -> set[tuple[str, str, str]]:
    return {(found.chains[fact.chain].name, fact.prop, fact.value) for fact in found.facts}


def links(found: Extraction) -> set[tuple[str, str, str]]:
    return {(found.chains[link.left].name, link.prop, found.chains[link.right].name) for link in found.links}


def mentions(found: Extraction, name: str) -> list[str]:
    return [each.text for each in found.mentions if found.chains[each.chain].name == name]
