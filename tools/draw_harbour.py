"""Draw the pictures that the demonstration's service publishes: a harbour at dusk, and a code room at night.

Nothing in them is anywhere. `python tools/draw_harbour.py examples/sequin/pictures` writes both, the same each time.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
SCALE = 2


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def sky(width: int, height: int, stops: list[tuple[float, Colour]]) -> Image.Image:
    """A gradient from top to bottom."""
    strip = Image.new("RGB", (1, height))
    for y in range(height):
        at = y / (height - 1)
        for (low, one), (high, other) in pairwise(stops):
            if low <= at <= high:
                strip.putpixel((0, y), blend(one, other, (at - low) / (high - low)))
                break
    return strip.resize((width, height))


def glow(image: Image.Image, centre: tuple[int, int], radius: int, colour: Colour, strength: int) -> None:
    """Light around a place."""
    light = Image.new("L", image.size, 0)
    x, y = centre
    ImageDraw.Draw(light).ellipse((x - radius, y - radius, x + radius, y + radius), fill=strength)
    light = light.filter(ImageFilter.GaussianBlur(radius * 0.55))
    image.paste(Image.new("RGB", image.size, colour), (0, 0), light)


def crane(draw: ImageDraw.ImageDraw, x: int, base: int, size: int, colour: Colour) -> None:
    """A dockside crane as a silhouette."""
    line = max(size // 34, 3)
    for leg in (-0.16, 0.16):
        draw.line((x + leg * size, base, x + leg * size * 0.8, base - 0.62 * size), fill=colour, width=line)
    draw.line((x - 0.14 * size, base - 0.3 * size, x + 0.14 * size, base - 0.3 * size), fill=colour, width=line)
    top = base - 0.62 * size
    draw.line((x - 0.34 * size, top, x + 0.66 * size, top), fill=colour, width=line)
    draw.line((x, top, x, top - 0.3 * size), fill=colour, width=line)
    for end in (-0.34, 0.62):
        draw.line((x, top - 0.3 * size, x + end * size, top), fill=colour, width=max(line // 2, 2))
    draw.line((x + 0.44 * size, top, x + 0.44 * size, top + 0.24 * size), fill=colour, width=2)
    draw.rectangle((x - 0.05 * size, top - 0.06 * size, x + 0.07 * size, top + 0.05 * size), fill=colour)


def harbour(width: int = 1080, height: int = 1080) -> Image.Image:
    """A harbour at dusk: cranes, a light on the mole, a small boat coming home."""
    w, h = width * SCALE, height * SCALE
    line = round(h * 0.6)
    image = sky(
        w,
        h,
        [(0, (22, 44, 66)), (0.3, (58, 92, 112)), (0.5, (214, 158, 118)), (0.6, (244, 206, 150)), (1, (244, 206, 150))],
    )
    glow(image, (round(w * 0.34), line - round(h * 0.03)), round(h * 0.13), (255, 236, 196), 235)
    sun = ImageDraw.Draw(image)
    sun.ellipse((w * 0.34 - h * 0.045, line - h * 0.075, w * 0.34 + h * 0.045, line + h * 0.015), fill=(255, 240, 208))
    sea = sky(w, h - line, [(0, (222, 176, 136)), (0.2, (120, 124, 126)), (1, (20, 40, 58))])
    image.paste(sea, (0, line))
    draw, chance = ImageDraw.Draw(image), Random(7)
    for _ in range(900):
        y = line + round((h - line) * chance.random() ** 1.4)
        near = (y - line) / (h - line)
        middle = w * 0.34 + chance.gauss(0, 0.05 + 0.1 * near) * w
        reach = (0.01 + 0.05 * near) * w * (0.4 + chance.random())
        draw.line(
            (middle - reach, y, middle + reach, y),
            fill=blend((250, 216, 168), (84, 108, 122), near),
            width=2 + round(4 * near),
        )
    dark: Colour = (18, 33, 44)
    far: Colour = (60, 76, 86)
    for x, size in ((0.56, 0.16), (0.63, 0.13), (0.49, 0.11)):
        crane(draw, round(w * x), line, round(h * size), far)
    draw.rectangle((w * 0.44, line - h * 0.012, w, line + h * 0.006), fill=far)
    for x, size in ((0.78, 0.4), (0.93, 0.34)):
        crane(draw, round(w * x), line + round(h * 0.02), round(h * size), dark)
    draw.polygon(
        [(w * 0.66, line + h * 0.012), (w, line), (w, line + h * 0.05), (w * 0.63, line + h * 0.035)], fill=dark
    )
    mole = [(0, line + h * 0.03), (w * 0.2, line + h * 0.02), (w * 0.22, line + h * 0.05), (0, line + h * 0.08)]
    draw.polygon(mole, fill=dark)
    x = w * 0.15
    draw.polygon(
        [
            (x - w * 0.016, line + h * 0.03),
            (x + w * 0.016, line + h * 0.03),
            (x + w * 0.01, line - h * 0.14),
            (x - w * 0.01, line - h * 0.14),
        ],
        fill=dark,
    )
    draw.rectangle((x - w * 0.014, line - h * 0.165, x + w * 0.014, line - h * 0.14), fill=(255, 226, 150))
    draw.polygon(
        [(x - w * 0.018, line - h * 0.165), (x + w * 0.018, line - h * 0.165), (x, line - h * 0.19)], fill=dark
    )
    glow(image, (round(x), line - round(h * 0.152)), round(h * 0.035), (255, 232, 170), 190)
    draw = ImageDraw.Draw(image)
    bx, by = w * 0.43, h * 0.78
    draw.polygon(
        [(bx - w * 0.07, by), (bx + w * 0.075, by), (bx + w * 0.055, by + h * 0.03), (bx - w * 0.05, by + h * 0.03)],
        fill=(14, 26, 36),
    )
    draw.rectangle((bx - w * 0.035, by - h * 0.032, bx + w * 0.005, by), fill=(14, 26, 36))
    draw.line((bx + w * 0.02, by, bx + w * 0.02, by - h * 0.09), fill=(14, 26, 36), width=6)
    draw.rectangle((bx - w * 0.028, by - h * 0.026, bx - w * 0.012, by - h * 0.012), fill=(255, 220, 140))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def code_room(width: int = 1440, height: int = 960) -> Image.Image:
    """A desk at night: a lamp, a signal book, a window with the harbour's lights behind it."""
    w, h = width * SCALE, height * SCALE
    image = sky(w, h, [(0, (30, 38, 40)), (0.7, (38, 44, 42)), (1, (38, 44, 42))])
    draw, chance = ImageDraw.Draw(image), Random(11)
    left, top, right, low = w * 0.1, h * 0.1, w * 0.5, h * 0.56
    image.paste(
        sky(round(right - left), round(low - top), [(0, (14, 26, 44)), (0.75, (40, 66, 88)), (1, (66, 92, 108))]),
        (round(left), round(top)),
    )
    draw = ImageDraw.Draw(image)
    shore = low - (low - top) * 0.22
    draw.rectangle((left, shore, right, low), fill=(18, 34, 48))
    for _ in range(46):
        x = left + (right - left) * chance.random()
        warm = blend((255, 214, 140), (190, 214, 230), chance.random())
        draw.ellipse((x - 5, shore - 8, x + 5, shore + 2), fill=warm)
        draw.line((x, shore + 10, x, shore + 14 + 60 * chance.random()), fill=blend(warm, (18, 34, 48), 0.6), width=4)
    for x, size in ((0.2, 0.2), (0.33, 0.26), (0.42, 0.18)):
        crane(draw, round(w * x), round(shore), round(h * size), (10, 18, 30))
    frame: Colour = (92, 84, 72)
    draw.rectangle((left, top, right, low), outline=frame, width=22)
    draw.line(((left + right) / 2, top, (left + right) / 2, low), fill=frame, width=14)
    draw.line((left, (top + low) / 2, right, (top + low) / 2), fill=frame, width=14)
    draw.rectangle((0, h * 0.72, w, h), fill=(74, 54, 40))
    draw.rectangle((0, h * 0.72, w, h * 0.735), fill=(96, 72, 54))
    glow(image, (round(w * 0.72), round(h * 0.6)), round(h * 0.34), (255, 226, 168), 150)
    draw = ImageDraw.Draw(image)
    lx, ly = w * 0.74, h * 0.78
    draw.ellipse((lx - w * 0.05, ly - h * 0.012, lx + w * 0.05, ly + h * 0.02), fill=(24, 30, 30))
    draw.line((lx, ly, lx, h * 0.44), fill=(24, 30, 30), width=20)
    draw.polygon(
        [(lx - w * 0.09, h * 0.46), (lx + w * 0.09, h * 0.46), (lx + w * 0.05, h * 0.34), (lx - w * 0.05, h * 0.34)],
        fill=(31, 95, 76),
    )
    draw.ellipse((lx - w * 0.03, h * 0.45, lx + w * 0.03, h * 0.485), fill=(255, 240, 200))
    page: Colour = (244, 236, 216)
    bx, by = w * 0.5, h * 0.83
    for side in (-1, 1):
        draw.polygon(
            [
                (bx, by - h * 0.045),
                (bx + side * w * 0.17, by - h * 0.06),
                (bx + side * w * 0.2, by + h * 0.07),
                (bx, by + h * 0.085),
            ],
            fill=blend(page, (210, 196, 168), 0.35 if side < 0 else 0),
        )
        for row in range(7):
            y = by - h * 0.03 + row * h * 0.014
            x = bx + side * w * 0.02
            for _ in range(6):
                run = w * (0.008 + 0.016 * chance.random())
                draw.line((x, y, x + side * run, y - h * 0.002), fill=(104, 96, 84), width=5)
                x += side * (run + w * 0.006)
    draw.line((w * 0.66, h * 0.9, w * 0.78, h * 0.86), fill=(196, 148, 60), width=12)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def main() -> None:
    """Write both pictures into the folder."""
    folder = Path(sys.argv[1])
    for name, image in (("two", harbour()), ("one", code_room())):
        image.save(folder / f"{name}.jpg", quality=86, optimize=True)


if __name__ == "__main__":
    main()
