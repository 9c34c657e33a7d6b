"""Labels: the public vectors, and that every way of evaluating one agrees."""

import itertools
import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger import labels
from leconfield.ledger.labels import AllOf, AnyOf, Expression, LabelError, Token
from tests.shared import shared

TOKENS = ("A", "B", "TEAM.A3", "OP HEATHER", 'q"uote')

expressions: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from([Token(each) for each in TOKENS]),
    lambda inner: st.builds(
        lambda kind, parts: kind(tuple(parts)),
        st.sampled_from([AllOf, AnyOf]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=8,
)


def truth(expression: Expression, held: frozenset[str]) -> bool:
    if isinstance(expression, Token):
        return expression.name in held
    outcomes = [truth(part, held) for part in expression.parts]
    return all(outcomes) if isinstance(expression, AllOf) else any(outcomes)


def test_all_public_vectors_pass() -> None:
    sets = json.loads((shared("data/labels") / "testdata.json").read_text())
    seen = 0
    for each in sets:
        for test in each["tests"]:
            for expression in test["expressions"]:
                seen += 1
                assert outcome(expression, each["auths"]) == test["expectedResult"], expression
    assert seen == 242


def outcome(expression: str, auths: list[list[str]]) -> str:
    try:
        parsed = labels.parse(expression)
    except LabelError:
        return "ERROR"
    return "ACCESSIBLE" if all(parsed.admits(frozenset(each)) for each in auths) else "INACCESSIBLE"


@given(expressions)
def test_evaluator_truth_table_and_stored_filter_agree(expression: Expression) -> None:
    written = str(expression)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE visible (label TEXT)")
    for size in range(len(TOKENS) + 1):
        for held in map(frozenset, itertools.combinations(TOKENS, size)):
            expected = truth(expression, held)
            assert labels.parse(written).admits(held) == expected
            connection.execute("DELETE FROM visible")
            if labels.admits(written, held):
                connection.execute("INSERT INTO visible VALUES (?)", (written,))
            count = connection.execute("SELECT count(*) FROM visible WHERE label = ?", (written,)).fetchone()[0]
            assert bool(count) == expected


@given(expressions, st.frozensets(st.sampled_from(TOKENS)), st.frozensets(st.sampled_from(TOKENS)))
def test_holding_more_never_hides(expression: Expression, some: frozenset[str], more: frozenset[str]) -> None:
    assert not expression.admits(some) or expression.admits(some | more)


@given(st.lists(expressions, max_size=4), st.frozensets(st.sampled_from(TOKENS)))
def test_what_is_derived_from_all_needs_all_and_from_any_needs_one(
    parts: list[Expression], held: frozenset[str]
) -> None:
    written = [str(each) for each in parts]
    assert labels.admits(labels.all_of(written), held) == all(each.admits(held) for each in parts)
    if parts:
        assert labels.admits(labels.any_of(written), held) == any(each.admits(held) for each in parts)


@given(st.text(max_size=60))
@settings(max_examples=500)
def test_no_text_does_more_than_parse_or_be_refused(text: str) -> None:
    try:
        parsed = labels.parse(text)
    except LabelError:
        parsed = None
    if parsed is None:
        assert not labels.admits(text, frozenset(TOKENS))
    else:
        assert labels.parse(str(parsed)) == parsed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A&B|C", "may not be mixed"),
        ("A&", "missing"),
        ("(A", "closing bracket"),
        ("A B", "not allowed"),
        ("A)", "left"),
    ],
)
def test_a_faulty_label_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(LabelError, match=words):
        labels.parse(text)


def test_a_label_a_thousand_brackets_deep_is_refused() -> None:
    with pytest.raises(LabelError, match="deep"):
        labels.parse("(" * 1000 + "A" + ")" * 1000)


def test_a_label_is_shown_without_what_its_reader_does_not_hold() -> None:
    held = frozenset({"S", "TEAM.A"})
    assert labels.as_known("S&(TEAM.A|OP.HEATHER)", held) == "S&TEAM.A"
    assert labels.as_known("S&TEAM.A", held) == "S&TEAM.A"
    assert labels.as_known("", held) == ""


@given(expressions, st.frozensets(st.sampled_from(TOKENS)))
def test_a_label_as_known_names_only_what_is_held_and_still_admits(
    expression: Expression, held: frozenset[str]
) -> None:
    if expression.admits(held):
        known = labels.parse(labels.as_known(str(expression), held))
        assert labels.tokens_in(known) <= held
        assert known.admits(held)
