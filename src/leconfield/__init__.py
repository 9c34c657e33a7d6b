"""Leconfield: an investigation desk that knows what it may say.

Three ideas carry it: the *ledger* (everything is appended, never changed), the *view* (what one reader may
see as of one moment, the only way to read) and the *gate* (the only way out).
"""

__version__ = "0.1.0"
