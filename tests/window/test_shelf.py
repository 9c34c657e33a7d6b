"""The shelf: what comes in is verified and kept, once; nothing shows before its instant, nothing withdrawn at all."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles import SecretKey, content, orders, write
from leconfield.gate.bundles.content import WITHDRAWAL
from leconfield.gate.bundles.deliveries import ALL, STOP, stop_in
from leconfield.gate.bundles.orders import Order
from leconfield.window.shelf import AGAIN, Shelf
from leconfield.window.spool import Spool
from tests.window.houses import SEAL, TODAY, House, house, put_order, put_release

STRANGER = SecretKey.from_seed(bytes(32))


@pytest.fixture
def place(tmp_path: Path) -> House:
    return house(tmp_path)


def _shown(place: House) -> list[str]:
    return [each.release for each in place.window.shelf.shown(place.clock()).releases_]


def test_a_release_that_comes_in_is_shown_and_its_file_leaves_the_spool(place: House) -> None:
    release = place.release("post", "Hello.")
    assert _shown(place) == [release]
    assert list(place.window.shelf.spool.in_.iterdir()) == []


def test_the_same_release_again_changes_nothing(place: House) -> None:
    place.release("post", "Hello.")
    before = place.window.shelf.shown(place.clock())
    place.release("post", "Hello.")
    after = place.window.shelf.shown(place.clock())
    assert after.key == before.key
    assert place.refused() == {}


def test_a_file_that_is_torn_forged_or_something_else_is_put_aside_with_a_reason(place: House) -> None:
    spool = place.window.shelf.spool.in_
    whole = write("1" * 32, content("post", "public", {"text.txt": ("text/plain", b"x")}), {"text.txt": b"x"}, [SEAL])
    (spool / "torn.bundle").write_bytes(whole[:-700])
    (spool / "altered.bundle").write_bytes(whole.replace(b'"post"', b'"note"', 1))
    (spool / "junk.bundle").write_bytes(b"junk")
    foreign = content("post", "public", {"text.txt": ("text/plain", b"y")})
    (spool / "foreign.bundle").write_bytes(write("2" * 32, foreign, {"text.txt": b"y"}, [STRANGER]))
    (spool / "foreign.order").write_bytes(orders.write(Order("stop", "all", 1, {"on": 1}), STRANGER))
    (spool / "torn.order").write_bytes(orders.write(Order("stop", "all", 1, {"on": 1}), SEAL)[:-9])
    assert _shown(place) == []
    assert place.window.shelf.shown(place.clock()).orders("stop") == {}
    refused = place.refused()
    assert set(refused) == {
        "torn.bundle",
        "altered.bundle",
        "junk.bundle",
        "foreign.bundle",
        "foreign.order",
        "torn.order",
    }
    assert "not sealed" in refused["foreign.bundle"] or "trust" in refused["foreign.bundle"]
    assert list(spool.iterdir()) == []


def test_a_picture_without_words_for_those_who_do_not_see_it_is_refused(place: House) -> None:
    place.release("story", "Words.\n\n!pic.jpg  | only a caption\n", files={"pic.jpg": ("image/jpeg", b"\xff\xd8")})
    assert _shown(place) == []
    assert "do not see it" in next(iter(place.refused().values()))


def test_nothing_is_shown_before_its_instant_and_it_is_from_that_instant_on(place: House) -> None:
    release = place.release("post", "Later.", embargo="2026-11-23T13:00:00Z")
    assert _shown(place) == []
    place.clock.at = datetime(2026, 11, 23, 12, 59, 59, tzinfo=UTC)
    assert _shown(place) == []
    place.clock.at = datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert _shown(place) == [release]


def test_a_withdrawal_wins_whichever_comes_first_and_the_bundle_is_removed(place: House) -> None:
    release = place.release("post", "A secret after all.")
    assert _shown(place) == [release]
    place.withdraw(release)
    assert _shown(place) == []
    place.release("post", "A secret after all.")
    assert _shown(place) == []
    assert release in place.window.shelf.shown(place.clock()).withdrawn
    kept = b"".join(each.read_bytes() for each in place.folder.rglob("*") if each.is_file())
    assert b"A secret after all." not in kept


def test_an_older_order_changes_nothing(place: House) -> None:
    place.order("round", "r1", {"opens": "later"}, serial=5)
    place.order("round", "r1", {"opens": "earlier"}, serial=4)
    found = place.window.shelf.shown(place.clock()).order("round", "r1")
    assert found is not None
    assert found.body == {"opens": "later"}
    place.order("round", "r1", {"opens": "now"}, serial=6)
    found = place.window.shelf.shown(place.clock()).order("round", "r1")
    assert found is not None
    assert found.body == {"opens": "now"}


def test_a_release_bears_the_day_that_the_inside_gave_it(place: House) -> None:
    release = place.release("post", "Hello.")
    place.order("release", release, {"day": "2026-11-20"})
    told = place.window.shelf.shown(place.clock()).told(release)
    assert told is not None
    assert told.day == "2026-11-20"


def test_another_process_on_the_same_folder_shows_the_same(place: House) -> None:
    release = place.release("post", "Hello.")
    place.order("round", "r1", {"n": 1})
    first = place.window.shelf.shown(place.clock())
    other = Shelf(place.folder / "shelf", Spool(place.folder / "spool"), place.window.config.seal_keys)
    second = other.shown(place.clock())
    assert [each.release for each in second.releases_] == [release]
    assert second.key == first.key


def test_a_kept_file_that_was_tampered_with_is_not_shown(place: House) -> None:
    place.release("post", "Hello.")
    assert len(_shown(place)) == 1
    kept = next((place.folder / "shelf" / "releases").glob("*.bundle"))
    kept.write_bytes(kept.read_bytes().replace(b"Hello.", b"Jello."))
    fresh = Shelf(place.folder / "shelf", Spool(place.folder / "spool"), place.window.config.seal_keys)
    assert fresh.shown(place.clock()).releases_ == ()
    assert any("Jello" not in why for why in place.refused().values())


def test_what_is_kept_says_the_day_and_no_hour(place: House) -> None:
    place.release("post", "Hello.")
    place.order("round", "r1", {"n": 1})
    place.window.shelf.shown(place.clock())
    for each in (place.folder / "shelf").rglob("*"):
        if each.suffix in (".bundle", ".order"):
            assert each.stat().st_mtime % 86400 == 0


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_whatever_the_order_in_which_files_come_the_same_is_shown(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    acts = [
        lambda at: put_release(at, "post", "One.", title="1"),
        lambda at: put_release(at, "post", "Two.", title="2", embargo="2026-11-24T09:00:00Z"),
        lambda at: put_release(at, "post", "Three.", title="3", release="3" * 32),
        lambda at: _withdrawn(at, "3" * 32),
        lambda at: put_order(at, "round", "r", {"n": 1}, 1),
        lambda at: put_order(at, "round", "r", {"n": 2}, 2),
    ]
    keys = []
    for order in (range(len(acts)), data.draw(st.permutations(range(len(acts))))):
        folder = tmp_path_factory.mktemp("any")
        spool = Spool(folder / "spool")
        spool.make()
        shelf = Shelf(folder / "shelf", spool, (SEAL.public,))
        for each in order:
            acts[each](folder)
            if data.draw(st.booleans()):
                shelf.shown(TODAY)
        keys.append([shelf.shown(TODAY + timedelta(days=days)).key for days in (0, 1)])
    assert keys[0] == keys[1]


def _withdrawn(folder: Path, release: str) -> None:
    packed = write(release, content(WITHDRAWAL, "public", {}), {}, [SEAL])
    (folder / "spool" / "in" / f"{release}-w.bundle").write_bytes(packed)


def test_what_is_cut_short_by_a_crash_is_taken_in_at_the_next_look(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = place.release("post", "Hello.")
    place.order("round", "r1", {"n": 1})
    unlink = Path.unlink

    def crashes(self: Path, missing_ok: bool = False) -> None:
        if self.parent.name == "in":
            raise KeyboardInterrupt
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", crashes)
    with pytest.raises(KeyboardInterrupt):
        place.window.shelf.shown(place.clock())
    monkeypatch.setattr(Path, "unlink", unlink)
    fresh = Shelf(place.folder / "shelf", Spool(place.folder / "spool"), place.window.config.seal_keys)
    assert [each.release for each in fresh.shown(place.clock()).releases_] == [release]
    assert fresh.shown(place.clock()).order("round", "r1") is not None
    assert list((place.folder / "spool" / "in").iterdir()) == []


def test_a_spool_that_is_for_reading_alone_is_read_all_the_same(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    release = place.release("post", "Hello.")
    place.order("round", "r1", {"n": 1})
    (place.window.shelf.spool.in_ / "junk.bundle").write_bytes(b"junk")

    unlink = Path.unlink

    def kept(self: Path, *_: object, **named: bool) -> None:
        if self.parent.name == "in":
            raise OSError(30, "Read-only file system", str(self))
        unlink(self, **named)

    monkeypatch.setattr(Path, "unlink", kept)
    monkeypatch.setattr(shutil, "move", kept)
    assert _shown(place) == [release]
    assert place.window.shelf.shown(place.clock()).order("round", "r1") is not None
    assert "Read-only" in place.refused()["junk.bundle"]


def test_what_is_refused_goes_aside_from_another_device_too(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "rename", apart)
    (place.window.shelf.spool.in_ / "junk.bundle").write_bytes(b"junk")
    assert _shown(place) == []
    assert (place.window.shelf.spool.aside / "junk.bundle").read_bytes() == b"junk"
    assert list(place.window.shelf.spool.in_.iterdir()) == []


def test_a_shelf_that_cannot_be_read_shows_what_it_knew_and_stops_what_is_posted(
    place: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = place.release("post", "Hello.")
    later = place.release("post", "Later.", embargo="2026-11-23T13:00:00Z")
    assert _shown(place) == [release]

    def broken(_: Shelf) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "_alone", broken)
        place.release("post", "New.")
        assert _shown(place) == [release]
        assert stop_in(place.window.shelf.shown(place.clock()).order(STOP, ALL))
        place.clock.at = datetime(2026, 11, 23, 13, tzinfo=UTC)
        assert set(_shown(place)) == {release, later}
    place.clock.at += AGAIN
    assert len(_shown(place)) == 3
    assert not stop_in(place.window.shelf.shown(place.clock()).order(STOP, ALL))


def test_of_a_shelf_that_was_never_read_nothing_is_made_up(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Shelf) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Shelf, "_alone", broken)
    with pytest.raises(OSError, match="Input/output"):
        _shown(place)
