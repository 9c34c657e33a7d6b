"""Staff files: who of the house has a record in the vault, under the working name that he is known by on the desk.

A file says that there is one, and of whom; who he truly is lies in the vault alone. It stands under a label of its
own, which those who look after staff hold: to anybody else there is no such file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from leconfield.authority.naming import Thing
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.staff.service import MAX_WORDS, signing_name
from leconfield.vault.person import Person

BEGUN: Final = "staff file begun"
KEPT: Final = "staff identity kept"
"""That his identity lies in the vault."""
ROLE: Final = "staff"
"""Whoever begins files of colleagues."""
URL: Final = "/staff-files"
_MAX_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class StaffFile:
    """One officer's file."""

    id: EntryId
    who: str
    """How he signs in."""
    called: str
    """His working name: how colleagues know him on the desk."""
    label: str
    at: str
    """When it was begun (a stamp)."""
    sealed: bool = False
    """Whether his identity was put into the vault."""

    @property
    def url(self) -> str:
        """The address of his record's pages in the vault."""
        return f"{URL}/{self.id}/vault"


class StaffFiles(Folded):
    """Every staff file of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, StaffFile] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == BEGUN:
                who, named = each.body.get("who", ""), each.body.get("called", "")
                self.by_id[each.id] = StaffFile(each.id, who, named, each.label, each.at)
            elif each.kind == KEPT and (known := self.by_id.get(EntryId(each.about))) and each.label == known.label:
                self.by_id[known.id] = replace(known, sealed=True)


def begin(desk: Desk, view: View, *, who: str, called: str, label: str, reason: str) -> EntryId:
    """Begin a colleague's file, under the label of those who look after staff; its id.

    Raises:
        BadInputError: if his names, the label or the reason is missing, or the name is none that one signs in with.
        RefusedError: if whoever acts does not look after staff or looks at the past, it would be his own, or there is
            one already as far as he may know.
    """
    refuse_the_past(view)
    if ROLE not in view.reader.roles:
        raise RefusedError(f'files of colleagues are begun by whoever holds the role "{ROLE}"; ask one of them')
    name = signing_name(who)
    if name == view.reader.name:
        raise RefusedError("your own file is begun by somebody else")
    if not labels.tokens_in(labels.parse(label)):
        raise BadInputError("name the compartment of those who look after staff; with none everybody could read it")
    if any(each.who == name for each in view.derived(StaffFiles).by_id.values()):
        raise RefusedError(f"{name} has a file here; there is one for each officer")
    its_label = str(labels.parse(label))
    body = {"who": name, "called": in_words(called, "his working name", _MAX_NAME)}
    body["reason"] = in_words(reason, "your reason", MAX_WORDS)
    (receipt,) = desk.append(view.reader, [Draft(BEGUN, its_label, body=body, key=(name, its_label))])
    return receipt.entry


def files(view: View) -> tuple[StaffFile, ...]:
    """Those that a view shows, by working name."""
    return tuple(sorted(view.derived(StaffFiles).by_id.values(), key=lambda each: (each.called, each.id)))


def found(view: View, which: str) -> StaffFile:
    """The file by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(StaffFiles).by_id.get(EntryId(which))
    if known is None:
        raise NotFoundError("no such staff file here; look it up in the list")
    return known


def person(view: View, which: str) -> Person:
    """The officer whose file that is, as the vault is told of him.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    file = found(view, which)
    noted = None if file.sealed else Draft(KEPT, file.label, about=file.id)
    home = Thing("Staff files", URL)
    return Person(file.id, file.label, file.called, "working name", file.url, home, who=file.who, noted=noted)


def called(view: View, which: str) -> Thing | None:
    """An officer's working name by the id of his file, to whoever may know of it."""
    known = view.derived(StaffFiles).by_id.get(EntryId(which))
    return Thing(known.called, known.url) if known else None
