"""Planted leaks of authority, agents, surveillance and staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leconfield.agents import service as running
from leconfield.agents import state as running_state
from leconfield.agents.model import Agent
from leconfield.agents.state import Agents
from leconfield.authority.register import Register
from leconfield.authority.state import Authorities
from leconfield.errors import RefusedError
from leconfield.ledger.view import View
from leconfield.staff import files as staffing
from leconfield.staff.files import StaffFile, StaffFiles
from leconfield.surveillance import service as watching
from leconfield.surveillance import state as observing_state
from leconfield.surveillance.model import Operation
from leconfield.surveillance.state import Operations
from tests.noninterference.planting import Plant, leak


@leak("the central register")
def registered_for_everybody(plant: Plant) -> None:
    def lines(before: Any, register: Register) -> Any:
        mine = plant.desk is not None and register is plant.shown.derived(Register)
        return before(plant.everything.derived(Register) if mine else register)

    plant.wrap(Register, "lines", lines)


@leak("authorities about one thing")
def permitted_by_what_is_hidden(plant: Plant) -> None:
    def about(before: Any, known: Authorities, thing: str) -> Any:
        mine = plant.desk is not None and known is plant.shown.derived(Authorities)
        return before(plant.everything.derived(Authorities) if mine else known, thing)

    plant.wrap(Authorities, "about", about)


@leak("codenames that are taken", "/agents")
def codename_taken_by_anybody(plant: Plant) -> None:
    spot = running.spot

    def spotted(desk: Any, view: View, *, codename: str, **named: Any) -> Any:
        if any(each.codename == codename for each in plant.everything.derived(Agents).by_id.values()):
            raise RefusedError(f"{codename} is somebody's codename here; choose another")
        return spot(desk, view, codename=codename, **named)

    plant.put(running, "spot", spotted)


@leak("how many agents there are", "/agents")
def listed_among_all_agents(plant: Plant) -> None:
    def agents(_before: Any, _view: View) -> tuple[Agent, ...]:
        return tuple(plant.everything.derived(Agents).by_id.values())

    plant.everywhere(running_state.agents, agents)


@leak("operations in the list", "/operations")
def operations_led_by_anybody(plant: Plant) -> None:
    def operations(_before: Any, _view: View) -> tuple[Operation, ...]:
        return tuple(plant.everything.derived(Operations).by_id.values())

    plant.everywhere(observing_state.operations, operations)


@leak("whether there is such an operation", "/operations/")
def hidden_operations_refused_and_others_not_found(plant: Plant) -> None:
    found = watching.found

    def refused(view: View, which: str) -> Operation:
        if which in plant.everything.derived(Operations).by_id and which not in view.derived(Operations).by_id:
            raise RefusedError("that operation is not for you")
        return found(view, which)

    plant.put(watching, "found", refused)


@leak("staff files in the list", "/staff-files")
def staff_files_counted_among_all(plant: Plant) -> None:
    def files(before: Any, view: View) -> tuple[StaffFile, ...]:
        shown = before(view)
        there = len(plant.everything.derived(StaffFiles).by_id) if plant.desk else len(shown)
        return tuple(replace(each, called=f"{each.called}, one of {there}") for each in shown)

    plant.everywhere(staffing.files, files)
