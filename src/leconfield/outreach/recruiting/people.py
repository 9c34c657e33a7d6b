"""Who applied: names, and how to answer them, under the recruiting group's label. No assessor ever sees any of it.

What is told of a person lies in the vault, under a key that is destroyed at a set time; the ledger keeps that
somebody applied, and never who.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from leconfield.gate.bundles.vacancies import Application
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Entry, EntryId, Reader
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.recruiting.model import Campaign

RECEIVED: Final = "applicant received"
TAKEN_BACK: Final = "application taken back"
KEPT_FOR: Final = timedelta(days=365)
"""After the last day of a campaign: how long names and answers can be read."""
_TOLD: Final = ("name", "contact", "adjustments", "place", "key")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applied, by the entry that says so."""

    entry: EntryId
    campaign: str
    packet: str
    kept: str
    """What is told of him, sealed in the vault."""
    revocation: str
    """What a withdrawal must fit."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What is told of an applicant."""

    name: str
    contact: str
    adjustments: str
    place: str
    """Where a letter for him lies, 64 hexadecimal digits."""
    key: str
    """What it is sealed to, 64 hexadecimal digits."""


class People(Folded):
    """Everybody who applied, by campaign and packet (a `Derived`)."""

    def __init__(self) -> None:
        self.by_packet: dict[tuple[str, str], Applicant] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            key = (each.about, each.body.get("packet", ""))
            if each.kind == RECEIVED:
                made = Applicant(each.id, *key, each.body.get("kept", ""), each.body.get("revocation", ""))
                self.by_packet.setdefault(key, made)
            elif each.kind == TAKEN_BACK and key in self.by_packet:
                self.by_packet[key] = replace(self.by_packet[key], withdrawn=True)


def applicants(view: View, campaign: Campaign) -> tuple[Applicant, ...]:
    """Those of a campaign that a view shows, by their packets: in no order that tells anything."""
    known = view.derived(People).by_packet.values()
    return tuple(sorted((each for each in known if each.campaign == campaign.id), key=lambda each: each.packet))


def may_know(reader: Reader, campaign: Campaign) -> bool:
    """Whether somebody may know who applied; whoever may does not mark."""
    return labels.admits(campaign.group, reader.tokens)


def sealed(desk: Desk, campaign: Campaign, application: Application) -> str:
    """What an entry keeps of a person."""
    told = {each: getattr(application, each) for each in _TOLD}
    return desk.vault.seal_until(json.dumps(told, ensure_ascii=False), until(campaign))


def person_of(desk: Desk, applicant: Applicant) -> Person | None:
    """What is told of an applicant; None once its time is over."""
    told = unsealed(desk, applicant.kept)
    return Person(**{each: told[each] for each in _TOLD}) if told else None


def answers_sealed(desk: Desk, campaign: Campaign, answers: Mapping[str, str]) -> str:
    """What an entry keeps of the answers of a packet, from which names were taken already."""
    return desk.vault.seal_until(json.dumps(dict(answers), ensure_ascii=False, sort_keys=True), until(campaign))


def unsealed(desk: Desk, kept: str) -> dict[str, str]:
    """What was sealed; empty once its time is over."""
    words = desk.vault.unsealed(kept) if kept else None
    told: dict[str, str] = json.loads(words) if words else {}
    return told


def until(campaign: Campaign) -> datetime:
    """When everything that is told of applicants of a campaign is destroyed."""
    return datetime.combine(date.fromisoformat(campaign.closes), time(), UTC) + KEPT_FOR
