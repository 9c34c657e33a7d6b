"""Tests of `leconfield.gate.release.service`: each step an entry, and what is folded fails closed."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import Content, verify, whole
from leconfield.gate.release import profile, rules, sealing, service
from leconfield.gate.release.model import Colour, State, Step, Verdict
from leconfield.gate.release.state import Releases, found, releases, said
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from tests.gate.release.rooms import (
    AUTHOR,
    EVERYBODY,
    KEEPER,
    LABEL,
    MARKED,
    OFFICER,
    OTHER,
    POST,
    PRESS,
    SEAL,
    SIMPLE,
    STRANGER,
    THIRD,
    Gate,
    approved,
    approves,
    checked,
    drafted,
    house,
    now,
    out,
)


def test_a_release_goes_from_a_draft_to_the_public_and_is_taken_back() -> None:
    desk, _ = house()
    which = out(desk)
    packed = service.bundle(desk, now(desk, OFFICER), which, [SEAL])
    assert verify(packed, [SEAL.public]).files == {"text.txt": POST["text.txt"][1]}
    assert packed == service.bundle(desk, now(desk, KEEPER), which, [SEAL])
    assert service.take(desk, now(desk, PRESS), which, Step.PUBLISH, reason="Now.").state is State.PUBLISHED
    assert service.take(desk, now(desk, PRESS), which, Step.WITHDRAW, reason="Wrong.").state is State.WITHDRAWN
    back = whole(sealing.withdrawal(desk, now(desk, PRESS), which, [SEAL]))
    assert back.manifest.withdraws
    assert back.manifest.release == whole(packed).manifest.release
    with pytest.raises(RefusedError, match="withdrawn"):
        service.bundle(desk, now(desk, OFFICER), which, [SEAL])
    assert [each.id for each in said(now(desk, SIMPLE))] == [which]


def test_every_step_is_an_entry_under_the_label_of_the_release() -> None:
    desk, _ = house()
    which = out(desk)
    entries = now(desk, SIMPLE).entries(about=which)
    assert [each.kind for each in entries] == [
        Step.DRAFT,
        Step.CHECK,
        Step.APPROVE,
        Step.APPROVE,
        Step.SEAL,
    ]
    assert {each.label for each in entries} == {LABEL}


def test_a_bundle_tells_nothing_of_the_inside() -> None:
    desk, _ = house()
    which = out(desk)
    packed = service.bundle(desk, now(desk, OFFICER), which, [SEAL])
    for secret in (which, *(each.name for each in EVERYBODY), "SEQUIN", "2026", "sound"):
        assert secret.encode() not in packed


def test_an_edit_voids_verdict_and_approvals() -> None:
    desk, _ = house()
    which = approved(desk)
    after = service.edit(desk, now(desk, THIRD), which, OTHER)
    assert (after.state, after.verdict, after.approvals) == (State.DRAFT, None, ())
    assert after.authors == {"ann", "dot"}
    with pytest.raises(RefusedError, match="it is draft"):
        service.seal(desk, now(desk, OFFICER), which, Gate())
    with pytest.raises(RefusedError, match="nothing has changed"):
        service.edit(desk, now(desk, THIRD), which, OTHER)
    service.check(desk, now(desk, THIRD), which, Gate())
    with pytest.raises(RefusedError, match="wrote or edited"):
        approves(desk, THIRD, which)


def test_an_approval_is_of_what_one_has_seen() -> None:
    desk, _ = house()
    which = checked(desk)
    seen = found(now(desk, OFFICER), which)
    assert seen.verdict is not None
    service.edit(desk, now(desk, AUTHOR), which, OTHER)
    service.check(desk, now(desk, AUTHOR), which, Gate())
    for content, verdict in (
        (seen.content.digest, seen.verdict.digest),
        (found(now(desk, OFFICER), which).content.digest, seen.verdict.digest),
    ):
        with pytest.raises(RefusedError, match="meanwhile"):
            service.approve(desk, now(desk, OFFICER), which, content=content, verdict=verdict, reason="Fine.")


def test_a_red_verdict_stops_it() -> None:
    desk, _ = house()
    which = drafted(desk)
    assert service.check(desk, now(desk, AUTHOR), which, Gate(Colour.RED)).state is State.DRAFT
    with pytest.raises(RefusedError, match="it is draft"):
        approves(desk, OFFICER, which)
    assert service.check(desk, now(desk, AUTHOR), which, Gate(Colour.AMBER)).state is State.CHECKED


@pytest.mark.parametrize(
    ("gate", "state"), [(Gate(Colour.GREEN, "more was said"), State.CHECKED), (Gate(Colour.RED), State.DRAFT)]
)
def test_what_changed_since_the_approval_is_noticed_at_the_seal(gate: Gate, state: State) -> None:
    desk, _ = house()
    which = approved(desk)
    with pytest.raises(RefusedError, match="decide anew"):
        service.seal(desk, now(desk, OFFICER), which, gate)
    after = found(now(desk, OFFICER), which)
    assert (after.state, after.approvals) == (state, ())


def test_two_releases_that_are_harmful_only_together_do_not_both_leave() -> None:
    desk, _ = house()
    first, second = approved(desk), approved(desk, OTHER)

    def gate() -> Gate:
        others = said(now(desk, OFFICER))
        return Gate(Colour.RED if others else Colour.GREEN, "".join(each.content.digest for each in others))

    service.seal(desk, now(desk, OFFICER), first, gate())
    with pytest.raises(RefusedError, match="decide anew"):
        service.seal(desk, now(desk, OFFICER), second, gate())
    assert found(now(desk, OFFICER), second).state is State.DRAFT


def test_an_edit_at_the_moment_of_the_seal_wins() -> None:
    desk, _ = house()
    which = approved(desk)

    def slow(content: Content, files: Mapping[str, bytes]) -> Verdict:
        service.edit(desk, now(desk, THIRD), which, OTHER)
        return Gate()(content, files)

    with pytest.raises(RefusedError, match="at the same moment"):
        service.seal(desk, now(desk, OFFICER), which, slow)
    assert found(now(desk, OFFICER), which).state is State.DRAFT
    with pytest.raises(RefusedError, match="not sealed"):
        service.bundle(desk, now(desk, OFFICER), which, [SEAL])


def test_nobody_without_the_role_takes_a_step() -> None:
    desk, _ = house()
    which = checked(desk)
    for reader, said_so in ((SIMPLE, "takes the role"), (PRESS, "takes the role"), (AUTHOR, "wrote or edited")):
        with pytest.raises(RefusedError, match=said_so):
            approves(desk, reader, which)
    approves(desk, OFFICER, which)
    with pytest.raises(RefusedError, match="second is another"):
        approves(desk, OFFICER, which)
    with pytest.raises(RefusedError, match="one of the two"):
        approves(desk, THIRD, which)
    approves(desk, KEEPER, which)
    with pytest.raises(RefusedError, match="takes the role"):
        service.seal(desk, now(desk, PRESS), which, Gate())


def test_hidden_and_never_existed_are_refused_in_the_same_words() -> None:
    desk, _ = house()
    which = checked(desk)
    words = []
    for one in (which, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            service.check(desk, now(desk, STRANGER), one, Gate())
        words.append(str(caught.value))
    assert words[0] == words[1]


def test_what_an_officer_did_not_see_to_changes_nothing_however_it_was_written_down() -> None:
    desk, _ = house()
    which = checked(desk)
    seen = found(now(desk, OFFICER), which)
    assert seen.verdict is not None
    on = {"content": seen.content.digest, "verdict": seen.verdict.digest}
    mine = {**on, "roles": "release-officer source-protection-officer"}
    for kind, body in (
        (Step.SEAL, mine),
        (Step.APPROVE, on),
        (Step.APPROVE, {**mine, "verdict": "0" * 64}),
        (Step.CHECK, {**mine, "colour": "red", "basis": ""}),
        (Step.CHECK, {**mine, "colour": "blue"}),
        (Step.CHECK, {**mine, "reasons": "{"}),
        (Step.CHECK, {**mine, "colour": "green", "reasons": "[1]"}),
        (Step.EDIT, {**mine, "fields": "{}"}),
        (Step.EDIT, {**mine, "fields": '{"audience":"public","embargo":"","form":"post","members":[1],"title":""}'}),
        (Step.COPY, {**mine, "recipient": "Bern", "choices": "x"}),
        (Step.PUBLISH, mine),
    ):
        desk.append(OFFICER, [Draft(kind.value, LABEL, about=which, body=body)])
    desk.append(OFFICER, [Draft(Step.APPROVE.value, "S", about=which, body=mine)])
    desk.append(OFFICER, [Draft(Step.DRAFT.value, LABEL, about="another", body={"fields": "{", **on})])
    assert found(now(desk, OFFICER), which) == seen
    assert set(releases(now(desk, OFFICER)).by_id) == {which}


@pytest.mark.parametrize(
    ("changed", "said_so"),
    [
        ({"audience": "mars"}, "no audience"),
        ({"label": " "}, "who may know"),
        ({"embargo": "tomorrow"}, "write the moment"),
        ({"files": {}}, "there is none"),
        ({"files": {"Jane Smith.txt": ("text/plain", b"")}}, "a name is"),
        ({"files": {"text.txt": ("text/plain", b"[[one]]")}}, "alternatives"),
        ({"files": {"text.txt": ("text/plain", b"\xff")}}, "no UTF-8"),
    ],
)
def test_a_draft_that_will_not_do_is_refused(changed: dict[str, object], said_so: str) -> None:
    desk, _ = house()
    given = {"form": "post", "audience": "public", "files": POST, "label": LABEL, **changed}
    with pytest.raises(BadInputError, match=said_so):
        service.draft(desk, now(desk, AUTHOR), **given)  # type: ignore[arg-type]
    assert not releases(now(desk, AUTHOR)).by_id


def test_each_alternative_is_judged_and_each_recipient_has_his_own_copy() -> None:
    desk, _ = house()
    which = approved(desk, MARKED)
    gate = Gate()
    # what the gate was asked when it was approved is asked again, with every alternative in some reading
    service.seal(desk, now(desk, OFFICER), which, gate)
    read = b" ".join(gate.seen)
    assert all(words in read for words in (b"left", b"drove off", b"Some", b"About", b"came back", b"returned"))
    assert b"[[" not in read
    view = now(desk, OFFICER)
    with pytest.raises(RefusedError, match="copy for each"):
        service.bundle(desk, view, which, [SEAL])
    got = {name: service.copy(desk, now(desk, OFFICER), which, name, [SEAL]) for name in ("Bern", "Oslo", "Riga")}
    assert got["Bern"] == service.copy(desk, now(desk, KEEPER), which, "  Bern ", [SEAL])
    for name, packed in got.items():
        bundle = verify(packed, [SEAL.public])
        assert bundle.manifest.recipient == name
        assert b"[[" not in bundle.files["text.txt"]
    assert len(found(now(desk, OFFICER), which).copies) == 3


def test_a_text_without_alternatives_has_no_copies() -> None:
    desk, _ = house()
    which = out(desk)
    with pytest.raises(RefusedError, match="no alternatives"):
        service.copy(desk, now(desk, OFFICER), which, "Bern", [SEAL])
    with pytest.raises(RefusedError, match="no alternatives"):
        service.leaked(now(desk, OFFICER), which, "some words")


def test_what_has_grown_step_by_step_is_what_the_whole_gives() -> None:
    desk, _ = house()
    now(desk, AUTHOR).derived(Releases)
    out(desk), out(desk, OTHER)
    view = now(desk, AUTHOR)
    assert view.derived(Releases).by_id == Releases.of(view.world).by_id


def test_the_public_id_is_not_the_id_of_an_entry() -> None:
    desk, _ = house()
    which = out(desk)
    assert sealing.sealed(desk, now(desk, OFFICER), which).public_id not in {
        which,
        *(each.id for each in now(desk, OFFICER).entries()),
    }


def acted(dice: random.Random, desk: Desk, which: EntryId) -> None:
    """Somebody tries something."""
    reader, gate = dice.choice(EVERYBODY), Gate(dice.choice((Colour.GREEN, Colour.GREEN, Colour.GREEN, Colour.RED)))
    try:
        match dice.choices(("check", "approve", "seal", "edit"), (3, 20, 8, 1))[0]:
            case "check":
                service.check(desk, now(desk, reader), which, gate)
            case "approve":
                approves(desk, reader, which)
            case "seal":
                service.seal(desk, now(desk, reader), which, Gate())
            case _:
                service.edit(desk, now(desk, reader), which, dice.choice((POST, OTHER)))
    except RefusedError:
        pass


def test_many_officers_at_random_seal_nothing_that_two_others_have_not_approved() -> None:
    dice, sealed = random.Random(7), 0
    for _ in range(20):
        desk, _ = house()
        which = checked(desk)
        for _ in range(20):
            acted(dice, desk, which)
            known = found(now(desk, AUTHOR), which)
            if known.state is State.SEALED:
                sealed += 1
                assert sealing.why_not(known) == ""
                assert len({each.by for each in known.approvals} - known.authors) == 2
                break
    assert sealed > 3


def test_it_is_told_who_must_act_next_until_nothing_is_to_be_done() -> None:
    desk, _ = house()
    which = drafted(desk)
    said = [_awaited(desk, which)]
    service.check(desk, now(desk, AUTHOR), which, Gate())
    said.append(_awaited(desk, which))
    for each in (OFFICER, KEEPER):
        approves(desk, each, which)
        said.append(_awaited(desk, which))
    service.seal(desk, now(desk, OFFICER), which, Gate())
    said.append(_awaited(desk, which))
    service.take(desk, now(desk, PRESS), which, Step.PUBLISH, reason="It is time.")
    assert said == [
        "its author: the gate is to be asked",
        "two who approve (release officer or source protection officer), not those who wrote in it",
        "one more who approves (source protection officer), not ben",
        "whoever seals (release officer or source protection officer)",
        "whoever publishes (press officer or release officer)",
    ]
    assert not _awaited(desk, which)


@pytest.mark.parametrize(
    ("colour", "told"), [(Colour.RED, "it may not go on as it is"), (Colour.GREEN, "it was refused")]
)
def test_a_draft_that_was_stopped_says_by_what(colour: Colour, told: str) -> None:
    desk, _ = house()
    which = drafted(desk)
    service.check(desk, now(desk, AUTHOR), which, Gate(colour))
    if colour is Colour.GREEN:
        service.take(desk, now(desk, OFFICER), which, Step.REFUSE, reason="Too early.")
    assert _awaited(desk, which) == f"its author: {told}"


def _awaited(desk: Desk, which: str) -> str:
    known = found(now(desk, AUTHOR), which)
    return rules.awaited(known, profile.shipped().audience(known.content.audience))
