"""Release: what leaves, who let it go, and the value without which nothing is sealed."""
