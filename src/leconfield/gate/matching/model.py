"""What matching works with: sentences, their features, the passages that they may rest on."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.ledger.model import ReportId


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the draft, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a sentence says which could be known from elsewhere: a name, a day, a number, a place, a word."""

    kind: str
    """`name`, `date`, `number`, `place`, `role`, `identifier` or `word`."""
    words: str
    """As it stands in the sentence."""
    span: Span
    exact: frozenset[str]
    """Keys one of which a passage has that says the same, or says it finer."""
    near: frozenset[str] = frozenset()
    """Keys of passages that may mean it: they say it blunter, or in a word next to it."""
    bearer: str = ""
    """The id of the subject that a name stands for."""

    @property
    def specific(self) -> bool:
        """Whether it could be checked, and so be recognised: anything but a plain word."""
        return self.kind != "word"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the draft and what it says."""

    number: int
    """From 1, in the order of the draft."""
    text: str
    span: Span
    features: tuple[Feature, ...]
    capped: bool = False
    """Whether it says more than was looked at: whoever protects sources must treat it as exposed."""
    unread: tuple[str, ...] = ()
    """Its words that could not be read: they are in another language, or run together."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report; `start` -1: its title, or what a table or an officer says of the whole."""

    report: ReportId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that a sentence may rest on."""

    passage: Passage
    said: int
    """Bits over the sentence's features: those that the passage says just so, or finer."""
    meant: int
    """Bits over the sentence's features: those that it says or may mean."""
    share: float
    """How much of what the sentence tells is in it, 0 to 1, by weight."""
    bits: float
    """How unlikely it is that the two have so much in common by chance."""
    rare: float
    """The same for plain words, but for what each of them always has; infinite where it is more than plain words."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A sentence with everything that it may rest on, the best first."""

    sentence: Sentence
    matches: tuple[Match, ...]
    topical: tuple[str, ...] = ()
    """Its words that none but protected reports use, and that no match accounts for."""
    grave: tuple[str, ...] = ()
    """If nothing matches: its words for violence or its means, of which protected reports speak, too."""
    capped: bool = False
    """Whether more passages matched than were kept."""
