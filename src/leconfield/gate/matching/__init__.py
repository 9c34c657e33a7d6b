"""Matching: which passages of which reports a sentence asserts or implies, in whatever words."""
