"""Recruiting: applications in, blind packets to the panel, a decision by a person, an answer to everybody."""
