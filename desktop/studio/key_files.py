"""Publisher keys and papers of trust as files: how the workshop keeps them, and how it reads them."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from desktop.errors import Problem
from desktop.language import tr
from sync.journal.keys import SigningKey
from sync.packs.build import TrustPapers

PUBLIC_ENDING = ".pub"
ROOT_ENDING = "root.json"
LIST_NAME = "trust.json"
DELEGATION_ENDING = ".delegation.json"


def write_key(path: Path, key: SigningKey) -> Path:
    """Write a private key (PKCS#8 PEM, readable by its owner only) and beside it `.pub`, one line of hex.

    Raises Problem where a key is already there: an overwritten key cannot be had back.
    """
    private = Ed25519PrivateKey.from_private_bytes(key.raw)
    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Problem(
            tr("Kunci {berkas} sudah ada dan tidak ditimpa.").format(berkas=path),
            tr("Pilih nama lain, atau pindahkan kunci lama lebih dulu."),
        ) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    public = path.with_name(path.name + PUBLIC_ENDING)
    public.write_text(key.public.hex() + "\n", "ascii")
    return public


def read_key(path: Path) -> SigningKey:
    """Read a private key: PKCS#8 PEM, or one line of 64 hexadecimal digits. Raises Problem, OSError."""
    data = path.read_bytes()
    try:
        if len(data) < 80:
            return SigningKey(bytes.fromhex(data.decode("ascii").strip()))
        private = load_pem_private_key(data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise Problem(
            tr("{berkas} bukan kunci penerbit.").format(berkas=path),
            tr("Buat kunci dengan: suluh pack keygen -o BERKAS"),
        )
    return SigningKey(private.private_bytes_raw())


def read_papers(place: Path | None) -> TrustPapers:
    """Read the papers that ride along in a pack.

    `place` is a folder with root documents (`1.root.json`, `2.root.json`… or one `root.json`), the trust list
    `trust.json`, and an agency's `NAME.delegation.json`. None gives no papers. Raises Problem.
    """
    if place is None:
        return TrustPapers()
    roots = sorted(place.glob(f"*{ROOT_ENDING}"), key=lambda path: (len(path.name), path.name))
    trust = place / LIST_NAME
    if not roots or not trust.is_file():
        raise Problem(
            tr("Di {folder} tidak ada akar dan daftar kepercayaan.").format(folder=place),
            tr("Folder itu harus berisi {akar} dan {daftar} dari pusat.").format(
                akar="root.json", daftar=LIST_NAME
            ),
        )
    delegations = {
        path.name.removesuffix(DELEGATION_ENDING): path.read_bytes()
        for path in sorted(place.glob(f"*{DELEGATION_ENDING}"))
    }
    return TrustPapers(tuple(path.read_bytes() for path in roots), trust.read_bytes(), delegations)
