"""Resolution: the same partition for any order of arrival, and nothing joined that must stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.errors import NotFoundError
from leconfield.ledger.model import StatementId, SubjectId
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import ORGANISATION, PHONE, PLACE, VEHICLE
from leconfield.ledger.world import Delta, World
from leconfield.registry.weights import Waterfall
from tests.registry.worlds import in_text, judged, partition_of, record, together, world_of


def test_the_same_full_name_in_two_reports_is_one_subject_with_the_reason_given() -> None:
    world = world_of(in_text("a", "Gareth Pritchard", minute=1), in_text("b", "PRITCHARD, Gareth", minute=2))
    subject = partition_of(world).subject(SubjectId("b"))
    assert subject.records == ("a", "b")
    assert subject.id == "a"
    assert [edge.words for edge in partition_of(world).links_of(subject)] == ["same full name"]


def test_a_single_part_never_joins_across_reports() -> None:
    assert not together(world_of(in_text("a", "GARCIA"), in_text("b", "GARCIA")), "a", "b")


def test_blank_and_one_letter_names_join_nothing() -> None:
    world = world_of(
        *(
            in_text(each, name)
            for each, name in zip("abcdefgh", ["", "", " ", "X", "X", "X Y", "X Y", "?"], strict=True)
        )
    )
    assert len(partition_of(world).subjects()) == 8
    assert partition_of(world).proposals() == ()


def test_a_common_name_is_not_sure_when_registered_but_proposed() -> None:
    world = world_of(record("a", ("name", "José García")), in_text("b", "Jose Garcia"))
    assert not together(world, "a", "b")
    (proposal,) = partition_of(world).proposals()
    assert [weight.words for weight in proposal.waterfall] == ["Jose: same", "Garcia: same"]


def test_a_common_name_with_the_same_birth_date_is_sure() -> None:
    born = ("birthDate", "1961-04-17")
    assert together(
        world_of(record("a", ("name", "José García"), born), record("b", ("name", "Jose Garcia"), born)), "a", "b"
    )


def test_a_common_name_in_two_countries_stays_apart() -> None:
    peru, spain = ("country", "Peru"), ("country", "Spain")
    world = world_of(
        in_text("a", "José García", peru), in_text("b", "Jose Garcia", peru), in_text("c", "Jose Garcia", spain)
    )
    assert together(world, "a", "b")
    assert not together(world, "a", "c")


def test_namesakes_born_on_different_days_stay_apart_and_one_without_a_date_is_left_open() -> None:
    world = world_of(
        record("a", ("name", "Gareth Pritchard"), ("birthDate", "1961-04-17")),
        record("b", ("name", "Gareth Pritchard"), ("birthDate", "1988-09-02")),
        record("c", ("name", "Gareth Pritchard"), ("birthDate", "1988-09-02")),
        in_text("d", "Gareth Pritchard"),
    )
    assert together(world, "b", "c")
    assert {each.records for each in partition_of(world).subjects()} == {("a",), ("b", "c"), ("d",)}
    assert len(partition_of(world).proposals(partition_of(world).subject(SubjectId("d")))) == 2


def test_the_first_of_january_is_taken_as_a_year() -> None:
    first, real = ("birthDate", "1961-01-01"), ("birthDate", "1961-04-17")
    assert together(
        world_of(record("a", ("name", "Gareth Pritchard"), first), record("b", ("name", "Gareth Pritchard"), real)),
        "a",
        "b",
    )


def test_different_sex_keeps_namesakes_apart() -> None:
    world = world_of(
        record("a", ("name", "Robin Tregenza"), ("gender", "male")),
        record("b", ("name", "Robin Tregenza"), ("gender", "f")),
    )
    assert not together(world, "a", "b")


def test_phones_and_plates_join_however_they_are_written() -> None:
    world = world_of(
        record("a", ("name", "+44 7700 900123"), schema=PHONE),
        record("b", ("phone", "07700 900 123"), schema=PHONE),
        record("c", ("name", "AB12 CDE"), schema=VEHICLE),
        record("d", ("registrationNumber", "ab12cde"), schema=VEHICLE),
        record("e", ("name", "Gareth Pritchard"), ("phone", "07700900123")),
        record("f", ("name", "Oona Tregenza"), ("phone", "07700900123")),
    )
    assert together(world, "a", "b")
    assert together(world, "c", "d")
    assert not together(world, "e", "f")
    assert not together(world, "a", "e")


def test_an_organisation_joins_under_its_acronym_unless_two_could_be_meant() -> None:
    records = [
        in_text("a", "Severn Dock Workers", schema=ORGANISATION),
        in_text("b", "SDW", schema=ORGANISATION),
        in_text("c", "the Severn Dock Workers Ltd.", schema=ORGANISATION),
    ]
    assert together(world_of(*records), "a", "b", "c")
    other = in_text("d", "Society of Drone Watchers", schema=ORGANISATION)
    world = world_of(*records, other)
    assert together(world, "a", "c")
    assert not together(world, "a", "b")
    assert not together(world, "b", "d")


def test_places_join_by_name_and_country() -> None:
    world = world_of(
        in_text("a", "Córdoba", ("country", "Spain"), schema=PLACE),
        in_text("b", "CORDOBA", ("country", "Spain"), schema=PLACE),
        in_text("c", "Cordoba", ("country", "Argentina"), schema=PLACE),
    )
    assert together(world, "a", "b")
    assert not together(world, "a", "c")


def test_a_persons_judgement_joins_what_the_engine_would_not_and_says_who() -> None:
    world = world_of(in_text("a", "Bill Turner"), in_text("b", "GARCIA"), judgements=[judged("a", "b", "same")])
    assert together(world, "a", "b")
    (edge,) = partition_of(world).links_of(partition_of(world).subject(SubjectId("a")))
    assert (edge.by, edge.words) == ("emma", "seen both")


def test_a_judgement_of_different_parts_what_the_engine_joined() -> None:
    records = [in_text(each, "Gareth Pritchard", minute=minute) for minute, each in enumerate("abc")]
    world = world_of(*records, judgements=[judged("a", "b", "different")])
    assert together(world, "a", "c")
    assert not together(world, "a", "b")
    assert partition_of(world).proposals(partition_of(world).subject(SubjectId("b"))) == ()


def test_undecided_leaves_the_pair_proposed_but_marked() -> None:
    world = world_of(
        in_text("a", "Bill Pritchard"),
        record("b", ("name", "William Pritchard")),
        judgements=[judged("a", "b", "undecided")],
    )
    (proposal,) = partition_of(world).proposals()
    assert proposal.undecided
    assert "Bill ~ William: nickname" in {weight.words for weight in proposal.waterfall}


def test_the_queue_leaves_out_pairs_that_only_single_reports_name_but_their_pages_show_them() -> None:
    partition = partition_of(world_of(in_text("a", "Bill Pritchard"), in_text("b", "William Pritchard")))
    assert partition.proposals() == ()
    assert len(partition.proposals(partition.subject(SubjectId("b")))) == 1


def test_father_and_son_with_each_others_names_are_not_one() -> None:
    world = world_of(in_text("a", "Salman bin Karim Qasimi"), in_text("b", "Karim bin Salman Qasimi"))
    assert not together(world, "a", "b")


def test_the_latest_judgement_of_an_author_counts_whatever_the_order_of_arrival() -> None:
    records = [in_text("a", "Bill Turner"), in_text("b", "William Turner")]
    first, later = judged("a", "b", "different", minute=610), judged("b", "a", "same", minute=620)
    assert together(world_of(*records, judgements=[later, first]), "a", "b")


def test_a_judgement_on_a_record_that_is_not_visible_does_nothing() -> None:
    world = world_of(in_text("a", "Bill Turner"), judgements=[judged("a", "hidden", "same")])
    assert partition_of(world).subject(SubjectId("a")).records == ("a",)
    with pytest.raises(NotFoundError):
        partition_of(world).subject(SubjectId("hidden"))


def bits_of(world: World, one: str) -> list[Waterfall]:
    partition = partition_of(world)
    return [partition.waterfall(each) for each in partition.links_of(partition.subject(SubjectId(one)))]


def test_a_waterfall_says_how_rare_each_part_is_here_and_how_likely_a_chance_pair() -> None:
    world = world_of(*(in_text(each, "Gareth Pritchard") for each in "ab"), in_text("c", "Gareth Tregenza"))
    (found,) = bits_of(world, "a")
    assert [each.words for each in found.weights] == ["Gareth: same", "Pritchard: same"]
    assert found.weights[0].detail == "borne by 2 of 2 here"
    assert (found.doublings, found.bits, found.bar) == (1, found.evidence - 1, 3.0)


def test_a_name_that_many_bear_weighs_less_and_joins_no_more_by_itself() -> None:
    few = [in_text(each, "Jose Garcia") for each in "ab"]
    others = [in_text(f"r{at}", f"Jose Garcia {_word(at)}") for at in range(300)]
    assert together(world_of(*few), "a", "b")
    crowded = world_of(*few, *others)
    assert not together(crowded, "a", "b")
    proposals = partition_of(crowded).proposals(partition_of(crowded).subject(SubjectId("a")))
    assert "b" in {each.right.id for each in proposals}


def _word(number: int) -> str:
    letters = "bcdfghjklm"
    return "".join(f"{letters[int(digit)]}o" for digit in f"{number:03d}")


def test_what_falls_short_of_the_bar_is_in_the_queue_though_only_texts_name_it() -> None:
    few = [in_text(each, "Jose Garcia") for each in "ab"]
    others = [in_text(f"r{at}", f"Jose {_word(at)}") for at in range(100)]
    world = world_of(*few, *others)
    assert not together(world, "a", "b")
    assert [(each.left.id, each.right.id, each.met) for each in partition_of(world).proposals()] == [("a", "b", True)]


def test_one_odd_record_does_not_join_two_subjects_of_many_records() -> None:
    gareths = [in_text(f"g{at}", "Gareth Pritchard") for at in range(6)]
    oonas = [in_text(f"o{at}", "Oona Tregenza", minute=1) for at in range(6)]
    odd = record("x", ("name", "Oona Tregenza"), ("alias", "Gareth Pritchard"), origin="text", minute=2)
    partition = partition_of(world_of(*gareths, *oonas, odd))
    assert len({partition.subject(SubjectId(each)).id for each in ("g0", "o0")}) == 2
    assert [(each.left.id, each.right.id) for each in partition.proposals()] == [("g0", "o0")]
    entered = record("y", ("name", "Oona Tregenza"), ("alias", "Gareth Pritchard"), minute=2)
    assert together(world_of(*gareths, *oonas, entered), "g0", "o0")


def test_two_documents_of_one_make_are_two_people_unless_one_was_renewed() -> None:
    name = ("name", "Gareth Pritchard")
    first, second = ("idNumber", "AB123456"), ("idNumber", "CD654321")
    assert not together(world_of(record("a", name, first), record("b", name, second)), "a", "b")
    both = record("c", name, first, second)
    assert together(world_of(record("a", name, first), record("b", name, second), both), "a", "b", "c")
    other_make = ("idNumber", "9912345678901")
    assert together(world_of(record("a", name, first), record("b", name, other_make)), "a", "b")


def test_the_dead_do_not_act() -> None:
    died = record("a", ("name", "Gareth Pritchard"), ("deathDate", "1990"))
    (met,) = record("b", ("met", "z"))
    acted = [replace(met, id=StatementId("b/1"), held=Held.on(each)) for each in ("1994-03-01", "1989-03-01")]
    named = record("b", ("name", "Gareth Pritchard"))
    assert not together(world_of(died, [*named, acted[0]]), "a", "b")
    assert together(world_of(died, [*named, acted[1]]), "a", "b")


def test_thousands_of_equal_names_are_not_joined_when_entered_with_a_year_alone() -> None:
    records = [record(f"r{at}", ("name", "Mohamed Ali"), ("birthDate", f"{1940 + at % 60}")) for at in range(3000)]
    partition = partition_of(world_of(*records))
    assert len(partition.subjects()) == 3000


def test_what_is_supposed_or_comes_later_is_among_the_subjects_at_once() -> None:
    one, other, later = in_text("a", "Ray Cassell"), in_text("b", "Leo Harwood"), in_text("c", "Ana Reis", minute=1)
    world = world_of(one, other)
    partition = partition_of(world)
    assert [each.records for each in partition.subjects()] == [("a",), ("b",)]
    with partition.supposing(judged("a", "b", "same")):
        assert [each.records for each in partition.subjects()] == [("a", "b")]
    assert [each.records for each in partition.subjects()] == [("a",), ("b",)]
    world.grow(Delta(statements=later))
    assert [each.records for each in partition.subjects()] == [("a",), ("b",), ("c",)]
