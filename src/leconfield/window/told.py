"""What a window may show at a moment: releases as they are told, what was withdrawn, and the orders that stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from leconfield.gate.bundles.content import Member
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.telling import Block, Paragraph, Picture
from leconfield.window.pictures import Size

PUBLIC = "public"
"""The audience of what everybody may see."""


@dataclass(frozen=True, slots=True)
class Told:
    """One release, as it may be shown."""

    release: str
    """Its id: 32 hexadecimal digits."""
    digest: str
    """SHA-256 of its manifest."""
    form: str
    audience: str
    recipient: str
    title: str
    instant: datetime
    """The end of its embargo (UTC); without one, the beginning of the day on which it is dated."""
    embargoed: bool
    """Whether `instant` was set by those who released it, to the second; otherwise only its day means anything."""
    blocks: tuple[Block, ...]
    text: str
    files: Mapping[str, Member]
    """The members by their names, the words (`text.txt`) left out."""
    sizes: Mapping[str, Size]
    """The pictures among them by their names, with width and height in pixels, where these can be read."""
    _bytes: Callable[[str], bytes] = field(repr=False, compare=False)

    @property
    def day(self) -> str:
        """The day (ISO, UTC) that it bears."""
        return self.instant.date().isoformat()

    @property
    def lead(self) -> str:
        """Its first paragraph; empty if there is none."""
        return next((each.words for each in self.blocks if isinstance(each, Paragraph)), "")

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures, in order."""
        return tuple(each for each in self.blocks if isinstance(each, Picture))

    def held(self, name: str) -> bytes:
        """The bytes of a member, checked against its digest again.

        Raises:
            DamagedError: if the kept file is no more what it was.
        """
        return self._bytes(name)


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that may be shown at a moment. A value: the same one gives the same pages."""

    releases_: tuple[Told, ...] = ()
    """All of them, newest first."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """Withdrawn releases, each with the day (ISO) on which that was known here."""
    orders_: Mapping[str, Mapping[str, Order]] = field(default_factory=dict)
    """By kind, then by what they are about."""
    key: str = ""
    """A hash over all of it."""
    until: datetime | None = None
    """When the next embargo ends (UTC); nothing changes by itself before."""

    def releases(self, form: str, audience: str = PUBLIC) -> tuple[Told, ...]:
        """The releases of a form for an audience, newest first."""
        return tuple(each for each in self.releases_ if each.form == form and each.audience == audience)

    def told(self, release: str, audience: str = PUBLIC) -> Told | None:
        """The release of that id for an audience, if it may be shown."""
        return next((each for each in self.releases_ if each.release == release and each.audience == audience), None)

    def file(self, digest: str) -> tuple[Told, Member] | None:
        """A file of something that everybody may see, by its digest."""
        for each in self.releases_:
            for member in each.files.values() if each.audience == PUBLIC else ():
                if member.digest == digest:
                    return each, member
        return None

    @property
    def withdrawn(self) -> frozenset[str]:
        """Ids of the releases that were taken back."""
        return frozenset(self.gone)

    def orders(self, kind: str) -> Mapping[str, Order]:
        """The orders of a kind that stand, by what they are about."""
        return self.orders_.get(kind, {})

    def order(self, kind: str, about: str) -> Order | None:
        """The order of a kind about a thing that stands; none if there is none."""
        return self.orders(kind).get(about)


def key_of(releases: tuple[Told, ...], gone: Mapping[str, str], orders: Mapping[str, Mapping[str, Order]]) -> str:
    """A hash over what is shown: another one whenever a byte of any page could be."""
    total = sha256()
    for each in releases:
        total.update(f"{each.digest} {each.instant.isoformat()}\n".encode())
    for release, day in sorted(gone.items()):
        total.update(f"gone {release} {day}\n".encode())
    for kind in sorted(orders):
        for about in sorted(orders[kind]):
            total.update(orders[kind][about].serialise() + b"\n")
    return total.hexdigest()


def beginning(day: str) -> datetime:
    """The first instant of a day (ISO), in UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
