"""Partners' feeds from inside: what was prepared for one, and was sealed, goes into his feed and no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.exchange.state import Receipts
from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import partners as formats
from leconfield.gate.handing import service as handing
from leconfield.gate.release import keys as seals
from leconfield.gate.release import service as releases
from leconfield.gate.release.model import Step
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.outreach import crossing, orders
from leconfield.outreach.partners import rules, service, state
from leconfield.outreach.partners.model import Reader
from leconfield.window.partners import misp, taxii
from leconfield.window.partners.access import admitted, items_for
from leconfield.window.partners.stored import stored_in
from tests.gate.handing.partners import LIAISON, house, sealed, waiting
from tests.ledger.desks import EMMA, look
from tests.outreach.house import another

LIZ = replace(LIAISON, roles=frozenset({"liaison-officer", "officer"}))
LATER = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = house()
    monkeypatch.setattr(Desk, "folder", property(lambda _: tmp_path))
    yield desk
    desk.close()


def registered(at: Desk, name: str = "Polizei") -> tuple[Reader, str]:
    return service.register(at, look(at, LIZ), name=name, collections=["answers", "warnings"], label="S")


def put(at: Desk, partner: Reader) -> EntryId:
    which = waiting(at)
    sealed(at, which)
    service.put(at, look(at, LIZ), partner.handle, which, collection="answers")
    return which


def read(at: Desk, key: str) -> list[object]:
    """What the window serves to that key, once every batch is out."""
    found = orders.orders_of(look(at, LIZ))
    by_kind = {
        kind: {about: each.order for (its, about), each in found.items() if its == kind}
        for kind in (formats.PARTNER, formats.ITEM)
    }
    access = admitted(by_kind[formats.PARTNER], f"Bearer {key}")
    if access is None:
        return ["not let in"]
    return list(items_for(by_kind[formats.ITEM], access, LATER, (seals.of_desk(at).public,)))


def test_the_key_is_shown_once_and_nothing_in_the_ledger_leads_to_it(at: Desk) -> None:
    partner, key = registered(at)
    pair = formats.pair_of(key)
    assert pair is not None
    assert partner.public == formats.public_of(pair)
    view = look(at, LIZ)
    assert not [each for each in view.world.entries if key in str(each.body) or key[4:] in str(each.body)]


def test_the_window_is_not_told_his_name(at: Desk) -> None:
    partner, _ = registered(at)
    issued = orders.newest(look(at, LIZ), formats.PARTNER, partner.handle)
    assert issued is not None
    assert re.fullmatch("[0-9a-f]{16}", partner.handle)
    assert "polizei" not in str(issued.order).casefold()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": " "}, "name is missing"),
        ({"collections": []}, "choose what he reads"),
        ({"collections": ["secrets"]}, "choose what he reads"),
        ({"label": ""}, "who may know"),
    ],
)
def test_a_partner_that_will_not_do_is_refused(at: Desk, more: dict[str, object], words: str) -> None:
    given_ = {"name": "Polizei", "collections": ["answers"], "label": "S", **more}
    with pytest.raises(BadInputError, match=words):
        service.register(at, look(at, LIZ), **given_)  # type: ignore[arg-type]


def test_one_partner_reads_one_feed(at: Desk) -> None:
    registered(at)
    with pytest.raises(RefusedError, match="reads a feed already"):
        registered(at, " polizei ")


@pytest.mark.parametrize(
    "act",
    [
        service.renew,
        lambda at, view, handle: service.revoke(at, view, handle, reason="He lost it."),
    ],
)
def test_whoever_acts_on_what_another_has_changed_meanwhile_is_told_and_the_window_has_what_stands(
    at: Desk, act: Callable[[Desk, View, str], object]
) -> None:
    partner, _ = registered(at)
    early = another(at, LIZ)
    fresh = service.renew(at, look(at, LIZ), partner.handle)
    with pytest.raises(RefusedError, match="meanwhile"):
        act(at, early, partner.handle)
    known = state.found(look(at, LIZ), partner.handle)
    assert (known.revoked, known.key_since > partner.key_since) == ("", True)
    assert read(at, fresh) == []


def test_of_two_who_register_one_partner_at_one_moment_the_second_is_told(at: Desk) -> None:
    early = another(at, LIZ)
    registered(at)
    with pytest.raises(RefusedError, match="meanwhile"):
        service.register(at, early, name=" polizei ", collections=["answers"], label="S")
    assert len(state.partners(look(at, LIZ))) == 1


def test_only_liaison_acts(at: Desk) -> None:
    partner, _ = registered(at)
    for act in (
        lambda: registered_by_emma(at),
        lambda: service.renew(at, look(at, EMMA), partner.handle),
        lambda: service.revoke(at, look(at, EMMA), partner.handle, reason="x"),
    ):
        with pytest.raises(RefusedError, match="role"):
            act()


def registered_by_emma(at: Desk) -> object:
    return service.register(at, look(at, EMMA), name="Other", collections=["answers"], label="S")


def test_a_sealed_file_goes_into_his_feed_with_a_receipt_and_he_reads_it_whole(at: Desk) -> None:
    partner, key = registered(at)
    which = put(at, partner)
    (item,) = read(at, key)
    file = handing.hand_over(at, look(at, LIZ), which)
    assert item.stix == file  # type: ignore[attr-defined]
    assert [each.recipient for each in look(at, EMMA).derived(Receipts).in_order] == ["Polizei"]
    stored = stored_in([item], "answers")  # type: ignore[list-item]
    assert taxii.page(stored, taxii.Wanted(limit=1_000)).chosen == stored
    event = misp.event(item, misp.House("The Harbour Service"))["Event"]  # type: ignore[arg-type]
    assert isinstance(event, dict)
    assert event["Attribute"]
    with pytest.raises(RefusedError, match="in his feed already"):
        service.put(at, look(at, LIZ), partner.handle, which, collection="answers")


def test_nothing_that_is_not_sealed_gets_in(at: Desk) -> None:
    partner, key = registered(at)
    which = waiting(at)
    with pytest.raises(RefusedError, match="nothing leaves that is not sealed"):
        service.put(at, look(at, LIZ), partner.handle, which, collection="answers")
    assert read(at, key) == []


@pytest.mark.parametrize(
    ("name", "collection", "form", "words"),
    [
        ("Gendarmerie", "answers", "stix", "somebody else"),
        ("Polizei", "background", "stix", "he reads answers, warnings"),
        ("Polizei", "answers", "ftm", "a feed takes STIX"),
    ],
)
def test_what_was_prepared_otherwise_does_not_get_in(
    at: Desk, name: str, collection: str, form: str, words: str
) -> None:
    partner, _ = registered(at, name)
    which = waiting(at, form=form)
    sealed(at, which)
    with pytest.raises(RefusedError, match=words):
        service.put(at, look(at, LIZ), partner.handle, which, collection=collection)


def test_nothing_of_an_item_can_be_read_on_the_way_and_no_plain_bundle_crosses(at: Desk, tmp_path: Path) -> None:
    partner, key = registered(at)
    which = put(at, partner)
    file = handing.hand_over(at, look(at, LIZ), which)
    names = set(re.findall(rb'"name": ?"([^"]{6,})"', file))
    assert names
    publisher = replace(LIZ, roles=LIZ.roles | {"release-officer"})
    crossing.export(at, look(at, publisher), tmp_path / "spool")
    files = [each.read_bytes() for each in (tmp_path / "spool").iterdir()]
    assert files
    assert not list((tmp_path / "spool").glob("*.bundle"))
    assert not [name for name in names for each in files if name in each or key.encode() in each]


def test_a_key_that_was_renewed_opens_nothing_and_the_new_one_everything(at: Desk) -> None:
    partner, key = registered(at)
    put(at, partner)
    fresh = service.renew(at, look(at, LIZ), partner.handle)
    assert read(at, key) == ["not let in"]
    assert len(read(at, fresh)) == 1


def test_a_key_that_was_revoked_opens_nothing_until_he_has_another(at: Desk) -> None:
    partner, key = registered(at)
    put(at, partner)
    service.revoke(at, look(at, LIZ), partner.handle, reason="He lost it.")
    assert read(at, key) == ["not let in"]
    with pytest.raises(RefusedError, match="revoked already"):
        service.revoke(at, look(at, LIZ), partner.handle, reason="Again.")
    later = waiting(at)
    with pytest.raises(RefusedError, match="key is revoked"):
        service.put(at, look(at, LIZ), partner.handle, later, collection="answers")
    assert len(read(at, service.renew(at, look(at, LIZ), partner.handle))) == 1


def test_an_item_that_was_taken_back_is_gone_from_the_window(at: Desk) -> None:
    partner, key = registered(at)
    put(at, partner)
    (item,) = state.found(look(at, LIZ), partner.handle).items
    service.take_back(at, look(at, LIZ), partner.handle, item, reason="It was wrong.")
    assert read(at, key) == []
    with pytest.raises(RefusedError, match="not in his feed"):
        service.take_back(at, look(at, LIZ), partner.handle, item, reason="Again.")
    issued = orders.newest(look(at, LIZ), formats.ITEM, item)
    assert issued is not None
    assert formats.item_in(issued.order).sealed == b""


def test_an_item_whose_release_is_withdrawn_is_taken_back_when_the_key_is_renewed(at: Desk) -> None:
    partner, _ = registered(at)
    which = put(at, partner)
    releases.take(at, look(at, LIZ), which, Step.WITHDRAW, reason="It was wrong.")
    assert read(at, service.renew(at, look(at, LIZ), partner.handle)) == []


def test_the_state_is_the_same_however_it_was_reached(at: Desk) -> None:
    partner, _ = registered(at)
    put(at, partner)
    service.revoke(at, look(at, LIZ), partner.handle, reason="He lost it.")
    view = look(at, LIZ)
    assert view.derived(state.Partners).by_handle == state.Partners.of(view.world).by_handle


@settings(deadline=None)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_batch_is_at_the_same_hour_and_far_enough_ahead_to_cross(moment: datetime) -> None:
    batch = datetime.fromisoformat(rules.batch_after(moment))
    assert (batch.hour, batch.minute, batch.second) == (rules.BATCH_HOUR, 0, 0)
    assert rules.AHEAD <= batch - moment <= rules.AHEAD * 3


def test_names_are_compared_as_the_ids_of_hand_overs_are() -> None:
    assert rules.same_name("Polizei  Bern", " polizei bern")
    assert not rules.same_name("Polizei Bern", "Polizei")
