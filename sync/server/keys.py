"""The centre's own keys: made at the first run, kept in files that only its account can read."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from sync.journal.keys import LetterKey, SigningKey
from sync.server.home import PRIVATE, Home, write_file

SIGNING = "pusat-tanda-tangan.key"
LETTER = "pusat-surat.key"
ADVICE = "BACA-SAYA.txt"
ROOTS = 3
THRESHOLD = 2
LIST = "daftar.key"
SAYS = """\
KUNCI AKAR PUSAT SULUH

Folder ini berisi 3 kunci akar (akar-1, akar-2, akar-3) dan 1 kunci daftar (daftar.key).
Dua dari tiga kunci akar bersama-sama menentukan siapa yang dipercaya semua komputer.
Kunci daftar menandatangani daftar penerbit paket.
Server TIDAK memerlukan satu pun dari keempatnya untuk berjalan.

1. Salin tiap berkas akar-*.key ke flashdisk (USB) yang berbeda, dan daftar.key ke flashdisk keempat.
2. Simpan di tempat yang berbeda, misalnya brankas dua instansi dan rumah pejabat yang ditunjuk.
3. Periksa salinannya, lalu hapus folder ini dari server.
4. Menambah penerbit: bawa kembali daftar.key saja. Mengganti kunci: bawa kembali dua kunci akar.

Hilang satu kunci akar: masih aman, ganti selagi dua ada.
Hilang dua: daftar kepercayaan tidak dapat diganti lagi.
Siapa pun yang memegang dua kunci akar dapat menyamar sebagai pusat.
"""


class MissingKeyError(RuntimeError):
    """A key file that should be there is not, or is not a key; says which file."""


@dataclass(frozen=True, slots=True)
class CentreKeys:
    """What the running centre signs and opens letters with."""

    signing: SigningKey = field(repr=False)
    letter: LetterKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class RootKeys:
    """What decides whom every PC believes: any two of the roots, and the key that signs trust lists."""

    roots: tuple[SigningKey, ...] = field(repr=False)
    list: SigningKey = field(repr=False)


def open_keys(home: Home, *, begun: bool) -> CentreKeys:
    """Return the centre's keys, making them if this is the first run.

    Raises MissingKeyError where the database has begun and its keys are not there: new ones would silently
    disown every PC.
    """
    signing, letter = home.keys / SIGNING, home.keys / LETTER
    missing = [path for path in (letter, signing) if not path.exists()]
    if missing and begun:
        raise MissingKeyError(f"{missing[0]} tidak ada. Pulihkan folder {home.keys} dari cadangan.")
    home.make()
    for path in missing:
        key = LetterKey.generate() if path == letter else SigningKey.generate()
        write_file(path, key.raw.hex().encode(), PRIVATE)
    return CentreKeys(SigningKey(_read(signing)), LetterKey(_read(letter)))


def make_roots(home: Home) -> RootKeys:
    """Make the keys that stay offline in their own folder, with the advice to carry them away."""
    home.roots.mkdir(mode=0o700, exist_ok=True)
    write_file(home.roots / ADVICE, SAYS.encode(), PRIVATE)
    keys = RootKeys(tuple(SigningKey.generate() for _ in range(ROOTS)), SigningKey.generate())
    for number, key in enumerate(keys.roots, 1):
        write_file(home.roots / f"akar-{number}.key", key.raw.hex().encode(), PRIVATE)
    write_file(home.roots / LIST, keys.list.raw.hex().encode(), PRIVATE)
    return keys


def open_list_key(folder: Path) -> SigningKey:
    """Return the key that signs trust lists, brought back from where it is kept; raises MissingKeyError."""
    return SigningKey(_read(folder / LIST))


def _read(path: Path) -> bytes:
    try:
        raw = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as fault:
        raise MissingKeyError(f"{path} tidak ada atau bukan kunci.") from fault
    if len(raw) != 32:
        raise MissingKeyError(f"{path} bukan kunci.")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(PRIVATE)
    return raw
