"""What a hub carries: parts as files, durable before anything is said of them, and an index of whose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.postbag.document import Document
from sync.postbag.part import Form, Part, read_part
from sync.refusal import Code, Refusal
from sync.server.database_sqlite import close_to_others, engine_at
from sync.server.home import PRIVATE, write_file

TOTAL = 2 << 30
"""Bytes a hub carries at most; whoever comes then keeps their post and comes again."""
ONE_PC = 256 << 20
"""Bytes of one PC's post at most, so that no one fills the hub for all."""
LETTERS = 64
"""Answers kept for one PC: a newer answer holds what an older one held and was not fetched."""
PUT_OFF = 86_400
"""Seconds by which a part is put off at most; further off is only what a clock gone wrong put off."""
_LETTER = {Form.OUTWARD: "k", Form.HOMEWARD: "p", Form.RECEIPT: "t", Form.DOCUMENT: "d"}

_metadata = MetaData()
# One row a part. `key` is the PC's key id: who brought an OUTWARD, for whom a HOMEWARD is. An OUTWARD that
# the centre lists keeps its row without a file, so that its PC can be told. `due` is when it is tried next.
_part = Table(
    "part",
    _metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("form", Integer, nullable=False),
    Column("key", LargeBinary(8), nullable=False, index=True),
    Column("at", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("due", Integer, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("receipt", LargeBinary(32)),
    Column("name", Text, nullable=False, default=""),
    Column("version", Integer, nullable=False, default=0),
    sqlite_with_rowid=True,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An OUTWARD part that the centre has not listed yet, and how often it was tried."""

    digest: bytes
    data: bytes
    tries: int


class HubStore:
    """The parts of one hub. Used by one thread at a time."""

    def __init__(self, database: Path, folder: Path) -> None:
        """Open or make index and folder, and let the two agree: what has no file is not carried."""
        close_to_others(database)
        self._engine = engine_at(database, size=2, begin="BEGIN IMMEDIATE")
        self._folder = folder
        with self._engine.begin() as connection:
            _metadata.create_all(connection)
        self._agree()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def carry(self, part: Part, data: bytes, key: bytes, now: int) -> None:
        """Keep a PC's part, durably when this returns. Raises Refusal(UNAVAILABLE) when there is no room."""
        with self._engine.begin() as connection:
            if connection.execute(select(_part.c.digest).where(_part.c.digest == part.digest)).first():
                return
            held = select(func.coalesce(func.sum(_part.c.size), 0))
            if (
                connection.execute(held).scalar_one() + len(data) > TOTAL
                or connection.execute(held.where(_part.c.key == key)).scalar_one() + len(data) > ONE_PC
            ):
                raise Refusal(Code.UNAVAILABLE, what="room")
            self._put(connection, part, data, key, now)

    def next_due(self, now: int) -> Waiting | None:
        """Return the part that the centre should be offered next, None when nothing is due."""
        query = (
            select(_part.c.digest, _part.c.form, _part.c.tries)
            .where(_part.c.form == Form.OUTWARD.mark, _part.c.size > 0)
            .where((_part.c.due <= now) | (_part.c.due > now + PUT_OFF))
            .order_by(_part.c.due, _part.c.at)
            .limit(1)
        )
        with self._engine.begin() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        path = self._path(Form.OUTWARD, row.digest)
        return Waiting(row.digest, path.read_bytes(), row.tries)

    def postpone(self, digest: bytes, until: int) -> None:
        """Try a part again at Unix second `until`, and others before it."""
        change = update(_part).where(_part.c.digest == digest)
        with self._engine.begin() as connection:
            connection.execute(change.values(due=until, tries=_part.c.tries + 1))

    def give_up(self, digest: bytes) -> None:
        """Let a part go that the centre can never open; its PC has what was in it and learns nothing."""
        with self._engine.begin() as connection:
            connection.execute(delete(_part).where(_part.c.digest == digest))
        self._path(Form.OUTWARD, digest).unlink(missing_ok=True)

    def listed(self, part: Part, data: bytes, stored: Sequence[bytes], now: int) -> None:
        """Keep the centre's receipt, whose signature is right, and let go of the parts that it lists."""
        with self._engine.begin() as connection:
            found = connection.execute(
                select(_part.c.digest).where(
                    _part.c.digest.in_(stored), _part.c.form == Form.OUTWARD.mark, _part.c.size > 0
                )
            ).scalars()
            gone = list(found)
            if not gone:
                return
            self._put(connection, part, data, b"", now)
            change = update(_part).where(_part.c.digest.in_(gone))
            connection.execute(change.values(size=0, receipt=part.digest, at=now))
        for digest in gone:
            self._path(Form.OUTWARD, digest).unlink(missing_ok=True)

    def keep_letter(self, part: Part, data: bytes, key: bytes, now: int) -> None:
        """Keep an answer for the PC whose key id this is; beyond a measure the oldest go."""
        with self._engine.begin() as connection:
            self._put(connection, part, data, key, now)
            mine = select(_part.c.digest).where(_part.c.form == Form.HOMEWARD.mark, _part.c.key == key)
            late = connection.execute(mine.order_by(_part.c.at.desc()).offset(LETTERS)).scalars()
            gone = list(late)
            connection.execute(delete(_part).where(_part.c.digest.in_(gone)))
        self._remove(Form.HOMEWARD, gone)

    def keep_document(self, part: Part, data: bytes, document: Document, now: int) -> None:
        """Keep a document if it is newer than the one of its name."""
        mine = _part.c.form == Form.DOCUMENT.mark, _part.c.name == document.name
        with self._engine.begin() as connection:
            rows = connection.execute(select(_part.c.digest, _part.c.version).where(*mine)).all()
            if any(row.version >= document.version for row in rows):
                return
            gone = [row.digest for row in rows]
            connection.execute(delete(_part).where(_part.c.digest.in_(gone)))
            self._put(connection, part, data, b"", now, document.name, document.version)
        self._remove(Form.DOCUMENT, gone)

    def for_pc(self, key: bytes, versions: dict[str, int], posted: Iterable[bytes]) -> list[bytes]:
        """Return what is here for a PC: receipts for its parts, newer documents, its letters, oldest first.

        `posted` are the parts it brings just now, which may have been listed long ago.
        """
        wanted: dict[bytes, Form] = {}
        with self._engine.begin() as connection:
            mine = (_part.c.key == key) & (key != b"") | _part.c.digest.in_(tuple(posted))
            query = select(_part.c.receipt).where(mine, _part.c.receipt.is_not(None)).distinct()
            wanted |= dict.fromkeys(connection.execute(query).scalars(), Form.RECEIPT)
            query = select(_part.c.digest, _part.c.name, _part.c.version).where(
                _part.c.form == Form.DOCUMENT.mark
            )
            for row in connection.execute(query):
                if row.version > versions.get(row.name, 0):
                    wanted[row.digest] = Form.DOCUMENT
            query = select(_part.c.digest).where(_part.c.form == Form.HOMEWARD.mark, _part.c.key == key)
            letters = connection.execute(query.order_by(_part.c.at)).scalars() if key else ()
            wanted |= dict.fromkeys(letters, Form.HOMEWARD)
        found = (self._path(form, digest) for digest, form in wanted.items())
        return [path.read_bytes() for path in found if path.exists()]

    def taken(self, key: bytes, digests: Sequence[bytes]) -> None:
        """Let go of what a PC says it has: its letters, and what is known of its listed parts."""
        heads = tuple(digests)
        mine = (_part.c.key == key) & (key != b"")
        with self._engine.begin() as connection:
            letters = connection.execute(
                select(_part.c.digest).where(mine, _part.c.form == Form.HOMEWARD.mark)
            ).scalars()
            gone = [one for one in letters if one[:8] in heads]
            connection.execute(delete(_part).where(_part.c.digest.in_(gone)))
            told = connection.execute(
                select(_part.c.digest, _part.c.receipt).where(mine, _part.c.receipt.is_not(None))
            ).all()
            listed = [row.digest for row in told if row.receipt[:8] in heads]
            connection.execute(delete(_part).where(_part.c.digest.in_(listed)))
        self._remove(Form.HOMEWARD, gone)

    def waiting(self) -> int:
        """Count the parts that the centre has not listed."""
        query = (
            select(func.count()).select_from(_part).where(_part.c.form == Form.OUTWARD.mark, _part.c.size > 0)
        )
        with self._engine.begin() as connection:
            return int(connection.execute(query).scalar_one())

    def document(self, name: str) -> bytes | None:
        """Return the part with a document that is kept, None where there is none of that name."""
        query = select(_part.c.digest).where(_part.c.form == Form.DOCUMENT.mark, _part.c.name == name)
        with self._engine.begin() as connection:
            digest = connection.execute(query).scalar()
        path = None if digest is None else self._path(Form.DOCUMENT, digest)
        return path.read_bytes() if path is not None and path.exists() else None

    def sweep(self, now: int, age: int) -> None:
        """Let go of what is older than `age` seconds; never of what the centre has not listed.

        Age is counted from the newest that the centre has sent: a clock may be in 2038 for a day.
        """
        told = (_part.c.form != Form.OUTWARD.mark) | (_part.c.size == 0)
        with self._engine.begin() as connection:
            newest = connection.execute(select(func.max(_part.c.at)).where(told)).scalar() or 0
            old = told & (_part.c.at < min(now, newest) - age)
            kept = old & (_part.c.form != Form.DOCUMENT.mark)
            rows = connection.execute(select(_part.c.digest, _part.c.form).where(kept)).all()
            connection.execute(delete(_part).where(kept))
        for row in rows:
            self._path(_FORMS[row.form], row.digest).unlink(missing_ok=True)

    def _put(
        self,
        connection: Connection,
        part: Part,
        data: bytes,
        key: bytes,
        now: int,
        name: str = "",
        version: int = 0,
    ) -> None:
        """Write the file first: a row without a file would be a promise without a part."""
        write_file(self._path(part.form, part.digest), data, PRIVATE)
        row = upsert(_part).values(
            digest=part.digest,
            form=part.form.mark,
            key=key,
            at=now,
            size=len(data),
            due=0,
            tries=0,
            name=name,
            version=version,
        )
        connection.execute(row.on_conflict_do_nothing())

    def _agree(self) -> None:
        """After a power cut: files without a row get one, rows without a file go, half-written files go."""
        with self._engine.begin() as connection:
            rows = {
                self._path(_FORMS[row.form], row.digest).name: row
                for row in connection.execute(select(_part.c.digest, _part.c.form, _part.c.size))
            }
            for path in self._folder.iterdir():
                if path.name in rows and rows[path.name].size:
                    del rows[path.name]
                    continue
                part = _read(path)
                if part is None or part.form is not Form.OUTWARD or path.name in rows:
                    path.unlink(missing_ok=True)
                    continue
                connection.execute(
                    insert(_part).values(
                        digest=part.digest,
                        form=part.form.mark,
                        key=b"",
                        at=int(path.stat().st_mtime),
                        size=path.stat().st_size,
                        due=0,
                    )
                )
            gone = [row.digest for row in rows.values() if row.size]
            connection.execute(delete(_part).where(_part.c.digest.in_(gone)))

    def _remove(self, form: Form, digests: Iterable[bytes]) -> None:
        for digest in digests:
            self._path(form, digest).unlink(missing_ok=True)

    def _path(self, form: Form, digest: bytes) -> Path:
        return self._folder / f"{_LETTER[form]}-{digest.hex()[:16]}.suluh"


_FORMS = {form.mark: form for form in Form}


def _read(path: Path) -> Part | None:
    try:
        return read_part(path.read_bytes())
    except (OSError, Refusal):
        return None
