"""A centre that gives out packs, and a PC of its office that fetches, installs and opens them."""

from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QWidget

from desktop.app.hub_road import HUB, HubRoad
from desktop.app.pack_fetching import PackFetching
from desktop.background.jobs import Jobs
from desktop.library.belief import Belief
from desktop.library.fetched import FetchFolder
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.library.shelf import Shelf
from desktop.paths import Folders
from desktop.people.office import adopt_office
from desktop.store.device import Store
from sync.client.transport import Transport
from sync.journal.keys import SigningKey
from sync.packs.build import TrustPapers
from sync.packs.offer import Offer
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.documents import Documents
from sync.server.home import Home
from sync.server.pack_shelf import PackShelf
from tests.builders.packs import Authority, make_pack


class Giving:
    """The packs of one centre, made and offered as its operator does."""

    def __init__(self, home: Home, folder: Path) -> None:
        """Let the centre trust a publisher; `folder` is the publisher's desk."""
        self.home, self.folder, self.key = home, folder, SigningKey.generate()
        folder.mkdir(exist_ok=True)
        public = folder / f"penerbit-{self.key.public.hex()[:8]}.pub"
        public.write_text(self.key.public.hex(), encoding="ascii")
        self.publisher = public.stem
        self.does("publisher", "add", str(public))

    def does(self, *words: str) -> None:
        assert main([*words, "--data", str(self.home.folder)]) == 0

    def pack(self, version: str = "1.0", page: str = "") -> Path:
        with open_database(self.home) as database, database.reading() as connection:
            held = Documents.read(connection)
        papers = TrustPapers((held.root.data,), held.trust.data)
        return make_pack(
            self.folder,
            Authority(),
            publisher=self.publisher,
            signer=self.key,
            papers=papers,
            version=version,
            page=page,
        )

    def offers(self, version: str = "1.0", page: str = "") -> Offer:
        """Offer a version of the small course; `page` makes it as large as a story needs."""
        self.does("pack", "add", str(self.pack(version, page)))
        return PackShelf(self.home.packs).offers()[-1]


class FetchingPc:
    """One PC of the office, with a real store, shelf and folder; `free` is what its disk claims to have."""

    def __init__(self, folder: Path, office: bytes, qtbot) -> None:
        self.folder, self.qtbot, self.free = folder, qtbot, 10**12
        self.office = office
        self.said: list[str] = []
        self.on()
        adopt_office(self.store, office)

    def on(self) -> None:
        """Start the app."""
        self.store = Store.open(Folders(self.folder / "data", self.folder / "kunci", shared=True))
        self.index, self.jobs, self.window = DeviceIndex(self.store), Jobs(), QWidget()
        self.qtbot.addWidget(self.window)
        self.window.say = self.said.append
        self.belief = Belief(self.store)
        self.installer = Installer(self.index, self.belief, self.store.folders.objects, self.store.now)
        self.shelf = Shelf(self.index, self.store.folders.objects)
        road = SimpleNamespace(hub=HubRoad(self.store))
        app = SimpleNamespace(
            window=self.window,
            store=self.store,
            jobs=self.jobs,
            session=SimpleNamespace(road=road, noted=self.said.clear),
        )
        self.folder_of_packs = self.store.folders.data / "diambil"
        self.fetching = PackFetching(app, FetchFolder(self.folder_of_packs, lambda _: self.free))

    def off(self) -> None:
        """Close the app as it is closed: what came stays."""
        self.fetching.close()
        assert self.fetching.fetches._pool.waitForDone(20_000)
        assert self.jobs.close()
        self.store.close()

    def knows(self, address: str) -> None:
        """Type the hub's address."""
        self.store.put_setting(HUB, address)

    def looks(self):
        """Open the library: what it shows."""
        self.fetching.sources._asked.clear()
        self.fetching.load()
        address = self.store.setting("server")
        if address:  # a delivery has just met the centre, or found no way to it
            delivery = Transport(address)
            self.fetching.reached(delivery)
            delivery.close()
        assert self.fetching._looks.waitForDone(20_000)
        return self.fetching.rows()

    def row(self, digest: str):
        return next((row for row in self.fetching.rows() if row.digest == digest), None)

    def becomes(self, digest: str, *states) -> object:
        """Wait until a pack stands so, and return its row."""
        self.qtbot.waitUntil(
            lambda: self.row(digest) is not None and self.row(digest).state in states, timeout=30_000
        )
        return self.row(digest)

    def installs(self, digest: str) -> None:
        """What the sheets of Pasang paket do with the file that came."""
        self.installer.install(self.installer.inspect(self.fetching.folder.file(digest)))
        self.fetching.installed(digest)
        self.qtbot.waitUntil(lambda: self.jobs.idle() and self.row(digest) is None)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder_of_packs.glob("*"))
