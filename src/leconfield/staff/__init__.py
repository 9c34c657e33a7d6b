"""Staff: the duty line, there at every hour: who takes his turn, who is asked next, who has borne how much."""
