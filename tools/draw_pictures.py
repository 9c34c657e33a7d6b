"""Draws the three pictures of Operation SEQUIN, each with the metadata that a camera and its owner leave in it.

    python tools/draw_pictures.py examples/sequin/pictures

A street with a car, a desk with a screen, and a group of people: none of them is a photograph of anything. Camera,
place, moment and name stand in each, so that there is something to take out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PIL import ExifTags, Image, ImageDraw, ImageFont

SIZE: Final = (720, 480)
QUALITY: Final = 82
Canvas = ImageDraw.ImageDraw
_SKIN: Final = ("#f1c9a5", "#8d5a3a", "#d9a066", "#5c3a25", "#eab38c")
_HAIR: Final = ("#2b1d14", "#111111", "#8a8a86", "#1c120c", "#a9642b")
_COATS: Final = ("#34506b", "#7b3b3b", "#4d6b45", "#6b5a82", "#80693c")


def street(draw: Canvas) -> None:
    """A terrace in the rain, a yellow van, and its number plate."""
    draw.rectangle((0, 0, 720, 250), fill="#9fb0bf")
    for place in range(6):
        left = place * 124 - 10
        draw.rectangle((left, 90, left + 120, 300), fill=("#8c4a3c", "#7a4034")[place % 2])
        draw.polygon(((left, 90), (left + 60, 46), (left + 120, 90)), fill="#4b4f57")
        for window in ((18, 120), (70, 120), (18, 200)):
            draw.rectangle((left + window[0], window[1], left + window[0] + 32, window[1] + 44), fill="#dfe7ec")
        draw.rectangle((left + 70, 206, left + 100, 300), fill=("#274e37", "#23395d")[place % 2])
    draw.rectangle((0, 300, 720, 330), fill="#a7a49c")
    draw.rectangle((0, 330, 720, 480), fill="#55585c")
    draw.rounded_rectangle((250, 210, 560, 400), 18, fill="#e8b923")
    draw.rounded_rectangle((270, 226, 420, 290), 8, fill="#2f3d49")
    draw.rectangle((440, 226, 544, 340), fill="#d6a91d")
    for wheel in (300, 500):
        draw.ellipse((wheel - 34, 366, wheel + 34, 434), fill="#1b1b1b")
        draw.ellipse((wheel - 14, 386, wheel + 14, 414), fill="#8b8b8b")
    draw.rectangle((352, 348, 452, 378), fill="#f7e04a", outline="#111111", width=2)
    draw.text((402, 363), "UJ22 KLO", font=_font(20), fill="#111111", anchor="mm")
    _person(draw, (640, 300), 1)


def desk(draw: Canvas) -> None:
    """A desk at night, and a screen that ought to have been locked."""
    draw.rectangle((0, 0, 720, 480), fill="#3b3f4a")
    draw.rectangle((0, 330, 720, 480), fill="#7a5b3e")
    draw.rectangle((190, 70, 560, 300), fill="#16181d")
    draw.rectangle((206, 84, 544, 286), fill="#eef2f5")
    draw.text((222, 98), "Contact note", font=_font(18), fill="#333333")
    draw.text((222, 130), "HEATHER", font=_font(40), fill="#8c1c13")
    for row in range(5):
        draw.rectangle((222, 190 + row * 18, 430 + 19 * (row % 3), 198 + row * 18), fill="#9aa5b1")
    draw.rectangle((350, 300, 400, 340), fill="#16181d")
    draw.rectangle((250, 360, 500, 400), fill="#d9d9d9")
    draw.ellipse((590, 330, 650, 400), fill="#b6483b")
    draw.rectangle((60, 120, 130, 360), fill="#2c5d4f")
    draw.text((95, 240), "07", font=_font(28), fill="#e9e4d4", anchor="mm")


def group(draw: Canvas) -> None:
    """Five people on a quay, laughing."""
    draw.rectangle((0, 0, 720, 260), fill="#c3d3de")
    draw.rectangle((0, 260, 720, 330), fill="#6f8796")
    draw.rectangle((0, 330, 720, 480), fill="#8f8a80")
    for place in range(5):
        _person(draw, (110 + place * 125, 200 + 14 * (place % 2)), place)


def _person(draw: Canvas, at: tuple[int, int], which: int) -> None:
    """Somebody whose face is at a point."""
    x, y = at
    draw.rounded_rectangle((x - 46, y + 44, x + 46, y + 220), 26, fill=_COATS[which])
    draw.ellipse((x - 40, y - 50, x + 40, y + 50), fill=_HAIR[which])
    draw.ellipse((x - 34, y - 38, x + 34, y + 50), fill=_SKIN[which])
    for eye in (-13, 13):
        draw.ellipse((x + eye - 6, y - 8, x + eye + 6, y + 2), fill="#ffffff")
        draw.ellipse((x + eye - 3, y - 6, x + eye + 3, y), fill="#1d1d1d")
    draw.line((x, y + 2, x - 4, y + 18, x + 3, y + 18), fill="#6b3f2a", width=2)
    draw.arc((x - 16, y + 12, x + 16, y + 38), 15, 165, fill="#7a2620", width=3)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


PICTURES: Final[Mapping[str, tuple[Callable[[Canvas], None], str, str, tuple[float, float]]]] = {
    "street.jpg": (street, "Len, loggist", "2026:05:12 06:41:07", (53.7676, 0.3018)),
    "desk.jpg": (desk, "Rob, agent runner", "2026:06:18 22:14:50", (51.8787, 0.4200)),
    "group.jpg": (group, "Gwen, team leader", "2026:06:28 13:02:33", (53.7443, 0.2914)),
}
"""By name: how it is drawn, who took it, when, and where (degrees north, degrees west)."""


def drawn(name: str) -> Image.Image:
    """A picture as it was drawn, with a little noise, as a sensor has it."""
    image = Image.new("RGB", SIZE)
    PICTURES[name][0](ImageDraw.Draw(image))
    dice = random.Random(name)
    draw = ImageDraw.Draw(image)
    for _ in range(2_500):
        at = dice.randrange(SIZE[0]), dice.randrange(SIZE[1])
        found = image.getpixel(at)
        if isinstance(found, tuple):
            draw.point(at, fill=tuple(max(0, min(255, each + dice.randint(-9, 9))) for each in found[:3]))
    return image


def exif_of(name: str) -> Image.Exif:
    """What its camera and its owner leave in it."""
    _, artist, moment, (north, west) = PICTURES[name]
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Obscura"
    exif[ExifTags.Base.Model] = "Obscura P7, body 0021977"
    exif[ExifTags.Base.Artist] = artist
    exif[ExifTags.Base.DateTime] = moment
    exif[ExifTags.Base.ImageDescription] = f"{name}, as taken"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", _degrees(north)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", _degrees(west)
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 2)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for each in PICTURES:
        drawn(each).save(folder / each, quality=QUALITY, exif=exif_of(each))
