from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import orders
from leconfield.gate.bundles.keys import SecretKey
from leconfield.gate.bundles.letters import (
    KIND,
    STEPS,
    Addressed,
    Letter,
    Table,
    decoy,
    fault_in,
    fault_in_address,
    longest,
    opened,
    sealed_table,
    table_in,
    to_nobody,
)

KEY = X25519PrivateKey.generate()


def place() -> str:
    return secrets.token_hex(32)


def letter(words: str = "Which door was it?", kind: str = "question") -> Letter:
    return Letter(secrets.token_hex(16), kind, words)


def addressed(words: str = "Which door was it?", key: X25519PrivateKey = KEY) -> Addressed:
    return Addressed(place(), key.public_key().public_bytes_raw(), letter(words))


def crossed(table: Table) -> Table:
    """The table, once it went to the window as an order."""
    seal = SecretKey.new()
    packed = orders.write(orders.Order(KIND, "tips", 1, table.body), seal)
    return table_in(orders.read(packed, [seal.public]))


def test_a_letter_is_found_under_its_place_and_opened_by_its_reader_alone() -> None:
    each = addressed("Was it before noon?\n\nOr after?")

    table = crossed(sealed_table([each], "tips"))

    sealed = table.at(each.place)
    assert sealed is not None
    assert opened(sealed, KEY) == each.letter
    with pytest.raises(RefusedError):
        opened(sealed, X25519PrivateKey.generate())
    assert table.at(place()) is None


@pytest.mark.parametrize(
    ("letters", "room"), [(0, STEPS[0]), (1, STEPS[0]), (STEPS[0], STEPS[0]), (STEPS[0] + 1, STEPS[1])]
)
def test_a_table_has_one_of_a_few_sizes_however_many_letters_are_in_it(letters: int, room: int) -> None:
    table = sealed_table([addressed("x" * (each % 50)) for each in range(letters)], "tips")

    assert len(table.entries) == room
    assert len({len(each) for each in table.entries.values()}) == 1
    assert {len(each) for each in table.entries} == {64}


def test_nothing_of_a_table_stands_in_the_next_one() -> None:
    each = addressed()
    first, second = (sealed_table([each], "tips") for _ in range(2))

    assert not set(first.entries) & set(second.entries)
    assert not set(first.entries.values()) & set(second.entries.values())
    assert each.place not in first.entries


@given(st.text(max_size=3_000))
@settings(max_examples=30, deadline=None)
def test_every_letter_that_will_do_fits_and_looks_like_one_to_nobody(words: str) -> None:
    it = letter(words, "k" * 40)
    if fault_in(it, "tips"):
        with pytest.raises(BadInputError):
            sealed_table([Addressed(place(), KEY.public_key().public_bytes_raw(), it)], "tips")
        return
    each = Addressed(place(), KEY.public_key().public_bytes_raw(), it)

    sealed = sealed_table([each], "tips").at(each.place)

    assert sealed is not None
    assert opened(sealed, KEY) == it
    assert len(sealed) == len(to_nobody("tips"))


def test_the_longest_words_fit_and_one_more_does_not() -> None:
    assert fault_in(letter("x" * longest("tips")), "tips") == ""
    assert "shorter" in fault_in(letter("x" * (longest("tips") + 1)), "tips")
    assert longest("applications") > longest("tips")


def test_two_letters_to_one_place_and_odd_ones_are_refused() -> None:
    each = addressed()
    for wrong in (
        [each, each],
        [replace(each, place="x")],
        [replace(each, mailbox=b"short")],
        [replace(each, letter=replace(each.letter, id="x"))],
        [replace(each, letter=replace(each.letter, words="a\u202eb"))],
    ):
        with pytest.raises(BadInputError):
            sealed_table(wrong, "tips")
    with pytest.raises(BadInputError, match="no table"):
        sealed_table([each], "elsewhere")


def test_more_letters_than_a_table_holds_are_refused_with_what_to_do() -> None:
    each = addressed()
    many = [replace(each, place=place()) for _ in range(STEPS[-1] + 1)]

    with pytest.raises(BadInputError, match="lapse"):
        sealed_table(many, "tips")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"entries": [], "nonce": "0" * 64},
        {"entries": {}, "nonce": "zz"},
        {"entries": {"a": "%"}, "nonce": "0" * 64},
    ],
)
def test_an_order_that_is_no_table_is_told(body: dict[str, object]) -> None:
    with pytest.raises(DamagedError):
        table_in(orders.Order(KIND, "tips", 1, body))


def test_a_decoy_takes_the_same_opening_as_a_letter() -> None:
    sealed, key = decoy("tips")

    assert opened(sealed, key).kind == "nobody"
    assert len(sealed) == len(to_nobody("tips"))


def test_an_address_is_told_by_its_form() -> None:
    assert fault_in_address(place(), place()) == ""
    assert fault_in_address("x", place())
    assert fault_in_address(place(), "")


@pytest.mark.parametrize("table", ["tips", "applications", "submissions"])
def test_the_fullest_table_fits_into_an_order(table: str) -> None:
    one = to_nobody(table)
    body = Table(bytes(32), {secrets.token_hex(32): one for _ in range(STEPS[-1])}).body

    packed = orders.write(orders.Order(KIND, table, 10**9, body), SecretKey.new())

    assert len(packed) <= orders.MAX_BYTES
