"""The words of a paper that came from elsewhere: those that one sees when one reads it, and no others.

Not what was deleted, commented, hidden or written into its properties. These words are a draft like any other: the
gate judges them, since under a black bar in somebody's PDF there may be words that are read here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Final

import docx
import pypdf
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from pypdf.errors import PyPdfError

from leconfield.errors import BadInputError
from leconfield.gate.files.layers import MAX_UNPACKED
from leconfield.intake.readers import read

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY: Final = "word/document.xml"
_HEADS: Final = re.compile(r"word/header\d*\.xml")
_NOTES: Final = re.compile(r"word/(?:foot|end)notes\.xml")
_FEET: Final = re.compile(r"word/footer\d*\.xml")
_UNSEEN: Final = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "commentReference"})


def visible_words(held: bytes, filename: str) -> str:
    """The words that one sees when one reads a paper that came from elsewhere, as a draft.

    Raises:
        BadInputError: if it cannot be read, with the reason.
    """
    if not held.startswith(b"PK\x03\x04"):
        return read(held, filename).text
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as opened:
            parts = _seen_parts(opened)
            if sum(each.file_size for each in parts) > MAX_UNPACKED:
                raise BadInputError(f"{filename}: it unpacks to more than {MAX_UNPACKED:,} bytes")
            roots = [etree.fromstring(raw, parser()) for raw in dict.fromkeys(map(opened.read, parts))]
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, OSError) as error:
        raise BadInputError(f"{filename}: it cannot be read as a Word document; save it anew as DOCX") from error
    return "\n\n".join(line for root in roots for line in _lines(root) if line.strip())


def _seen_parts(opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts whose words one sees, in the order in which one reads them.

    Raises:
        KeyError: if there is no body.
    """
    names = sorted(opened.namelist())
    around = [[each for each in names if kind.fullmatch(each)] for kind in (_HEADS, _NOTES, _FEET)]
    return [opened.getinfo(each) for each in (*around[0], _BODY, *around[1], *around[2])]


def _lines(root: etree._Element) -> Iterator[str]:
    """Each paragraph, and each row of a table with tabs between its cells."""
    for row, paragraphs in groupby(root.iter(f"{_W}p"), key=lambda each: _outermost(each, "tr")):
        if row is None:
            yield from map(_line, paragraphs)
        else:
            cells = groupby(paragraphs, key=lambda each: _outermost(each, "tc"))
            yield "\t".join(" ".join(filter(None, map(_line, each))) for _, each in cells)


def _outermost(paragraph: etree._Element, name: str) -> etree._Element | None:
    return next(reversed(list(paragraph.iterancestors(_W + name))), None)


def parser() -> etree.XMLParser:
    """A parser that reads nothing but what it is given."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _line(paragraph: etree._Element) -> str:
    """What one sees of a paragraph; nothing of the second drawing of a shape, which is for older programs."""
    if next(paragraph.iterancestors(_FALLBACK), None) is not None:
        return ""
    return "".join(_seen(paragraph)).strip()


def _seen(element: etree._Element) -> Iterator[str]:
    """The words under an element, without what was deleted, hidden or is a field's code."""
    for child in element.iterchildren("*"):
        name = etree.QName(child).localname
        if name == "p" or name in _UNSEEN or (name == "r" and _hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield " " if name == "tab" else "\n"
        else:
            yield from _seen(child)


def _hidden(run: etree._Element) -> bool:
    for name in ("vanish", "webHidden", "specVanish"):
        found = run.find(f"{_W}rPr/{_W}{name}")
        if found is not None and found.get(f"{_W}val", "true") not in ("false", "0", "off"):
            return True
    return False


def words_and_title(held: bytes, filename: str) -> str:
    """All that a paper of ours says to whoever reads it: its pages with their heads and feet, its title and marking.

    Raises:
        BadInputError: if it cannot be read.
    """
    try:
        if held.startswith(b"PK\x03\x04"):
            core = docx.Document(io.BytesIO(held)).core_properties
            return "\n".join((filename, str(core.title), str(core.subject), read(held, "a.docx").text))
        reader = pypdf.PdfReader(io.BytesIO(held))
        said = [str(value) for key, value in (reader.metadata or {}).items() if key in ("/Title", "/Subject")]
        return "\n".join((filename, *said, *(page.extract_text() for page in reader.pages)))
    except (PyPdfError, PackageNotFoundError, zipfile.BadZipFile, ValueError, KeyError, TypeError, OSError) as error:
        raise BadInputError(f"{filename}: it cannot be read as a paper; write it anew") from error
