"""What is protected cannot reach a score: by type, by what is imported, and in worlds drawn by chance."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from random import Random

import pytest

from leconfield.desk.typologies import ends, explaining, matching, model, scoring
from leconfield.desk.typologies.catalogue import shipped
from leconfield.desk.typologies.scorable import LINKED, PROPERTIES, Scorable, scorable_facts
from leconfield.desk.typologies.scoring import assess, score_of
from leconfield.desk.typologies.words import protected_classes, scorable_words
from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import NAMES, PROTECTED
from leconfield.ledger.world import World
from leconfield.registry.resolution import Partition
from tests.desk.typologies.protected_worlds import pair
from tests.desk.typologies.worlds import TODAY, Told

SCORING = (model, matching, scoring, explaining)
"""Everything between what may be scored and a score."""
_ALLOWED = {
    "leconfield.desk.suggestions": {"Reason"},
    "leconfield.desk.typologies.scorable": {"Fact", "Scorable"},
    "leconfield.desk.typologies.model": None,
    "leconfield.desk.typologies.matching": None,
    "leconfield.desk.typologies.scoring": None,
}
"""What of ours the modules that score may import; None: all of it."""
READINGS = [matching.Reading(each.typology) for each in shipped()]
Order = list[tuple[str, float, str]]


@pytest.mark.parametrize("module", SCORING, ids=lambda each: each.__name__.rpartition(".")[2])
def test_what_scores_imports_nothing_that_could_read_a_statement(module: object) -> None:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not any(each.name.startswith("leconfield") for each in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("leconfield"):
            allowed = _ALLOWED.get(node.module or "", set())
            assert allowed is None or {each.name for each in node.names} <= allowed, f"{module}: {node.module}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("getattr", "eval", "exec", "__import__", "vars"), ast.unparse(node)


def test_what_scores_takes_a_scorable() -> None:
    for each in (scoring.score, scoring.assess, matching.hits):
        assert "Scorable" in inspect.signature(each).parameters["scorable"].annotation


def test_only_scorable_facts_makes_a_scorable() -> None:
    with pytest.raises(TypeError, match="only scorable_facts"):
        Scorable(SubjectId("ray"), "Person", ())
    made = _ray(Told())
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(made, facts=())
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.facts = ()  # type: ignore[misc]


def test_nothing_protected_and_no_name_is_let_through() -> None:
    stands_for = NAMES | {"birthPlace", "nationality", "country", "gender", "birthDate"}
    assert not (PROPERTIES | LINKED) & (PROTECTED | stands_for)
    known = {"religion", "ethnicity", "politics", "union", "health", "sex-life", "biometrics", "genetics"}
    assert set(protected_classes()) == known


def _ray(told: Told) -> Scorable:
    told.report("Ray Cassell of Luton, a Muslim, is in the trade union. Jo Hale met Ray Cassell at the chapel.")
    told.named("ray", "Ray Cassell")
    told.named("jo", "Jo Hale")
    for prop in sorted(PROTECTED | {"nationality", "birthPlace", "gender"}):
        told.say("ray", prop, "something")
    told.named("chapel", "Mill Lane Chapel", schema="Organization")
    told.say("ray", "membership", "chapel")
    told.say("ray", "notes", "a Catholic who bought a torch")
    told.say("ray", "met", "jo")
    return scorable_facts(told.world(), SubjectId("ray"))


def test_a_scorable_bears_no_name_no_protected_word_and_no_link_to_a_church() -> None:
    found = _ray(Told())
    assert {(each.kind, each.name, each.words) for each in found.facts} == {
        ("words", "", "of luton a is in the"),
        ("property", "notes", "a who bought a torch"),
        ("link", "met", ""),
    }
    assert all("ray" not in each.words.split() and "cassell" not in each.words.split() for each in found.facts)


def test_putting_a_protected_word_in_leaves_the_words_as_they_were() -> None:
    plain = scorable_words("He bought a torch in the far field")
    assert scorable_words("He bought a Muslim torch in the far Jewish field") == plain
    assert scorable_words("He bought a torch in the trade union far right far field") == plain
    assert scorable_words("He, a Pole from the United Kingdom, bought...") == scorable_words(
        "He, a from the, bought..."
    )


def order_in(world: World) -> Order:
    """Every score of every shipped typology in the world, as it would be ranked."""
    partition = world.derived(Partition)
    people = sorted(each.id for each in partition.subjects() if each.id.startswith("p"))
    scorables = [scorable_facts(world, each) for each in people]
    found = [
        (reading.typology.id, -score_of(reading.typology, assess(reading, each), TODAY).bits, each.subject)
        for reading in READINGS
        for each in scorables
    ]
    return sorted(found)


def _unchanged(cases: int, seed: str) -> None:
    told = 0
    for number in range(cases):
        one, other = (order_in(each) for each in pair(Random(f"{seed} {number}")))
        assert one == other, f"{seed} {number}"
        told += any(bits for _, bits, _ in one)
    assert told > cases / 3, "most worlds must score somebody"


def test_changing_what_is_protected_changes_no_score_and_no_order() -> None:
    _unchanged(2000, "short")


@pytest.mark.long
def test_changing_what_is_protected_changes_nothing_in_a_hundred_thousand_cases() -> None:
    _unchanged(100_000, "long")


def test_the_cases_would_find_a_score_that_reads_who_goes_to_church(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "tells_protected", lambda _name: False)
    with pytest.raises(AssertionError):
        _unchanged(300, "short")
