"""Orders that stand: damage loses none that comes later, lets no older one in again, and stops what a stop was for."""

from __future__ import annotations

from pathlib import Path

import pytest

from leconfield.gate.bundles import orders as order_files
from leconfield.gate.bundles import taking
from leconfield.gate.bundles.deliveries import ALL, STOP, stop_body, stop_in
from leconfield.gate.bundles.orders import Order
from leconfield.window import orders, shelf, writing
from leconfield.window.shelf import AGAIN, Shelf
from leconfield.window.spool import Spool
from leconfield.window.told import Shown
from tests.window.houses import SEAL, House, house


@pytest.fixture
def place(tmp_path: Path) -> House:
    return house(tmp_path)


def shown(place: House) -> Shown:
    return place.window.shelf.shown(place.clock())


def anew(place: House) -> Shown:
    """What the same program shows after it was started again."""
    return Shelf(place.folder / "shelf", Spool(place.folder / "spool"), (SEAL.public,)).shown(place.clock())


def stopped(place: House) -> tuple[bool, bool]:
    """Whether everything is stopped: as it runs, and started again."""
    return stop_in(shown(place).order(STOP, ALL)), stop_in(anew(place).order(STOP, ALL))


def switch(place: House, *, on: bool, serial: int = -1) -> None:
    place.order(STOP, ALL, stop_body(on=on), serial)


def kept(place: House, kind: str, about: str) -> Path:
    return place.folder / "shelf" / "orders" / kind / f"{about}.order"


def torn(place: House, serial: int) -> None:
    """A stop comes in, and half of it is missing."""
    whole = order_files.write(Order(STOP, ALL, serial, stop_body(on=True)), SEAL)
    (place.folder / "spool" / "in" / f"stop.all.{serial}.order").write_bytes(whole[: len(whole) // 2])


def number(found: Shown) -> object:
    order = found.order("round", "r1")
    return None if order is None else order.body["n"]


def refuses(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """This machine gives no file of that name."""

    def loaded(file: Path) -> bytes:
        if file.name == name:
            raise PermissionError(13, "Permission denied", str(file))
        return taking.loaded(file)

    for module in (orders, shelf):
        monkeypatch.setattr(module, "loaded", loaded)


@pytest.mark.parametrize("on", [True, False])
def test_a_kept_stop_that_was_damaged_stops_until_a_newer_one_comes(place: House, on: bool) -> None:
    switch(place, on=on)
    assert stopped(place) == (on, on)
    file = kept(place, STOP, ALL)
    file.write_bytes(file.read_bytes()[:40])
    assert stop_in(anew(place).order(STOP, ALL))
    assert stop_in(anew(place).order(STOP, ALL))
    switch(place, on=False)
    assert stopped(place) == (False, False)


def test_a_kept_stop_that_is_gone_stops(place: House) -> None:
    switch(place, on=False)
    assert stopped(place) == (False, False)
    kept(place, STOP, ALL).unlink()
    assert stop_in(anew(place).order(STOP, ALL))


def test_a_kept_stop_under_which_another_order_was_put_stops(place: House) -> None:
    switch(place, on=True)
    shown(place)
    kept(place, STOP, ALL).write_bytes(order_files.write(Order("round", ALL, 9, {"on": 0}), SEAL))
    assert stop_in(anew(place).order(STOP, ALL))


def test_a_stop_that_comes_torn_stops_until_a_newer_one_comes(place: House) -> None:
    switch(place, on=False, serial=4)
    assert stopped(place) == (False, False)
    torn(place, 5)
    assert stopped(place) == (True, True)
    assert "stop.all.5.order" in place.refused()
    switch(place, on=False, serial=4)
    assert stopped(place) == (True, True)
    switch(place, on=False, serial=5)
    assert stopped(place) == (False, False)


def test_a_torn_stop_stops_though_there_never_was_one(place: House) -> None:
    torn(place, 1)
    assert stopped(place) == (True, True)
    torn(place, 1)
    assert stopped(place) == (True, True)
    switch(place, on=False, serial=1)
    assert stopped(place) == (False, False)


def test_a_stop_that_cannot_be_opened_stops_for_as_long_as_it_lies_there(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(place, on=False)
    shown(place)
    with monkeypatch.context() as patched:
        refuses(patched, "stop-all-2.order")
        switch(place, on=True)
        assert stopped(place) == (True, True)
    place.clock.at += AGAIN
    assert stopped(place) == (True, True)
    switch(place, on=False)
    assert stopped(place) == (False, False)


def test_a_stop_for_which_there_is_no_room_stops(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(place, on=False)
    assert stopped(place) == (False, False)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "put", full)
    torn(place, 2)
    assert stopped(place) == (True, True)


def test_an_order_takes_the_place_of_a_damaged_one(place: House) -> None:
    place.order("round", "r1", {"n": 1}, serial=1)
    shown(place)
    kept(place, "round", "r1").write_bytes(b"torn")
    place.order("round", "r1", {"n": 2}, serial=2)
    assert number(shown(place)) == number(anew(place)) == 2
    assert list(place.refused()) == ["r1.order"]


def test_where_an_order_was_damaged_an_older_one_is_not_taken_and_the_same_is(place: House) -> None:
    place.order("round", "r1", {"n": 5}, serial=5)
    shown(place)
    kept(place, "round", "r1").write_bytes(b"torn")
    assert number(anew(place)) is None
    place.order("round", "r1", {"n": 4}, serial=4)
    assert number(anew(place)) is None
    place.order("round", "r1", {"n": 5}, serial=5)
    assert number(anew(place)) == 5


def test_what_this_machine_will_not_give_holds_up_nothing_else_and_is_tried_again(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        refuses(patched, "round-r1-1.order")
        place.order("round", "r1", {"n": 1})
        place.order("zone", "z", {"n": 1})
        assert number(shown(place)) is None
        assert shown(place).order("zone", "z") is not None
        assert "Permission denied" in place.refused()["round-r1-1.order"]
    place.clock.at += AGAIN
    assert number(shown(place)) == 1
    assert place.refused() == {}


def test_a_kept_order_that_this_machine_will_not_give_stands_as_it_was_known(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.order("round", "r1", {"n": 1})
    shown(place)
    with monkeypatch.context() as patched:
        refuses(patched, "r1.order")
        place.order("zone", "z", {"n": 1})
        assert number(shown(place)) == 1
        assert kept(place, "round", "r1").exists()
    place.clock.at += AGAIN
    assert number(shown(place)) == 1


def test_what_is_cut_short_between_count_and_order_is_taken_at_the_next_look(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(place, on=False)
    shown(place)
    put = writing.put

    def crashes(target: Path, held: bytes, day: str) -> None:
        if target.name == "all.order":
            raise KeyboardInterrupt
        put(target, held, day)

    switch(place, on=True)
    switch(place, on=False)
    with monkeypatch.context() as patched:
        patched.setattr(writing, "put", crashes)
        with pytest.raises(KeyboardInterrupt):
            shown(place)
    assert stopped(place) == (False, False)
    assert list(place.window.shelf.spool.in_.iterdir()) == []
