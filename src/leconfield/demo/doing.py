"""Does on a desk what a case's officers did in departments of their own, by the services of the desk's parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from leconfield.demo import (
    doing_agents,
    doing_authority,
    doing_court,
    doing_day,
    doing_duty,
    doing_operations,
    doing_releases,
    doing_vault,
)
from leconfield.demo.deeds import Deed
from leconfield.demo.scene import Scene
from leconfield.errors import BadInputError, LeconfieldError

DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    **doing_agents.DOING,
    **doing_vault.DOING,
    **doing_authority.DOING,
    **doing_operations.DOING,
    **doing_day.DOING,
    **doing_duty.DOING,
    **doing_releases.DOING,
    **doing_court.DOING,
}
"""How each kind of deed is done."""


def do(scene: Scene, deed: Deed) -> None:
    """Do it at the moment at which the desk's clock stands, unless it stands already.

    Raises:
        BadInputError: naming the file and the deed, if the desk does not take it, as of any officer.
    """
    try:
        DOING[deed.kind](scene, deed)
    except LeconfieldError as fault:
        raise BadInputError(f"{deed.where}: {fault}") from fault
