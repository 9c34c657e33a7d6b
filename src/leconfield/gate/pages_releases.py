"""Officers' pages of releases: the list, and one with its verdict, its history and the steps that may be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure.model import Verdict, gravity
from leconfield.gate.owning import state as owners
from leconfield.gate.release import forms, judging, marks, profile, rules, service
from leconfield.gate.release.marks import Marked
from leconfield.gate.release.model import Deed, Release, State, Step
from leconfield.gate.release.state import found, releases
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post

SHOWN: Final = 100
"""Releases on one page of the list."""
_MINE: Final = frozenset({Step.APPROVE, Step.SEAL, Step.PUBLISH})
"""Steps for which a release waits; the others are taken when somebody finds that they must be."""


_OVER: Final = frozenset({State.PUBLISHED, State.WITHDRAWN})
"""States in which no embargo holds anything back any more."""
_OF_SENTENCE: Final = re.compile(r"sentence (\d+): ")
_DONE: Final[Mapping[Step, str]] = {
    Step.DRAFT: "Begun",
    Step.EDIT: "Edited",
    Step.CHECK: "Asked of the gate: it may go on",
    Step.BLOCK: "Asked of the gate: it may not go on",
    Step.APPROVE: "Approved",
    Step.REFUSE: "Refused",
    Step.SEAL: "Sealed",
    Step.PUBLISH: "Published",
    Step.WITHDRAW: "Withdrawn",
}


def listed(visit: Visit) -> Response:
    """The releases that one may know of; those that wait for whoever looks stand first."""
    view = visit.view("releases")
    rows = [_row(visit, view, each) for each in reversed(releases(view).by_id.values())]
    rows.sort(key=lambda each: not each["waits"])
    start = visit.number("start", 0, 1_000_000)
    return visit.page(
        "gate/releases.html",
        rows=rows[start : start + SHOWN],
        start=start,
        total=len(rows),
        next_url=f"/releases?start={start + SHOWN}" if start + SHOWN < len(rows) else "",
        previous_url=f"/releases?start={max(0, start - SHOWN)}" if start else "",
        waiting=sum(bool(each["waits"]) for each in rows),
        owed=owners.waiting(view),
        acting=view.as_of is None,
    )


def _row(visit: Visit, view: View, known: Release) -> dict[str, object]:
    possible = service.faults(visit.desk, view, known) if view.as_of is None else {}
    mine = [step for step, fault in possible.items() if step in _MINE and not fault]
    author = known.state is State.DRAFT and view.reader.name in known.authors and view.as_of is None
    return {
        "release": known,
        "url": f"/releases/{known.id}",
        "form": forms.in_words(known.content.form),
        "audience": profile.shipped().audience(known.content.audience).name,
        "awaits": rules.awaited(known, profile.shipped().audience(known.content.audience)),
        "waits": _waits(mine, author=author),
        "drafted": known.deeds[0].at,
    }


def _waits(mine: list[Step], *, author: bool) -> str:
    if mine:
        return {Step.APPROVE: "to approve or refuse", Step.SEAL: "to seal", Step.PUBLISH: "to publish"}[mine[0]]
    return "to finish" if author else ""


def one(visit: Visit) -> Response:
    """One release: what leaves, how it stands, what was done, what may be done."""
    view = visit.view("release", visit.part("release"))
    return _page(visit, view, visit.asked("act"), visit.asked("reason"), "")


def _page(visit: Visit, view: View, wanted: str, reason: str, fault: str) -> Response:
    known = found(view, visit.part("release"))
    files = service.files_of(view, known)
    now = view.moment or stamp(visit.desk.clock())
    reasons = known.told.reasons if known.told else ()
    faults = service.faults(visit.desk, view, known) if view.as_of is None else {}
    acts = [(name, each) for name, each in _ACTS.items() if faults.get(each.step) == ""]
    return visit.page(
        "gate/release.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **_row(visit, view, known),
        held=known.state not in _OVER and known.content.embargo[:19] > now[:19],
        refusal=_refusal(known),
        reasons=list(gathered(reasons)),
        mends=any(each.startswith(f"{member.name}: ") for each in reasons for member in known.content.members),
        texts=[(each, _pieces(files[each.name])) for each in known.content.members if _is_text(each.media_type)],
        attachments=[each for each in known.content.members if each.name != forms.TEXT],
        marked=any(marks.marked_members(known.content, files)),
        own=_own(visit, view, known, files),
        k=asking.shipped().k,
        history=_history(known)[::-1],
        acts=acts,
        refused=[(each.words, faults[each.step]) for each in _ACTS.values() if faults.get(each.step)],
        wanted=wanted if wanted in {name for name, _ in acts} else "",
        editable=view.as_of is None and (known.state, Step.EDIT) in rules.TRANSITIONS,
        reason=reason,
        fault=fault,
        acting=view.as_of is None,
        panels=visit.panels("release", view, known.id),
    )


def _own(visit: Visit, view: View, known: Release, files: Mapping[str, bytes]) -> Verdict:
    """How it stands in the view of whoever looks: of its readings the gravest."""
    today = (view.moment or stamp(visit.desk.clock()))[:10]
    verdicts = [
        judging.own(view, content, its_files, known.aside, today, offering=False)
        for content, its_files in marks.readings(known.content, files)
    ]
    return max(verdicts, key=lambda each: gravity(each.colour))


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/")


def _pieces(held: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """A text in pieces: words, and the alternatives that follow them."""
    text = held.decode("utf-8", "replace")
    try:
        cut = Marked.parse(text)
    except BadInputError:
        return [(text, ())]
    return list(zip(cut.fixed, (*cut.places, ()), strict=True))


def _history(known: Release) -> list[dict[str, object]]:
    """What was done, the first first, each in words; of a copy, for whom it was made."""
    copies = iter(known.copies)
    return [
        {
            "deed": each,
            "what": f"Copy made for {next(copies).recipient}" if each.step is Step.COPY else _DONE[each.step],
        }
        for each in known.deeds
    ]


def _refusal(known: Release) -> Deed | None:
    """That a person sent it back, while that is the last word on it."""
    if known.state is not State.DRAFT or known.deeds[-1].step is not Step.REFUSE:
        return None
    return known.deeds[-1]


def gathered(reasons: Iterable[str]) -> Iterator[str]:
    """Reasons in their order, the same of several sentences said once: `sentences 1 to 4: ...`."""
    places: dict[str, list[int]] = {}
    for each in reasons:
        of = _OF_SENTENCE.match(each)
        places.setdefault(each[of.end() :] if of else each, []).extend([int(of[1])] if of else [])
    for words, numbers in places.items():
        yield f"{_sentences(numbers)}: {words}" if numbers else words


def _sentences(numbers: Sequence[int]) -> str:
    """`sentence 2`, `sentences 1 to 4` or `sentences 1, 3 and 7`."""
    *others, last = map(str, numbers)
    if not others:
        return f"sentence {last}"
    if len(others) > 1 and numbers[-1] - numbers[0] == len(others):
        return f"sentences {others[0]} to {last}"
    return f"sentences {', '.join(others)} and {last}"


def act(visit: Visit) -> Response:
    """Take a step on a release; if it may not be taken, nothing is done and the page says why."""
    which, what = visit.part("release"), visit.part("step")
    view = visit.present(f"release, {what}"[:60], which)
    chosen = _ACTS.get(what)
    if chosen is None:
        found(view, which)
        raise BadInputError(f'"{what[:40]}" is nothing that is done on a release; choose {", ".join(_ACTS)}')
    try:
        chosen.does(visit, view, which)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, visit.present("release", which), what, visit.filled("reason"), str(error))
    return visit.back_to(f"/releases/{which}", chosen.done)


def _check(visit: Visit, view: View, which: str) -> None:
    judging.check(visit.desk, view, which)


def _approve(visit: Visit, view: View, which: str) -> None:
    content, verdict, reason = (visit.filled(each) for each in ("content", "verdict", "reason"))
    service.approve(visit.desk, view, which, content=content, verdict=verdict, reason=reason)


def _seal(visit: Visit, view: View, which: str) -> None:
    judging.seal(visit.desk, view, which)


def _taking(step: Step) -> Callable[[Visit, View, str], None]:
    def take(visit: Visit, view: View, which: str) -> None:
        service.take(visit.desk, view, which, step, reason=visit.filled("reason"))

    return take


@dataclass(frozen=True, slots=True)
class _Act:
    """A step on a release's page."""

    step: Step
    words: str
    key: str
    does: Callable[[Visit, View, str], None]
    done: str
    reasoned: bool = True
    """Whether it takes a reason."""


_ACTS: Final[Mapping[str, _Act]] = {
    "check": _Act(Step.CHECK, "Ask the gate", "c", _check, "The gate was asked.", reasoned=False),
    "approve": _Act(Step.APPROVE, "Approve", "a", _approve, "Approved, as you saw it."),
    "refuse": _Act(Step.REFUSE, "Refuse", "f", _taking(Step.REFUSE), "Refused; it is a draft again."),
    "seal": _Act(Step.SEAL, "Seal", "s", _seal, "Sealed. From now on it counts as said.", reasoned=False),
    "publish": _Act(Step.PUBLISH, "Publish", "p", _taking(Step.PUBLISH), "Published."),
    "withdraw": _Act(Step.WITHDRAW, "Withdraw", "w", _taking(Step.WITHDRAW), "Withdrawn. What was read stays read."),
}

ROUTES: Final[list[Route]] = [
    get("/releases", listed),
    get("/releases/{release}", one),
    post("/releases/{release}/{step}", act),
]
