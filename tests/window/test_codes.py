from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import DamagedError
from leconfield.window import codes
from leconfield.window.codes import (
    LEAST_BITS,
    SALT_FILE,
    Cost,
    CrowdedError,
    Salt,
    bits,
    crowded,
    derived,
    kept_salt,
    misspelt,
    new_code,
    tidy,
    whole,
    word_list,
)
from tests.window.houses import crowd

CHEAP = Cost(passes=1, kib=8)
SALT = Salt(b"s" * 32, CHEAP)


def test_a_code_has_seven_words_of_a_list_long_enough() -> None:
    assert len(word_list()) >= 7_300
    assert bits(len(word_list())) >= LEAST_BITS
    assert whole(new_code())
    assert len({new_code() for _ in range(200)}) == 200


def test_every_word_is_plain_lower_case() -> None:
    assert all(each.isascii() and each.isalpha() and each.islower() for each in word_list())


@pytest.mark.parametrize("way", [str.upper, str.title, lambda code: code.replace(" ", "-"), lambda code: f"  {code}\n"])
@pytest.mark.parametrize("between", [" ", "  ", ", ", "\n", "\u00a0"])
def test_a_code_is_read_however_it_is_typed(way, between: str) -> None:
    code = new_code()

    assert tidy(way(code.replace(" ", between))) == code


@given(st.text(max_size=2_000))
@settings(max_examples=50, deadline=None)
def test_anything_typed_is_read_without_fault_and_reading_twice_changes_nothing(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)
    assert len(tidy(typed)) <= 1_600


def test_a_slip_is_told_with_the_word_that_was_meant() -> None:
    words = ["abacus", *new_code().split()[1:]]
    typed = " ".join(["abacuss", *words[1:]])

    assert misspelt(typed) == (("abacuss", "abacus"),)
    assert not whole(typed)
    assert not whole(" ".join(words[:6]))


def test_the_nearest_word_is_looked_for_once_however_many_are_strange(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[str] = []
    monkeypatch.setattr(codes, "get_close_matches", lambda word, *_: sought.append(word) or [])

    assert misspelt("abacus zzabcd zzabce zzabcd") == (("zzabcd", ""),)
    assert not whole("zzabcd " * 7)
    assert sought == ["zzabcd"]


def test_a_crowd_for_one_purpose_is_turned_away_and_shuts_out_no_other() -> None:
    with crowd("one"):
        assert (crowded("one"), crowded("other")) == (True, False)
        with pytest.raises(CrowdedError):
            derived("some words", SALT, "one")
        assert derived("some words", SALT, "other").place
    assert derived("some words", SALT, "one").place


def test_place_and_key_follow_from_the_code_the_salt_and_the_purpose_alone() -> None:
    code = new_code()
    first = derived(code, SALT, "mailbox")

    again = derived(code.upper().replace(" ", "-"), SALT, "mailbox")

    assert (again.place, again.mailbox) == (first.place, first.mailbox)
    assert len(bytes.fromhex(first.place)) == 32
    others = [
        derived(code, SALT, "question"),
        derived(code, Salt(b"t" * 32, CHEAP), "mailbox"),
        derived(new_code(), SALT, "mailbox"),
    ]
    assert len({each.place for each in (first, *others)}) == 4
    assert len({each.mailbox for each in (first, *others)}) == 4
    assert bytes.fromhex(first.place) not in (first.mailbox, first.key.private_bytes_raw())


def test_neither_salt_nor_key_is_shown_where_they_are_printed() -> None:
    found = derived("some words", SALT, "mailbox")

    assert "ssss" not in repr(SALT)
    assert "X25519" not in repr(found)


def test_the_salt_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = kept_salt(tmp_path, CHEAP)

    assert kept_salt(tmp_path, CHEAP) == first
    assert (tmp_path / SALT_FILE).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [SALT_FILE]


def test_a_torn_salt_is_told_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / SALT_FILE).write_bytes(b"short")

    with pytest.raises(DamagedError, match="put it back"):
        kept_salt(tmp_path)

    assert (tmp_path / SALT_FILE).read_bytes() == b"short"
