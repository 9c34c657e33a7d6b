"""The gate in the battery: what scripts release, keep and note, what is asked of it, and what it is allowed to tell.

A full check tells whoever asks one thing that does not follow from his own view: whether the draft may go on. It is
released on purpose (delimited release, Sabelfeld and Myers 2003), so worlds are held against each other only where
these bits agree; then everything must. `Bits` keeps the bits of each desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Final
from weakref import WeakKeyDictionary

import pytest

from leconfield.errors import LeconfieldError, NotFoundError
from leconfield.gate.exposure import profile
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.knowers import Noted
from leconfield.gate.exposure.model import CLEARABLE, Check, Text
from leconfield.gate.exposure.published import Published
from leconfield.gate.handing.model import PREPARED
from leconfield.gate.handing.state import Handing
from leconfield.gate.mosaic import service as mosaic
from leconfield.gate.mosaic.state import Personas
from leconfield.gate.owning import service as owning
from leconfield.gate.owning import state as owned
from leconfield.gate.owning.state import Case
from leconfield.gate.redaction.service import RECORDED
from leconfield.gate.release import judging, service
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import releases, said
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.view import View
from tests.noninterference.acts import KARINA

KEYS: Final = ("one", "two")
"""Titles of the releases that scripts make: both sides use the same."""
_MUCH: Final = (
    "Ray Cassell was seen at Mill Lane. John Smith met Rami Haddad. Ring 07700 900111. AB12 CDE stood by Cedar House. "
    "Ada Brook walks with a stick. HEATHER and UMBER told us of the Harbour Union."
)
WORDS: Final = (
    _MUCH,
    "We are open at every hour.",
    "John Smith met Ada Brook at the Old Quay on 1 February 2026.",
    "[[We are|We stay]] open at [[every hour|all hours]]. [[Come|Write]] to us.",
    "Lark used to be a teacher. She sings in a choir.",
)
NOTHING: Final = "f" * 32
"""An id under which nothing has ever stood."""
PERSONA: Final = "Lark"
HIDDEN_PERSONA: Final = "Wren"
"""Of whom the high side alone speaks."""
_HEAD: Final = "name,occupation,hobby,team\n"
REGISTER: Final = f"{_HEAD}A,teacher,choir,north\nB,teacher,choir,south\nC,nurse,choir,ports\nD,teacher,chess,ports\n"
SHORTER: Final = f"{_HEAD}A,teacher,choir,north\nC,nurse,choir,ports\n"
CHAINS: Final[Sequence[Sequence[str]]] = (
    ("draft", "check", "answer reword", "edit", "check"),
    ("draft", "check", "approve", "approve too", "seal", "publish", "withdraw"),
    ("draft", "check", "approve", "approve too", "seal", "copy", "copy", "leaked"),
    ("draft", "check", "approve", "approve too", "seal", "publish"),
    ("knowers", "draft", "check", "answer note", "answer settle", "check"),
    ("register", "said", "said", "draft", "check", "answer clear", "check"),
    ("draft", "prepared", "check", "refuse", "edit"),
    ("told", "draft", "check", "answer refuse", "check", "withdraw"),
)
"""What is done one after another with one release; now and then a step is left out."""
OWNER: Final = Reader("olga", "Olga, protection of sources", KARINA.tokens, frozenset({"source-protection-officer"}))
"""She answers for drafts that she did not write: she holds all that anybody holds here."""
ROLES: Final = frozenset({"release-officer", "source-protection-officer", "press-officer"})
_ANSWER: Final = "answer "
_TOGETHER: Final = {"approve": "nora", "approve too": "pip", "refuse": "nora", "seal": "nora", "publish": "nora"}
_DAY: Final = "2026-03-02"


class Bits:
    """What full checks told their askers beyond their own views, by desk, in order."""

    def __init__(self) -> None:
        self._told: WeakKeyDictionary[Desk, list[str]] = WeakKeyDictionary()

    def of(self, desk: Desk) -> list[str]:
        """Those of one desk; it grows."""
        return self._told.setdefault(desk, [])


BITS: Final = Bits()


def bits_kept(patch: pytest.MonkeyPatch) -> None:
    """Keep the bit of every full check from here on."""
    answer, judge = exposure.answer, judging.House.__call__

    def answered(desk: Desk, *others: Any, **named: Any) -> exposure.Answer:
        told = answer(desk, *others, **named)
        BITS.of(desk).append(told.refusal)
        return told

    def judged(house: judging.House, *others: Any) -> Any:
        verdict = judge(house, *others)
        BITS.of(house.desk).append(str(exposure.REFUSAL in verdict.reasons))
        return verdict

    patch.setattr(exposure, "answer", answered)
    patch.setattr(judging.House, "__call__", judged)


def chain(chance: Random) -> tuple[str, str, tuple[str, ...]]:
    """The title of a release, its first words, and steps that are taken with it."""
    steps = chance.choice(CHAINS)
    kept = tuple(each for place, each in enumerate(steps) if place == 0 or chance.random() < 0.92)
    return chance.choice(KEYS), chance.choice((_MUCH, _MUCH, _MUCH, *WORDS)), kept


def done(desk: Desk, by: Reader, label: str, title: str, words: str, step: str) -> object:
    """Take one step, as somebody who holds what the label asks for and no more: it rests on nothing else."""
    if step.startswith(_ANSWER):
        return _answered(desk, by.name, words, label, step.removeprefix(_ANSWER))
    held = frozenset(labels.tokens_in(labels.parse(label)))
    by = replace(by, name=_TOGETHER.get(step, by.name), tokens=held, roles=ROLES)
    view = desk.view(by, asking=Question("release"))
    if step == "draft":
        return service.draft(desk, view, "post", "public", _files(words), label=label, title=title)
    if step in _BESIDE:
        return _BESIDE[step](desk, view, words, label)
    which = _found(view, title, label)
    return _STEPS[step](desk, view, which, words)


def _knowers(desk: Desk, view: View, words: str, label: str) -> object:
    """Of what is said here, too: told under this label, if nothing stands under just this one."""
    report = _first_report(view, label)
    if report == NOTHING:
        new = NewReport("Heard", words, "HERON", "agent", desk.keep(words.encode()), "text/plain")
        (receipt,) = desk.append(view.reader, [Draft("filed", label, report=new)])
        report = receipt.report or NOTHING
        view = desk.view(view.reader, asking=Question("release"))
    return exposure.note_knowers(desk, view, report, ["the crew|60", "Jo|1|2026-02-05"])


def _first_report(view: View, label: str) -> str:
    """One that stands under just this label."""
    return min((each.id for each in view.world.reports.values() if each.label == label), default=NOTHING)


def _told(desk: Desk, view: View, words: str, label: str) -> object:
    return exposure.note_published(desk, view.reader, words, label, "public")


def _register(desk: Desk, view: View, words: str, label: str) -> object:
    return mosaic.keep_register(desk, view, REGISTER if len(words) % 2 else SHORTER, label)


def _said(desk: Desk, view: View, words: str, label: str) -> object:
    persona = HIDDEN_PERSONA if "&" in label and len(words) % 2 else PERSONA
    return mosaic.note_said(desk, view, persona, words, on=_DAY, where="on the wireless", label=label)


_BESIDE: Final[dict[str, Callable[[Desk, View, str, str], object]]] = {
    "knowers": _knowers,
    "told": _told,
    "register": _register,
    "said": _said,
}


def _answered(desk: Desk, asker: str, words: str, label: str, how: str) -> str:
    """What an owner answers to whoever drafted these words: that she did is released, and nothing else.

    She tells the author on purpose and by name, so that worlds are held against each other where she did the same.
    What reaches the author must be the same bytes there, whatever she rests it on.
    """
    view = desk.view(OWNER, asking=Question("gate"))
    asked = [each for each in owned.cases(view) if each.asker == asker and words in each.text.words]
    did = f"nothing to {how}"
    for case in sorted(asked, key=lambda each: each.digest)[:1]:
        try:
            _ANSWERS[how](desk, view, case, label)
            did = how
        except LeconfieldError as error:
            did = type(error).__name__
    BITS.of(desk).append(did)
    return did


def _note(desk: Desk, view: View, case: Case, label: str) -> None:
    owning.note(desk, view, case.id, _first_report(view, label), ["the whole quay|400"])


def _clear(desk: Desk, view: View, case: Case, _label: str) -> None:
    """The first reason that anybody clears."""
    stood = owning.verdict(view, case).sentences
    found = [(each.number, one.check) for each in stood for one in each.reasons if one.check in CLEARABLE]
    number, what = found[0] if found else (1, Check.UNMATCHED)
    owning.clear(desk, view, case.id, number, what.value, reason="The papers had it.")


def _reword(desk: Desk, view: View, case: Case, _label: str) -> None:
    owning.reword(desk, view, case.id, 2, words=WORDS[1], reason="It says less.")


_ANSWERS: Final[dict[str, Callable[[Desk, View, Case, str], None]]] = {
    "note": _note,
    "clear": _clear,
    "reword": _reword,
    "refuse": lambda desk, view, case, _: owning.refuse(desk, view, case.id, reason="It is too early."),
    "settle": lambda desk, view, case, _: owning.settle(desk, view, case.id),
}


def _approve(desk: Desk, view: View, which: Release, _words: str) -> object:
    verdict = which.verdict.digest if which.verdict else ""
    return service.approve(desk, view, which.id, content=which.content.digest, verdict=verdict, reason="It is sound.")


def _taken(step: Step) -> Callable[[Desk, View, Release, str], object]:
    return lambda desk, view, which, _words: service.take(desk, view, which.id, step, reason="It is time.")


def _prepared(desk: Desk, view: View, which: Release, _words: str) -> object:
    body = {"recipient": "Partner a", "purpose": "as agreed", "format": "stix", "digest": "0" * 64, "statements": "3"}
    return desk.append(view.reader, [Draft(PREPARED, which.label, about=which.id, body=body)])


def _copied(desk: Desk, view: View, which: Release, words: str) -> object:
    return service.copy(desk, view, which.id, f"Editor {len(which.copies)}", [])


_STEPS: Final[dict[str, Callable[[Desk, View, Release, str], object]]] = {
    "edit": lambda desk, view, which, words: service.edit(desk, view, which.id, _files(f"{words} Thank you.")),
    "check": lambda desk, view, which, _: judging.check(desk, view, which.id),
    "approve": _approve,
    "approve too": _approve,
    "refuse": _taken(Step.REFUSE),
    "seal": lambda desk, view, which, _: judging.seal(desk, view, which.id).public_id,
    "publish": _taken(Step.PUBLISH),
    "withdraw": _taken(Step.WITHDRAW),
    "copy": _copied,
    "prepared": _prepared,
    "leaked": lambda _desk, view, which, words: service.leaked(view, which.id, words),
}


def _files(words: str) -> service.Given:
    return {"text.txt": ("text/plain", f"{words}\n".encode())}


def _found(view: View, title: str, label: str) -> Release:
    """The last release of that title under that label."""
    known = [each for each in releases(view).by_id.values() if (each.content.title, each.label) == (title, label)]
    if not known:
        raise NotFoundError("nothing of that title")
    return known[-1]


def ids(desk: Desk, reader: Reader) -> dict[str, set[str]]:
    """What there is, as whoever holds everything knows it: the parts of pages' addresses."""
    view = desk.view(reader, asking=Question("ids"))
    kinds = {"case": (exposure.REASONED, exposure.REFERRED), "entry": (RECORDED,)}
    found: dict[str, set[str]] = {
        part: {each.id for each in view.entries() if each.kind in kinds[part]} for part in kinds
    }
    return {"release": set(releases(view).by_id), **found}


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of releases, personas and drafts as they are typed: no full check is among it."""
    known = releases(view).by_id
    yield "releases", lambda: list(known.items())
    yield "what was said", lambda: said(view)
    yield "files that wait at the gate", lambda: vars(view.derived(Handing))
    yield "texts that left", lambda: view.derived(Published).texts
    yield "knowers that were noted", lambda: sorted(view.derived(Noted).by_report.items())
    yield "what was said of personas", lambda: sorted(view.derived(Personas).said.items())
    yield "history of a persona", lambda: mosaic.history(view, PERSONA)
    yield "effects on a persona", lambda: mosaic.effects(view, PERSONA, WORDS[-1], _DAY)
    for words in WORDS:
        yield f"live: {words}", lambda words=words: live(view, words, offering=words != _MUCH)  # type: ignore[misc]
        yield f"names in: {words}", lambda words=words: named(view, words)  # type: ignore[misc]
    for each in known.values():
        yield f"files of {each.id}", lambda each=each: service.files_of(view, each)  # type: ignore[misc]
        if each.state in (State.SEALED, State.PUBLISHED):
            yield f"whose copy of {each.id}", lambda each=each: service.leaked(view, each.id, WORDS[3])  # type: ignore[misc]


def live(view: View, words: str, audience: str = "public", *, offering: bool = True) -> object:
    """The verdict on a draft while it is typed: in its author's own view, with offers if wanted."""
    rules = profile.shipped()
    text = Text(words, _DAY, "draft.txt", persona=PERSONA)
    return check(view.world, text, rules, rules.audience(audience), offering=offering)


def named(view: View, words: str) -> object:
    """The protected names in a text, by what this view guards."""
    rules = profile.shipped()
    return view.derived(Guards).finder(rules, rules.audience("public")).find(words)
