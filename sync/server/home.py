"""The centre's data folder: what lies where in it, and how its files come to be there whole or not at all."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

PRIVATE = 0o600
PUBLIC = 0o644
ADDRESS = "SULUH_DATABASE_URL"
"""The variable that names a PostgreSQL database; without it a centre keeps a SQLite file in its folder."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where one centre keeps its things. Everything in it is the operator's to back up."""

    folder: Path
    # the PostgreSQL database that takes the place of the file, or nothing
    url: str = field(default="", repr=False)

    @property
    def database(self) -> Path:
        """The database on SQLite: people, segments, feeds, standings."""
        return self.folder / "pusat.db"

    @property
    def keys(self) -> Path:
        """The keys the running centre needs: its signing key and its letter key."""
        return self.folder / "kunci"

    @property
    def roots(self) -> Path:
        """The root keys, made here once and meant to be carried away."""
        return self.folder / "kunci-akar"

    @property
    def answers(self) -> Path:
        """Answers that wait for an hour to be saved on a borrowed PC; nothing in them need be backed up."""
        return self.folder / "jawaban"

    @property
    def packs(self) -> Path:
        """The packs that are given out, each a file named by its digest, and the list of them."""
        return self.folder / "paket"

    def make(self) -> None:
        """Make the folders, closed to other accounts of the machine."""
        for folder in (self.folder, self.keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def home_at(folder: Path | None) -> Home:
    """Return a centre's home: the folder named, else the account's own data folder; and its database."""
    return Home(folder or _default(), os.environ.get(ADDRESS, "").strip())


def _default() -> Path:
    """Return the folder used when none is named."""
    named = os.environ.get("SULUH_CENTRE_DATA")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home())
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "suluh-pusat"


def write_file(path: Path, data: bytes, mode: int = PUBLIC) -> None:
    """Write a file that is there whole or not at all, also when the power goes: temporary, sync, rename."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
