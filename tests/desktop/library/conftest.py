"""A PC with an empty shelf, and an installer whose disk can be made small."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.library.belief import Belief
from desktop.library.index import DeviceIndex
from desktop.library.install import RESERVE, Installer
from desktop.library.shelf import Shelf
from desktop.store.device import Store
from tests.builders.packs import Authority


@dataclass
class Desk:
    """One PC: its store, shelf and installer. `free` is what its disk claims to have."""

    folder: Path
    store: Store = field(init=False)
    free: int = 10**12
    now: int = 1_795_500_000

    def __post_init__(self):
        self.start()

    def start(self):
        self.store = Store.open(self.folder)
        self.index = DeviceIndex(self.store)
        self.belief = Belief(self.store)
        self.objects = self.store.folders.objects
        self.installer = Installer(
            self.index,
            self.belief,
            self.objects,
            now=lambda: self.now,
            free=lambda _folder: self.free + RESERVE,
        )
        self.shelf = Shelf(self.index, self.objects)

    def restart(self):
        self.store.close()
        self.start()

    def install(self, path, **more):
        return self.installer.install(self.installer.inspect(path), **more)

    def files(self):
        return sorted(p.relative_to(self.objects).as_posix() for p in self.objects.rglob("*") if p.is_file())


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "data")
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def ours():
    return Authority()
