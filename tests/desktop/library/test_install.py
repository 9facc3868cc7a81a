"""Installing a pack, and everything that may come between."""

import hashlib
import subprocess
import sys
import textwrap

import pytest

from desktop.errors import Problem
from desktop.library import flush
from desktop.library import install as installing
from desktop.library.preview import PackState
from sync.packs.outline import ActivityKind
from sync.packs.verify import verify_file
from sync.refusal import Code, Refusal
from tests.builders.crafted import crafted
from tests.builders.packs import Authority, make_pack


def snapshot(folder):
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith("device.db")
    }


def test_a_pack_is_looked_at_before_anything_is_copied(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    seen = desk.installer.inspect(path)
    assert (seen.course.title, seen.course.version, seen.signer.title) == (
        "Keamanan di loket",
        "1.0",
        "BPSDM Provinsi",
    )
    assert (seen.state, seen.installed_version, seen.fits) == (PackState.NEW, "", True)
    assert seen.needed == seen.size == seen.pack.manifest.content.size
    assert {(p.kind, p.count, p.items) for p in seen.parts} == {
        (ActivityKind.PAGE, 1, 2),
        (ActivityKind.PDF, 1, 1),
        (ActivityKind.VIDEO, 1, 1),
        (ActivityKind.QUIZ, 1, 3),
    }
    assert desk.files() == []
    assert desk.index.packs() == ()


def test_an_installed_course_is_on_the_shelf_after_a_restart(desk, ours, tmp_path):
    told = []
    assert desk.install(make_pack(tmp_path, ours), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == sum(o.size for o in desk.shelf.courses()[0].content.objects)
    desk.restart()
    (course,) = desk.shelf.courses()
    assert (course.course.id, course.publisher) == ("keamanan-loket", "BPSDM Provinsi")
    assert course.text("m1/satu.md").startswith("# Satu")
    assert course.file("m1/film.webm").stat().st_size == 256 * 12
    assert course.read("m1/tidak-ada.md") is None
    assert desk.shelf.find("keamanan-loket/m2/kuis")[2].quiz.questions == 3
    assert not (desk.objects / ".staging").exists()


def test_installing_the_same_again_reads_nothing(desk, ours, tmp_path, monkeypatch):
    path = make_pack(tmp_path, ours)
    desk.install(path)
    monkeypatch.setattr(installing, "write_object", lambda *_: pytest.fail("an object was read again"))
    seen = desk.installer.inspect(path)
    assert (seen.state, seen.needed) == (PackState.SAME, 0)
    assert desk.installer.install(seen)


def test_an_update_copies_only_what_is_new_and_keeps_the_old_version_for_attempts(desk, ours, tmp_path):
    desk.install(make_pack(tmp_path, ours, version="1.0"))
    seen = desk.installer.inspect(make_pack(tmp_path, ours, version="1.1", page="\nBaru.\n"))
    assert (seen.state, seen.installed_version) == (PackState.UPDATE, "1.0")
    assert seen.needed == len("# Satu\n\n![Lemari berkas](lemari.svg)\n\nBaru.\n")
    desk.installer.install(seen)
    assert desk.shelf.course("keamanan-loket").course.version == "1.1"
    assert "Baru" not in desk.shelf.course("keamanan-loket", "1.0").text("m1/satu.md")
    assert desk.shelf.course("keamanan-loket", "9.9") is None


def test_a_version_stays_sixty_days_after_it_was_replaced_and_the_last_one_longer(desk, ours, tmp_path):
    day = 86_400
    for version in ("1.0", "1.1", "1.2"):
        desk.install(make_pack(tmp_path, ours, version=version, page=f"\nVersi {version}.\n"))
        desk.now += day
    assert [row.version for row in desk.index.packs()] == [1_002_000, 1_001_000, 1_000_000]
    assert "Versi 1.0" in desk.shelf.course("keamanan-loket", "1.0").text("m1/satu.md")
    desk.now += 90 * day
    desk.installer.tidy()
    assert [row.version for row in desk.index.packs()] == [1_002_000, 1_001_000]
    assert desk.shelf.course("keamanan-loket", "1.0") is None
    assert len(desk.files()) == len(desk.index.present()) == 7


def test_a_clock_that_is_in_2038_for_a_day_takes_no_version_from_whoever_is_in_the_middle_of_it(
    desk, ours, tmp_path
):
    certain = desk.now
    desk.installer = installing.Installer(
        desk.index, desk.belief, desk.objects, now=lambda: desk.now, proven=lambda: certain
    )
    for version in ("1.0", "1.1", "1.2"):
        desk.install(make_pack(tmp_path, ours, version=version, page=f"\nVersi {version}.\n"))
    desk.now = 2_147_500_000
    desk.installer.tidy()
    assert "Versi 1.0" in desk.shelf.course("keamanan-loket", "1.0").text("m1/satu.md")


def test_an_older_version_is_refused_also_after_the_newer_was_removed(desk, ours, tmp_path):
    old, new = make_pack(tmp_path, ours, version="1.0"), make_pack(tmp_path, ours, version="1.1")
    desk.install(new)
    before = desk.files()
    with pytest.raises(Refusal) as told:
        desk.installer.inspect(old)
    assert (told.value.code, told.value.values["installed"]) == (Code.STALE, "1.1")
    assert desk.files() == before
    desk.index.forget("keamanan-loket", 1_001_000)
    with pytest.raises(Refusal):
        desk.installer.inspect(old)


def test_an_older_version_signed_as_a_downgrade_takes_its_place(desk, ours, tmp_path):
    desk.install(make_pack(tmp_path, ours, version="1.1"))
    seen = desk.installer.inspect(make_pack(tmp_path, ours, version="1.0", downgrade=True))
    assert seen.state is PackState.DOWNGRADE
    assert desk.installer.install(seen)
    assert desk.shelf.course("keamanan-loket").course.version == "1.0"
    assert desk.install(make_pack(tmp_path / "lagi", ours, version="1.1"))


def test_one_version_number_with_two_contents_keeps_the_one_in_use(desk, ours, tmp_path):
    desk.install(make_pack(tmp_path, ours))
    with pytest.raises(Refusal) as told:
        desk.installer.inspect(make_pack(tmp_path, ours, page="Lain", name="b"))
    assert told.value.code is Code.STALE


def test_batal_leaves_nothing(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    heard = []

    def cancelled():
        heard.append(len(desk.files()))
        return len(heard) > 3

    assert desk.install(path, cancelled=cancelled) is False
    assert desk.files() == []
    assert desk.index.packs() == ()
    assert desk.install(path)


def test_a_stick_pulled_at_any_object_leaves_the_old_version_and_the_next_try_goes_on(
    desk, ours, tmp_path, monkeypatch
):
    desk.install(make_pack(tmp_path, ours, version="1.0"))
    path = make_pack(tmp_path, ours, version="1.1", page="\nBaru.\n")
    whole = installing.write_object
    calls = []

    def pulled(*arguments):
        calls.append(arguments[2].path)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(installing, "write_object", pulled)
    with pytest.raises(OSError, match="Input"):
        desk.install(path)
    assert desk.shelf.course("keamanan-loket").course.version == "1.0"
    assert desk.shelf.course("keamanan-loket").text("m1/satu.md")
    monkeypatch.setattr(installing, "write_object", whole)
    assert desk.install(path)
    assert desk.shelf.course("keamanan-loket").course.version == "1.1"


def test_killed_in_the_middle_an_installation_goes_on_object_by_object(desk, ours, tmp_path, monkeypatch):
    path = make_pack(tmp_path, ours)
    desk.store.close()
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        sys.path.insert(0, os.getcwd())
        from tests.desktop.library.conftest import Desk
        desk = Desk(Path(sys.argv[1]))
        seen = desk.installer.inspect(Path(sys.argv[2]))
        def die(done, total):
            if done * 2 > total:
                os.kill(os.getpid(), 9)
        desk.installer.install(seen, progress=die)
        """
    )
    died = subprocess.run([sys.executable, "-c", script, str(desk.folder), str(path)], check=False)
    assert died.returncode == -9
    desk.start()
    assert desk.index.packs() == ()
    whole = [name for name in desk.files() if not name.startswith(".staging")]
    assert whole
    copied = []
    write = installing.write_object
    monkeypatch.setattr(installing, "write_object", lambda *a: (copied.append(a[2].sha256), write(*a)))
    assert desk.install(path)
    assert not set(copied) & {name.rpartition("/")[2] for name in whole}
    assert len(desk.files()) == len(desk.index.present())


def test_a_torn_object_of_a_broken_try_is_not_believed(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    thing = verify_file(path, ours.store()).manifest.content.objects[0]
    torn = desk.objects / thing.sha256[:2] / thing.sha256
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"\0" * thing.size)
    assert desk.install(path)
    assert hashlib.sha256(torn.read_bytes()).hexdigest() == thing.sha256


def test_an_object_that_somebody_removed_is_brought_back(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    desk.install(path)
    lost = desk.shelf.courses()[0].file("m1/satu.md")
    lost.unlink()
    assert desk.shelf.courses()[0].read("m1/satu.md") is None
    assert desk.installer.inspect(path).needed == 37
    assert desk.install(path)
    assert lost.is_file()


def test_a_page_that_rotted_on_the_disk_is_not_shown(desk, ours, tmp_path):
    desk.install(make_pack(tmp_path, ours))
    course = desk.shelf.courses()[0]
    rotten = course.file("m1/satu.md")
    rotten.chmod(0o600)
    rotten.write_bytes(b"x" * rotten.stat().st_size)
    assert course.read("m1/satu.md") is None


def test_too_little_space_is_told_before_copying(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    desk.free = 1_000
    seen = desk.installer.inspect(path)
    assert (seen.fits, seen.free) == (False, 1_000)
    with pytest.raises(Problem) as told:
        desk.installer.install(seen)
    assert "perlu" in told.value.title
    assert "tersedia 1 KB" in told.value.title
    assert desk.files() == []


def test_one_bad_object_is_named_and_imports_nothing_wrong(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    data = bytearray(path.read_bytes())
    data[data.index(bytes(range(256)))] ^= 1
    path.write_bytes(data)
    seen = desk.installer.inspect(path)
    with pytest.raises(Refusal) as told:
        desk.installer.install(seen)
    assert (told.value.code, told.value.values["path"]) == (Code.OBJECT, "m1/film.webm")
    assert desk.index.packs() == ()
    assert not any(name.startswith(".staging") for name in desk.files())
    for name in desk.files():
        digest = name.rpartition("/")[2]
        assert hashlib.sha256((desk.objects / name).read_bytes()).hexdigest() == digest


def test_a_stick_exchanged_after_the_look_installs_nothing_of_the_other(desk, ours, tmp_path):
    path = make_pack(tmp_path, ours)
    seen = desk.installer.inspect(path)
    path.write_bytes(make_pack(tmp_path / "lain", Authority(), page="Palsu. " * 40).read_bytes())
    with pytest.raises(Refusal):
        desk.installer.install(seen)
    assert desk.index.packs() == ()


def test_no_forged_or_broken_pack_writes_a_byte_outside_or_inside(desk, ours, tmp_path):
    good = make_pack(tmp_path / "sumber", ours)
    desk.install(good)
    bad = tmp_path / "buruk.suluh-paket"
    before, around = snapshot(desk.folder), snapshot(tmp_path / "sumber")
    made = crafted(good.read_bytes())
    for name in (
        "path traversal",
        "a bomb for an object",
        "an executable beside the objects",
        "a symbolic link",
        "a database",
    ):
        bad.write_bytes(made[name])
        with pytest.raises(Refusal):
            desk.install(bad)
    assert snapshot(desk.folder) == before
    assert snapshot(tmp_path / "sumber") == around


def test_a_disk_that_fills_while_copying_keeps_the_shelf_usable(desk, ours, tmp_path, monkeypatch):
    desk.install(make_pack(tmp_path, ours))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing, "write_object", full)
    with pytest.raises(OSError, match="space"):
        desk.install(make_pack(tmp_path, ours, version="1.1", page="Baru"))
    desk.restart()
    assert desk.shelf.courses()[0].text("m1/satu.md")


def test_the_row_is_what_makes_an_installation_true(desk, ours, tmp_path, monkeypatch):
    """Planted fault: when the row cannot be written, files alone are no installation."""
    monkeypatch.setattr(desk.index, "activate", lambda *_: (_ for _ in ()).throw(OSError(5, "I/O")))
    with pytest.raises(OSError, match="I/O"):
        desk.install(make_pack(tmp_path, ours))
    desk.restart()
    assert desk.shelf.courses() == ()
    assert desk.installer.tidy() == 6
    assert desk.files() == []


@pytest.mark.parametrize("many", [1, 1_000], ids=["one call for all", "one by one"])
def test_files_are_on_the_disk_before_the_row_says_so(desk, ours, tmp_path, monkeypatch, many):
    order = []
    monkeypatch.setattr(flush, "_MANY", many)
    whole, single = flush._flush_file_system, flush._sync
    monkeypatch.setattr(flush, "_flush_file_system", lambda folder: (order.append("all"), whole(folder))[1])
    monkeypatch.setattr(flush, "_sync", lambda path, flags: (order.append(path.name), single(path, flags)))
    activate = desk.index.activate
    monkeypatch.setattr(desk.index, "activate", lambda *a: (order.append("row"), activate(*a)))
    desk.install(make_pack(tmp_path, ours))
    assert order[-1] == "row"
    if order[0] != "all":
        assert {name.rpartition("/")[2] for name in desk.files()} <= set(order[:-1])
