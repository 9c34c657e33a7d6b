"""Tests of `leconfield.gate.release.tracing`: a copy is told by its words, however they were passed on."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles import whole
from leconfield.gate.release import service, tracing
from leconfield.gate.release.codes import ONE_IN
from leconfield.gate.release.marks import Marked
from leconfield.gate.release.model import Copy
from leconfield.gate.release.state import found
from tests.gate.release.rooms import OFFICER, SEAL, house, now, out

STORY = """In the spring a [[caller|man on the telephone]] told the front desk of a lock-up near the [[canal|water]]. He
[[would not|did not want to]] give his name. Two officers [[went|drove]] there the same [[evening|night]] and saw a van
with [[foreign|unusual]] plates. The van [[left|drove off]] before [[dawn|first light]], and for [[some|several]] days
[[nothing happened|it stayed quiet]]. Then a [[neighbour|woman next door]] noticed that the [[lock|padlock]] had been
changed. A [[team|small team]] took turns in a flat [[across the road|opposite]]. They [[wrote down|noted]] every
[[visitor|person who came]], and by the end of the [[week|seventh day]] they had [[about forty|some forty]] entries. One
man [[came back|returned]] again and again, [[always|each time]] with a [[heavy|full]] bag. The [[bags|sacks]] held
[[fertiliser|garden fertiliser]], bought in [[small amounts|little lots]] from [[many|various]] shops. When he
[[ordered|asked for]] a second [[delivery|load]], the shop [[called|rang]] us. That [[call|message]] was the
[[turning point|decisive moment]]. The arrest was [[made|carried out]] without [[a shot|violence]], and
[[nobody was hurt|there were no injuries]]. At the trial the [[log|record]] was [[read out|read aloud]] line by line.
The [[judge|court]] [[praised|thanked]] the people who had [[paid attention|looked closely]], and so do we."""
MARKED = Marked.parse(STORY)
COUNTS = [len(each) for each in MARKED.places]
NAMES = [f"Partner {number}" for number in range(25)]


def copies(seed: int = 0) -> list[Copy]:
    dice = random.Random(seed)
    return [Copy(name, tuple(dice.randrange(each) for each in COUNTS), "", "") for name in NAMES]


def retyped(text: str, dice: random.Random) -> str:
    """With a slip in each twentieth word."""
    words = text.split()
    for at, word in enumerate(words):
        if len(word) > 3 and dice.random() < 0.05:
            place = dice.randrange(1, len(word) - 1)
            words[at] = word[:place] + dice.choice(("", word[place] * 2, "x")) + word[place + 1 :]
    return " ".join(words)


def leak_of(name: str, how: str, dice: random.Random) -> str:
    text = MARKED.text(next(each.choices for each in copies() if each.recipient == name))
    match how:
        case "whole":
            return text
        case "re-cased":
            return text.upper().replace(".", " –").replace(",", "")
        case "retyped":
            return retyped(text, dice)
        case "quoted":
            return (
                f"Our paper has seen a document. {text} The ministry would not comment. " + "More follows soon. " * 30
            )
        case "half":
            return " ".join(text.split()[: len(text.split()) * 3 // 5])
        case "broken lines":
            return "\n> ".join(text[at : at + 37] for at in range(0, len(text), 37)).replace("\n> ", " \n> ")
        case _:
            return "".join(each + ("\u200b" if dice.random() < 0.2 else "") for each in text)


@pytest.mark.parametrize("how", ["whole", "re-cased", "retyped", "quoted", "half", "broken lines", "zero-width"])
def test_the_copy_that_leaked_is_named_and_no_other(how: str) -> None:
    dice = random.Random(how)
    for name in NAMES[:6]:
        traced = tracing.traced([MARKED], copies(), leak_of(name, how, dice))
        assert [each.recipient for each in traced.matches if each.named()] == [name], (how, traced.words(ONE_IN))


def test_a_whole_copy_is_read_at_every_place() -> None:
    chosen = copies()[3].choices
    traced = tracing.traced([MARKED], copies(), MARKED.text(chosen))
    assert traced.leaked == chosen
    assert "It names a copy, not who passed it on" in traced.words(ONE_IN)


@pytest.mark.parametrize(
    "leak", ["", "   ", "Nothing of this.", "The van left before dawn.", "\u202e" * 50, "x" * 200_000]
)
def test_what_says_too_little_names_nobody(leak: str) -> None:
    traced = tracing.traced([MARKED], copies(), leak)
    assert not [each for each in traced.matches if each.named()]
    assert "names no copy" in traced.words(ONE_IN)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_it_fail_or_accuse(leak: str) -> None:
    assert not [each for each in tracing.traced([MARKED], copies(), leak).matches if each.named()]


def test_paraphrased_by_somebody_who_has_no_copy_it_names_nobody() -> None:
    dice = random.Random("somebody else")
    for seed in range(30):
        own = MARKED.text([dice.randrange(each) for each in COUNTS])
        traced = tracing.traced([MARKED], copies(seed), own)
        assert not [each for each in traced.matches if each.named()]


def test_a_sealed_copy_that_turns_up_is_traced_by_the_entries_alone() -> None:
    desk, _ = house()
    which = out(desk, {"story.txt": ("text/plain", STORY.encode())})
    got = {name: service.copy(desk, now(desk, OFFICER), which, name, [SEAL]) for name in NAMES[:8]}
    for name in NAMES[:2]:
        text = whole(got[name]).files["story.txt"].decode()
        traced = service.leaked(now(desk, OFFICER), which, text.lower())
        assert [each.recipient for each in traced.matches if each.named()] == [name]
    assert [each.recipient for each in found(now(desk, OFFICER), which).copies] == NAMES[:8]
