"""Stores: where entries and statements lie. Reached only from inside the ledger; readers go through a view."""
