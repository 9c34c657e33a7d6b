"""From a verified bundle to what is told: its words in blocks, its day, its pictures. Pure, but for reading members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import archive
from leconfield.gate.bundles.content import Member
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.sealed import Bundle
from leconfield.gate.bundles.taking import loaded
from leconfield.gate.bundles.telling import TEXT, Block, Paragraph, blocks, fault_in
from leconfield.window.pictures import size_of
from leconfield.window.told import Told, beginning

_MAX_DAY: Final = 10


def check(bundle: Bundle) -> None:
    """See that a bundle can be told.

    Raises:
        BadInputError: if its words are no blocks, or a picture has no words for those who do not see it.
    """
    content = bundle.manifest.content
    if TEXT not in bundle.files:
        return
    if fault := fault_in(blocks(_text(bundle)), [each.name for each in content.members]):
        raise BadInputError(f"release {bundle.manifest.release}: {fault}")


def told(bundle: Bundle, file: Path, day: str) -> Told:
    """A bundle that was kept in a file on a day (ISO), as it is told."""
    content = bundle.manifest.content
    text = _text(bundle)
    return Told(
        release=bundle.manifest.release,
        digest=bundle.digest,
        form=content.form,
        audience=content.audience,
        recipient=bundle.manifest.recipient,
        title=content.title,
        instant=_moment(content.embargo) if content.embargo else beginning(day),
        embargoed=bool(content.embargo),
        blocks=_blocks(text),
        text=text,
        files={each.name: each for each in content.members if each.name != TEXT},
        sizes={name: size for name, held in bundle.files.items() if (size := size_of(held)) is not None},
        _bytes=partial(_member, file, {each.name: each for each in content.members}),
    )


def dated(it: Told, order: Order | None) -> Told:
    """A release with the day that the inside gave it (order `release`: `{"day": "2026-11-23"}`).

    An embargo says its own; the day on which it happened to come here is taken only if nothing else is known.
    """
    day = "" if order is None else _day(order.body.get("day"))
    if it.embargoed or not day:
        return it
    return replace(it, instant=min(beginning(day), it.instant))


def days_of_withdrawals(gone: Mapping[str, str], notices: Mapping[str, Order]) -> dict[str, str]:
    """The day of each withdrawal: what its notice says (`{"by": release, "day": ...}`), or when it was known here."""
    days = dict(gone)
    for release in gone:
        if release in notices and (day := _day(notices[release].body.get("day"))):
            days[release] = day
    return days


def _day(value: object) -> str:
    if not isinstance(value, str) or len(value) != _MAX_DAY:
        return ""
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return ""


def _text(bundle: Bundle) -> str:
    return bundle.files.get(TEXT, b"").decode("utf-8", "replace")


def _blocks(text: str) -> tuple[Block, ...]:
    try:
        return blocks(text)
    except BadInputError:  # kept by an earlier version that took it; its words are still those that were sealed
        return tuple(Paragraph(" ".join(each.split())) for each in text.split("\n\n") if each.strip())


def _member(file: Path, members: Mapping[str, Member], name: str) -> bytes:
    held = dict(archive.read(loaded(file), file.name)).get(f"members/{name}")
    if held is None or Member.of(name, members[name].media_type, held) != members[name]:
        raise DamagedError(f"{file.name}, member {name}: it is no more what was sealed")
    return held


def _moment(embargo: str) -> datetime:
    return datetime.fromisoformat(embargo).astimezone(UTC)
