"""What stands only in a large table is guarded like what stands in memory, however it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from leconfield.gate.exposure.guards import Guards
from leconfield.gate.names.finding import Finder
from leconfield.gate.names.held import Held
from leconfield.gate.names.model import Leak
from leconfield.gate.names.tabled import Tabled, tabled
from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_table
from leconfield.intake.tables import saved_mapping
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.ledger.world import World
from tests.gate.names.disguises import DISGUISES
from tests.gate.worlds import PROFILE, PUBLIC
from tests.ledger.desks import EMMA, ROB, START, desk, look

VALUES = (
    ("Person", "name", "Gareth Pryce"),
    ("Person", "name", "Димитър Стоянов"),
    ("Person", "alias", "كريم منصور"),
    ("Person", "phone", "07700 900476"),
    ("Vehicle", "registrationNumber", "TU18 KNR"),
    ("BankAccount", "iban", "GB33 BUKB 2020 1555 5555 55"),
    ("Person", "email", "k.mansour@orwellbay.example"),
    ("Person", "idNumber", "D4471902"),
    ("Organization", "name", "Orwell Bay Haulage"),
    ("Person", "address", "12 Farley Rise, Hull"),
)
FORMS = [value.removesuffix(", Hull") for _, _, value in VALUES]
SHELF = Finder((), [Tabled.of(VALUES)])
ROWS = (
    "name,phone,document,address",
    "Gareth Pryce,07700 900476,D4471902,12 Farley Rise",
    *(f"Somebody Else{each},07700 8{each:05},E{each:07},{each + 20} Mill Lane" for each in range(30)),
)


@pytest.fixture
def at() -> Iterator[Desk]:
    """A desk with a table of which every row is in a segment."""
    made = desk()
    loaded(made)
    yield made
    made.close()


def loaded(at: Desk, channel: str = "file", label: str = "S", segment_rows: int = 10) -> None:
    terms = Terms("REGISTER", label=label, channel=channel)
    load_table(
        at, ROB, "persons.csv", "\n".join(ROWS).encode(), saved_mapping("persons"), terms, START,
        segment_rows=segment_rows,
    )  # fmt: skip


def world_of(at: Desk, reader: Reader = EMMA) -> World:
    return look(at, reader).world


def leaks(world: World, text: str) -> list[Leak]:
    return list(world.derived(Guards).finder(PROFILE, PUBLIC).find(text))


def forms(world: World, text: str) -> set[str]:
    return {each.guarded.form for each in leaks(world, text)}


@pytest.mark.parametrize("how", DISGUISES)
@pytest.mark.parametrize("form", FORMS)
def test_every_disguise_of_what_a_table_names_is_found(form: str, how: str) -> None:
    text = f"We know that {DISGUISES[how](form, Random(1))} was there."
    assert form in {each.guarded.form for each in SHELF.find(text)}


def test_what_stands_only_in_a_segment_is_guarded(at: Desk) -> None:
    world = world_of(at)
    assert not world.statements
    said = "It was GARETH  PRYCE of 12 Farley Rise, D4471902, +44 7700 900476."
    assert forms(world, said) == {"Gareth Pryce", "12 Farley Rise", "D4471902", "07700 900476"}
    assert all(each.sure for each in leaks(world, said))


def test_a_table_in_a_segment_gives_the_leaks_of_the_same_table_in_memory(at: Desk) -> None:
    other = desk()
    loaded(other, segment_rows=1000)
    for text in ("Pryce, Gareth", "Ga\u200breth Prycе", "xx900476", "a person", "so 0 7 7 0 0 8 0 0 0 1 1"):
        assert forms(world_of(at), text) == forms(world_of(other), text)


def test_an_open_table_is_not_guarded() -> None:
    made = desk()
    loaded(made, channel="open", label="O")
    assert leaks(world_of(made), "Gareth Pryce") == []


def test_a_table_that_a_reader_may_not_see_is_not_looked_into_for_him() -> None:
    made = desk()
    loaded(made, label="AGENTS")
    assert leaks(world_of(made), "Gareth Pryce") == []
    assert forms(world_of(made, ROB), "Gareth Pryce") == {"Gareth Pryce"}


def test_a_table_whose_report_a_view_does_not_hold_is_guarded_and_no_error(at: Desk) -> None:
    world = world_of(at)
    world.reports.clear()
    assert forms(world, "Gareth Pryce") == {"Gareth Pryce"}


def test_a_name_of_one_word_in_a_table_is_unsure() -> None:
    finder = Finder((), [Tabled.of([("Organization", "name", "Spinnaker")])])
    assert [each.guarded.sure for each in finder.find("He bought a Spinnaker there")] == [False]


def test_a_name_in_another_spelling_is_unsure_for_among_so_many_some_name_is_always_near() -> None:
    assert [(each.how, each.sure) for each in SHELF.find("Garreth Price")] == [("in another spelling", False)]


def test_a_table_does_not_find_its_names_in_the_letters_of_other_words() -> None:
    finder = Finder((), [Tabled.of([("Person", "name", name) for name in ("Ed Ward", "Terri French", "Will May")])])
    assert [each.how for each in finder.find("She was awarded “a prize”.")] == []
    assert [each.sure for each in finder.find("on French territory; and he will, may I say")] == [False, False]
    assert [each.sure for each in finder.find("Terri French spoke to W i l l M a y")] == [True, True]


def test_of_a_table_a_name_in_another_spelling_is_sought_among_words_that_are_written_as_names() -> None:
    assert SHELF.find("the garreth of old price lists") == ()
    assert SHELF.find("Garreth of old. Price lists") == ()


def test_a_file_that_was_torn_or_is_of_other_rules_is_made_again(at: Desk) -> None:
    (segment,) = world_of(at).bulk.files
    tabled(segment)
    file = segment.with_suffix(".shapes")
    whole = file.read_bytes()
    for spoilt in (whole[:-100], whole[:20], b"", whole.replace(b"version", b"Version", 1)):
        file.write_bytes(spoilt)
        tabled.cache_clear()
        assert Finder((), [tabled(segment)]).find("Gareth Pryce")
        assert file.read_bytes() == whole


def test_where_no_file_can_be_written_what_a_table_names_is_kept_in_memory(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_tabled: Tabled, _path: Path) -> Tabled:
        raise OSError("no space left")

    monkeypatch.setattr(Tabled, "written", full)
    (segment,) = world_of(at).bulk.files
    assert Finder((), [tabled(segment)]).find("Gareth Pryce")
    assert not segment.with_suffix(".shapes").exists()


def test_what_is_in_memory_is_looked_for_beside_it(at: Desk) -> None:
    world = world_of(at)
    shelves, _ = world.derived(Held).ready()
    assert sum(map(len, shelves)) == 0
