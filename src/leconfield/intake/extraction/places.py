"""Where a named place is: an offline gazetteer, GeoNames reduced once (models/places.md)."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Final

_TABLE: Final = "places.tsv.xz"
_RANK: Final = {"country": 2, "region": 1, "city": 0}
_EXTRA: Final = re.compile(
    r"^(?:the |city of |town of |village of |province of |department of |county of |republic of |borough of |"
    r"district of |municipality of |north(?:ern)? |south(?:ern)? |east(?:ern)? |west(?:ern)? |central |downtown )+"
    r"|(?: department| province| city| town| district| region| governorate| municipality| county| borough| area)+$"
)

_REGION_WORDS: Final = re.compile(r"department|province|county|governorate|region")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer: degrees WGS 84, ISO 3166-1 alpha-2 country, `kind` country, region or city."""

    name: str
    country: str
    kind: str
    latitude: float
    longitude: float
    population: int


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """The name as the gazetteer compares it: no case, accents, dots or hyphens, single blanks."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(re.sub(r"['’.]", "", bare).replace("-", " ").split())


@cache
def _table() -> dict[str, tuple[Place, ...]]:
    packed = (files(__package__) / "models" / _TABLE).read_bytes()
    found: dict[str, list[Place]] = {}
    for line in lzma.decompress(packed).decode().split("\n"):
        name, country, kind, latitude, longitude, population = line.split("\t")
        place = Place(name, country, kind, float(latitude), float(longitude), int(population))
        found.setdefault(folded(name), []).append(place)
    return {key: tuple(each) for key, each in found.items()}


def every() -> Iterator[Place]:
    """Every place of the gazetteer."""
    return chain.from_iterable(_table().values())


def known(name: str) -> tuple[Place, ...]:
    """Every place of that very name (case, accents and hyphens aside)."""
    return _table().get(folded(name), ())


def largest_kind(key: str) -> str:
    """The kind of the weightiest place of that folded name: `country`, `region`, `city`, `town` (small); or empty."""
    listed = _table().get(key)
    if not listed:
        return ""
    best = max(listed, key=lambda place: (_RANK[place.kind], place.population))
    return "town" if best.kind == "city" and best.population < _SMALL else best.kind


_SMALL: Final = 50_000


@lru_cache(maxsize=8192)
def resolve(name: str, country: str = "") -> Place | None:
    """The place that a report most likely means by a name.

    A place in `country` (ISO code; the report's context) is preferred, then countries before regions before cities,
    then the larger population. "Usulutan department" and "northern Iraq" are found by their core. None if unknown.
    """
    pieces = [piece.strip() for piece in name.split(",") if piece.strip()]
    if len(pieces) > 1:
        outer = resolve(pieces[-1], country)
        return resolve(pieces[0], outer.country if outer else country) or outer
    key = folded(name)
    wants_region = _REGION_WORDS.search(key) is not None
    listed = _table().get(key) or _table().get(_EXTRA.sub("", key).strip(), ())
    if not listed:
        return None
    return max(listed, key=lambda place: _weight(place, country, wants_region))


def _weight(place: Place, country: str, wants_region: bool) -> tuple[bool, bool, int, int]:
    at_home = place.country == country or (place.kind == "country" and not wants_region)
    return at_home, wants_region and place.kind == "region", _RANK[place.kind] == _RANK["country"], place.population


def country_of(place: str) -> str:
    """The ISO code of the country that a report's place line names or lies in; empty if it names none."""
    found = resolve(place) if place else None
    return found.country if found else ""
