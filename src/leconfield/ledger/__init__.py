"""The ledger: entries, statements, labels, grades, views, provenance and the audit. Everything is appended."""
