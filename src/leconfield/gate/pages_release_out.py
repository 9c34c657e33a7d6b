"""Officers' pages of what is handed over: the signed bundle, copies by recipient, and whose copy turned up."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.release import keys, marks, sealing, service
from leconfield.gate.release.codes import ONE_IN, needed
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import found
from leconfield.gate.release.tracing import MAX_LEAK, Traced
from leconfield.ledger.view import View
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

_RARE: Final = 0.05
_BUNDLE: Final = "application/octet-stream"


def public_key(visit: Visit) -> Response:
    """The public half of the key that seals: with it anybody verifies what we say."""
    visit.view("releases, public key")
    return download(keys.of_desk(visit.desk).public.pem, keys.PUBLIC, "application/x-pem-file")


def bundle(visit: Visit) -> Response:
    """The signed bundle of a sealed release."""
    which = visit.part("release")
    view = visit.view("release, bundle", which)
    packed = service.bundle(visit.desk, view, which, [keys.of_desk(visit.desk)])
    return download(packed, f"{sealing.public_id(visit.desk, found(view, which).id)}.bundle", _BUNDLE)


def withdrawal(visit: Visit) -> Response:
    """The signed bundle that takes a release back."""
    which = visit.part("release")
    view = visit.view("release, withdrawal", which)
    packed = sealing.withdrawal(visit.desk, view, which, [keys.of_desk(visit.desk)])
    return download(packed, f"{sealing.public_id(visit.desk, found(view, which).id)}.withdrawal.bundle", _BUNDLE)


def copies(visit: Visit) -> Response:
    """Whose copies were made of a release."""
    view = visit.view("release, copies", visit.part("release"))
    return _copies(visit, view, "", "")


def _copies(visit: Visit, view: View, recipient: str, fault: str) -> Response:
    known = found(view, visit.part("release"))
    places = _places(view, known)
    return visit.page(
        "gate/copies.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        release=known,
        url=f"/releases/{known.id}",
        places=places,
        needed=needed(len(known.copies) + 1),
        stands=not sealing.why_not(known),
        recipient=recipient,
        fault=fault,
        acting=view.as_of is None,
    )


def _places(view: View, known: Release) -> int:
    return len(marks.places_of(marks.marked_members(known.content, service.files_of(view, known))))


def copy(visit: Visit) -> Response:
    """Make one recipient's copy."""
    which, recipient = visit.part("release"), visit.filled("recipient")
    view = visit.present("release, copy", which)
    try:
        service.copy(visit.desk, view, which, recipient, [keys.of_desk(visit.desk)])
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _copies(visit, view, recipient, str(error))
    return visit.back_to(f"/releases/{which}/copies", "The copy is made. Hand it to nobody else.")


def copied(visit: Visit) -> Response:
    """The signed bundle of a copy that was made."""
    which, recipient = visit.part("release"), visit.asked("for")
    view = visit.view("release, copy", which)
    known = found(view, which)
    if recipient not in {each.recipient for each in known.copies}:
        raise NotFoundError("no copy was made for that recipient; make it first")
    packed = service.copy(visit.desk, view, which, recipient, [keys.of_desk(visit.desk)])
    number = [each.recipient for each in known.copies].index(recipient) + 1
    return download(packed, f"{sealing.public_id(visit.desk, known.id)}-{number}.bundle", _BUNDLE)


def leaked(visit: Visit) -> Response:
    """The form to which a text is handed that turned up."""
    view = visit.view("release, leaked", visit.part("release"))
    return _leaked(visit, view, "", None, "")


def trace(visit: Visit) -> Response:
    """Whose copy a text came from, place by place. A read: nothing is kept."""
    which = visit.part("release")
    view = visit.present("release, leaked", which)
    found(view, which)
    text = visit.filled("text")
    try:
        for each in visit.files("file")[:1]:
            text = each.file.read(4 * MAX_LEAK).decode("utf-8", "replace")
        if not text.strip():
            raise BadInputError("there is no text; paste it, or choose the file")
        traced = service.leaked(view, which, text)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _leaked(visit, view, text, None, str(error))
    return _leaked(visit, view, text, traced, "")


def _leaked(visit: Visit, view: View, text: str, traced: Traced | None, fault: str) -> Response:
    known = found(view, visit.part("release"))
    cut = marks.marked_members(known.content, service.files_of(view, known))
    places = [place for name in sorted(cut) for place in cut[name].places]
    return visit.page(
        "gate/leaked.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        release=known,
        url=f"/releases/{known.id}",
        text=text[:MAX_LEAK],
        traced=traced,
        words=traced.words(ONE_IN) if traced else "",
        named=[each.recipient for each in traced.matches if each.named()] if traced else [],
        chances={each.recipient: _in_words(each.chance) for each in traced.matches} if traced else {},
        rows=_read(known, places, traced) if traced else [],
        marked=bool(places),
        fault=fault,
    )


def _in_words(chance: float) -> str:
    """A chance as people say it: `87 %`, `1 in 12,000`."""
    return f"{chance:.0%}".replace("%", " %") if chance > _RARE else f"1 in {1 / chance:,.0f}" if chance else "none"


def _read(known: Release, places: list[tuple[str, ...]], traced: Traced) -> list[dict[str, object]]:
    """Place by place: what could stand there, what was read, and whose copies have it."""
    rows: list[dict[str, object]] = []
    for place, (ways, choice) in enumerate(zip(places, traced.leaked, strict=True)):
        whose = [
            each.recipient
            for each in known.copies
            if choice is not None and place < len(each.choices) and each.choices[place] == choice
        ]
        rows.append({"ways": ways, "read": choice, "whose": whose})
    return rows


ROUTES: Final[list[Route]] = [
    get("/releases/seal.pem", public_key),
    get("/releases/{release}/bundle", bundle),
    get("/releases/{release}/withdrawal", withdrawal),
    get("/releases/{release}/copies", copies),
    post("/releases/{release}/copies", copy),
    get("/releases/{release}/copies/one", copied),
    get("/releases/{release}/leaked", leaked),
    post("/releases/{release}/leaked", trace),
]
