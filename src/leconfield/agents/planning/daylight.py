"""When the sun rises and sets: the sunrise equation as NOAA's Global Monitoring Laboratory computes it.

Source: NOAA GML, "General Solar Position Calculations" (low accuracy equations): within two minutes between the polar
circles, without mountains.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import acos, cos, degrees, pi, radians, sin, tan
from typing import Final

from leconfield.agents.planning.model import DAY, Place

_ZENITH: Final = radians(90.833)
"""Where the sun's upper edge is seen on the horizon: refraction and the sun's radius included."""
_MINUTES_A_DEGREE: Final = 4


def sun(day: date, place: Place) -> tuple[int, int] | None:
    """Sunrise and sunset in minutes (UTC) from the beginning of the day, perhaps below 0 or above a day's.

    None where the sun does not rise; a whole day around noon where it does not set.
    """
    equation, declination = _earth(day)
    noon = DAY / 2 - _MINUTES_A_DEGREE * place.longitude - equation
    north = radians(max(-89.9, min(89.9, place.latitude)))
    turn = cos(_ZENITH) / (cos(north) * cos(declination)) - tan(north) * tan(declination)
    if turn > 1:
        return None
    half = _MINUTES_A_DEGREE * degrees(acos(max(-1.0, turn)))
    return round(noon - half), round(noon + half)


def _earth(day: date) -> tuple[float, float]:
    """The equation of time (minutes) and the sun's declination (radians) at noon of a day."""
    year = date(day.year + 1, 1, 1) - date(day.year, 1, 1)
    turn = 2 * pi / year.days * (day.timetuple().tm_yday - 1)
    equation = 229.18 * (
        0.000075 + 0.001868 * cos(turn) - 0.032077 * sin(turn) - 0.014615 * cos(2 * turn) - 0.040849 * sin(2 * turn)
    )
    declination = (
        0.006918
        - 0.399912 * cos(turn)
        + 0.070257 * sin(turn)
        - 0.006758 * cos(2 * turn)
        + 0.000907 * sin(2 * turn)
        - 0.002697 * cos(3 * turn)
        + 0.00148 * sin(3 * turn)
    )
    return equation, declination


def light(monday: date, places: Iterable[Place], days: int = 7) -> tuple[int, int]:
    """From when until when it is light on every day of a week at each of the places; nothing where it is not."""
    seen = [sun(monday + timedelta(days=day), place) for place in places for day in range(days)]
    found = [each for each in seen if each is not None]
    if not found or len(found) < len(seen):
        return (0, DAY) if not seen else (DAY // 2, DAY // 2)
    return max(each[0] for each in found), min(each[1] for each in found)
