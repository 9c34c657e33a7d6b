"""A whole agent by the departments' own acts: record, authority, meets, reports, wardrobe, week, calls, vault, dilemma.

Played on a desk beside what the low side does, by officers of his compartment. The true names below lie in the vault.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from leconfield.agents import dilemmas, safety, service, wardrobe, week
from leconfield.agents.model import Office, Status
from leconfield.agents.planning.model import Plan
from leconfield.agents.planning.solving import plan
from leconfield.agents.service import Told
from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.authority.permit import Authorisation, authorised
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.times import stamp
from leconfield.surveillance import rules as observing
from leconfield.surveillance import service as watching
from leconfield.surveillance import taking
from leconfield.surveillance.model import FIRST, Says, Written
from leconfield.vault import destroying, identity
from leconfield.vault.person import Person
from tests.authority.offices import SAID, Hands
from tests.ledger.desks import look

COMPARTMENT: Final = "HEATHER"
LABEL: Final = f"{COMPARTMENT}&S"
_TOKENS: Final = frozenset({"O", "S", "SEQUIN", COMPARTMENT})
ROB: Final = Reader("rob", "Rob, agent runner", _TOKENS | {"DILEMMAS.ROB"}, frozenset({"officer"}))
SID: Final = Reader("sid", "Sid, agent runner", _TOKENS, frozenset({"officer"}))
HUW: Final = Reader("huw", "Huw, authorising officer", _TOKENS, frozenset({"officer", "authorising-officer"}))
OFFICERS: Final = (ROB, SID, HUW)
TRUE_NAMES: Final = ("Peregrine Quillfeather", "Quillfeather", "+447700900987", "14 Hawthorn Crescent")
"""What must be nowhere but in the vault, and there only as ciphertext."""
_KEYS: Final = {"rob": "a long walk on sand", "sid": "nine green bottles"}
_SIDE: Final = "the handler lies awake over it"
DILEMMA: Final = _SIDE
_OFFICES: Final = {
    Office.HANDLER: "rob",
    Office.CO_HANDLER: "sid",
    Office.CONTROLLER: "tess",
    Office.AUTHORISING_OFFICER: "huw",
    Office.RECORD_KEEPER: "una",
}


def lived(desk: Desk, hands: Hands, *, calls: bool = True) -> None:
    """Run an agent from the first day until his identity is opened; `calls`: the duty line sees who is out."""
    agent = service.spot(desk, look(desk, ROB), codename="Heather", label=LABEL, reason="He offers.")
    for to in (Status.ASSESSED, Status.APPROACHED, Status.RECRUITED):
        service.step(desk, look(desk, ROB), agent, to, reason="It went well.")
    for office, who in _OFFICES.items():
        service.staff(desk, look(desk, ROB), agent, office, who)
    for letter in "bcefg":
        service.note(desk, look(desk, ROB), agent, letter, "as little as will do")
    service.note(desk, look(desk, ROB), agent, "d", "WILLOW", authority_named="the county")
    service.assess(desk, look(desk, ROB), agent, words="few know of him", review="2026-03-09")
    service.contacted(desk, look(desk, ROB), agent, words="He rang.")
    _met(desk, agent)
    _planned(desk, agent, calls=calls)
    _watched(desk, hands)
    dilemmas.note(desk, look(desk, ROB), handler="rob", words=_SIDE)
    _kept(desk, agent)


def _permitted(desk: Desk, kind: str, conduct: str, about: EntryId, by: Reader = ROB) -> Authorisation:
    which = authority.apply(desk, look(desk, by), kind, about, SAID, label=LABEL)
    authority.take(desk, look(desk, HUW), which, Step.GRANT, reason="It is needed.")
    return authorised(desk, look(desk, by), which, conduct, about)


def _met(desk: Desk, agent: EntryId) -> None:
    told = Told("The quay", "The quay will be shut on Friday.", parse_grade("B2"), LABEL)
    given = _permitted(desk, "agent-use", "meet", agent)
    service.meet(
        desk, look(desk, ROB), given, agent, words="He came late.", place="Cedar House", day="2026-02-27", told=[told]
    )
    for conduct in ("task", "pay"):
        view = look(desk, ROB)
        again = authorised(desk, view, given.authority, conduct, agent)
        if conduct == "task":
            service.task(desk, view, again, agent, words="Look at the quay.")
        else:
            service.pay(desk, view, again, agent, amount="£40", words="his fare")


def _planned(desk: Desk, agent: EntryId, *, calls: bool) -> None:
    """Something to wear, somewhere to meet, a week that is planned, and a call that is missed."""
    cover = wardrobe.keep_cover(desk, look(desk, ROB), name="a plumber", needs=["outfit"], label=LABEL)
    wardrobe.keep_garment(
        desk, look(desk, ROB), name="blue overall", kind="outfit", covers=[cover], stored="locker 4", label=LABEL
    )
    place = wardrobe.keep_place(
        desk, look(desk, ROB), name="the tea room", latitude="51.88", longitude="-0.42", label=LABEL
    )
    monday = "2026-03-09"
    week.wish(
        desk,
        look(desk, ROB),
        agent=agent,
        monday=monday,
        place=place,
        minutes="60",
        hours="tue 10:00-14:00",
        covers=[cover],
    )
    found = plan(week.of(look(desk, ROB), monday))
    assert isinstance(found, Plan)
    week.accept(desk, look(desk, ROB), monday, found, safety_calls=calls)
    if calls:
        safety.set_timer(desk, look(desk, ROB), due="2026-03-02T12:00", label=LABEL, words="an errand")


def _watched(desk: Desk, hands: Hands) -> None:
    """An operation in his compartment, with a line about a bystander."""
    which = watching.plan(desk, look(desk, ROB), name="Lantern", about="the tea room", label=LABEL)
    watching.staff(desk, look(desk, ROB), which, member="rob", call_sign="K1", role="on foot")
    _permitted(desk, "directed-surveillance", "watch", which)
    head = FIRST
    for number in (1, 2):
        says = Says(f"Line {number}.", "the tea room", salt="5a" * 16)
        line = Written(which, "device", number, stamp(hands.at), "K1", says, number == 2, head)
        line = observing.sealed(line)
        taken_in = taking.take(desk, look(desk, ROB), which, [line])
        assert not taken_in.fault, taken_in.fault
        head = line.seal


def _kept(desk: Desk, agent: EntryId) -> None:
    """His identity in the vault, opened by two."""
    sealed(desk, service.person(look(desk, ROB), agent))
    opened(desk, service.person(look(desk, ROB), agent))


def sealed(desk: Desk, person: Person) -> None:
    """Keys are offered for somebody, and who he is lies in the vault."""
    for by in (ROB, SID):
        identity.offer(desk, look(desk, by), person, passphrase=_KEYS[by.name])
    name, _, phone, home = TRUE_NAMES
    said = {"name": name, "phone": phone, "address": home}
    identity.seal(desk, look(desk, ROB), person, kind="identity", fields=said, holders=list(_KEYS))
    identity.seal(desk, look(desk, SID), replace(person, noted=None), kind="payment", fields={"account of": name})


def opened(desk: Desk, person: Person) -> None:
    """Two open his record under an authority."""
    given = _permitted(desk, "identity-opening", identity.OPEN, person.id)
    view = look(desk, ROB)
    begun = identity.begin(desk, view, given, person, passphrase=_KEYS["rob"], other="sid", reason="He is in danger.")
    _, kept = identity.complete(desk, look(desk, SID), begun, passphrase=_KEYS["sid"])
    assert TRUE_NAMES[0] in kept[0].fields.values()


def destroyed(desk: Desk, person: Person) -> None:
    """Two destroy it."""
    asked = destroying.ask(desk, look(desk, ROB), person, reason="It is over.")
    destroying.confirm(desk, look(desk, SID), asked)
    assert destroying.proof(desk, look(desk, SID), person).holds


def asked(desk: Desk, person: Person) -> None:
    """One asks that it be destroyed, and nobody has confirmed it yet."""
    destroying.ask(desk, look(desk, ROB), person, reason="It will be over.")
