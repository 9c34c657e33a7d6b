"""What the demonstration desk is filled with: the invented case under `examples/` and its seeded tables.

`read_case` reads and checks a case folder: its reports, subjects, statements, what its officers did (`acts`), and what
a desk that holds it must show (`key`). `calls` and `sightings` draw its tables from a fixed seed. `build.fill` brings
all of it into a desk in the order of the story, by the acts of the desk's own parts.
"""

from leconfield.demo.case import Case, read_case
from leconfield.demo.tables import Call, Sighting, calls, sightings

__all__ = ["Call", "Case", "Sighting", "calls", "read_case", "sightings"]
