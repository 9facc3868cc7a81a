"""The folders of this PC: where data lie, and where the secret that opens them lies."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import appdirs

_APP = "Suluh"
_OVERRIDE = "SULUH_DATA"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where this PC keeps things.

    `data` holds databases and content; `config` holds the device secret and is never inside `data`, so that a
    copied data folder opens nothing. `shared` is True where several accounts of one PC use the same
    folders, or where the folder was named by hand: a keystore that belongs to one account cannot keep the
    secret then.
    """

    data: Path
    config: Path
    shared: bool

    @property
    def objects(self) -> Path:
        """The folder of content objects, named by their SHA-256 and shared by all packs."""
        return self.data / "objects"


def folders(chosen: Path | None = None) -> Folders:
    """Tell the folders: `chosen` (from --data), else SULUH_DATA, else the usual place. Creates nothing.

    On Windows it is one folder per PC, also with several accounts; where policy forbids that, and on other
    systems, it is the account's own.
    """
    named = chosen or (Path(os.environ[_OVERRIDE]) if os.environ.get(_OVERRIDE) else None)
    if named is not None:
        data = named.expanduser().absolute()
        return Folders(data, data.with_name(f"{data.name}.kunci"), shared=True)
    if sys.platform == "win32":
        data = Path(appdirs.site_data_dir(_APP, appauthor=False))
        if _writable(data):
            return Folders(data, data.with_name(f"{_APP} Kunci"), shared=True)
    own = Path(appdirs.user_data_dir(_APP.lower(), appauthor=False))
    return Folders(own, Path(appdirs.user_config_dir(_APP.lower(), appauthor=False)) / "kunci", shared=False)


def _writable(folder: Path) -> bool:
    """Tell whether this account may write in the folder, or make it."""
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return os.access(nearest, os.W_OK)
