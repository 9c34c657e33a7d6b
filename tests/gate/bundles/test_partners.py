"""A partner's items are sealed to what follows from his key; nobody else opens them, and nothing names him."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leconfield.errors import DamagedError, RefusedError
from leconfield.gate.bundles import SecretKey, partners
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.partners import Item, Partner
from tests.window.partners.feeds import HANDLE, OTHER, SEAL, bundle, identity, item, partner

KEY, ANOTHER = "lp1-" + "A" * 43, "lp1-" + "B" * 42 + "A"
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
TRUSTED = (SEAL.public,)


def test_the_pair_follows_from_the_key_alone() -> None:
    one, again, other = (partners.pair_of(each) for each in (KEY, KEY, ANOTHER))
    assert one is not None
    assert again is not None
    assert other is not None
    assert partners.public_of(one) == partners.public_of(again) != partners.public_of(other)


def test_a_new_key_is_another_each_time_and_is_read_back() -> None:
    keys = {partners.new_key() for _ in range(20)}
    assert len(keys) == 20
    assert all(partners.pair_of(each) for each in keys)


@pytest.mark.parametrize("words", ["", "lp1-", KEY[:-1], KEY + "A", "lp2-" + "A" * 43, "lp1-" + "é" * 43, KEY + "\n"])
def test_what_is_no_key_has_no_pair(words: str) -> None:
    assert partners.pair_of(words) is None


def test_an_item_is_opened_by_its_partner_and_by_nobody_else() -> None:
    made = partners.item_in(item(KEY, 1, identity("Anna Berg")))
    mine, theirs = partners.pair_of(KEY), partners.pair_of(ANOTHER)
    assert mine is not None
    assert theirs is not None
    assert b"Anna Berg" not in made.sealed
    assert b"Anna Berg" in partners.opened(made, mine, TRUSTED).files[partners.STIX]
    with pytest.raises(RefusedError, match="not sealed to this key"):
        partners.opened(made, theirs, TRUSTED)


def test_an_item_that_another_key_sealed_is_refused() -> None:
    made = partners.item_in(item(KEY, 1, identity("Anna Berg")))
    mine = partners.pair_of(KEY)
    assert mine is not None
    with pytest.raises(RefusedError, match="sealed by"):
        partners.opened(made, mine, (SecretKey.from_seed(b"\x22" * 32).public,))


def test_a_release_of_another_form_is_no_item() -> None:
    made = partners.item_in(item(KEY, 1, identity("Anna Berg"), form="post"))
    mine = partners.pair_of(KEY)
    assert mine is not None
    with pytest.raises(DamagedError, match="no release that may stand"):
        partners.opened(made, mine, TRUSTED)


def test_orders_are_read_back() -> None:
    known = Partner(HANDLE, "ab" * 32, ("answers", "background"), revoked=True)
    assert partners.partner_in(Order(partners.PARTNER, HANDLE, 3, partners.partner_body(known))) == known
    made = Item("0" * 32, HANDLE, "warnings", "2026-08-01T06:00:00Z", b"sealed")
    assert partners.item_in(Order(partners.ITEM, made.id, 1, partners.item_body(made))) == made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("partner", "Polizei"),
        ("collection", "secrets"),
        ("added", "2026-08-01"),
        ("added", "2026-13-01T06:00:00Z"),
        ("sealed", "%%"),
        ("sealed", 7),
    ],
)
def test_an_item_that_says_what_cannot_be_is_refused(name: str, value: object) -> None:
    given = item(KEY, 1, identity("Anna Berg"))
    with pytest.raises(DamagedError):
        partners.item_in(replace(given, body={**given.body, name: value}))


@pytest.mark.parametrize(("name", "value"), [("public", "ab"), ("collections", ["all"]), ("revoked", "no")])
def test_a_partner_who_is_told_wrongly_is_refused(name: str, value: object) -> None:
    given = partner(KEY)
    with pytest.raises(DamagedError):
        partners.partner_in(replace(given, body={**given.body, name: value}))


def test_what_is_served_is_his_alone_and_not_before_its_instant() -> None:
    given = [
        item(KEY, 3, identity("a")),
        item(KEY, 1, identity("b"), added="2026-08-01T12:00:00Z"),
        item(KEY, 2, identity("c"), added="2026-08-01T12:00:01Z"),
        item(KEY, 4, identity("d"), collection="background"),
        item(KEY, 5, identity("e"), handle=OTHER),
    ]
    items = {each.about: partners.item_in(each) for each in given}
    known = partners.partner_in(partner(KEY))
    assert [int(each.id, 16) for each in partners.served(items, known, NOON)] == [3, 1]
    assert partners.served(items, replace(known, revoked=True), NOON) == ()
    items["1".rjust(32, "0")] = replace(items["1".rjust(32, "0")], sealed=b"")
    assert [int(each.id, 16) for each in partners.served(items, known, NOON)] == [3]


def test_a_sealed_item_tells_its_size_roughly_and_nothing_else() -> None:
    pair = partners.pair_of(KEY)
    assert pair is not None
    sizes = {len(partners.enclosed(bundle(identity("A" * count)), partners.public_of(pair))) for count in range(1, 40)}
    assert len(sizes) == 1
