"""Extraction: what a report's text says, as mentions, identifiers, facts, links and incidents, each with its span."""
