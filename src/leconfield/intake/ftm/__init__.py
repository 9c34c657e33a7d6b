"""FollowTheMoney JSON lines, in and out: a file format only, one entity a line.

Things become records; the interval schemata (`Ownership`, `Membership` ...) become links with the time they held,
and back. What is read has the same shape as the rows of a mapped table.
"""

from leconfield.intake.ftm.reading import LineError, read_ftm
from leconfield.intake.ftm.writing import of_statements, write_ftm

__all__ = ["LineError", "of_statements", "read_ftm", "write_ftm"]
