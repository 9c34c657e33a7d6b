"""What a character looks like: the plain letter or digit that a reader takes it for, whatever its script and style.

Derived from the Unicode database (decompositions, names, digit values) and a short table of letters that look alike
across scripts, gathered by hand from the code charts. Letters that resemble no Latin one stay themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ALIKE: Final = {
    shape: letters
    for shape, letters in {
        "a": "аɑαΑАᎪꓮ∀ᴀ@ª",
        "b": "ЬьВвΒᏴꓐᖯƄɓбᛒ",
        "c": "сСϲϹᏟꓚⅭⅽ¢ⲤↃ",
        "d": "ԁԀᎠꓓɗⅾժ",
        "e": "еЕεΕЁёҽᎬꓰ℮єЄɛⲈ€",
        "f": "ꓝƒϜſքẜ",
        "g": "ɡցԌᏀꓖɢԍ",
        "h": "һНнΗᎻꓧհԋⲎ",
        "i": "іІıιΙӀⅠⅰɩᎥꓲӏ|!ǀ∣Іꙇ",
        "j": "јЈϳᎫꓙյ",
        "k": "кКκΚᏦꓗⲔ",
        "l": "ᏞꓡⅬⅼʟӏ£",
        "m": "мМΜᎷꓟⅯⅿⲘʍ",
        "n": "Νηпոꓠռ",
        "o": "оОοΟσօՕᴑꓳ०০੦௦೦๐໐ഠ○◯⚪ⲞⲟΘθ",
        "p": "рРρΡᏢꓑϱⲢ",
        "q": "ԛԚգႳ",
        "r": "гᏒꓣᎡɾгⲅ",
        "s": "ѕЅՏᏚꓢꜱȿ$§",
        "t": "тТτΤᎢꓔⲦ†",
        "u": "υսՍꓴʋц∪",
        "v": "νѵѴᏙꓦ∨ⅴ",
        "w": "ԝԜᏔꓪաѡω",
        "x": "хХχΧꓫ×ⅩⅹⲬ",
        "y": "уУγΥүҮᎩꓬყ",
        "z": "ΖᏃꓜʐ",
        "3": "ЗзӠɜ",
        "6": "б",
        "8": "Ȣȣ",
    }.items()
    for letters in [letters]
}
_LOOKS: Final = {letter: shape for shape, letters in _ALIKE.items() for letter in letters}
_NAMED: Final = re.compile(
    r"(?:MODIFIER LETTER |MATHEMATICAL [A-Z -]*|NEGATIVE |CIRCLED |SQUARED |PARENTHESIZED |FULLWIDTH |OUTLINED )*"
    r"(?:LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |CAPITAL |SMALL )?|REGIONAL INDICATOR SYMBOL LETTER )"
    r"(?:(?:REVERSED|TURNED|OPEN|INSULAR|SCRIPT|DOTLESS|LONG|BARRED|SIDEWAYS|MIDDLE-WELSH|SHARP) )*"
    r"(?P<letter>[A-Z]|AE|OE|DZ|LJ|NJ|ETH|THORN)(?: WITH .*)?"
)
_DIGRAPHS: Final = {"ETH": "d", "THORN": "th"}
_CLASSES: Final = str.maketrans("0l134576892", "oiieastgbgz")
"""One letter for each set that stand for one another in disguise: `0` is `o`; `1` and `l` are `i`; `3` is `e`."""
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800")
SIGNS: Final = frozenset("@$!|€£+")
"""Signs of everyday writing that may stand for a letter, and mostly do not."""


@lru_cache(maxsize=1 << 17)
def shape(letter: str) -> str:
    """The small plain letters or digits that one character is read as; empty for signs, blanks and the invisible."""
    if letter.isascii():
        return letter.lower() if letter.isalnum() else _LOOKS.get(letter, "t" if letter == "+" else "")
    if letter in _LOOKS:
        return _LOOKS[letter]
    if letter in _FILLERS:
        return ""
    category = unicodedata.category(letter)
    if category in _INVISIBLE:
        return ""
    apart = unicodedata.normalize("NFKD", letter)
    if apart != letter:
        return "".join(shape(each) for each in apart)
    if category in {"Nd", "No", "Nl"}:
        digit = unicodedata.digit(letter, None)
        return letter if digit is None else str(digit)
    named = _NAMED.fullmatch(unicodedata.name(letter, ""))
    if named is not None:
        return _DIGRAPHS.get(named["letter"], named["letter"].lower())
    folded = letter.casefold()
    return "".join(shape(each) for each in folded) if folded != letter else letter if letter.isalnum() else ""


@lru_cache(maxsize=1 << 17)
def skeleton_of(letter: str) -> str:
    """The shape of a character with letters and digits that stand for one another made one."""
    return shape(letter).translate(_CLASSES)


_ASCII: Final = {place: skeleton_of(chr(place)) for place in range(128)}


def skeleton(text: str) -> str:
    """A text as its shapes alone: no blanks, signs or case; equal for all its disguises."""
    return text.translate(_ASCII) if text.isascii() else "".join(map(skeleton_of, text))


def visible(text: str) -> str:
    """A text without what nobody sees in it: marks of direction, joiners, strokes over letters."""
    return text if text.isascii() else "".join(each for each in text if unicodedata.category(each) not in _INVISIBLE)
