"""FollowTheMoney lines out: records as things, links as interval entities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from leconfield.intake.ftm import terms
from leconfield.intake.tables.model import MappedLink, MappedRecord
from leconfield.ledger import vocabulary as own
from leconfield.ledger.model import ACTUAL, AFFIRMED, Statement
from leconfield.ledger.times import Held


def write_ftm(records: Iterable[MappedRecord], links: Iterable[MappedLink]) -> Iterator[str]:
    """One line of JSON, without its newline, for each record and each link."""
    for record in records:
        yield _line(record.key, terms.SCHEMATA_OUT[record.schema], _properties(record))
    for link in links:
        interval = terms.BY_LINK.get(link.prop, terms.UNKNOWN_LINK)
        yield _line(_link_id(link), interval.schema, _interval(interval, link))


def of_statements(statements: Iterable[Statement]) -> tuple[list[MappedRecord], list[MappedLink]]:
    """The records and links that statements make, by subject in the order of their first statement.

    The format cannot say that something was denied, planned or only possible: such statements are left out, as the
    bare fact is not what the source said.
    """
    said: dict[str, dict[tuple[str, str], None]] = {}
    schemata: dict[str, str] = {}
    links: dict[MappedLink, None] = {}
    for each in statements:
        if each.assertion.polarity != AFFIRMED or each.assertion.modality != ACTUAL:
            continue
        schemata.setdefault(each.subject, each.schema)
        texts = said.setdefault(each.subject, {})
        if each.prop in own.LINKS:
            links[MappedLink(each.subject, each.prop, each.value, each.held)] = None
        else:
            texts[each.prop, each.value] = None
    return [MappedRecord(key, schemata[key], tuple(texts)) for key, texts in said.items()], list(links)


def _line(key: str, schema: str, properties: dict[str, list[str]]) -> str:
    return json.dumps({"id": key, "schema": schema, "properties": properties}, ensure_ascii=False)


def _properties(record: MappedRecord) -> dict[str, list[str]]:
    names = terms.PROPERTIES_OUT[record.schema]
    written: dict[str, list[str]] = {}
    for prop, value in record.statements:
        known = names.get(prop)
        values = written.setdefault(known or names["notes"], [])
        values.append(value if known else f"{prop}: {value}")
    if record.schema == own.PHONE:
        written["service"] = [terms.TELEPHONE]
    if record.schema == own.WEAPON:
        written.setdefault("notes", []).append(f"schema: {own.WEAPON}")
    return written


def _interval(interval: terms.Interval, link: MappedLink) -> dict[str, list[str]]:
    written = {interval.left: [link.left], interval.right: [link.right], **_times(link.held)}
    if interval is terms.UNKNOWN_LINK:
        written["role"] = [link.prop]
    return written


def _times(held: Held) -> dict[str, list[str]]:
    if held.start and held.start == held.end:
        return {"date": [held.start]}
    named = {"startDate": held.start, "endDate": held.end}
    return {name: [time] for name, time in named.items() if time}


def _link_id(link: MappedLink) -> str:
    """The same link has the same id in every file."""
    told = json.dumps([link.left, link.prop, link.right, link.held.start, link.held.end])
    return f"link-{hashlib.sha256(told.encode()).hexdigest()[:32]}"
