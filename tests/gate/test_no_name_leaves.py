"""Zero bytes of a protected name in any file that goes out, of any format: text, DOCX, PDF, PNG, JPEG, bundle."""

from __future__ import annotations

import base64
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.files.papers import DOCX, ENDINGS, PDF, fresh
from leconfield.gate.files.pictures import JPEG, PNG, Box, cleaned
from leconfield.gate.files.protected import Names
from leconfield.gate.files.reading import visible_words
from leconfield.gate.names.finding import Finder
from leconfield.gate.names.model import Guarded
from leconfield.gate.redaction import service
from leconfield.gate.redaction.model import Mode
from leconfield.gate.redaction.service import Asked
from leconfield.ledger.marking import Marking
from tests.gate.bundles.parcels import sealed
from tests.gate.files.plants import docxs, jpegs, pdfs, pngs, webps
from tests.ledger.desks import ROB, desk, filed, look

OFFICIAL = Marking("OFFICIAL", (), "official")
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvz"
SYLLABLES = st.tuples(st.sampled_from(CONSONANTS), st.sampled_from(VOWELS)).map("".join)
WORDS = st.lists(SYLLABLES, min_size=3, max_size=5).map(lambda each: "".join(each).capitalize())
PEOPLE = st.tuples(WORDS, WORDS).map(" ".join)
CODENAMES = st.lists(SYLLABLES, min_size=4, max_size=5).map(lambda each: "".join(each).upper())
DISGUISES = (
    lambda name: name,
    lambda name: name.upper(),
    lambda name: name.replace(" ", "\n"),
    " ".join,
    "\u200b".join,
    lambda name: name.replace("a", "\u0430").replace("o", "\u03bf").replace("e", "\u0435"),
    lambda name: "".join(chr(ord(each) + 0xFEE0) if each.isalpha() else each for each in name),
    lambda name: f"xx{name.replace(' ', '')}xx",
    lambda name: name.replace("o", "0").replace("i", "1"),
)
_PHASES = (Phase.explicit, Phase.generate)
MODES = st.sampled_from(list(Mode))


def held_in(content: bytes) -> Iterator[bytes]:
    """All that a file holds, unpacked without anything of ours."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from held_in(packed.read(name))
                yield re.sub(rb"<[^>]*>", b"", packed.read(name))
    elif content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield repr(dict(reader.metadata or {})).encode()
        for packed_stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            with suppress(ValueError, zlib.error):
                yield zlib.decompress(base64.a85decode(packed_stream.strip(), adobe=False).removesuffix(b"~>"))
            with suppress(ValueError, zlib.error):
                yield zlib.decompress(base64.a85decode(b"<~" + packed_stream.strip(), adobe=True))
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as packed_tar:
            for member in packed_tar:
                yield repr(member.get_info()).encode()
                found = packed_tar.extractfile(member)
                yield from held_in(found.read() if found else b"")


def left_of(name: str, content: bytes) -> list[str]:
    """Where the name, or a part of it, still stands in a file: as bytes in any of the usual ways."""
    forms = {form for part in (name, *name.split()) for form in (part, part.upper(), part.lower())}
    found = []
    for form in forms:
        ways = [form.encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]
        ways += [form.encode().hex().encode(), base64.b64encode(form.encode())[:-4]]
        found += [form for layer in held_in(content) for way in ways if len(way) > 5 and way in layer]
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=_PHASES)
@given(PEOPLE, CODENAMES, st.sampled_from(DISGUISES), MODES, st.sampled_from(["txt", "docx", "pdf"]))
def test_no_redacted_file_holds_a_guarded_name(person: str, code: str, disguise: object, mode: Mode, kind: str) -> None:
    at = desk()
    filed(at, ROB, f"{person}. He was seen at the yard.", label="S&AGENTS", source=code)
    written = [disguise(each) for each in (person, code)] if callable(disguise) else []
    text = f"Our visitor {written[0]} left at nine; {written[1]} had told us so. Then {person} came back, {code} said."
    with suppress(DamagedError):  # refused rather than given out with something in it
        given_out = service.give(at, look(at, ROB), Asked(text, mode), kind, "S&AGENTS")
        for name in (person, code):
            assert not left_of(name, given_out)
            assert not any(each in given_out.decode("utf-8", "replace") for each in written)


def test_few_texts_with_a_disguised_name_are_refused_rather_than_masked() -> None:
    at = desk()
    filed(at, ROB, "Marguerite Oldcastle. She was seen.", label="S&AGENTS", source="SAXIFRAGE")
    for disguise in DISGUISES:
        text = f"We asked {disguise('Saxifrage')} and {disguise('Marguerite Oldcastle')} twice."
        given_out = service.give(at, look(at, ROB), Asked(text, Mode.PUBLISH), "txt", "S&AGENTS")
        assert not left_of("Marguerite Oldcastle", given_out)
        assert not left_of("Saxifrage", given_out)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=_PHASES)
@given(PEOPLE, st.sampled_from([jpegs, pngs, webps]), st.sampled_from([JPEG, PNG]), st.data())
def test_no_picture_holds_what_was_planted_in_it(person: str, plant: object, kind: str, data: st.DataObject) -> None:
    assert callable(plant)
    planted = plant(person)
    held = planted[data.draw(st.sampled_from(sorted(planted)))]
    made = cleaned(held, [Box(4, 4, 20, 20)], media_type=kind)
    assert not left_of(person, made)
    assert not Names([person]).leaks("a", made)


@pytest.mark.long
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=_PHASES)
@given(PEOPLE, st.sampled_from(DISGUISES), st.sampled_from([PDF, DOCX]), st.data())
def test_no_paper_and_no_bundle_of_what_was_made_holds_it(
    person: str, disguise: object, kind: str, data: st.DataObject
) -> None:
    assert callable(disguise)
    finder = Finder([Guarded(person, "name")])
    names = Names([person], lambda text: [each.guarded.form for each in finder.find(text)])  # as the house's judge does

    def made_of(words: str) -> bytes:
        return fresh("A story", words, OFFICIAL, by="Us", day="2026-12-01", media_type=kind, names=names)

    plain = fresh("A story", "We watched a bakery.", OFFICIAL, by="Us", day="2026-12-01")
    planted = {**pdfs(plain, person), **{f"docx {each}": held for each, held in docxs(person).items()}}
    source = planted[data.draw(st.sampled_from(sorted(planted)))]
    papers = [made_of("We watched a bakery.")]
    with suppress(BadInputError, DamagedError):  # what cannot be read, or shows the name, is no paper
        papers.append(made_of(visible_words(source, "paper.docx" if source.startswith(b"PK") else "paper.pdf")))
    with suppress(DamagedError):
        papers.append(made_of(f"It was {disguise(person)}."))
    picture = cleaned(jpegs(person)["exif"])
    members = {f"paper-{number}.{ENDINGS[kind]}": (kind, held) for number, held in enumerate(papers)}
    for made in (*papers, picture, sealed(given={**members, "one.jpg": (JPEG, picture)})):
        assert not left_of(person, made)
