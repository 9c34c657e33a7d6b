"""What a kill leaves behind: nothing acknowledged lost, nothing doubled, no answer without its record."""
