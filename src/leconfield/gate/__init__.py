"""The gate: the only way out. Who could be burnt by this sentence, what is left behind, and who let it go."""
