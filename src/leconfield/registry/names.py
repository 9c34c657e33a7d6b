"""Names as the registry compares them: parts in plain letters, whatever the script, order or punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.facts import RAREST_BITS, classes_of, rarity
from leconfield.registry.scripts import fold, listed, romanise, script_of
from leconfield.registry.words import organisation_words

_BREAK: Final = re.compile(r"[^\w,'’ʼ`\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_+")
"""What separates words; the vowel signs of Indic and South-East Asian scripts are no letters to `\\w`, and kept."""
_APOSTROPHES: Final = re.compile(r"['’ʼ`]+")
_TITLES: Final = frozenset(
    listed(
        "mr mrs ms miss dr prof professor sir lord lady dame president general gen colonel col lieutenant lt major maj "
        "captain capt sergeant sgt corporal father rev reverend minister senator bishop archbishop monsignor judge "
        "ambassador comandante commander senor senora sheikh shaykh sheik shaikh mullah mulla molla maulvi maulavi "
        "mawlawi mawlana maulana qari haji hajji hajj alhaj ayatollah hojatoleslam brigadier admiral marshal hon "
        "inspector constable pc ds di dci"
    )
)
_PARTICLES: Final = frozenset(
    listed(
        "al el ul as ar an ad az bin ibn bint von van der den ter de la las los del della di da do dos das du y e "
        "nee geb formerly"
    )
)
_LEADING_PARTICLES: Final = frozenset(listed("al el bin ibn von van de del la di"))
_PATRONYMICS: Final = frozenset(listed("bin ibn bint"))
_SUFFIXES: Final = frozenset(listed("jr sr junior senior ii iii iv"))
_VOWELS_AND_BREATH: Final = str.maketrans("", "", "aeiouyhw")
_SOUNDS: Final = (
    ("ph", "f"),
    ("ck", "k"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "s"),
    ("th", "t"),
    ("ch", "k"),
    ("dj", "j"),
)
_LETTERS: Final = str.maketrans("czqv", "kskf")
MOST_PARTS: Final = 12
"""What follows is not compared: no name needs it, and hostile input must not cost time."""
MOST_LETTERS: Final = 40
WORD_BITS: Final = 5.0
"""What agreement on one word of an organisation's or a place's name is worth."""
GENERIC_BITS: Final = 2.5
SMALL_BITS: Final = 0.5
"""The same for words that many of them have, and for words like `of` and `and`."""
PATRONYMIC_BITS: Final = 8.0
"""The most that agreement on a patronymic is worth that no table lists: they are made of common forenames."""
_PATRONYMIC: Final = re.compile(r".{2,}([oaeiy]vich|[oaeiy]vych|[oaeiy]vitch|[oey]vna|ivna|[ae]una)")
ARABIC_ARTICLE: Final = "ال"
LATIN_ARTICLES: Final = ("al", "el")
_HARDLY_BORNE: Final = 16.0
"""Bits from which a word that begins like an article is no name of its own, as Alonso and Elmer are."""
_SHORTEST_WITH_ARTICLE: Final = 4
"""Letters that follow the article."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: folded in its own script, and what follows from that. Equal if the first two are."""

    text: str
    bits: float
    """Evidence in agreeing on it."""
    latin: str = field(compare=False)
    skeleton: str = field(compare=False)
    script: str = field(compare=False)
    classes: frozenset[int] = field(compare=False)

    listed: bool = field(default=False, compare=False)
    """Whether the shipped tables know it as a name."""

    @property
    def initial(self) -> bool:
        """Whether only its first letter is given."""
        return len(self.latin) == 1 and self.latin.isascii()

    @property
    def plain(self) -> bool:
        """Whether its Latin form has letters a to z only."""
        return self.latin.isascii() and self.latin.isalpha()

    @property
    def counts(self) -> bool:
        """Whether it numbers what bears it (`47`, `2nd`, `III`, `Jr`): another number is another bearer."""
        return self.text in _SUFFIXES or any(map(str.isdigit, self.text))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and its parts without titles, particles and legal forms. Equal if written the same."""

    text: str
    schema: str
    parts: tuple[Part, ...] = field(compare=False)
    key: str = field(compare=False)
    """Equal for the same name whatever the case, accents and punctuation; empty if nothing is left."""
    bits: float = field(compare=False)
    """Rarity: two strangers share this name once in 2 ** bits (parts taken as independent)."""
    full: bool = field(compare=False)
    """Whether it could name one person: two parts or more that are not initials."""
    legal: frozenset[str] = field(default=frozenset(), compare=False)
    """Kinds of legal form it states, if an organisation's."""
    patronymic: bool = field(default=False, compare=False)
    """Whether it says whose child it is (bin, ibn, bint): then another order is another person, the father perhaps."""

    @property
    def initials(self) -> str:
        """The acronym of a name of three words or more; empty if shorter."""
        small = organisation_words().small
        words = [part.latin for part in self.parts if part.latin not in small]
        return "".join(word[:1] for word in words) if len(words) >= 3 else ""

    @property
    def acronym(self) -> str:
        """The name but for its legal form if it is written as an acronym (IRA, E.L.N., IBM Corp.); empty if not."""
        word = self.parts[0].text if len(self.parts) == 1 else ""
        written = word.isascii() and word.isalpha() and word.upper() in self.text.replace(".", "")
        return word if written and 3 <= len(word) <= 6 else ""


@lru_cache(maxsize=1 << 16)
def parse_name(text: str, schema: str = PERSON) -> Name:
    """The name in `text`; without parts if it holds no letters or digits."""
    found, legal = _words(text, comma_swaps=schema == PERSON), frozenset[str]()
    patronymic = schema == PERSON and not _PATRONYMICS.isdisjoint(found[1:])
    if schema == PERSON:
        found = _without_particles(_without_titles([part for word in found for part in _apart(word)]))
    elif schema == ORGANISATION:
        found, legal = _words_of_organisation(found)
    parts = tuple(_part(word, schema) for word in found[:MOST_PARTS])
    key = " ".join(part.latin for part in parts if part.latin)
    whole = [part for part in parts if not part.initial]
    return Name(text, schema, parts, key, sum(part.bits for part in whole), len(whole) >= 2, legal, patronymic)


def _part(word: str, schema: str) -> Part:
    if schema != ORGANISATION:
        return part_of(word[:MOST_LETTERS], None if schema == PERSON else WORD_BITS)
    known = organisation_words()
    kept = known.one.get(word, word)
    bits = SMALL_BITS if kept in known.small else GENERIC_BITS if kept in known.common else WORD_BITS
    part = part_of(word[:MOST_LETTERS], bits)
    return part if kept == word else replace(part, latin=kept, skeleton=skeleton(kept))


def _words_of_organisation(found: list[str]) -> tuple[list[str], frozenset[str]]:
    """The words that are its own, and of which kinds the legal forms are that it states."""
    known = organisation_words()
    found = _with_letters_joined(found)
    forms = [known.one.get(word, word) for word in found]
    places, legal = known.without_legal_forms(forms)
    own = [place for place in places if forms[place] not in known.small or found[place:] == list(forms[place][:1])]
    return [found[place] for place in own or places], legal


def _with_letters_joined(words: list[str]) -> list[str]:
    """Single letters that stand together as one word: `S.A.` is `sa`."""
    out: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            out.append(run)
        run = ""
        if word:
            out.append(word)
    return out


@lru_cache(maxsize=1 << 16)
def part_of(text: str, bits: float | None = None) -> Part:
    """The part that a folded word is; `bits` where the tables of personal names do not apply."""
    bare = text[2:] if text.startswith(ARABIC_ARTICLE) and len(text) > 4 else text
    latin = romanise(bare)
    classes = _classes(bare)
    share = min(rarity(bare), rarity(latin))
    listed = bool(classes) or share < RAREST_BITS
    if bits is None:
        usual = PATRONYMIC_BITS if _PATRONYMIC.fullmatch(latin) else RAREST_BITS
        bits = min(share, usual, (3.0 if latin.isascii() else 6.0) * len(latin))
    return Part(bare, bits, latin, skeleton(latin), script_of(bare), classes, listed)


def _classes(word: str) -> frozenset[int]:
    """Its classes of equivalents; a word that hardly anybody bears may be another with the Arabic article before it."""
    bare = word[2:] if word.startswith(LATIN_ARTICLES) and rarity(word) >= _HARDLY_BORNE else ""
    with_article = classes_of(bare) if len(bare) >= _SHORTEST_WITH_ARTICLE else ()
    return frozenset((*classes_of(word), *with_article))


def skeleton(latin: str) -> str:
    """The first letter and the consonants, sounds alike made one: `Mohammed`, `Muhamad`, `mhmd` are all `mmd`."""
    for sound, letter in _SOUNDS:
        latin = latin.replace(sound, letter)
    latin = re.sub(r"(.)\1+", r"\1", latin.translate(_LETTERS))
    head = "a" if latin[:1] in set("aeiouy") else latin[:1]
    return head + latin[1:].translate(_VOWELS_AND_BREATH)


def _words(text: str, *, comma_swaps: bool) -> list[str]:
    bare = _APOSTROPHES.sub("", fold(text).replace("•", " "))
    broken = _BREAK.sub(" ", bare)
    if comma_swaps and broken.count(",") == 1:
        family, given = broken.split(",")
        if given.strip() not in _SUFFIXES:
            broken = f"{given} {family}"
    return [word for word in broken.replace(",", " ").split() if word]


def _apart(word: str) -> list[str]:
    """A Korean or Chinese name of three syllables as family name and given name."""
    return [word[0], word[1:]] if len(word) == 3 and script_of(word) in {"Hangul", "Han"} else [word]


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    if len(words) > 2 and words[0] in {"don", "dona"}:
        return words[1:]
    return words


def _without_particles(words: list[str]) -> list[str]:
    last = len(words) - 1
    kept = [
        word
        for place, word in enumerate(words)
        if place == last or word not in (_LEADING_PARTICLES if place == 0 else _PARTICLES)
    ]
    return kept or words
