"""Words as they are compared, and what ordinary prose has anyway."""

from leconfield.gate.matching.features import read
from leconfield.gate.matching.words import ORDINARY, common, keys_of


def test_a_word_that_prose_often_has_is_common_and_a_rare_one_is_not() -> None:
    assert common(keys_of("country")) > common(keys_of("friend")) > ORDINARY
    assert common(keys_of("barometer")) == common(keys_of("gunwale")) == 0.0


def test_several_keys_are_as_common_as_all_of_them_and_never_more_than_always() -> None:
    one, other = keys_of("country"), keys_of("court")
    assert common({*one, *other}) == common(one) + common(other)
    assert 0.0 <= common(key for word in ("court", "force", "tell", "country") for key in keys_of(word)) <= 1.0
    assert common(()) == 0.0


def test_a_capital_makes_no_name_of_an_ordinary_word() -> None:
    (sentence,) = read("They told the Court that Meerkade paid.", "2026-03-05", {})
    kinds = {each.words: each.kind for each in sentence.features}
    assert kinds["Meerkade"] == "name"
    assert kinds["Court"] == "word"
