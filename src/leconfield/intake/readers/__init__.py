"""Readers: a file's bytes in, what it says out.

`read` is all that others need: it finds the format by the bytes first and the name second, and returns a `Document`
or raises `UnreadableError` with the reason and the remedy. Readers know nothing of the ledger.
"""

from leconfield.intake.readers.dispatch import read
from leconfield.intake.readers.model import MAX_BYTES, MAX_TEXT, Document, UnreadableError

__all__ = ["MAX_BYTES", "MAX_TEXT", "Document", "UnreadableError", "read"]
