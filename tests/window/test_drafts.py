"""Drafts: sealed to seven words, of few sizes, forgotten in time; the store alone opens nothing."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.window import drafts as drafts_module
from leconfield.window.applying import PURPOSE, keys_of
from leconfield.window.codes import Cost, Derived, Salt, derived, new_code
from leconfield.window.drafts import KEPT_DAYS, Draft, Drafts

TODAY = date(2026, 11, 23)
SALT = Salt(bytes(32), Cost(1, 8))


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "drafts.db")


def somebody() -> Derived:
    return keys_of(derived(new_code(), SALT, PURPOSE)).draft


def sealed(drafts: Drafts) -> list[bytes]:
    with sqlite3.connect(drafts._path) as connection:
        return [bytes(row[0]) for row in connection.execute("select sealed from draft")]


typed = st.dictionaries(st.sampled_from(["name", "answer.motive", "seen.name"]), st.text(max_size=500))


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed)
def test_a_draft_comes_back_as_it_was_left_and_to_nobody_else(drafts, words):
    words = {name: each.encode(errors="ignore").decode() for name, each in words.items()}
    his, hers = somebody(), somebody()
    drafts.keep(his.place, his.mailbox, Draft("cook", words), TODAY)
    assert drafts.opened(his, TODAY) == Draft("cook", words)
    assert drafts.opened(hers, TODAY) is None
    assert drafts.opened(Derived(his.place, hers.key), TODAY) is None


def test_drafts_of_any_ordinary_length_are_of_one_of_few_sizes(drafts):
    for length in range(0, 3_000, 100):
        his = somebody()
        drafts.keep(his.place, his.mailbox, Draft("cook", {"name": "x" * length}), TODAY)
    assert len({len(each) for each in sealed(drafts)}) == 2


def test_saving_again_replaces_what_was_there(drafts):
    his = somebody()
    for words in ("first", "second"):
        drafts.keep(his.place, his.mailbox, Draft("cook", {"name": words}), TODAY)
    assert drafts.opened(his, TODAY) == Draft("cook", {"name": "second"})
    assert len(sealed(drafts)) == 1


def test_what_is_too_old_is_neither_opened_nor_kept(drafts):
    his, hers = somebody(), somebody()
    drafts.keep(his.place, his.mailbox, Draft("cook", {}), TODAY)
    last = TODAY + timedelta(days=KEPT_DAYS)
    assert drafts.opened(his, last) == Draft("cook", {})
    assert drafts.opened(his, last + timedelta(days=1)) is None
    drafts.keep(hers.place, hers.mailbox, Draft("cook", {}), last + timedelta(days=1))
    assert len(sealed(drafts)) == 1


def test_a_draft_that_is_too_long_is_not_kept(drafts):
    his = somebody()
    with pytest.raises(BadInputError, match="bytes of answers"):
        drafts.keep(his.place, his.mailbox, Draft("cook", {"name": "x" * 300_000}), TODAY)


def test_when_it_is_full_the_oldest_that_nobody_came_back_to_gives_way(drafts, monkeypatch):
    monkeypatch.setattr(drafts_module, "MAX_DRAFTS", 2)
    first, second, third = somebody(), somebody(), somebody()
    for day, each in enumerate((first, second)):
        drafts.keep(each.place, each.mailbox, Draft("cook", {}), TODAY + timedelta(days=day))
    drafts.keep(second.place, second.mailbox, Draft("cook", {"name": "x"}), TODAY + timedelta(days=1))
    assert len(sealed(drafts)) == 2
    drafts.keep(third.place, third.mailbox, Draft("cook", {}), TODAY + timedelta(days=2))
    kept = [drafts.opened(each, TODAY + timedelta(days=2)) for each in (first, second, third)]
    assert kept == [None, Draft("cook", {"name": "x"}), Draft("cook", {})]


def test_no_flood_pushes_out_a_draft_that_somebody_came_back_to(drafts, monkeypatch):
    monkeypatch.setattr(drafts_module, "MAX_DRAFTS", 2)
    his = somebody()
    drafts.keep(his.place, his.mailbox, Draft("cook", {}), TODAY)
    drafts.opened(his, TODAY)
    drafts.keep(his.place, his.mailbox, Draft("cook", {"name": "x"}), TODAY)
    for other in [somebody() for _ in range(3)]:
        drafts.keep(other.place, other.mailbox, Draft("cook", {}), TODAY)
    assert drafts.opened(his, TODAY) == Draft("cook", {"name": "x"})
    assert drafts.opened(other, TODAY) == Draft("cook", {})
    hers = somebody()
    with pytest.raises(BadInputError, match="no more unfinished applications"):
        drafts.keep(hers.place, hers.mailbox, Draft("cook", {}), TODAY)


def test_coming_back_leaves_no_hour_in_the_times_of_the_store(drafts):
    his = somebody()
    drafts.keep(his.place, his.mailbox, Draft("cook", {}), TODAY)
    drafts.opened(his, TODAY)
    assert drafts._path.stat().st_mtime % 86_400 == 0


def test_a_forgotten_draft_leaves_no_byte_and_the_file_tells_no_hour(drafts):
    his = somebody()
    drafts.keep(his.place, his.mailbox, Draft("cook", {"name": "x"}), TODAY)
    (row,) = sealed(drafts)
    drafts.forget(his.place, TODAY)
    held = drafts._path.read_bytes()
    assert row[100:160] not in held
    assert his.place.encode() not in held
    assert drafts._path.stat().st_mtime % 86_400 == 0
    assert [each.name for each in drafts._path.parent.iterdir()] == ["drafts.db"]


def test_known_and_unknown_places_do_the_same_work(drafts, monkeypatch):
    """Counted, not timed: as many envelopes made and opened in either case; the timing itself is tested for codes."""
    work: list[str] = []
    for name in ("enclose", "open_envelope"):
        real = getattr(drafts_module, name)
        monkeypatch.setattr(
            drafts_module, name, lambda *a, _real=real, _name=name, **k: (work.append(_name), _real(*a, **k))[1]
        )
    his = somebody()
    drafts.keep(his.place, his.mailbox, Draft("cook", {}), TODAY)
    counted = []
    for each in (his, somebody()):
        work.clear()
        drafts.opened(each, TODAY)
        counted.append(list(work))
    assert counted == [["enclose", "open_envelope"]] * 2


def test_nothing_that_follows_from_a_code_for_one_use_is_of_use_for_another():
    keys = keys_of(derived(new_code(), SALT, PURPOSE))
    raw = [keys.letters.place, keys.draft.place, keys.token]
    raw += [each.key.private_bytes_raw().hex() for each in (keys.letters, keys.draft)]
    assert len(set(raw)) == len(raw)
    assert isinstance(keys.draft.key, X25519PrivateKey)
