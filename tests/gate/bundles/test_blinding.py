"""What assessors read tells no name, address, school or age; and it is the same each time it is worked out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.blinding import Known, blinded

ADA = Known.of("José Grace O'Neill-Smith", "jose@example.org\n+44 20 7946 0000", "Anchor Chandlery\nthe lifeboat")


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ("I am José.", "I am [name]."),
        ("JOSE and Jose\u0301's boat", "[name] and [name]'s boat"),
        ("Jo\u200bse\u0301 hid it", "[name] hid it"),
        ("With grace, Grace spoke", "With grace, [name] spoke"),
        ("Mrs O'Neill-Smith came", "[name] came"),
        ("Dr Ada Lovelace said", "[name] said"),
        ("at anchor  chandlery, on The Lifeboat", "at [taken out], on [taken out]"),
        ("write to someone.else@mail.example.org now", "write to [e-mail] now"),
        ("call 020 7946 0000 or +49 (0)30 1234567", "call [phone number] or [phone number]"),
        ("see https://example.org/me and @me_there", "see [address] and [address]"),
        ("from SW1A 1AA", "from [address]"),
        ("At the University of Saint Brigid. I", "At the [school]. I"),
        ("Harbour Road High School taught me", "[school] taught me"),
        ("I am 24 years old, born in May 1998; I'm 24.", "[age], [age]; [age]."),
    ],
)
def test_it_takes_out_what_tells_who_wrote_it(answer, read):
    assert blinded(answer, ADA).text == read


@pytest.mark.parametrize(
    "answer",
    [
        "In 2019-2021 we cut 12 000 000 rows to 3.",
        "The school taught me; a university is no proof.",
        "I am 30% sure, at 10 to 11.",
        "Joseph and Graceland are others.",
        "",
    ],
)
def test_it_leaves_what_tells_nothing(answer):
    made = blinded(answer, ADA)
    assert (made.text, made.count) == (answer, 0)


def test_a_name_of_a_script_without_spaces_is_found_within_a_line():
    assert blinded("我叫李明,住在港口", Known.of("李明")).text == "我叫[name],住在港口"


def test_nothing_known_takes_out_nothing_but_shapes():
    assert blinded("So be it, he said.", Known.of("", "", "")).text == "So be it, he said."


names = st.text("abcdefghijklmnopqrstuvwxyzéöñ", min_size=3, max_size=9).map(str.title)


@settings(deadline=None)
@given(names, names, st.lists(st.sampled_from(["{0}", "{1}", "{0} {1}", "said", "{1}'s", "{0}-{1}", ".", "[name]"])))
def test_neither_part_of_a_name_is_left_as_a_word(first, last, parts):
    answer = " ".join(parts).format(first.upper(), last)
    left = blinded(answer, Known.of(f"{first} {last}"))
    outside = " ".join(each.words for each in left.parts if not each.taken)
    assert not {first.casefold(), last.casefold()} & set(outside.casefold().replace("'", " ").split())


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_blinding_what_is_blind_changes_nothing(answer, name, hidden):
    known = Known.of(name, "", hidden)
    once = blinded(answer, known)
    assert blinded(once.text, known) == once


def test_hostile_answers_take_no_long_time():
    known = Known.of("a " * 50, "", "x" * 4_000)
    for each in ("A" * 20_000, "A " * 10_000, "a@" * 10_000, "+" + "0 " * 10_000, "University of " * 1_500):
        assert blinded(each, known).text
