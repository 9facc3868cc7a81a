"""A hub's data folder: its key, the office it serves, its certificate, what it carries, and packs."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from sync.journal.keys import SigningKey
from sync.officefile import OfficeFile, read_office
from sync.postbag.hub_papers import (
    CERTIFICATE_FILE,
    KEY_FILE,
    OFFICE_FILE,
    PACK_FOLDER,
    PART_FOLDER,
    read_certificate,
)
from sync.postbag.words import Certificate
from sync.refusal import Refusal
from sync.server.home import PRIVATE, write_file


class NoOfficeError(LookupError):
    """The folder does not say whose hub this is."""


@dataclass(frozen=True, slots=True)
class HubHome:
    """One hub's folder, read. `certificate` is None where none lies there or none that counts."""

    folder: Path
    key: SigningKey = field(repr=False)
    office: OfficeFile = field(repr=False)
    certificate: Certificate | None

    @property
    def parts(self) -> Path:
        """The parts themselves, one file each."""
        return self.folder / PART_FOLDER

    @property
    def packs(self) -> Path:
        """The packs that the office may fetch from here."""
        return self.folder / PACK_FOLDER

    @property
    def database(self) -> Path:
        """What is known of the parts."""
        return self.folder / "hub.db"


def open_hub(folder: Path, office: Path | None, now: int) -> HubHome:
    """Open a hub's folder and make its key where there is none; `office` is an office file to begin with.

    Raises NoOfficeError without any office file, Refusal for one that is damaged, OSError.
    """
    for one in (folder, folder / PART_FOLDER, folder / PACK_FOLDER):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    if office is not None:
        write_file(folder / OFFICE_FILE, read_office(office.read_bytes()).raw)
    path = folder / OFFICE_FILE
    if not path.exists():
        raise NoOfficeError(f"Letakkan berkas kantor sebagai {path}, atau sebutkan dengan --office BERKAS.")
    file = read_office(path.read_bytes())
    key = _key(folder / KEY_FILE)
    return HubHome(folder, key, file, _certificate(folder / CERTIFICATE_FILE, file, key, now))


def _key(path: Path) -> SigningKey:
    """Read the hub's key, or make it."""
    if not path.exists():
        write_file(path, SigningKey.generate().raw.hex().encode(), PRIVATE)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(PRIVATE)
    try:
        return SigningKey(bytes.fromhex(path.read_text("ascii").strip()))
    except (ValueError, Refusal):
        raise NoOfficeError(f"{path} bukan kunci. Hapus berkas itu: kunci baru akan dibuat.") from None


def _certificate(path: Path, office: OfficeFile, key: SigningKey, now: int) -> Certificate | None:
    """Read the certificate if it is for this hub's key, still good, and by a coordinator of the office."""
    header = office.header
    try:
        found = read_certificate(
            path.read_bytes(), header.office, tuple(one.signing for one in header.coordinators)
        )
    except (OSError, Refusal):
        return None
    return found if found.hub == key.public and found.until > now else None
