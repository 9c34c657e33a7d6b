"""A selection as a STIX 2.1 bundle: every statement with its own marking, grade and two times, under a recipient's ids.

Whoever knows the extension reads each statement by itself; whoever does not reads names, descriptions, relationships
and confidence as STIX has them. What is denied never becomes a relationship: it is an opinion, or a note.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

from leconfield.desk.exchange import stix_terms as terms
from leconfield.desk.exchange.pseudonyms import Pseudonyms
from leconfield.desk.exchange.selection import Selection
from leconfield.ledger import vocabulary as own
from leconfield.ledger.grades import Grade
from leconfield.ledger.labels import all_of, any_of
from leconfield.ledger.model import AFFIRMED, DENIED, Report, ReportId, Statement, SubjectId
from leconfield.ledger.times import Held, stamp
from leconfield.network.model import Link, Node
from leconfield.registry.resolution import Partition

Object = dict[str, object]
_RANGES: Final = {"latitude": 90.0, "longitude": 180.0}
_PATH: Final = f"extensions.{terms.EXTENSION}.statements."


def stix_bundle(selection: Selection, pseudonyms: Pseudonyms) -> bytes:
    """The bundle as JSON; the same selection for the same recipient gives the same bytes."""
    return _Writer(selection, pseudonyms).bundle()


class _Writer:
    """Writes one bundle."""

    def __init__(self, selection: Selection, pseudonyms: Pseudonyms) -> None:
        self._selection = selection
        self._made = pseudonyms
        self._markings: dict[str, Object] = {}
        self._types = {each.id: _type_of(each, selection.said[each.id]) for each in selection.picture.nodes}
        self._names = {each.id: each.label for each in selection.picture.nodes}
        self._of_report: dict[ReportId, set[str]] = defaultdict(set)
        self._partition = selection.view.derived(Partition)

    def bundle(self) -> bytes:
        objects = [self._subject(each) for each in self._selection.picture.nodes]
        for link in self._selection.picture.links:
            objects += self._link(link)
        objects += [self._report(each) for each in self._selection.reports.values() if self._of_report[each.id]]
        told = [_program(), _extension(), *self._markings.values(), *sorted(objects, key=lambda each: str(each["id"]))]
        digest = sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        whole = {"type": "bundle", "id": self._made.stix("bundle", digest), "objects": told}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode(errors="replace") + b"\n"

    def _id(self, which: SubjectId) -> str:
        return self._made.stix(self._types[which], which)

    def _subject(self, node: Node) -> Object:
        said, kind = self._selection.said[node.id], self._types[node.id]
        written: Object = {"type": kind, "spec_version": terms.VERSION, "id": self._id(node.id)}
        if kind != "user-account":
            written |= _moments(said)
        parts = _native(node, kind, said)
        written |= {name: value for name, (value, _) in parts.items()}
        markings: dict[str, list[str]] = defaultdict(list)
        for name, (_, label) in parts.items():
            markings[label].append(name)
        return self._marked(written, said, markings)

    def _link(self, link: Link) -> list[Object]:
        if link.denied:
            return [self._denied(link)]
        affirming = tuple(each for each in link.statements if each.assertion.polarity == AFFIRMED)
        written = self._sighting(link) if self._is_sighting(link) else self._relationship(link)
        written |= {**_moments(affirming), **_confidence(affirming)}
        told = "; ".join(dict.fromkeys(_manner(each) for each in affirming if _manner(each))) if link.alleged else ""
        if told:
            written["description"] = f"alleged: {told}"
        whole = self._marked(written, affirming, {}, link)
        against = tuple(each for each in link.statements if each.assertion.polarity == DENIED)
        return [whole, *([self._opinion(str(whole["id"]), link, against)] if against else ())]

    def _is_sighting(self, link: Link) -> bool:
        seen = self._types[link.left] in ("identity", "incident", terms.THING)
        return link.prop == "seenAt" and seen and self._types[link.right] == "location"

    def _sighting(self, link: Link) -> Object:
        first, last = Held(link.first, link.first).earliest, Held(link.last, link.last).latest
        written: Object = {
            "type": "sighting",
            "spec_version": terms.VERSION,
            "id": self._made.stix("sighting", link.id),
            "sighting_of_ref": self._id(link.left),
            "where_sighted_refs": [self._id(link.right)],
            "count": len(link.ways),
        }
        return written | ({"first_seen": stamp(first)} if first else {}) | ({"last_seen": stamp(last)} if last else {})

    def _relationship(self, link: Link) -> Object:
        first, last = Held(link.first, link.first).earliest, Held(link.last, link.last).latest
        written: Object = {
            "type": "relationship",
            "spec_version": terms.VERSION,
            "id": self._made.stix("relationship", link.id),
            "relationship_type": terms.RELATIONSHIPS[link.prop],
            "source_ref": self._id(link.left),
            "target_ref": self._id(link.right),
        }
        written |= {"start_time": stamp(first)} if first else {}
        return written | ({"stop_time": stamp(last)} if last and (not first or last > first) else {})

    def _denied(self, link: Link) -> Object:
        words = f"Denied: {self._names[link.left]} {link.words} {self._names[link.right]}."
        written: Object = {
            "type": "note",
            "spec_version": terms.VERSION,
            "id": self._made.stix("note", link.id),
            **_moments(link.statements),
            "content": words,
            "object_refs": [self._id(link.left), self._id(link.right)],
        }
        return self._marked(written, link.statements, {}, link)

    def _opinion(self, about: str, link: Link, against: Sequence[Statement]) -> Object:
        written: Object = {
            "type": "opinion",
            "spec_version": terms.VERSION,
            "id": self._made.stix("opinion", link.id),
            **_moments(against),
            "opinion": "disagree",
            "explanation": f"denied in {len({each.report for each in against})} of the reports on it",
            "object_refs": [about],
        }
        return self._marked(written, against, {}, link)

    def _report(self, report: Report) -> Object:
        written: Object = {
            "type": "report",
            "spec_version": terms.VERSION,
            "id": self._report_id(report.id),
            "created": report.learnt,
            "modified": report.learnt,
            "published": report.learnt,
            "name": f"Report of {report.written or report.learnt[:10]}",
            "object_refs": sorted(self._of_report[report.id]),
            **_confidence_of(report.grade),
        }
        said: Object = {"extension_type": "property-extension", "grade": str(report.grade), "learnt": report.learnt}
        if report.written:
            said["written"] = report.written
        written["extensions"] = {terms.EXTENSION: said}
        return written | self._object_marking(report.label)

    def _marked(
        self, written: Object, said: Sequence[Statement], markings: dict[str, list[str]], link: Link | None = None
    ) -> Object:
        """The object with its statements, and the marking of each; as a whole it bears what all of them ask for."""
        listed: dict[str, Object] = {}
        labels: dict[str, list[str]] = defaultdict(list)
        for each in said:
            told = self._statement(str(written["id"]), each, link)
            words = json.dumps(told)
            listed.setdefault(words, told)  # told twice in the same words it stands once: paths name only the first
            labels[words].append(each.label)
        for place, words in enumerate(listed):
            markings.setdefault(any_of(labels[words]), []).append(f"{_PATH}[{place}]")
        kind = "new-sdo" if written["type"] == terms.THING else "property-extension"
        written["extensions"] = {terms.EXTENSION: {"extension_type": kind, "statements": list(listed.values())}}
        granular = [
            {"marking_ref": marking, "selectors": sorted(selectors)}
            for label, selectors in sorted(markings.items())
            if (marking := self._marking(label))
        ]
        if granular:
            written["granular_markings"] = granular
        return written | self._object_marking(all_of({each.label for each in said}))

    def _object_marking(self, label: str) -> Object:
        marking = self._marking(label)
        return {"object_marking_refs": [marking]} if marking else {}

    def _marking(self, label: str) -> str:
        """The id of the marking that says the label, as the recipient knows it; empty for what everybody may read."""
        known = self._selection.view.label_of(label)
        if not known:
            return ""
        if known not in self._markings:
            self._markings[known] = {
                "type": "marking-definition",
                "spec_version": terms.VERSION,
                "id": self._made.stix("marking-definition", known),
                "created": terms.DEFINED,
                "definition_type": "statement",
                "definition": {"statement": known},
            }
        return str(self._markings[known]["id"])

    def _statement(self, within: str, each: Statement, link: Link | None) -> Object:
        told = {
            "prop": each.prop,
            "value": self._id(self._other_end(each, link)) if link else each.value,
            "grade": str(each.grade),
            "learnt": each.learnt,
            "held_from": each.held.start,
            "held_until": each.held.end,
            "polarity": each.assertion.polarity if each.assertion.polarity != AFFIRMED else "",
            "modality": each.assertion.modality if each.assertion.modality != "actual" else "",
            "asserter": each.assertion.asserter,
            "stance": each.assertion.stance,
        }
        if each.report in self._selection.reports:
            self._of_report[each.report].add(within)
            told["report_ref"] = self._report_id(each.report)
        return {name: words for name, words in told.items() if words}

    def _other_end(self, said: Statement, link: Link) -> SubjectId:
        return link.right if self._partition.subject_of(said.subject).id == link.left else link.left

    def _report_id(self, report: ReportId) -> str:
        return self._made.stix("report", report)


def _type_of(node: Node, said: Iterable[Statement]) -> str:
    if node.schema in terms.IDENTITY_CLASSES:
        return "identity"
    if node.schema == own.EVENT:
        return "incident"
    if node.schema in terms.ACCOUNT_TYPES:
        return "user-account"
    found = {each.prop for each in said if each.prop in _RANGES and _degrees(each) is not None}
    return "location" if node.schema == own.PLACE and len(found) == len(_RANGES) else terms.THING


def _degrees(said: Statement) -> float | None:
    """The coordinate that is plainly said; None if it is none."""
    try:
        found = float(said.value)
    except ValueError:
        return None
    return found if said.assertion.plain and abs(found) <= _RANGES[said.prop] else None


def _native(node: Node, kind: str, said: Sequence[Statement]) -> dict[str, tuple[object, str]]:
    """STIX's own properties, each with the label of what it says."""
    named = [each.label for each in said if each.prop in own.NAMES and each.value.casefold() == node.label.casefold()]
    by_name = any_of(named) if named else all_of({each.label for each in said})
    if kind == "user-account":
        return _account(node, said, by_name)
    parts: dict[str, tuple[object, str]] = {"name": (node.label, by_name)}
    if kind == "identity":
        parts["identity_class"] = (terms.IDENTITY_CLASSES[node.schema], "")
    if kind == terms.THING:
        parts["kind"] = (node.schema, "")
    if kind == "location":
        for prop in ("latitude", "longitude"):
            parts[prop] = next(
                (degrees, each.label) for each in said if each.prop == prop and (degrees := _degrees(each)) is not None
            )
    told = "; ".join(_in_words(each) for each in said if each.prop != "name")
    if told:
        parts["description"] = (told, all_of({each.label for each in said}))
    return parts


def _account(node: Node, said: Sequence[Statement], by_name: str) -> dict[str, tuple[object, str]]:
    parts: dict[str, tuple[object, str]] = {"account_type": (terms.ACCOUNT_TYPES[node.schema], "")}
    going_by = [each for prop in terms.ACCOUNT_ID[node.schema] for each in said if each.prop == prop]
    if going_by:
        parts["user_id"] = (going_by[0].value, going_by[0].label)
    parts["display_name"] = (node.label, by_name)
    return parts


def _in_words(each: Statement) -> str:
    manner = _manner(each)
    when = f", {each.held.words}" if each.held.words else ""
    return f"{own.words_for(each.prop)} {each.value}{f' ({manner})' if manner else ''} [{each.grade}{when}]"


def _manner(each: Statement) -> str:
    """How it is said, where it is not plainly said to be so."""
    assertion = each.assertion
    parts = (
        "denied" if assertion.polarity == DENIED else "",
        assertion.modality if assertion.modality != "actual" else "",
        assertion.stance if assertion.stance != "fact" else "",
        f"by {assertion.asserter}" if assertion.asserter else "",
    )
    return " ".join(part for part in parts if part)


def _moments(said: Iterable[Statement]) -> Object:
    learnt = [each.learnt for each in said] or [terms.DEFINED]
    return {"created": min(learnt), "modified": max(learnt)}


def _confidence(said: Iterable[Statement]) -> Object:
    best = min((each.grade.credibility for each in said), default=6)
    return {"confidence": terms.CONFIDENCE[best]} if best in terms.CONFIDENCE else {}


def _confidence_of(grade: Grade) -> Object:
    return {"confidence": terms.CONFIDENCE[grade.credibility]} if grade.credibility in terms.CONFIDENCE else {}


def _program() -> Object:
    return {
        "type": "identity",
        "spec_version": terms.VERSION,
        "id": terms.PROGRAM,
        "created": terms.DEFINED,
        "modified": terms.DEFINED,
        "name": "Leconfield, the program",
        "identity_class": "system",
    }


def _extension() -> Object:
    return {
        "type": "extension-definition",
        "spec_version": terms.VERSION,
        "id": terms.EXTENSION,
        "created_by_ref": terms.PROGRAM,
        "created": terms.DEFINED,
        "modified": terms.DEFINED,
        "name": "Statements",
        "description": "Each statement by itself: its value, grade (Admiralty), when it was true and when learnt.",
        "schema": terms.SCHEMA_URL,
        "version": "1.0.0",
        "extension_types": ["property-extension", "new-sdo"],
    }
