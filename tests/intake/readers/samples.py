"""Small real files, made by the libraries that make such files."""

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import docx
import openpyxl
import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def a_pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with one line of text on each page; an empty string makes a page without a text layer."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(595, 842)
        if words:
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode("latin-1"))
            page[NameObject("/Resources")] = DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
            )
            page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "A scan", "/CreationDate": "D:20240305124000+01'00'"})
    if password:
        writer.encrypt(password, algorithm="AES-256")
    return _saved(writer.write)


def a_word_file() -> bytes:
    """A Word document with a heading, two paragraphs, a table, a header and core properties."""
    document = docx.Document()
    document.core_properties.title = "Meet at Leith"
    document.core_properties.created = datetime(2024, 3, 5, 12, 40, tzinfo=UTC)
    document.sections[0].header.paragraphs[0].text = "OFFICIAL SENSITIVE"
    document.add_heading("Meet", 1)
    document.add_paragraph("He was alone.").add_run(" Nobody\tfollowed.")
    table = document.add_table(rows=2, cols=2)
    for row, values in enumerate((("Time", "Place"), ("12:40", "Quay"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.add_paragraph("He left by bus.")
    return _saved(document.save)


def a_workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook with one sheet of those rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book.save)


def a_message() -> bytes:
    """An e-mail with a plain and an HTML alternative and two attachments, one of them an e-mail."""
    inner = EmailMessage()
    inner["Subject"] = "Earlier"
    inner["From"] = "c@example.org"
    inner.set_content("The earlier message.")
    message = EmailMessage()
    message["From"] = "Zoë <zoe@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = "Seen again – café"
    message["Date"] = "Tue, 05 Mar 2024 13:40:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("He was seen again.\n\nAt the café.")
    message.add_alternative("<p>He was <b>seen</b> again.</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7 ...", maintype="application", subtype="pdf", filename="../../etc/scan.pdf")
    message.add_attachment(inner)
    return message.as_bytes()


def an_archive(**members: bytes) -> bytes:
    """A compressed archive; `__` in a name stands for `/`, `_dot_` for a full stop."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed.getvalue()


def replaced(archive: bytes, name: str, content: bytes) -> bytes:
    """The archive with one member's content replaced."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        for each in packed.namelist():
            members[each.replace("/", "__").replace(".", "_dot_")] = packed.read(each)
    members[name.replace("/", "__").replace(".", "_dot_")] = content
    return an_archive(**members)


def _saved(save: object) -> bytes:
    kept = io.BytesIO()
    save(kept)  # type: ignore[operator]  # the `save` of three libraries, each typed in its own way
    return kept.getvalue()
