"""How many people fit all that was said: k of k-anonymity, and l of l-diversity (Machanavajjhala et al., 2007)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leconfield.gate.mosaic.model import SECRET, Claim, Counted, Effect, Member, Register
from leconfield.gate.mosaic.saying import Terms


class Mosaic:
    """A register, ready to be counted over."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._terms = Terms(register)

    def counted(self, said: Iterable[tuple[str, str]]) -> Counted:
        """Who fits everything that was said: texts, each with the day (ISO) on which it was."""
        return self._count([claim for text, on in said for claim in self._terms.claims(text, on)[0]])

    def effects(self, said: Sequence[tuple[str, str]], sentences: Iterable[str], on: str) -> tuple[Effect, ...]:
        """What each sentence does, on top of what was said before and of the sentences before it."""
        claims = [claim for words, day in said for claim in self._terms.claims(words, day)[0]]
        before = self._count(claims)
        found = []
        for sentence in sentences:
            fresh, unchecked = self._terms.claims(sentence, on)
            claims = [*claims, *fresh]
            after = self._count(claims)
            found.append(Effect(sentence, before, after, unchecked))
            before = after
        return tuple(found)

    def _count(self, claims: Sequence[Claim]) -> Counted:
        distinct = tuple({(each.words, tuple(sorted(each.wanted))): each for each in claims}.values())
        fitting = [each for each in self._register.members if all(fits(each, claim) for claim in distinct)]
        secret = {kind: len({value for each in fitting for value in each.facts.get(kind, ())}) for kind in SECRET}
        known = set(self._register.kinds)
        return Counted(len(fitting), {kind: count for kind, count in secret.items() if kind in known}, distinct)


def fits(member: Member, claim: Claim) -> bool:
    """Whether the claim may be about this member: he has one of the values of one of the kinds."""
    return any(not member.facts.get(kind, frozenset()).isdisjoint(values) for kind, values in claim.wanted.items())
