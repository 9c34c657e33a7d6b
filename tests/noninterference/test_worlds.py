"""Worlds that differ only in secrets are one world to whoever may not see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from leconfield import app
from tests.noninterference import pages
from tests.noninterference.desks import done, play, quick_desks
from tests.noninterference.trials import apart, drawn

WORLDS = int(os.environ.get("LECONFIELD_WORLDS", "20000"))
"""Worlds with secrets in the long run: each is held against the one with the same low script and no secrets."""
SECRETS = 4
"""Independent secrets beside one low script."""
OVER_HTTP = 20
"""Every so many scripts are asked over HTTP, too: one world in twenty."""
_QUICK = settings(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


@settings(_QUICK, max_examples=150)
@given(st.randoms(use_true_random=False))
def test_no_answer_of_the_python_api_tells_secrets_apart(chance: Random) -> None:
    worlds = drawn(chance)
    note("\n".join(str(each) for each in worlds))
    assert apart(worlds) == ""


@settings(_QUICK, max_examples=20)
@given(st.randoms(use_true_random=False))
def test_no_page_tells_secrets_apart(chance: Random) -> None:
    worlds = drawn(chance)
    note("\n".join(str(each) for each in worlds))
    assert apart(worlds, pages.transcript) == ""


@pytest.mark.long
def test_no_answer_tells_secrets_apart_in_many_worlds() -> None:
    for number in range(WORLDS // SECRETS):
        worlds = drawn(Random(f"long {number}"), SECRETS, plain=True)
        assert apart(worlds) == "", f"script {number}"
        if number % OVER_HTTP == 0:
            assert apart(worlds, pages.transcript) == "", f"script {number}, over HTTP"


def test_every_page_is_in_the_battery() -> None:
    played = play(())
    assert pages.unasked(app.site(played.desk)) == []
    done(played)
