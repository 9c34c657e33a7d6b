"""An index of names on disk: fuzzy search over millions of them in a fraction of a millisecond, explained."""
