"""Words of organisations' names: one word in several languages, legal forms and what is common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.ledger.vocabulary import ORGANISATION
from leconfield.registry.compare import compare_names, probability
from leconfield.registry.encoding import Encoder
from leconfield.registry.names import GENERIC_BITS, parse_name
from leconfield.registry.words import COMPANY, LEGAL_KINDS, organisation_words


def test_a_word_is_read_as_another_that_is_read_as_itself() -> None:
    one = organisation_words().one
    assert set(one.values()).isdisjoint(one)


def test_every_legal_form_is_of_a_known_kind() -> None:
    assert set(organisation_words().legal.values()) == {COMPANY, *LEGAL_KINDS}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Banco Nacional de Tamarside", "National Bank of Tamarside"),
        ("Obshchestvo s ogranichennoi otvetstvennostyu Tamar", "OOO Tamar"),
        ("Tamar Zavod, S.A. de C.V.", "Tamar Factory Joint Stock Company"),
        ("Severn Drilling Works Corp.", "SDW Corp."),
    ],
)
def test_an_organisation_is_known_again_in_another_language_and_legal_form(left: str, right: str) -> None:
    assert probability(left, right, ORGANISATION) > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [("Tamar Brigade 47", "Tamar Brigade 48"), ("First Tamar Bank", "Second Tamar Bank"), ("Tamar Air", "Severn Air")],
)
def test_another_number_or_first_word_is_another_organisation(left: str, right: str) -> None:
    assert probability(left, right, ORGANISATION) < 0.5


def test_another_legal_form_speaks_against() -> None:
    assert probability("Tamar Ltd", "Tamar e.V.", ORGANISATION) < probability("Tamar Ltd", "Tamar LLC", ORGANISATION)


def test_a_word_in_another_language_is_shown_as_it_is_written() -> None:
    found = compare_names(parse_name("Banco Tamar", ORGANISATION), parse_name("Bank Tamar", ORGANISATION))
    assert found.parts[0].words == "Banco ~ Bank: another spelling"
    assert found.parts[0].common == GENERIC_BITS


@given(st.lists(st.sampled_from(["Ltd", "Company", "the", "of", "S.A.", "Tamar", "joint stock", "AG", ""]), max_size=5))
def test_no_name_loses_all_its_words(written: list[str]) -> None:
    text = " ".join(written)
    name = parse_name(text, ORGANISATION)
    assert bool(name.parts) == bool(text.strip())
    assert Encoder().add(name) == 0
