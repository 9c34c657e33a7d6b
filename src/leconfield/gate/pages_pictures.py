"""Officers' pages of a release's pictures: brought, boxed by hand with a detector's help, put in without the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.files import boxing
from leconfield.gate.files.brought import Brought
from leconfield.gate.files.drawing import Drawn, Kind, drawn, drawn_in
from leconfield.gate.files.finding import Proposal, proposed
from leconfield.gate.files.metadata import dropped
from leconfield.gate.files.pictures import JPEG, MOST_BOXES, PNG, cleaned
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import found
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post

_SPARE: Final = 3
"""Empty rows of the form, for whoever draws without scripts."""
_FIELDS: Final = ("left", "top", "width", "height")
_DO: Final = ("preview", "find", "put")
_TAKEN: Final = "yes"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: a box as it was typed, drawn or proposed."""

    kind: str = Kind.FACE.value
    left: str = ""
    top: str = ""
    width: str = ""
    height: str = ""
    taken: bool = True
    by: str = ""
    """By what it was found; empty: by a person."""

    @property
    def empty(self) -> bool:
        """Whether nothing was written into it."""
        return not any(getattr(self, each).strip() for each in _FIELDS)

    @classmethod
    def of(cls, box: Drawn, *, taken: bool = True, by: str = "") -> Row:
        """The row that shows a box."""
        left, top, width, height = (f"{each:g}" for each in box.numbers)
        return cls(box.kind.value, left, top, width, height, taken, by)


def listed(visit: Visit) -> Response:
    """The pictures of a release, and a form to bring one."""
    view = visit.view("release, pictures", visit.part("release"))
    return _list(visit, view, "")


def _list(visit: Visit, view: View, fault: str) -> Response:
    release = found(view, visit.part("release"))
    known = boxing.brought(view, release)
    members = {each.name: each for each in release.content.members if each.media_type in (JPEG, PNG)}
    rows = [(name, known.get(name), members.get(name)) for name in sorted({*known, *members})]
    return visit.page(
        "gate/picture_list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        release=release,
        url=f"/releases/{release.id}",
        rows=rows,
        days=boxing.KEPT_DAYS,
        most=boxing.MOST // 2**20,
        fault=fault,
        acting=view.as_of is None and boxing.editable(release),
    )


def put(visit: Visit) -> Response:
    """Bring a picture: it is looked at, kept for a while, and becomes no member of the content by that."""
    which = visit.part("release")
    view = visit.present("release, bring a picture", which)
    try:
        files = visit.files("picture")
        if len(files) != 1:
            raise BadInputError("choose one picture: JPEG, PNG, WebP or GIF")
        name = boxing.bring(visit.desk, view, which, files[0].file.read(boxing.MOST + 1))
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _list(visit, view, str(error))
    return visit.back_to(f"/releases/{which}/pictures/{name}", "Brought. Box what must not be seen, then put it in.")


def one(visit: Visit) -> Response:
    """One picture: as it was brought, its boxes, what leaves, and what it said of itself."""
    view = visit.view("release, picture", visit.part("release"))
    release, name = found(view, visit.part("release")), visit.part("picture")
    known = boxing.brought(view, release).get(name)
    drawn_last = known.boxings[-1].boxes if known and known.boxings else ()
    return _page(visit, view, [Row.of(each) for each in drawn_last], "", shows=())


def act(visit: Visit) -> Response:
    """Preview the boxes, look for more, or put the picture into the release."""
    which, name, wanted = visit.part("release"), visit.part("picture"), visit.filled("do", "preview")
    if wanted not in _DO:
        raise BadInputError(f'"{wanted[:20]}" is nothing that is done here; choose {", ".join(_DO)}')
    if wanted == "put":
        view = visit.present("release, put a picture in", which)
    else:
        view = visit.view(f"release, picture, {wanted}", which)
    rows = _rows(visit)
    try:
        boxes = _boxes(rows)
        if wanted == "put":
            boxing.box(visit.desk, view, which, name, boxes)
            return visit.back_to(f"/releases/{which}/pictures/{name}", "Put in. Its verdict is to be asked for anew.")
        if wanted == "find":
            held = boxing.source_of(visit.desk, view, found(view, which), name).held
            more = _further(boxes, _proposed(held))
            return _page(visit, view, [*rows, *more], "", shows=(), found=len(more))
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, rows, str(error), shows=())
    return _page(visit, view, rows, "", shows=boxes)


@lru_cache(maxsize=16)
def _proposed(held: bytes) -> tuple[Proposal, ...]:
    return proposed(held)


def _further(boxes: Sequence[Drawn], found_now: Iterable[Proposal]) -> list[Row]:
    """Rows of what is proposed beside the boxes that are there."""
    known = {each.words for each in boxes}
    return [Row.of(each.box, taken=False, by=each.by) for each in found_now if each.box.words not in known]


def _rows(visit: Visit) -> list[Row]:
    """The rows as they were sent, without the empty ones."""
    found_rows = []
    numbers = (each.removeprefix("kind-") for each in visit.form if each.startswith("kind-"))
    for number in sorted((each for each in numbers if each.isascii() and each.isdigit()), key=int):
        kind, left, top, width, height = (visit.filled(f"{each}-{number}")[:20] for each in ("kind", *_FIELDS))
        taken = visit.filled(f"take-{number}") == _TAKEN
        row = Row(kind, left, top, width, height, taken, visit.filled(f"by-{number}")[:40])
        if not row.empty:
            found_rows.append(row)
    return found_rows


def _boxes(rows: Sequence[Row]) -> tuple[Drawn, ...]:
    return tuple(
        drawn(each.kind, each.left, each.top, each.width, each.height, f"box {number}")
        for number, each in enumerate(rows, 1)
        if each.taken
    )


def _page(
    visit: Visit, view: View, rows: Sequence[Row], fault: str, *, shows: Sequence[Drawn], found: int | None = None
) -> Response:
    release, name = _release(view, visit), visit.part("picture")
    known = boxing.brought(view, release).get(name)
    source = _source(visit, view, release, name, known)
    acting = view.as_of is None and boxing.editable(release) and source is not None
    url = f"/releases/{release.id}/pictures/{name}"
    return visit.page(
        "gate/picture.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        release=release,
        name=name,
        url=url,
        known=known,
        source=source,
        member=next((each for each in release.content.members if each.name == name), None),
        said=_said(known, source),
        rows=[*rows, *([Row()] * _SPARE if acting else [])],
        kinds=[each.value for each in Kind],
        preview=f"{url}/preview?{urlencode([('box', each.words) for each in shows])}" if shows else "",
        found=found,
        days=boxing.KEPT_DAYS,
        fault=fault,
        acting=acting,
    )


def _release(view: View, visit: Visit) -> Release:
    return found(view, visit.part("release"))


def _source(visit: Visit, view: View, release: Release, name: str, known: Brought | None) -> boxing.Source | None:
    """What boxes are drawn on; None if the picture was brought and nothing of it is left."""
    try:
        return boxing.source_of(visit.desk, view, release, name)
    except NotFoundError:
        if known is None:
            raise
        return None


def _said(known: Brought | None, source: boxing.Source | None) -> Sequence[object]:
    """What the picture said beside its pixels: in full while the original is kept, by name afterwards."""
    if source is not None and source.original:
        return dropped(source.held)
    return known.says if known is not None else ()


def original(visit: Visit) -> Response:
    """The picture as boxes are drawn on it: its pixels alone, without boxes."""
    return _seen(visit, ())


def preview(visit: Visit) -> Response:
    """The picture as it would leave with the boxes that the address writes."""
    return _seen(visit, drawn_in(visit.request.query_params.getlist("box")[: MOST_BOXES + 1]))


def _seen(visit: Visit, boxes: Sequence[Drawn]) -> Response:
    view = visit.view("release, picture, file", visit.part("release"))
    name = visit.part("picture")
    source = boxing.source_of(visit.desk, view, _release(view, visit), name)
    made = cleaned(source.held, boxing.pixels(source.held, boxes), media_type=source.media_type, where=name)
    return Response(made, media_type=source.media_type)


def leaving(visit: Visit) -> Response:
    """The picture as the release has it now."""
    view = visit.view("release, picture, file", visit.part("release"))
    release, name = _release(view, visit), visit.part("picture")
    member = next((each for each in release.content.members if each.name == name), None)
    if member is None or member.media_type not in (JPEG, PNG):
        raise NotFoundError("no such picture is in this release; look it up among its pictures")
    return Response(view.kept(member.digest, about=release.id), media_type=member.media_type)


ROUTES: Final[list[Route]] = [
    get("/releases/{release}/pictures", listed),
    post("/releases/{release}/pictures", put),
    get("/releases/{release}/pictures/{picture}", one),
    post("/releases/{release}/pictures/{picture}", act),
    get("/releases/{release}/pictures/{picture}/original", original),
    get("/releases/{release}/pictures/{picture}/preview", preview),
    get("/releases/{release}/pictures/{picture}/leaving", leaving),
]
