"""A desk on which a case's officers act at the story's moments, and what they find there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leconfield.agents import service
from leconfield.agents.model import Agent
from leconfield.agents.state import Agents
from leconfield.authority.permit import Authorisation, authorised, live
from leconfield.demo.deeds import Deed
from leconfield.demo.observed import Lines
from leconfield.demo.turns import Turns
from leconfield.desk.investigations import Investigation
from leconfield.desk.investigations.state import everything
from leconfield.errors import BadInputError
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader, Report, SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.staff import files
from leconfield.surveillance.model import Operation
from leconfield.surveillance.state import Operations
from leconfield.vault.person import Person

_ASKING: Final = Question("demonstration")
"""What the audit says that is looked at by whoever acts in the demonstration."""


@dataclass(slots=True)
class Scene:
    """A desk, who acts on it, and what a case says of them."""

    desk: Desk
    readers: Mapping[str, Reader]
    reports: Mapping[str, Report]
    """By number."""
    records: Mapping[str, SubjectId]
    """By key."""
    passphrases: Mapping[str, str]
    """Of those who hold keys of the vault."""
    lines: Lines
    turns: Turns
    """Of the duty line."""
    folder: Path
    """Where the case's files are."""
    done: set[tuple[str, str, str]] = field(default_factory=set)
    """When, by whom and which kind of entry: all that stood when the filling began."""

    def know_what_stands(self) -> None:
        """Note what has been done already, so that a repeated filling adds nothing."""
        for reader in self.readers.values():
            view = self.desk.view(reader, asking=_ASKING)
            self.done |= {(each.at, each.by, each.kind) for each in view.entries()}

    def view(self, by: str) -> View:
        """What the officer may see now."""
        return self.desk.view(self.readers[by], asking=_ASKING)

    def stands(self, deed: Deed, kind: str) -> bool:
        """Whether an entry of that kind was made by him at this moment before the filling began."""
        return (stamp(self.desk.clock()), deed.by, kind) in self.done

    def agent(self, view: View, codename: str) -> Agent:
        """The agent of that codename.

        Raises:
            BadInputError: if the view has none.
        """
        for each in view.derived(Agents).by_id.values():
            if each.codename == codename:
                return each
        raise BadInputError(f'"{codename}" is no agent that he knows of at that time; spot him first')

    def person(self, view: View, deed: Deed) -> Person:
        """The agent or the colleague that a deed is about, as the vault is told of him.

        Raises:
            BadInputError: if the view has none.
        """
        if deed.noun == "agent":
            return service.person(view, self.agent(view, deed.about).id)
        for each in files.files(view):
            if each.who == deed.about:
                return files.person(view, each.id)
        raise BadInputError(f'"{deed.about}" has no staff file that he knows of at that time; begin it first')

    def operation(self, view: View, name: str) -> Operation:
        """The operation of that name.

        Raises:
            BadInputError: if the view has none.
        """
        for each in view.derived(Operations).by_id.values():
            if each.name == name:
                return each
        raise BadInputError(f'"{name}" is no operation that he knows of at that time; plan it first')

    def release(self, view: View, title: str) -> Release:
        """The release of that title.

        Raises:
            BadInputError: if the view has none.
        """
        for each in releases(view).by_id.values():
            if each.content.title == title:
                return each
        raise BadInputError(f'"{title}" is no release that he knows of at that time; draft it first')

    def case(self, view: View, title: str) -> Investigation:
        """The investigation of that title.

        Raises:
            BadInputError: if the view has none.
        """
        for each in everything(view):
            if each.title == title:
                return each
        raise BadInputError(f'"{title}" is no case that he knows of at that time; open it first')

    def thing(self, view: View, deed: Deed) -> str:
        """The id of the agent or operation that a deed is about."""
        return self.agent(view, deed.about).id if deed.noun == "agent" else self.operation(view, deed.about).id

    def permitted(self, view: View, conduct: str, about: str) -> Authorisation:
        """An authorisation under whatever authority is live.

        Raises:
            BadInputError: if none is.
        """
        found = live(view, conduct, about, stamp(self.desk.clock()))
        if found is None:
            raise BadInputError(f'nothing authorises him to "{conduct}" at that time; apply, or call it a contact')
        return authorised(self.desk, view, found.id, conduct, about)
