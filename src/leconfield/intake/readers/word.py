"""Word documents (DOCX): headers, paragraphs, tables and notes in reading order, and the core properties."""

from __future__ import annotations

import io
from typing import Final

import docx
from lxml import etree

from leconfield.intake.readers.archives import refuse_bomb
from leconfield.intake.readers.dates import written_of
from leconfield.intake.readers.layout import Words
from leconfield.intake.readers.model import DOCX, Document
from leconfield.intake.readers.words import tidy, tidy_line

_BEFORE: Final = ("header",)
_AFTER: Final = ("footnotes", "endnotes", "comments")
_BREAKS: Final = frozenset({"br", "cr"})


def read_word(content: bytes, filename: str) -> Document:
    """The words of a Word document.

    Raises:
        UnreadableError: if it unpacks to far more than it is, or holds no words.
    """
    refuse_bomb(content, filename)
    document = docx.Document(io.BytesIO(content))
    words = Words()
    for blob in _parts(document, _BEFORE):
        _gather(_tree(blob), words)
    _gather(document.element.body, words)
    for blob in _parts(document, _AFTER):
        _gather(_tree(blob), words)
    properties = document.core_properties
    return Document(
        text=tidy(str(words), filename),
        title=tidy_line(properties.title or ""),
        written=written_of(properties.created) if properties.created else "",
        identifier=tidy_line(properties.identifier or ""),
        media_type=DOCX,
    )


def _parts(document: docx.document.Document, kinds: tuple[str, ...]) -> list[bytes]:
    """The XML of the document's parts of those kinds, each content once, in the order of their names."""
    found: dict[bytes, str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in kinds and not relation.is_external:
            found.setdefault(relation.target_part.blob, str(relation.target_part.partname))
    return sorted(found, key=lambda blob: found[blob])


def _tree(blob: bytes) -> etree._Element:
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _gather(root: etree._Element, words: Words) -> None:
    """Add the words of a tree: paragraphs apart, a table's rows as lines and its cells by tabs."""
    cells = old = 0
    words.gap(2)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        begins = event == "start"
        cells += (name == "tc") * (1 if begins else -1)
        old += (name == "Fallback") * (1 if begins else -1)  # the same shape again, for older programs
        if name == "tc" and not begins:
            words.cell()
        elif name == "tr":
            words.gap(1)
        elif name == "tbl":
            words.gap(2)
        elif name == "p":
            words.space() if cells else words.gap(2)
        elif begins and not old:
            _add(name, element, words)


def _add(name: str, element: etree._Element, words: Words) -> None:
    if name == "t" and element.text:
        words.add(element.text, verbatim=True)
    elif name == "tab":
        words.cell()
    elif name in _BREAKS:
        words.gap(1)
