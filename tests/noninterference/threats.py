"""The battery's questions about typologies: pages, acts, scores; and what both sides of a world do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from leconfield.desk.typologies.backtest import EITHER, BackTest, outcomes_of
from leconfield.desk.typologies.catalogue import SHIPPED, Catalogue, shipped
from leconfield.desk.typologies.model import IN_FORCE, VERSIONED
from leconfield.desk.typologies.raising import above, raised, today
from leconfield.desk.typologies.scores import Scores
from leconfield.desk.typologies.service import next_text
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View

NOBODY: Final = "f" * 32
Fields = Mapping[str, str]
NETWORK: Final = next(each for each in shipped() if each.typology.id == "attack-planning-network")
OURS: Final = "load-thieves"
"""A typology that either side may write."""
IDS: Final = (NETWORK.typology.id, "lone-attacker", OURS, NOBODY)
WRITE: Final = "written"
PUT: Final = "in force"
TAKEN_OUT: Final = "out of force"
WORDS: Final = (WRITE, PUT, TAKEN_OUT)
"""What is done with a typology."""
_HEAVY: Final = NETWORK.text.replace("threshold = 5.0", "threshold = 0.5", 1)


def text_of(key: str, number: int) -> str:
    """A version that a script writes: a low threshold, so that small worlds raise somebody."""
    text = next_text(_HEAVY, number)
    return text.replace(NETWORK.typology.id, OURS, 1) if key in "abc" else text


def drafted(words: str, label: str, key: str) -> Draft:
    """What a script does: write a version, put the shipped one in force, or take the typology out of force."""
    if words == WRITE:
        text = text_of(key, 2)
        about = OURS if key in "abc" else NETWORK.typology.id
        return Draft(VERSIONED, label, about=about, body={"text": text, "version": "2", "reason": "sharper"})
    body = {"version": SHIPPED if words == PUT else "", "reason": "as before"}
    return Draft(IN_FORCE, label, about=NETWORK.typology.id, body=body)


FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/typologies": ({}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/typologies/write": ({}, *({"from": each} for each in IDS), {"from": IDS[0], "version": NOBODY}),
    "/typologies/{typology}": ({}, {"version": SHIPPED}, {"version": NOBODY}),
    "/typologies/{typology}/compare": ({}, {"left": SHIPPED, "right": NOBODY}),
    "/typologies/{typology}/back-test": ({}, {"run": "yes"}, {"run": "yes", "outcome": "perpetrator", "budget": "2"}),
    "/typologies/{typology}/subjects/{id}": ({},),
}
"""What these pages are asked."""
AFTER: Final = (
    "/typologies",
    f"/typologies/{IDS[0]}",
    f"/typologies/{OURS}",
    f"/typologies/{IDS[0]}/back-test?run=yes",
)
"""Pages that show what the acts left behind."""


def posts() -> Iterator[tuple[str, Fields]]:
    """Versions and what is in force, with good, bad and repeated input."""
    for label in ("S", "S&AGENTS"):
        for key, number in (("a", 2), ("a", 2), ("z", 3)):
            yield "/typologies", {"text": text_of(key, number), "reason": "sharper", "label": label}
    yield "/typologies", {"text": _HEAVY, "reason": "", "label": "S"}
    yield "/typologies", {"text": "weight = 1", "reason": "sharper", "label": "S"}
    for each in IDS:
        for version in ("", SHIPPED, SHIPPED, NOBODY):
            yield f"/typologies/{each}/in-force", {"version": version, "reason": "as before", "label": "S"}
    yield f"/typologies/{IDS[0]}/in-force", {"version": "", "reason": " ", "label": "S"}


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of typologies."""
    yield "raised", lambda: raised(view)
    yield "above", lambda: [(each.version.id, each.head, each.score) for each in above(view)]
    yield "scores", lambda: view.derived(Scores).scored(NETWORK.typology, today(view))
    yield "in force", lambda: view.derived(Catalogue).all_in_force()
    for each in IDS:
        yield f"versions of {each}", lambda which=each: view.derived(Catalogue).versions(which)  # type: ignore[misc]
    yield "back-test", lambda: _run(view)


def _run(view: View) -> tuple[object, Mapping[SubjectId, tuple[int, ...]]]:
    run = BackTest(view.world, NETWORK.typology)
    return (list(run.run()), run.weeks), outcomes_of(view.world, EITHER, NETWORK.typology).days
