"""The case file of one investigation: exhibits, unused material, schedules, and every act on it as a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.evidence import disclosing, service, serving
from leconfield.desk.evidence.continuity import breaks, holder
from leconfield.desk.evidence.disclosable import disclosables
from leconfield.desk.evidence.material import kinds, material, title_of
from leconfield.desk.evidence.model import ENDINGS, GROUNDS, LEAVING, MG6D, REBUILD, SCHEDULES, CaseFile, Issue
from leconfield.desk.evidence.schedules import as_csv, as_docx
from leconfield.desk.evidence.state import case_file_of
from leconfield.desk.investigations import investigation_in
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.web.downloads import download
from leconfield.web.visit import MAX_UPLOAD, Visit

Filled = Mapping[str, str]
FIELDS: Final = (
    *("heading", "parties", "label", "reason"),
    *("number", "words", "producer", "produced", "place", "channel", "seal", "rests", "report"),
    *("kind", "item", "relevant", "sensitive", "ground", "prejudice", "description", "confirmed"),
    "schedule",
)
"""Every field of every form on the page."""
CHANNELS: Final = (
    "seizure",
    "download of a device",
    "camera",
    "handed in",
    "witness",
    "expert",
    "open",
)
"""How a file may have come; any other words will do, intercept excepted."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One kind of act on a case file: what it does, and what is said then."""

    perform: Callable[[Visit, View, str, Filled], None]
    done: str


def file_page(visit: Visit) -> Response:
    """What an investigation has for court."""
    which = visit.part("investigation")
    view = visit.view("case file", which)
    return shown(visit, view, which, visit.asked("do"), {each: visit.asked(each) for each in FIELDS}, "")


def shown(visit: Visit, view: View, which: str, do: str, filled: Filled, fault: str) -> Response:
    """The page, with the form for what is to be done; what was typed is kept if something is wrong with it."""
    case, file = investigation_in(view, which), case_file_of(view, which)
    acting = view.as_of is None
    return visit.page(
        "desk/evidence_file.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        case=case,
        file=file,
        exhibits=[{"exhibit": each, "holder": holder(each), "breaks": breaks(each)} for each in file.exhibits],
        material=material(view, case, file),
        schedules=[_schedule(view, file, each) for each in SCHEDULES],
        do=do if acting and do in DOINGS else "",
        filled=_prefilled(file, do, filled),
        about=title_of(view, file, filled.get("kind", ""), filled.get("item", "")),
        fault=fault,
        acting=acting,
        grounds=list(GROUNDS.items()),
        kinds=kinds(),
        channels=CHANNELS,
        names=SCHEDULES,
        leaving=LEAVING,
        ready={each.item for each in disclosables(view, file) if each.kind == REBUILD and not each.sensitive},
        most=MAX_UPLOAD // 2**20,
    )


def _schedule(view: View, file: CaseFile, name: str) -> dict[str, object]:
    """One schedule: what it would be now, and every issue of it, the newest first."""
    issues = [each for each in file.issues if each.schedule == name]
    voided = {each.voids for each in issues}
    return {
        "name": name,
        "plan": disclosing.planned(view, file, name),
        "sensitive": name == MG6D,
        "leaves": name in LEAVING,
        "waiting": file.waiting(name),
        "issues": [{"issue": each, "voided": each.id in voided} for each in reversed(issues)],
    }


def _prefilled(file: CaseFile, do: str, filled: Filled) -> Filled:
    """What stands in the fields at first: the case's name as it is, an item as it was assessed."""
    kept = {each: filled.get(each, "") for each in FIELDS}
    if do == "head" and not kept["heading"]:
        return {**kept, "heading": file.heading, "parties": "\n".join(file.parties)}
    known = file.assessed(kept["kind"], kept["item"])
    if do == "assess" and known is not None and not kept["reason"]:
        said = {"relevant": known.relevant, "sensitive": known.sensitive}
        words = {each: getattr(known, each) for each in ("reason", "ground", "prejudice", "description")}
        return {**kept, **words, **{each: "yes" if so else "no" for each, so in said.items()}}
    return kept


def act(doing: str) -> Callable[[Visit], Response]:
    """The handler of one act: do it and go back, or show its form again with what is wrong."""

    def handler(visit: Visit) -> Response:
        which = visit.part("investigation")
        view = visit.present(f"case file, {doing}", which)
        filled = {each: visit.filled(each) for each in FIELDS}
        try:
            DOINGS[doing].perform(visit, view, which, filled)
        except (RefusedError, NotFoundError):
            raise
        except LeconfieldError as error:
            return shown(visit, view, which, doing, filled, str(error))
        return visit.back_to(f"/evidence/{which}", DOINGS[doing].done)

    return handler


def draft(visit: Visit) -> Response:
    """The schedule as it would be served now, marked as a draft; as DOCX or CSV."""
    which, name, ending = visit.part("investigation"), visit.part("schedule"), visit.part("sheet")
    view = visit.view("schedule, draft", f"{which} {name}")
    made = disclosing.planned(view, case_file_of(view, which), name)
    _check(ending)
    if ending == "csv":
        return download(as_csv(made, draft=True), f"{name}-draft.csv")
    return download(as_docx(made, disclosing.tier_of(view), view.moment, draft=True), f"{name}-draft.docx")


def served(visit: Visit) -> Response:
    """A schedule as it was served inside, byte for byte; one that left is given out by its release alone."""
    which, ending = visit.part("investigation"), visit.part("sheet")
    view = visit.view("schedule, served", visit.part("issue"))
    found = _issue(case_file_of(view, which), visit.part("issue"))
    _check(ending)
    if found.schedule in LEAVING:
        raise RefusedError("this schedule leaves by its release; go to it from the case file, and save it there")
    return download(view.kept(found.digest(ending), about=which), f"{found.schedule}.{ending}")


def _issue(file: CaseFile, which: str) -> Issue:
    found = next((each for each in file.issues if each.id == which), None)
    if found is None:
        raise NotFoundError(f'no schedule "{which[:64]}" was served here; look it up in the case file')
    return found


def _check(ending: str) -> None:
    if ending not in ENDINGS:
        raise NotFoundError(f'a schedule is saved as {" or ".join(ENDINGS)}, not as "{ending[:20]}"')


def _head(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("heading", "parties", "label")}
    service.head(visit.desk, view, which, **terms)


def _exhibit(visit: Visit, view: View, which: str, filled: Filled) -> None:
    """Produce an exhibit: the report that is named, else the file that is handed over."""
    uploads = visit.files("file")
    if filled["report"].strip():
        if uploads:
            raise BadInputError("an exhibit is a file or a report; take one of the two away")
        service.exhibit_report(visit.desk, view, which, filled["report"].strip(), dict(filled))
    elif uploads:
        service.exhibit_file(visit.desk, view, which, uploads[0].file.read(), dict(filled))
    else:
        raise BadInputError("choose the file, or give the id of the report that is the exhibit")


def _assess(visit: Visit, view: View, which: str, filled: Filled) -> None:
    disclosing.assess(visit.desk, view, which, kind=filled["kind"], item=filled["item"].strip(), terms=filled)


def _serve(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("schedule", "reason", "label")}
    serving.serve(visit.desk, view, which, **terms)


DOINGS: Final = {
    "head": Doing(_head, "The case has its name for the court."),
    "exhibit": Doing(_exhibit, "Exhibit kept under its hash."),
    "assess": Doing(_assess, "Assessed."),
    "serve": Doing(_serve, "Schedule served; its bytes are kept."),
}
"""Acts on a case file, by the name of their form."""
