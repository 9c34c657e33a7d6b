"""Who is known to us, and which records are the same: names, trace, resolution. Pure functions of a world."""
