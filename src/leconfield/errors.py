"""Errors meant for people: each message says what is wrong, where, and what to do."""


class LeconfieldError(Exception):
    """Anything that a person can mend; the command line prints it and exits with `exit_code`."""

    exit_code = 1


class BadInputError(LeconfieldError):
    """Something that came from outside (a file, a form, an argument) is not what it should be."""

    exit_code = 2


class NotFoundError(LeconfieldError):
    """Nothing by that id in this view. The same words whether it is hidden or has never existed."""

    exit_code = 3


class RefusedError(LeconfieldError):
    """The act is not for this reader, or not in this state."""

    exit_code = 4


class DamagedError(LeconfieldError):
    """What is stored does not fit together: a hash, a signature or a file is not what was written."""

    exit_code = 5
