"""What a window is told: its name, its address, its languages, the public keys that it trusts and seals to.

One file, `window.toml`, and the public keys beside it. There is no key here that opens anything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from leconfield.errors import BadInputError
from leconfield.gate.bundles.keys import Key

FILE: Final = "window.toml"
LANGUAGES: Final = ("en", "de")
"""Those that the frame speaks; see `locale/`."""
_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+")


@dataclass(frozen=True, slots=True)
class Config:
    """A window's configuration."""

    folder: Path
    name: str
    """The service, as the public calls it."""
    url: str
    """Where the public finds it, without a slash at the end: `https://example.org`."""
    seal_keys: tuple[Key, ...]
    """Whose seals count."""
    recipients: tuple[X25519PublicKey, ...]
    """For whom boxes are sealed."""
    tagline: str = ""
    languages: tuple[str, ...] = ("en",)
    """The first is that of addresses without a language in front."""
    contact: str = ""
    """How to reach the service otherwise, in one line."""
    emergency: str = "999"
    """The number to call when somebody is in danger now."""
    leave_to: str = "https://www.bbc.co.uk/weather"
    """Where "Exit this page" leads: a page that anybody could have open."""
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Config:
        """The configuration in a folder.

        Raises:
            BadInputError: naming the line that is missing or wrong, and the fix.
        """
        file = folder / FILE
        if not file.is_file():
            raise BadInputError(f"{file}: there is no such file; make a window with leconfield window init {folder}")
        try:
            told = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInputError(f"{file}: {error}") from error
        return cls._read(folder, file, told)

    @classmethod
    def _read(cls, folder: Path, file: Path, told: Mapping[str, object]) -> Config:
        texts = {name: told.get(name, "") for name in ("name", "url", "tagline", "contact", "emergency", "leave_to")}
        for name, words in texts.items():
            if not isinstance(words, str) or (name in ("name", "url") and not words):
                raise BadInputError(f'{file}: write {name} = "..." in it')
        url = str(texts["url"]).rstrip("/")
        if _ADDRESS.fullmatch(url) is None:
            raise BadInputError(f'{file}: url is the address alone, as "https://example.org"; here it is "{url[:80]}"')
        languages = _texts(told.get("languages", ["en"]), "languages", file)
        if not languages or not set(languages) <= set(LANGUAGES):
            raise BadInputError(f"{file}: languages are among {', '.join(LANGUAGES)}; the first is the one by default")
        tables = {name: value for name, value in told.items() if isinstance(value, dict)}
        keys = tables.get("keys", {})
        seals = _texts(keys.get("seal", []), "keys.seal", file)
        boxes = _texts(keys.get("box", []), "keys.box", file)
        if not seals or not boxes:
            raise BadInputError(f"{file}: under [keys], seal and box each name one public key in PEM at least")
        return cls(
            folder=folder,
            name=str(texts["name"]),
            url=url,
            seal_keys=tuple(Key.parse(_bytes(folder / each), str(folder / each)) for each in seals),
            recipients=tuple(box_key(_bytes(folder / each), str(folder / each)) for each in boxes),
            tagline=str(texts["tagline"]),
            languages=languages,
            contact=str(texts["contact"]),
            emergency=str(texts["emergency"]) or "999",
            leave_to=str(texts["leave_to"]) or "https://www.bbc.co.uk/weather",
            tables=tables,
        )

    def table(self, name: str) -> Mapping[str, object]:
        """The keys of one area, as they stand under `[name]`; empty if there are none."""
        return self.tables.get(name, {})


def box_key(pem: bytes, where: str) -> X25519PublicKey:
    """The key for which boxes are sealed, from a PEM file.

    Raises:
        BadInputError: if it holds none, or the secret half.
    """
    if b"PRIVATE" in pem:
        raise BadInputError(f"{where}: this is the secret half of a key; it stays inside. Give the public one")
    try:
        found = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadInputError(f"{where}: this is no public key in PEM") from error
    if not isinstance(found, X25519PublicKey):
        raise BadInputError(f"{where}: it is a key, but not an X25519 one; leconfield window keys prints the right one")
    return found


def _texts(value: object, name: str, file: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadInputError(f'{file}: {name} is a list of texts, as ["one", "two"]')
    return tuple(value)


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise BadInputError(f"{file}: there is no such file; copy the public key there")
    return file.read_bytes()
