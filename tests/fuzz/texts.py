"""Texts that break things: other scripts, marks without letters, controls, half characters, near misses."""

from __future__ import annotations

from hypothesis import strategies as st

ODD = (
    "\u202e\u202d\u2066\u2069\u200b\u200d\u200e\u200f\ufeff\u00ad\u0301\u0338\u1160\u3164\ufffd\uffff"
    "\x00\x01\x07\x08\x0b\x0c\x0d\x1b\x7f\x85\u2028\u2029İıßŉǰΐﷺ𝔄🏴\U000e0067\ud800\udfff"
)
PIECES = (
    "Ray Cassell",
    "بشير الخطيب",
    "Башир",
    "王小明",
    "ＦＵＬＬ",
    "07700 900142",
    "+44",
    "GB29 NWBK 6016 1331 9268 19",
    "TU18 KNR",
    "1989-02-30",
    "31/12/9999",
    "0000-00-00",
    "٣٠ مارس ١٩٨٩",
    "51.5N 0.1W",
    "91.0, 181.0",
    "a@b",
    "https://",
    "@",
    "£1e309",
    "THE POLICE DENIED THAT",
    "bomb exploded in San Salvador",
    "yesterday",
    ". ",
    "\n\n",
    "...",
    '"',
    "<script>alert(1)</script>",
    "%s%n{{7*7}}",
    "' OR 1=1 --",
)


def prose(size: int = 20) -> st.SearchStrategy[str]:
    """Text of odd characters and of pieces that recognisers look for."""
    odd = st.text(alphabet=st.sampled_from(ODD), max_size=6)
    anything = st.text(alphabet=st.characters(), max_size=12)
    piece = st.sampled_from(PIECES)
    return st.lists(st.one_of(piece, piece, anything, odd), max_size=size).map(" ".join)


def around(sound: str, alphabet: str) -> st.SearchStrategy[str]:
    """Text of the characters that a grammar is made of, and near misses of a sound example."""
    made = st.text(alphabet=st.sampled_from(alphabet + ODD), max_size=40)
    cut = st.builds(lambda at, word: sound[:at] + word + sound[at + 1 :], st.integers(0, len(sound)), made)
    return st.one_of(made, cut, st.text(max_size=60))
