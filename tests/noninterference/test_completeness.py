"""As if the rest had never been written: a view of a mixed ledger, and of one that only ever held the visible part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from leconfield import app
from leconfield.ledger import accounts, labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.ledger.world import World
from leconfield.web.visit import Visit
from tests.fuzz.amounts import amounts
from tests.ledger.desks import EMMA, NOBODY
from tests.noninterference import battery, pages
from tests.noninterference.acts import ANN, KARINA, Act, Script
from tests.noninterference.battery import Transcript, difference, small
from tests.noninterference.desks import Played, done, enrolment, play, quick_desks
from tests.noninterference.leaks import Plant
from tests.noninterference.trials import Sides, apart, drawn

BOB = Reader("bob", "Bob, of another team", frozenset({"S", "AGENTS"}))
READERS = (EMMA, ANN, BOB, NOBODY)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


def _visible_part(script: Script, reader: Reader) -> Script:
    """What of a script the reader may see; nobody looks on, nobody signs in."""
    kept = [each for each in script if each.kind not in ("look", "sign in", "enrol", "table")]
    return tuple(
        replace(each, secrets=tuple(one for one in each.secrets if labels.admits(one.label or "", reader.tokens)))
        for each in kept
        if labels.admits(each.label, reader.tokens)
    )


@amounts(8, 25)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_view_is_what_it_would_be_had_the_rest_never_been_written(reader: Reader, examples: int) -> None:
    compared = 0
    for number in range(examples):
        ((low, secret),) = drawn(Random(f"whole {number}"), 1)
        secret = tuple(each for each in secret if each.kind != "table")
        mixed = play(low, secret)
        alone = play(_visible_part(low, reader), _visible_part(secret, reader))
        if _same_was_let_go(mixed, alone):
            arguments, compared = small((low, secret)), compared + 1
            found, wanted = (battery.transcript(each.desk, reader, arguments) for each in (mixed, alone))
            assert difference(found, wanted) == "", f"world {number}"
        done(mixed, alone)
    assert compared >= examples * 3 // 4


def _same_was_let_go(mixed: Played, alone: Played) -> bool:
    """Whether full checks of what both have told their askers the same of what is above them."""
    among = {**mixed.bits, **mixed.bits_above}
    return all(among.get(act) == told for act, told in {**alone.bits, **alone.bits_above}.items())


def test_two_transcripts_that_are_equal_are_the_same_bytes() -> None:
    ((low, secret),) = drawn(Random(1), 1)
    one, other = play(low), play(tuple(replace(each, secrets=()) for each in low), secret)
    arguments = small((low, secret))
    written = [battery.written_out(battery.transcript(each.desk, EMMA, arguments)) for each in (one, other)]
    assert written[0] == written[1]
    done(one, other)


def _after_losing_it(script: Script, *, ever_held: bool) -> Transcript:
    """What Emma is answered in one and the same sign-in, after she has lost what she held beyond her own."""
    played = play(script)
    site = app.site(played.desk)
    browser = pages.Browser(site, EMMA.name)
    arguments = small((script,))
    if ever_held:
        _hold(played.desk, KARINA)
    for address in pages.addresses(site, arguments):
        browser.get(address)
    _hold(played.desk, EMMA)
    browser.get("/reports?as_of=now")
    answers = [
        *pages.asked(site, browser, arguments),
        *battery.transcript(played.desk, played.desk.reader(EMMA.name), arguments),
    ]
    done(played)
    return answers


def _hold(desk: Desk, like: Reader) -> None:
    desk.append(accounts.KEEPER, [enrolment(replace(EMMA, tokens=like.tokens))])


def _everything(number: int) -> Script:
    ((low, secret),) = drawn(Random(f"lost {number}"), 1)
    return tuple(sorted((*low, *secret), key=lambda each: each.minute))


@amounts(1, 3)
def test_whoever_loses_a_token_is_answered_as_if_he_had_never_held_it(examples: int) -> None:
    for number in range(examples):
        held, never = (_after_losing_it(_everything(number), ever_held=each) for each in (True, False))
        assert difference(held, never) == "", f"world {number}"


@pytest.mark.long
def test_what_is_held_is_asked_at_every_request_not_kept_with_the_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[int, Reader] = {}
    before = Visit.reader.fget  # type: ignore[attr-defined]  # it is a property
    monkeypatch.setattr(Visit, "reader", property(lambda visit: kept.setdefault(id(visit.desk), before(visit))))

    def found(number: int) -> str:
        held, never = (_after_losing_it(_everything(number), ever_held=each) for each in (True, False))
        kept.clear()
        return difference(held, never)

    assert any(found(number) for number in range(4))


def _with_large_tables(number: int) -> list[Sides]:
    """Two worlds in which both sides load a table so large that it lies in a file of its own, one of them the same."""
    (low, secret), (_, other) = drawn(Random(f"large {number}"))
    low = (*low, Act("segment", 60, by=EMMA, label="S", words="calls"))
    hidden = Act("segment", 55 + 10 * (number % 2), label="S&AGENTS", words=("calls", "drops")[number % 2])
    return [(low, (*(each for each in secret if each.kind != "table"), hidden)), (low, other)]


@amounts(1, 4)
def test_large_tables_tell_secrets_apart_no_more_than_small_ones(examples: int) -> None:
    for number in range(examples):
        assert apart(_with_large_tables(number)) == "", f"world {number}"


def test_a_large_table_opened_without_its_label_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plant = Plant(monkeypatch)
    before = World.bulk.fget  # type: ignore[attr-defined]  # it is a property
    monkeypatch.setattr(World, "bulk", property(lambda world: before(plant.everything if plant.desk else world)))
    assert apart(_with_large_tables(0)) != ""


@pytest.mark.parametrize("number", [4, 279])
def test_a_world_that_a_higher_reader_built_is_the_one_the_lower_would_have_built(number: int) -> None:
    """Readers who may see the same share a world: what one has looked at must not show to the other."""
    low, _ = drawn(Random(f"long {number}"), 4, plain=True)[0]
    looks = tuple(Act("look", minute, words="Ada Brook") for minute in range(1, 60, 10))
    assert apart([(low, ()), (low, looks)]) == ""
