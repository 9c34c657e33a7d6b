"""A full check tells one bit beyond the asker's own view, in constant words; everything else at the gate tells nothing.

Delimited release (Sabelfeld and Myers, 2003): of two worlds that differ in secrets alone, those in which the bits of
all checks agree must give the same bytes; where a bit differs, what is told is one of two constants.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import pytest

from leconfield.gate.bundles import SecretKey
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.asking import CHECKED
from leconfield.gate.exposure.commands import as_data
from leconfield.gate.exposure.model import Text
from leconfield.gate.release import judging, sealing, service
from leconfield.gate.release.model import Colour, Release, Verdict
from leconfield.gate.release.state import found, releases
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from tests.ledger.desks import EMMA, filed, look
from tests.noninterference import gating, pages
from tests.noninterference.acts import ANN, HIGH_LABELS, KARINA, Act, Script
from tests.noninterference.desks import Played, done, enrolment, play, quick_desks
from tests.noninterference.trials import apart, drawn
from tests.noninterference.worlds import low_script, secret_script

SECRETS = 3
DRAFTS = (*gating.WORDS, "Rami Haddad drove AB12 CDE to Cedar House.", "Ring 07700 900111 at the mill.")
SEAL = SecretKey.from_seed(b"\x11" * 32)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


def _worlds(number: int) -> list[Played]:
    """One low script beside so many independent secrets, and beside none."""
    low = low_script(Random(f"released {number}"))
    secrets = [secret_script(Random(f"released {number} {each}"), low) for each in range(SECRETS)]
    return [play(low), *(play(low, secret) for secret in secrets)]


@pytest.mark.parametrize("number", range(4))
def test_a_verdict_while_typing_differs_by_nothing_at_all(number: int) -> None:
    worlds = _worlds(number)
    for reader in (EMMA, ANN):
        for words in DRAFTS:
            for audience in ("public", "court"):
                assert len({repr(gating.live(look(each.desk, reader), words, audience)) for each in worlds}) == 1
    done(*worlds)


@pytest.mark.parametrize("number", range(4))
def test_a_full_check_has_two_answers_and_what_it_leaves_behind_follows_from_which(number: int) -> None:
    worlds, rules = _worlds(number), asking.shipped()
    for words in DRAFTS[:4]:
        text = Text(words, "2026-03-02", "draft.txt")
        told: dict[str, set[str]] = {}
        for each in worlds:
            view = look(each.desk, ANN)
            answer = exposure.answer(each.desk, view, text, rules, rules.audience("public"))
            entries = look(each.desk, ANN).entries(about=answer.verdict.digest)
            left = repr((answer, [one for one in entries if one.kind == CHECKED]))
            told.setdefault(answer.refusal, set()).add(f"{left} {json.dumps(as_data(answer))}")
        assert set(told) <= {"", exposure.REFUSAL}
        assert all(len(each) == 1 for each in told.values())
    done(*worlds)


def test_where_every_bit_agrees_every_answer_does() -> None:
    compared = 0
    for number in range(5):
        worlds = drawn(Random(f"bits {number}"), 3)
        checks = [each for each in worlds[0][0] if each.kind == "gate" and each.words == "check"]
        compared += bool(checks)
        assert apart(worlds) == "", f"worlds {number}"
    assert compared >= 1


def _drafted(desk: Desk, words: str, by: Reader = EMMA, label: str = "S") -> EntryId:
    files = {"text.txt": ("text/plain", f"{words}\n".encode())}
    return service.draft(desk, look(desk, by), "post", "public", files, label=label, title="A post")


def _checked(desk: Desk, words: str, by: Reader = EMMA, label: str = "S") -> Release:
    which = _drafted(desk, words, by, label)
    return judging.check(desk, look(desk, by), which)


def _verdict(desk: Desk, words: str, by: Reader = EMMA) -> Verdict:
    told = _checked(desk, words, by).told
    assert told is not None
    return told


HIDDEN = (
    "Pryce. He walks with a limp since a forklift rolled over his foot.",
    "Molloy. He limps since a forklift rolled over his foot, as Gareth Pryce saw.",
    "Ray. The man with the limp had his foot under a forklift in Hull on 3 May 2025. He is known as THE MILLER.",
)
RUNNER = Reader("rob", "Rob, agent runner", frozenset({"O", "S", "AGENTS"}))
LISTENER = Reader("karina", "Karina, listener", frozenset({"O", "S", "NAILA"}))
BARRELS = "Molloy. Seven barrels were buried behind the abattoir at Derby."
BOXES = "Pryce. Forty keys of the signal box at Truro were copied."
INSPECTOR = Reader("odile", "Odile, inspector", frozenset({"OVERSIGHT"}))
LIMPS = "The man limps since a forklift rolled over his foot."


def _with_secret(secret: str, label: str = "S&AGENTS", times: int = 1) -> Played:
    played = play(())
    for each in range(times):
        filed(played.desk, KARINA, f"{secret}{'!' * each}", label)
    return played


def test_refusals_for_different_hidden_reasons_have_one_digest() -> None:
    worlds = [_with_secret(secret, label) for secret in HIDDEN for label in HIGH_LABELS[:3]]
    worlds += [_with_secret(HIDDEN[0], times=3)]
    verdicts = {_verdict(each.desk, LIMPS) for each in worlds}
    assert len(verdicts) == 1
    (verdict,) = verdicts
    assert (verdict.colour, exposure.REFUSAL in verdict.reasons) == (Colour.RED, True)
    assert len({each.digest for each in verdicts}) == 1
    done(*worlds)


def test_a_verdict_that_passes_has_one_digest_whatever_is_hidden_beside() -> None:
    worlds = [_with_secret(secret) for secret in HIDDEN] + [play(())]
    verdicts = {_verdict(each.desk, gating.WORDS[1]) for each in worlds}
    assert len(verdicts) == 1
    assert verdicts.pop().colour is not Colour.RED
    done(*worlds)


@pytest.mark.parametrize(("how", "did"), [("reword", "reword"), ("refuse", "refuse"), ("clear", "BadInputError")])
def test_an_answer_of_an_owner_reaches_the_author_in_the_same_bytes_whatever_it_rests_on(how: str, did: str) -> None:
    worlds, left = [_with_secret(each) for each in HIDDEN], set()
    for each in worlds:
        assert exposure.REFUSAL in _verdict(each.desk, LIMPS).reasons
        gating.done(each.desk, EMMA, "S", "A post", LIMPS, f"answer {how}")
        assert gating.BITS.of(each.desk)[-1] == did
        assert exposure.REFUSAL in _verdict(each.desk, LIMPS).reasons
        left.add(repr([look(each.desk, one).entries() for one in (EMMA, ANN)]))
    assert len(left) == 1
    done(*worlds)


def test_what_an_owner_notes_of_a_hidden_report_shows_to_nobody_below() -> None:
    worlds, left = [_with_secret(each) for each in HIDDEN], set()
    for each in worlds:
        _checked(each.desk, LIMPS)
        seen = [look(each.desk, one).entries() for one in (EMMA, ANN)]
        gating.done(each.desk, EMMA, "S&AGENTS", "A post", LIMPS, "answer note")
        assert gating.BITS.of(each.desk)[-1] == "note"
        assert [look(each.desk, one).entries() for one in (EMMA, ANN)] == seen
        left.add(repr(seen))
    assert len(left) == 1
    done(*worlds)


def _in_compartments(*known: tuple[Reader, str, tuple[str, ...]]) -> Played:
    """A desk at which nobody holds all there is, with reports and who besides their sources could have known them."""
    played = play(())
    played.desk.append(accounts.KEEPER, [enrolment(each) for each in (RUNNER, LISTENER)])
    for by, text, people in known:
        report = filed(played.desk, by, text, "S&AGENTS" if by is RUNNER else "S&NAILA")
        exposure.note_knowers(played.desk, look(played.desk, by), report, people)
    return played


def test_an_asker_who_holds_as_much_as_anybody_learns_no_more_than_whether_it_may_go_on() -> None:
    """Refused for what one compartment shows, or two together: which of them is not his to know."""
    crews = [tuple(f"{each} {number}" for number in range(6)) for each in "ab"]
    alone = _in_compartments((RUNNER, BARRELS, ()))
    together = _in_compartments((RUNNER, BARRELS, ("Vin", *crews[0])), (LISTENER, BOXES, ("Vin", *crews[1])))
    left, rules = set(), asking.shipped()
    for each in (alone, together):
        text = Text(f"{BARRELS[8:]}\n{BOXES[7:]}", "2026-07-01", "draft.txt")
        answer = exposure.answer(each.desk, look(each.desk, EMMA), text, rules, rules.audience("public"))
        assert answer.refusal == exposure.REFUSAL
        left.add(repr((answer, look(each.desk, EMMA).entries())))
    referred = [look(each.desk, RUNNER).entries(kind=exposure.REFERRED) for each in (alone, together)]
    assert [len(each) for each in referred] == [0, 1]
    assert len(left) == 1
    done(alone, together)


def test_whoever_holds_nothing_that_a_draft_touches_is_not_handed_its_words() -> None:
    """A persona in no register, particulars that nobody knows, what another holds: an inspector is asked of none."""
    played = _with_secret(HIDDEN[0])
    played.desk.append(accounts.KEEPER, [enrolment(INSPECTOR)])
    for words in (LIMPS, "Lark was a pilot at Bangor on 3 May 2026.", "On 3 May 2026 the choir sang at Bangor."):
        text = Text(words, "2026-03-02", "draft.txt", persona=gating.PERSONA)
        rules = asking.shipped()
        exposure.answer(played.desk, look(played.desk, EMMA), text, rules, rules.audience("public"))
    reasoned = {
        each.name: look(played.desk, each).entries(kind=exposure.REASONED) for each in (KARINA, INSPECTOR, EMMA)
    }
    assert [name for name, entries in reasoned.items() if entries] == ["karina"]
    done(played)


def test_what_a_checker_alone_may_know_does_not_stand_under_a_lower_label() -> None:
    """Karina holds what the secret rests on; her check of what Emma may see says what anybody's would."""
    worlds = [_with_secret(each) for each in HIDDEN]
    shown = {repr(_verdict(each.desk, LIMPS, KARINA)) for each in worlds}
    assert len(shown) == 1
    for reader in (EMMA, ANN):
        seen = {repr([(one.kind, one.body) for one in look(each.desk, reader).entries()]) for each in worlds}
        assert len(seen) == 1
    done(*worlds)


def test_the_verdict_is_the_same_whoever_asks_for_it() -> None:
    played = _with_secret(HIDDEN[0])
    which = _drafted(played.desk, LIMPS)
    told = {judging.check(played.desk, look(played.desk, each), which).told for each in (EMMA, ANN, KARINA)}
    assert len(told) == 1
    done(played)


@pytest.mark.parametrize("label", HIGH_LABELS)
def test_who_may_not_see_a_release_sees_no_byte_of_it(label: str) -> None:
    """Drafted, checked, refused, let out and taken back: for Emma and Ann it never was."""
    place = HIGH_LABELS.index(label)
    low = tuple(
        Act("gate", minute, by=EMMA, label="S", pair=("one", gating.WORDS[3]), words=step)
        for minute, step in enumerate(gating.CHAINS[2], 10)
    )
    for chain in (gating.CHAINS[place], gating.CHAINS[2]):
        assert apart([(low, ()), (low, _hidden(label, gating.WORDS[place], chain))]) == "", chain


def _hidden(label: str, words: str, chain: object) -> Script:
    steps = [each for each in chain if each not in ("knowers", "register", "said", "told")]  # type: ignore[attr-defined]  # a sequence
    return tuple(
        Act("gate", minute, label=label, pair=("one", words), words=step) for minute, step in enumerate(steps, 8)
    )


def test_ids_known_outside_and_bundles_are_the_same_bytes_beside_hidden_releases() -> None:
    low = tuple(
        Act("gate", minute, by=EMMA, label="S", pair=("one", gating.WORDS[1]), words=step)
        for minute, step in enumerate(gating.CHAINS[3], 10)
    )
    secret = _hidden("S&AGENTS", gating.WORDS[1], gating.CHAINS[3])
    packed = set()
    for hidden in ((), secret):
        played = play(low, hidden)
        (which,) = releases(look(played.desk, EMMA)).by_id
        known = found(look(played.desk, EMMA), which)
        assert known.was_sealed
        packed.add(
            (sealing.public_id(played.desk, which), service.bundle(played.desk, look(played.desk, EMMA), which, [SEAL]))
        )
        done(played)
    assert len(packed) == 1


def test_nothing_of_a_release_follows_from_its_id_known_outside() -> None:
    played = play(())
    which = _drafted(played.desk, "We are open.")
    known = sealing.public_id(played.desk, which)
    assert known not in repr(look(played.desk, KARINA).entries())
    assert which not in known
    done(played)
