"""Worlds that differ only in secrets are one world to whoever may not see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from leconfield import app
from leconfield.web.kit import asset
from leconfield.web.visit import get
from tests.ledger.desks import EMMA
from tests.noninterference import pages
from tests.noninterference.acts import ANN
from tests.noninterference.battery import small
from tests.noninterference.desks import done, play, quick_desks
from tests.noninterference.trials import apart, drawn

WORLDS = int(os.environ.get("LECONFIELD_WORLDS", "20000"))
"""Worlds with secrets in the long run: each is held against the one with the same low script and no secrets."""
SECRETS = 4
"""Independent secrets beside one low script."""
OVER_HTTP = 40
"""Every so many scripts are asked over HTTP, too: one world in forty."""
PARTS = 8
"""Parts of the long run, for several workers to share."""
_QUICK = settings(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


@settings(_QUICK, max_examples=16)
@given(st.randoms(use_true_random=False))
def test_no_answer_of_the_python_api_tells_secrets_apart(chance: Random) -> None:
    worlds = drawn(chance)
    note("\n".join(str(each) for each in worlds))
    assert apart(worlds) == ""


@settings(_QUICK, max_examples=1)
@given(st.randoms(use_true_random=False))
def test_no_page_tells_secrets_apart(chance: Random) -> None:
    worlds = drawn(chance)
    note("\n".join(str(each) for each in worlds))
    assert apart(worlds, pages.transcript, (EMMA,)) == ""


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_no_answer_tells_secrets_apart_in_many_worlds(part: int) -> None:
    for number in range(part, WORLDS // SECRETS, PARTS):
        worlds = drawn(Random(f"long {number}"), SECRETS, plain=True)
        readers = (EMMA, ANN) if number % 3 == 0 else (EMMA,)
        assert apart(worlds, readers=readers) == "", f"script {number}"
        if number // PARTS % OVER_HTTP == part:
            assert apart(worlds, pages.transcript, (EMMA,)) == "", f"script {number}, over HTTP"


def test_every_page_is_in_the_battery() -> None:
    played = play(())
    assert pages.unasked(app.site(played.desk)) == []
    done(played)


def test_every_act_on_a_page_is_in_the_battery() -> None:
    played = play(())
    posted = {path for path, _ in pages.posts(small(drawn(Random(1))[0]))} | {"/sign-in", "/sign-out"}
    wanted = pages.routes(app.site(played.desk), "POST")
    assert [each.path for each in wanted if not any(each.path_regex.fullmatch(path) for path in posted)] == []
    done(played)


def test_a_page_that_the_battery_does_not_ask_is_noticed() -> None:
    played = play(())
    site = app.site(played.desk)
    site.router.routes.append(get("/reports/{id}/neighbours", lambda visit: visit.page("me.html")))
    assert pages.unasked(site) == ["/reports/{id}/neighbours"]
    done(played)


def test_what_is_served_as_it_is_is_the_same_for_everybody() -> None:
    (low, secret), _ = drawn(Random(3))
    one, other = play(low), play(low, secret)
    for path in (asset("app.css"), "/static/no-such-file", "/static/"):
        assert pages.fetched(app.site(one.desk), path) == pages.fetched(app.site(other.desk), path)
    done(one, other)
