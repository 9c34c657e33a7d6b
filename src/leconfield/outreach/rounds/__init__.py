"""Questions and answers in rounds: planned, asked, moderated, answered, and let out all at once by the gate."""
