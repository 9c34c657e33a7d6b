"""Names as the registry compares them: parts in plain letters, whatever the script, order or punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.facts import RAREST_BITS, facts, rarity
from leconfield.registry.scripts import fold, listed, romanise, script_of

_BREAK: Final = re.compile(r"[^\w,'’ʼ`\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_+")
"""What separates words; the vowel signs of Indic and South-East Asian scripts are no letters to `\\w`, and kept."""
_APOSTROPHES: Final = re.compile(r"['’ʼ`]+")
_TITLES: Final = frozenset(
    listed(
        "mr mrs ms miss dr prof professor sir lord lady dame president general gen colonel col lieutenant lt major maj "
        "captain capt sergeant sgt corporal father rev reverend minister senator bishop archbishop monsignor judge "
        "ambassador comandante commander senor senora sheikh shaykh sheik mullah inspector constable pc ds di dci"
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
_LEGAL_FORMS: Final = frozenset(
    listed(
        "ltd limited plc llc llp lp inc incorporated corp corporation co company gmbh mbh ag ev kg kgaa ohg sa sas "
        "srl sarl spa snc sl slu sau ltda limitada bv bvba nv oy oyj ab as asa aps se ad ood eood doo dd kft zrt spzoo "
        "tbk sae saog saoc fze fzco fzc fzllc wll bsc bhd sdn pte pty pvt private kk jsc ojsc pjsc cjsc pao oao ooo "
        "zao ооо оао зао ао пао тоо 公司 有限公司 株式会社 주식회사 شركة"
    )
)
_GENERIC: Final = frozenset(
    listed(
        "bank group holding holdings international national trading trade general industries industry industrial "
        "services service shipping marine maritime investment investments development construction engineering "
        "technology technologies enterprises enterprise foundation organization organisation association society union "
        "university institute center centre agency bureau office ministry department committee council commercial "
        "export import transport logistics airlines aviation air oil gas petroleum energy petrochemical steel metal "
        "chemical electronics electronic exchange financial finance capital insurance real estate management brothers "
        "sons partners global world american european arab islamic iran iranian islam republic new first united north "
        "south east west central front army liberation movement party people peoples popular revolutionary"
    )
)
"""Words that many organisations have in their names: agreement on one says little."""
_ABBREVIATED: Final = dict(
    each.split("=")
    for each in listed(
        "intl=international natl=national bros=brothers univ=university govt=government assoc=association "
        "assn=association dept=department mfg=manufacturing eng=engineering trdg=trading ind=industries grp=group "
        "mgmt=management svcs=services svc=service inst=institute org=organization organisation=organization "
        "centre=center min=ministry constr=construction tech=technology dev=development invest=investment "
        "labour=labor defence=defense"
    )
)
_SMALL_WORDS: Final = frozenset(
    listed("the of and for in on de del la las los el y e da do dos du des et und der die das")
)
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
ARABIC_ARTICLE: Final = "ال"


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
    patronymic: bool = field(default=False, compare=False)
    """Whether it says whose child it is (bin, ibn, bint): then another order is another person, the father perhaps."""

    @property
    def initials(self) -> str:
        """The acronym of a name of three words or more; empty if shorter."""
        words = [part.latin for part in self.parts if part.latin not in _SMALL_WORDS]
        return "".join(word[:1] for word in words) if len(words) >= 3 else ""

    @property
    def acronym(self) -> str:
        """The name itself if it is written as an acronym (IRA, E.L.N.); empty if not."""
        bare = self.text.replace(".", "").strip()
        return bare.lower() if bare.isascii() and bare.isalpha() and bare.isupper() and 3 <= len(bare) <= 6 else ""


@lru_cache(maxsize=1 << 16)
def parse_name(text: str, schema: str = PERSON) -> Name:
    """The name in `text`; without parts if it holds no letters or digits."""
    words = _words(text, comma_swaps=schema == PERSON)
    patronymic = schema == PERSON and not _PATRONYMICS.isdisjoint(words[1:])
    if schema == PERSON:
        words = [part for word in words for part in _apart(word)]
        words = _without_titles(words)
        words = _without_particles(words)
    elif schema == ORGANISATION:
        words = [_ABBREVIATED.get(word, word) for word in _with_letters_joined(words)]
        words = [word for word in words if word not in _LEGAL_FORMS and word != "the"] or words
    parts = tuple(part_of(word[:MOST_LETTERS], _bits(word, schema)) for word in words[:MOST_PARTS])
    key = " ".join(part.latin for part in parts if part.latin)
    whole = [part for part in parts if not part.initial]
    return Name(text, schema, parts, key, sum(part.bits for part in whole), len(whole) >= 2, patronymic)


def _bits(word: str, schema: str) -> float | None:
    """What agreement on a word is worth where the tables of personal names do not apply; None where they do."""
    if schema == PERSON:
        return None
    if schema != ORGANISATION:
        return WORD_BITS
    return SMALL_BITS if word in _SMALL_WORDS else GENERIC_BITS if word in _GENERIC else WORD_BITS


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
    classes = frozenset(facts().classes.get(bare, ()))
    share = min(rarity(bare), rarity(latin))
    listed = bool(classes) or share < RAREST_BITS
    if bits is None:
        bits = min(share, (3.0 if latin.isascii() else 6.0) * len(latin))
    return Part(bare, bits, latin, skeleton(latin), script_of(bare), classes, listed)


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
