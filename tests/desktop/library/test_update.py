"""Updates that carry only what changed: patches, and nothing for what stayed."""

import hashlib

import pytest

from desktop.library.preview import PackState
from sync.packs.objects import make_patch
from sync.packs.verify import verify, verify_whole
from sync.refusal import Code, Refusal
from tests.builders.crafted import parts_of, zip_of
from tests.builders.packs import make_pack, read_here

LONG = "\n".join(f"Baris {n} tentang berkas warga dan siapa yang boleh melihatnya." for n in range(400))


@pytest.fixture
def packs(tmp_path, ours):
    """Version 1.0, version 1.1 complete, and the update from the one to the other."""
    old = make_pack(tmp_path, ours, version="1.0", page=LONG)
    new = make_pack(tmp_path, ours, version="1.1", page=LONG.replace("Baris 7 ", "Baris tujuh "))
    update = make_pack(
        tmp_path,
        ours,
        version="1.1",
        page=LONG.replace("Baris 7 ", "Baris tujuh "),
        name="-ubah",
        update_from=old,
    )
    return old, new, update


def test_an_update_is_the_same_version_in_a_fraction_of_the_bytes(packs, ours):
    old, new, update = packs
    layout = read_here(update)
    assert layout.manifest == read_here(new).manifest
    assert (len(layout.objects), len(layout.patches)) == (0, 1)
    assert sum(entry.size for _, entry in layout.patches.values()) < 60
    held = read_here(old).objects.keys()
    assert verify(layout, ours.store(), held).manifest.course.version == "1.1"


def test_an_update_makes_what_the_complete_pack_would_have_brought(packs, desk):
    old, _, update = packs
    desk.install(old)
    seen = desk.installer.inspect(update)
    assert (seen.state, seen.installed_version) == (PackState.UPDATE, "1.0")
    assert desk.installer.install(seen)
    course = desk.shelf.course("keamanan-loket")
    assert "Baris tujuh tentang" in course.text("m1/satu.md")
    assert "Baris 7 tentang" in desk.shelf.course("keamanan-loket", "1.0").text("m1/satu.md")
    for name in desk.files():
        assert hashlib.sha256((desk.objects / name).read_bytes()).hexdigest() == name.rpartition("/")[2]


def test_the_complete_pack_after_the_update_brings_nothing_new(packs, desk):
    old, new, update = packs
    desk.install(old)
    desk.install(update)
    assert desk.installer.inspect(new).state is PackState.SAME


def test_an_update_without_its_ground_is_told_to_be_one(packs, desk, ours):
    _, _, update = packs
    with pytest.raises(Refusal) as told:
        desk.installer.inspect(update)
    assert told.value.code is Code.BASE
    assert desk.files() == []
    with pytest.raises(Refusal):
        verify_whole(update, ours.store())


def test_a_ground_that_vanished_or_rotted_makes_nothing_wrong(packs, desk):
    old, new, update = packs
    desk.install(old)
    seen = desk.installer.inspect(update)
    ground = desk.shelf.courses()[0].file("m1/satu.md")
    whole = ground.read_bytes()
    for wrong, code in ((whole.replace(b"warga", b"warta"), Code.OBJECT), (None, Code.BASE)):
        ground.unlink()
        if wrong is not None:
            ground.write_bytes(wrong)
        with pytest.raises(Refusal) as told:
            desk.installer.install(seen)
        assert told.value.code is code
        assert desk.shelf.courses()[0].course.version == "1.0"
    assert desk.install(new)
    assert "Baris tujuh" in desk.shelf.courses()[0].text("m1/satu.md")


@pytest.mark.parametrize("patch", [b"", b"\0" * 40, b"(\xb5/\xfd" + b"\xff" * 30])
def test_a_patch_of_noise_is_refused(packs, desk, tmp_path, patch):
    old, _, update = packs
    desk.install(old)
    _broken(update, tmp_path / "rusak", patch)
    with pytest.raises(Refusal):
        desk.install(tmp_path / "rusak")
    assert desk.shelf.courses()[0].course.version == "1.0"


def test_a_patch_that_swells_is_stopped_at_the_signed_size(packs, desk, tmp_path):
    old, _, update = packs
    desk.install(old)
    _broken(update, tmp_path / "bom", make_patch(b"", b"\0" * 30_000_000))
    told = []
    with pytest.raises(Refusal) as refusal:
        desk.install(tmp_path / "bom", progress=lambda done, total: told.append(done))
    assert refusal.value.code is Code.OBJECT
    assert sum(told) == 0


def test_an_update_is_no_ground_for_another(packs, ours, tmp_path):
    with pytest.raises(Refusal) as told:
        make_pack(tmp_path / "c", ours, version="1.2", update_from=packs[2])
    assert told.value.code is Code.BASE


def _broken(update, path, patch):
    parts = parts_of(update.read_bytes())
    last = parts[-1]
    assert last.name.startswith(b"patches/")
    parts[-1] = type(last)(last.name, patch)
    path.write_bytes(zip_of(parts))
