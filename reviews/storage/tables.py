"""The tables of the store."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# `revision` is the id of the last operation; `deleted` is when it was deleted, "" while it was not.
documents = Table(
    "documents", metadata,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("origin", String(32), nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
    Column("deleted", String(32), nullable=False),
    Column("revision", Integer, nullable=False),
)  # fmt: skip

# The texts as they were given, in chain order; `sheet` is everything else that is known of a version.
versions = Table(
    "versions", metadata,
    Column("document", String(32), ForeignKey("documents.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("sign", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("sheet", JSON, nullable=False),
)  # fmt: skip

# What people did, in order. `run` and `number` name the command as the page sent it: one that is sent twice is stored once.
operations = Table(
    "operations", metadata,
    Column("document", String(32), ForeignKey("documents.id"), primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("level", String(32), nullable=False),
    Column("values", JSON, nullable=False),
    Column("author", Text, nullable=False),
    Column("created", String(32), nullable=False),
    Column("run", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("document", "run", "number"),
)  # fmt: skip

# What the machine found when the document was first read at a level; made anew if it is lost.
machine = Table(
    "machine", metadata,
    Column("document", String(32), ForeignKey("documents.id"), primary_key=True),
    Column("level", String(32), primary_key=True),
    Column("made_by", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)  # fmt: skip

# The divergence of units that people made, by what they hold; made anew if it is lost.
measures = Table(
    "measures", metadata,
    Column("document", String(32), ForeignKey("documents.id"), primary_key=True),
    Column("level", String(32), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)  # fmt: skip

settings = Table(
    "settings", metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip
