"""The documents a PC is sent when its own are older: trust list, root, catalogue."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, delete, insert, select

from sync.server.tables import document

ROOT, TRUST, CATALOGUE = "root", "trust", "catalogue"


@dataclass(frozen=True, slots=True)
class Document:
    """One document in its newest version; version 0 is one that does not exist yet."""

    version: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Documents:
    """What this centre publishes to every PC."""

    root: Document = Document()
    trust: Document = Document()
    catalogue: Document = Document()

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """Read the newest versions."""
        columns = (document.c.name, document.c.version, document.c.data)
        found = {row.name: Document(row.version, row.data) for row in connection.execute(select(*columns))}
        nothing = Document()
        return cls(*(found.get(name, nothing) for name in (ROOT, TRUST, CATALOGUE)))


def publish(connection: Connection, name: str, new: Document) -> None:
    """Make a document the newest of its name. Raises ValueError when the held one is as new."""
    held = connection.execute(select(document.c.version).where(document.c.name == name)).scalar()
    if held is not None and held >= new.version:
        raise ValueError(f"{name} {new.version} is not newer than {held}")
    connection.execute(delete(document).where(document.c.name == name))
    connection.execute(insert(document).values(name=name, version=new.version, data=new.data))
