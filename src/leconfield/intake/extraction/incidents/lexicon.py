"""The typed lexicon of incidents, read once from `lexicon.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they tell: `triggers` by word, `classes` by word."""

    triggers: Mapping[str, str]
    """Word to trigger group: `murdered` to `murder`."""
    classes: Mapping[str, str]
    """Word to one letter for each class it belongs to, sorted: `bomb` to `w`."""
    kinds: Mapping[str, str]
    """Trigger group to kind of incident: `murder` to `attack`; groups that speak of none are absent."""
    words: Mapping[str, tuple[str, ...]]
    """Closed lists by name, in the order of the file."""
    cues: Mapping[str, str]
    """Word to the way it colours an assertion: `alleged` to `accuse`."""


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    raw = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    triggers: dict[str, str] = {}
    for group, words in raw["triggers"].items():
        for word in words.split():
            triggers.setdefault(word, group)
    classes: dict[str, list[str]] = {}
    for name, words in raw["classes"].items():
        for word in words.split():
            classes.setdefault(word, []).append(name[:3])
    kinds = {group: kind for kind, groups in raw["kinds"].items() for group in groups.split()}
    cues = {word: cue for cue, words in raw["cues"].items() for word in words.split()}
    closed = {name: tuple(words.split()) for name, words in raw["words"].items()}
    return Lexicon(triggers, {word: "+".join(sorted(found)) for word, found in classes.items()}, kinds, closed, cues)
