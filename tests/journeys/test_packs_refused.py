"""A forged, a damaged and an older pack come on a stick: each is refused with a sentence, and study goes on."""

import pytest

from desktop.errors import explain
from desktop.library.belief import Belief
from desktop.library.drives import Drives, Found
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.library.shelf import Shelf
from desktop.store.device import Store
from sync.journal.keys import SigningKey
from sync.packs.documents import key_id
from sync.packs.trust import Revoked, Withdrawal
from tests.builders.crafted import crafted
from tests.builders.packs import Authority, make_pack, read_here

NOT_AUTHENTIC = "Asal paket ini tidak dapat dipastikan, jadi tidak dipasang."


class Pc:
    """A PC in an office with version 1.1 of a course, and a stick."""

    def __init__(self, folder, ours):
        self.stick = folder / "FLASHDISK"
        self.stick.mkdir()
        self.store = Store.open(folder / "data")
        self.index = DeviceIndex(self.store)
        self.belief = Belief(self.store)
        objects = self.store.folders.objects
        self.installer = Installer(self.index, self.belief, objects, self.store.now)
        self.shelf = Shelf(self.index, objects)
        self.bring(make_pack(folder / "penerbit", ours, version="1.1").read_bytes())
        assert self.load() is None

    def bring(self, data):
        for file in self.stick.iterdir():
            file.unlink()
        (self.stick / "paket.suluh-paket").write_bytes(data)

    def load(self):
        """Do what the screen does with the one pack on the stick; gives what the person reads, None when installed."""
        (found,) = Drives(lambda: [self.stick]).files(Found.PACK)
        try:
            self.installer.install(self.installer.inspect(found.path))
        except Exception as fault:  # noqa: BLE001 - whatever comes must be words
            return explain(fault)
        return None

    def files(self):
        return {
            p.relative_to(self.stick.parent): p.read_bytes()
            for p in self.stick.parent.rglob("*")
            if p.is_file()
        }

    def untouched(self):
        return {
            name: data
            for name, data in self.files().items()
            if "objects" in name.parts or "SULUH" in name.parts
        }


@pytest.fixture(scope="module")
def ours():
    return Authority()


@pytest.fixture
def pc(tmp_path, ours):
    made = Pc(tmp_path, ours)
    yield made
    made.store.close()


def refused(pc, data):
    before = pc.untouched()
    pc.bring(data)
    told = pc.load()
    assert told is not None
    assert told.known
    assert pc.untouched() == before
    course = pc.shelf.course("keamanan-loket")
    assert course.course.version == "1.1"
    assert course.text("m1/satu.md").startswith("# Satu")
    return told


def test_a_pack_signed_by_a_stranger_under_a_trusted_name(pc, ours, tmp_path):
    told = refused(
        pc, make_pack(tmp_path / "x", ours, version="1.2", signer=SigningKey.generate()).read_bytes()
    )
    assert (told.title, told.advice) == (NOT_AUTHENTIC, "Hubungi koordinator. Data Anda tidak berubah.")


def test_a_pack_with_a_whole_chain_of_its_own(pc, tmp_path):
    assert (
        refused(pc, make_pack(tmp_path / "x", Authority(), version="1.2").read_bytes()).title == NOT_AUTHENTIC
    )


def test_a_pack_whose_content_was_changed_under_the_old_signature(pc, ours, tmp_path):
    good = make_pack(tmp_path / "x", ours, version="1.2").read_bytes()
    told = refused(pc, crafted(good)["more JP under the old signature"])
    assert told.title == NOT_AUTHENTIC


def test_a_pack_damaged_while_it_was_copied_names_the_file(pc, ours, tmp_path):
    path = make_pack(tmp_path / "x", ours, version="1.2", page="\nHalaman ini baru.\n")
    new = [e for name, e in read_here(path).objects.items() if name not in pc.index.present()]
    data = bytearray(path.read_bytes())
    data[new[0].start + 5] ^= 1
    pc.bring(data)
    told = pc.load()
    assert told.title == "Berkas m1/satu.md di dalam paket rusak saat disalin."
    assert told.advice.startswith("Paket tidak dipasang; versi lama tetap dapat dipakai.")
    assert pc.shelf.course("keamanan-loket").course.version == "1.1"


def test_a_pack_cut_off_in_the_middle(pc, ours, tmp_path):
    data = make_pack(tmp_path / "x", ours, version="1.2").read_bytes()
    told = refused(pc, data[: len(data) // 2])
    assert (told.title, told.advice) == (
        "Berkas rusak saat disalin.",
        "Data Anda tidak berubah. Salin ulang dari sumbernya.",
    )


def test_an_older_pack_that_was_still_on_some_stick(pc, ours, tmp_path):
    told = refused(pc, make_pack(tmp_path / "x", ours, version="1.0").read_bytes())
    assert told.title == "Versi 1.1 sudah terpasang dan lebih baru."
    assert told.advice.startswith("Paket lama tidak dipasang.")


def test_a_publisher_whose_key_was_withdrawn_is_known_by_the_list_that_came_with_the_pack(pc, tmp_path, ours):
    later = Authority(ours.roots, ours.keeper, ours.publisher, version=2)
    later.revoked = (Revoked(key_id(ours.publisher.public), Withdrawal.COMPROMISED, "2026-11-01"),)
    told = refused(pc, make_pack(tmp_path / "x", later, version="1.2").read_bytes())
    assert told.title == "Penanda tangan paket ini sudah dicabut sejak 1 November 2026."


@pytest.mark.parametrize(
    "trick",
    [
        "path traversal",
        "a bomb for an object",
        "a symbolic link",
        "an executable beside the objects",
        "a pickle",
    ],
)
def test_tricks_of_the_trade_write_nothing_anywhere(pc, ours, tmp_path, trick):
    good = make_pack(tmp_path / "x", ours, version="1.2").read_bytes()
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert refused(pc, crafted(good)[trick]).title
    after = {p for p in tmp_path.rglob("*") if p.is_file() and "device.db" not in p.name}
    assert after <= before | {pc.stick / "paket.suluh-paket"}
