"""The pictures of a case, in its folder `pictures/`, and the boxes that its officers drew in them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.files.pictures import Box

FOLDER: Final = "pictures"
_SIDES: Final = 4


def picture(folder: Path, name: str, where: str) -> bytes:
    """The bytes of a picture of the case, as it was taken.

    Raises:
        BadInputError: if there is none by that name; `where` is what errors call the place that names it.
    """
    file = folder / FOLDER / name
    if "/" in name or not file.is_file():
        raise BadInputError(f'{where}: there is no picture "{name[:60]}" in {FOLDER}/')
    return file.read_bytes()


def boxes_in(text: str, where: str) -> dict[str, list[Box]]:
    """The boxes by picture, each line of the text one: `street.jpg 410 250 90 30` (left, top, width, height; pixels).

    Raises:
        BadInputError: naming the line that is no box.
    """
    found: dict[str, list[Box]] = {}
    for line in text.splitlines():
        name, *sides = line.split()
        if len(sides) != _SIDES or not all(each.isdecimal() for each in sides):
            raise BadInputError(f'{where}: "{line[:60]}" is no box; write a picture, left, top, width and height')
        left, top, width, height = map(int, sides)
        found.setdefault(name, []).append(Box(left, top, width, height))
    return found
