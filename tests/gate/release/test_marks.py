"""Tests of `leconfield.gate.release.marks` and `codes`: alternatives, rows of choices, and what an agreement proves."""

from __future__ import annotations

import random
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.gate.bundles import content
from leconfield.gate.release import codes, marks
from leconfield.gate.release.marks import Marked


def row(secret: str, counts: list[int]) -> tuple[int, ...]:
    return codes.choices(counts, lambda place: sha256(f"{secret} {place}".encode()).hexdigest())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[one]]", "2 to 8"),
        ("[[a|b|c|d|e|f|g|h|i]]", "2 to 8"),
        ("[[a|]]", "is empty"),
        ("[[a|b", "in pairs"),
        ("a]] [[b|c]]", "in pairs"),
        ("[[a|[[b|c]]", "within itself"),
        ("[[Left.|left]]", "in capitals or points"),
        ("[[a|b]]" * 2001, "2,000 at most"),
    ],
)
def test_alternatives_that_will_not_do_are_refused_with_their_words(text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        Marked.parse(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text("ab \n", max_size=6), st.integers(2, 5)), max_size=8), st.randoms())
def test_any_choice_gives_the_text_with_it(parts: list[tuple[str, int]], dice: random.Random) -> None:
    written, expected, taken = "", "", []
    for number, (fixed, count) in enumerate(parts):
        taken.append(dice.randrange(count))
        written += fixed + "[[" + "|".join(f"w{number}x{each}" for each in range(count)) + "]]"
        expected += f"{fixed}w{number}x{taken[-1]}"
    assert Marked.parse(written).text(taken) == expected


def test_the_readings_show_every_alternative_and_are_as_few_as_can_be() -> None:
    files = {"a.txt": b"[[one|two|three]] [[x|y]]", "b.txt": b"[[p|q]]", "c.bin": b"[[\xff"}
    types = {"a.txt": "text/plain", "b.txt": "text/markdown", "c.bin": "image/png"}
    made = content("post", "public", {name: (types[name], held) for name, held in files.items()})
    read = list(marks.readings(made, files))
    assert [each["a.txt"] for _, each in read] == [b"one x", b"two y", b"three y"]
    assert {each["b.txt"] for _, each in read} == {b"p", b"q"}
    assert all(each["c.bin"] == files["c.bin"] for _, each in read)


def test_a_text_without_alternatives_has_one_reading_itself() -> None:
    made = content("post", "public", {"a.txt": ("text/plain", b"Plain.")})
    assert list(marks.readings(made, {"a.txt": b"Plain."})) == [(made, {"a.txt": b"Plain."})]


def test_choices_are_even_and_follow_from_the_secret_alone() -> None:
    assert row("k Bern", [2] * 50) == row("k Bern", [2] * 50) != row("k Oslo", [2] * 50)
    drawn = row("k Bern", [3] * 6000)
    assert all(1850 < drawn.count(each) < 2150 for each in range(3))


def test_the_chance_is_the_binomial_one_where_all_places_have_two() -> None:
    rows = {"Bern": (0,) * 20, "Oslo": (1,) * 20}
    bern, oslo = codes.matches([0] * 20, [2] * 20, rows)
    assert (bern.recipient, bern.agreed, bern.read) == ("Bern", 20, 20)
    assert bern.chance == pytest.approx(2 * 2.0**-20)
    assert oslo.chance == 1.0
    (half, _) = codes.matches([0] * 15 + [1] * 5, [2] * 20, rows)
    assert half.chance == pytest.approx(2 * 0.020694732666)  # P(Binomial(20, 1/2) >= 15)


def test_nothing_read_names_nobody() -> None:
    (only,) = codes.matches([None] * 8, [2] * 8, {"Bern": (0,) * 8})
    assert (only.chance, only.named(1)) == (1.0, True)
    assert not only.named(2)


def test_as_many_places_as_are_needed_name_a_whole_copy_and_one_fewer_does_not() -> None:
    for count in (2, 3, 5):
        places = codes.needed(40, count)
        rows = {str(each): row(f"s{each}", [count] * places) for each in range(40)}
        first = codes.matches(rows["0"], [count] * places, rows)[0]
        assert first.named()
        fewer = {name: each[:-1] for name, each in rows.items()}
        assert not codes.matches(fewer["0"], [count] * (places - 1), fewer)[0].named()


@pytest.mark.parametrize("counts", [[2] * 40, [2, 3, 4] * 10, [5] * 12])
def test_false_accusations_stay_below_what_is_said_whatever_text_turns_up(counts: list[int]) -> None:
    """1,000 leaks that come from none of 20 copies, made by mixing copies of a coalition that is not on the list."""
    dice, false, leaks = random.Random(1), 0, 1000
    for number in range(leaks):
        rows = {str(each): row(f"{number} {each}", counts) for each in range(20)}
        others = [row(f"{number} other {each}", counts) for each in range(3)]
        leaked = [dice.choice(options) for options in zip(*others, strict=True)]
        false += codes.matches(leaked, counts, rows)[0].named(one_in=20)
    assert false / leaks < 1 / 20


def test_two_who_mix_their_copies_are_found_more_often_the_more_places_there_are() -> None:
    dice, found = random.Random(2), {}
    for places in (20, 40, 80):
        hits = 0
        for number in range(200):
            rows = {str(each): row(f"{number} {each}", [2] * places) for each in range(20)}
            leaked = [dice.choice(options) for options in zip(rows["0"], rows["1"], strict=True)]
            named = [each.recipient for each in codes.matches(leaked, [2] * places, rows) if each.named()]
            hits += bool({"0", "1"} & set(named))
        found[places] = hits / 200
    assert found[20] < found[40] < found[80]
    assert found[80] > 0.9
