from __future__ import annotations

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit import Checkpoint, Signer, Verifier
from tests.ledger.audit.logs import ANOTHER, NAME, SIGNER, VKEY, reads, signed

NOTE = signed(reads(5))
OPEN = SIGNER.verifier.open

# The worked example of the signed-note documentation (golang.org/x/mod/sumdb/note, package comment).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_worked_example_of_the_format_verifies_and_is_made_again_byte_by_byte() -> None:
    text = Verifier.parse(PETER).open(PETERS_NOTE)
    assert text.startswith("If you think cryptography")
    assert Signer.parse(PETERS_SKEY).sign(text) == PETERS_NOTE
    assert Signer.parse(PETERS_SKEY).verifier.vkey == PETER


def test_keys_come_back_from_their_text() -> None:
    assert Signer.parse(SIGNER.skey + "\n").skey == SIGNER.skey
    assert Verifier.parse(VKEY + "\n").vkey == VKEY


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))).map(lambda words: f"{words}\n"))
def test_a_signed_text_opens_to_itself(text: str) -> None:
    assert OPEN(SIGNER.sign(text)) == text


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_signed_checkpoint_opens_to_itself(size: int, root: bytes) -> None:
    assert SIGNER.verifier.checkpoint(SIGNER.checkpoint(NAME, size, root)) == Checkpoint(NAME, size, root)


def test_a_text_that_holds_empty_lines_is_split_at_the_last_one() -> None:
    assert OPEN(SIGNER.sign("one\n\ntwo\n\n")) == "one\n\ntwo\n\n"


def test_cosignatures_of_others_are_passed_over() -> None:
    text, ours = NOTE.split("\n\n")
    theirs = Signer.generate("overseer.example").sign(f"{text}\n").split("\n\n")[1]
    assert SIGNER.verifier.checkpoint(f"{text}\n\n{theirs}{ours}").size == 5


def test_every_change_of_a_character_in_a_signed_checkpoint_is_detected() -> None:
    for at, character in enumerate(NOTE):
        code = ord(character)
        for other in {chr(code ^ 1), chr(code ^ 2), chr(code ^ 32), chr(code ^ 128), "\n", "\r", " ", "A", ""} - {
            character
        }:
            with pytest.raises(DamagedError):
                OPEN(NOTE[:at] + other + NOTE[at + 1 :])


@given(st.text(max_size=200) | st.text(alphabet="— \n+aA=/0\r", max_size=60))
def test_no_text_is_taken_for_a_note_or_a_key(text: str) -> None:
    with pytest.raises(DamagedError):
        OPEN(text)
    with pytest.raises(DamagedError):
        OPEN(f"{text}\n\n— {NAME} {text}\n")
    for parse in (Verifier.parse, Signer.parse):
        with pytest.raises(BadInputError):
            parse(text)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (NOTE.replace("\n", "\r\n"), "not allowed; lines end with a plain newline"),
        (NOTE.rstrip("\n"), "is missing"),
        (NOTE.replace("\n\n", "\n"), "is missing"),
        (NOTE.replace("— ", "- "), "is no signature line"),
        (NOTE[:-6] + "****=\n", "is not base64"),
        (NOTE + "— desk AAAA\n", "too short"),
        (NOTE + "— x AAAAAAA=\n" * 100, "101 signatures"),
        ("x" * 1_000_001, "1000001 characters"),
        (ANOTHER.sign("text\n"), "not signed by the key"),
        (NOTE.replace("\n5\n", "\n6\n"), "does not fit the text"),
        ("\ud800\n\n— x AAAAAAA=\n", "not allowed"),
    ],
)
def test_a_hostile_note_is_refused_in_words(note: str, words: str) -> None:
    with pytest.raises(DamagedError, match=words.replace("*", r"\*")):
        OPEN(note)


ROOT = "A" * 43 + "="


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"log\n05\n{ROOT}\n", "line 2"),
        (f"log\n-5\n{ROOT}\n", "line 2"),
        (f"log\n+5\n{ROOT}\n", "line 2"),
        (f"log\n٥\n{ROOT}\n", "line 2"),
        (f"log\n{'9' * 19}\n{ROOT}\n", "line 2"),
        (f"log\n{'9' * 9999}\n{ROOT}\n", "line 2"),
        (f"log\n{2**63}\n{ROOT}\n", "no log has 9223372036854775808 leaves"),
        ("log\n5\nAAAA\n", "32 bytes"),
        (f"log\n5\n{'A' * 42}B=\n", "canonical"),
        ("log\n5\nnot base64!\n", "line 3"),
        (f"\n5\n{ROOT}\n", "name of the log"),
        (f"log\n5\n{ROOT}", "three whole lines"),
        (f"log\n5\n{ROOT}\n\n\n", "empty"),
        ("", "three whole lines"),
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(DamagedError, match=words):
        Checkpoint.parse(text)


def test_lines_that_other_logs_add_are_kept() -> None:
    text = f"log\n5\n{ROOT}\nmore\n"
    assert Checkpoint.parse(text).extensions == ("more",)
    assert Checkpoint.parse(text).serialise() == text


@pytest.mark.parametrize(
    ("vkey", "words"),
    [
        (SIGNER.skey, "which is secret"),
        (VKEY.replace("desk", "dusk"), "does not belong"),
        (VKEY[:-4], "not base64|no Ed25519"),
        ("desk", "joined by"),
        ("a b+00000000+" + VKEY.split("+", 2)[2], "spaces"),
    ],
)
def test_a_wrong_verifying_key_is_refused_in_words(vkey: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        Verifier.parse(vkey)


def test_a_wrong_signing_key_is_refused_without_repeating_it() -> None:
    broken = SIGNER.skey[:-3] + "!!!"
    with pytest.raises(BadInputError) as refused:
        Signer.parse(broken)
    told = "".join(traceback.format_exception(refused.value)) + repr(refused.value.__context__)
    assert SIGNER.skey[-20:-3] not in told
    with pytest.raises(BadInputError, match="verifying key"):
        Signer.parse(VKEY)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "\ud800"])
def test_a_key_name_that_would_break_a_note_is_refused(name: str) -> None:
    with pytest.raises(BadInputError, match="key name"):
        Signer.generate(name)


@pytest.mark.parametrize("text", ["no newline", "a\tb\n", "a\r\n", "\ud800\n", "x" * 600_000 + "\n"])
def test_a_text_that_may_not_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(BadInputError, match="note"):
        SIGNER.sign(text)
