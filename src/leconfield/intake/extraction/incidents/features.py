"""What the role tagger sees of each word: the word, its neighbours, and where it stands to the words of violence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from leconfield.intake.extraction.incidents.lexicon import Lexicon, lexicon

_PASSIVE: Final = frozenset(lexicon().words["passive"])
_PREPOSITIONS: Final = frozenset(lexicon().words["linking"])
_BOUNDARY: Final = frozenset({"", ",", ";", ":", "(", ")", '"', "."})


def word_shape(word: str) -> str:
    """`n` for a number, `p` for punctuation, `a` for an abbreviation with dots, else nothing."""
    if word[0].isdigit():
        return "n"
    if not word[0].isalpha():
        return "p"
    return "a" if "." in word else ""


def voices(words: Sequence[str], lex: Lexicon) -> list[str]:
    """For each word the trigger group it belongs to with its voice (`kill:p`, `kill:a`, `kill:n`), or nothing."""
    found = [""] * len(words)
    for at, word in enumerate(words):
        group = lex.triggers.get(word)
        if group is None:
            continue
        before = words[max(0, at - 3) : at]
        if any(w in _PASSIVE for w in before):
            voice = "p"
        elif at + 1 < len(words) and words[at + 1] in {"of", "against"}:
            voice = "n"
        elif at + 1 < len(words) and words[at + 1] == "by":
            voice = "p"
        else:
            voice = "a" if word.endswith(("ed", "t", "ew")) else "n"
        found[at] = f"{group}:{voice}"
    return found


def word_features(
    words: Sequence[str], context: Sequence[str], lex: Lexicon, clusters: Mapping[str, str], counts: Mapping[str, int]
) -> list[list[str]]:
    """One list of features for each word of a sentence.

    `context` holds the features of the whole sentence (where it stands, what the report is about), `clusters` the
    distributional cluster of a word, `counts` how often a word occurs in the report.
    """
    classes = [lex.classes.get(w) or word_shape(w) or "-" for w in words]
    cluster = [clusters.get(w, "?") for w in words]
    trigger = voices(words, lex)
    left, left_prep = _to_the_left(words, trigger)
    right = _to_the_right(trigger)
    out: list[list[str]] = []
    for at, word in enumerate(words):
        w1, w2 = _at(words, at - 1), _at(words, at - 2)
        n1, n2 = _at(words, at + 1), _at(words, at + 2)
        c1, n1c = _at(classes, at - 1), _at(classes, at + 1)
        found = [
            f"w={word}",
            f"s={word[-3:]}",
            f"p={word[:3]}",
            f"c={classes[at]}",
            f"k={cluster[at]}",
            f"-1={w1}",
            f"-2={w2}",
            f"+1={n1}",
            f"+2={n2}",
            f"-c={c1}",
            f"+c={n1c}",
            f"-2c={_at(classes, at - 2)}",
            f"+2c={_at(classes, at + 2)}",
            f"-k={_at(cluster, at - 1)}",
            f"+k={_at(cluster, at + 1)}",
            f"b-={w1}|{word}",
            f"b+={word}|{n1}",
            f"cc={c1}|{classes[at]}|{n1c}",
            f"L={left[at]}",
            f"R={right[at]}",
            f"LP={left[at]}|{left_prep[at]}",
            f"PC={left_prep[at]}|{classes[at]}",
            f"LC={left[at]}|{left_prep[at]}|{classes[at]}",
            f"RC={right[at]}|{classes[at]}",
            f"n={min(4, counts.get(word, 1))}",
        ]
        if trigger[at]:
            found.append(f"t={trigger[at]}")
        found.extend(context)
        found.extend([f"{feature}|{classes[at]}" for feature in context])
        out.append(found)
    return out


def _at(values: Sequence[str], at: int) -> str:
    return values[at] if 0 <= at < len(values) else ""


def _to_the_left(words: Sequence[str], trigger: Sequence[str]) -> tuple[list[str], list[str]]:
    """The nearest trigger before each word, and the last preposition since."""
    nearest, prep = "", ""
    triggers: list[str] = []
    prepositions: list[str] = []
    for word, group in zip(words, trigger, strict=True):
        triggers.append(nearest)
        prepositions.append(prep)
        if group:
            nearest, prep = group, ""
        elif word in _PREPOSITIONS:
            prep = word
        elif word in _BOUNDARY:
            prep = f"{prep[:3]}{word}"
    return triggers, prepositions


def _to_the_right(trigger: Sequence[str]) -> list[str]:
    """The nearest trigger behind each word."""
    nearest = ""
    found: list[str] = []
    for group in reversed(trigger):
        found.append(nearest)
        if group:
            nearest = group
    return found[::-1]
