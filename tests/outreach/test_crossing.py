"""Tests of `leconfield.outreach.crossing`: one way each, idempotent, and nothing torn or forged gets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import orders as signed
from leconfield.gate.bundles import verify
from leconfield.gate.bundles.boxes import Box, seal
from leconfield.gate.release import keys, service
from leconfield.gate.release.model import Step
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.outreach.crossing import REFUSED, TAKEN, export, import_
from leconfield.outreach.orders import issue
from leconfield.outreach.taking import Taking
from tests.gate.release.rooms import MARKED
from tests.ledger.desks import KEYS, Ticking, look
from tests.outreach.house import EDITOR, JUNIOR, PLAIN, SENDER, kept, lies, published


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with kept(tmp_path / "desk") as made:
        yield made


def noted(taking: Taking, box: Box) -> None:
    """A handler that keeps the words of a box."""
    if box.fields.get("words") == "nonsense":
        raise BadInputError("it says nothing")
    draft = Draft("noted", taking.label, body={"words": box.fields["words"]}, key=(box.id,))
    taking.desk.append(taking.view.reader, [draft])


HANDLERS = {"tip": noted, "question": noted}


def box(words: str, kind: str = "tip") -> Box:
    return Box(kind, "2026-03-02", {"words": words})


def notes(desk: Desk) -> list[str]:
    return [each.body["words"] for each in look(desk, EDITOR).entries() if each.kind == "noted"]


def test_what_is_published_for_everybody_goes_out_sealed(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    published(desk)
    published(desk, embargo="2026-12-01T09:00:00Z", publish=False)
    published(desk, publish=False)
    published(desk, audience="partner")
    done = export(desk, look(desk, SENDER), out)
    assert done.files == done.written == len(list(out.iterdir()))
    assert len(list(out.glob("*.bundle"))) == 2
    public = keys.of_desk(desk).public
    embargoes = {verify(each.read_bytes(), [public]).manifest.content.embargo for each in out.glob("*.bundle")}
    assert embargoes == {"", "2026-12-01T09:00:00Z"}


def test_exporting_again_writes_nothing_and_appends_nothing(desk: Desk, tmp_path: Path) -> None:
    published(desk)
    issue(desk, look(desk, EDITOR), "stop", "all", {"on": 0}, "O")
    export(desk, look(desk, SENDER), tmp_path / "out")
    before = {each: each.read_bytes() for each in (tmp_path / "out").iterdir()}
    entries = len(look(desk, EDITOR).entries())
    assert export(desk, look(desk, SENDER), tmp_path / "out").written == 0
    assert {each: each.read_bytes() for each in (tmp_path / "out").iterdir()} == before
    assert len(look(desk, EDITOR).entries()) == entries
    next(iter(before)).unlink()
    assert export(desk, look(desk, SENDER), tmp_path / "out").written == 1
    assert {each: each.read_bytes() for each in (tmp_path / "out").iterdir()} == before


def test_an_order_crosses_signed(desk: Desk, tmp_path: Path) -> None:
    for on in (1, 0):
        issue(desk, look(desk, EDITOR), "stop", "all", {"on": on}, "O")
    export(desk, look(desk, SENDER), tmp_path)
    (file,) = tmp_path.glob("stop.*.order")
    told = signed.read(file.read_bytes(), [keys.of_desk(desk).public])
    assert (told.kind, told.about, told.serial, told.body) == ("stop", "all", 2, {"on": 0})


def test_a_withdrawal_crosses_as_one(desk: Desk, tmp_path: Path) -> None:
    which = published(desk)
    service.take(desk, look(desk, EDITOR), which, Step.WITHDRAW, reason="Wrong.")
    export(desk, look(desk, SENDER), tmp_path / "out")
    (file,) = (tmp_path / "out").glob("*.bundle")
    assert verify(file.read_bytes(), [keys.of_desk(desk).public]).manifest.withdraws


def test_a_text_with_alternatives_is_held_back_with_a_word(desk: Desk, tmp_path: Path) -> None:
    published(desk, MARKED, title="The van")
    done = export(desk, look(desk, SENDER), tmp_path / "out")
    assert list((tmp_path / "out").glob("*.bundle")) == []
    assert [title for title, _ in done.held_back] == ["The van"]


def test_what_crosses_is_what_the_reader_sees(desk: Desk, tmp_path: Path) -> None:
    published(desk)
    assert export(desk, look(desk, JUNIOR), tmp_path / "out").files == 0


def test_only_whose_task_it_is_lets_files_cross(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="role"):
        export(desk, look(desk, PLAIN), tmp_path)
    with pytest.raises(RefusedError, match="role"):
        import_(desk, look(desk, PLAIN), tmp_path, tmp_path)


def test_a_desk_in_no_folder_has_no_keys(tmp_path: Path) -> None:
    desk = Desk.in_memory(KEYS, Ticking())
    with pytest.raises(RefusedError, match="no folder"):
        export(desk, look(desk, SENDER), tmp_path)


def test_boxes_are_taken_in_once_and_removed(desk: Desk, tmp_path: Path) -> None:
    spool, aside = tmp_path / "in", tmp_path / "aside"
    first = box("a van at night")
    lies(desk, spool, first)
    lies(desk, spool, box("why is it called SEQUIN?", "question"))
    done = import_(desk, look(desk, EDITOR), spool, aside, handlers=HANDLERS)
    assert (done.taken, done.again, done.aside) == (2, 0, ())
    assert sorted(notes(desk)) == ["a van at night", "why is it called SEQUIN?"]
    assert list(spool.iterdir()) == []
    lies(desk, spool, first)
    assert import_(desk, look(desk, EDITOR), spool, aside, handlers=HANDLERS).again == 1
    assert len(notes(desk)) == 2
    assert not aside.exists()


def test_what_comes_of_a_box_stands_under_the_label_of_its_kind(desk: Desk, tmp_path: Path) -> None:
    lies(desk, tmp_path / "in", box("a van at night"))
    import_(desk, look(desk, EDITOR), tmp_path / "in", tmp_path / "aside", handlers=HANDLERS)
    labels = {each.label for each in look(desk, EDITOR).entries() if each.kind in ("noted", TAKEN)}
    assert labels == {"S&INTAKE"}


def test_whoever_does_not_hold_a_label_leaves_its_boxes_lying(desk: Desk, tmp_path: Path) -> None:
    lies(desk, tmp_path / "in", box("a van at night"))
    lies(desk, tmp_path / "in", box("why?", "question"))
    done = import_(desk, look(desk, JUNIOR), tmp_path / "in", tmp_path / "aside", handlers=HANDLERS)
    assert (done.taken, len(done.left)) == (1, 1)
    assert len(list((tmp_path / "in").iterdir())) == 1


def test_torn_forged_and_unknown_boxes_are_put_aside_with_a_line_why(desk: Desk, tmp_path: Path) -> None:
    spool, aside = tmp_path / "in", tmp_path / "aside"
    torn = lies(desk, spool, box("torn"))
    torn.write_bytes(torn.read_bytes()[:-1])
    altered = lies(desk, spool, box("altered"))
    held = altered.read_bytes()
    altered.write_bytes(held[:-5] + bytes([held[-5] ^ 1]) + held[-4:])
    (spool / "theirs.box").write_bytes(seal(box("not for us"), [X25519PrivateKey.generate().public_key()]))
    (spool / "nothing.box").write_bytes(b"hello")
    (spool / "linked.box").symlink_to(tmp_path / "desk" / "seal" / "box.key")
    lies(desk, spool, box("what?", "riddle"))
    lies(desk, spool, box("nonsense"))
    lies(desk, spool, box("sound"))
    done = import_(desk, look(desk, EDITOR), spool, aside, handlers=HANDLERS)
    assert done.taken == 1
    assert notes(desk) == ["sound"]
    assert sorted(each.name for each in spool.iterdir()) == []
    assert {each.name for each in aside.iterdir() if each.suffix != ".why"} == {name for name, _ in done.aside}
    assert len(done.aside) == 7
    assert all((aside / f"{name}.why").read_text("utf-8") == f"{why}\n" for name, why in done.aside)
    assert sum(each.kind == REFUSED for each in look(desk, EDITOR).entries()) == 7
    assert (tmp_path / "desk" / "seal" / "box.key").is_file()


def test_stopped_before_it_is_noted_a_box_comes_again_and_nothing_happens_twice(desk: Desk, tmp_path: Path) -> None:
    def killed(taking: Taking, one: Box) -> None:
        noted(taking, one)
        raise KeyboardInterrupt

    lies(desk, tmp_path / "in", box("a van at night"))
    with pytest.raises(KeyboardInterrupt):
        import_(desk, look(desk, EDITOR), tmp_path / "in", tmp_path / "aside", handlers={"tip": killed})
    done = import_(desk, look(desk, EDITOR), tmp_path / "in", tmp_path / "aside", handlers=HANDLERS)
    assert (done.taken, notes(desk)) == (1, ["a van at night"])


def test_progress_is_told_box_by_box(desk: Desk, tmp_path: Path) -> None:
    for number in range(3):
        lies(desk, tmp_path / "in", replace(box(f"{number}")))
    told: list[tuple[int, int]] = []
    import_(
        desk, look(desk, EDITOR), tmp_path / "in", tmp_path, handlers=HANDLERS, progress=lambda *at: told.append(at)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
