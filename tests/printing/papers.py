"""Documents for the tests of printing."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pypdf

from leconfield.ledger.marking import Marking
from leconfield.printing import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Reference,
    Span,
    Table,
)

REPORT = "0a" * 16
SECRET = Marking("SECRET", ("HEATHER", "SEQUIN"), "secret")


def paper(*blocks: Block, **more: object) -> Document:
    made = Document("Chronology", SECRET, "Emma, investigator", "2026-03-09T08:15:30.000000Z", blocks)
    return replace(made, **more)  # type: ignore[arg-type]  # names of fields, as the tests write them


def everything() -> Document:
    rows = tuple((f"{day} March 2026", "He was seen in the mill lane. " * (1 + day % 3), str(day)) for day in range(60))
    return paper(
        Heading("What was known"),
        Paragraph((Span("Said by "), Span("HERON", strong=True), Span(" in "), Span("his report", report=REPORT))),
        Paragraph("Others may know more.", boxed=True),
        Facts((("Lead officer", "Иван Петров"), ("Known as", "Γιώργος"), ("In Arabic", "محمد"))),
        Listing(("one", "two"), numbered=True),
        Table((Column("When"), Column("What", 4), Column("No.", 0.5, number=True)), rows, caption="Sixty days"),
        PageBreak(),
        Heading("The end", 2),
        references=(Reference(REPORT, "A meet at the mill", "HERON", "2026-03-03", "B2"),),
        as_of="2026-03-08",
    )


def pages_of(file: bytes) -> list[str]:
    """The words of each page, with joined forms as the letters they are."""
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return [unicodedata.normalize("NFKC", each.extract_text()) for each in pages]


def flat(text: str) -> str:
    return " ".join(text.split())
