"""The one value from which a bundle is signed, and the one function that makes it.

`Sealed` says that a release stands as sealed in the ledger: on one content, with a verdict and two approvals on that
same content. Nothing else makes one, and `bundle` and `copy_of` take nothing else: there is no other way from a
content to a signature of the house.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Never, NoReturn, final

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import WITHDRAWAL, Content, SecretKey, write
from leconfield.gate.release import marks
from leconfield.gate.release.model import Copy, Release, State, Step
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View

_STANDS: Final = frozenset({State.SEALED, State.PUBLISHED})


@final
class Sealed:
    """A sealed release. Only `sealed` makes one; it cannot be copied, changed or kept."""

    __slots__ = ("approved_by", "content", "label", "public_id", "release", "verdict")

    release: EntryId
    public_id: str
    """The id under which the outside knows it."""
    content: Content
    verdict: str
    """The digest of the verdict that it was approved on."""
    approved_by: tuple[str, ...]
    label: str

    def __new__(cls, *_args: Never, **_named: Never) -> Sealed:
        """Refuse to be made."""
        raise TypeError("a Sealed is made by `sealed` alone")

    def __init_subclass__(cls) -> NoReturn:
        """Refuse to be extended."""
        raise TypeError("a Sealed has no other kinds")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError("a Sealed does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise TypeError("a Sealed does not change")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Sealed is neither kept nor copied")


def sealed(desk: Desk, view: View, which: str) -> Sealed:
    """The value of a release that stands as sealed or published.

    Raises:
        NotFoundError: if the view has no such release, in the same words whether one is hidden.
        RefusedError: if it is in another state, or the view looks at the past.
    """
    if view.as_of is not None:
        raise RefusedError("nothing leaves from the past; go back to now and do it there")
    release = found(view, which)
    if fault := why_not(release):
        raise RefusedError(fault)
    return _made(desk, release)


def why_not(release: Release) -> str:
    """Why a release is not to be signed; empty if it is. Asks again what the table has made sure of."""
    if release.state not in _STANDS:
        return f"it is {release.state}, not sealed"
    verdict = release.verdict
    if verdict is None or verdict.content != release.content.digest:
        return "it has no verdict on what it says"
    if verdict.colour not in ("green", "amber"):
        return "its verdict is red"
    on_this = {
        each.by
        for each in release.approvals
        if (each.content, each.verdict) == (release.content.digest, verdict.digest) and each.by not in release.authors
    }
    return "" if len(on_this) >= 2 else "two who did not write it have not approved what it says now"


def bundle(given: Sealed, files: Mapping[str, bytes], signers: Sequence[SecretKey]) -> bytes:
    """The bundle of a sealed release; the same bytes each time.

    Raises:
        BadInputError: if the files are not those that were approved.
        RefusedError: if it has alternatives: then each recipient gets a copy of his own.
    """
    if marks.marked_members(given.content, files):
        raise RefusedError("its text has alternatives; make a copy for each recipient")
    return write(given.public_id, given.content, files, signers)


def copy_of(given: Sealed, files: Mapping[str, bytes], copy: Copy, signers: Sequence[SecretKey]) -> bytes:
    """The bundle of one recipient's copy.

    Raises:
        BadInputError: if the files are not those that were approved.
        DamagedError: if the copy is not one of what was approved.
    """
    made, chosen = rendered(given.content, files, copy.choices)
    if (copy.marked, copy.content) != (given.content.digest, made.digest):
        raise DamagedError(f'the copy for "{copy.recipient}" is not one of what was approved; look into its entries')
    return write(given.public_id, made, chosen, signers, recipient=copy.recipient)


def rendered(content: Content, files: Mapping[str, bytes], choices: Sequence[int]) -> tuple[Content, dict[str, bytes]]:
    """A recipient's content and files.

    Raises:
        BadInputError: if the choices are not those of this content.
    """
    marked = marks.marked_members(content, files)
    counts = marks.places_of(marked)
    if len(choices) != len(counts) or any(choice >= count for choice, count in zip(choices, counts, strict=True)):
        raise BadInputError("the choices do not fit the alternatives of this text; make the copy anew")
    return marks.chosen(content, files, marked, choices)


def withdrawal(desk: Desk, view: View, which: str, signers: Sequence[SecretKey]) -> bytes:
    """The bundle that takes a withdrawn release back, wherever its bundle has gone.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if it is not withdrawn, or never left.
    """
    release = found(view, which)
    if release.state is not State.WITHDRAWN or not release.was_sealed:
        raise RefusedError(f"it is {release.state}; only what was sealed and is withdrawn is taken back")
    return write(public_id(desk, release.id), Content(WITHDRAWAL, release.content.audience), {}, signers)


def public_id(desk: Desk, release: EntryId) -> str:
    """The id under which the outside knows a release: from it nothing of the inside follows."""
    return desk.ids.of("public release", release)


def _made(desk: Desk, release: Release) -> Sealed:
    made = object.__new__(Sealed)
    (seal,) = (each for each in release.deeds if each.step is Step.SEAL)
    fields = {
        "release": release.id,
        "public_id": public_id(desk, release.id),
        "content": release.content,
        "verdict": seal.verdict,
        "approved_by": tuple(each.by for each in release.approvals),
        "label": release.label,
    }
    for name, value in fields.items():
        object.__setattr__(made, name, value)
    return made
