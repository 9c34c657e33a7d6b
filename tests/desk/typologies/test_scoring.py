"""What facts weigh: grade, origin, denial, age, number."""

from __future__ import annotations

import pytest

from leconfield.desk.typologies.explaining import reasons
from leconfield.desk.typologies.model import Count, Indicator, Reads, Typology
from leconfield.desk.typologies.scorable import scorable_facts
from leconfield.desk.typologies.scoring import Score, score
from leconfield.ledger.model import Assertion, SubjectId
from leconfield.ledger.times import Held
from tests.desk.typologies.worlds import TODAY, Told

TORCH = Indicator("torch", 4.0, (Reads("words", words=("torch*",)),), contradicted=-2.0)
PAID = Indicator("paid", 2.0, (Reads("link", names=("paid",), direction="out"),))


def typology(*indicators: Indicator, cap: float = 20.0, half: float = 100.0) -> Typology:
    return Typology("t", 1, "T", "", ("Person",), 3.0, cap, half, indicators)


def scored(told: Told, found: Typology, day: int = TODAY) -> Score:
    return score(found, scorable_facts(told.world(), SubjectId("ray")), day)


def seen(told: Told, text: str = "Ray walks the rows with a torch.", **rest: str) -> None:
    told.report(text, **rest)
    told.named("ray", "Ray")


def test_a_sure_fact_weighs_all_of_its_weight() -> None:
    told = Told()
    seen(told)
    assert scored(told, typology(TORCH)).bits == pytest.approx(4.0)


@pytest.mark.parametrize(("grade", "share"), [("A1", 1.0), ("B2", 0.9), ("F6", 0.5), ("C3", 0.7)])
def test_a_grade_discounts_the_weight(grade: str, share: float) -> None:
    told = Told()
    seen(told, grade=grade)
    assert scored(told, typology(TORCH)).bits == pytest.approx(4.0 * share)


def test_one_origin_counts_once_and_independent_ones_add_less_and_less() -> None:
    told = Told()
    seen(told, grade="F6", origin="Shaun")
    seen(told, grade="F6", origin="Shaun", source="OWL")
    assert scored(told, typology(TORCH)).bits == pytest.approx(2.0)
    seen(told, grade="F6", source="KITE")
    assert scored(told, typology(TORCH)).bits == pytest.approx(3.0)
    seen(told, grade="F6", source="WREN")
    assert scored(told, typology(TORCH)).bits == pytest.approx(3.5)


def test_what_a_sentence_denies_speaks_against() -> None:
    told = Told()
    seen(told, "Ray did not carry a torch.")
    assert scored(told, typology(TORCH)).bits == pytest.approx(-2.0)
    assert scored(told, typology(TORCH)).parts[0].hits[0].denied


def test_a_denied_and_a_planned_link_are_discounted() -> None:
    told = Told()
    told.report()
    told.named("ray", "Ray")
    told.named("joe", "Joe")
    told.say("ray", "paid", "joe", assertion=Assertion(polarity="denied"))
    assert scored(told, typology(PAID)).bits == 0.0
    told.report(source="OWL")
    told.say("ray", "paid", "joe", assertion=Assertion(modality="planned", asserter="Joe", stance="accused"))
    assert scored(told, typology(PAID)).bits == pytest.approx(2.0 * 0.8 * 0.5)


def test_direction_of_a_link_matters() -> None:
    told = Told()
    told.report()
    told.named("ray", "Ray")
    told.named("joe", "Joe")
    told.say("joe", "paid", "ray")
    assert scored(told, typology(PAID)).bits == 0.0


def test_what_is_old_weighs_less() -> None:
    told = Told()
    seen(told)
    assert scored(told, typology(TORCH), TODAY + 100).bits == pytest.approx(2.0)
    assert scored(told, typology(TORCH), TODAY + 200).bits == pytest.approx(1.0)
    assert scored(told, typology(TORCH), TODAY - 50).bits == pytest.approx(4.0), "what lies ahead is not more than sure"


def test_a_count_asks_for_several_within_the_window() -> None:
    often = Indicator("often", 2.0, (Reads("words", words=("torch",)),), count=Count("days", 3, 10, 0.5), cap=2.5)
    told = Told()
    for day in ("2026-02-01", "2026-02-20", "2026-02-25"):
        seen(told, day=day)
    assert scored(told, typology(often, half=1e6)).bits == pytest.approx(0.0, abs=1e-3)
    seen(told, day="2026-02-28")
    assert scored(told, typology(often, half=1e6)).bits == pytest.approx(2.0, abs=1e-3)
    seen(told, day="2026-03-01")
    seen(told, day="2026-03-02")
    assert scored(told, typology(often, half=1e6)).bits == pytest.approx(2.5, abs=1e-3), "the cap holds"


def test_what_nobody_tells_of_speaks_against_once_enough_origins_speak() -> None:
    quiet = Indicator("torch", 4.0, (Reads("words", words=("torch",)),), absent=-1.5, absent_after=2)
    told = Told()
    seen(told, "Ray feeds the ducks.")
    assert scored(told, typology(quiet)).bits == 0.0
    seen(told, "Ray feeds the ducks.", source="OWL")
    found = scored(told, typology(quiet))
    assert found.bits == pytest.approx(-1.5)
    assert "nothing tells of it" in reasons(typology(quiet), found)[0].detail


def test_the_cap_is_a_reason_of_its_own() -> None:
    told = Told()
    seen(told)
    capped = typology(TORCH, Indicator("again", 4.0, TORCH.reads), cap=5.0)
    found = scored(told, capped)
    assert found.bits == 5.0
    told_by = reasons(capped, found)
    assert sum(each.bits for each in told_by) == pytest.approx(5.0)
    assert told_by[-1].detail == "capped at 5 bits"


def test_a_part_in_an_incident_is_read_with_how_far_it_went() -> None:
    did = Indicator(
        "did", 3.0, (Reads("incident", names=("perpetrator",), types=("arson",), stages=("accomplished",)),)
    )
    told = Told()
    told.report()
    told.named("ray", "Ray")
    told.say("fire", "name", "a fire", schema="Event")
    told.say("fire", "incidentType", "ARSON", schema="Event")
    told.say("fire", "perpetrator", "ray", schema="Event", held=Held.on("2026-03-02"))
    assert scored(told, typology(did)).bits == pytest.approx(3.0)
    told.say("fire", "stage", "threatened", schema="Event")
    assert scored(told, typology(did)).bits == 0.0


def test_nobody_else_than_those_it_is_about_is_scored() -> None:
    told = Told()
    told.report("Rayco has a torch.")
    told.named("ray", "Rayco", schema="Organization")
    assert scored(told, typology(TORCH)).parts == ()


def test_each_reason_names_the_statements_it_is_read_from() -> None:
    told = Told()
    told.report("Ray walks the rows with a torch.")
    statement = told.named("ray", "Ray")
    (reason,) = reasons(typology(TORCH), scored(told, typology(TORCH)))
    assert reason.statements == (statement,)
    assert reason.words == "torch"
    assert "1 report of 1 origin" in reason.detail
