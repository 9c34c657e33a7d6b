"""The battery's questions about exchange: what goes out, what comes in; and what both sides of a world do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Protocol

from leconfield.desk.exchange.model import HANDED_OVER
from leconfield.desk.exchange.state import Receipts
from leconfield.intake.tables import SAVED, SavedMappings, as_toml, guessed, mapping_of, rows
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View
from tests.desk.exchange.partners import bundled, theirs

Fields = Mapping[str, str]
Answer = tuple[int, tuple[tuple[bytes, bytes], ...], bytes]
WORDS: Final = ("handed over", "saved")
"""What is done in exchange."""
TABLE: Final = "caller,callee,time\n+447700900111,07700 900112,2026-02-01T10:00\n"
_TERMS: Final = {"source": "KITE", "grade": "B2", "label": "S"}
_ROWS: Final = tuple(rows(TABLE.encode(), "calls.csv"))
_BEARS: Final = theirs("threat-actor", 1, name="Ray Cassell", aliases=["HU"], confidence=80)
BUNDLE: Final = bundled(_BEARS, theirs("malware", 2, is_family=False)).decode()
AFTER: Final = ("/exchange", "/exchange?from=2", "/exchange?as_of=2026-03-02", "/exchange?as_of=now")
"""Pages that show what the acts left behind."""


class Asking(Protocol):
    """A reader's browser."""

    def post(self, path: str, fields: Fields) -> Answer:
        """What a form is answered."""
        ...


def drafted(words: str, label: str, subject: str, key: str) -> Draft:
    """What a script does: hand a subject over, or save a mapping under a name that both sides use."""
    if words == "saved":
        body = {"mapping": as_toml(mapping_of(guessed(_ROWS), f"Calls {key}")), "columns": "callee\ncaller\ntime"}
        return Draft(SAVED, label, about=f"telco {key}", body=body)
    body = {"purpose": "as agreed", "format": "stix", "digest": key * 8, "subjects": subject, "statements": "3"}
    return Draft(HANDED_OVER, label, about=f"Partner {key}", body=body)


def outward(subjects: tuple[str, ...], reports: tuple[str, ...], charts: tuple[str, ...]) -> Iterator[Fields]:
    """What would go out: hidden subjects among them, for partners who hold little, much, and what the officer lacks."""
    yield from ({}, {"ids": " ".join(subjects[:-1])})
    for holds in ("", "O", "S O", "S AGENTS TS"):
        yield {"ids": subjects[0], "holds": holds, "hops": "1", "format": "ftm"}
    yield from ({"ids": each, "holds": "S", "recipient": "Partner a"} for each in subjects[1:])
    yield {"investigation": "f" * 32}
    for kind, ids in (("report", reports), ("chart", charts)):
        yield from ({kind: each, "holds": "S AGENTS SEQUIN"} for each in ids)


def posts(subjects: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    """Acts with good, bad and repeated input."""
    wanted = {"recipient": "Partner a", "purpose": "as agreed", "holds": "O S", "hops": "1"}
    for form in ("stix", "ftm", "graphml", "doc"):
        yield "/exchange/out", {**wanted, "ids": subjects[0], "format": form}
    yield from (("/exchange/out", {**wanted, "ids": each, "format": "stix"}) for each in subjects[-2:])
    yield "/exchange/out", {**wanted, "ids": subjects[0], "format": "stix", "label": "S&AGENTS"}
    yield "/exchange/out", {"ids": "", "format": "stix"}
    for what in ("bundle", "table"):
        for act in ("again", "save", "load", "take-in"):
            yield f"/exchange/{what}/{act}", {"token": "none"}
        yield f"/exchange/{what}", {**_TERMS, "pasted": "{"}
        yield f"/exchange/{what}", {**_TERMS, "label": "S&AGENTS", "pasted": BUNDLE if what == "bundle" else TABLE}


def bring(browser: Asking) -> Iterator[tuple[str, Answer]]:
    """Bring a bundle and a table, look at them again, save what the columns mean, and take both in."""
    for what, pasted in (("bundle", BUNDLE), ("table", TABLE)):
        found = browser.post(f"/exchange/{what}", {**_TERMS, "pasted": pasted})
        yield f"a {what} brought", found
        fields = {"token": found[2].decode().partition('name="token" value="')[2].partition('"')[0]}
        fields |= {"kind": "calls", "dates": "YYYY-MM-DD", "name": "telco a"}
        fields |= {"column-0": "caller", "column-1": "callee", "column-2": "at"}
        for act in ("again", "save", "load") if what == "table" else ("again", "take-in"):
            yield f"a {what}, {act}", browser.post(f"/exchange/{what}/{act}", fields)


def asks(view: View) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the Python API says of exchange."""
    yield "receipts", lambda: view.derived(Receipts).in_order
    yield (
        "receipts on subjects",
        lambda: [view.derived(Receipts).naming([each]) for each in sorted(view.world.by_subject)],
    )
    yield "saved mappings", lambda: sorted(view.derived(SavedMappings).by_name.items())
    yield "mappings that fit", lambda: view.derived(SavedMappings).fitting(("caller", "callee", "time"))


FIXED: Final[Mapping[str, Iterable[Fields]]] = {
    "/exchange": ({}, {"from": "2"}, {"as_of": "2026-03-02"}, {"as_of": "now"}),
    "/exchange/bundle": ({},),
    "/exchange/table": ({},),
}
"""What these pages are asked."""
