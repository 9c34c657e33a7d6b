"""How far an incident went: accomplished, attempted or only threatened (MUC-4, slot 5)."""

from __future__ import annotations

import re
from typing import Final

ACCOMPLISHED: Final = "accomplished"
ATTEMPTED: Final = "attempted"
THREATENED: Final = "threatened"

_ACT: Final = (
    r"(?:kill|murder|assassinat|execut|attack|bomb|blow|explo|destroy|kidnap|abduct|burn|shoot|seize|dynamit|ambush)\w*"
)
_THREAT: Final = re.compile(
    r"\bthreat(?:s|en|ens|ened|ening)?\b(?: \w+){0,4}? (?:to|of|that|against|with)\b"
    r"|\b(?:death|bomb|kidnap\w*) threats?\b|\bplot (?:against|to)\b"
    r"|\b(?:plans?|planned|planning|plots?|plotted|plotting|conspir\w+|intend\w*)"
    rf" (?:\w+ ){{0,2}}?to (?:\w+ ){{0,2}}?{_ACT}|\bwill (?:be )?{_ACT}"
)
_DEVICE: Final = r"(?:bombs?|devices?|charges?|explosives?|dynamite)"
_ATTEMPT: Final = re.compile(
    rf"\b(?:tried|attempt(?:s|ed|ing)?|failed|trying) to (?:\w+ ){{0,2}}?{_ACT}"
    r"|\b(?:attempted|failed|frustrated|foiled|thwarted|unsuccessful) (?:\w+ ){0,2}?"
    r"(?:murder|assassination|attack|bombing|kidnap\w*|attempt|coup|raid)\b"
    rf"|\b{_DEVICE}\b[^.;]{{0,50}}\b(?:deactivat|defus|failed to|did not (?:explode|go off)|disarm)"
    rf"|\b(?:deactivat|defus|disarm)\w* [^.;]{{0,40}}\b{_DEVICE}\b"
    r"|\bassassination attempt\b|\bescaped (?:unhurt|unharmed|an? (?:attack|attempt))\b"
)


def stage_of(words: str) -> str:
    """The stage that a sentence (lower case) gives to the incident it tells of."""
    if _ATTEMPT.search(words):
        return ATTEMPTED
    return THREATENED if _THREAT.search(words) else ACCOMPLISHED
