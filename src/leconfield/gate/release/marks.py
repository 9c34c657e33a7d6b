"""Alternatives in a text: `the van [[left|drove off|pulled away]] at dawn`, written by its author, all of them true.

Each recipient's copy has one alternative at each place. Nothing is made up by a machine, and a text with alternatives
is judged with every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.content import Content, Member

MOST_PLACES: Final = 2_000
MOST_ALTERNATIVES: Final = 8
_PLACE: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_MARKED_TYPES: Final = frozenset({"text/plain", "text/markdown"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as it is cut at its places: `fixed[0] place[0] fixed[1] ... fixed[-1]`."""

    fixed: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    """The alternatives of each place."""

    @classmethod
    def parse(cls, text: str) -> Marked:
        """The text cut at its places.

        Raises:
            BadInputError: with the place that will not do.
        """
        parts = _PLACE.split(text)
        fixed, written = parts[::2], parts[1::2]
        for each in fixed:
            if "[[" in each or "]]" in each:
                raise BadInputError(f'"{_around(each)}": [[ and ]] belong in pairs; write [[one way|another]]')
        if len(written) > MOST_PLACES:
            raise BadInputError(f"{len(written):,} places with alternatives; {MOST_PLACES:,} at most")
        return cls(tuple(fixed), tuple(_alternatives(each) for each in written))

    def text(self, choices: Sequence[int]) -> str:
        """The text with the chosen alternative at each place."""
        words = [self.fixed[0]]
        for place, choice, fixed in zip(self.places, choices, self.fixed[1:], strict=True):
            words += (place[choice], fixed)
        return "".join(words)


def _alternatives(written: str) -> tuple[str, ...]:
    found = tuple(each.strip() for each in written.split("|"))
    if not 2 <= len(found) <= MOST_ALTERNATIVES:
        raise BadInputError(f'"{_around(written)}": a place has 2 to {MOST_ALTERNATIVES} alternatives, parted by |')
    if "[[" in written or not all(found):
        raise BadInputError(f'"{_around(written)}": an alternative is empty, or begins another place within itself')
    if len({" ".join(_letters(each)) for each in found}) < len(found):
        raise BadInputError(
            f'"{_around(written)}": two alternatives differ in capitals or points alone, which retyping levels'
        )
    return found


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _around(text: str) -> str:
    return " ".join(text.split())[:60]


def marked_members(content: Content, files: Mapping[str, bytes]) -> dict[str, Marked]:
    """The texts of a content that have alternatives, by member; several members share one row of places.

    Raises:
        BadInputError: if a text is no UTF-8, or its places will not do.
    """
    found: dict[str, Marked] = {}
    for each in content.members:
        if each.media_type not in _MARKED_TYPES:
            continue
        try:
            cut = Marked.parse(files[each.name].decode("utf-8"))
        except UnicodeDecodeError as error:
            raise BadInputError(f"{each.name}, byte {error.start}: it is no UTF-8; save it as such") from error
        if cut.places:
            found[each.name] = cut
    return found


def places_of(marked: Mapping[str, Marked]) -> tuple[int, ...]:
    """How many alternatives each place has, member by member."""
    return tuple(len(place) for name in sorted(marked) for place in marked[name].places)


def chosen(
    content: Content, files: Mapping[str, bytes], marked: Mapping[str, Marked], choices: Sequence[int]
) -> tuple[Content, dict[str, bytes]]:
    """The content and files with one alternative at each place."""
    at, made = 0, dict(files)
    for name in sorted(marked):
        count = len(marked[name].places)
        made[name] = marked[name].text(choices[at : at + count]).encode()
        at += count
    members = tuple(Member.of(each.name, each.media_type, made[each.name]) for each in content.members)
    return replace(content, members=members), made


def readings(content: Content, files: Mapping[str, bytes]) -> Iterator[tuple[Content, dict[str, bytes]]]:
    """As few copies as show every alternative at least once; of a text without any, itself.

    Raises:
        BadInputError: as `marked_members`.
    """
    marked = marked_members(content, files)
    counts = places_of(marked)
    for turn in range(max(counts, default=1)):
        yield chosen(content, files, marked, [min(turn, count - 1) for count in counts])
