"""Staff: the duty line, there at every hour, with who takes his turn and who bore how much; and staff files."""
