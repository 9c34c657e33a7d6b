"""The tables, for every SQL dialect. Every index leads with the label, so that work depends on visible rows only."""

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text

VERSION = 1
"""Version of this layout; a desk of another version is refused with the way to migrate."""

metadata = MetaData()

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

label = Table(
    "label",
    metadata,
    Column("label_id", Integer, primary_key=True),
    Column("expression", Text, nullable=False, unique=True),
)

entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("label_id", Integer, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("salt", BLOB, nullable=False),
    Index("entry_by_label", "label_id", "seq"),
)

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("label_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("learnt", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Index("report_by_label", "label_id", "seq"),
)

statement = Table(
    "statement",
    metadata,
    Column("id", Text, primary_key=True),
    Column("label_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("schema", Text, nullable=False),
    Column("prop", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("learnt", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("grade", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("asserter", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("held_start", Text, nullable=False),
    Column("held_end", Text, nullable=False),
    Index("statement_by_label", "label_id", "seq"),
)

audit_leaf = Table(
    "audit_leaf",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("data", BLOB, nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("frontier", BLOB, nullable=False),
    Column("checkpoint", Text, nullable=False),
)

label_head = Table(
    "label_head",
    metadata,
    Column("label_id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
)
"""For each label the newest entry that brought something under it: what a view must look at again."""

READABLE = (entry, report, statement, label_head)
"""What readers read, each only through its `visible_…` view."""
