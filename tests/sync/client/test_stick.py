"""A stick: whose it is, what is read of it, and that what it is given is surely there."""

import contextlib
import os

import pytest

from sync.client.stick import CLUSTER, Stick, StickFault, StickState, Trouble, file_name, room_for
from sync.officefile import read_office
from sync.postbag.part import Form, encode_part, read_part
from sync.postbag.shipment import encode_shipment
from tests.builders.office import new_office
from tests.harness.stick_disk import ROOT, FaultyStick


class Dice:
    """Luck that is always the same."""

    def choice(self, things):
        return things[0]

    def randint(self, low, high):
        return (low + high) // 2

    def random(self):
        return 0.3

    def randrange(self, end):
        return end // 2


@pytest.fixture(scope="module")
def office():
    return read_office(new_office().raw)


@pytest.fixture
def stick(tmp_path, office):
    made = Stick(tmp_path, office)
    made.prepare()
    return made


def part(office, body=b"isi", form=Form.OUTWARD):
    return encode_part(form, office.header.office, body)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def lying(stick):
    return sorted(path.name for path in (stick.root / "SULUH").iterdir() if path.name[1] == "-")


def test_a_new_stick_becomes_the_offices_and_keeps_its_other_files(tmp_path, office):
    (tmp_path / "SURAT.DOCX").write_bytes(b"surat")
    made = Stick(tmp_path, office)
    assert made.look() is StickState.NEW
    made.prepare()
    made.prepare()
    assert (made.look(), made.owner) == (StickState.OURS, office.header.name)
    assert (tmp_path / "SURAT.DOCX").read_bytes() == b"surat"
    assert names(tmp_path) == ["SULUH", "SURAT.DOCX"]


def test_another_offices_stick_is_named_and_not_written(tmp_path, office, stick):
    other = new_office()
    other.raw, _ = other.issue(1, office=b"\x77" * 16, name="Distrik Lain")
    mine = Stick(tmp_path, read_office(other.raw))
    assert (mine.look(), mine.owner) == (StickState.OTHER_OFFICE, office.header.name)


def test_whose_it_is_shows_by_the_parts_when_the_office_file_is_torn(stick, office):
    stick.write(part(office))
    (stick.root / "SULUH" / "kantor.suluh-kantor").write_bytes(office.raw[:50])
    assert Stick(stick.root, office).look() is StickState.OURS
    stranger = encode_part(Form.RECEIPT, b"\x55" * 16, b"x")
    for name in lying(stick):
        (stick.root / "SULUH" / name).unlink()
    (stick.root / "SULUH" / "t-0000000000000000.suluh").write_bytes(stranger)
    assert Stick(stick.root, office).look() is StickState.OTHER_OFFICE


def test_a_look_tells_full_locked_and_gone(office, tmp_path):
    disk = FaultyStick(Dice())
    stick = Stick(ROOT, office, disk)
    stick.prepare()
    disk.capacity = 100_000
    assert (stick.look(needs=10), stick.look(needs=1 << 20)) == (StickState.OURS, StickState.FULL)
    disk.read_only = True
    assert stick.look() is StickState.READ_ONLY
    disk.gone = True
    assert stick.look() is Stick(tmp_path / "lain", office).look() is StickState.NO_STICK


def test_a_part_is_written_once_and_read_whole(stick, office):
    assert stick.write(part(office))
    assert not stick.write(part(office))
    ((found, data),) = stick.parts()
    assert (data, found.body, lying(stick)) == (part(office), b"isi", [file_name(found)])


def test_torn_doubled_strange_and_foreign_files_are_passed_over(stick, office):
    good = part(office)
    stick.write(good)
    folder = stick.root / "SULUH"
    (folder / "k-1111111111111111.suluh").write_bytes(good[:-3])
    (folder / "k-2222222222222222.suluh").write_bytes(b"")
    (folder / "k-3333333333333333 - Copy.suluh").write_bytes(good)
    (folder / "k-4444444444444444.suluh").write_bytes(encode_part(Form.OUTWARD, b"\x55" * 16, b"x"))
    (folder / "virus.exe").write_bytes(b"MZ")
    (folder / ".tmp-abc").write_bytes(good)
    if hasattr(os, "symlink"):
        (folder / "k-5555555555555555.suluh").symlink_to("/etc/passwd")
    again = Stick(stick.root, office)
    assert [data for _, data in again.parts()] == [good]
    assert [data for _, data in again.parts()] == [good], "looked at twice, and counted once"
    assert (again.damaged, again.foreign) == (2, 1)
    assert (again.sweep(), (folder / "virus.exe").exists(), (folder / ".tmp-abc").exists()) == (
        1,
        True,
        False,
    )


def test_names_in_capitals_are_the_same_names(tmp_path, office):
    (tmp_path / "suluh").mkdir()
    good = part(office)
    (tmp_path / "suluh" / file_name(read_part(good)).upper()).write_bytes(good)
    made = Stick(tmp_path, office)
    made.prepare()
    assert names(tmp_path) == ["suluh"]
    assert [data for _, data in made.parts(Form.OUTWARD)] == [good]


def test_only_what_a_receipt_lists_leaves(stick, office):
    one, two = part(office, b"satu"), part(office, b"dua")
    answer = part(office, b"pulang", Form.HOMEWARD)
    for data in (one, two, answer):
        stick.write(data)
    assert stick.remove([read_part(one).digest, read_part(answer).digest, b"?" * 32]) == 1
    assert {data for _, data in stick.parts()} == {two, answer}
    with pytest.raises(ValueError, match="receipt"):
        stick.clear(Form.OUTWARD, [read_part(two).digest])
    assert stick.clear(Form.HOMEWARD, [read_part(answer).digest]) == 1


def test_space_is_looked_at_in_clusters_before_anything_is_written(office):
    assert room_for([1, CLUSTER, CLUSTER + 1]) == 4 * CLUSTER
    disk = FaultyStick(Dice(), capacity=200_000)
    stick = Stick(ROOT, office, disk)
    stick.prepare()
    with pytest.raises(StickFault) as fault:
        stick.needs([300_000])
    assert fault.value.trouble is Trouble.FULL
    assert fault.value.needed > 300_000 > fault.value.free > 0


@pytest.mark.parametrize("pulled", range(1, 30))
def test_pulled_at_any_operation_a_final_name_is_a_whole_part(office, pulled):
    disk = FaultyStick(Dice())
    stick = Stick(ROOT, office, disk)
    stick.prepare()
    disk.settle()
    disk.operations, disk.pull_at = 0, pulled
    data = part(office, os.urandom(5000))
    safe = False
    with contextlib.suppress(StickFault):
        safe = stick.write(data)
    disk.pull()
    final = [path for path in disk.image() if path.name.startswith("k-")]
    assert all(disk.image()[path] == data for path in final)
    assert final or not safe
    again = Stick(ROOT, office, disk)
    again.sweep()
    assert again.look() is StickState.OURS
    assert again.write(data) or final
    assert [found for _, found in again.parts()] == [data]


def test_a_stick_that_changes_what_it_is_given_is_found_out(office):
    disk = FaultyStick(Dice())
    stick = Stick(ROOT, office, disk)
    stick.prepare()
    disk.lies = True
    with pytest.raises(StickFault) as fault:
        stick.write(part(office, bytes(3000)))
    assert fault.value.trouble is Trouble.NOT_DURABLE
    assert [path.name for path in disk.image() if path.name.startswith((".tmp", "k-"))] == []


def test_what_a_pulled_stick_leaves_behind_is_never_filled(office, tmp_path):
    stick = Stick(tmp_path, office)
    with pytest.raises(StickFault) as fault:
        stick.write(part(office))
    assert (fault.value.trouble, names(tmp_path)) == (Trouble.PULLED, [])


def test_a_stick_from_which_strangers_parts_have_gone_is_a_new_one_at_the_next_look(tmp_path, office):
    folder = tmp_path / "SULUH"
    folder.mkdir()
    theirs = folder / "k-4444444444444444.suluh"
    theirs.write_bytes(encode_part(Form.OUTWARD, b"\x55" * 16, b"x"))
    stick = Stick(tmp_path, office)
    assert stick.look() is StickState.OTHER_OFFICE
    theirs.unlink()
    assert stick.look() is StickState.NEW


def test_work_under_another_forms_name_is_found_by_whoever_takes_in_results(stick, office):
    data = part(office)
    stick.write(data)
    (kept,) = (stick.root / "SULUH").glob("k-*")
    kept.rename(kept.with_name("p-1111111111111111.suluh"))
    assert list(stick.parts(Form.OUTWARD)) == []
    assert [held for _, held in stick.parts(Form.OUTWARD, believe_names=False)] == [data]


def test_the_file_for_town_and_its_answer(stick, office):
    whole = encode_shipment(
        office.header.office, [part(office, b"a", Form.RECEIPT), part(office, b"b", Form.RECEIPT)]
    )
    stick.write_up(whole, "Baca saya\nbaris dua\n")
    assert (stick.root / "KIRIM-KE-PUSAT.suluh").read_bytes() == whole
    assert b"\r\n" in (stick.root / "BACA-SAYA.txt").read_bytes()
    (stick.root / "jawaban-pusat (1).suluh").write_bytes(whole)
    (stick.root / "JAWABAN-PUSAT.suluh").write_bytes(whole[:-10])
    (stick.root / "JAWABAN-PUSAT lama.suluh").write_bytes(b"bukan")
    found = {name: len(shipment.missing) for name, shipment in stick.answers()}
    assert found == {"jawaban-pusat (1).suluh": 0, "JAWABAN-PUSAT.suluh": 1}
    assert stick.damaged == 1
    stick.drop_answer("jawaban-pusat (1).suluh")
    stick.drop_up()
    assert names(stick.root) == ["JAWABAN-PUSAT lama.suluh", "JAWABAN-PUSAT.suluh", "SULUH"]
