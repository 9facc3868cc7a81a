"""The documents a PC is sent when its own are older: trust list, root, and what the centre signs itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Connection, delete, insert, select

from sync.server.tables import document
from sync.signed_documents import CATALOGUE, SIGNED

ROOT, TRUST = "root", "trust"


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
    signed: Mapping[str, Document] = field(default_factory=dict)

    @property
    def catalogue(self) -> Document:
        """The catalogue, of version 0 while there is none."""
        return self.signed.get(CATALOGUE, Document())

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """Read the newest versions."""
        columns = (document.c.name, document.c.version, document.c.data)
        found = {row.name: Document(row.version, row.data) for row in connection.execute(select(*columns))}
        nothing = Document()
        signed = {name: found[name] for name in SIGNED if name in found}
        return cls(found.get(ROOT, nothing), found.get(TRUST, nothing), signed)


def publish(connection: Connection, name: str, new: Document) -> None:
    """Make a document the newest of its name. Raises ValueError when the held one is as new."""
    held = connection.execute(select(document.c.version).where(document.c.name == name)).scalar()
    if held is not None and held >= new.version:
        raise ValueError(f"{name} {new.version} is not newer than {held}")
    connection.execute(delete(document).where(document.c.name == name))
    connection.execute(insert(document).values(name=name, version=new.version, data=new.data))
