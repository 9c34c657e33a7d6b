"""The vault as officers use it: who somebody is, sealed, opened by two under an authority, and destroyed by two."""
