"""The vault and staff files in the battery: what scripts begin, which pages are asked, which forms are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.ledger.view import View
from leconfield.staff import files
from leconfield.vault import identity
from leconfield.vault.doing import ACTS

PART: Final = "staff_file"
"""The part of addresses that `ids` fills."""
AFTER: Final = ("/vault", files.URL)
"""Pages that show what the acts left behind."""
_NOBODY: Final = "f" * 32

Fields = Mapping[str, str]


def begun(desk: Desk, view: View, name: str, label: str) -> object:
    """A staff file is begun for a colleague who works under that name."""
    keeper = replace(view.reader, roles=view.reader.roles | {files.ROLE})
    asking = desk.view(keeper, asking=Question("covert"))
    return files.begin(desk, asking, who=name.lower(), called=name, label=label, reason="she travels")


def ids(view: View) -> set[str]:
    """The staff files of a view."""
    return {each.id for each in files.files(view)}


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of staff files."""
    yield "staff files", lambda: files.files(view)
    yield (
        "staff files in the vault",
        lambda: [identity.record(view, files.person(view, each.id)) for each in files.files(view)],
    )


def _vault(path: str) -> dict[str, Iterable[Fields]]:
    return {
        path: ({}, {"do": "seal"}, {"do": "destroy"}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
        f"{path}/open": ({},),
        f"{path}/proof": ({},),
    }


FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/vault": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    files.URL: ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    **_vault("/agents/{agent}/vault"),
    **_vault(f"{files.URL}/{{{PART}}}/vault"),
}
"""What these pages are asked."""


def posts(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    """Staff files begun, and every act on those that there are, visible and hidden."""
    for label in ("S", "S&AGENTS", ""):
        yield files.URL, {"who": "mallard", "called": "Mallard", "label": label, "reason": "she travels"}
    for each in (*known.get(PART, ()), _NOBODY):
        yield from on_record(f"{files.URL}/{each}/vault", "MALLARD")


def on_record(base: str, called: str) -> Iterator[tuple[str, Fields]]:
    """Every act on one record of the vault."""
    for act in ACTS:
        filled = {"passphrase": "nine green bottles", "other": "sid", "reason": "to know", "kind": "identity"}
        yield f"{base}/{act}", {**filled, "kept-name": "A Name", "called": called}
