"""A handler's day beside the planning of it: safety calls and words, wardrobe, the week as it is kept in the ledger."""
