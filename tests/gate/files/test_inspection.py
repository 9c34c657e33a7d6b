"""Tests of `leconfield.gate.files.protected`, `layers` and `inspection`: what is planted is found, however packed."""

from __future__ import annotations

import base64
import gzip
import io
import random
import re
import time
import zipfile
import zlib
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.gate.bundles import content
from leconfield.gate.files.inspection import name_for, structure, traces
from leconfield.gate.files.pictures import cleaned
from leconfield.gate.files.protected import Names, folded
from tests.gate.files.plants import SECRET, jpegs, saved, scene, zipped

NAMES = Names([SECRET, "HEATHER", "+44 20 7946 0018", "Иван Петров", "عمر", "李小龙长城"])


def disguised(words: str, dice: random.Random) -> bytes:
    """The words in one of the ways in which a file may hold them."""
    plain = words.encode()
    ways = [
        lambda: plain,
        lambda: words.upper().encode(),
        lambda: words.encode("utf-16-le"),
        lambda: words.encode("utf-16-be"),
        lambda: words.encode("utf-16"),
        lambda: words.encode("utf-32"),
        lambda: plain.hex().encode(),
        lambda: plain.hex().upper().encode(),
        lambda: base64.b64encode(b"x" * dice.randrange(3) + plain),
        lambda: base64.urlsafe_b64encode(b'{"sub": "' + plain + b'"}').rstrip(b"="),
        lambda: re.sub(rb"(.{12})", rb"\1\r\n", base64.b64encode(b"x" * dice.randrange(3) + plain + b" was there")),
        lambda: "".join(f"\\x{each:02x}" for each in plain).encode() if words.isascii() else plain,
        lambda: quote(words, safe="").encode(),
        lambda: "".join(f"&#{ord(each)};" for each in words).encode(),
        lambda: "".join(f"&#x{ord(each):x};" for each in words).encode(),
        lambda: "".join(f"\\u{ord(each):04x}" for each in words).encode(),
        lambda: "".join(f"<b>{each}</b>" for each in words).encode(),
        lambda: "\u200b".join(words).encode(),
        lambda: " . ".join(words).encode(),
        lambda: gzip.compress(plain),
        lambda: zipped({"a": plain}),
        lambda: zipped({"a": zipped({"b": gzip.compress(plain)})}),
        lambda: zipped({words: b""}),
        lambda: zipped({"a": b""}, plain),
    ]
    return dice.choice(ways)()


@settings(max_examples=300, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.sampled_from([SECRET, "Иван Петров", "HEATHER", "李小龙长城"]), st.randoms(use_true_random=False))
def test_a_name_is_found_however_it_is_written_and_packed(name: str, dice: random.Random) -> None:
    held = disguised(name, dice)
    assert name in {each.name for each in NAMES.leaks("a.bin", held)}
    if not held.startswith((b"PK", b"\x1f\x8b", b"\xff\xfe")):
        around = bytes(dice.randrange(128, 256) for _ in range(2 * dice.randrange(30)))
        if dice.random() < 0.5 and held == name.encode():
            assert NAMES.leaks("a.bin", around + held + around)


def test_a_number_is_found_whatever_stands_between_its_digits() -> None:
    for written in ("+442079460018", "+44 (20) 7946-0018", "call 44.20.7946.0018 now", "４４２０７９４６００１８"):
        assert NAMES.leaks("a.txt", written.encode())


def test_a_name_in_the_file_name_is_found() -> None:
    assert NAMES.leaks("marguerite_oldcastle-2.jpg", b"")[0].where == "the file's name"


def test_short_names_are_found_in_text_and_not_in_noise() -> None:
    names = Names(["Li", "عمر"])
    assert names.leaks("a.txt", b"with Li at noon")
    assert names.leaks("a.txt", "مع عمر هنا".encode())
    noise = bytes(random.Random(1).randrange(256) for _ in range(200_000))
    assert not names.leaks("a", noise)


def test_nothing_is_found_where_nothing_is() -> None:
    assert not NAMES.leaks("story.txt", b"We watched a bakery for a week. " * 1000)
    assert not NAMES.leaks("a.jpg", cleaned(saved(scene(size=(640, 480)), "PNG")))
    assert not Names([]).leaks("a", b"anything")
    assert not Names(["", "...", "\u200b"]).leaks("a", b"anything ... at all")


def test_a_finder_of_ones_own_is_asked_too() -> None:
    names = Names([], lambda text: ["Rose"] if "r0se" in text else [])
    assert [each.name for each in names.leaks("a.txt", b"the r0se")] == ["Rose"]


def test_bombs_are_refused_rather_than_looked_at_in_part() -> None:
    held = b"x"
    for _ in range(9):
        held = zipped({"a": held})
    with pytest.raises(BadInputError, match="packed more than"):
        NAMES.leaks("deep.zip", held)
    zeros = bytes(30_000_000)
    bomb = zipped({str(each): zeros for each in range(6)})
    began = time.monotonic()
    with pytest.raises(BadInputError, match="unpacks to more"):
        NAMES.leaks("bomb.zip", bomb)
    assert time.monotonic() - began < 30


def test_an_archive_that_nobody_can_look_through_is_refused() -> None:
    held = bytearray(zipped({"a": b"x" * 100}))
    held[8] = 99  # a way of packing that nobody knows
    held[held.index(b"PK\x01\x02") + 10] = 99
    with pytest.raises(BadInputError, match="nobody can look through"):
        NAMES.leaks("a.zip", bytes(held))
    with pytest.raises(BadInputError, match="cannot be read as a PDF"):
        NAMES.leaks("a.pdf", b"%PDF-1.4\ntorn")


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n", b"<a>"]),
)
def test_no_file_makes_it_fail_in_another_way(held: bytes, magic: bytes) -> None:
    with suppress(BadInputError):
        NAMES.leaks("a", magic + held)


def test_folding_keeps_letters_and_digits_alone() -> None:
    assert folded("  Müller-Lüdenscheidt, 2.\u200b") == "mullerludenscheidt2"


def release(files: dict[str, tuple[str, bytes]], title: str = "") -> list[tuple[str, str]]:
    made = content("post", "public", files, title=title)
    found = traces(made, {name: held for name, (_, held) in files.items()}, NAMES)
    return [(each.member, each.words) for each in found]


def test_a_clean_release_leaves_nothing_behind() -> None:
    picture = cleaned(saved(scene(), "PNG"))
    assert not release({"text.txt": ("text/plain", b"A story."), "one.jpg": ("image/jpeg", picture)}, "A story")


@pytest.mark.parametrize(
    ("media_type", "held", "said"),
    [
        ("text/plain", b"by HEATHER", "protected name"),
        ("text/plain", "a\u202eb".encode(), "RIGHT-TO-LEFT OVERRIDE at 2"),
        ("text/plain", b"\xff\xfe", "no UTF-8"),
        ("text/plain", b"a\r\nb", "cannot be seen"),
        ("image/jpeg", jpegs("somebody")["exif"], "EXIF"),
        ("image/png", jpegs("somebody")["plain"], "no image/png"),
        ("application/zip", zipped({"a": b""}), "cannot be looked through"),
        ("application/pdf", b"%PDF-1.4 torn", "cannot be read as a PDF"),
    ],
)
def test_what_is_left_behind_is_named(media_type: str, held: bytes, said: str) -> None:
    found = release({"a.bin": (media_type, held)})
    assert any(said in words for _, words in found), found


def test_a_name_in_the_title_and_other_bytes_than_approved_are_named() -> None:
    assert release({"a.txt": ("text/plain", b"x")}, "With Heather") == [("title", "a protected name")]
    made = content("post", "public", {"a.txt": ("text/plain", b"x")})
    for files in ({}, {"a.txt": b"y"}):
        (found,) = traces(made, files, NAMES)
        assert found.words == "other bytes than those of the content"


def test_words_in_a_structure_are_for_everybody_and_do_not_repeat_the_name() -> None:
    made = content("post", "public", {"a.txt": ("text/plain", b"by Heather")})
    for each in traces(made, {"a.txt": b"by Heather"}, NAMES):
        assert "eather" not in each.words.lower()
        assert each.name == "HEATHER"
    assert not list(structure(b"plain words\n", "text/plain"))


def test_a_file_name_says_nothing() -> None:
    assert name_for(b"x", "jpg") == name_for(b"x", "jpg") != name_for(b"y", "jpg")
    with zipfile.ZipFile(io.BytesIO(zipped({name_for(b"x", "jpg"): zlib.compress(b"x")}))) as opened:
        assert len(opened.namelist()[0]) == 36


def test_a_table_may_begin_and_end_its_lines_as_tables_do_and_nothing_more_is_let_in() -> None:
    table = "\ufeffNumber,Description\r\n1,A page\r\n".encode()
    assert list(structure(table, "text/csv")) == []
    for odd in (table, table[3:]):
        assert any("cannot be seen" in each for each in structure(odd, "text/plain"))
    for hidden in (table.replace(b"page", b"\rpage"), table.replace(b"A", "\ufeffA".encode()), b"\xef\xbb\xbf" + table):
        assert any("cannot be seen" in each for each in structure(hidden, "text/csv"))
