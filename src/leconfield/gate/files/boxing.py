"""Acts on pictures of a release: brought, looked at, and put in with what must not be seen boxed.

The original never becomes a member of what leaves. It is sealed in the vault under a key of its own that is destroyed
after `KEPT_DAYS`; until then those see it who see the release, as long as that can still be edited.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles.content import WITHDRAWAL
from leconfield.gate.files.brought import BOXED, BROUGHT, Brought, Pictures
from leconfield.gate.files.drawing import Drawn, written
from leconfield.gate.files.metadata import dropped
from leconfield.gate.files.pictures import JPEG, PNG, Box, cleaned, size_of
from leconfield.gate.release import rules, service
from leconfield.gate.release.model import Release, Step
from leconfield.gate.release.state import found
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

KEPT_DAYS: Final = 14
"""Days for which an original is kept."""
MOST: Final = 32 * 2**20
"""Bytes of an original."""
MOST_PICTURES: Final = 100
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ENDINGS: Final = {JPEG: "jpg", PNG: "png"}


@dataclass(frozen=True, slots=True)
class Source:
    """What is looked at while boxes are drawn."""

    held: bytes
    media_type: str
    original: bool
    """Whether it is as it was brought; else it is what the release has already, and what was boxed is gone from it."""


def bring(desk: Desk, view: View, which: str, held: bytes) -> str:
    """Bring a picture for a release; the name that it will bear there. It is no member of the content yet.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if the release can be edited no more, or he looks at the past.
        BadInputError: if it is no picture that can be read, or too large, or there are too many.
    """
    refuse_the_past(view)
    release = found(view, which)
    if not editable(release):
        raise RefusedError(f"this release is {release.state}: nothing is put into it any more")
    if len(held) > MOST:
        raise BadInputError(f"a picture of {len(held) / 2**20:.0f} MB is too large; {MOST // 2**20} MB at most")
    size_of(held)
    media_type = PNG if held.startswith(_PNG) else JPEG
    until = desk.clock() + timedelta(days=KEPT_DAYS)
    said = list(dict.fromkeys(each.name for each in dropped(held)))
    name = _free_name(view, release, media_type)
    kept = desk.keep(desk.vault.seal_until(b64encode(held).decode(), until).encode())
    body = {"name": name, "media": media_type, "kept": kept, "until": stamp(until), "says": json.dumps(said)}
    desk.append(view.reader, [Draft(BROUGHT, release.label, about=release.id, body=body)])
    return name


def box(desk: Desk, view: View, which: str, name: str, boxes: Sequence[Drawn]) -> Release:
    """Put a picture into the release, made anew with its boxes filled; an edit, which voids verdict and approvals.

    Raises:
        NotFoundError: if the view has no such release or picture.
        RefusedError: if it may not be edited, nothing would change, or he looks at the past.
        BadInputError: if a box lies outside the picture.
    """
    refuse_the_past(view)
    release = found(view, which)
    source = source_of(desk, view, release, name)
    made = cleaned(source.held, pixels(source.held, boxes), media_type=source.media_type, where=name)
    files = {each.name: (each.media_type, view.kept(each.digest, about=release.id)) for each in release.content.members}
    content = release.content
    edited = service.edit(
        desk,
        view,
        which,
        {**files, name: (source.media_type, made)},
        title=content.title,
        embargo=content.embargo,
    )
    body = {"name": name, "boxes": written(boxes), "digest": sha256(made).hexdigest()}
    desk.append(view.reader, [Draft(BOXED, release.label, about=release.id, body=body)])
    return edited


def pixels(held: bytes, boxes: Sequence[Drawn]) -> list[Box]:
    """Boxes in pixels of a picture.

    Raises:
        BadInputError: if the picture cannot be read.
    """
    size = size_of(held) if boxes else (0, 0)
    return [each.on(size) for each in boxes]


def source_of(desk: Desk, view: View, release: Release, name: str) -> Source:
    """What there is of a picture to draw boxes on: the original while it is kept, then what the release has.

    Raises:
        NotFoundError: if the release has no picture of that name, or nothing of it is left.
    """
    known = brought(view, release).get(name)
    if known is not None and editable(release):
        text = desk.vault.unsealed(view.kept(known.kept, about=release.id).decode("ascii", "replace"))
        if text is not None:
            return Source(b64decode(text), known.media_type, original=True)
    member = next((each for each in release.content.members if each.name == name), None)
    if member is not None and member.media_type in _ENDINGS:
        return Source(view.kept(member.digest, about=release.id), member.media_type, original=False)
    gone = known is not None
    raise NotFoundError(
        "this picture was never put in, and its original is kept no more; bring it again"
        if gone
        else "no such picture here; look it up among the pictures of the release"
    )


def brought(view: View, release: Release) -> dict[str, Brought]:
    """The pictures that were brought for a release, by name."""
    known = view.derived(Pictures).by_release.get(release.id, {})
    return {name: each for name, each in known.items() if each.label == release.label}


def editable(release: Release) -> bool:
    """Whether something may still be put into a release."""
    return (release.state, Step.EDIT) in rules.TRANSITIONS and release.content.form != WITHDRAWAL


def _free_name(view: View, release: Release, media_type: str) -> str:
    """A name that says nothing but which of them it is."""
    taken = {each.name.partition(".")[0] for each in release.content.members}
    taken |= {each.partition(".")[0] for each in brought(view, release)}
    for number in range(1, MOST_PICTURES + 1):
        if f"picture-{number}" not in taken:
            return f"picture-{number}.{_ENDINGS[media_type]}"
    raise BadInputError(f"{MOST_PICTURES} pictures at most; make another release for the others")
