"""A typology is refused with the file, the line and the fix."""

from __future__ import annotations

import pytest

from leconfield.desk.typologies.catalogue import shipped
from leconfield.desk.typologies.parsing import parse
from leconfield.errors import BadInputError

GOOD = """\
format = 1
id = "load-thieves"
version = 1
name = "Load thieves"
threat = "People who take loads from parked lorries."
subjects = ["person"]
threshold = 3.0
cap = 12.0
half_life_days = 90

[[indicator]]
name = "Walks the rows with a torch"
weight = 3.0
contradicted = -1.0
count = { of = "days", at_least = 2, within_days = 14, more = 0.5 }
cap = 5.0
[[indicator.reads]]
from = "words"
words = ["torch*", "walks the rows"]

[[indicator]]
name = "Meets a fence"
weight = 2.0
[[indicator.reads]]
from = "link"
names = ["met", "paid"]
to = ["Person"]
direction = "out"
"""


def refused(old: str, new: str) -> str:
    assert old in GOOD
    with pytest.raises(BadInputError) as found:
        parse(GOOD.replace(old, new, 1), "mine.toml")
    return str(found.value)


def test_a_typology_is_read_as_it_is_written() -> None:
    found = parse(GOOD, "mine.toml")
    assert (found.id, found.version, found.threshold, found.subjects) == ("load-thieves", 1, 3.0, ("Person",))
    first, second = found.indicators
    assert first.reads[0].words == ("torch*", "walks the rows")
    assert first.count is not None
    assert (first.count.at_least, first.cap, first.contradicted) == (2, 5.0, -1.0)
    assert (second.reads[0].names, second.reads[0].direction) == (("met", "paid"), "out")


def test_the_shipped_ones_are_version_one_of_everybody() -> None:
    found = {each.typology.id: each.typology for each in shipped()}
    assert set(found) == {"attack-planning-network", "lone-attacker", "right-wing-terrorism", "hostile-state-approach"}
    assert {each.version for each in found.values()} == {1}
    assert all(any(one.weight < 0 for one in each.indicators) for each in found.values()), (
        "each says what speaks against"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format = 1", "format = 2", 1, "write format = 1"),
        ('id = "load-thieves"', 'id = "Load Thieves"', 2, "small letters"),
        ("version = 1", 'version = "1"', 3, "a whole number"),
        ("version = 1", "version = true", 3, "a whole number"),
        ("threshold = 3.0", "threshold = nan", 7, "a number from"),
        ("cap = 12.0", "cap = 1.0", 8, "a number from 3"),
        ('subjects = ["person"]', 'subjects = ["vehicle"]', 6, "none of person, organisation"),
        ("weight = 3.0", "weight = 0", 13, "0 bits say nothing"),
        ("weight = 3.0", "wieght = 3.0", 13, "there is no such key"),
        ("contradicted = -1.0", "contradicted = 1.0", 14, "from -20 to 0"),
        ("contradicted = -1.0", "absent = -1.0", 14, "go together"),
        ("at_least = 2", "at_least = 0", 15, "a whole number from 1"),
        ('"torch*"', '"t*rch"', 19, "a star stands only at the end"),
        ('"torch*"', '"to*"', 19, "too short"),
        ('names = ["met", "paid"]', 'names = ["met", "name"]', 26, "a score reads no link"),
        ('direction = "out"', 'direction = "up"', 28, "write one of any, in, out"),
        ('name = "Meets a fence"', 'name = "Walks the rows with a torch"', 22, "there twice"),
    ],
)
def test_what_will_not_do_is_refused_with_its_line_and_the_fix(old: str, new: str, line: int, words: str) -> None:
    found = refused(old, new)
    assert found.startswith(f"mine.toml, line {line}, "), found
    assert words in found


def test_a_missing_part_is_named() -> None:
    assert '"name": write it as text' in refused('name = "Meets a fence"\n', "")
    assert "at least one" in refused('[[indicator.reads]]\nfrom = "words"\nwords = ["torch*", "walks the rows"]\n', "")
    assert "this is not TOML" in refused("[[indicator]]", "[[indicator")


@pytest.mark.parametrize(
    "word",
    ["mosque*", "Muslim", "trade union", "gay", "left-wing", "far right", "asylum", "Polish", "hospital*", "Iraq"],
)
def test_a_lexicon_that_asks_for_what_is_protected_is_refused(word: str) -> None:
    found = refused('"torch*"', f'"{word}"')
    assert "protected" in found
    assert "never reaches a score" in found


@pytest.mark.parametrize(
    "prop", ["religion", "ethnicity", "political", "unionMembership", "health", "sexLife", "biometrics", "genetics"]
)
def test_a_property_that_is_protected_is_refused(prop: str) -> None:
    found = refused('from = "words"\nwords', f'from = "property"\nnames = ["{prop}"]\nwords')
    assert "is protected and never reaches a score; take it out" in found


def test_a_property_that_stands_for_what_is_protected_is_no_property_of_a_score() -> None:
    for each in ("name", "nationality", "birthPlace", "gender", "country", "birthDate"):
        assert "a score reads no property" in refused(
            'from = "words"\nwords', f'from = "property"\nnames = ["{each}"]\nwords'
        )


def test_endless_or_hostile_text_is_refused() -> None:
    for text in ("", "a" * 200_000, "[" * 5000, "format = 1\n" * 2, "\x00", "format = 1"):
        with pytest.raises(BadInputError):
            parse(text, "mine.toml")
