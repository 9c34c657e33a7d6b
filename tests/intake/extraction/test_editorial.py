"""Marks of agencies and editors are no names."""

from leconfield.intake.extraction.editorial import editorial_spans
from leconfield.intake.extraction.pipeline import extract

WIRE = "LIMA, 3 JAN 90 (ACAN-EFE) -- [TEXT] THE SHINING PATH ATTACKED AYACUCHO. [CONTINUED] [END RECORDING]"


def test_marks_are_found_where_they_stand() -> None:
    assert [WIRE[a:b] for a, b in editorial_spans(WIRE)] == ["(ACAN-EFE)", "[TEXT]", "[CONTINUED]", "[END RECORDING]"]


def test_an_acronym_in_brackets_is_no_mark() -> None:
    assert editorial_spans("FARABUNDO MARTI NATIONAL LIBERATION FRONT [FMLN] ENDED IT.") == ()


def test_nothing_in_a_mark_becomes_a_chain() -> None:
    assert not {each.name for each in extract(WIRE).chains} & {"END", "CONTINUED", "ACAN-EFE", "TEXT"}
