"""One trial: a low script, secrets beside it, and whether anything that a low reader can ask tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from tests.ledger.desks import EMMA
from tests.noninterference import battery, covert, gating, windowing
from tests.noninterference.acts import ANN, KARINA, Script
from tests.noninterference.battery import Small, Transcript, crashes, difference, hidden_ids, small
from tests.noninterference.court_scripts import in_court, secretly
from tests.noninterference.desks import Played, done, play
from tests.noninterference.worlds import annotated, low_script, secret_script

CRASH = "crash:"
Battery = Callable[[Desk, Reader, Small], Transcript]
Sides = tuple[Script, Script]
"""The low script as it was played (some filings may bring secrets with them), and the secret one."""


def drawn(chance: Random, secrets: int = 2, *, plain: bool = False) -> list[Sides]:
    """One low script with that many independent secrets; `plain` puts the world without any before them."""
    low = low_script(chance)
    found = [(annotated(chance, low), secret_script(chance, low)) for _ in range(secrets)]
    last = in_court(low)
    sides = [((*one, *last), (*secret, *secretly(low, at))) for at, (one, secret) in enumerate(found)]
    return [((*low, *last), ()), *sides] if plain else sides


def apart(worlds: Sequence[Sides], ask: Battery = battery.transcript, readers: Sequence[Reader] = (EMMA, ANN)) -> str:
    """What tells these worlds apart to a low reader, or crashes; empty if nothing does."""
    played = [play(low, secret) for low, secret in worlds]
    try:
        return _apart(worlds, played, ask, readers)
    finally:
        done(*played)


def _apart(worlds: Sequence[Sides], played: Sequence[Played], ask: Battery, readers: Sequence[Reader]) -> str:
    hidden: set[str] = set()
    for (low, secret), each in zip(worlds, played, strict=True):
        if secret or any(act.secrets for act in low):
            hidden |= hidden_ids(each.desk)
    arguments = small([script for sides in worlds for script in sides], sorted(hidden)[:12])
    arguments = replace(arguments, covert=_covert_ids(played))
    first = played[0]
    alike = [each for each in played[1:] if each.bits == first.bits]
    for reader in readers:
        told, bits = _heard(first, reader, ask, arguments)
        for other in alike:
            told_too, bits_too = _heard(other, reader, ask, arguments)
            if bits == bits_too and (found := difference(told, told_too)):
                return f"{reader.name}: {found}"
        if fault := crashes(told):
            return f"{CRASH} {fault[0]}"
    return ""


def _covert_ids(played: Sequence[Played]) -> dict[str, tuple[str, ...]]:
    """What there is of agents, operations, authorities and releases on any of the desks."""
    found: dict[str, set[str]] = {}
    for each in played:
        for of in (covert.ids, gating.ids, windowing.ids):
            for part, ids in of(each.desk, KARINA).items():
                found.setdefault(part, set()).update(ids)
    return {part: tuple(sorted(ids)) for part, ids in found.items()}


def _heard(played: Played, reader: Reader, ask: Battery, arguments: Small) -> tuple[Transcript, list[str]]:
    """What the reader is told, and the bits that the gate lets go on purpose meanwhile."""
    before = len(gating.BITS.of(played.desk))
    told = [*played.told, *ask(played.desk, reader, arguments)]
    return told, gating.BITS.of(played.desk)[before:]


def found_after(ask: Battery, most: int, seed: int = 0) -> int | None:
    """How many trials it takes until two worlds are told apart; None: more than `most`."""
    for number in range(1, most + 1):
        readers = (EMMA, ANN) if ask is battery.transcript else (EMMA,)
        if (found := apart(drawn(Random(f"{seed} {number}")), ask, readers)) and not found.startswith(CRASH):
            return number
    return None
