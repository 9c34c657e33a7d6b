"""Direct leaks: names, numbers and places that must not leave, however they are written."""
