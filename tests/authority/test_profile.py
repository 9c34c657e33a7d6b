"""Tests of `leconfield.authority.profile`."""

from __future__ import annotations

import pytest

from leconfield.authority.profile import parse, shipped
from leconfield.errors import BadInputError

GOOD = """
format = 1
id = "here"
name = "Here"
[grounds]
crime = "to prevent crime"
[[kind]]
id = "one"
name = "One"
law = "Act s.1"
permits = ["watch"]
grounds = ["crime"]
decides = "officer"
lasts = "3 months"
urgent = "72 hours"
review = "1 month"
renewal_window = "7 days"
"""


def test_the_shipped_profile_has_every_clock_of_the_domain() -> None:
    kinds = shipped().kinds
    assert {str(kinds[each].lasts) for each in ("agent-use", "criminal-conduct")} == {"12 months"}
    assert str(kinds["agent-use"].urgent) == "72 hours"
    assert str(kinds["agent-use-juvenile"].lasts) == "4 months"
    assert str(kinds["directed-surveillance"].lasts) == "6 months"
    assert (kinds["intrusive-surveillance"].approves, str(kinds["intrusive-surveillance"].urgent)) == (
        "judicial-commissioner",
        "2 working days",
    )
    assert str(kinds["data-warrant"].urgent) == "3 working days"
    assert kinds["criminal-conduct"].rests_on == ("agent-use", "agent-use-juvenile")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "format = 1"),
        ('lasts = "3 months"', 'lasts = "3 moons"', 'kind 1, "lasts"'),
        ('decides = "officer"', "", '"decides" is missing'),
        ('grounds = ["crime"]', 'grounds = ["fun"]', '"fun" is not in'),
        ('permits = ["watch"]', "permits = []", "not empty"),
        ('id = "one"', 'id = "one"\nlast = "1 day"', '"last" is not known'),
        ('id = "one"', 'id = "one"\nrests_on = ["two"]', "no kind here"),
        ("[grounds]", "[ground", "not TOML"),
        ("[grounds]", "[other]", "is missing"),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, said: str) -> None:
    parse(GOOD, "here.toml")
    with pytest.raises(BadInputError, match=r"here\.toml") as caught:
        parse(GOOD.replace(old, new, 1), "here.toml")
    assert said in str(caught.value)


@pytest.mark.parametrize("which", ["fr", "../uk", "", "uk.toml"])
def test_there_is_no_other_profile(which: str) -> None:
    with pytest.raises(BadInputError, match="no profile"):
        shipped(which)
