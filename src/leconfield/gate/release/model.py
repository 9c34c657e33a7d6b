"""What there is of a release: its content, the verdict on it, who approved it, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Final, Protocol

from leconfield.gate.bundles.content import Content, canonical
from leconfield.ledger.model import EntryId

_DOMAIN: Final = b"leconfield verdict v1\n"
_ASIDE: Final = b"leconfield aside v1\n"


class Colour(StrEnum):
    """What the gate makes of something: the worst of its parts."""

    GREEN = "green"
    AMBER = "amber"
    """Somebody should look at it; those who approve have."""
    RED = "red"
    """It could burn somebody, or what it rests on is not known: it does not leave."""


BY_GRAVITY: Final = (Colour.GREEN, Colour.AMBER, Colour.RED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate makes of one content. The same content on the same grounds has one digest."""

    content: str
    """`Content.digest` of what was judged."""
    colour: Colour
    basis: str = ""
    """SHA-256, in hex, of all that it was judged on beside the content: what is held, what was said in public, the
    profile. When any of that changes, the verdict is another one, and what was approved on the old one is not."""
    reasons: tuple[str, ...] = ()
    """In words, as whoever asked may know them."""

    @property
    def digest(self) -> str:
        """What an approval binds to, beside the content."""
        return _digest_of(self)


@lru_cache(maxsize=4096)
def _digest_of(verdict: Verdict) -> str:
    head = {"basis": verdict.basis, "colour": verdict.colour.value, "content": verdict.content}
    return sha256(_DOMAIN + canonical({**head, "reasons": list(verdict.reasons)})).hexdigest()


@dataclass(frozen=True, slots=True)
class Aside:
    """What whoever judges is told beside the content; it stays inside."""

    persona: str = ""
    """Of whom of ours it speaks, by the name he is known under outside; empty: of none."""
    actions: tuple[str, ...] = ()
    """What will be done and seen, each as `2026-05-01 an arrest in Hull`."""
    holds: tuple[str, ...] = ()
    """Tokens that the recipient is known to hold: what stands under them he may read already."""

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of what it says; empty if it says nothing."""
        if self == NOTHING:
            return ""
        said = {"actions": list(self.actions), "holds": sorted(set(self.holds)), "persona": self.persona}
        return sha256(_ASIDE + canonical(said)).hexdigest()


NOTHING: Final = Aside()


class Judge(Protocol):
    """What gives verdicts: a pure function of the content, its files and what the gate knows at that moment."""

    def __call__(self, content: Content, files: Mapping[str, bytes]) -> Verdict:
        """The verdict on a content with the bytes of its members."""
        ...


class State(StrEnum):
    """How a release stands by its entries."""

    DRAFT = "draft"
    CHECKED = "checked"
    HALF = "approved by one"
    APPROVED = "approved"
    SEALED = "sealed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What somebody does on a release: kinds of entries."""

    DRAFT = "release drafted"
    EDIT = "release edited"
    CHECK = "release checked"
    BLOCK = "release blocked"
    """A check that came out red."""
    APPROVE = "release approved"
    REFUSE = "release refused"
    SEAL = "release sealed"
    COPY = "release copied"
    """One recipient's own copy was made of what was sealed."""
    PUBLISH = "release published"
    WITHDRAW = "release withdrawn"


@dataclass(frozen=True, slots=True)
class Deed:
    """One step, as its entry tells it."""

    entry: EntryId
    step: Step
    at: str
    by: str
    label: str
    roles: frozenset[str] = frozenset()
    """What whoever took it held then."""
    content: str = ""
    """The digest of the content that it was taken on."""
    verdict: str = ""
    """The digest of the verdict that it was taken on."""
    reason: str = ""
    aside: str = ""
    """Of a draft or an edit: `Aside.digest` of what it brings."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One of the two."""

    by: str
    roles: frozenset[str]
    content: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A recipient's own copy: which alternative it has at each place where the text has several."""

    recipient: str
    choices: tuple[int, ...]
    content: str
    """The digest of what the recipient got."""
    at: str
    marked: str = ""
    """The digest of the content with its alternatives that it was made of."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release and all that was decided on it."""

    id: EntryId
    """The entry of its first draft."""
    label: str
    """The label of every entry of it."""
    content: Content
    authors: frozenset[str]
    """Everybody who drafted or edited it: none of them approves it."""
    deeds: tuple[Deed, ...]
    """The oldest first; the first is the draft."""
    state: State = State.DRAFT
    aside: Aside = NOTHING
    verdict: Verdict | None = None
    """The one that lets it go on; None: there is none."""
    told: Verdict | None = None
    """What the gate last said of it as it is now, whether it may go on or not."""
    approvals: tuple[Approval, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def was_sealed(self) -> bool:
        """Whether it ever was."""
        return any(each.step is Step.SEAL for each in self.deeds)
