"""What the demonstration desk is filled with: the invented case under `examples/` and its seeded tables.

`read_case` reads and checks a case folder; `calls` and `sightings` draw its tables from a fixed seed. Filling a desk
with them is the business of the command line.
"""

from leconfield.demo.case import Case, read_case
from leconfield.demo.tables import Call, Sighting, calls, sightings

__all__ = ["Call", "Case", "Sighting", "calls", "read_case", "sightings"]
