"""The authorities of a view, folded from its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from leconfield.authority import profile, rules
from leconfield.authority.model import AUTHORITY, KIND, PARTICULARS, Authority, Deed, Step
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded

ROLES: Final = "roles"
"""The key of an entry's body that says which roles whoever acts held."""
RESTS_ON: Final = "rests_on"
_STEPS: Final = {each.value: each for each in Step}


class Authorities(Folded):
    """Every authority of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[EntryId, Authority] = {}
        self._about: dict[str, list[EntryId]] = defaultdict(list)

    def about(self, thing: str) -> tuple[Authority, ...]:
        """Those about one thing, the oldest first."""
        return tuple(self.by_id[each] for each in self._about.get(thing, ()))

    def _take(self, entries: Iterable[Entry]) -> None:
        law = profile.shipped()
        for entry in entries:
            step = _STEPS.get(entry.kind)
            if step is None:
                continue
            if step is Step.APPLY:
                self._begin(entry)
            elif known := self.by_id.get(EntryId(entry.body.get(AUTHORITY, ""))):
                roles = entry.body.get(ROLES, "").split()
                kind = law.kinds[known.kind]
                written = {each: entry.body.get(each, "") for each in PARTICULARS}
                self.by_id[known.id] = rules.after(known, deed_in(entry), kind, roles, law.holidays, written)

    def _begin(self, entry: Entry) -> None:
        body = entry.body
        if body.get(KIND, "") in profile.shipped().kinds:
            said = {each: body.get(each, "") for each in PARTICULARS}
            made = rules.applied(deed_in(entry), body[KIND], entry.about, body.get(RESTS_ON, ""), said)
            self.by_id[made.id] = made
            self._about[made.about].append(made.id)


def deed_in(entry: Entry) -> Deed:
    """The step that an entry records."""
    fields = {each: entry.body.get(each, "") for each in ("reason", "conditions", "until", "review")}
    return Deed(entry.id, _STEPS[entry.kind], entry.at, entry.by, entry.label, **fields)


def authorities(view: View) -> Authorities:
    """Those of a view."""
    return view.derived(Authorities)
