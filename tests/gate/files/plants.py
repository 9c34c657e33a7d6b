"""Files with something planted in every place that is not what one sees."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx as word_files
import pypdf
from PIL import Image, PngImagePlugin
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

SECRET = "Marguerite Oldcastle"


def scene(mode: str = "RGB", size: tuple[int, int] = (64, 48), seed: int = 1) -> Image.Image:
    """Something to look at: coarse squares of colours."""
    dice = random.Random(seed)
    small = Image.new("RGB", (size[0] // 8, size[1] // 8))
    small.putdata([tuple(dice.randrange(256) for _ in range(3)) for _ in range(small.width * small.height)])
    return small.resize(size, Image.Resampling.NEAREST).convert(mode)


def exif(words: str) -> Image.Exif:
    """EXIF with the words in its fields, its GPS block and its maker's note."""
    made = Image.Exif()
    for tag in (0x010E, 0x013B, 0x8298, 0x010F, 0x0110, 0x0131, 0x9C9B):
        made[tag] = words.encode("utf-16-le") if tag == 0x9C9B else words
    made.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + words.encode(), 0x927C: words.encode(), 0xA430: words})
    made.get_ifd(0x8825).update({0x001B: words.encode(), 0x001D: "2026:01:01"})
    return made


def _segment(kind: int, held: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", len(held) + 2) + held


def jpegs(words: str) -> dict[str, bytes]:
    """JPEGs by where the words are planted."""
    raw = words.encode()
    plain = saved(scene(), "JPEG")

    def put(kind: int, held: bytes) -> bytes:
        return plain[:2] + _segment(kind, held) + plain[2:]

    thumbnail = _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1" + bytes((8, 3)) + (raw * 20)[:72])
    return {
        "plain": plain,
        "exif": saved(scene(), "JPEG", exif=exif(words)),
        "xmp": saved(scene(), "JPEG", xmp=f"<x:xmpmeta>{words}</x:xmpmeta>".encode()),
        "comment": saved(scene(), "JPEG", comment=raw),
        "profile": saved(scene(), "JPEG", icc_profile=raw * 10),
        "iptc": put(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0" + struct.pack(">I", len(raw)) + raw),
        "further pictures": put(0xE2, b"MPF\0" + raw),
        "maker": put(0xEB, raw),
        "thumbnail": plain[:2] + thumbnail + plain[20:],
        "behind the end": plain + raw,
        "another file behind the end": plain + saved(scene(), "PNG", pnginfo=_png_words(words)),
        "zip behind the end": plain + zipped({"a.txt": raw}),
    }


def _png_words(words: str) -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", words)
    told.add_text("Comment", words * 20, zip=True)
    told.add_itxt("Title", words * 20, zip=True)
    return told


def _chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def pngs(words: str) -> dict[str, bytes]:
    """PNGs by where the words are planted."""
    raw = words.encode()
    plain = saved(scene(), "PNG")

    def put(kind: bytes, held: bytes) -> bytes:
        return plain[:33] + _chunk(kind, held) + plain[33:]

    at = plain.index(b"IDAT") - 4
    size = struct.unpack(">I", plain[at : at + 4])[0]
    more = plain[:at] + _chunk(b"IDAT", plain[at + 8 : at + 8 + size] + raw) + plain[at + 12 + size :]
    return {
        "plain": plain,
        "texts": saved(scene(), "PNG", pnginfo=_png_words(words)),
        "exif": saved(scene(), "PNG", exif=exif(words)),
        "profile": saved(scene(), "PNG", icc_profile=raw * 10),
        "own chunk": put(b"prVt", raw),
        "time": put(b"tIME", raw[:7]),
        "behind the end": plain + raw,
        "behind the pixels": more,
    }


def webps(words: str) -> dict[str, bytes]:
    """WebPs by where the words are planted."""
    plain = saved(scene(), "WEBP", lossless=True)
    told = {"exif": exif(words), "xmp": words.encode(), "icc_profile": words.encode() * 10}
    return {
        "plain": plain,
        **{name: saved(scene(), "WEBP", lossless=True, **{name: held}) for name, held in told.items()},
        "behind the end": plain + words.encode(),
    }


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    """The picture as a file."""
    held = io.BytesIO()
    picture.save(held, form, **more)  # type: ignore[arg-type]
    return held.getvalue()


def zipped(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    """A packed archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, each in parts.items():
            opened.writestr(name, each)
        opened.comment = comment
    return held.getvalue()


def pdfs(paper: bytes, words: str) -> dict[str, bytes]:
    """A PDF by where the words are planted in it."""
    found = {
        "info": _written(paper, lambda writer: writer.add_metadata({"/Author": words})),
        "own property": _written(paper, lambda writer: writer.add_metadata({"/Handler": words})),
        "attachment": _written(paper, lambda writer: writer.add_attachment("notes.txt", words.encode())),
        "script": _written(paper, lambda writer: _script(writer, words)),
        "outline": _written(paper, lambda writer: writer.add_outline_item(title=words, page_number=0)),
        "xmp": _written(paper, lambda writer: _stream(writer, "/Metadata", words)),
        "private": _written(paper, lambda writer: _stream(writer, "/PieceInfo", words)),
        "annotation": _written(paper, lambda writer: _annotation(writer, words)),
        "unseen object": _written(paper, lambda writer: _unseen(writer, words)),
        "packed twice": _written(
            paper, lambda writer: _packed(writer, zlib.compress(zlib.compress(words.encode())), 2)
        ),
        "behind a packed stream": _written(paper, lambda writer: _behind(writer, words)),
        "older revision": paper.replace(b"%%EOF\n", b"%%EOF\n", 1) + _updated(paper, words),
        "behind the end": paper + words.encode(),
        "remark": paper.replace(b"\n/Root", b"\n%" + words.encode() + b"\n/Root", 1),
    }
    return {"plain": paper, **found}


def _written(paper: bytes, plant: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper))
    plant(writer)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def _stream(writer: pypdf.PdfWriter, key: str, words: str) -> None:
    stream = DecodedStreamObject()
    stream.set_data(words.encode())
    packed = stream.flate_encode()
    writer.root_object[NameObject(key)] = writer._add_object(packed)


def packed_by_differences(paper: bytes, words: str) -> bytes:
    """A PDF with the words in rows of nine, each letter as what it has more than the one before (PNG's predictor 1)."""
    rows = [words.encode().ljust(99)[at : at + 9] for at in range(0, 99, 9)]
    told = b"".join(
        b"\1" + bytes((here - before) & 0xFF for before, here in zip(b"\0" + row, row, strict=False)) for row in rows
    )
    return _written(paper, lambda writer: _packed(writer, zlib.compress(told), 1))


def _packed(writer: pypdf.PdfWriter, held: bytes, times: int) -> None:
    stream = StreamObject()
    stream._data = held
    stream[NameObject("/Filter")] = pypdf.generic.ArrayObject([NameObject("/FlateDecode")] * times)
    if times == 1:
        rows = {NameObject("/Predictor"): NumberObject(15), NameObject("/Columns"): NumberObject(9)}
        stream[NameObject("/DecodeParms")] = DictionaryObject(rows)
    writer.root_object[NameObject("/Kept")] = writer._add_object(stream)


def _script(writer: pypdf.PdfWriter, words: str) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(f"app.alert('{words}')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def _annotation(writer: pypdf.PdfWriter, words: str) -> None:
    note = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Contents"): TextStringObject(words)}
    )
    writer.pages[0][NameObject("/Annots")] = pypdf.generic.ArrayObject([writer._add_object(note)])


def _behind(writer: pypdf.PdfWriter, words: str) -> None:
    """The page's words once more, packed, and something that no reader unpacks behind them."""
    contents = writer.pages[0].get_contents()
    assert contents is not None
    stream = StreamObject()
    stream._data = zlib.compress(contents.get_data()) + words.encode()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def _unseen(writer: pypdf.PdfWriter, words: str) -> None:
    writer._add_object(DictionaryObject({NameObject("/Kept"): TextStringObject(words)}))


def _updated(paper: bytes, words: str) -> bytes:
    start = paper.rindex(b"startxref")
    return b"900 0 obj\n(" + words.encode() + b")\nendobj\n" + paper[start:]


def docxs(words: str) -> dict[str, bytes]:
    """Somebody's DOCX by where the words are planted."""
    plain = io.BytesIO()
    made = word_files.Document()
    made.add_paragraph("We watched a bakery.")
    made.save(plain)
    parts = unzipped(plain.getvalue())
    body, raw = parts["word/document.xml"].decode(), words.encode()
    run = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{words}</w:t></w:r>"
    end = "</w:p>"

    def put(markup: str) -> bytes:
        return zipped({**parts, "word/document.xml": body.replace(end, markup + end, 1).encode()})

    core = parts["docProps/core.xml"].decode().replace("python-docx", words)
    return {
        "plain": plain.getvalue(),
        "properties": zipped({**parts, "docProps/core.xml": core.encode()}),
        "deleted": put(f'<w:del w:author="{words}"><w:r><w:delText>{words}</w:delText></w:r></w:del>'),
        "moved away": put(f'<w:moveFrom w:author="{words}"><w:r><w:t>{words}</w:t></w:r></w:moveFrom>'),
        "inserted by": put(f'<w:ins w:author="{words}"><w:r><w:t>!</w:t></w:r></w:ins>'),
        "hidden": put(run),
        "remark": put(f"<!-- {words} -->"),
        "field": put(f"<w:r><w:instrText>AUTHOR {words}</w:instrText></w:r>"),
        "attribute": put(f'<w:r w:rsidR="{words}"><w:t>!</w:t></w:r>'),
        "comments": zipped({**parts, "word/comments.xml": raw}),
        "own part": zipped({**parts, "customXml/item9.xml": raw}),
        "thumbnail": zipped({**parts, "docProps/thumbnail.jpeg": raw}),
        "part's name": zipped({**parts, f"word/{words}.xml": b""}),
        "archive's comment": zipped(parts, raw),
        "template": zipped({**parts, "word/_rels/settings.xml.rels": f'<a Target="file:///C:/{words}"/>'.encode()}),
        "behind the end": plain.getvalue() + raw,
    }


def unzipped(packed: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
