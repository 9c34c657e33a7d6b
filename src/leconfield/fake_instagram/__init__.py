"""A server that behaves as the Instagram API does, faults included: for demonstrations and tests, never for the net."""
