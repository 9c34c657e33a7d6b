"""A file for machines is looked through as what it says: nothing that could be said in it is taken for its format."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.exchange.model import FORMATS, STIX
from leconfield.gate.files.machine import said_in
from tests.gate.handing.partners import house, made


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_file_says_of_whom_and_how_they_are_linked_stands_in_sentences(form: str) -> None:
    said = said_in(made(house(), form=form).content.decode())
    for each in ("Ray Cassell", "Anna Brook", "07700 900111", "grey Golf", "Mill Lane"):
        assert each in said
    (met,) = (line for line in said.splitlines() if "Ray Cassell" in line and "Anna Brook" in line)
    assert "2026-02-0" in met
    assert len(said.splitlines()) < 30


@pytest.mark.parametrize("form", FORMATS)
def test_ids_and_terms_of_the_format_are_left_out(form: str) -> None:
    said = said_in(made(house(), form=form).content.decode())
    for each in ("spec_version", "identity--", "attr.name", "properties", "link-", "{", "<"):
        assert each not in said


def test_prose_stays_as_it_is() -> None:
    for each in ("We are open at every hour.\n", "[[Some|About]] ten men came.", "{not json", "<b>bold</b>", ""):
        assert said_in(each) == each


_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(lambda each: f"~{each}")


@settings(max_examples=100, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=5), st.integers(0, 4))
def test_whatever_is_hidden_in_keys_values_depths_and_repeated_keys_is_said(texts: list[str], way: int) -> None:
    name, *others = (json.dumps(each) for each in texts)
    written = {
        0: f'{{"type": "bundle", "objects": [{{"id": {name}, "name": [{", ".join(others)}]}}]}}',
        1: f'{{{name}: {{"properties": {{"name": [[{", ".join(others)}]]}}}}}}',
        2: f'{{"name": {name}, "name": "Ray", "id": [{", ".join(others)}]}}',
        3: f'{{"id": {name}}}\n[{", ".join(others)}]\n',
        4: f'{{"objects": {name}, "objects": [{{"objects": [{", ".join(others)}]}}]}}',
    }[way]
    said = said_in(written)
    for each in texts:
        assert each in said


def test_a_tag_that_is_not_of_the_format_is_text() -> None:
    network = made(house(), form="graphml").content.decode()
    for smuggled in ('<node id="rob met him at the quay">', "<!-- rob met him -->", '<rob met="him"/>'):
        assert "rob" in said_in(network.replace("<graph ", f"{smuggled}<graph ", 1))


def test_what_only_escapes_hide_is_said() -> None:
    assert "Ray Cassell" in said_in('{"objects": [{"name": "\\u0052ay Cassell"}]}')
    bundle = made(house(), form=STIX).content.decode()
    assert "Pryce & Sons" in said_in(bundle.replace("grey Golf", "Pryce \\u0026 Sons"))
