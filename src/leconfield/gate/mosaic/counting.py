"""How many people fit all that was said: k of k-anonymity, and l of l-diversity (Machanavajjhala et al., 2007)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from leconfield.gate.mosaic.model import SECRET, Claim, Counted, Effect, Member, Register, Told
from leconfield.gate.mosaic.saying import Terms

_REMEMBERED: Final = 4_096
"""Sentences of which it is remembered what they say: each is counted again whenever more was said."""


class Mosaic:
    """A register, ready to be counted over."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._claims = lru_cache(maxsize=_REMEMBERED)(Terms(register).claims)

    @property
    def whole(self) -> Counted:
        """Everybody, before anything is said."""
        return self._count(self._register.members, ())

    def counted(self, said: Iterable[tuple[str, str]]) -> Counted:
        """Who fits everything that was said: texts, each with the day (ISO) on which it was."""
        steps = self.steps(said)
        return steps[-1].counted if steps else self.whole

    def steps(self, said: Iterable[tuple[str, str]]) -> tuple[Told, ...]:
        """What each text says, and who fits all that was said up to it: ever the same people or fewer."""
        claims: tuple[Claim, ...] = ()
        fitting: Sequence[Member] = self._register.members
        found = []
        for words, day in said:
            made, unchecked = self._claims(words, day)
            fresh = _distinct(made, beside=claims)
            claims = (*claims, *fresh)
            fitting = [each for each in fitting if all(fits(each, claim) for claim in fresh)]
            found.append(Told(self._count(fitting, claims), made, unchecked, tuple(fitting)))
        return tuple(found)

    def effects(self, said: Sequence[tuple[str, str]], sentences: Iterable[str], on: str) -> tuple[Effect, ...]:
        """What each sentence does, on top of what was said before and of the sentences before it."""
        new = [(each, on) for each in sentences]
        steps = self.steps([*said, *new])
        counts = [self.whole, *(each.counted for each in steps)][len(said) :]
        return tuple(
            Effect(sentence, before, after, step.unchecked)
            for (sentence, _), step, (before, after) in zip(new, steps[len(said) :], pairwise(counts), strict=True)
        )

    def _count(self, fitting: Sequence[Member], claims: tuple[Claim, ...]) -> Counted:
        secret = {kind: len({value for each in fitting for value in each.facts.get(kind, ())}) for kind in SECRET}
        known = set(self._register.kinds)
        return Counted(len(fitting), {kind: count for kind, count in secret.items() if kind in known}, claims)


def _distinct(claims: Iterable[Claim], beside: Iterable[Claim]) -> tuple[Claim, ...]:
    """Those that say something that was not said before."""
    known = {_said(each) for each in beside}
    return tuple({_said(each): each for each in claims if _said(each) not in known}.values())


def _said(claim: Claim) -> tuple[object, ...]:
    return claim.words, tuple(sorted((kind, tuple(sorted(values))) for kind, values in claim.wanted.items()))


def fits(member: Member, claim: Claim) -> bool:
    """Whether the claim may be about this member: he has one of the values of one of the kinds."""
    return any(not member.facts.get(kind, frozenset()).isdisjoint(values) for kind, values in claim.wanted.items())
