"""An office that lives by stick: PCs with real stores, a desk, a folder as the stick, and a centre in memory."""

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from desktop.paths import Folders
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.keyring import Keyring
from desktop.store.profile import Profile
from sync.bundle import Ack, seal_piece
from sync.client.stick import Stick
from sync.client.stick_disk import Disk
from sync.journal.acks import Held
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from sync.journal.statement import Fact
from sync.officefile import read_office, unlock_coordinator
from sync.postbag.homeward import Homeward, Letter, seal_homeward
from sync.postbag.outward import Outward, open_outward
from sync.postbag.part import read_part
from sync.postbag.shipment import encode_shipment, read_shipment
from sync.postbag.words import Receipt, sign_receipt
from sync.refusal import Refusal
from tests.builders.office import DINA, MARKUS, YOHANA, Office
from tests.fakes.clock import HandClock

PIN = "135790"
ACTIVITY = "layanan/m1/baca"
PLANTED = (YOHANA, DINA, MARKUS, "Yohana", "Dina Kambuaya", "JAWABAN-RAHASIA", "PC Loket", ACTIVITY)
"""Words that may stand nowhere in clear."""


class Desk:
    """One PC: a store in a folder, and whoever has a profile there. The coordinator's is the desk."""

    def __init__(self, folder: Path, office: Office, name: str, clock: HandClock | None = None) -> None:
        self.folder = folder
        self.clock = clock or HandClock()
        self.on()
        self.store.put_office(read_office(office.raw))
        self.store.put_setting("centres", "")
        self.store.name_pc(name)
        self.office = office
        self.people: dict[str, Profile] = {}

    def on(self) -> None:
        self.store = Store.open(Folders(self.folder / "data", self.folder / "kunci", shared=True), self.clock)

    def sit(self, nip: str) -> Profile:
        """Give somebody a profile; the coordinator's opens the office's letters."""
        keys = None
        office = read_office(self.office.raw)
        entry = office.find(nip)
        if nip == MARKUS:
            found = unlock_coordinator(entry, self.office.codes[nip])
            keys = Keyring(os.urandom(32), found.signing, found.letter, found.office)
        made = create_profile(
            self.store, Newcomer(nip, "Yo", "YO", entry.role, {"person": entry.person}, keys), PIN
        )
        made.tell_reached()
        self.people[nip] = made
        return made

    def enter(self, nip: str) -> Profile:
        """Let somebody sign in again."""
        (found,) = (one.profile for one in self.people.values() if self.store.profile_of(nip) == one.profile)
        opened = unlock(self.store, found, PIN)
        assert isinstance(opened, Profile)
        self.people[nip] = opened
        return opened

    def study(self, nip: str, pages: Iterable[int]) -> None:
        self.people[nip].record_all(
            [
                ("page.read", {"activity": ACTIVITY, "page": page, "seconds": 40, "version": "1"})
                for page in pages
            ]
        )

    def answer(self, nip: str, words: str = "JAWABAN-RAHASIA") -> None:
        self.people[nip].record(
            "quiz.answered", activity="layanan/m2/kuis", attempt=1, question=1, answer=words, seconds=9
        )

    def stick(self, root: Path, disk: Disk | None = None) -> Stick:
        return Stick(root, self.store.office(), disk)

    def off(self) -> None:
        for profile in self.people.values():
            profile.close()
        self.store.close()


class PostCentre:
    """What a centre does with post, without its database: keeps facts, signs receipts, acks, and sends letters."""

    def __init__(self, office: Office, epoch: int = 7) -> None:
        self.epoch = epoch
        self.office, self.uuid = office, read_office(office.raw).header.office
        self.facts: dict[tuple[int, int, bytes], Fact] = {}
        self.held: dict[int, Held] = {}
        self.time = 1_795_000_500
        self.asked: list[Outward] = []
        self.readers: dict[bytes, bytes] = {}
        self.stored: set[bytes] = set()

    def __call__(self, body: bytes, unlisted: Collection[bytes] = ()) -> bytes:
        """Answer one part or a shipment; `unlisted` parts must come again."""
        try:
            parts = [part for part, _ in read_shipment([body]).parts]
        except Refusal:
            parts = [read_part(body)]
        self.time += 10
        homes: list[bytes] = []
        for part in parts:
            outward = open_outward(part, self.office.letter)
            self.asked.append(outward)
            homes += self.answer(outward, () if part.digest in unlisted else (part.digest,))
        stored = tuple(part.digest for part in parts if part.digest not in unlisted)
        self.stored.update(stored)
        receipt = sign_receipt(Receipt(self.time, stored), self.uuid, self.office.centre)
        return encode_shipment(self.uuid, (receipt, *homes))

    def answer(self, outward: Outward, stored: tuple[bytes, ...]) -> tuple[bytes, ...]:
        acks: dict[int, int] = {}
        for sealed in outward.segments:
            for run in decode_segment(unseal(sealed, self.office.letter)).runs:
                log = run.header.log
                self.held[log] = self.held.get(log, Held()).add(run.first, run.last)
                acks[log] = self.held[log].prefix
                for one in run.statements:
                    self.facts[one.log, one.seq, one.digest] = Fact(run.header, one, b"")
        home = Homeward(
            outward.pc,
            self.time,
            self.epoch,
            tuple(Ack(log, seq) for log, seq in acks.items() if seq),
            self.letters(outward),
            parts=stored,
        )
        return seal_homeward(home, self.uuid, (outward.letter,), self.office.centre)

    def letters(self, outward: Outward) -> tuple[Letter, ...]:
        """A grade for everybody who asks from the beginning; sealed to keys a test may name in `readers`."""
        found = []
        for want in outward.wants:
            reader = self.readers.get(want.profile)
            if reader is not None and want.cursors.get("person", 0) == 0:
                piece = seal_piece("person", 0, 5, [], reader, self.office.centre)
                found.append(Letter(want.profile, piece))
        return tuple(found)

    def reads(self, *profiles: Profile) -> None:
        self.readers = {one.profile: one.keys.letter.public for one in profiles}
