"""The window's pages in the battery: what they are asked, what stands in their addresses, which forms are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tests.noninterference.windowing import NAMES, PARTS, WORDS

Fields = Mapping[str, str]
NOBODY: Final = "f" * 32
AFTER: Final = (
    *("/window", "/window/queue", "/window/crossing", "/window/calendar?month=2026-03", "/window/deliveries"),
    *("/window/comments", "/window/rounds", "/window/recruiting", "/window/tips", "/window/challenges"),
    *("/window/partners", "/window/stop"),
)
"""Pages that show what the acts left behind."""
_AS_OF: Final = ({}, {"as_of": "2026-03-02"}, {"as_of": "now"})
FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/window": _AS_OF,
    "/window/calendar": ({}, {"month": "2026-03"}, {"month": "soon"}),
    "/window/queue": ({}, {"start": "1"}),
    "/window/released/{release}": ({},),
    "/window/crossing": ({},),
    "/window/channels/{release}": ({},),
    "/window/deliveries": _AS_OF,
    "/window/deliveries/{delivery}": ({},),
    "/window/comments": ({},),
    "/window/comments/{comment}": ({},),
    "/window/stop": ({},),
    "/window/recruiting": _AS_OF,
    "/window/recruiting/{campaign}": ({}, {"act": "open"}),
    "/window/recruiting/{campaign}/marking": ({},),
    "/window/recruiting/{campaign}/marking/{question}/{place}": ({},),
    "/window/recruiting/{campaign}/moderation": ({},),
    "/window/recruiting/{campaign}/decisions": ({},),
    "/window/recruiting/{campaign}/feedback": ({},),
    "/window/recruiting/{campaign}/applicants": ({},),
    "/window/recruiting/{campaign}/fairness": ({},),
    "/window/recruiting/{campaign}/reach": ({},),
    "/window/rounds": _AS_OF,
    "/window/rounds/{round}": ({},),
    "/window/rounds/{round}/{question}": ({},),
    "/window/tips": ({}, {"from": "1"}),
    "/window/tips/figures": ({},),
    "/window/tips/{tip}": ({},),
    "/window/challenges": _AS_OF,
    "/window/challenges/questions/{question}": ({},),
    "/window/challenges/submissions/{submission}": ({},),
    "/window/challenges/submissions/{submission}/files/{number}": ({},),
    "/window/challenges/{challenge}": ({},),
    "/window/challenges/{challenge}/gap": ({},),
    "/window/partners": _AS_OF,
    "/window/partners/{partner}": ({},),
}
"""What these pages are asked."""


def parts(part: str, path: str, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What stands in the parts of their addresses."""
    if part == "place" or part == "number":
        return ("1",)
    if part == "question" and path.startswith("/window/recruiting"):
        return ("why",)
    return (*known.get(part, ()), NOBODY)


def posts(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    """Every act, on what is visible and what is hidden, with good, bad and repeated input."""
    for each in (*known.get("release", ())[:3], NOBODY):
        base = f"/window/released/{each}"
        yield f"{base}/correct", {"words": "It was another quay."}
        yield f"{base}/notice", {"notice": ""}
        yield f"{base}/withdraw", {"reason": "it names a man", "notice": "It named somebody."}
        yield f"/window/channels/{each}", {"channels": "instagram"}
    yield "/window/crossing/send", {}
    yield "/window/crossing/fetch", {}
    yield "/window/stop", {"on": "1", "reason": "something is wrong"}
    yield from _on_boxes(known)
    yield from _planned()
    yield from _on_areas(known)


def _on_boxes(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    for each in (*known.get("delivery", ()), NOBODY):
        yield f"/window/deliveries/{each}", {"ruling": "left", "step": "1", "reason": "nobody saw it"}
    for each in (*known.get("comment", ()), NOBODY):
        yield f"/window/comments/{each}/hide", {"reason": "it abuses somebody"}
        yield f"/window/comments/{each}/answer", {"words": "Thank you."}
    for each in (*known.get("tip", ()), NOBODY):
        yield f"/window/tips/{each}/decide", {"verdict": "used", "reason": "it fits"}
        yield f"/window/tips/{each}/ask", {"words": "At what hour?"}
        yield f"/window/tips/{each}/thank", {}
    yield "/window/tips/figures/draft", {"quarter": "2026-q1"}
    yield "/window/tips/figures/tell", {"quarter": "2026-q1"}


def _planned() -> Iterator[tuple[str, Fields]]:
    yield "/window/rounds", {"title": NAMES[0], "opens": "soon", "label": "S"}
    yield "/window/recruiting", {"name": NAMES[1], "opens": "2026-03-09", "closes": "2026-04-09", "label": "S"}
    yield "/window/challenges", {"title": NAMES[1], "opens": "2026-03-09T09:00", "label": "S&AGENTS"}
    yield "/window/partners", {"name": NAMES[0], "collections": "answers", "label": "S"}


def _on_areas(known: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Fields]]:
    for each in (*known.get("round", ()), NOBODY):
        yield f"/window/rounds/{each}/do/announce", {"words": WORDS[1]}
        for question in (*known.get("question", ())[:2], NOBODY):
            yield f"/window/rounds/{each}/{question}/refuse", {"category": "identity", "reason": "it asks for a name"}
    for each in (*known.get("campaign", ()), NOBODY):
        base = f"/window/recruiting/{each}"
        yield f"{base}/staff", {"assessor": "pip"}
        yield f"{base}/marking/why/1", {"mark": "4"}
        yield f"{base}/marking/why/lock", {}
        for act in ("moderation", "decisions", "feedback", "reach"):
            yield f"{base}/{act}", {"reason": "it will do"}
    for each in (*known.get("challenge", ()), NOBODY):
        yield f"/window/challenges/{each}/do/announce", {}
    for each in (*known.get("question", ())[:3], NOBODY):
        yield f"/window/challenges/questions/{each}/answer", {"shown": WORDS[1], "words": "As the brief says."}
    yield f"/window/challenges/submissions/{NOBODY}/score", {"marks": "4"}
    for each in (*known.get("partner", ()), NOBODY):
        yield f"/window/partners/{each}/do/revoke", {"reason": "it was seen elsewhere"}


__all__ = ["AFTER", "FIXED", "PARTS", "parts", "posts"]
