from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit import Act, Read, canonical, commitment, new_salt, parse_leaf

WHEN = "1989-03-05T12:40:00.000000Z"
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
READS = st.builds(Read.of, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
ACTS = st.builds(Act, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)


@given(READS | ACTS)
def test_a_leaf_comes_back_from_its_bytes(leaf: Read | Act) -> None:
    assert parse_leaf(leaf.serialise()) == leaf


@given(READS | ACTS, st.data())
def test_a_leaf_has_one_spelling_only(leaf: Read | Act, data: st.DataObject) -> None:
    spelt = leaf.serialise()
    at = data.draw(st.integers(0, len(spelt)))
    for other in (spelt[:at] + b" " + spelt[at:], json.dumps(json.loads(spelt), indent=1).encode()):
        try:
            assert parse_leaf(other) != leaf  # a space within some value: another leaf
        except DamagedError:
            continue


def test_a_leaf_is_canonical_json() -> None:
    leaf = Act(WHEN, "rob", "report filed", "e1", "ab" * 32, 'S&"Ж"\n\x01')
    assert (
        leaf.serialise()
        == (
            '{"actor":"rob","commitment":"' + "ab" * 32 + '","entry":"e1","kind":"report filed",'
            '"label":"S&\\"Ж\\"\\n\\u0001","leaf":"act","time":"1989-03-05T12:40:00.000000Z"}'
        ).encode()
    )


def test_the_words_of_a_trace_are_recorded_and_long_ones_by_their_beginning_and_hash() -> None:
    long = "Бомба " * 1_000
    short_read = parse_leaf(Read.of(WHEN, "emma", "trace", "José Martí").serialise())
    long_read = parse_leaf(Read.of(WHEN, "emma", "trace", long, "a purpose").serialise())
    assert isinstance(short_read, Read)
    assert (short_read.about, short_read.about_sha256) == ("José Martí", "")
    assert isinstance(long_read, Read)
    assert long_read.about == long[:1_000]
    assert long_read.about_sha256 == sha256(long.encode()).hexdigest()


def test_the_longest_words_fit_into_a_leaf_whatever_they_are() -> None:
    for character in ("a", "\x00", '"', "\U0001f600", "Ж"):
        assert (
            len(Read.of(WHEN, "emma", "trace", character * 9_999, character * 9_999, "A" * 4096).serialise()) <= 65_535
        )


def test_a_leaf_that_no_bundle_could_hold_is_refused() -> None:
    room = 65_535 - len(Act(WHEN, "rob", "k", "e", "c").serialise())
    assert len(Act(WHEN, "rob", "k", "e", "c", "A" * room).serialise()) == 65_535
    with pytest.raises(BadInputError, match="65536 bytes; 65535 at most"):
        Act(WHEN, "rob", "k", "e", "c", "A" * (room + 1)).serialise()


def test_half_a_character_is_refused_in_words() -> None:
    for words in ("\ud800", "\ud800" * 2_000):
        with pytest.raises(BadInputError, match="half a character"):
            Read.of(WHEN, "emma", "trace", words).serialise()


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"leaf":"read"}',
        b'{"leaf":["read"]}',
        b"\xff",
        b"[" * 60_000,
        Act(WHEN, "rob", "k", "e", "c").serialise().replace(b'"rob"', b"5"),
        Act(WHEN, "rob", "k", "e", "c").serialise().replace(b'{"actor"', b'{"actor":"x","actor"'),
        Act(WHEN, "rob", "k", "e", "c").serialise().replace(b'"act"', b'"other"'),
        Act(WHEN, "rob", "k", "e", "c").serialise().replace(b"rob", b"\\ud800"),
        Act(WHEN, "rob", "k", "e", "c").serialise().replace(b"rob", b"\\u0072ob"),
    ],
)
def test_what_is_no_leaf_is_called_damaged(leaf: bytes) -> None:
    with pytest.raises(DamagedError):
        parse_leaf(leaf)


@given(st.binary(max_size=60))
def test_no_bytes_crash_the_reader_of_leaves(leaf: bytes) -> None:
    with pytest.raises(DamagedError):
        parse_leaf(leaf)


@given(st.binary(), st.binary())
def test_a_commitment_binds_to_content_and_salt(content: bytes, other: bytes) -> None:
    salt = new_salt()
    assert commitment(content, salt) == sha256(salt + content).hexdigest()
    assert (commitment(content, salt) == commitment(other, salt)) == (content == other)
    assert commitment(content, salt) != commitment(content, new_salt())


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(BadInputError, match="15 bytes"):
        commitment(b"", bytes(15))


def test_content_is_spelt_the_same_whatever_the_order_of_its_fields() -> None:
    assert canonical({"b": "2", "a": "é"}) == canonical({"a": "é", "b": "2"}) == '{"a":"é","b":"2"}'.encode()
