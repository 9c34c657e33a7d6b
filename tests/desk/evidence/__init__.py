"""Tests of evidence and disclosure."""
