"""Whatever is asked, and whatever stands in a bundle: an answer, never a fault, and nothing without a key."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from leconfield.gate.bundles import partners
from leconfield.window.partners import misp, taxii
from leconfield.window.partners.access import Opened
from leconfield.window.partners.stored import objects_in, stored_in
from leconfield.window.site.app import application
from tests.gate.bundles.test_partners import KEY
from tests.window.houses import SEAL, house
from tests.window.partners.feeds import HANDLE, crossed, identity, item, partner

PLANTED = "KESTREL-7f3a"
NAMES = ("added_after", "limit", "next", "match[id]", "match[type]", "match[version]", "match[spec_version]", "x")
PATHS = (
    "/taxii2/",
    f"/taxii2/{HANDLE}/collections/answers/objects/",
    f"/taxii2/{HANDLE}/collections/answers/manifest/",
    "/misp/manifest.json",
    "/misp/hashes.csv",
)
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)
ANY = st.text(st.characters(), max_size=20)
"""Half characters too: a signed bundle may hold what cannot be written as UTF-8."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY, inner, max_size=4),
    max_leaves=12,
)
KEYS = (
    *("type", "id", "name", "spec_version", "created", "modified", "user_id", "account_type", "extensions"),
    *("object_marking_refs", "source_ref", "target_ref", "where_sighted_refs", "identity_class", "latitude"),
)
TYPES = ("identity", "relationship", "sighting", "user-account", "note", "opinion", "indicator", "location", "report")
OBJECT = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8) | st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES), "id": ANY}, optional=dict.fromkeys(KEYS[2:], JSON)
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    made = house(tmp_path_factory.mktemp("window"))
    crossed(made.folder / "spool" / "in", partner(KEY), item(KEY, 1, identity(PLANTED)))
    with TestClient(application(made.window), raise_server_exceptions=True) as found:
        yield found


@given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=4), TEXT, TEXT)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_asked_is_answered(
    client: TestClient, path: str, query: dict[str, str], accept: str, said: str
) -> None:
    headers = {"accept": accept.encode(), "authorization": f"Bearer {KEY}".encode()}
    answer = client.get(path, params=query, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code in (200, 400, 404, 406)
    without = client.get(path, params=query, headers={"authorization": said.encode()})  # type: ignore[arg-type]
    assert without.status_code == 401
    assert PLANTED not in without.text


@given(st.lists(OBJECT | JSON, max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_bundle_is_served_or_left_out(objects: list[object]) -> None:
    pair = partners.pair_of(KEY)
    assert pair is not None
    made = partners.item_in(item(KEY, 1, *objects))  # type: ignore[arg-type]
    opened = Opened(made, partners.opened(made, pair, (SEAL.public,)))
    part = taxii.page(stored_in([opened], "answers"), taxii.Wanted())
    assert json.loads(taxii.written(taxii.envelope(part)))
    assert json.loads(taxii.written(misp.event(opened, misp.House("x"))))
    assert misp.hashes([opened], misp.House("x")) is not None


@pytest.mark.parametrize("held", [b"", b"[]", b"null", b'{"objects": 1}', b'{"objects": [1, null]}', b"\xff\xfe"])
def test_a_member_that_is_no_stix_bundle_has_no_objects(held: bytes) -> None:
    assert objects_in(held) == []
