"""Exposure: whom a reader of the released text could single out as the one who told us."""
