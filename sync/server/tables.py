"""The centre's tables. Rows never leave sync.server: other rooms get frozen dataclasses and bytes."""

from collections.abc import Iterator

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

SCHEMA = 7
metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

office = Table(
    "office",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", LargeBinary(16), nullable=False, unique=True),
    Column("name", Text, nullable=False, unique=True),
    Column("zone", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("file", LargeBinary, nullable=False),
    # generation -> raw private key of the office, as msgpack: the centre is one of its holders
    Column("keys", LargeBinary, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", LargeBinary(16), nullable=False, unique=True),
    Column("office", ForeignKey("office.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("role", Text, nullable=False),
    # list of NIPs with kind and validity, as msgpack; NIP is never a key
    Column("nips", LargeBinary, nullable=False),
    # judges the proof of the one-time code; empty once a profile has been vouched for by it
    Column("verifier", LargeBinary, nullable=False),
    # public keys that the office file gives a coordinator, as msgpack; NULL for others
    Column("coordinator", LargeBinary),
    Column("merged", ForeignKey("person.id")),
    # the counter of the last word about a merge: the greatest holds
    Column("merges", Integer, nullable=False, default=0),
    Column("erased", Integer, nullable=False, default=0),
)

# Who left an office: their work stays, the office file and the report go on without them. `version` is the
# first office file that does not list them.
departed = Table(
    "departed",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("version", Integer, nullable=False),
)

# A holder is one signing key of one profile. Until somebody vouches for it, it has no person, and what it
# signed is kept and acknowledged but goes into no feed and no fold.
holder = Table(
    "holder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("profile", LargeBinary(16), nullable=False),
    Column("signing", LargeBinary(32), nullable=False),
    Column("letter", LargeBinary(32), nullable=False),
    Column("pc", LargeBinary(16), nullable=False, index=True),
    Column("person", ForeignKey("person.id"), index=True),
    Column("claimed", ForeignKey("person.id"), index=True),
    Column("office", ForeignKey("office.id")),
    Column("role", Text, nullable=False),
    # whose word made it somebody's: the centre's beats a coordinator's, then the greater (log, seq)
    Column("by_centre", Integer, nullable=False),
    Column("vouch_log", BigInteger, nullable=False),
    Column("vouch_seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    # 0 while the key counts; else the Unix second from which only the runs listed by then are taken
    Column("revoked", BigInteger, nullable=False),
    UniqueConstraint("profile", "signing"),
)

# How far each log is held without a gap, and which segments hold which part: to tell a repetition from a
# branch. Keyed by holder too: a stranger who offers somebody else's log id neither blocks that log nor learns
# anything about it.
log = Table(
    "log",
    metadata,
    Column("log", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("holder", Integer, nullable=False),
    # islands held beyond a gap, as msgpack [[first, last], …]; NULL nearly always
    Column("islands", LargeBinary),
    # statements held beside others of the same number: the log has branched
    Column("apart", Integer, nullable=False, default=0, server_default=text("0")),
    # as msgpack [first, last, segment, first, last, segment, …]; NULL once they were erased
    Column("runs", LargeBinary),
    PrimaryKeyConstraint("log", "holder").ddl_if(dialect="sqlite"),
    Index("log_holder", "holder"),
    # PostgreSQL's rows are kept apart by the locks of feeds; without the holder an entry takes a third less
    Index("log_log", "log").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)

# The signed original, once, without the key and the profile that its holder's row says (stored.py).
# `person_lsn` and `office_lsn` are its places in the feeds; a late vouching or a merge gives it new places
# at the end, so that cursors which have passed it meet it again.
segment = Table(
    "segment",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("holder", Integer, nullable=False),
    Column("person", Integer),
    Column("person_lsn", Integer),
    Column("office", Integer),
    Column("office_lsn", Integer),
    Column("flags", SmallInteger().with_variant(Integer, "sqlite"), nullable=False),
    # what was new in it when it came, as msgpack [[log, first, last], …]; NULL or empty when all of it was
    Column("fresh", LargeBinary),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id").ddl_if(dialect="sqlite"),
    Index("segment_person", "person", "person_lsn"),
    Index("segment_office", "office", "office_lsn"),
    # by person, never by month: a stick that comes three months late must still be a duplicate
    postgresql_partition_by="HASH (person)",
)
# PostgreSQL finds segments by number along their order on disk: a tree would cost 27 bytes a row
Index(
    "segment_id",
    segment.c.id,
    postgresql_using="brin",
    postgresql_with={"pages_per_range": 16, "autosummarize": True},
).ddl_if(dialect="postgresql")
EVERYBODYS = segment.c.flags.op("&")(literal_column("1")) != literal_column("0")
"""What everybody of an office reads, in the words by which the index for it is found."""
# the two below hold few rows: what everybody of an office reads, and what waits for a vouching
Index(
    "segment_public",
    segment.c.office,
    segment.c.office_lsn,
    sqlite_where=EVERYBODYS,
    postgresql_where=EVERYBODYS,
)
Index(
    "segment_waiting",
    segment.c.holder,
    sqlite_where=segment.c.person.is_(None),
    postgresql_where=segment.c.person.is_(None),
)

# The feeds' counters where memory alone does not keep them: on PostgreSQL all of them, each row locked
# while its feed is written; on SQLite those of offices in which something was erased, so that no place is
# given twice. `feed` is twice an office's number, or twice a person's and one.
place = Table(
    "place",
    metadata,
    Column("feed", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("top", Integer, nullable=False),
    Column("public", Integer, nullable=False),
    # of a person's feed, as msgpack {holder: [last place, statements held or -1]}
    Column("keys", LargeBinary, nullable=False),
    postgresql_with={"fillfactor": 50},
)

# Which logs were given a clock fix, so that each is fixed once.
clock = Table(
    "clock",
    metadata,
    Column("log", BigInteger, primary_key=True, autoincrement=False),
    Column("shift", BigInteger, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# What a person's facts add up to: one row of the cohort report, good until `until` or until new work comes.
standing = Table(
    "standing",
    metadata,
    Column("person", Integer, primary_key=True, autoincrement=False),
    Column("office", Integer, nullable=False, index=True),
    Column("until", BigInteger, nullable=False),
    # the last segment that had come when it was counted
    Column("upto", BigInteger, nullable=False, default=0),
    Column("row", LargeBinary, nullable=False),
)

# A number is given once and never again, also when its certificate is taken back or its person erased:
# then `proof` is empty, and the number says only that it once stood for something.
certificate = Table(
    "certificate",
    metadata,
    Column("number", Text, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False),
    Column("course", Text, nullable=False),
    Column("issued", BigInteger, nullable=False),
    Column("proof", Text, nullable=False),
    # Unix second at which it was taken back, 0 while it holds
    Column("revoked", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("person", "course", "revoked"),
)
# The PDF that an official signed: its digest; the file itself lies in its owner's feed, in parts.
certificate_paper = Table(
    "certificate_paper",
    metadata,
    Column("number", ForeignKey("certificate.number"), primary_key=True),
    Column("file", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    # grows with each file put in the place of an earlier one
    Column("edition", Integer, nullable=False),
)

# Trainers of other offices who mark what an office hands in; who was called back stays, with active 0. The
# counter grows with each word, as that of a statement does.
lent = Table(
    "lent",
    metadata,
    Column("office", ForeignKey("office.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("active", Integer, nullable=False),
    Column("counter", Integer, nullable=False),
)


class _ByName(set[Index]):
    """The indexes of a table, made in the order of their names: of two alike SQLite takes the later.

    So what everybody reads is found by `segment_public`, which holds nothing else, not by `segment_office`.
    """

    def __iter__(self) -> Iterator[Index]:
        return iter(sorted(super().__iter__(), key=lambda one: str(one.name)))


for _table in metadata.tables.values():
    _table.indexes = _ByName(_table.indexes)
