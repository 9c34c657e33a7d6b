"""Tables: rows of CSV and XLSX files, and the saved mappings that say what their columns mean.

`rows` streams a file's rows, `mapped` turns them into records and links in the ledger's words. Nothing is appended
here, and no table is ever held whole in memory.
"""

from leconfield.intake.tables.guessing import Reading, guessed, mapping_of
from leconfield.intake.tables.mapping import load_mapping, saved_mapping, saved_mappings
from leconfield.intake.tables.model import (
    LinkMap,
    MappedLink,
    MappedRecord,
    MappedRow,
    Mapping,
    MappingError,
    RecordMap,
    Row,
    RowError,
    TableError,
)
from leconfield.intake.tables.rows import rows
from leconfield.intake.tables.rules import mapped
from leconfield.intake.tables.saved import SAVED, SavedMapping, SavedMappings, as_toml

__all__ = [
    "SAVED",
    "LinkMap",
    "MappedLink",
    "MappedRecord",
    "MappedRow",
    "Mapping",
    "MappingError",
    "Reading",
    "RecordMap",
    "Row",
    "RowError",
    "SavedMapping",
    "SavedMappings",
    "TableError",
    "as_toml",
    "guessed",
    "load_mapping",
    "mapped",
    "mapping_of",
    "rows",
    "saved_mapping",
    "saved_mappings",
]
