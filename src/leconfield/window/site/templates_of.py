"""The Jinja environment of the window's pages, and the addresses of built files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader
from jinja2.loaders import ChoiceLoader

from leconfield.errors import DamagedError
from leconfield.window.site import blocks
from leconfield.window.site.careful import Careful

STATIC: Final = Path(__file__).resolve().parent.parent / "static"
STATIC_URL: Final = "/static"
TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_MONTHS: Final[Mapping[str, str]] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}


def templates() -> Environment:
    """The environment: autoescaped and strict, with the components of `govuk_frontend_jinja`."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), govuk]),
        autoescape=True,
        undefined=Careful,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"asset": asset, "undefined": Careful("", {}, "undefined")}
    environment.filters |= {"day": day, "parts": blocks.parts, "anchor": blocks.anchor, "linked": blocks.linked}
    return environment


def asset(name: str) -> str:
    """The address of a built file, with the hash of its content in its name: `asset("window.css")`.

    Raises:
        DamagedError: if nothing is built, or nothing under that name.
    """
    names = _manifest()
    if name not in names:
        raise DamagedError(f'no built file is called "{name}"; there are {", ".join(sorted(names))}')
    return f"{STATIC_URL}/built/{names[name]}"


@lru_cache(maxsize=1)
def _manifest() -> Mapping[str, str]:
    try:
        names: dict[str, str] = json.loads((STATIC / "built" / "manifest.json").read_text())
    except FileNotFoundError:
        raise DamagedError(
            "the styles of the window are not built; run python tools/build_web.py, or install the wheel"
        ) from None
    return names


def day(when: str | date | datetime, language: str = "en") -> str:
    """A day for people: `23 November 2026`, `23. November 2026`."""
    told = date.fromisoformat(when[:10]) if isinstance(when, str) else when
    month = _MONTHS.get(language, _MONTHS["en"]).split()[told.month - 1]
    return f"{told.day}{'.' if language == 'de' else ''} {month} {told.year}"
