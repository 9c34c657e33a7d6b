"""The compartment owner's side of the gate: what it asks of those who hold what a draft touches, and their answers."""
