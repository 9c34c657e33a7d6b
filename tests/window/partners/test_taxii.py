"""What is answered to whom asks for what of a collection: filters, versions, pages, as TAXII 2.1 says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.gate.bundles.partners import partner_in
from leconfield.window.partners import taxii
from leconfield.window.partners.access import Opened, admitted, items_for, key_in
from leconfield.window.partners.stored import Stored, stored_in
from leconfield.window.partners.taxii import Wanted, page
from tests.gate.bundles.test_partners import ANOTHER, KEY
from tests.window.partners.feeds import HANDLE, OTHER, SEAL, Object, account, by_about, identity, item, partner

NOON = datetime(2026, 8, 3, 12, tzinfo=UTC)
OLD, NEW = identity("Anna Berg"), identity("Anna Berg", "2026-07-20T00:00:00.000Z")
ORDERS = (
    item(KEY, 1, OLD, account("+4930111")),
    item(KEY, 2, NEW, identity("Otto Wolf"), added="2026-08-02T06:00:00Z"),
    item(KEY, 3, identity("Not yet"), added="2026-08-04T06:00:00Z"),
    item(KEY, 4, identity("A warning"), collection="warnings"),
    item(ANOTHER, 5, identity("Somebody else's"), handle=OTHER),
)
KNOWN = by_about(partner(KEY), partner(ANOTHER, OTHER))


def opened(key: str = KEY) -> list[Opened]:
    access = admitted(KNOWN, f"Bearer {key}")
    assert access is not None
    return items_for(by_about(*ORDERS), access, NOON, (SEAL.public,))


def asked(collection: str = "answers", **query: str) -> taxii.Page:
    named = {
        name.replace("match_", "match[") + "]" if name.startswith("match_") else name: query[name] for name in query
    }
    return page(stored_in(opened(), collection), Wanted.read(named))


def names(part: taxii.Page) -> list[object]:
    return [each.object.get("name", each.object.get("user_id")) for each in part.chosen]


def test_a_partner_gets_what_is_his_in_the_order_in_which_it_was_added() -> None:
    assert set(names(asked())) == {"+4930111", "Anna Berg", "Otto Wolf"}
    assert [each.added[:10] for each in asked().chosen] == ["2026-08-01", "2026-08-02", "2026-08-02"]
    assert names(asked("warnings")) == ["A warning"]


def test_the_last_version_of_an_object_is_served_unless_another_is_asked_for() -> None:
    assert [each.version for each in asked(match_id=str(OLD["id"])).chosen] == ["2026-07-20T00:00:00.000Z"]
    every = asked(match_id=str(OLD["id"]), match_version="all").chosen
    assert [each.version for each in every] == ["2026-07-01T00:00:00.000Z", "2026-07-20T00:00:00.000Z"]
    assert [each.version for each in asked(match_id=str(OLD["id"]), match_version="first").chosen] == [OLD["modified"]]
    assert next(each.version for each in asked(match_version=str(OLD["modified"])).chosen) == OLD["modified"]
    both = asked(match_id=str(OLD["id"]), match_version="first,last").chosen
    assert len(both) == 2


def test_an_object_without_versions_has_that_of_when_it_was_added() -> None:
    (only,) = asked(match_type="user-account").chosen
    assert only.version == only.added == "2026-08-01T06:00:00.000000Z"


def test_filters_leave_in_what_they_say() -> None:
    assert names(asked(added_after="2026-08-01T06:00:00Z")) == names(asked(added_after="2026-08-01T06:00:00.000000Z"))
    assert set(names(asked(added_after="2026-08-01T06:00:00Z"))) == {"Anna Berg", "Otto Wolf"}
    assert names(asked(added_after="2026-08-02T06:00:00Z")) == []
    assert names(asked(match_type="user-account, incident")) == ["+4930111"]
    assert names(asked(match_spec_version="2.0")) == []
    assert len(asked(match_spec_version="2.0,2.1").chosen) == 3


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "١"},
        {"added_after": "yesterday"},
        {"added_after": "2026-08-01"},
        {"added_after": "2026-02-30T00:00:00Z"},
        {"next": "%%%"},
        {"next": "W10"},
        {"match[version]": "newest"},
        {"match[colour]": "red"},
    ],
)
def test_what_cannot_be_read_is_said(query: dict[str, str]) -> None:
    with pytest.raises(BadInputError):
        Wanted.read(query)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 2)), min_size=0, max_size=30, unique=True),
    st.integers(1, 7),
)
def test_pages_put_together_are_the_whole(given_: list[tuple[int, int, int]], limit: int) -> None:
    made = [
        Stored(f"x--{which}", f"v{version}", f"2026-08-0{day + 1}T06:00:00.000000Z", {"id": which})
        for day, which, version in given_
    ]
    stored = sorted(made, key=lambda each: each.place)
    whole = page(stored, Wanted(versions=frozenset({"all"}), limit=1_000)).chosen
    found: list[Stored] = []
    query = {"limit": str(limit), "match[version]": "all"}
    for _ in range(len(stored) + 1):
        part = page(stored, Wanted.read(query))
        found += part.chosen
        if not part.next:
            break
        assert len(part.chosen) == limit
        query["next"] = part.next
    assert tuple(found) == whole == tuple(stored)


def test_a_page_says_when_its_first_and_last_were_added() -> None:
    assert asked().headers == {
        "X-TAXII-Date-Added-First": "2026-08-01T06:00:00.000000Z",
        "X-TAXII-Date-Added-Last": "2026-08-02T06:00:00.000000Z",
    }
    assert asked(added_after="2026-08-02T06:00:00Z").headers == {}


def test_an_answer_without_anything_has_no_list() -> None:
    empty = asked(added_after="2026-08-02T06:00:00Z")
    assert taxii.envelope(empty) == taxii.manifest(empty) == taxii.versions(empty) == {"more": False}


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", True),
        ("*/*", True),
        ("application/taxii+json;version=2.1", True),
        ('application/taxii+json; version="2.1"', True),
        ("application/taxii+json", True),
        ("text/html, application/taxii+json;version=2.1;q=0.5", True),
        ("application/taxii+json;version=2.0", False),
        ("application/vnd.oasis.taxii+json; version=2.0", False),
        ("text/html", False),
    ],
)
def test_only_who_reads_taxii_21_is_answered(header: str, *, takes: bool) -> None:
    assert taxii.acceptable(header) is takes


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (f"Bearer {KEY}", KEY),
        (f"bearer  {KEY} ", KEY),
        ("Basic dXNlcjpwYXNz", "pass"),
        ("Basic dXNlcg==", ""),
        ("Basic %%", ""),
        ("Basic /w==", ""),
        (KEY, ""),
        ("", ""),
        ("Bearer " + "x" * 10_000, "x" * 393),
    ],
)
def test_the_key_is_a_bearer_s_token_or_the_password_of_any_name(header: str, key: str) -> None:
    assert key_in(header) == key


def test_nobody_is_let_in_by_a_key_that_is_unknown_or_revoked() -> None:
    assert admitted(KNOWN, f"Bearer {'lp1-' + 'C' * 43}") is None
    assert admitted(by_about(partner(KEY, revoked=True)), f"Bearer {KEY}") is None
    found = admitted(KNOWN, f"Bearer {KEY}")
    assert found is not None
    assert found.partner == partner_in(partner(KEY))
    assert KEY not in repr(found)
    assert found.partner.handle == HANDLE


def test_another_partner_s_items_change_no_byte() -> None:
    access = admitted(KNOWN, f"Bearer {KEY}")
    assert access is not None
    mine = by_about(*(each for each in ORDERS if each.body["partner"] == HANDLE))
    for orders in (mine, by_about(*ORDERS)):
        found = items_for(orders, access, NOON, (SEAL.public,))
        part = page(stored_in(found, "answers"), Wanted())
        assert taxii.written(taxii.envelope(part)) == taxii.written(taxii.envelope(asked()))


def test_what_was_sealed_to_a_key_that_he_had_before_is_left_out() -> None:
    late: Object = identity("For the old key")
    orders = by_about(*ORDERS, item(ANOTHER, 9, late, handle=HANDLE))
    access = admitted(KNOWN, f"Bearer {KEY}")
    assert access is not None
    assert len(items_for(orders, access, NOON, (SEAL.public,))) == 3
