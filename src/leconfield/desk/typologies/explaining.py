"""Scores in words: each indicator that weighs, what it is read from, and what its weight was discounted for."""

from __future__ import annotations

from leconfield.desk.suggestions import Reason
from leconfield.desk.typologies.model import Typology
from leconfield.desk.typologies.scoring import Part, Score

MOST_STATEMENTS = 12
"""Of the statements behind one indicator, those that are named: the weightiest."""


def reasons(typology: Typology, score: Score) -> tuple[Reason, ...]:
    """The waterfall of a score, what speaks for it first; what the cap takes off is the last of it."""
    found = tuple(_reason(typology, each) for each in score.parts)
    over = sum(each.bits for each in found) - score.bits
    if over > 0.0:
        found += (Reason("More than a typology may weigh", -over, detail=f"capped at {typology.cap:g} bits"),)
    return found


def _reason(typology: Typology, part: Part) -> Reason:
    indicator = typology.indicators[part.indicator]
    statements = tuple(dict.fromkeys(each.fact.statement for each in part.hits))[:MOST_STATEMENTS]
    return Reason(indicator.name, part.bits, statements, "; ".join(_details(typology, part)))


def _details(typology: Typology, part: Part) -> list[str]:
    indicator = typology.indicators[part.indicator]
    if not part.hits:
        return [f"nothing tells of it, and {indicator.absent_after} origins or more speak of the subject"]
    reports = len({each.fact.report for each in part.hits})
    found = [f"{indicator.weight:+g} bits if sure"]
    if indicator.count is not None and part.number:
        found.append(f"{part.number} within {indicator.count.within_days} days")
    found.append(f"{_counted(reports, 'report')} of {_counted(part.origins, 'origin')}")
    denied = sum(each.denied for each in part.hits)
    if denied:
        found.append("denied" if denied == len(part.hits) else f"{denied} of {len(part.hits)} deny it")
    return found


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
