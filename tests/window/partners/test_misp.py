"""The same items as MISP reads them: its fields, its types and categories, its hashes."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from leconfield.window.partners import misp
from leconfield.window.partners.access import Opened
from tests.gate.bundles.test_partners import KEY
from tests.window.partners.feeds import Object, account, identity, item
from tests.window.partners.test_taxii import opened

HOUSE = misp.House("The Harbour Service")
HEAD = {"info", "date", "analysis", "threat_level_id", "timestamp", "Orgc", "Tag"}
"""What MISP's manifest says of each event (MISP core format, section "manifest")."""
ATTRIBUTE = {"uuid", "type", "category", "value", "comment", "to_ids", "timestamp", "distribution", "Tag"}
EXTENSION = "extension-definition--5f0f2c1a-4a3b-4d0e-9a57-7c2b8f0d6e11"


def told(*objects: Object) -> list[dict[str, object]]:
    from leconfield.gate.bundles import partners
    from tests.window.partners.feeds import SEAL

    pair = partners.pair_of(KEY)
    assert pair is not None
    made = partners.item_in(item(KEY, 1, *objects))
    event = misp.event(Opened(made, partners.opened(made, pair, (SEAL.public,))), HOUSE)["Event"]
    assert isinstance(event, dict)
    return list(event["Attribute"])


def test_the_manifest_names_each_event_with_what_misp_wants() -> None:
    found = misp.manifest(opened(), HOUSE)
    assert len(found) == 3
    for which, head in found.items():
        assert UUID(which)
        assert isinstance(head, dict)
        assert set(head) == HEAD
        assert head["Orgc"]["name"] == "The Harbour Service"
        assert str(head["timestamp"]).isdigit()


def test_an_event_has_an_attribute_for_each_object_that_says_something() -> None:
    for each in opened():
        event = misp.event(each, HOUSE)["Event"]
        assert isinstance(event, dict)
        assert event["uuid"] == misp.event_id(each)
        assert event["Attribute"]
        for one in event["Attribute"]:
            assert set(one) >= ATTRIBUTE
            assert UUID(one["uuid"])
            assert one["to_ids"] is False


def test_types_are_misp_s_own() -> None:
    anna, otto = identity("Anna Berg"), identity("Otto Wolf")
    link: Object = {
        "type": "relationship",
        "id": "relationship--1",
        "relationship_type": "associate-of",
        "source_ref": anna["id"],
        "target_ref": otto["id"],
    }
    place: Object = {"type": "location", "id": "location--1", "name": "The quay", "latitude": 53.7, "longitude": -0.3}
    found = [(each["type"], each["category"], each["value"]) for each in told(anna, otto, account("+44"), link, place)]
    assert found == [
        ("full-name", "Person", "Anna Berg"),
        ("full-name", "Person", "Otto Wolf"),
        ("phone-number", "Person", "+44"),
        ("text", "Other", "Anna Berg – associate-of – Otto Wolf"),
        ("text", "Other", "The quay"),
    ]
    assert told(place)[0]["comment"] == "53.7, -0.3"


def test_grades_become_tags_of_the_admiralty_scale() -> None:
    graded = identity("Anna Berg", extensions={EXTENSION: {"statements": [{"grade": "B2"}, {"grade": "??"}]}})
    tags = told(graded)[0]["Tag"]
    assert isinstance(tags, list)
    assert [each["name"] for each in tags] == [
        'admiralty-scale:information-credibility="2"',
        'admiralty-scale:source-reliability="b"',
    ]


def test_hashes_are_those_of_the_values() -> None:
    lines = misp.hashes(opened(), HOUSE).decode().splitlines()
    digest = hashlib.md5(b"Anna Berg", usedforsecurity=False).hexdigest()
    assert any(each.startswith(f"{digest},") for each in lines)
    assert len(lines) == len(set(lines))


def test_the_same_items_make_the_same_bytes() -> None:
    one, again = ([misp.event(each, HOUSE) for each in opened()] for _ in range(2))
    assert json.dumps(one) == json.dumps(again)
