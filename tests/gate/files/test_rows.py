"""Running numbers and heads are of the form; everything else that stands in a table is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.evidence.model import Row
from leconfield.desk.evidence.schedules import Plan, as_csv, as_docx
from leconfield.gate.files.reading import words_and_title
from leconfield.gate.files.rows import HEADS, unnumbered

ROWS = tuple(Row(number, "report", f"{number}", f"A page on lorry {number}.") for number in range(1, 13))
PLAN = Plan("mg6c", "R v A and others", ROWS, ROWS, None)


def test_a_schedule_says_its_descriptions_without_their_numbers() -> None:
    said = "".join(f"A page on lorry {number}.\n" for number in range(1, 13)).rstrip()
    assert unnumbered(as_csv(PLAN).decode()) == said
    read = unnumbered(words_and_title(as_docx(PLAN, "O", "2026-07-06T09:40:00.000000Z"), ""))
    assert read.endswith(said)
    assert "R v A and others" in read


def test_the_heads_are_those_that_our_schedules_have() -> None:
    table, paper = as_csv(PLAN).decode("utf-8-sig"), words_and_title(as_docx(PLAN, "O", ""), "")
    assert {table.splitlines()[0], next(each for each in paper.splitlines() if each.startswith("No."))} == HEADS


def test_a_number_that_is_not_the_next_one_is_said() -> None:
    assert (
        unnumbered("7,a house\n1,a van\n1,a lorry\n02,a boat\n2,a cart")
        == "7,a house\na van\n1,a lorry\n02,a boat\na cart"
    )
    assert unnumbered("07700 900123") == "07700 900123"


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=8))
def test_nothing_but_digits_of_running_numbers_is_left_out(lines: list[str]) -> None:
    words = "\n".join(lines)
    kept, given = list(unnumbered(words)), iter(words)
    assert all(each in given for each in kept if each != "\n")
