"""The handler's week: who meets whom when, as whom, in what; found by constraint solving, or what clashes in words."""
