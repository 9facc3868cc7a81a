"""Installing a pack: look first, then copy each object once, then one row that makes it true."""

import contextlib
import os
import secrets
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr
from desktop.library.belief import Belief
from desktop.library.flush import begin_flush, flush
from desktop.library.index import PackRow, ShelfIndex
from desktop.library.preview import PackPreview, PackState, look
from sync.packs.objects import object_path, patch_object, write_object
from sync.packs.outline import PackObject, version_text
from sync.refusal import Code, Refusal

if TYPE_CHECKING:
    from sync.packs.verify import VerifiedPack

# Left free for answers, whatever a pack would like; the ballast is for when another program fills the disk.
RESERVE = 64 * 1024 * 1024
KEPT = 60 * 86_400
_STAGING = ".staging"

Progress = Callable[[int, int], None]
Free = Callable[[Path], int]


class _CancelledError(Exception):
    """Somebody pressed Batal."""


class Installer:
    """Puts packs on the shelf, one at a time.

    `now` gives Unix time, `proven` one that has certainly come, `free` a disk's free bytes.
    """

    def __init__(
        self,
        index: ShelfIndex,
        belief: Belief,
        folder: Path,
        now: Callable[[], int],
        free: Free = lambda folder: shutil.disk_usage(folder).free,
        proven: Callable[[], int] | None = None,
    ) -> None:
        self._index = index
        self._belief = belief
        self._folder = folder
        self._now = now
        self._free = free
        self._proven = proven or now
        self._one_at_a_time = threading.Lock()

    def inspect(self, path: Path) -> PackPreview:
        """Verify a pack and tell what it holds and needs; nothing is copied.

        Raises Refusal for everything that must not be installed (an older version among them), OSError.
        """
        from sync.packs.verify import verify_file  # noqa: PLC0415 - TUF: 0.1 s that signing in must not pay

        self._folder.mkdir(parents=True, exist_ok=True)
        pack = verify_file(path, self._belief.current(), self._index.present())
        self._refuse_older(pack)
        return look(
            path,
            pack,
            self._index,
            missing=sum(thing.size for thing in self._missing(pack)),
            free=max(0, self._free(self._folder) - RESERVE),
            capacity=shutil.disk_usage(self._folder).total,
            now=self._now(),
        )

    def install(
        self,
        preview: PackPreview,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Install what was inspected; True when it is on the shelf, False when `cancelled` said so.

        Objects already here are not read again. After a fault (a pulled stick, a full disk, a kill) the
        objects that were whole are kept for the next try; after a cancel nothing is left. Raises Problem if
        the space is too small, Refusal if an object is not what the manifest says, OSError.
        """
        pack = preview.pack
        with self._one_at_a_time:
            self._refuse_older(pack)
            held = self._index.pack(preview.course.id)
            same = held is not None and held.digest == pack.manifest.digest
            if same and preview.state is PackState.SAME and preview.needed == 0:
                return True
            missing = self._missing(pack)
            self._refuse_too_large(sum(thing.size for thing in missing))
            made: list[Path] = []
            try:
                with preview.path.open("rb") as file:
                    self._copy(file, pack, missing, made, _Meter(progress, cancelled, missing))
            except _CancelledError:
                for path in made:
                    path.unlink(missing_ok=True)
                return False
            finally:
                shutil.rmtree(self._folder / _STAGING, ignore_errors=True)
            flush(self._folder, made)
            self._activate(pack)
            self.tidy()
            return True

    def tidy(self) -> int:
        """Remove old versions and files that no version needs; gives how many files went.

        The version before the active one stays, and any other for sixty days after it was replaced: a learner
        in the middle of an attempt finishes on it, and it costs only the objects that changed.
        """
        newer: dict[str, PackRow] = {}
        for row in sorted(
            self._index.packs(), key=lambda row: (not row.active, -row.installed, -row.version)
        ):
            replaced = newer.get(row.id)
            if replaced is not None and not replaced.active and self._proven() - replaced.installed > KEPT:
                self._index.forget(row.id, row.version)
            newer[row.id] = row
        present = self._index.present()
        gone = 0
        for path in self._folder.glob("??/*"):
            if path.name not in present:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _refuse_older(self, pack: "VerifiedPack") -> None:
        manifest = pack.manifest
        held = self._index.pack(manifest.course.id)
        newest = self._index.ratchet(manifest.course.id, pack.signer.key_id)
        newest = max(newest, held.version if held else 0)
        if manifest.version < newest and not manifest.downgrade:
            raise Refusal(
                Code.STALE, what="pack", installed=version_text(newest), offered=manifest.course.version
            )
        if held is not None and held.version == manifest.version and held.digest != manifest.digest:
            # One number, two contents: which one is meant nobody can tell, so the one in use stays.
            raise Refusal(
                Code.STALE, what="pack", installed=version_text(held.version), offered=manifest.course.version
            )

    def _refuse_too_large(self, needed: int) -> None:
        free = max(0, self._free(self._folder) - RESERVE)
        if needed > free:
            raise Problem(
                tr("Ruang penyimpanan tidak cukup: perlu {perlu}, tersedia {tersedia}.").format(
                    perlu=size(needed), tersedia=size(free)
                ),
                tr("Paket tidak dipasang dan tidak ada yang berubah. Kosongkan ruang, lalu coba lagi."),
            )

    def _missing(self, pack: "VerifiedPack") -> list[PackObject]:
        present = self._index.present()
        folder = str(self._folder)
        unlike = {thing.sha256: thing for thing in pack.manifest.content.objects}
        return [
            thing
            for digest, thing in sorted(unlike.items())
            if digest not in present or not _has_size(f"{folder}/{digest[:2]}/{digest}", thing.size)
        ]

    def _copy(
        self,
        file: BinaryIO,
        pack: "VerifiedPack",
        missing: list[PackObject],
        made: list[Path],
        meter: "_Meter",
    ) -> None:
        staging = self._folder / _STAGING
        staging.mkdir(parents=True, exist_ok=True)
        for part in sorted({thing.sha256[:2] for thing in missing}):
            (self._folder / part).mkdir(exist_ok=True)
        for thing in missing:
            target = object_path(self._folder, thing.sha256)
            made.append(target)
            if _is_whole(target, thing):
                meter.add(thing.size)
                continue
            temporary = staging / secrets.token_hex(8)
            with temporary.open("wb", buffering=0) as out:
                self._write(file, pack, thing, out, meter)
                begin_flush(out.fileno())
            temporary.replace(target)

    def _write(
        self, file: BinaryIO, pack: "VerifiedPack", thing: PackObject, out: BinaryIO, meter: "_Meter"
    ) -> None:
        """Take an object whole out of the pack, or make it of one that is here and the pack's patch."""
        if thing.sha256 in pack.objects:
            write_object(file, pack.objects[thing.sha256], thing, out, meter.add)
            return
        patched = pack.patches.get(thing.sha256)
        if patched is None:
            raise Refusal(Code.BASE, pack=pack.manifest.course.id)
        base, entry = patched
        patch_object(file, entry, thing, object_path(self._folder, base), out, meter.add)

    def _activate(self, pack: "VerifiedPack") -> None:
        manifest, signer = pack.manifest, pack.signer
        row = PackRow(
            manifest.course.id,
            manifest.version,
            manifest.digest,
            signer.id,
            signer.title,
            " ".join((signer.key_id, *signer.through)),
            pack.manifest_bytes,
            self._now(),
        )
        self._belief.keep(pack.trust, self._index)
        self._index.activate(row, ((thing.sha256, thing.size) for thing in manifest.content.objects))


class _Meter:
    """Counts bytes for the progress bar and listens for Batal, once per piece."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool], missing: list[PackObject]) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = sum(thing.size for thing in missing)
        self._done = 0

    def add(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)
        if self._cancelled():
            raise _CancelledError


def _has_size(path: str, size: int) -> bool:
    """Tell whether the file is there as a row says; an antivirus may have removed it."""
    try:
        return os.stat(path).st_size == size  # noqa: PTH116 - a thousand times, and a Path costs more than the look
    except OSError:
        return False


def _is_whole(path: Path, thing: PackObject) -> bool:
    """Tell whether a try that broke off has left this object whole; only its hash is believed."""
    from hashlib import file_digest  # noqa: PLC0415 - only after a broken installation

    with contextlib.suppress(OSError):
        if path.stat().st_size == thing.size:
            with path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == thing.sha256
    return False
