"""A whole road for journeys: a centre in a process of its own, a real office file, and PCs with real folders."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.demo.centre import Centre
from desktop.demo.people import OFFICE, PIN, ZONE, Invented, read_codes, write_roster
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import SignUp, sign_up
from desktop.store.device import Store
from desktop.store.profile import Profile
from sync.client.deliver import SyncOutcome, deliver
from sync.client.transport import Transport


@dataclass(frozen=True)
class Handed:
    """What the centre handed to an office: its signed file, and a code for each person."""

    file: Path
    codes: dict[str, str]


def found_office(centre: Centre, folder: Path, people: Sequence[Invented], name: str = OFFICE) -> Handed:
    """Make an office as its operator does, by the command and a CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    roster = folder / "pegawai.csv"
    write_roster(roster, people)
    words = (
        "office",
        "new",
        str(roster),
        "--name",
        name,
        "--zone",
        ZONE,
        "--url",
        centre.url,
        "--out",
        str(folder),
    )
    centre.ask(*words)
    return Handed(next(folder.glob("*.suluh-kantor")), read_codes(folder / "kode-pendaftaran.csv"))


class Desk:
    """One PC. `away` closes it and `back` opens it again, as between two working days."""

    def __init__(self, folder: Path, name: str, handed: Handed | None = None) -> None:
        self.folder, self.handed = folder, handed
        self.store = Store.open(folder)
        self.store.prepare()
        self.store.name_pc(name)
        if handed is not None:
            adopt_office(self.store, inspect_office(self.store, handed.file).raw)

    def sit(self, person: Invented, code: bool = True, pin: str = PIN) -> Profile:
        """Sign somebody up for the first time; the code is used where they have one."""
        given = self.handed.codes[person.nip] if code and self.handed is not None else ""
        return sign_up(self.store, SignUp(person.nip, person.birth, pin, person.nickname, given))

    def close(self) -> None:
        """Switch the PC off properly."""
        self.store.close()


def send(profile: Profile, url: str) -> SyncOutcome:
    """Send and fetch once, over real HTTP."""
    return deliver(profile, Transport(url), profile.store.clock)
