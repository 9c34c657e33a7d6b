"""Officers' pages of personas: what was said of each openly, who fits it still, and what the next sentence would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.exposure.model import Reason, worst
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.exposure.reasons import mosaic_reasons
from leconfield.gate.mosaic import service
from leconfield.gate.mosaic.line import HEIGHT, WIDTH, line_of
from leconfield.gate.mosaic.model import Effect, Member, Told
from leconfield.gate.mosaic.state import Personas, Saying, key_of
from leconfield.gate.release.model import Colour
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

ROOMS: Final = (Room("j", "Personas", "/personas"),)
MOST_NAMED: Final = 30
"""People who fit up to which they are named."""
MOST_REGISTER: Final = 8 * 2**20
"""Bytes of a register."""
_FIELDS: Final = ("persona", "words", "on", "where", "label", "text")


@dataclass(frozen=True, slots=True)
class Summary:
    """One persona in the list."""

    name: str
    url: str
    sayings: int
    last: str
    """The day of the last saying."""
    k: int | None
    """How many people fit; None: there is no register to count in."""
    colour: Colour
    diversity: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tried:
    """A sentence that was tried."""

    effect: Effect
    colour: Colour
    """What the sentence itself does."""
    standing: Colour
    """How few are left with it, whatever left so few."""
    reasons: tuple[Reason, ...]


def id_of(persona: str) -> str:
    """What stands for a persona in an address: no name."""
    return sha256(key_of(persona).encode()).hexdigest()[:24]


def url_of(persona: str) -> str:
    """Where a persona's page is."""
    return f"/personas/{id_of(persona)}"


def listed(visit: Visit) -> Response:
    """The personas of whom something was said, and the register that they are counted in."""
    return _list(visit, visit.view("personas"), {each: visit.asked(each) for each in _FIELDS}, "", "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], fault: str, where: str) -> Response:
    personas = view.derived(Personas)
    return visit.page(
        "gate/personas.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[_summary(view, name) for name in sorted(personas.names.values(), key=key_of)],
        register=personas,
        members=personas.mosaic.whole.k if personas.mosaic else 0,
        k=shipped().k,
        **_form(visit, view, filled, fault, where),
    )


def _form(visit: Visit, view: View, filled: Mapping[str, str], fault: str, where: str) -> dict[str, object]:
    """What every form of these pages is handed; `where`: the form that something is wrong with."""
    return {
        "filled": {**filled, "label": filled.get("label") or view.own_label},
        "today": stamp(visit.desk.clock())[:10],
        "holds": ", ".join(sorted(view.reader.tokens)) or "no tokens",
        "fault": fault,
        "where": where,
        "acting": view.as_of is None,
    }


def _summary(view: View, name: str) -> Summary:
    said = view.derived(Personas).sayings(name)
    last = said[-1].on if said else ""
    if view.derived(Personas).mosaic is None:
        return Summary(name, url_of(name), len(said), last, None, Colour.AMBER, {})
    counted = service.told(view, name)[-1][1].counted
    return Summary(name, url_of(name), len(said), last, counted.k, _standing(counted.k), counted.diversity)


def _standing(k: int) -> Colour:
    least = shipped().k
    return Colour.RED if k < least else Colour.AMBER if k < 2 * least else Colour.GREEN


def keep(visit: Visit) -> Response:
    """Keep the register of everybody who could be meant."""
    view = visit.present("personas, keep the register")
    filled = {each: visit.filled(each) for each in _FIELDS}
    try:
        service.keep_register(visit.desk, view, _table(visit), filled["label"])
    except LeconfieldError as error:
        return _list(visit, view, filled, str(error), "register")
    return visit.back_to("/personas", "Kept. Every persona is counted in it from now on.")


def _table(visit: Visit) -> str:
    files = visit.files("table")
    if len(files) != 1:
        raise BadInputError("choose the register: one CSV table, with a column name and one for each kind of fact")
    held = files[0].file.read(MOST_REGISTER + 1)
    if len(held) > MOST_REGISTER:
        raise BadInputError(f"the register has more than {MOST_REGISTER // 2**20} MB; leave out who cannot be meant")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"the register is no UTF-8 at byte {error.start}; save it as UTF-8 CSV") from error


def begin(visit: Visit) -> Response:
    """Write down the first thing that was said of a persona."""
    view = visit.present("personas, note what was said")
    filled = {each: visit.filled(each) for each in _FIELDS}
    try:
        _note(visit, view, filled["persona"], filled)
    except LeconfieldError as error:
        return _list(visit, view, filled, str(error), "begin")
    return visit.back_to(url_of(filled["persona"]), "Written down.")


def _note(visit: Visit, view: View, persona: str, filled: Mapping[str, str]) -> None:
    told = {each: filled[each] for each in ("on", "where", "label")}
    service.note_said(visit.desk, view, persona, filled["words"], **told)


def one(visit: Visit) -> Response:
    """One persona: its history, who fits still, and a sentence to try."""
    view = visit.view("persona", visit.part("persona"))
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, "", "", ())


def act(visit: Visit) -> Response:
    """Try a sentence, which changes nothing, or write down something that was said elsewhere."""
    which, wanted = visit.part("persona"), visit.part("act")
    filled = {each: visit.filled(each) for each in _FIELDS}
    if wanted == "try":
        view = visit.view("persona, try a sentence", which)
    elif wanted == "note":
        view = visit.present("persona, note what was said", which)
    else:
        raise BadInputError(f'"{wanted[:20]}" is nothing that is done with a persona; choose try or note')
    name = _name(view, which)
    try:
        if wanted == "note":
            _note(visit, view, name, filled)
            return visit.back_to(url_of(name), "Written down.")
        if not filled["text"].strip() or len(filled["text"]) > service.MAX_WORDS:
            raise BadInputError(f"write what is to be said, {service.MAX_WORDS:,} characters at most")
        on = filled["on"] or stamp(visit.desk.clock())[:10]
        found = service.effects(view, name, filled["text"], on)
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error), wanted, ())
    return _page(visit, view, filled, "", "", [_tried(each) for each in found])


def _tried(effect: Effect) -> Tried:
    reasons = tuple(mosaic_reasons(effect, shipped()))
    return Tried(effect, worst(*(each.colour for each in reasons)), _standing(effect.after.k), reasons)


def _name(view: View, which: str) -> str:
    """The persona that an address means.

    Raises:
        NotFoundError: if nothing was said of such a one that this view knows of.
    """
    for name in view.derived(Personas).names.values():
        if id_of(name) == which:
            return name
    raise NotFoundError("no such persona here; look it up in the list of personas")


def _page(
    visit: Visit, view: View, filled: Mapping[str, str], fault: str, where: str, tried: Sequence[Tried]
) -> Response:
    name = _name(view, visit.part("persona"))
    personas, profile = view.derived(Personas), shipped()
    steps: Sequence[tuple[Saying, Told | None]]
    fitting: tuple[Member, ...] = ()
    ks: list[int] = []
    if personas.mosaic is None:
        steps = [(each, None) for each in personas.sayings(name)]
    else:
        counted = service.told(view, name)
        steps, ks = counted, [personas.mosaic.whole.k, *(step.counted.k for _, step in counted)]
        fitting = _named(counted[-1][1].fitting)
    return visit.page(
        "gate/persona.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        name=name,
        url=url_of(name),
        steps=steps,
        line=line_of(ks, profile.k),
        size=(WIDTH, HEIGHT),
        k=ks[-1] if ks else None,
        colour=_standing(ks[-1]) if ks else Colour.AMBER,
        fitting=fitting,
        least=profile.k,
        diversity=profile.diversity,
        tried=tried,
        **_form(visit, view, filled, fault, where),
    )


def _named(fitting: Sequence[Member]) -> tuple[Member, ...]:
    """Who fits, if they are few enough to be looked at one by one."""
    return tuple(fitting) if len(fitting) <= MOST_NAMED else ()


ROUTES: Final[list[Route]] = [
    get("/personas", listed),
    post("/personas", begin),
    post("/personas/register", keep),
    get("/personas/{persona}", one),
    post("/personas/{persona}/{act}", act),
]
