"""A centre that gives out packs: its publisher, packs of every version, and the list it signs."""

from pathlib import Path

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
