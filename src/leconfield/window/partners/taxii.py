"""TAXII 2.1 (OASIS, 10 June 2021), the side to read: what is answered to whom asks for what. Pure functions."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.partners import Partner, collection_id
from leconfield.window.partners.stored import VERSION, Stored

MEDIA: Final = "application/taxii+json;version=2.1"
STIX: Final = "application/stix+json;version=2.1"
PAGE: Final = 100
"""Objects of an answer where no limit is asked for."""
MOST: Final = 1_000
"""The most objects of one answer, whatever is asked for."""
TITLES: Final = {
    "answers": "Answers to your requests",
    "warnings": "Warnings",
    "background": "Background",
}
_LAST: Final = "last"
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z", re.ASCII)
_LISTED: Final = ("match[id]", "match[type]", "match[version]", "match[spec_version]")
_KNOWN: Final = frozenset({"added_after", "limit", "next", *_LISTED})
_ACCEPTED: Final = frozenset({"application/taxii+json", "application/*", "*/*"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks of a collection (section 3.4 of the specification)."""

    after: str = ""
    """Only what was added after this; six digits of a second."""
    limit: int = PAGE
    since: tuple[str, str, str] | None = None
    """Where the answer before this one ended."""
    ids: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset({_LAST})
    specs: frozenset[str] = frozenset({VERSION})

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Wanted:
        """What the parameters of an address say.

        Raises:
            BadInputError: naming the parameter that cannot be read.
        """
        if unknown := {each for each in asked if each.startswith("match[")} - _KNOWN:
            raise BadInputError(f"{min(unknown)[:40]}: there is no such filter; use {', '.join(_LISTED)}")
        listed = {each: frozenset(asked.get(each, "").replace(" ", "").split(",")) - {""} for each in _LISTED}
        return cls(
            after=_after(asked.get("added_after", "")),
            limit=_limit(asked.get("limit", "")),
            since=_since(asked.get("next", "")),
            ids=listed["match[id]"],
            kinds=listed["match[type]"],
            versions=_versions(listed["match[version]"]),
            specs=listed["match[spec_version]"] or frozenset({VERSION}),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what was asked for."""

    chosen: tuple[Stored, ...]
    next: str
    """What to ask for next; empty: this was all."""

    @property
    def headers(self) -> dict[str, str]:
        """When the first and the last of it were added."""
        if not self.chosen:
            return {}
        first, last = self.chosen[0].added, self.chosen[-1].added
        return {"X-TAXII-Date-Added-First": first, "X-TAXII-Date-Added-Last": last}


def acceptable(header: str) -> bool:
    """Whether whoever sends this `Accept` reads TAXII 2.1."""
    for each in header.split(",") if header.strip() else ["*/*"]:
        kind, *parameters = (part.strip().casefold() for part in each.split(";"))
        version = next((part[8:].strip('"') for part in parameters if part.startswith("version=")), VERSION)
        if kind in _ACCEPTED and version == VERSION:
            return True
    return False


def discovery(name: str, url: str, partner: Partner) -> dict[str, object]:
    """What the server says of itself to a partner: one root, his own."""
    root = f"{url}/taxii2/{partner.handle}/"
    return {"title": name, "description": "Read only.", "default": root, "api_roots": [root]}


def root(name: str) -> dict[str, object]:
    """What a partner's root says of itself. Nothing is taken in by it."""
    return {"title": name, "versions": [MEDIA], "max_content_length": 0}


def collections(partner: Partner) -> dict[str, object]:
    """A partner's collections."""
    listed = [collection(partner, each) for each in partner.collections]
    return {"collections": listed} if listed else {}


def collection(partner: Partner, which: str) -> dict[str, object]:
    """One of a partner's collections, by our name for it."""
    head: dict[str, object] = {"id": collection_id(partner.handle, which), "title": TITLES[which], "alias": which}
    return {**head, "can_read": True, "can_write": False, "media_types": [STIX]}


def collection_of(partner: Partner, asked: str) -> str | None:
    """Our name for the collection that is asked for by its id or its alias; None: he has none by that."""
    for each in partner.collections:
        if asked in (each, collection_id(partner.handle, each)):
            return each
    return None


def page(stored: Sequence[Stored], wanted: Wanted) -> Page:
    """The next part of what is wanted of a collection that stands in its order."""
    kept = [each for each in stored if _matches(each, wanted)]
    chosen = _of_versions(kept, wanted.versions) if VERSION in wanted.specs else []
    later = [
        each for each in chosen if each.added > wanted.after and (wanted.since is None or each.place > wanted.since)
    ]
    part = tuple(later[: wanted.limit])
    return Page(part, _token(part[-1].place) if len(later) > len(part) else "")


def envelope(part: Page) -> dict[str, object]:
    """The objects of a part."""
    return _paged(part, "objects", [dict(each.object) for each in part.chosen])


def manifest(part: Page) -> dict[str, object]:
    """What there is in a part, without the objects themselves."""
    records = [
        {"id": each.id, "date_added": each.added, "version": each.version, "media_type": STIX} for each in part.chosen
    ]
    return _paged(part, "objects", records)


def versions(part: Page) -> dict[str, object]:
    """The versions of one object."""
    return _paged(part, "versions", [each.version for each in part.chosen])


def error(status: int, title: str, words: str = "") -> dict[str, object]:
    """An error as TAXII tells it (section 3.6.1)."""
    told: dict[str, object] = {"title": title, "http_status": str(status)}
    return told | ({"description": words} if words else {})


def written(value: Mapping[str, object]) -> bytes:
    """The bytes of an answer; the same answer has the same bytes, in ASCII, whatever stands in it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _paged(part: Page, name: str, listed: Sequence[object]) -> dict[str, object]:
    told: dict[str, object] = {"more": bool(part.next)}
    told |= {"next": part.next} if part.next else {}
    return told | ({name: list(listed)} if listed else {})


def _matches(each: Stored, wanted: Wanted) -> bool:
    return (not wanted.ids or each.id in wanted.ids) and (not wanted.kinds or each.kind in wanted.kinds)


def _of_versions(stored: Sequence[Stored], asked: frozenset[str]) -> list[Stored]:
    """Those of the versions that are asked for: `first`, `last`, `all`, or such as are named."""
    if "all" in asked:
        return list(stored)
    by_id: dict[str, list[str]] = {}
    for each in stored:
        by_id.setdefault(each.id, []).append(each.version)
    wanted = {which: set(asked) for which in by_id}
    for which, its in by_id.items():
        wanted[which] |= {max(its)} if _LAST in asked else set()
        wanted[which] |= {min(its)} if "first" in asked else set()
    return [each for each in stored if each.version in wanted[each.id]]


def _versions(asked: frozenset[str]) -> frozenset[str]:
    for each in asked - {"all", "first", _LAST}:
        if _MOMENT.fullmatch(each) is None:
            raise BadInputError(f"match[version]={each[:40]}: write all, first, last or a moment")
    return asked or frozenset({_LAST})


def _after(asked: str) -> str:
    if not asked:
        return ""
    try:
        moment = datetime.fromisoformat(asked) if _MOMENT.fullmatch(asked) else None
    except ValueError:
        moment = None
    if moment is None:
        raise BadInputError(f"added_after={asked[:40]}: write a moment as 2026-12-01T06:00:00.000Z")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _limit(asked: str) -> int:
    if not asked:
        return PAGE
    if not asked.isascii() or not asked.isdigit() or len(asked) > 9 or int(asked) < 1:
        raise BadInputError(f"limit={asked[:40]}: write a whole number from 1 on")
    return min(int(asked), MOST)


def _token(place: tuple[str, str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode("ascii").rstrip("=")


def _since(asked: str) -> tuple[str, str, str] | None:
    if not asked:
        return None
    try:
        told = json.loads(base64.b64decode(asked + "=" * (-len(asked) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        told = None
    if not isinstance(told, list) or len(told) != 3 or not all(isinstance(each, str) for each in told):
        raise BadInputError("next: it is none that was given out here; begin anew without it")
    return (told[0], told[1], told[2])
