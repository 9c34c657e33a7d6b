"""Versions and what is in force are acts of named officers, in the view of whoever may know of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leconfield.desk.typologies.catalogue import SHIPPED, Catalogue, shipped
from leconfield.desk.typologies.describing import differences
from leconfield.desk.typologies.service import next_text, put_in_force, write
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from tests.ledger.desks import EMMA, ROB, START, desk, look

LONE = next(each for each in shipped() if each.typology.id == "lone-attacker")
SECOND = next_text(LONE.text, 2).replace("threshold = 2.0", "threshold = 4.5", 1)


def test_a_new_version_stands_beside_the_old_and_is_not_in_force() -> None:
    at = desk()
    typology, version = write(at, look(at, ROB), SECOND, reason="too many", label="S")
    catalogue = look(at, ROB).derived(Catalogue)
    assert [each.typology.version for each in catalogue.versions("lone-attacker")] == [1, 2]
    found = catalogue.version("lone-attacker", version)
    assert (found.by, found.reason, found.label, found.typology) == ("rob", "too many", "S", typology)
    assert catalogue.in_force("lone-attacker") == catalogue.version("lone-attacker", SHIPPED)


def test_a_version_is_put_in_force_and_taken_out_by_a_named_officer() -> None:
    at = desk()
    _, version = write(at, look(at, ROB), SECOND, reason="too many", label="S")
    put_in_force(at, look(at, ROB), "lone-attacker", version, reason="back-tested", label="")
    catalogue = look(at, EMMA).derived(Catalogue)
    assert catalogue.in_force("lone-attacker") == catalogue.version("lone-attacker", version)
    (put,) = catalogue.puttings("lone-attacker")
    assert (put.by, put.reason, put.label) == ("rob", "back-tested", "S")
    put_in_force(at, look(at, EMMA), "lone-attacker", "", reason="it cries wolf", label="S")
    assert look(at, ROB).derived(Catalogue).in_force("lone-attacker") is None
    assert len(look(at, ROB).derived(Catalogue).all_in_force()) == 3


def test_who_may_not_know_of_a_version_has_the_one_he_knows() -> None:
    at = desk()
    _, version = write(at, look(at, ROB), SECOND, reason="too many", label="AGENTS")
    put_in_force(at, look(at, ROB), "lone-attacker", version, reason="back-tested", label="S")
    theirs = look(at, EMMA).derived(Catalogue)
    assert theirs.in_force("lone-attacker") == theirs.versions("lone-attacker")[0]
    assert theirs.puttings("lone-attacker") == ()
    with pytest.raises(NotFoundError):
        theirs.version("lone-attacker", version)


def test_what_was_in_force_on_an_earlier_day_still_is_as_of_that_day() -> None:
    at = desk()
    _, version = write(at, look(at, ROB), SECOND, reason="too many", label="S")
    put_in_force(at, look(at, ROB), "lone-attacker", version, reason="back-tested", label="")
    before = look(at, ROB, START - timedelta(days=1)).derived(Catalogue)
    assert before.in_force("lone-attacker") == before.versions("lone-attacker")[0]


def test_acts_are_refused_with_the_reason() -> None:
    at = desk()
    view = look(at, ROB)
    with pytest.raises(BadInputError, match="stands; write version = 2"):
        write(at, view, LONE.text, reason="again", label="S")
    with pytest.raises(BadInputError, match="your text, line"):
        write(at, view, SECOND.replace("weight = 4.0", "weight = 99", 1), reason="more", label="S")
    with pytest.raises(BadInputError, match="your reason is missing"):
        write(at, view, SECOND, reason=" ", label="S")
    with pytest.raises(RefusedError, match="hide this from you"):
        write(at, view, SECOND, reason="more", label="NAILA")
    with pytest.raises(BadInputError, match="it is so already"):
        put_in_force(at, view, "lone-attacker", SHIPPED, reason="yes", label="S")
    with pytest.raises(NotFoundError):
        put_in_force(at, view, "lone-attacker", "nothing", reason="yes", label="S")
    with pytest.raises(NotFoundError):
        put_in_force(at, view, "no-such-typology", "", reason="yes", label="S")
    with pytest.raises(RefusedError, match="past"):
        write(at, look(at, ROB, START), SECOND, reason="more", label="S")


def test_two_versions_differ_in_what_was_changed_and_nothing_else() -> None:
    at = desk()
    text = SECOND.replace('"crossbow*", ', "", 1).replace('name = "Practises"', 'name = "Rehearses"', 1)
    second, _ = write(at, look(at, ROB), text, reason="sharper", label="S")
    changed = {each.what: each for each in differences(LONE.typology, second) if each.changed}
    assert changed["threshold"].right == "4.5 bits"
    assert changed["Has, or gets, something to do it with"].changed == ("words: - crossbow*",)
    assert changed["Practises"].changed == ("taken out",)
    assert changed["Rehearses"].changed == ("new",)
    assert set(changed) == {"threshold", "Has, or gets, something to do it with", "Practises", "Rehearses"}
