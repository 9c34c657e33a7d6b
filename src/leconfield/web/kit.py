"""The page kit: the Jinja environment, its filters, the addresses of built files, and the frame's values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from leconfield.errors import DamagedError
from leconfield.ledger import vocabulary
from leconfield.ledger.times import Held, in_words

STATIC: Final = Path(__file__).parent / "static"
"""The folder of files served as they are, under `STATIC_URL`; everything in `built/` may be cached for ever."""
STATIC_URL: Final = "/static"
TEMPLATES: Final = Path(__file__).parent / "templates"
CONTENT_SECURITY_POLICY: Final = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
"""The strictest policy under which every page and island works; no exception is needed anywhere."""

_KINDS: Final[Mapping[str, str]] = {
    vocabulary.PERSON: "person",
    vocabulary.ORGANISATION: "organisation",
    vocabulary.PLACE: "place",
    vocabulary.VEHICLE: "vehicle",
    vocabulary.PHONE: "phone",
    vocabulary.ACCOUNT: "account",
    vocabulary.ONLINE: "online",
    vocabulary.EVENT: "incident",
    vocabulary.WEAPON: "weapon",
    vocabulary.DOCUMENT: "document",
}
_STAMP_TAIL: Final = re.compile(r"(T\d{2}:\d{2}):\d{2}(?:\.\d+)?(?:Z|\+00:00)?$|Z$")


@dataclass(frozen=True, slots=True)
class Banner:
    """The classification banner, from the view. `colour`: open, official, secret or top-secret."""

    text: str
    colour: str = "open"


@dataclass(frozen=True, slots=True)
class Room:
    """A room on the rail; `key` is pressed after `g`."""

    key: str
    name: str
    url: str
    active: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """The view chip: who is reading, and the compartments he knows he has."""

    persona: str
    name: str
    compartments: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flash:
    """A line at the top of the page. `kind`: empty (done), amber or error."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that the frame around a page shows; `context()` is what templates are handed."""

    banner: Banner
    rooms: tuple[Room, ...] = ()
    who: Who | None = None
    as_of: str = ""
    """The day (partial ISO) whose knowledge is shown; empty: now."""
    theme: str = ""
    """`light`, `dark`, or empty: as the reader's system has it (cookie `theme`, set by the page itself)."""
    path: str = "/"
    """The page's own path; the as-of form goes back to it."""
    query: tuple[tuple[str, str], ...] = ()
    """The page's own parameters without `as_of`; the as-of form keeps them."""
    trace_words: str = ""
    csrf: str = ""
    now: str = ""
    """When the page was made (UTC ISO), for print."""
    flashes: tuple[Flash, ...] = field(default=())

    def context(self) -> dict[str, object]:
        """The frame as template variables."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def moment(text: str) -> str:
    """A partial date or a stamp for people, to the minute at most: `5 March 1989, 12:40`."""
    return in_words(_STAMP_TAIL.sub(r"\1", text))


def day(text: str) -> str:
    """The day of a partial date or stamp: `5 March 1989`."""
    return in_words(text.partition("T")[0])


def held(when: Held) -> str:
    """When a fact was true, in words; empty if nothing is known about it."""
    return when.words


def schema_word(schema: str) -> str:
    """What people call the schema."""
    return vocabulary.SCHEMATA.get(schema, "thing")


def kind(schema: str) -> str:
    """The style class of a schema, without its `kind-`; `thing` for one that is not in the vocabulary."""
    return _KINDS.get(schema, "thing")


def number(value: float) -> str:
    """A number for people: `12,480`, `0.83`."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}"


def counted(value: int, word: str, plural: str = "") -> str:
    """A number with its noun: `1 report`, `1,204 reports`."""
    return f"{number(value)} {word if value == 1 else plural or word + 's'}"


@lru_cache(maxsize=1)
def _manifest() -> Mapping[str, str]:
    path = STATIC / "built" / "manifest.json"
    try:
        names: dict[str, str] = json.loads(path.read_text())
    except FileNotFoundError:
        raise DamagedError(
            "the styles and scripts of the pages are not built; run python tools/build_web.py, or install the wheel"
        ) from None
    return names


def asset(name: str) -> str:
    """The address of a built file, with the hash of its content in the name: `asset("app.css")`.

    Raises:
        DamagedError: if nothing is built, or nothing under that name.
    """
    names = _manifest()
    if name not in names:
        raise DamagedError(f'no built file is called "{name}"; there are {", ".join(sorted(names))}')
    return f"{STATIC_URL}/built/{names[name]}"


def templates(*folders: Path) -> Environment:
    """The Jinja environment of the kit; a department adds the folders of its own templates.

    Autoescaped and strict: a name that the page was not handed is an error, not an empty string.
    """
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for each in (moment, day, held, schema_word, kind, number, counted):
        environment.filters[each.__name__] = each
    environment.filters["prop_word"] = vocabulary.words_for
    environment.filters["reverse_word"] = vocabulary.reverse_words_for
    environment.globals["asset"] = asset
    return environment
