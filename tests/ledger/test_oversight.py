"""Tests of `leconfield.ledger.oversight`: the inspector sees that it was read, not what; his reads are logged apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.errors import RefusedError
from leconfield.ledger.model import Question
from tests.authority.offices import INSPECTOR
from tests.ledger.desks import EMMA, desk, filed


def test_the_inspector_sees_who_read_when_and_what_kind_and_no_words() -> None:
    at = desk()
    filed(at, EMMA, "Ray Cassell bought a van.")
    at.view(EMMA, asking=Question("trace", "Ray Cassell"))
    at.view(EMMA, asking=Question("trace", "Dawn Prosser"))
    (found,) = at.accesses(INSPECTOR)
    assert (found.actor, found.reads, found.acts) == ("emma", 2, 1)
    assert found.kinds == (("trace", 2), ("filed", 1))
    assert "Cassell" not in str(found)


def test_what_was_counted_before_is_counted_once() -> None:
    at = desk()
    for reads in (1, 2, 3):
        at.view(EMMA, asking=Question("trace", "Ray Cassell"))
        (found,) = at.accesses(INSPECTOR)
        assert (found.reads, found.kinds) == (reads, (("trace", reads),))


def test_what_an_inspector_reads_is_not_in_the_log_that_the_desk_has() -> None:
    at = desk()
    at.view(EMMA, asking=Question("trace", "Ray Cassell"))
    before = len(list(at.leaves()))
    at.view(INSPECTOR, asking=Question("central register of authorities"))
    at.accesses(INSPECTOR)
    assert len(list(at.leaves())) == before
    assert at.verify().faults == ()


@pytest.mark.parametrize("missing", ["roles", "tokens"])
def test_role_and_token_are_both_needed(missing: str) -> None:
    at = desk()
    with pytest.raises(RefusedError, match="for an inspector"):
        at.accesses(replace(INSPECTOR, **{missing: frozenset()}))  # type: ignore[arg-type]
