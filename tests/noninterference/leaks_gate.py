"""Planted leaks of the gate: what full checks, releases, personas and hand-overs could tell beyond their one bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from leconfield.errors import RefusedError
from leconfield.gate.exposure import checking
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.knowers import Noted
from leconfield.gate.exposure.model import gravity
from leconfield.gate.exposure.published import Published
from leconfield.gate.handing.state import Handing
from leconfield.gate.mosaic.state import Personas
from leconfield.gate.release import judging, sealing
from leconfield.gate.release import state as release_state
from leconfield.gate.release.state import Releases
from leconfield.ledger.view import View
from leconfield.ledger.world import World
from tests.noninterference.planting import Plant, leak, not_within_itself


def _of_everything(plant: Plant, kind: type) -> None:
    """Whoever asks for what is folded of that kind is given that of the world which holds all there is."""

    def derived(before: Any, world: World, wanted: type) -> Any:
        whole = plant.everything if wanted is kind and plant.desk is not None and world is plant.shown else world
        return before(whole, wanted)

    plant.wrap(World, "derived", derived)


def _answering(plant: Plant, made: Callable[[exposure.Answer, Any], exposure.Answer]) -> None:
    """Let a full check answer by `made(what it answers, the whole gate's verdict)`."""
    before = exposure.answer

    def answer(desk: Any, view: View, text: Any, rules: Any, audience: Any, *others: Any, **named: Any) -> Any:
        told = before(desk, view, text, rules, audience, *others, **named)
        return made(told, checking.check(plant.everything, text, rules, audience, offering=False))

    plant.put(exposure, "answer", answer)


@leak("reasons of a full check")
def reasons_above_the_asker_shown(plant: Plant) -> None:
    _answering(plant, lambda told, whole: replace(told, verdict=whole))


@leak("which sentence a refusal is about")
def refused_sentence_by_sentence(plant: Plant) -> None:
    def numbered(told: exposure.Answer, whole: Any) -> exposure.Answer:
        pairs = zip(told.verdict.sentences, whole.sentences, strict=False)
        worse = [each.number for each, above in pairs if gravity(above.colour) > gravity(each.colour)]
        return replace(told, refusal=f"{told.refusal} {worse}" if told.refusal else "")

    _answering(plant, numbered)


@leak("how many sources a refusal rests on")
def refused_with_how_many_would_burn(plant: Plant) -> None:
    def counted(told: exposure.Answer, whole: Any) -> exposure.Answer:
        burnt = {each for sentence in whole.sentences for each in sentence.critical}
        return replace(told, refusal=f"{told.refusal} {len(burnt)}" if told.refusal else "")

    _answering(plant, counted)


@leak("what a verdict was judged on")
def digest_with_a_hidden_basis(plant: Plant) -> None:
    before = judging.House.__call__

    def judged(house: judging.House, *others: Any) -> Any:
        verdict = before(house, *others)
        held = sorted(plant.everything.reports)
        return replace(verdict, basis=sha256(f"{verdict.basis} {held}".encode()).hexdigest())

    plant.put(judging.House, "__call__", judged)


@leak("ids under which releases are known outside")
def public_ids_numbered_over_all_releases(plant: Plant) -> None:
    def public_id(_before: Any, _desk: Any, _release: Any) -> str:
        return f"{len(plant.everything.derived(Releases).by_id):032x}"

    plant.everywhere(sealing.public_id, public_id)


@leak("names that are looked for while one types")
def own_view_guarded_by_everything(plant: Plant) -> None:
    def finder(before: Any, guards: Guards, rules: asking.Profile, audience: asking.Audience) -> Any:
        return before(plant.everything.derived(Guards), rules, audience)

    plant.wrap(Guards, "finder", not_within_itself(finder))


@leak("texts that left")
def published_of_hidden_releases_counted(plant: Plant) -> None:
    _of_everything(plant, Published)


@leak("the register in which personas are counted")
def counted_in_a_hidden_register(plant: Plant) -> None:
    _of_everything(plant, Personas)


@leak("who could have known")
def knowers_noted_under_any_label(plant: Plant) -> None:
    _of_everything(plant, Noted)


@leak("the list of releases")
def releases_of_everybody_listed(plant: Plant) -> None:
    def releases(_before: Any, _view: View) -> Releases:
        return plant.everything.derived(Releases)

    plant.everywhere(release_state.releases, releases)


@leak("whether there is such a release", "/releases")
def hidden_releases_refused_and_others_not_found(plant: Plant) -> None:
    def found(before: Any, view: View, which: str) -> Any:
        hidden = which in plant.everything.derived(Releases).by_id and which not in view.derived(Releases).by_id
        if hidden:
            raise RefusedError("that release is not for you")
        return before(view, which)

    plant.everywhere(release_state.found, found)


@leak("files that wait at the gate")
def hand_overs_of_everybody_wait(plant: Plant) -> None:
    _of_everything(plant, Handing)


@leak("verdicts that are remembered")
def verdicts_remembered_by_their_words_alone(plant: Plant) -> None:
    kept: dict[object, Any] = {}

    def check(before: Any, world: World, text: Any, *others: Any, **named: Any) -> Any:
        which = (id(plant.desk), text.words.strip(), named.get("offering", True))
        if which not in kept:
            kept[which] = before(plant.everything if plant.desk else world, text, *others, **named)
        return kept[which]

    plant.everywhere(checking.check, check)
