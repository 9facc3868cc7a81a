"""Packs that are being fetched: the part that has come, what it is a part of, the file when it is whole."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr
from desktop.library.drives import PACK_ENDING
from desktop.library.install import RESERVE
from desktop.store.durable import RealDisk, durable_write, sweep
from sync.packs.offer import Offer, read_offers, write_offers
from sync.refusal import Refusal

PART, PAPER = ".bagian", ".tawaran"
Free = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Held:
    """What lies here of an offered pack; `done` in bytes."""

    offer: Offer
    done: int
    whole: bool


class FetchFolder:
    """The folder of packs that come over a line. `free` gives a disk's free bytes."""

    def __init__(self, folder: Path, free: Free = lambda folder: shutil.disk_usage(folder).free) -> None:
        self._folder, self._free = folder, free
        self._one_at_a_time = threading.Lock()

    def held(self) -> tuple[Held, ...]:
        """List what was begun, in the order of titles; what nobody can name any more is removed."""
        with self._one_at_a_time:
            return self._read()

    def _read(self) -> tuple[Held, ...]:
        found: list[Held] = []
        named: set[str] = set()
        sweep(self._folder)
        for paper in sorted(self._folder.glob(f"*{PAPER}")):
            try:
                (offer,) = read_offers(paper.read_bytes())
            except (Refusal, ValueError, OSError):
                continue
            whole, part = self.file(offer.digest), self.part(offer.digest)
            named.add(offer.digest)
            there = whole if whole.exists() else part
            found.append(Held(offer, there.stat().st_size if there.exists() else 0, whole.exists()))
        for path in self._folder.glob("*"):
            if path.name.partition(".")[0] not in named:
                path.unlink(missing_ok=True)
        return tuple(sorted(found, key=lambda one: one.offer.title))

    def begin(self, offer: Offer) -> Path:
        """Note what is fetched and give the file that is to grow.

        Raises Problem where neither the pack nor its installation would fit: it comes once as a file and once
        as what is installed. Raises OSError.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self.part(offer.digest)
        done = part.stat().st_size if part.exists() else 0
        needed, free = 2 * offer.size - done, max(0, self._free(self._folder) - RESERVE)
        if needed > free:
            raise Problem(
                tr("Ruang penyimpanan tidak cukup untuk {judul}: perlu {perlu}, tersedia {tersedia}.").format(
                    judul=offer.title, perlu=size(needed), tersedia=size(free)
                ),
                tr("Tidak ada yang berubah. Kosongkan ruang, lalu coba lagi."),
            )
        with self._one_at_a_time:
            durable_write(self._paper(offer.digest), write_offers((offer,)))
        return part

    def finish(self, digest: str) -> Path:
        """Give the whole file its name; call it when every byte was hashed and flushed."""
        whole, disk = self.file(digest), RealDisk()
        with self._one_at_a_time:
            disk.rename(self.part(digest), whole)
            disk.sync(self._folder)
        return whole

    def discard(self, digest: str) -> None:
        """Remove everything of a pack, the paper last: a crash on the way is finished by `held`."""
        with self._one_at_a_time:
            for path in (self.part(digest), self.file(digest), self._paper(digest)):
                path.unlink(missing_ok=True)

    def part(self, digest: str) -> Path:
        """Return where a pack grows."""
        return self._folder / f"{digest}{PART}"

    def file(self, digest: str) -> Path:
        """Return where a pack lies when it is whole."""
        return self._folder / f"{digest}{PACK_ENDING}"

    def _paper(self, digest: str) -> Path:
        return self._folder / f"{digest}{PAPER}"
