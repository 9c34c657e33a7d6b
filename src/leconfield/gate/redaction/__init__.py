"""Redaction: what in a text would tell who somebody is, masked for a reason that is recorded.

`redact` finds it, in one of two modes; `rebuild` writes the file anew, so that nothing lies underneath.
"""

from leconfield.gate.redaction.model import By, Mode, Order, Reason, Redacted, Redaction
from leconfield.gate.redaction.redacting import redact

__all__ = ["By", "Mode", "Order", "Reason", "Redacted", "Redaction", "redact"]
