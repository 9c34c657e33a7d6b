"""The shipped tables: what they know, and what they take."""

from __future__ import annotations

import numpy as np

from leconfield.registry.facts import NO_VALUE, RAREST_BITS, classes_of, facts, hash_of, own_spellings, rarity, unpacked
from leconfield.registry.scripts import fold


def test_spellings_of_one_name_share_a_class_whatever_the_script() -> None:
    classes = facts().classes
    assert set(classes.get("mohammed")) & set(classes.get("muhammad"))
    assert set(classes.get("тарасенко")) & set(classes.get("tarasenko"))
    assert not set(classes.get("mohammed")) & set(classes.get("gareth"))


def test_a_part_that_no_table_lists_has_what_the_caller_says() -> None:
    assert facts().classes.get("xqzzyq") == ()
    assert facts().classes.get("xqzzyq", (7,)) == (7,)
    assert "xqzzyq" not in facts().classes
    assert "mohammed" in facts().classes
    assert rarity("xqzzyq") == RAREST_BITS


def test_a_common_name_says_less_than_a_rare_one() -> None:
    assert rarity("smith") < rarity("trevethick") <= RAREST_BITS


def test_nicknames_go_both_ways() -> None:
    assert "bill" in facts().nicknames["william"]
    assert "william" in facts().nicknames["bill"]


def test_nearly_all_classes_are_shipped_in_little_room() -> None:
    tables = facts()
    assert len(tables.classes) > 480_000
    taken = sum(table.hashes.nbytes + table.values.nbytes for table in (tables.classes, tables.bits.table))
    assert taken < 10_000_000


def test_a_table_is_unpacked_across_gaps_and_with_several_values_of_one_part() -> None:
    steps = np.array([[255, 255, 255], [0, 0, 5], [0, 0, 0]], np.uint8)
    none = [NO_VALUE >> 16, NO_VALUE >> 8 & 255, NO_VALUE & 255]
    table = unpacked(steps, np.array([none, [0, 0, 1], [0, 1, 0]], np.uint8))
    assert table.hashes.tolist() == [(1 << 24) + 4, (1 << 24) + 4]
    assert table.values.tolist() == [1, 256]


def test_hashes_are_the_same_everywhere() -> None:
    assert hash_of("smith") == hash_of("smith") < 1 << 40
    assert hash_of("\ud800") >= 0


def test_spellings_that_we_listed_are_of_one_class_beside_those_of_the_tables() -> None:
    assert set(classes_of("sean")) & set(classes_of("shaun"))
    assert set(facts().classes.get("sean")) <= set(classes_of("sean"))
    assert classes_of("zzyzx") == ()


def test_the_listed_spellings_are_folded_and_each_is_in_one_line() -> None:
    assert all(part == fold(part) and len(classes) == 1 for part, classes in own_spellings().items())
