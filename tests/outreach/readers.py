"""Officers at the window, for tests of `leconfield.outreach`."""

from __future__ import annotations

from leconfield.ledger.model import Reader

_ALL = frozenset({"O", "S", "PRESSROOM", "INTAKE", "APPLICANTS", "RECRUITING", "EQUALITY", "CHALLENGES", "SEQUIN"})
EDITOR = Reader("eve", "Eve, editor", _ALL, frozenset({"officer", "press-officer", "release-officer"}))
SENDER = Reader("sam", "Sam, press", frozenset({"O", "S", "PRESSROOM", "SEQUIN"}), EDITOR.roles)
"""He holds no label of letters, so that what he lets cross takes no time to seal."""
JUNIOR = Reader("jo", "Jo, editor", frozenset({"O", "PRESSROOM"}), frozenset({"officer", "press-officer"}))
PLAIN = Reader("fay", "Fay, investigator", frozenset({"O", "S"}), frozenset({"officer"}))
