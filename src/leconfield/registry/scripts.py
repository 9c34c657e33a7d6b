"""Scripts: what a text is written in, and the same text in plain Latin letters, by static tables.

`fold` makes two ways of writing the same letters equal (case, accents, widths, invisible characters, look-alikes);
`romanise` goes from other scripts to Latin. Arabic and Hebrew write few vowels: their Latin forms are skeletons,
good for recall, and never by themselves proof that two names are the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LATIN: Final = "Latin"


def listed(words: str) -> list[str]:
    """The words of a table that is written as one line."""
    return words.split()


_RANGES: Final = (
    (0x0370, 0x03FF, "Greek"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFF, "Arabic"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x3040, 0x30FF, "Kana"),
    (0x1100, 0x11FF, "Hangul"),
    (0xAC00, 0xD7AF, "Hangul"),
    (0x3400, 0x9FFF, "Han"),
)
_CYRILLIC: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяєіґўјљњћђџѓќѕ",
        listed(
            "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya e i g u j lj nj c dj dz g k dz"
        ),
        strict=True,
    )
)
_GREEK: Final = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", listed("a v g d e z i th i k l m n x o p r s s t y f ch ps o"), strict=True)
)
_GREEK_PAIRS: Final = {"μπ": "b", "ντ": "d", "γκ": "g", "γγ": "ng", "ου": "ou", "αυ": "av", "ευ": "ev", "τζ": "j"}
_HEBREW: Final = dict(
    zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", listed("a b g d h v z kh t y k k l m m n n s _ p f ts ts k r sh t"), strict=True)
)
_ARABIC: Final = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءپچژگکیھہے",
        listed("a b t th j h kh d dh r z s sh s d t z _ gh f q k l m n h w y a a _ p ch zh g k y h h e"),
        strict=True,
    )
)
_GEORGIAN: Final = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        listed("a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h"),
        strict=True,
    )
)
_ARMENIAN: Final = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքևօֆ",
        listed("a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts u p k ev o f"),
        strict=True,
    )
)
_LETTERS: Final[dict[str, str]] = {
    letter: latin.replace("_", "")
    for table in (_CYRILLIC, _GREEK, _HEBREW, _ARABIC, _GEORGIAN, _ARMENIAN)
    for letter, latin in table.items()
} | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ß": "ss"}
_KANA: Final = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
        listed(
            "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo "
            "ya yu yo ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo "
            "pa pi pu pe po vu"
        ),
        strict=True,
    )
)
_SMALL_Y: Final = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL_VOWELS: Final = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_INITIALS: Final = listed("g kk n d tt r m b pp s ss _ j jj ch k t p h")
_VOWELS: Final = listed("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FINALS: Final = listed("_ k k k n n n t l k m p l l p l m p p t t ng t t k t p t")
_TO_CYRILLIC: Final = str.maketrans("aeopcxyk", "аеорсхук")
_TO_LATIN: Final = str.maketrans("аеорсхукіјѕ", "aeopcxykijs")
_ONE_LETTER: Final = str.maketrans("یىکڪہھۀےۍ", "ييككهههيي", "ـ")
"""Persian, Urdu and Pashto forms of Arabic letters; the stroke that only stretches a word is left out."""
_KEEP_MARKS: Final = frozenset("\u3099\u309a")


def script_of(text: str) -> str:
    """The script of most letters in the text; `Latin` where there are none."""
    if text.isascii():
        return LATIN
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            found = _script_of_letter(letter)
            counts[found] = counts.get(found, 0) + 1
    return max(counts, key=lambda name: (counts[name], name)) if counts else LATIN


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    point = ord(letter)
    if point < 0x250 or 0x1E00 <= point < 0x1F00:
        return LATIN
    return next((name for low, high, name in _RANGES if low <= point <= high), "Other")


def fold(text: str) -> str:
    """The text without case, accents, widths and invisible characters; words of mixed script made whole."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text)
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in apart if letter in _KEEP_MARKS or not unicodedata.combining(letter))
    whole = unicodedata.normalize("NFC", bare).translate(_ONE_LETTER)
    return " ".join(_one_script(word) for word in whole.split())


def _one_script(word: str) -> str:
    """A word that mixes Latin with look-alike Cyrillic letters, in the script of those that cannot be mistaken."""
    scripts = {_script_of_letter(letter) for letter in word if letter.isalpha()}
    if not {LATIN, "Cyrillic"} <= scripts:
        return word
    latin, cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    if script_of(latin) == LATIN and all(_script_of_letter(letter) == LATIN for letter in latin if letter.isalpha()):
        return latin
    if all(_script_of_letter(letter) == "Cyrillic" for letter in cyrillic if letter.isalpha()):
        return cyrillic
    return word


@lru_cache(maxsize=65536)
def romanise(text: str) -> str:
    """The text in lower-case Latin letters, as far as the tables go; letters of other scripts stay as they are.

    Tables: Cyrillic, Greek, Georgian, Armenian, Arabic and Persian, Hebrew (both without the unwritten vowels), Hangul,
    Kana.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    for pair, latin in _GREEK_PAIRS.items():
        folded = folded.replace(pair, latin)
    folded = _kana(folded)
    return "".join(
        _LETTERS.get(letter) or _hangul(letter) if letter not in _LETTERS else _LETTERS[letter] for letter in folded
    )


def _hangul(letter: str) -> str:
    """One syllable by the arithmetic of the Unicode standard (3.12), in revised romanisation without assimilation."""
    index = ord(letter) - 0xAC00
    if not 0 <= index < 11172:
        return letter
    start, middle, end = index // 588, index % 588 // 28, index % 28
    return (_INITIALS[start] + _VOWELS[middle] + _FINALS[end]).replace("_", "")


def _kana(text: str) -> str:
    out: list[str] = []
    double = False
    for letter in (chr(ord(each) + 0x60) if "ぁ" <= each <= "ゖ" else each for each in text):
        if letter == "ッ":
            double = True
        elif letter == "ー":
            continue
        elif letter in _SMALL_Y and out:
            out[-1] = out[-1][:-1] + ("" if out[-1][:-1] in {"sh", "ch", "j"} else "y") + _SMALL_Y[letter]
        elif letter in _SMALL_VOWELS and out:
            out[-1] = out[-1][:-1] + _SMALL_VOWELS[letter]
        else:
            latin = _KANA.get(letter, letter)
            out.append(latin[:1] + latin if double and letter in _KANA else latin)
            double = False
    return "".join(out)
