"""Pictures of an operation: received from devices, shown with their continuity."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, NotFoundError
from leconfield.surveillance import rules, service
from leconfield.surveillance.keeping import showing
from leconfield.surveillance.pictures import LOOKED, content_of, looks_at, matches, picture, receive
from leconfield.surveillance.rows import row
from leconfield.web.visit import Visit, get, post


def put(visit: Visit) -> Response:
    """A picture that a device took, once its line is here."""
    which = visit.part("operation")
    view = visit.present("operation, picture", which)
    service.found(view, which)
    files = visit.files("picture")
    if len(files) != 1:
        raise BadInputError("send one picture at a time, as the page does")
    return visit.json({"picture": receive(visit.desk, view, which, files[0].file.read())})


def page(visit: Visit) -> Response:
    """One picture: taken, received, looked at, and whether it is what was taken."""
    which, picture_id = visit.part("operation"), visit.part("picture")
    view = visit.view("picture", picture_id)
    operation, shown = picture(view, which, picture_id)
    content = content_of(visit.desk, view, operation, shown)
    lines = showing(visit.desk, operation, shown.digest, view.moment)
    until = max(map(rules.kept_until, lines)) if lines and shown.shortly else None
    return visit.page(
        "surveillance/picture.html",
        operation=operation,
        url=f"/operations/{operation.id}",
        picture=shown,
        here=content is not None,
        same=content is not None and matches(content, shown),
        until=until.isoformat()[:10] if until else "",
        lines=[row(visit.desk, operation, each, view.moment) for each in lines],
        looks=looks_at(visit.desk, view, shown),
    )


def content(visit: Visit) -> Response:
    """The picture's bytes; the look is on record before they are given."""
    which, picture_id = visit.part("operation"), visit.part("picture")
    view = visit.view(LOOKED, picture_id)
    operation, shown = picture(view, which, picture_id)
    found = content_of(visit.desk, view, operation, shown)
    if found is None:
        raise NotFoundError("this picture was of people who merely were there; it was destroyed when its time was over")
    return Response(found, media_type=shown.media)


ROUTES: Final[list[Route]] = [
    post("/operations/{operation}/pictures", put),
    get("/operations/{operation}/pictures/{picture}", page),
    get("/operations/{operation}/pictures/{picture}/file", content),
]
