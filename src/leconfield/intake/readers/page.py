"""HTML and XHTML: paragraphs kept apart by blank lines, Dublin Core from the head, scripts and styles left out."""

from __future__ import annotations

import re
from typing import Final, cast

from lxml import etree

from leconfield.intake.readers.dates import partial_or_empty
from leconfield.intake.readers.layout import Page
from leconfield.intake.readers.model import HTML, XHTML, Document, UnreadableError
from leconfield.intake.readers.words import decoded, tidy

_XML: Final = re.compile(r"\s*<\?xml\b[^>]*\?>\s*")
_NAMED_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]")
_DECLARED: Final = re.compile(
    rb"""<(?:\?xml|meta)\b[^>]{0,500}?(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_OWN_ENTITIES: Final = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_OPENING: Final = re.compile(
    rb"\s*(?:<\?xml\b[^>]{0,500}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_DATES: Final = ("dc.date", "dcterms.date", "dcterms.created", "date", "article:published_time")
_PLACES: Final = ("dc.coverage", "dcterms.spatial", "geo.placename")
_REMARK: Final = 24
"""Characters that may stand behind an identifier on a line of its own."""
_IDENTIFIERS: Final = ("dc.identifier", "dcterms.identifier")


def is_page(content: bytes) -> bool:
    """Whether the bytes begin as an HTML or XHTML page does."""
    return _OPENING.match(content[:8192].removeprefix(b"\xef\xbb\xbf")) is not None


def read_page(content: bytes, filename: str) -> Document:
    """The words of a page and what its head says of it.

    Raises:
        UnreadableError: if it declares entities of its own or holds no words.
    """
    found = _DECLARED.search(content[:4096])
    declared = found[1].decode("ascii") if found else ""
    if declared.lower().startswith(("utf-16", "utf-32")):
        declared = ""  # a declaration that could be read as ASCII cannot be true (HTML standard, encoding sniffing)
    return read_markup(decoded(content, filename, declared), filename)


def read_markup(text: str, filename: str) -> Document:
    """As `read_page`, of a page whose character set is already known."""
    if _OWN_ENTITIES.search(text):
        raise UnreadableError(
            filename,
            "declares entities of its own, which can fetch other files or swell without end",
            "save the page again as plain HTML",
        )
    page, media_type = _parsed(text)
    identifier = _first(page, _IDENTIFIERS)
    return Document(
        text=_without_its_name(tidy(str(page.words), filename), identifier),
        title=page.title or _first(page, ("dc.title", "og:title")),
        written=partial_or_empty(_first(page, _DATES)),
        place=_first(page, _PLACES),
        identifier=identifier,
        media_type=media_type,
    )


def _without_its_name(text: str, identifier: str) -> str:
    """The text without a first paragraph that only repeats the identifier: `DEV-MUC3-0001 (NOSC)` is no sentence."""
    first, _, rest = text.partition("\n\n")
    named = identifier and first.startswith(identifier) and len(first) <= len(identifier) + _REMARK
    return rest if named and rest else text


def _parsed(text: str) -> tuple[Page, str]:
    """The page, as XML where it says so and is well formed (and needs no names only HTML knows), else as HTML."""
    declaration = _XML.match(text)
    encoded = text[declaration.end() if declaration else 0 :].encode("utf-8", errors="replace")
    if declaration and not _NAMED_ENTITY.search(text):
        page = Page()
        strict = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8", target=_target(page)
        )
        try:
            etree.fromstring(encoded, strict)
        except etree.XMLSyntaxError:
            pass  # many pages that call themselves XML are not; the rules of HTML read them all
        else:
            return page, XHTML
    page = Page()
    etree.fromstring(encoded, etree.HTMLParser(huge_tree=True, no_network=True, encoding="utf-8", target=_target(page)))
    return page, HTML


def _target(page: Page) -> etree.ParserTarget:
    """The page as lxml's stubs name it: they allow bytes and ask for `comment`, which lxml itself does not."""
    return cast("etree.ParserTarget", page)


def _first(page: Page, names: tuple[str, ...]) -> str:
    return next((page.metas[name] for name in names if page.metas.get(name)), "")
