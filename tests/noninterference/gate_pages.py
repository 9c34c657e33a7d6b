"""The pages of the gate in the battery: what they are asked, what stands in their addresses, which forms are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pytest

from leconfield.gate.bundles import SecretKey
from leconfield.gate.pages_personas import id_of
from leconfield.gate.release import keys
from tests.noninterference.gating import HIDDEN_PERSONA, PERSONA, REGISTER, WORDS

Fields = Mapping[str, str]
NOBODY: Final = "f" * 32
AFTER: Final = ("/releases", "/gate", "/personas", "/exchange/waiting", f"/personas/{id_of(PERSONA)}")
"""Pages that show what the acts left behind."""
FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/releases": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/releases/new": ({}, {"form": "post", "text": WORDS[0]}),
    "/releases/seal.pem": ({},),
    "/releases/{release}": ({}, {"act": "approve"}, {"act": "withdraw"}),
    "/releases/{release}/edit": ({},),
    "/releases/{release}/bundle": ({},),
    "/releases/{release}/withdrawal": ({},),
    "/releases/{release}/copies": ({},),
    "/releases/{release}/copies/one": ({}, {"for": "Editor 0"}),
    "/releases/{release}/leaked": ({},),
    "/releases/{release}/files/{name}": ({},),
    "/releases/{release}/pictures": ({},),
    "/releases/{release}/pictures/{picture}": ({},),
    "/releases/{release}/pictures/{picture}/original": ({},),
    "/releases/{release}/pictures/{picture}/preview": ({},),
    "/releases/{release}/pictures/{picture}/leaving": ({},),
    "/exchange/waiting": ({}, {"from": "1"}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/exchange/out/{release}": ({},),
    "/evidence/out/{release}": ({},),
    "/evidence/out/{release}/{sheet}": ({},),
    "/gate": ({}, {"asker": "emma"}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/gate/{case}": ({}, {"act": "clear"}),
    "/personas": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/personas/{persona}": ({},),
    "/redact": ({}, {"report": NOBODY}),
    "/redact/{entry}": ({},),
}
"""What these pages are asked."""


def parts(part: str, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What stands in the parts of their addresses."""
    if part == "name":
        return ("text.txt", "none.txt")
    if part == "persona":
        return (id_of(PERSONA), id_of(HIDDEN_PERSONA), NOBODY)
    return (*known.get(part, ()), NOBODY)


def sealed_alike(patch: pytest.MonkeyPatch) -> None:
    """Let every desk have the same key to seal with; outside tests each makes its own."""
    key = SecretKey.from_seed(b"\x11" * 32)
    patch.setattr(keys, "of_desk", lambda _desk: key)


def posts(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    """Every act, on visible and hidden releases, cases and personas, with good, bad and repeated input."""
    begun = {"form": "post", "audience": "public", "title": "A post", "persona": PERSONA, "actions": ""}
    for words, label in ((WORDS[1], "S"), (WORDS[0], "S&AGENTS"), ("", "")):
        yield "/releases", {**begun, "text": words, "label": label}
    for each in (*known.get("release", ()), NOBODY):
        yield from _on_release(f"/releases/{each}", each)
    for case in (*known.get("case", ()), NOBODY):
        yield from _on_case(f"/gate/{case}")
    yield "/gate/askers/emma", {"reason": "he asked for a colleague"}
    yield from _on_personas()
    yield "/redact", {"do": "look", "text": "Ray Cassell was born in Luton in 1990.", "mode": "protect"}
    yield "/redact", {"do": "forget", "text": "", "mode": ""}


def _on_release(base: str, which: str) -> Iterator[tuple[str, Fields]]:
    yield f"{base}/look", {"title": "one", "text": WORDS[0], "part": "yes"}
    yield f"{base}/look", {"title": "one", "text": WORDS[4], "persona": PERSONA}
    yield f"{base}/edit", {"title": "one", "text": f"{WORDS[1]} Thank you.", "base": "another"}
    yield f"{base}/check", {}
    yield f"{base}/approve", {"content": "0" * 64, "verdict": "0" * 64, "reason": "it is sound"}
    for step in ("refuse", "seal", "publish", "forget"):
        yield f"{base}/{step}", {"reason": "it will do"}
    yield f"{base}/files", {"remove": "none.txt"}
    yield f"{base}/copies", {"recipient": "Editor 7"}
    yield f"{base}/leaked", {"text": WORDS[3]}
    yield f"{base}/pictures", {}
    yield f"{base}/pictures/{NOBODY}", {"do": "preview"}
    yield f"/exchange/out/{which}", {}
    yield f"/evidence/out/{which}", {}
    yield f"{base}/withdraw", {"reason": ""}


def _on_case(base: str) -> Iterator[tuple[str, Fields]]:
    filled = {"sentence": "1", "check": "not matched", "report": NOBODY, "people": "the crew|60"}
    for act in ("note", "clear", "reword", "refuse", "forget"):
        yield f"{base}/{act}", {**filled, "words": "We are open.", "reason": "the partner agrees"}
    yield f"{base}/clear", {"sentence": "far", "reason": ""}


def _on_personas() -> Iterator[tuple[str, Fields]]:
    said = {"words": "Lark once was a nurse.", "on": "2026-02-20", "where": "a podcast", "label": "S"}
    yield "/personas", {**said, "persona": PERSONA}
    yield "/personas", {**said, "persona": "", "label": "S&AGENTS"}
    yield "/personas/register", {"table": REGISTER, "label": "S"}
    for persona in (PERSONA, HIDDEN_PERSONA):
        base = f"/personas/{id_of(persona)}"
        yield f"{base}/try", {**said, "text": "She has two children."}
        yield f"{base}/note", said
        yield f"{base}/forget", {}
