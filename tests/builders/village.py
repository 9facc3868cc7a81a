"""A village without any line: two learners share its PC, the coordinator's desk is in town, a stick goes between."""

from pathlib import Path

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office.exchange_stick import exchange
from desktop.office.merge import Merged, merge
from desktop.people.vouching import vouch, waiting_keys
from sync.client.stick import Stick
from tests.builders.road import Pc, Town, carried, sent

HELENA, KETUT = LEARNERS[3], LEARNERS[4]


class Village:
    """Helena and Ketut are signed in at `pc`, Yohana at `meja`; with a `pack` both PCs have the course."""

    def __init__(self, town: Town, folder: Path, pack: Path | None = None) -> None:
        self.town, self.folder = town, folder
        self.office = town.office((COORDINATOR, HELENA, KETUT))
        self.pc, self.meja = (
            Pc(folder / name, name, self.office) for name in ("PC Kampung", "PC Sekretariat")
        )
        for pc in (self.pc, self.meja):
            if pack is not None:
                pc.install(pack)
        self.helena, self.ketut = (self.pc.sit(one) for one in (HELENA, KETUT))
        self.yohana = self.meja.sit(COORDINATOR)
        self.root = self.prepares("flashdisk")

    def prepares(self, name: str) -> Path:
        """The coordinator prepares a stick."""
        root = self.folder / name
        root.mkdir()
        Stick(root, self.meja.store.office()).prepare()
        return root

    def gives(self, root: Path | None = None) -> None:
        """Tukar data in the village, with the usual stick or another one."""
        exchange(self.pc.store, Stick(root or self.root, self.pc.store.office()))

    def merges(self, root: Path | None = None) -> Merged:
        """Gabungkan at the desk."""
        return merge(self.yohana, Stick(root or self.root, self.meja.store.office()))

    def vouches(self) -> None:
        """Yohana says whose the new profiles are."""
        for key in waiting_keys(self.yohana):
            vouch(self.yohana, key, key.person)

    def to_the_desk(self) -> None:
        """The coordinator comes by, merges at the desk, and says whose new profiles are."""
        self.gives()
        self.merges()
        self.vouches()

    def to_the_centre(self) -> None:
        """Ke pusat by the desk's own line, and Yohana's own work with it; what she needs to know comes back."""
        carried(self.yohana, self.town.url)
        for _ in range(2):
            sent(self.yohana, self.town.url)

    def home(self) -> None:
        """The stick goes to the village once more, and both sign in."""
        self.merges()
        self.gives()
        for one in (self.helena, self.ketut):
            one.catch_up()

    def ends(self) -> None:
        """Everybody goes home."""
        for one in (self.helena, self.ketut, self.yohana):
            one.close()
        for pc in (self.pc, self.meja):
            pc.off()
