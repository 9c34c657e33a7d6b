"""Tests of `leconfield.gate.release.sealing`: nothing else makes a `Sealed`, and nothing is signed without one."""

from __future__ import annotations

import ast
import copy
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

import leconfield
from leconfield.errors import BadInputError, DamagedError, NotFoundError, RefusedError
from leconfield.gate.release import keys, sealing, service
from leconfield.gate.release.model import Colour, Copy, State, Step
from leconfield.gate.release.sealing import Sealed, sealed
from leconfield.gate.release.state import found
from tests.gate.release.rooms import MARKED, OFFICER, POST, SEAL, STRANGER, Gate, approved, house, now, out

PACKAGE = Path(leconfield.__file__).parent


def test_no_other_way_makes_copies_or_changes_one() -> None:
    desk, _ = house()
    given = sealed(desk, now(desk, OFFICER), out(desk))
    for attempt in (
        Sealed,
        lambda: copy.copy(given),
        lambda: copy.deepcopy(given),
        lambda: pickle.dumps(given),
        lambda: setattr(given, "content", given.content),
        lambda: delattr(given, "content"),
        lambda: type("Mine", (Sealed,), {}),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_nothing_in_the_product_makes_one_or_signs_but_sealing() -> None:
    makers, signers = set(), set()
    for file in PACKAGE.rglob("*.py"):
        source = file.read_text("utf-8")
        if "Sealed" not in source and "write(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call):
                continue
            words = ast.unparse(node)
            if words.startswith("object.__new__(Sealed"):
                makers.add(file.name)
            if words.startswith("write(") and "signers" in words:
                signers.add(file.name)
    assert makers == {"sealing.py"}
    assert signers == {"sealing.py"}


def test_what_is_not_sealed_gives_none() -> None:
    desk, _ = house()
    which = approved(desk)
    with pytest.raises(RefusedError, match="not sealed"):
        sealed(desk, now(desk, OFFICER), which)
    with pytest.raises(NotFoundError):
        sealed(desk, now(desk, STRANGER), which)
    with pytest.raises(RefusedError, match="past"):
        service.seal(desk, desk.view(OFFICER, desk.clock(), asking=now(desk, OFFICER).question), which, Gate())
    with pytest.raises(RefusedError, match="only what was sealed"):
        sealing.withdrawal(desk, now(desk, OFFICER), which, [SEAL])


def test_what_the_table_made_sure_of_is_asked_again() -> None:
    desk, _ = house()
    good = found(now(desk, OFFICER), out(desk))
    assert sealing.why_not(good) == ""
    assert good.verdict is not None
    for bad in (
        replace(good, state=State.APPROVED),
        replace(good, verdict=None),
        replace(good, verdict=replace(good.verdict, colour=Colour.RED)),
        replace(good, verdict=replace(good.verdict, content="0" * 64)),
        replace(good, approvals=good.approvals[:1]),
        replace(good, approvals=(good.approvals[0], good.approvals[0])),
        replace(good, approvals=tuple(replace(each, content="0" * 64) for each in good.approvals)),
        replace(good, approvals=tuple(replace(each, verdict="0" * 64) for each in good.approvals)),
        replace(good, authors=frozenset({"ben"})),
    ):
        assert sealing.why_not(bad)


def test_other_files_than_those_approved_are_not_signed() -> None:
    desk, _ = house()
    given = sealed(desk, now(desk, OFFICER), out(desk))
    with pytest.raises(BadInputError, match="not those of the content"):
        sealing.bundle(given, {"text.txt": b"Something else."}, [SEAL])


def test_a_copy_that_was_not_made_of_what_was_approved_is_not_signed() -> None:
    desk, _ = house()
    given = sealed(desk, now(desk, OFFICER), out(desk, MARKED))
    files = {"text.txt": MARKED["text.txt"][1]}
    with pytest.raises(DamagedError, match="not one of what was approved"):
        sealing.copy_of(given, files, Copy("Bern", (0, 0, 0), "0" * 64, "", given.content.digest), [SEAL])
    for choices in ((0, 0), (0, 0, 2)):
        with pytest.raises(BadInputError, match="do not fit"):
            sealing.copy_of(given, files, Copy("Bern", choices, "", "", ""), [SEAL])


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    made = keys.made(tmp_path / "keys")
    assert keys.load(tmp_path / "keys").public == made.public
    assert (tmp_path / "keys" / keys.SECRET).stat().st_mode & 0o077 == 0
    assert (tmp_path / "keys" / keys.PUBLIC).read_bytes() == made.public.pem
    with pytest.raises(BadInputError, match="already"):
        keys.made(tmp_path / "keys")
    with pytest.raises(BadInputError, match="no key here"):
        keys.load(tmp_path)
    assert "PRIVATE" not in repr(made)


def test_only_a_reason_is_not_enough_for_other_steps() -> None:
    desk, _ = house()
    which = out(desk, POST)
    for step in (Step.SEAL, Step.APPROVE, Step.EDIT, Step.COPY):
        with pytest.raises(BadInputError, match="more than a reason"):
            service.take(desk, now(desk, OFFICER), which, step, reason="Please.")
    for reason in (" ", "x" * 9000):
        with pytest.raises(BadInputError, match="reason"):
            service.take(desk, now(desk, OFFICER), which, Step.WITHDRAW, reason=reason)
