"""Officers' pages of what the gate asks of those who hold what a draft touches, and of their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from textwrap import shorten
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.exposure.knowers import Noted, line_of
from leconfield.gate.exposure.model import CLEARABLE, SentenceVerdict, Verdict
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.owning import service
from leconfield.gate.owning.state import Case, cases, found, may_answer, often, touched
from leconfield.gate.release import profile as releasing
from leconfield.gate.release import rules
from leconfield.gate.release.model import Colour
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post

_FIELDS: Final = ("sentence", "check", "report", "people", "words", "reason", "asker")
_MOST: Final = 9999
_SHOWN: Final = 110
"""Characters of a draft in the list."""


def listed(visit: Visit) -> Response:
    """What the gate asks of whoever looks, what waits first."""
    return _list(visit, visit.view("gate cases"), visit.asked("asker"), "", "")


def _list(visit: Visit, view: View, asker: str, reason: str, fault: str) -> Response:
    rows = [_row(view, each) for each in cases(view)]
    counted = touched(view)
    return visit.page(
        "gate/owner.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[each for each in rows if not each["settled"]] + [each for each in rows if each["settled"]],
        open=sum(not each["settled"] for each in rows),
        often=often(view),
        askers=list(counted.items()),
        asker=asker,
        reason=reason,
        fault=fault,
        may=may_answer(view) and view.as_of is None,
        mine=view.reader.name,
        roles=rules.roles_in_words(shipped().clears),
    )


def _row(view: View, case: Case) -> dict[str, object]:
    return {
        "case": case,
        "audience": _audience(case.audience),
        "url": f"/gate/{case.id}",
        "beginning": shorten(case.text.words[:400], _SHOWN, placeholder=" …"),
        "settled": case.settled,
        "own": view.reader.name in case.authors,
        "last": case.answers[-1] if case.answers else None,
    }


def _audience(which: str) -> str:
    """For whom, as those call it who release; as it stands where they do not know it."""
    known = releasing.shipped().audiences.get(which)
    return known.name if known else which


def look_again(visit: Visit) -> Response:
    """Let somebody who asked too often ask again."""
    view, asker, reason = visit.present("gate asker", visit.part("asker")), visit.part("asker"), visit.filled("reason")
    try:
        service.count_anew(visit.desk, view, asker, reason=reason)
    except LeconfieldError as error:
        return _list(visit, view, asker, reason, str(error))
    return visit.back_to("/gate", f"{asker} may ask again.")


def one(visit: Visit) -> Response:
    """One draft with the reasoning of the reader's own view, and what he may do about it."""
    view = visit.view("gate case", visit.part("case"))
    return _page(visit, view, visit.asked("act"), {each: visit.asked(each) for each in _FIELDS}, "")


def _page(
    visit: Visit, view: View, wanted: str, filled: Mapping[str, str], fault: str, preview: Mapping[str, object] = {}
) -> Response:
    case = found(view, visit.part("case"))
    stood = service.verdict(view, case)
    hindered = "nobody acts in the past" if view.as_of is not None else service.hindrance(view, case)
    return visit.page(
        "gate/owner_case.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        case=case,
        audience=_audience(case.audience),
        colour=stood.colour.value,
        reasons=stood.reasons,
        rows=[_sentence(view, each) for each in stood.sentences],
        k=shipped().k,
        acts=not hindered and case.whole,
        hindered=hindered,
        wanted=wanted if wanted in _ACTS and not hindered and case.whole else "",
        chosen=_number(filled["sentence"]),
        filled={**filled, "people": filled["people"] or _noted(view, filled["report"])},
        fault=fault,
        preview=preview,
    )


def _sentence(view: View, stood: SentenceVerdict) -> dict[str, object]:
    reports = dict.fromkeys(str(each.passage.report) for each in stood.grounds if _closed(view, each.passage.report))
    noted = view.derived(Noted).by_report
    return {
        "stood": stood,
        "colour": stood.colour.value,
        "clearable": list(dict.fromkeys(each.check.value for each in stood.reasons if each.check in CLEARABLE)),
        "reports": [(view.report(each), noted.get(view.report(each).id)) for each in reports],
        "alone": stood.witnesses if stood.colour is not Colour.GREEN else (),
    }


def _closed(view: View, report: str) -> bool:
    return view.report(report).channel not in shipped().open_channels


def _noted(view: View, report: str) -> str:
    """Who is written down already, as lines to go on with."""
    if report not in view.world.reports:
        return ""
    return "\n".join(
        line_of(each).rstrip("|") for each in view.derived(Noted).by_report.get(view.report(report).id, ())
    )


def act(visit: Visit) -> Response:
    """Answer the gate; what was typed is kept if something is wrong with it, or it is only to be looked at."""
    which, what = visit.part("case"), visit.part("act")
    view = visit.present(f"gate case, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _FIELDS}
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is no answer to the gate; choose {", ".join(_ACTS)}')
    case = found(view, which)
    try:
        if visit.filled("look") and chosen.preview:
            return _page(visit, view, what, filled, "", chosen.preview(visit, view, case, filled))
        chosen.does(visit, view, case, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, what, filled, str(error))
    return visit.back_to(f"/gate/{which}", chosen.done)


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and int(words[:9]) <= _MOST else 0


def _note(visit: Visit, view: View, case: Case, filled: Mapping[str, str]) -> None:
    service.note(visit.desk, view, case.id, filled["report"], filled["people"].splitlines())


def _preview_note(_visit: Visit, view: View, case: Case, filled: Mapping[str, str]) -> dict[str, object]:
    after = service.supposed(view, case, filled["report"], filled["people"].splitlines())
    return {"changes": _changes(service.verdict(view, case), after), "colour": after.colour.value}


def _changes(before: Verdict, after: Verdict) -> list[tuple[SentenceVerdict, SentenceVerdict]]:
    pairs = zip(before.sentences, after.sentences, strict=True)
    return [(old, new) for old, new in pairs if (old.colour, old.knowers) != (new.colour, new.knowers)]


def _clear(visit: Visit, view: View, case: Case, filled: Mapping[str, str]) -> None:
    number = _number(filled["sentence"])
    service.clear(visit.desk, view, case.id, number, filled["check"], reason=filled["reason"])


def _reword(visit: Visit, view: View, case: Case, filled: Mapping[str, str]) -> None:
    number = _number(filled["sentence"])
    service.reword(visit.desk, view, case.id, number, words=filled["words"], reason=filled["reason"])


def _preview_reword(visit: Visit, view: View, case: Case, filled: Mapping[str, str]) -> dict[str, object]:
    number, words = _number(filled["sentence"]), filled["words"].strip()
    if not words:
        raise BadInputError("the wording is missing; write the sentence that is to stand there instead")
    stood = service.sentence_of(service.verdict(view, case), number)
    after = service.tried(view, case, number, words)
    end = stood.start + len(words)
    return {
        "colour": service.colour_of(stood, after, words).value,
        "sentences": [each for each in after.sentences if each.start < end and stood.start < each.end],
        "label": service.shared_label(visit.desk, view, case),
    }


def _refuse(visit: Visit, view: View, case: Case, filled: Mapping[str, str]) -> None:
    service.refuse(visit.desk, view, case.id, reason=filled["reason"])


def _settle(visit: Visit, view: View, case: Case, _filled: Mapping[str, str]) -> None:
    service.settle(visit.desk, view, case.id)


_Does = Callable[[Visit, View, Case, Mapping[str, str]], None]
_Looks = Callable[[Visit, View, Case, Mapping[str, str]], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class _Act:
    """One way to answer."""

    does: _Does
    done: str
    preview: _Looks | None = None


_ACTS: Final[Mapping[str, _Act]] = {
    "note": _Act(_note, "It is written down who could have known; the verdict is the one with them.", _preview_note),
    "clear": _Act(_clear, "Cleared, in your name. It counts for this draft alone."),
    "reword": _Act(_reword, "The wording is handed to the author, in your name.", _preview_reword),
    "settle": _Act(_settle, "Nothing is left for you to answer."),
    "refuse": _Act(_refuse, "Refused. The author is told that, and no more."),
}

ROUTES: Final[list[Route]] = [
    get("/gate", listed),
    post("/gate/askers/{asker}", look_again),
    get("/gate/{case}", one),
    post("/gate/{case}/{act}", act),
]
