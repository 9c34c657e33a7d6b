"""Which step may follow which, who may take it, and what a release comes to. Pure.

The table below is the whole law of it: the one edge to *sealed* leaves *approved*, the one to *approved* leaves
*approved by one*, and every edit, check and refusal leads back before them. A step that the table does not list, by
whoever must not take it, or on another content or verdict than the release bears, changes nothing, whoever wrote it
down: what is folded from entries fails closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from leconfield.gate.bundles.content import Content
from leconfield.gate.release.model import NOTHING, Approval, Aside, Colour, Copy, Deed, Release, State, Step, Verdict
from leconfield.gate.release.profile import Audience

_OPEN: Final = (State.DRAFT, State.CHECKED, State.HALF, State.APPROVED)
_JUDGED: Final = (State.CHECKED, State.HALF, State.APPROVED)
_OUT: Final = (State.SEALED, State.PUBLISHED)

TRANSITIONS: Final[Mapping[tuple[State, Step], State]] = {
    **{(each, Step.EDIT): State.DRAFT for each in _OPEN},
    **{(each, Step.CHECK): State.CHECKED for each in _OPEN},
    **{(each, Step.BLOCK): State.DRAFT for each in _OPEN},
    **{(each, Step.REFUSE): State.DRAFT for each in _JUDGED},
    (State.CHECKED, Step.APPROVE): State.HALF,
    (State.HALF, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.SEAL): State.SEALED,
    (State.SEALED, Step.PUBLISH): State.PUBLISHED,
    **{(each, Step.COPY): each for each in _OUT},
    **{(each, Step.WITHDRAW): State.WITHDRAWN for each in (*_OPEN, *_OUT)},
}
"""What becomes of it. Nothing leads out of *withdrawn*, and nothing but *withdrawn* out of *published*."""

_DECIDING: Final = frozenset({Step.APPROVE, Step.REFUSE})
_ON_A_VERDICT: Final = frozenset({Step.APPROVE, Step.SEAL})
"""Steps that hold for one content and one verdict."""


def forbidden(release: Release, deed: Deed, audience: Audience) -> str:
    """Why that step may not be taken on the release, in words for whoever wants to; empty if it may."""
    if (release.state, deed.step) not in TRANSITIONS:
        return f"it is {release.state}: {_possible(release.state)}"
    if deed.label != release.label:
        return "the step stands under another label than the release"
    return _wrong_thing(release, deed) or _wrong_person(release, deed, audience) or _wrong_time(release, deed)


def _wrong_thing(release: Release, deed: Deed) -> str:
    same = deed.content == release.content.digest
    if deed.step is Step.EDIT:
        return "nothing has changed in it" if same and deed.aside == release.aside.digest else ""
    if not same and deed.step is not Step.WITHDRAW:
        return "it was changed meanwhile; look at it as it is now"
    verdict = release.verdict.digest if release.verdict else ""
    if deed.step in _ON_A_VERDICT and (not verdict or deed.verdict != verdict):
        return "the verdict is another one meanwhile; look at it, and decide anew"
    return ""


def _wrong_person(release: Release, deed: Deed, audience: Audience) -> str:
    allowed = audience.may(deed.step)
    if deed.step is Step.WITHDRAW and not release.was_sealed and deed.by in release.authors:
        return ""
    if allowed and not allowed & deed.roles:
        return f"that takes the role {roles_in_words(allowed)}, which you do not hold"
    if deed.step not in _DECIDING:
        return ""
    if deed.step is Step.APPROVE and deed.by in release.authors:
        return "nobody approves what he wrote or edited; ask another who holds the role"
    if deed.step is Step.APPROVE and any(each.by == deed.by for each in release.approvals):
        return "you have approved it; the second is another person"
    return _wrong_pair(release, deed, audience)


def _wrong_pair(release: Release, deed: Deed, audience: Audience) -> str:
    """Whether the second approval would leave the two without the role that one of them must hold."""
    if deed.step is not Step.APPROVE or release.state is not State.HALF or not audience.one_of:
        return ""
    held = deed.roles.union(*(each.roles for each in release.approvals))
    return (
        "" if audience.one_of in held else f"one of the two who approve must be a {roles_in_words([audience.one_of])}"
    )


def _wrong_time(release: Release, deed: Deed) -> str:
    embargo = release.content.embargo
    if deed.step is Step.PUBLISH and deed.at[:19] < embargo[:19]:
        return f"it is under embargo until {embargo}"
    return ""


def _possible(state: State) -> str:
    steps = sorted(step.value.removeprefix("release ") for at, step in TRANSITIONS if at is state)
    return f"it can be {', '.join(steps)}" if steps else "nothing more happens to it"


def begun(deed: Deed, content: Content, aside: Aside = NOTHING) -> Release:
    """The release that a first draft begins."""
    return Release(deed.entry, deed.label, content, frozenset({deed.by}), (deed,), aside=aside)


def after(
    release: Release,
    deed: Deed,
    audience: Audience,
    *,
    content: Content | None = None,
    aside: Aside = NOTHING,
    verdict: Verdict | None = None,
    copy: Copy | None = None,
) -> Release:
    """The release once that was done; unchanged where it may not be.

    `content` and `aside`: what an edit brings; `verdict`: what a check brings; `copy`: what a copy brings.
    """
    if forbidden(release, deed, audience) or not _brings(deed, audience, release, content, verdict, copy):
        return release
    state = TRANSITIONS[release.state, deed.step]
    changed = replace(release, state=state, deeds=(*release.deeds, deed))
    match deed.step:
        case Step.EDIT if content is not None:
            authors = release.authors | {deed.by}
            return replace(
                changed, content=content, aside=aside, authors=authors, verdict=None, told=None, approvals=()
            )
        case Step.CHECK:
            return replace(changed, verdict=verdict, told=verdict, approvals=())
        case Step.BLOCK:
            return replace(changed, verdict=None, told=verdict, approvals=())
        case Step.REFUSE:
            return replace(changed, verdict=None, approvals=())
        case Step.APPROVE:
            given = Approval(deed.by, deed.roles, deed.content, deed.verdict)
            return replace(changed, approvals=(*release.approvals, given))
        case Step.COPY if copy is not None:
            return replace(changed, copies=(*release.copies, copy))
        case _:
            return changed


def _brings(
    deed: Deed,
    audience: Audience,
    release: Release,
    content: Content | None,
    verdict: Verdict | None,
    copy: Copy | None,
) -> bool:
    """Whether a step brings what it must, and that is what its entry says it is."""
    match deed.step:
        case Step.EDIT:
            return content is not None and (content.audience, content.digest) == (
                release.content.audience,
                deed.content,
            )
        case Step.CHECK | Step.BLOCK:
            if verdict is None or (verdict.content, verdict.digest) != (release.content.digest, deed.verdict):
                return False
            return passes(verdict.colour, audience) == (deed.step is Step.CHECK)
        case Step.COPY:
            return copy is not None and copy.recipient not in {each.recipient for each in release.copies}
        case _:
            return True


def passes(colour: Colour, audience: Audience) -> bool:
    """Whether a verdict of that colour lets something go on; red never does, whatever a profile says."""
    return colour is not Colour.RED and colour in audience.passes


def awaited(release: Release, audience: Audience) -> str:
    """What is still to be done before it is out, and by whom, in words; empty if nothing is."""
    match release.state:
        case State.DRAFT:
            return f"its author: {_to_do(release, audience)}"
        case State.CHECKED:
            return f"two who approve ({roles_in_words(audience.approves)}), not those who wrote in it"
        case State.HALF:
            (first,) = release.approvals
            wanted = frozenset({audience.one_of}) if audience.one_of and audience.one_of not in first.roles else None
            return f"one more who approves ({roles_in_words(wanted or audience.approves)}), not {first.by}"
        case State.APPROVED:
            return f"whoever seals ({roles_in_words(audience.seals)})"
        case State.SEALED:
            return f"whoever publishes ({roles_in_words(audience.publishes)})"
        case _:
            return ""


def _to_do(release: Release, audience: Audience) -> str:
    if release.told is None:
        return "the gate is to be asked"
    return "it was refused" if passes(release.told.colour, audience) else "it may not go on as it is"


def roles_in_words(roles: Iterable[str]) -> str:
    """Roles any of which will do, as people call them."""
    return " or ".join(each.replace("-", " ") for each in sorted(roles))
