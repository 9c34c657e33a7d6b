"""Officers' pages of drafts: begin one, write it beside its live verdict, save it, ask the gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.gate.exposure import checking
from leconfield.gate.exposure import profile as asking
from leconfield.gate.owning import state as owners
from leconfield.gate.release import judging, looking, profile, rules, service
from leconfield.gate.release.forms import FORMS, TEXT, TEXT_TYPE
from leconfield.gate.release.looking import Change, Line, Looked, Wanted
from leconfield.gate.release.model import Aside, Release, Step
from leconfield.gate.release.state import found
from leconfield.ledger.times import check_partial, stamp
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post

_BEGUN: Final = ("form", "audience", "title", "label", "persona", "embargo", "actions", "text")
_WRITTEN: Final = ("title", "persona", "embargo", "actions", "text", "base", "before")
_UNSAVED: Final = ("title", "persona", "embargo", "actions", "text")
_MOMENTS: Final = {10: "T00:00:00Z", 16: ":00Z", 19: "Z"}
"""What an embargo lacks, by how much of the moment was written."""


def new(visit: Visit) -> Response:
    """The form that begins a draft."""
    view = visit.view("releases, new")
    asked = {each: visit.asked(each) for each in _BEGUN}
    return _new(visit, view, {**asked, "label": asked["label"] or view.own_label}, "")


def _new(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    return visit.page(
        "gate/new.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        filled=filled,
        forms=list(FORMS.items()),
        audiences=[(each.id, each.name) for each in profile.shipped().audiences.values()],
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        fault=fault,
        acting=view.as_of is None,
    )


def begin(visit: Visit) -> Response:
    """Begin a draft."""
    filled = {each: _lined(visit.filled(each)) for each in _BEGUN}
    view = visit.present("releases, draft")
    try:
        if filled["form"] not in FORMS:
            raise BadInputError("choose what it is")
        if not filled["text"].strip():
            raise BadInputError("there is no text yet; write the first words, the rest is brought in the editor")
        which = service.draft(
            visit.desk,
            view,
            filled["form"],
            filled["audience"],
            {TEXT: (TEXT_TYPE, filled["text"].encode())},
            label=filled["label"],
            title=filled["title"],
            embargo=moment_of(filled["embargo"]),
            aside=aside_of(filled, Aside()),
        )
    except (LeconfieldError, UnicodeEncodeError) as error:
        return _new(visit, view, filled, _words_of(error))
    return visit.back_to(f"/releases/{which}/edit", "Begun. It is a draft; nobody outside has it.")


def editor(visit: Visit) -> Response:
    """The editor, with the verdict on what is saved."""
    view = visit.view("release, edit", visit.part("release"))
    known = _open(view, visit.part("release"))
    return _editor(visit, view, known, _saved(view, known), "")


def with_files_fault(visit: Visit, which: str, fault: str) -> Response:
    """The editor as it is saved, with what is wrong with a file that was brought or taken out."""
    view = visit.view("release, edit", which)
    known = _open(view, which)
    return _editor(visit, view, known, _saved(view, known), "", files_fault=fault)


def look(visit: Visit) -> Response:
    """The verdict on words that are not saved, in the writer's own view; a safer wording is put in if one was taken."""
    view = visit.present("release, look", visit.part("release"))
    known = _open(view, visit.part("release"))
    filled = {each: _lined(visit.filled(each)) for each in _WRITTEN}
    if visit.filled("part"):
        return visit.fragment(
            "gate/verdict.html", label_known=visit.label_known, **_verdict(visit, view, known, filled)
        )
    if visit.filled("undo"):
        filled = {**filled, "text": filled["before"], "before": ""}
    elif visit.filled("take"):
        filled = _taken(visit, view, known, filled)
    return _editor(visit, view, known, filled, "")


def _taken(visit: Visit, view: View, known: Release, filled: Mapping[str, str]) -> dict[str, str]:
    """What is written once an offer is put in; as it was if there is no such offer."""
    number, _, choice = visit.filled("take").partition(".")
    told = _looked(visit, view, known, filled)
    for line in told.lines:
        for place, change in enumerate(line.changes, 1):
            if (str(line.verdict.number), str(place)) != (number, choice):
                continue
            if change.until:
                return {**filled, "embargo": change.until}
            before = {"before": filled["text"]} if line.field == "text" else {}
            return {**filled, line.field: change.made(filled[line.field]), **before}
    return dict(filled)


def save(visit: Visit) -> Response:
    """Save what is written; if somebody else saved meanwhile, both are shown and nothing is lost."""
    which = visit.part("release")
    view = visit.present("release, save", which)
    known = _open(view, which)
    filled = {each: _lined(visit.filled(each)) for each in _WRITTEN}
    asked = visit.filled("do") == "check"
    try:
        changed = _differs(view, known, filled)
        if changed and filled["base"] != base_of(known):
            return _editor(visit, view, known, filled, "", theirs=_saved(view, known))
        if changed:
            service.edit(
                visit.desk,
                view,
                which,
                _files(view, known, filled),
                title=filled["title"],
                embargo=moment_of(filled["embargo"]),
                aside=aside_of(filled, known.aside),
            )
        if asked:
            judging.check(visit.desk, visit.present("release, check", which), which)
    except NotFoundError:
        raise
    except (LeconfieldError, UnicodeEncodeError) as error:
        return _editor(visit, view, known, filled, _words_of(error))
    if asked:
        return visit.back_to(f"/releases/{which}", "Saved, and the gate was asked.")
    return visit.back_to(f"/releases/{which}/edit", "Saved." if changed else "Nothing has changed in it.")


def _editor(
    visit: Visit,
    view: View,
    known: Release,
    filled: Mapping[str, str],
    fault: str,
    theirs: Mapping[str, str] | None = None,
    files_fault: str = "",
) -> Response:
    said = judging.words_of(known.content, service.files_of(view, known))
    last = next(each for each in reversed(known.deeds) if each.step in (Step.EDIT, Step.DRAFT))
    return visit.page(
        "gate/editor.html",
        HTTPStatus.BAD_REQUEST if fault or files_fault else HTTPStatus.CONFLICT if theirs else HTTPStatus.OK,
        **_verdict(visit, view, known, filled),
        refusals=owners.refusals_for(view, checking.digest_of(said)),
        release=known,
        filled={**filled, "base": base_of(known) if theirs else filled["base"]},
        saved=_saved(view, known),
        theirs=theirs,
        last=last,
        audience=profile.shipped().audience(known.content.audience).name,
        attachments=[each for each in known.content.members if each.name != TEXT],
        voids=bool(known.verdict),
        fault=fault,
        files_fault=files_fault,
    )


def _verdict(visit: Visit, view: View, known: Release, filled: Mapping[str, str]) -> dict[str, object]:
    """What the pieces of a verdict show."""
    told, fault = None, ""
    try:
        told = _looked(visit, view, known, filled)
    except BadInputError as error:
        fault = str(error)
    k = asking.shipped().k
    return {
        "looked": told,
        "not_looked": fault,
        "k": k,
        "url": f"/releases/{known.id}",
    }


def _looked(visit: Visit, view: View, known: Release, filled: Mapping[str, str]) -> Looked:
    posted = moment_of(filled["embargo"])
    day = posted[:10] or stamp(visit.desk.clock())[:10]
    aside = aside_of(filled, known.aside)
    wanted = Wanted(filled["text"], known.content.audience, day, judging.posted_at(posted), filled["title"], aside)
    told = looking.looked(view, wanted)
    return replace(told, lines=tuple(_with_owners(view, wanted, told.lines)))


def _with_owners(view: View, wanted: Wanted, lines: Iterable[Line]) -> Iterator[Line]:
    """The sentences, with what those who hold what they touch wrote for the author besides."""
    for line in lines:
        written = owners.wordings_for(view, "", (line.verdict.text,))
        changes = [
            Change(f"{each.by} wrote for you", told.colour, line.start, line.end, each.words)
            for each in written
            for told in [looking.looked(view, replace(wanted, words=each.words, title=""))]
        ]
        yield replace(line, changes=(*changes, *line.changes))


def _open(view: View, which: str) -> Release:
    """The release, if it can still be written in."""
    if view.as_of is not None:
        raise RefusedError("nobody writes in the past; go back to now and do it there")
    known = found(view, which)
    if (known.state, Step.EDIT) not in rules.TRANSITIONS:
        raise RefusedError(f"it is {known.state}, and nothing changes in it; begin another draft")
    return known


def _saved(view: View, known: Release) -> dict[str, str]:
    """What is written in a release, as the fields of the editor have it."""
    texts = [each for each in known.content.members if each.name == TEXT]
    text = view.kept(texts[0].digest, about=known.id).decode("utf-8", "replace") if texts else ""
    return {
        "title": known.content.title,
        "persona": known.aside.persona,
        "embargo": known.content.embargo,
        "actions": "\n".join(known.aside.actions),
        "text": text,
        "base": base_of(known),
        "before": "",
    }


def _differs(view: View, known: Release, filled: Mapping[str, str]) -> bool:
    saved, written = _saved(view, known), {**filled, "embargo": moment_of(filled["embargo"])}
    return any(saved[each].strip() != written[each].strip() for each in _UNSAVED)


def _files(view: View, known: Release, filled: Mapping[str, str]) -> service.Given:
    """The members with the text that is written; without it if nothing is."""
    held = service.files_of(view, known)
    given = {each.name: (each.media_type, held[each.name]) for each in known.content.members}
    given.pop(TEXT, None)
    if filled["text"].strip():
        given[TEXT] = (TEXT_TYPE, filled["text"].encode())
    return given


def base_of(release: Release) -> str:
    """What an edit was made on: another one means that somebody else saved meanwhile."""
    return f"{release.content.digest}{release.aside.digest}"


def aside_of(filled: Mapping[str, str], known: Aside) -> Aside:
    """What the fields tell whoever judges; what a recipient holds is not among them, and stays."""
    actions = tuple(" ".join(each.split()) for each in filled["actions"].splitlines() if each.strip())
    return Aside(filled["persona"].strip(), actions, known.holds)


def moment_of(text: str) -> str:
    """An embargo as a content has it, of a day or a moment (UTC) that was written.

    Raises:
        BadInputError: if it is none.
    """
    written = text.strip().replace(" ", "T").removesuffix("Z")
    if not written:
        return ""
    if len(written) not in _MOMENTS:
        raise BadInputError(f'embargo "{text[:40]}": write a day or a moment, as 2026-12-01 or 2026-12-01T09:00')
    return check_partial(written) + _MOMENTS[len(written)]


def _lined(text: str) -> str:
    """Lines as the desk ends them: a browser sends them with two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words_of(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return f"half a character at {error.start + 1:,}: take it out"
    return str(error)


ROUTES: Final[list[Route]] = [
    get("/releases/new", new),
    post("/releases", begin),
    get("/releases/{release}/edit", editor),
    post("/releases/{release}/edit", save),
    post("/releases/{release}/look", look),
]
