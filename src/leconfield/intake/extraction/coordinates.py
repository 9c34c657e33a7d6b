"""Coordinates in prose: decimal degrees, degrees-minutes-seconds, Ordnance Survey grid references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import Final

from leconfield.intake.extraction.reading import COORDINATE, Reading, reading

_DECIMAL: Final = re.compile(
    r"(?<![\w.])(?P<lat>[-+−]?\d{1,2}\.\d{2,8})\s?°?\s?(?P<ns>[NSns]\b)?\s?[,;/ ]\s?"
    r"(?P<lon>[-+−]?\d{1,3}\.\d{2,8})(?:\s?°)?(?:\s?(?P<ew>[EWew]\b))?(?![\w.]*\d)"
)
_SEXAGESIMAL: Final = re.compile(
    r"(?<!\d)(?P<lat>\d{1,2})\s?[°º]\s?(?P<latm>\d{1,2})\s?['′’](?:\s?(?P<lats>\d{1,2}(?:\.\d+)?)\s?(?:[\"″”]|''))?"
    r"\s?(?P<ns>[NSns])[,;\s]*"
    r"(?P<lon>\d{1,3})\s?[°º]\s?(?P<lonm>\d{1,2})\s?['′’](?:\s?(?P<lons>\d{1,2}(?:\.\d+)?)\s?(?:[\"″”]|''))?"
    r"\s?(?P<ew>[EWew])\b"
)
_GRID: Final = re.compile(
    r"\b(?P<cue>(?:grid(?: ref(?:erence)?)?|OSGR|NGR)[ :]+)?(?P<ref>[HNST][A-HJ-Z] ?\d{2,5} ?\d{2,5})\b"
)
_SURE_DECIMALS: Final = 4
_SURE_DIGITS: Final = 6


def coordinates(text: str) -> Iterator[Reading]:
    """Every pair of coordinates, as `latitude,longitude` in degrees WGS 84 with five decimals.

    A decimal pair without compass letters needs four decimals each: fewer are mostly measurements.
    """
    for found in _DECIMAL.finditer(text):
        if (found["ns"] and found["ew"]) or min(map(_decimals, (found["lat"], found["lon"]))) >= _SURE_DECIMALS:
            yield from _pair(found, _signed(found["lat"], found["ns"]), _signed(found["lon"], found["ew"]))
    for found in _SEXAGESIMAL.finditer(text):
        latitude = float(found["lat"]) + float(found["latm"]) / 60 + float(found["lats"] or 0) / 3600
        longitude = float(found["lon"]) + float(found["lonm"]) / 60 + float(found["lons"] or 0) / 3600
        south, west = found["ns"] in "Ss", found["ew"] in "Ww"
        yield from _pair(found, -latitude if south else latitude, -longitude if west else longitude)
    for found in _GRID.finditer(text):
        place = grid_reference(found["ref"], least=4 if found["cue"] else _SURE_DIGITS)
        if place:
            yield reading(found.start("ref"), found.end(), COORDINATE, f"{place[0]:.5f},{place[1]:.5f}")


def _decimals(number: str) -> int:
    return len(number) - number.index(".") - 1


def _signed(number: str, letter: str | None) -> float:
    value = float(number.replace("−", "-"))
    return -value if letter and letter in "SsWw" else value


def _pair(found: re.Match[str], latitude: float, longitude: float) -> Iterator[Reading]:
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        yield reading(found.start(), found.end(), COORDINATE, f"{latitude:.5f},{longitude:.5f}")


def grid_reference(text: str, least: int = 4) -> tuple[float, float] | None:
    """Latitude and longitude (WGS 84) of the middle of an Ordnance Survey grid square such as `TL 091 213`.

    None if it is no reference of Great Britain or has fewer than `least` digits. Formulae: Ordnance Survey, "A guide to
    coordinate systems in Great Britain", sections 6.6 and C.2; within some five metres.
    """
    compact = text.replace(" ", "").upper()
    first, second, figures = compact[0], compact[1], compact[2:]
    if len(figures) % 2 or not least <= len(figures) <= 10 or first not in "HNST":
        return None
    big, small = _square(first), _square(second)
    half = len(figures) // 2
    size = 10 ** (5 - half)
    east = (big[0] - 2) * 500_000 + small[0] * 100_000 + (int(figures[:half]) + 0.5) * size
    north = (big[1] - 1) * 500_000 + small[1] * 100_000 + (int(figures[half:]) + 0.5) * size
    if not (0 <= east < 700_000 and 0 <= north < 1_300_000):
        return None
    return _to_wgs84(*_to_degrees(east, north))


def _square(letter: str) -> tuple[int, int]:
    """Column and row (from the south) of a letter in the 5 by 5 square that leaves out I."""
    index = "ABCDEFGHJKLMNOPQRSTUVWXYZ".index(letter)
    return index % 5, 4 - index // 5


_AIRY: Final = (6_377_563.396, 6_356_256.909)
_GRS80: Final = (6_378_137.0, 6_356_752.3141)
_SCALE: Final = 0.9996012717
_ORIGIN: Final = (radians(49), radians(-2), 400_000.0, -100_000.0)


def _meridian(phi: float) -> float:
    a, b = _AIRY
    n = (a - b) / (a + b)
    less, more = phi - _ORIGIN[0], phi + _ORIGIN[0]
    return (
        b
        * _SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(less) * cos(more)
            + (1.875 * n**2 + 1.875 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _to_degrees(east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude in radians on the Airy ellipsoid."""
    a, b = _AIRY
    phi = _ORIGIN[0]
    while abs(rest := north - _ORIGIN[3] - _meridian(phi)) > 1e-4:
        phi += rest / (a * _SCALE)
    squared = 1 - (b / a) ** 2
    nu = a * _SCALE / sqrt(1 - squared * sin(phi) ** 2)
    rho = nu * (1 - squared) / (1 - squared * sin(phi) ** 2)
    eta, t, sec = nu / rho - 1, tan(phi), 1 / cos(phi)
    x = east - _ORIGIN[2]
    latitude = (
        phi
        - t / (2 * rho * nu) * x**2
        + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta) * x**4
        - t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * x**6
    )
    longitude = (
        _ORIGIN[1]
        + sec / nu * x
        - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * x**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * x**5
    )
    return latitude, longitude


def _to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees WGS 84 from radians OSGB36, by the seven-parameter shift."""
    a, b = _AIRY
    nu = a / sqrt(1 - (1 - (b / a) ** 2) * sin(latitude) ** 2)
    x = nu * cos(latitude) * cos(longitude)
    y = nu * cos(latitude) * sin(longitude)
    z = (b / a) ** 2 * nu * sin(latitude)
    rx, ry, rz = (radians(second / 3600) for second in (0.1502, 0.2470, 0.8421))
    s = 1 - 20.4894e-6
    x, y, z = 446.448 + s * x - rz * y + ry * z, -125.157 + rz * x + s * y - rx * z, 542.060 - ry * x + rx * y + s * z
    a, b = _GRS80
    squared = 1 - (b / a) ** 2
    flat = hypot(x, y)
    phi = atan2(z, flat * (1 - squared))
    for _ in range(5):
        phi = atan2(z + squared * a / sqrt(1 - squared * sin(phi) ** 2) * sin(phi), flat)
    return degrees(phi), degrees(atan2(y, x))
