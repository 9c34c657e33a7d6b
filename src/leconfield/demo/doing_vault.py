"""What a case's officers did at the vault: keys, what they sealed of agents and of colleagues, and what they opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from leconfield.agents import model
from leconfield.demo.deeds import ENROL_HOLDER, Deed
from leconfield.demo.scene import Scene
from leconfield.staff import files
from leconfield.vault import identity

_SEALED: Final = {"agent": model.NOTED, "colleague": files.KEPT}
"""The entry that stands once everything of a person is sealed, by what he is."""


def _enrol_holder(scene: Scene, deed: Deed) -> None:
    if deed.about not in scene.desk.vault.holders():
        scene.desk.vault.enrol(deed.about, deed.wrote["passphrase"])


def _begin_file(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, files.BEGUN):
        said = {each: deed.wrote[each] for each in ("called", "label", "reason")}
        files.begin(scene.desk, scene.view(deed.by), who=deed.about, **said)


def _seal(scene: Scene, deed: Deed) -> None:
    """Put into the vault all that is kept of a person; his identity last, since the ledger learns of that alone."""
    if scene.stands(deed, _SEALED[deed.noun]):
        return
    for kind in sorted(identity.KINDS, key=lambda each: each == "identity"):
        if deed.wrote[kind]:
            fields, view = fields_in(deed.wrote[kind]), scene.view(deed.by)
            person, holders = scene.person(view, deed), deed.wrote["holders"].split()
            identity.seal(scene.desk, view, person, kind=kind, fields=fields, holders=holders)


def fields_in(text: str) -> dict[str, str]:
    """The fields of lines such as `name: Jane Doe`."""
    rows = (line.partition(":") for line in text.splitlines())
    return {name.strip(): value.strip() for name, gap, value in rows if gap}


def _open(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, identity.BEGUN):
        return
    view, second = scene.view(deed.by), deed.wrote["second"]
    person = scene.person(view, deed)
    begun = identity.begin(
        scene.desk,
        view,
        scene.permitted(view, identity.OPEN, person.id),
        person,
        passphrase=scene.passphrases[deed.by],
        other=second,
        reason=deed.wrote["reason"],
    )
    identity.complete(scene.desk, scene.view(second), begun, passphrase=scene.passphrases[second])


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    ENROL_HOLDER: _enrol_holder,
    "begin staff file": _begin_file,
    "seal agent": _seal,
    "seal colleague": _seal,
    "open identity": _open,
}
