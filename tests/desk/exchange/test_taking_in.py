from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.exchange.model import ExchangeError
from leconfield.desk.exchange.service import take_in
from leconfield.desk.exchange.stix_reading import MOST_OBJECTS, read_bundle
from leconfield.desk.exchange.taking import Profile, taken
from leconfield.desk.exchange.writing import written
from leconfield.errors import LeconfieldError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import UNGRADED, Grade, parse_grade
from leconfield.ledger.model import Reader
from tests.desk.exchange.partners import bundled, chosen, mill, theirs
from tests.ledger.desks import EMMA, START, desk, look

ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))
PROFILE = Profile(parse_grade("B6"), "S", {"O": "O", "S": "S", "S&SEQUIN": "S&SEQUIN"})
BEARS = theirs("threat-actor", 1, name="The Bears", aliases=["Ursa"], confidence=80)
TOWN = theirs("location", 2, name="Luton", country="GB", latitude=51.9, longitude=-0.4)
RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"


def brought(at: Desk, content: bytes, profile: Profile = PROFILE) -> str:
    outcome = take_in(at, look(at, EMMA), "partner.json", content, profile, "POLIZEI")
    assert outcome.report is not None
    return outcome.report


def linked(left: dict[str, object], kind: str, right: dict[str, object], number: int = 9, **more: object) -> Any:
    return theirs("relationship", number, relationship_type=kind, source_ref=left["id"], target_ref=right["id"], **more)


def test_what_goes_out_comes_in_again_with_its_grades_labels_and_times() -> None:
    out, into = mill(), desk()
    brought(into, written(chosen(out), "stix", out.ids, "P"), Profile(UNGRADED, "", PROFILE.markings))

    def told(at: Desk) -> set[tuple[object, ...]]:
        of_links = set(look(at, EMMA).world.by_subject)
        return {
            (
                each.prop,
                "" if each.value in of_links else each.value,
                str(each.grade),
                each.label,
                each.held,
                each.assertion,
            )
            for each in look(at, EMMA).world.statements.values()
            if each.prop != "religion"
        }

    assert told(into) == told(out)


def test_confidence_becomes_credibility_and_the_officers_letter_stands_before_it() -> None:
    at = desk()
    brought(at, bundled(BEARS, TOWN, linked(BEARS, "located-at", TOWN, start_time="2026-02-01T10:00:00Z")))
    said = {each.value: each for each in look(at, EMMA).world.statements.values()}
    assert (str(said["The Bears"].grade), str(said["Luton"].grade)) == ("B1", "B6")
    (link,) = (each for each in look(at, EMMA).world.statements.values() if each.prop == "location")
    assert link.held.start == "2026-02-01T10:00:00"


def test_a_marking_only_ever_adds_to_the_label_of_the_whole() -> None:
    at = desk()
    content = bundled(BEARS, {**TOWN, "object_marking_refs": [RED]})
    brought(at, content, Profile(UNGRADED, "S", {"TLP:RED": "SEQUIN"}))
    labels = {each.value: each.label for each in look(at, EMMA).world.statements.values()}
    assert (labels["The Bears"], labels["Luton"]) == ("S", "S&SEQUIN")
    seen = look(at, ANN)
    assert {each.value for each in seen.world.statements.values()} == {"The Bears", "Ursa"}
    assert len(seen.world.reports) == 1
    assert all(b"Luton" not in seen.original(each) for each in seen.world.reports)
    assert any(look(at, EMMA).original(each) == content for each in look(at, EMMA).world.reports)


def test_a_bundle_is_taken_in_once() -> None:
    at = desk()
    assert brought(at, bundled(BEARS)) == brought(at, bundled(BEARS))
    again = take_in(at, look(at, EMMA), "partner.json", bundled(BEARS), PROFILE, "POLIZEI")
    assert again.outcome == "held already"


def test_a_label_that_would_hide_a_statement_takes_nothing_in() -> None:
    at = desk()
    content = bundled(BEARS, {**TOWN, "object_marking_refs": [RED]})
    with pytest.raises(RefusedError):
        brought(at, content, Profile(UNGRADED, "S", {"TLP:RED": "AGENTS"}))
    assert look(at, EMMA).world.reports == {}
    with pytest.raises(RefusedError):
        take_in(at, look(at, EMMA, START), "x", bundled(BEARS), PROFILE, "P")


def test_nothing_is_dropped_without_a_word() -> None:
    found = taken(
        read_bundle(
            bundled(
                BEARS,
                TOWN,
                theirs("malware", 3, is_family=False),
                theirs("x-partner-thing", 4, colour="red"),
                {**theirs("identity", 5, name="Gone", identity_class="individual"), "revoked": True},
                theirs("location", 6, latitude="north"),
                linked(BEARS, "lurks-in", TOWN),
                linked(BEARS, "uses", theirs("malware", 3), 10),
                linked(BEARS, "uses", theirs("identity", 77), 11),
                theirs("sighting", 12, sighting_of_ref=BEARS["id"]),
                {**BEARS, "id": BEARS["id"], "goals": ["harm"], "modified": "2026-02-01T00:00:00.000Z"},
                7,
            )
        ),
        UNGRADED,
    )
    words = "\n".join(found.told)
    for each in (
        '"malware"',
        '"x-partner-thing"',
        "revoked",
        "latitude",
        '"lurks-in" is read as "associate of"',
        "becomes no record here",
        "is not in the bundle",
        "say no place",
        "the latest version is taken",
        '"goals"',
        "is no object",
    ):
        assert each in words, each


def test_circles_of_references_are_harmless() -> None:
    round_again = [
        linked(BEARS, "related-to", TOWN),
        linked(TOWN, "related-to", BEARS, 10),
        theirs("report", 20, name="A", published="2026-01-01T00:00:00Z", object_refs=[theirs("report", 21)["id"]]),
        theirs("report", 21, name="B", published="2026-01-01T00:00:00Z", object_refs=[theirs("report", 20)["id"]]),
        theirs("note", 22, content="of itself", object_refs=[theirs("note", 22)["id"], BEARS["id"]]),
    ]
    found = taken(read_bundle(bundled(BEARS, TOWN, *round_again)), UNGRADED)
    assert len([each for each in found.said if each.prop == "associate"]) == 2
    assert found.reports == ("A, 2026-01-01", "B, 2026-01-01")
    assert [each.value for each in found.said if each.prop == "notes"] == ["of itself"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "no JSON"),
        (b"[1]", "something else"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"type": "bundle"}', 'no "objects"'),
        (b'{"type": "indicator"}', "no STIX bundle"),
        (b"[" * 100_000, "nests too deep"),
        (b'{"type": "bundle", "objects": [NaN]}', "NaN is no number"),
        (b" " * (32 * 2**20 + 1), "more than 32 MB"),
        (bundled(*[7] * (MOST_OBJECTS + 1)), "more than the 20,000"),
        (bundled(BEARS, {**BEARS, "name": "Others"}), "stands twice"),
        (bundled(7, "x", None), "nothing in the bundle"),
    ],
)
def test_a_hostile_bundle_is_refused_in_words_and_nothing_is_written(content: bytes, fault: str) -> None:
    at = desk()
    with pytest.raises(ExchangeError, match=fault):
        brought(at, content)
    assert look(at, EMMA).world.reports == {}
    assert look(at, EMMA).world.entries == []


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_NAMES = st.sampled_from(
    [
        "name",
        "aliases",
        "confidence",
        "object_marking_refs",
        "granular_markings",
        "extensions",
        "description",
        "kind",
        "source_ref",
        "target_ref",
        "relationship_type",
        "object_refs",
        "content",
        "latitude",
        "modified",
        "type",
        "id",
    ]
)
_KINDS: list[Callable[[], dict[str, object]]] = [
    lambda: dict(BEARS),
    lambda: dict(TOWN),
    lambda: dict(linked(BEARS, "located-at", TOWN)),
    lambda: theirs("note", 30, content="x", object_refs=[BEARS["id"]]),
    lambda: theirs("user-account", 31, user_id="0770"),
    lambda: json.loads(written(chosen(_MILL), "stix", _MILL.ids, "P"))["objects"][8],
]
_MILL = mill()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_KINDS), st.dictionaries(_NAMES, _JUNK, max_size=3)), max_size=4))
def test_no_junk_does_more_than_be_refused_or_told(drawn: list[tuple[Any, dict[str, object]]]) -> None:
    content = bundled(BEARS, *({**made(), **junk} for made, junk in drawn))
    at = desk()
    try:
        brought(at, content, Profile(Grade(), "S"))
    except LeconfieldError:
        assert look(at, EMMA).world.entries == []
