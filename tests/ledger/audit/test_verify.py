from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest

from leconfield.errors import BadInputError
from leconfield.ledger.audit import Act, Frontier, Outcome, Read, Signer, commitment, leaf_hash, verify_acts, verify_log
from tests.ledger.audit.logs import ANOTHER, NAME, SIGNER, VKEY, reads, replaced, signed, swapped, without, words_of

SMALL = [f"leaf {n}".encode() for n in range(300)]
SMALL_HEAD = signed(SMALL)


def check(leaves: list[bytes], head: str = SMALL_HEAD) -> Outcome:
    return verify_log(leaves, head, VKEY)


def test_an_untouched_log_is_sound_and_continues_all_that_was_witnessed() -> None:
    witnessed = [signed(SMALL[:size]) for size in (300, 0, 1, 128, 255, 256, 257)]
    outcome = verify_log(iter(SMALL), SMALL_HEAD, VKEY, witnessed=witnessed)
    assert outcome == Outcome(300)
    assert outcome.sound


def test_an_empty_log_is_sound() -> None:
    assert verify_log([], signed([]), VKEY).sound


def test_every_single_byte_change_in_a_log_of_300_leaves_is_detected() -> None:
    for at, leaf in enumerate(SMALL):
        for place in range(len(leaf)):
            altered = leaf[:place] + bytes([leaf[place] ^ (1 + (at + place) % 255)]) + leaf[place + 1 :]
            assert not check(replaced(SMALL, at, altered)).sound


def test_every_deletion_truncation_doubling_and_split_in_a_log_of_300_leaves_is_detected() -> None:
    for at, leaf in enumerate(SMALL):
        assert not check(without(SMALL, at)).sound
        assert not check(SMALL[:at]).sound
        assert not check([*SMALL[:at], leaf, *SMALL[at:]]).sound
        assert not check([*SMALL[:at], leaf[:3], leaf[3:], *SMALL[at + 1 :]]).sound
        assert not check([*SMALL[:at], leaf[:-1], *SMALL[at + 1 :]]).sound


def test_every_swap_of_neighbours_and_every_move_to_an_end_is_detected() -> None:
    for at in range(1, len(SMALL)):
        assert not check(swapped(SMALL, at - 1, at)).sound
        assert not check(swapped(SMALL, 0, at)).sound
        assert not check([SMALL[at], *without(SMALL, at)]).sound
        assert not check([*without(SMALL, at - 1), SMALL[at - 1]]).sound


def test_a_log_rewritten_and_signed_again_with_the_true_key_is_detected_by_what_was_witnessed() -> None:
    seen = signed(SMALL[:200])
    for at in range(200):
        rewritten = replaced(SMALL, at, b"another past")
        assert verify_log(rewritten, signed(rewritten), VKEY).sound  # without a witness nobody could tell
        assert not verify_log(rewritten, signed(rewritten), VKEY, witnessed=[seen]).sound


def test_a_log_cut_back_and_signed_again_is_detected_by_what_was_witnessed() -> None:
    for size in range(200):
        outcome = verify_log(SMALL[:size], signed(SMALL[:size]), VKEY, witnessed=[signed(SMALL[:200])])
        assert f"only {size} are there; the last {200 - size} are missing" in words_of(outcome.faults)


def test_leaves_that_nobody_signed_are_detected() -> None:
    outcome = check([*SMALL, b"one more"])
    assert words_of(outcome.faults).startswith("leaves 300 to 300: they are not signed")


def test_witnessed_checkpoints_close_in_on_the_altered_leaf() -> None:
    altered = replaced(SMALL, 150, b"altered")
    witnessed = [signed(SMALL[:size]) for size in (100, 200)]
    outcome = verify_log(altered, SMALL_HEAD, VKEY, witnessed=witnessed)
    assert "witnessed checkpoint 2, leaves 100 to 199: the leaves are not those" in words_of(outcome.faults)
    assert len(outcome.faults) == 2


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("", "empty line"),
        (SMALL_HEAD.replace("\n", "\r\n"), "plain newline"),
        (signed(SMALL, ANOTHER), "not signed by the key"),
        (signed(SMALL, Signer("other.example", ANOTHER.key)), "not signed by the key"),
        (SIGNER.checkpoint("other.example", 300, bytes(32)), 'the log "other.example"'),
        (SIGNER.checkpoint(NAME, 300, bytes(32)), "not those that were signed"),
        (SIGNER.checkpoint(NAME, 2**63 - 1, bytes(32)), "but only 300 are there"),
        (SIGNER.sign("hello\n"), "three whole lines"),
    ],
)
def test_a_false_checkpoint_is_a_fault_wherever_it_comes_from(note: str, words: str) -> None:
    as_head = verify_log(SMALL, note, VKEY)
    as_witnessed = verify_log(SMALL, SMALL_HEAD, VKEY, witnessed=[note])
    assert words in words_of(as_head.faults)
    assert words in words_of(as_witnessed.faults)
    assert all(str(fault).startswith("witnessed checkpoint 1") for fault in as_witnessed.faults)


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(BadInputError, match="verifying key"):
        verify_log(SMALL, SMALL_HEAD, "desk")


Entries = list[tuple[str, bytes, bytes]]
ENTRIES: Entries = [(f"e{n}", f"content {n}".encode(), bytes([n]) * 16) for n in range(20)]


def acts(entries: Entries) -> list[bytes]:
    return [Act("t", "rob", "k", name, commitment(content, salt)).serialise() for name, content, salt in entries]


LEAVES = [leaf for pair in zip(acts(ENTRIES), reads(20), strict=True) for leaf in pair]


def test_every_entry_with_its_leaf_is_sound() -> None:
    assert verify_acts(LEAVES, reversed(ENTRIES)) == Outcome(40)


@pytest.mark.parametrize(
    ("leaves", "entries", "words"),
    [
        (LEAVES, [*ENTRIES[:7], *ENTRIES[8:]], "leaf 14: its entry e7 is not in the ledger"),
        (LEAVES, [*ENTRIES, ("e99", b"", bytes(16))], "entry e99: no leaf of the audit log tells of it"),
        (LEAVES, [*ENTRIES, ENTRIES[3]], "entry e3: it is in the ledger twice"),
        ([*LEAVES, LEAVES[0]], ENTRIES, "leaf 40: entry e0 already has its leaf: 0"),
        (without(LEAVES, 0), ENTRIES, "entry e0: no leaf"),
        (replaced(LEAVES, 1, b"{}"), ENTRIES, "leaf 1: it is neither a read nor an act"),
        (LEAVES, [("e0", b"content 0", b"short"), *ENTRIES[1:]], "entry e0: audit salt of 5 bytes"),
        (LEAVES, [("e0", b"content 0", bytes([9]) * 16), *ENTRIES[1:]], "entry e0: it is not what leaf 0 commits to"),
    ],
)
def test_each_thing_amiss_between_acts_and_entries_is_named(leaves: list[bytes], entries: Entries, words: str) -> None:
    outcome = verify_acts(leaves, entries)
    assert len(outcome.faults) == 1
    assert words in str(outcome.faults[0])


def test_every_single_byte_change_of_an_entry_is_detected() -> None:
    for at, (name, content, salt) in enumerate(ENTRIES):
        for place in range(len(content)):
            altered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            assert not verify_acts(LEAVES, [*ENTRIES[:at], (name, altered, salt), *ENTRIES[at + 1 :]]).sound


def harms(leaves: list[bytes], chance: random.Random) -> Iterator[list[bytes]]:
    """Endless ways of harming a log."""
    ways: list[Callable[[int, int], list[bytes]]] = [
        lambda at, _: without(leaves, at),
        lambda at, other: swapped(leaves, at, other),
        lambda at, _: leaves[:at],
        lambda at, other: [*leaves[:at], leaves[other], *leaves[at:]],
        lambda at, other: replaced(leaves, at, flipped(leaves[at], other)),
        lambda at, other: leaves[:at] + leaves[at : at + other][::-1] + leaves[at + other :],
    ]
    while True:
        harmed = chance.choice(ways)(chance.randrange(len(leaves)), chance.randrange(len(leaves)))
        if harmed != leaves:
            yield harmed


def flipped(leaf: bytes, bit: int) -> bytes:
    at = bit % (8 * len(leaf))
    return leaf[: at // 8] + bytes([leaf[at // 8] ^ 1 << at % 8]) + leaf[at // 8 + 1 :]


@pytest.mark.long
def test_every_single_byte_change_in_300_leaves_as_the_desk_writes_them_is_detected() -> None:
    leaves = reads(300)
    head = signed(leaves)
    for at, leaf in enumerate(leaves):
        for place in range(len(leaf)):
            assert not check(replaced(leaves, at, flipped(leaf, 8 * place + at % 8)), head).sound


@pytest.mark.long
def test_ten_thousand_random_harms_to_a_log_of_2000_leaves_are_all_detected() -> None:
    leaves = reads(2_000)
    head = signed(leaves)
    seen = signed(leaves[:1_500])
    harmful = harms(leaves, random.Random(1989))
    for number in range(10_000):
        harmed = next(harmful)
        assert not verify_log(harmed, head, VKEY, witnessed=[seen]).sound, number


@pytest.mark.long
def test_appending_takes_a_fifth_of_a_millisecond_and_verifying_100000_leaves_two_seconds() -> None:
    stored, start = b"", time.process_time()
    for n in range(2_000):
        leaf = Read.of("1989-03-05T12:40:00.000000Z", "rob", "trace", f"question {n}").serialise()
        frontier, size = Frontier.parse(stored).extended([leaf_hash(leaf)])
        SIGNER.checkpoint(NAME, size, frontier.root())
        stored = frontier.serialise()
    per_append = (time.process_time() - start) / 2_000
    leaves = reads(100_000)
    head = signed(leaves)
    start = time.process_time()
    assert verify_log(leaves, head, VKEY).sound
    verifying = time.process_time() - start
    print(f"append {per_append * 1e3:.3f} ms; verify 100,000 leaves {verifying:.2f} s")
    assert per_append <= 0.0002
    assert verifying <= 2
