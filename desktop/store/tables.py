"""The tables of a profile's database as SQLAlchemy Core knows them; `schema.py` is what makes them."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("log", Integer, nullable=False),
    Column("profile", LargeBinary, nullable=False),
    Column("pc", LargeBinary, nullable=False),
    Column("previous_log", Integer, nullable=False),
    Column("previous_seq", Integer, nullable=False),
    Column("wall", Integer, nullable=False),
    Column("monotonic", Integer, nullable=False),
    Column("boot", LargeBinary, nullable=False),
    Column("signer", LargeBinary, nullable=False),
    Column("own", Integer, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("log", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("header", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("endorsed", Integer, nullable=False),
)

cursor = Table(
    "cursor",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    Column("letter", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False, default=0),
)

draft = Table(
    "draft",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
