"""What the pages say, by language: `locale/<language>/<area>.toml`, one key a phrase.

The key of a phrase is the name of its file and its place in it: `tips.start.title` stands in `tips.toml` as `title`
under `[start]`. What a language lacks is said in English; what English lacks is an error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from leconfield.errors import DamagedError

LOCALE: Final = Path(__file__).parent / "locale"
FALLBACK: Final = "en"
Say = Callable[..., str]


@lru_cache(maxsize=256)
def phrases(language: str, area: str) -> Mapping[str, str]:
    """The phrases of an area in a language by their keys; none if it has no file there.

    Raises:
        DamagedError: if the file is no TOML.
    """
    file = LOCALE / language / f"{area}.toml"
    if not file.is_file():
        return {}
    found: dict[str, str] = {}
    try:
        _gather(f"{area}.", tomllib.loads(file.read_text(encoding="utf-8")), found)
    except tomllib.TOMLDecodeError as error:
        raise DamagedError(f"{file}: {error}") from error
    return found


def speaker(language: str) -> Say:
    """`t("tips.start.title", count=3)` in that language; `{count}` in the phrase is filled in.

    Raises:
        DamagedError: when called with a key that not even English has.
    """

    def say(key: str, **values: object) -> str:
        area = key.partition(".")[0]
        phrase = phrases(language, area).get(key) or phrases(FALLBACK, area).get(key)
        if phrase is None:
            raise DamagedError(f'no phrase is called "{key}"; add it to {LOCALE.name}/{FALLBACK}/{area}.toml')
        return phrase.format_map(values) if values else phrase

    return say


def _gather(prefix: str, told: Mapping[str, object], found: dict[str, str]) -> None:
    for name, value in told.items():
        if isinstance(value, dict):
            _gather(f"{prefix}{name}.", value, found)
        else:
            found[f"{prefix}{name}"] = str(value).strip()
