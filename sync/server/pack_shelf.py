"""The packs that a centre or a hub gives out: whole files under their digest, and the list of them."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from sync.packs.offer import Offer, is_digest, read_offers, write_offers
from sync.refusal import Code, Refusal
from sync.server.home import PUBLIC, write_file

ENDING = ".suluh-paket"
LIST = "daftar"
"""The list as it travels: a file beside the packs, so that a plain web server can give it out too."""
_CHUNK = 1 << 20


class PackShelf:
    """One folder of packs. A pack is offered when its row stands in the list and its file lies there whole.

    With `by_hand`, other pack files in the folder are offered as well, by their names and unsigned: so a
    stick can bring an office what its line cannot.
    """

    def __init__(self, folder: Path, *, by_hand: bool = False) -> None:
        self._folder = folder
        self._by_hand = by_hand
        self._hashed: dict[tuple[str, int, int], str] = {}
        self._laid: dict[str, Path] = {}

    def offers(self) -> tuple[Offer, ...]:
        """List what may be fetched now. A file laid in by hand is hashed once, and again when it changed."""
        rows = {row.digest: row for row in self._rows() if self._is_whole(row)}
        if self._by_hand:
            for path in sorted(self._folder.glob(f"*{ENDING}")):
                if not is_digest(path.stem) and not path.name.startswith("."):
                    found = self._of_hand(path)
                    rows.update({found.digest: found} if found and found.digest not in rows else {})
        return tuple(rows.values())

    def data(self) -> bytes:
        """Return the list as it travels."""
        return write_offers(self.offers())

    def path(self, digest: str) -> Path | None:
        """Return the file of an offered pack, None for any other."""
        offered = next((row for row in self.offers() if row.digest == digest), None)
        if offered is None:
            return None
        if offered.signature:
            return self.place(digest)
        return self._laid[digest]

    def place(self, digest: str) -> Path:
        """Return where the file of a pack lies, or would lie."""
        return self._folder / f"{digest}{ENDING}"

    def take(self, source: Path, describe: Callable[[Path, str, int], Offer]) -> Offer:
        """Copy a file in, hashing what is copied, and offer it.

        `describe` is given the copy, its digest and size; it verifies and makes a signed row. It is offered
        only when every byte lies on the disk. Raises OSError and what `describe` does; then nothing changed.
        """
        self._folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = self._folder / f".{os.getpid()}.masuk"
        digest = hashlib.sha256()
        try:
            with source.open("rb") as file, draft.open("wb") as out:
                while piece := file.read(_CHUNK):
                    digest.update(piece)
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            offer = describe(draft, digest.hexdigest(), draft.stat().st_size)
            draft.chmod(PUBLIC)
            self.adopt(draft, offer)
        finally:
            draft.unlink(missing_ok=True)
        return offer

    def adopt(self, draft: Path, offer: Offer) -> None:
        """Offer a file of this folder that was hashed and synced; versions of its course before it go."""
        draft.replace(self.place(offer.digest))
        kept = [row for row in self._rows() if row.course != offer.course]
        gone = [row for row in self._rows() if row.course == offer.course and row.digest != offer.digest]
        self._write([*kept, offer])  # also makes the rename durable: it is the same folder
        for row in gone:
            with contextlib.suppress(OSError):  # Windows keeps a file that is being read: swept later
                self.place(row.digest).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove files under a digest that the list does not name."""
        named = {row.digest for row in self._rows()}
        for path in self._folder.glob(f"*{ENDING}"):
            if is_digest(path.stem) and path.stem not in named:
                with contextlib.suppress(OSError):
                    path.unlink()

    def remove(self, digests: Iterable[str]) -> int:
        """Take packs off the list, then away; gives how many there were."""
        unwanted = set(digests)
        rows = self._rows()
        kept = [row for row in rows if row.digest not in unwanted]
        if len(kept) != len(rows):
            self._write(kept)
        for digest in unwanted:
            self.place(digest).unlink(missing_ok=True)
        return len(rows) - len(kept)

    def _rows(self) -> tuple[Offer, ...]:
        try:
            return read_offers((self._folder / LIST).read_bytes())
        except FileNotFoundError:
            return ()
        except Refusal as fault:
            raise Refusal(Code.MALFORMED, what="shelf") from fault

    def _write(self, rows: Iterable[Offer]) -> None:
        write_file(self._folder / LIST, write_offers(rows), PUBLIC)

    def _is_whole(self, row: Offer) -> bool:
        try:
            return self.place(row.digest).stat().st_size == row.size
        except OSError:
            return False

    def _of_hand(self, path: Path) -> Offer | None:
        try:
            fact = path.stat()
            key = (path.name, fact.st_size, fact.st_mtime_ns)
            if key not in self._hashed:
                with path.open("rb") as file:
                    self._hashed[key] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:  # it is being copied, or was taken away
            return None
        self._laid[self._hashed[key]] = path
        return Offer(self._hashed[key], fact.st_size, "", "", path.stem[:200])
