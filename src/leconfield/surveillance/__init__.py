"""Surveillance: operations under an authority, and the observation log that is evidence once it is written."""
