"""Persons' judgements: which opinion counts on each pair of records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.ledger.model import Judgement, SubjectId

SAME: Final = "same"
DIFFERENT: Final = "different"
UNDECIDED: Final = "undecided"
WITHDRAWN: Final = "withdrawn"

Pair = tuple[SubjectId, SubjectId]


def pair_of(left: SubjectId, right: SubjectId) -> Pair:
    """The two ids in canonical order."""
    return (left, right) if left < right else (right, left)


class Opinions:
    """The opinion that counts on each pair: each author's latest, of those the latest that is not withdrawn."""

    def __init__(self) -> None:
        self._by_pair: dict[Pair, dict[str, Judgement]] = {}
        self.partners: dict[SubjectId, set[SubjectId]] = {}
        """Whom each record has ever been judged against."""

    def take(self, judgements: Iterable[Judgement]) -> None:
        """Take in judgements, in any order."""
        for each in judgements:
            pair = pair_of(each.left, each.right)
            by_author = self._by_pair.setdefault(pair, {})
            held = by_author.get(each.by)
            if held is None or _rank(held) < _rank(each):
                by_author[each.by] = each
            self.partners.setdefault(each.left, set()).add(each.right)
            self.partners.setdefault(each.right, set()).add(each.left)

    def of(self, left: SubjectId, right: SubjectId, by: str) -> Judgement | None:
        """The latest of that author on the pair, withdrawn or not."""
        return self._by_pair.get(pair_of(left, right), {}).get(by)

    def put(self, pair: Pair, by: str, judgement: Judgement | None) -> None:
        """Let that be the author's latest on the pair, whatever he said before; None: he never said anything."""
        by_author = self._by_pair.setdefault(pair, {})
        by_author.pop(by, None)
        if judgement is not None:
            by_author[by] = judgement
        self.partners.setdefault(pair[0], set()).add(pair[1])
        self.partners.setdefault(pair[1], set()).add(pair[0])

    def on(self, left: SubjectId, right: SubjectId) -> Judgement | None:
        """The opinion that counts on the pair; None if there is none, or none left."""
        by_author = self._by_pair.get(pair_of(left, right))
        if by_author is None:
            return None
        live = [each for each in by_author.values() if each.verdict != WITHDRAWN]
        return max(live, key=_rank) if live else None

    def about(self, record: SubjectId, verdict: str) -> list[Judgement]:
        """The opinions with that verdict that count on the record and others."""
        found = (self.on(record, other) for other in sorted(self.partners.get(record, ())))
        return [each for each in found if each is not None and each.verdict == verdict]


def _rank(judgement: Judgement) -> tuple[str, str, str, str]:
    return (judgement.at, judgement.by, judgement.verdict, judgement.reason)
