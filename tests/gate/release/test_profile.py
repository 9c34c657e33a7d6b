"""Tests of `leconfield.gate.release.profile`."""

from __future__ import annotations

import pytest

from leconfield.errors import BadInputError
from leconfield.gate.release import profile

GOOD = """
format = 1
[[audience]]
id = "public"
name = "Everybody"
approves = ["a", "b"]
one_of = "b"
seals = ["a"]
publishes = ["a"]
withdraws = ["a"]
passes = ["green"]
"""


def test_the_shipped_profile_has_audiences_that_two_approve_for() -> None:
    uk = profile.shipped()
    assert {"public", "partner", "court", "staff"} <= set(uk.audiences)
    assert uk.audience("court").one_of == "legal-adviser"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "", "format = 1"),
        ("[[audience]]", "[audience]", r"\[\[audience\]\]"),
        ('one_of = "b"', 'one_of = "c"', "does not approve"),
        ('passes = ["green"]', 'passes = ["red"]', "never passes"),
        ('seals = ["a"]', "seals = []", "not empty"),
        ('seals = ["a"]', "", "list of words"),
        ('id = "public"', "id = 1", "no text"),
        ('id = "public"', 'id = "public"\napprovals = 1', "not known here"),
        ("format = 1", "format = ", "not TOML"),
    ],
)
def test_a_profile_that_will_not_do_is_refused(old: str, new: str, said: str) -> None:
    assert profile.parse(GOOD, "mine.toml").audience("public").approves == {"a", "b"}
    with pytest.raises(BadInputError, match=said):
        profile.parse(GOOD.replace(old, new), "mine.toml")


def test_one_audience_has_one_id_and_unknown_ones_are_refused() -> None:
    twice = GOOD + GOOD.replace("format = 1", "")
    with pytest.raises(BadInputError, match="one id"):
        profile.parse(twice, "mine.toml")
    with pytest.raises(BadInputError, match="no audience"):
        profile.shipped().audience("mars")
    with pytest.raises(BadInputError, match="no profile"):
        profile.shipped("../uk")
