"""Steps on a release: draft, edit, check, approve, refuse, seal, copy, publish, withdraw; each by a named officer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import Content, SecretKey, content
from leconfield.gate.bundles.content import canonical, fault_in_words
from leconfield.gate.release import codes, marks, profile, rules, sealing
from leconfield.gate.release.model import BY_GRAVITY, NOTHING, Aside, Copy, Deed, Judge, Release, Step, Verdict
from leconfield.gate.release.sealing import Sealed
from leconfield.gate.release.state import FIELDS, found
from leconfield.gate.release.tracing import Traced, traced
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Question
from leconfield.ledger.times import check_partial, stamp
from leconfield.ledger.view import View

MAX_WORDS: Final = 8_000
"""Characters of a reason."""
MAX_FILE: Final = 64 * 1024 * 1024
"""Bytes of one member."""
MOST_ACTIONS: Final = 50
_ON_A_PAGE: Final = (Step.CHECK, Step.APPROVE, Step.REFUSE, Step.SEAL, Step.PUBLISH, Step.WITHDRAW)
_A_DAY: Final = len("2026-05-01")
_AN_ACTION: Final = "2026-05-01 an arrest in Hull"
Given = Mapping[str, tuple[str, bytes]]
"""Files by name, each with its media type and bytes."""


def draft(
    desk: Desk,
    view: View,
    form: str,
    audience: str,
    files: Given,
    *,
    label: str,
    title: str = "",
    embargo: str = "",
    aside: Aside = NOTHING,
) -> EntryId:
    """Begin a release; its id.

    Raises:
        BadInputError: if the audience is none, or something may not stand in the content.
        RefusedError: if the label would hide it from him who writes it, or he looks at the past.
    """
    refuse_the_past(view)
    profile.shipped().audience(audience)
    if not label.strip():
        raise BadInputError("say who may know of it; with no label everybody could")
    made, now = _content(form, audience, files, title, embargo), desk.clock()
    its_label = str(labels.parse(label))
    key = (view.reader.name, stamp(now), made.digest)
    which = EntryId(desk.ids.of("entry", Step.DRAFT.value, its_label, *key))
    body = {"content": made.digest, "roles": _roles(view), **_brought(desk, made, files), **_told(view, aside)}
    desk.append(view.reader, [Draft(Step.DRAFT.value, its_label, about=which, body=body, key=key)], at=now)
    return which


def edit(
    desk: Desk,
    view: View,
    which: str,
    files: Given,
    *,
    title: str = "",
    embargo: str = "",
    aside: Aside | None = None,
) -> Release:
    """Put another content in its place: its verdict and approvals are void. `aside` None: as it was.

    Raises:
        NotFoundError, RefusedError, BadInputError: as `take`, and if something may not stand in the content.
    """
    known = _known(view, which)
    made = _content(known.content.form, known.content.audience, files, title, embargo)
    told = known.aside if aside is None else aside
    brought = {**_brought(desk, made, files), **_told(view, told)}
    deed = replace(_deed(desk, view, known, Step.EDIT, made.digest), aside=told.digest)
    return _done(desk, view, known, deed, brought)


def check(desk: Desk, view: View, which: str, judge: Judge) -> Release:
    """Have the gate judge it as it is now; a verdict that does not pass makes it a draft again.

    Raises:
        NotFoundError, RefusedError: as `take`.
    """
    known = _known(view, which)
    return _checked(desk, view, known, judged(judge, known.content, files_of(view, known)))


def approve(desk: Desk, view: View, which: str, *, content: str, verdict: str, reason: str) -> Release:
    """Approve what one has seen: `content` and `verdict` are the digests that the page showed.

    Raises:
        NotFoundError, RefusedError: as `take`; also if it is another content or verdict by now.
    """
    known = _known(view, which)
    return _done(
        desk,
        view,
        known,
        _deed(desk, view, known, Step.APPROVE, content, verdict, in_words(reason, "your reason", MAX_WORDS)),
    )


def take(desk: Desk, view: View, which: str, step: Step, *, reason: str) -> Release:
    """Refuse it, publish it, or withdraw it.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if the step may not be taken: by this officer, in this state, at this time.
        BadInputError: if the reason is missing, or the step is one that takes more than a reason.
    """
    if step not in (Step.REFUSE, Step.PUBLISH, Step.WITHDRAW):
        raise BadInputError(f"{step} takes more than a reason")
    known = _known(view, which)
    verdict = known.verdict.digest if known.verdict else ""
    deed = _deed(desk, view, known, step, known.content.digest, verdict, in_words(reason, "your reason", MAX_WORDS))
    return _done(desk, view, known, deed, {})


def seal(desk: Desk, view: View, which: str, judge: Judge, *, beside: Sequence[Draft] = ()) -> Sealed:
    """Judge it once more and seal it, if the verdict is the one that was approved.

    `beside`: what stands in the ledger together with the seal, or not at all.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if it may not be sealed, or what it was judged on has changed meanwhile: it is then checked anew,
            and to be approved anew.
    """
    known = _known(view, which)
    approved = known.verdict.digest if known.verdict else ""
    deed = _deed(desk, view, known, Step.SEAL, known.content.digest, approved)
    if fault := rules.forbidden(known, deed, _audience(known)):
        raise RefusedError(fault)
    fresh = judged(judge, known.content, files_of(view, known))
    if fresh.digest != approved:
        _checked(desk, view, known, fresh)
        raise RefusedError(
            "what it was judged on has changed since it was approved; see the new verdict, and decide anew"
        )
    _done(desk, view, known, deed, beside=beside)
    return sealing.sealed(desk, _again(desk, view, which), which)


def bundle(desk: Desk, view: View, which: str, signers: Sequence[SecretKey]) -> bytes:
    """The bundle of a sealed release, signed; the same bytes whenever it is asked for.

    Raises:
        NotFoundError, RefusedError: as `sealing.sealed`; also if its text has alternatives.
    """
    given = sealing.sealed(desk, view, which)
    return sealing.bundle(given, files_of(view, found(view, which)), signers)


def copy(desk: Desk, view: View, which: str, recipient: str, signers: Sequence[SecretKey]) -> bytes:
    """One recipient's own copy of a sealed release, signed; the same whenever it is asked for.

    Raises:
        NotFoundError, RefusedError: as `sealing.sealed`; also if its text has no alternatives.
        BadInputError: if the recipient is not named in one line.
    """
    given = sealing.sealed(desk, view, which)
    known, whom = found(view, which), " ".join(recipient.split())
    files = files_of(view, known)
    if not whom or (fault := fault_in_words(whom, "recipient")):
        raise BadInputError(fault if whom else "say who gets this copy")
    counts = marks.places_of(marks.marked_members(known.content, files))
    if not counts:
        raise RefusedError("its text has no alternatives; every recipient gets the same bundle")
    made = next((each for each in known.copies if each.recipient == whom), None)
    if made is None:
        made = _copied(desk, view, known, whom, files, counts)
    return sealing.copy_of(given, files, made, signers)


def leaked(view: View, which: str, leak: str) -> Traced:
    """Which of the copies a leaked text came from.

    Raises:
        NotFoundError: if the view has no such release.
        RefusedError: if its text has no alternatives.
    """
    known = found(view, which)
    marked = marks.marked_members(known.content, files_of(view, known))
    if not marked:
        raise RefusedError("its text has no alternatives: every copy is the same")
    return traced([marked[name] for name in sorted(marked)], known.copies, leak)


def faults(desk: Desk, view: View, known: Release) -> dict[Step, str]:
    """Each step that the state allows to somebody, with why this officer may not take it now; empty if he may."""
    verdict = known.verdict.digest if known.verdict else ""
    steps = [each for each in _ON_A_PAGE if (known.state, each) in rules.TRANSITIONS]
    deeds = {each: _deed(desk, view, known, each, known.content.digest, verdict) for each in steps}
    return {each: rules.forbidden(known, deed, _audience(known)) for each, deed in deeds.items()}


def judged(judge: Judge, made: Content, files: Mapping[str, bytes]) -> Verdict:
    """The verdict on a content; of one with alternatives, the worst over readings that show all of them."""
    readings = list(marks.readings(made, files))
    verdicts = [judge(each, its_files) for each, its_files in readings]
    for (each, _), verdict in zip(readings, verdicts, strict=True):
        if verdict.content != each.digest:
            raise DamagedError("the gate judged another content than it was given; nothing was recorded")
    if len(readings) == 1 and verdicts[0].content == made.digest:
        return verdicts[0]
    worst = max((each.colour for each in verdicts), key=BY_GRAVITY.index)
    basis = sha256(canonical([each.digest for each in verdicts])).hexdigest()
    reasons = tuple(dict.fromkeys(words for each in verdicts for words in each.reasons))
    return Verdict(made.digest, worst, basis, reasons)


def files_of(view: View, release: Release) -> dict[str, bytes]:
    """The bytes of its members, by name.

    Raises:
        DamagedError: if they are gone, or not what was kept.
    """
    return {each.name: view.kept(each.digest, about=release.id) for each in release.content.members}


def _checked(desk: Desk, view: View, known: Release, verdict: Verdict) -> Release:
    step = Step.CHECK if rules.passes(verdict.colour, _audience(known)) else Step.BLOCK
    deed = _deed(desk, view, known, step, known.content.digest, verdict.digest)
    reasons = json.dumps(list(verdict.reasons), ensure_ascii=False)
    return _done(desk, view, known, deed, {"colour": verdict.colour.value, "basis": verdict.basis, "reasons": reasons})


def _copied(
    desk: Desk, view: View, known: Release, whom: str, files: Mapping[str, bytes], counts: Sequence[int]
) -> Copy:
    row = codes.choices(counts, lambda place: desk.ids.of("mark", known.id, whom, str(place)))
    made, _ = sealing.rendered(known.content, files, row)
    verdict = known.verdict.digest if known.verdict else ""
    deed = _deed(desk, view, known, Step.COPY, known.content.digest, verdict)
    body = {"recipient": whom, "choices": " ".join(map(str, row)), "copy": made.digest}
    after = _done(desk, view, known, deed, body)
    return next(each for each in after.copies if each.recipient == whom)


def _done(
    desk: Desk,
    view: View,
    known: Release,
    deed: Deed,
    brought: Mapping[str, str] | None = None,
    beside: Sequence[Draft] = (),
) -> Release:
    """Append a step that may be taken; the release as the ledger has it then."""
    if fault := rules.forbidden(known, deed, _audience(known)):
        raise RefusedError(fault)
    said = {"content": deed.content, "verdict": deed.verdict, "reason": deed.reason, "roles": _roles(view)}
    body = {name: words for name, words in {**said, **(brought or {})}.items() if words}
    step = Draft(deed.step.value, known.label, about=known.id, body=body)
    receipt, *_ = desk.append(view.reader, [step, *beside])
    after = found(_again(desk, view, known.id), known.id)
    if receipt.entry not in {each.entry for each in after.deeds}:
        raise RefusedError("somebody else took a step on it at the same moment; look at it as it is now")
    return after


def _deed(
    desk: Desk, view: View, known: Release, step: Step, its_content: str, verdict: str = "", reason: str = ""
) -> Deed:
    by, roles = view.reader.name, view.reader.roles
    return Deed(known.id, step, stamp(desk.clock()), by, known.label, roles, its_content, verdict, reason)


def _again(desk: Desk, view: View, which: str) -> View:
    return desk.view(view.reader, asking=Question("release", which))


def _known(view: View, which: str) -> Release:
    refuse_the_past(view)
    return found(view, which)


def _content(form: str, audience: str, files: Given, title: str, embargo: str) -> Content:
    for name, (_, held) in files.items():
        if len(held) > MAX_FILE:
            raise BadInputError(f"{name}: {len(held):,} bytes; {MAX_FILE:,} at most")
    made = content(form, audience, dict(files), title=title.strip(), embargo=embargo.strip())
    marks.marked_members(made, {name: held for name, (_, held) in files.items()})
    return made


def _brought(desk: Desk, made: Content, files: Given) -> dict[str, str]:
    """What an entry says of a content: its fields, and the digests under which the files are kept."""
    kept = {f"file {name}": desk.keep(held) for name, (_, held) in files.items()}
    return {FIELDS: canonical(made.fields).decode(), **kept}


def _told(view: View, aside: Aside) -> dict[str, str]:
    """What an entry says of an aside.

    Raises:
        BadInputError: if the persona is not named in one line, an action has no day, or the recipient is said to hold
            what the officer himself does not.
    """
    if unknown := set(aside.holds) - view.reader.tokens:
        raise BadInputError(f'"{min(unknown)[:40]}" is not among what you hold; say only of that who else holds it')
    if fault := fault_in_words(aside.persona, "persona"):
        raise BadInputError(fault)
    if len(aside.actions) > MOST_ACTIONS:
        raise BadInputError(f"{len(aside.actions):,} actions; {MOST_ACTIONS} at most: name those that will be seen")
    for each in aside.actions:
        day, _, words = each.partition(" ")
        if fault := fault_in_words(each, "action"):
            raise BadInputError(fault)
        if len(check_partial(day)) != _A_DAY or not words.strip():
            raise BadInputError(f'action "{each[:60]}": write the day and what will be seen, as {_AN_ACTION}')
    said = {"persona": aside.persona, "actions": "\n".join(aside.actions), "holds": " ".join(sorted(set(aside.holds)))}
    return {name: words for name, words in said.items() if words}


def _audience(known: Release) -> profile.Audience:
    return profile.shipped().audience(known.content.audience)


def _roles(view: View) -> str:
    return " ".join(sorted(view.reader.roles))
