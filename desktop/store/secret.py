"""The device secret: 32 random bytes without which no database of this PC opens."""

import contextlib
import hmac
import os
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.paths import Folders
from desktop.store.durable import durable_write
from desktop.store.faults import Reason, StoreFault

_SERVICE = "id.suluh.perangkat"
_SIZE = 32
_PATIENCE = 5.0  # seconds a keystore may take; a locked one waits for a dialog nobody sees
_T = TypeVar("_T")


def device_secret(folders: Folders) -> bytes:
    """Give this PC's secret, making it on the first start.

    It is kept by the operating system's keystore where that belongs to whoever uses the data folder, else
    in a file only the account may read, outside the data folder. Where it was put is written down beside
    it, so that a keystore that is missing today is told from a PC that never had a secret. Raises
    StoreFault(NO_SECRET) when databases exist and their secret does not.
    """
    file, mark = folders.config / "rahasia", folders.config / "keystore"
    if file.exists():
        return _checked(file.read_bytes())
    if mark.exists():
        kept = _within(_PATIENCE, lambda: _ask(mark.read_text(encoding="ascii")))
        return _checked(b64decode(kept or ""))
    if (folders.data / "device.db").exists():
        raise StoreFault(Reason.NO_SECRET)
    secret = os.urandom(_SIZE)
    folders.config.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not folders.shared and keystore_likely() and _kept(mark, secret):
        return secret
    _write(file, secret)
    return secret


def device_key(secret: bytes, purpose: bytes) -> bytes:
    """Derive one of the keys that need no person: of the device database, of the tag of a NIP."""
    return mixed(secret, b"suluh device 1", purpose)


def mixed(secret: bytes, purpose: bytes, data: bytes) -> bytes:
    """Derive 32 bytes from the secret for one purpose, without the crypto library the first paint spares."""
    return hmac.digest(hmac.digest(secret, purpose, "sha256"), data, "sha256")


def keystore_likely() -> bool:
    """Tell, without asking anybody, whether a keystore will answer: a headless Linux has no daemon to."""
    if sys.platform in {"win32", "darwin"}:
        return True
    session = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    return bool(session and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")))


def _kept(mark: Path, secret: bytes) -> bool:
    """Put the secret into the keystore and read it back; only then is the mark written."""
    entry, word = os.urandom(8).hex(), b64encode(secret).decode("ascii")

    def put_and_ask() -> str | None:
        import keyring  # noqa: PLC0415 - slow to import, and never needed with a file

        keyring.set_password(_SERVICE, entry, word)
        return keyring.get_password(_SERVICE, entry)

    if _within(_PATIENCE, put_and_ask) != word:
        return False
    _write(mark, entry.encode("ascii"))
    return True


def _ask(entry: str) -> str | None:
    import keyring  # noqa: PLC0415 - as above

    return keyring.get_password(_SERVICE, entry)


def _within(seconds: float, work: Callable[[], _T]) -> _T | None:
    """Do work that may hang for ever in a thread of its own; None when it failed or took too long."""
    found: list[_T] = []

    def run() -> None:
        with contextlib.suppress(Exception):  # any keystore error means the same: not there
            found.append(work())

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(seconds)
    return found[0] if found else None


def _write(path: Path, data: bytes) -> None:
    durable_write(path, data, mode=0o600)


def _checked(secret: bytes) -> bytes:
    if len(secret) != _SIZE:
        raise StoreFault(Reason.NO_SECRET)
    return secret
