"""The coordinator's stick: whose it is, the parts that lie on it, and files that are surely there."""

import contextlib
import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TypeVar

from sync.client.stick_disk import Disk, RealDisk, StickFault, Trouble
from sync.officefile import OfficeFile, read_office
from sync.postbag.part import DOCUMENT_LIMIT, Form, Part, read_part
from sync.postbag.shipment import Shipment, read_shipment
from sync.refusal import Refusal

__all__ = ["Stick", "StickFault", "StickState", "Trouble", "file_name", "room_for"]

FOLDER = "SULUH"
OFFICE_FILE = "kantor.suluh-kantor"
UP, DOWN, README = "KIRIM-KE-PUSAT.suluh", "JAWABAN-PUSAT.suluh", "BACA-SAYA.txt"
ENDING = ".suluh"
CLUSTER = 32 * 1024
"""Bytes in which the largest FAT32 stick hands out room: a file of one byte takes as much."""
LARGEST = (4 << 30) - 1
"""Bytes of the largest file that FAT32 can hold."""
_TEMPORARY = ".tmp-"
_LETTERS = {Form.OUTWARD: "k", Form.HOMEWARD: "p", Form.RECEIPT: "t", Form.DOCUMENT: "d", Form.CUSTODY: "c"}
_NAMED = re.compile(r"([kptdc])-([0-9a-f]{16})\.suluh")
_T = TypeVar("_T")


class StickState(Enum):
    """What a look at a stick found."""

    NEW = "It is prepared for no office yet."
    OURS = "It is prepared for the office of this PC."
    OTHER_OFFICE = "It is prepared for another office; nothing is copied."
    FULL = "It is ours and has too little room for what is to be written."
    READ_ONLY = "Nothing can be written to it."
    NO_STICK = "There is no stick at this place, or it does not answer."


def file_name(part: Part) -> str:
    """Name a part on a stick: its form, and 16 digits of its digest, which say nothing."""
    return f"{_LETTERS[part.form]}-{part.digest.hex()[:16]}{ENDING}"


def room_for(sizes: Iterable[int]) -> int:
    """Tell the bytes that files of these sizes take on a stick with the largest clusters."""
    return sum(-(-max(1, size) // CLUSTER) * CLUSTER for size in sizes)


class Stick:
    """One stick for one visit. `office` is the office of this PC.

    Whatever the stick does is raised as StickFault; what lies on it is raised never: parts that are torn,
    doubled, of another office or no parts at all are passed over and counted in `damaged` and `foreign`, each
    file once, however often the visit looks.
    """

    def __init__(self, root: Path, office: OfficeFile, disk: Disk | None = None) -> None:
        self.root = root
        self.office = office
        self.owner = ""
        self._damaged: set[Path] = set()
        self._foreign: set[Path] = set()
        self._disk: Disk = disk or RealDisk()

    @property
    def damaged(self) -> int:
        """Tell how many files could not be read or are no whole part."""
        return len(self._damaged)

    @property
    def foreign(self) -> int:
        """Tell how many files are of another office."""
        return len(self._foreign)

    def look(self, needs: int = 0) -> StickState:
        """Tell whose the stick is, and whether `needs` bytes fit; `owner` is then the office's name."""
        try:
            self._disk.files(self.root)
            whose = self._whose()
            writable, free = self._disk.writable(self.root), self._disk.free(self.root)
        except (OSError, StickFault):
            return StickState.NO_STICK
        if whose is StickState.OTHER_OFFICE:
            return whose
        if not writable:
            return StickState.READ_ONLY
        return StickState.FULL if free is not None and free < needs else whose

    def prepare(self) -> None:
        """Make the stick this office's, or renew the office file on it. Other files stay as they are."""
        if not self._guard(self._has_folder):
            self._guard(self._disk.make_folder, self.root / FOLDER)
            self._guard(self._disk.sync, self.root)
        folder = self._guard(self._folder)
        held = self.office_file()
        if held is None or held.header.version < self.office.header.version:
            self._durable(folder / OFFICE_FILE, self.office.raw)

    def office_file(self) -> OfficeFile | None:
        """Read the office file that says whose the stick is; None for a torn one or none."""
        path = self._path(self._guard(self._folder), OFFICE_FILE)
        if path.name not in self._guard(self._files, path.parent):
            return None
        with contextlib.suppress(Refusal):
            return read_office(self._guard(self._disk.read, path))
        return None

    def parts(self, form: Form | None = None, *, believe_names: bool = True) -> Iterator[tuple[Part, bytes]]:
        """Give every whole part of this office on the stick once, of one form or of all, with its bytes.

        A file that bears another form's name is not read, which spares a visit its time. Whoever takes in
        results reads it all the same (`believe_names=False`): somebody may have given it that name.
        """
        folder = self._guard(self._folder)
        seen: set[bytes] = set()
        for name in self._guard(self._files, folder):
            lower = name.casefold()
            told = _NAMED.fullmatch(lower)
            other = form is not None and believe_names and told and told[1] != _LETTERS[form]
            if not lower.endswith(ENDING) or other:
                continue
            data = self._read(folder / name)
            if data is None:
                continue
            found = self._judge(folder / name, data)
            if found is not None and found.digest not in seen and form in {None, found.form}:
                seen.add(found.digest)
                yield found, data

    def write(self, data: bytes) -> bool:
        """Write a part so that it is surely on the stick; tells whether it was not there yet.

        Temporary name, flush, read again and compared by hash, final name, flush of the folder, and read once
        more: a final name is always a whole part. Raises StickFault, and Refusal for what is no part.
        """
        part = read_part(data)
        if not self._guard(self._has_folder):
            raise StickFault(Trouble.PULLED)  # never into the empty folder that a pulled stick leaves behind
        folder = self._guard(self._folder)
        name = file_name(part)
        if name in self._guard(self._files, folder) and self._read(folder / name) == data:
            return False
        self._durable(folder / name, data)
        return True

    def remove(self, digests: Collection[bytes]) -> int:
        """Remove the OUTWARD parts that a receipt of the centre lists; gives how many lay here."""
        return self._remove(Form.OUTWARD, digests)

    def clear(self, form: Form, digests: Collection[bytes]) -> int:
        """Remove parts that have served: answers a PC is known to have, receipts and custody of long ago.

        What a PC sent is never among them: only a receipt lets it go. Raises ValueError for it.
        """
        if form is Form.OUTWARD:
            raise ValueError("what a PC sent leaves a stick only by the centre's receipt")
        return self._remove(form, digests)

    def sweep(self) -> int:
        """Remove what a visit that was broken off left under temporary names; gives how many files."""
        found = 0
        folder = self._guard(self._folder)
        for place in {self.root, folder}:
            for name in self._guard(self._files, place):
                if name.startswith(_TEMPORARY):
                    self._guard(self._disk.remove, place / name)
                    found += 1
        return found

    def free(self) -> int | None:
        """Tell the bytes that are free on the stick; None where the system does not say."""
        return self._guard(self._disk.free, self.root)

    def needs(self, sizes: Iterable[int]) -> None:
        """Check before anything is written that files of these sizes fit. Raises StickFault(FULL)."""
        needed, free = room_for(sizes), self.free()
        if free is not None and free < needed:
            raise StickFault(Trouble.FULL, needed, free)

    def write_up(self, shipment: bytes, readme: str) -> None:
        """Put the one file for a borrowed PC into the root, and beside it what to do with it."""
        if len(shipment) > LARGEST:
            raise StickFault(Trouble.FULL, len(shipment), LARGEST)
        self._durable(self._path(self.root, README), readme.replace("\n", "\r\n").encode("utf-8-sig"))
        self._durable(self._path(self.root, UP), shipment)

    def drop_up(self) -> None:
        """Take the file for a borrowed PC away: the centre has listed everything in it."""
        for name in (UP, README):
            self._guard(self._disk.remove, self._path(self.root, name))

    def answers(self) -> Iterator[tuple[str, Shipment]]:
        """Give the answers saved in the root with their names, to which browsers add numbers."""
        begin = DOWN[: -len(ENDING)].casefold()
        for name in self._guard(self._files, self.root):
            lower = name.casefold()
            if not (lower.startswith(begin) and lower.endswith(ENDING)):
                continue
            data = self._read(self.root / name, LARGEST)
            try:
                found = None if data is None else read_shipment([data])
            except Refusal:
                self._damaged.add(self.root / name)
                continue
            if found is None:
                continue
            if found.office == self.office.header.office:
                yield name, found
            else:
                self._foreign.add(self.root / name)

    def drop_answer(self, name: str) -> None:
        """Take an answer away of which every part was taken in."""
        self._guard(self._disk.remove, self.root / name)

    def note(self, name: str, limit: int) -> bytes | None:
        """Read a small file beside the parts that is none itself; None where there is none or a large one."""
        path = self._path(self._guard(self._folder), name)
        if path.name not in self._guard(self._files, path.parent):
            return None
        try:
            return self._disk.read(path) if self._disk.size(path) <= limit else None
        except OSError:
            self._guard(self._disk.files, self.root)
            return None

    def put_note(self, name: str, data: bytes) -> None:
        """Write a small file beside the parts, as durably as them, replacing what had its name."""
        if not self._guard(self._has_folder):
            raise StickFault(Trouble.PULLED)
        path = self._path(self._guard(self._folder), name)
        self._durable(path, data)

    # --- below the doors ---------------------------------------------------------------------------------

    def _whose(self) -> StickState:
        """Tell by the office file, and where it is torn by the parts, whose the stick is."""
        ours = self.office.header.office
        held = self.office_file()
        if held is not None:
            self.owner = held.header.name
            return StickState.OURS if held.header.office == ours else StickState.OTHER_OFFICE
        if next(self.parts(), None) is not None:
            self.owner = self.office.header.name
            return StickState.OURS
        folder = self._folder()
        here = {folder / name for name in self._files(folder)}
        return StickState.OTHER_OFFICE if self._foreign & here else StickState.NEW

    def _judge(self, path: Path, data: bytes) -> Part | None:
        try:
            part = read_part(data)
        except Refusal:
            self._damaged.add(path)
            return None
        if part.office != self.office.header.office:
            self._foreign.add(path)
            return None
        return part

    def _remove(self, form: Form, digests: Collection[bytes]) -> int:
        folder = self._guard(self._folder)
        listed = {digest.hex()[:16] for digest in digests}
        found = 0
        for name in self._guard(self._files, folder):
            told = _NAMED.fullmatch(name.casefold())
            if not told or told[1] != _LETTERS[form] or told[2] not in listed:
                continue
            data = self._read(folder / name)
            part = None if data is None else self._judge(folder / name, data)
            if part is not None and part.digest in digests:
                self._guard(self._disk.remove, folder / name)
                found += 1
        if found:
            self._guard(self._disk.sync, folder)
        return found

    def _durable(self, target: Path, data: bytes) -> None:
        """Give the final name to what is on the stick and was read again, and read it once more."""
        temporary = target.with_name(f"{_TEMPORARY}{secrets.token_hex(6)}")
        try:
            self._guard(self._disk.write, temporary, data)
            self._guard(self._disk.sync, temporary)
            self._compare(temporary, data)
            self._guard(self._disk.rename, temporary, target)
        except StickFault:
            with contextlib.suppress(OSError):
                self._disk.remove(temporary)
            raise
        self._guard(self._disk.sync, target.parent)
        self._compare(target, data)

    def _compare(self, path: Path, data: bytes) -> None:
        """Read a file again and compare it by hash. Raises StickFault(NOT_DURABLE)."""
        found = self._guard(self._disk.read, path)
        if hashlib.sha256(found).digest() != hashlib.sha256(data).digest():
            raise StickFault(Trouble.NOT_DURABLE)

    def _read(self, path: Path, limit: int = DOCUMENT_LIMIT) -> bytes | None:
        """Read a file; one bad place on a stick that still answers spoils this file alone."""
        try:
            if self._disk.size(path) <= limit:
                return self._disk.read(path)
        except OSError as fault:
            self._guard(self._disk.files, self.root)
            if path.parent != self.root and not self._guard(self._has_folder):
                raise StickFault(Trouble.PULLED) from fault
        self._damaged.add(path)
        return None

    def _has_folder(self) -> bool:
        return any(name.casefold() == FOLDER.casefold() for name in self._disk.folders(self.root))

    def _folder(self) -> Path:
        """Find the folder in whatever letters it is written: sticks do not tell SULUH from suluh."""
        names = (name for name in self._disk.folders(self.root) if name.casefold() == FOLDER.casefold())
        return self.root / next(names, FOLDER)

    def _files(self, folder: Path) -> tuple[str, ...]:
        if folder != self.root and folder.name not in self._disk.folders(self.root):
            return ()
        return self._disk.files(folder)

    def _path(self, folder: Path, name: str) -> Path:
        """Find a file in whatever letters its name is written."""
        held = (one for one in self._guard(self._files, folder) if one.casefold() == name.casefold())
        return folder / next(held, name)

    def _guard(self, work: Callable[..., _T], *values: object) -> _T:
        try:
            return work(*values)
        except OSError as fault:
            raise StickFault.of(fault) from fault
