"""Making a pack: the same from the same, read by any zip program, and never half there."""

import zipfile

import pytest

from sync.packs.archive import DEFLATED, STORED
from sync.packs.build import build_pack
from sync.packs.source import read_source
from sync.packs.verify import verify_whole
from sync.refusal import Refusal
from tests.builders.packs import Authority, make_pack, print_nothing, read_here, write_course


def test_the_same_source_and_key_give_the_same_pack(tmp_path):
    ours = Authority()
    one, other = make_pack(tmp_path / "a", ours), make_pack(tmp_path / "b", ours)
    assert one.read_bytes() == other.read_bytes()


def test_any_zip_program_can_look_inside(tmp_path):
    path = make_pack(tmp_path, Authority())
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
    assert names[:3] == ["manifest.json", "trust/0001.root.json", "trust/list.json"]
    assert names[3:] == sorted(names[3:])


def test_text_shrinks_and_films_are_stored(tmp_path):
    path = make_pack(tmp_path, Authority())
    methods = {entry.size: entry.method for entry in read_here(path).objects.values()}
    assert methods[256 * 12] == STORED
    assert methods[len("# Dua\n\n" + "Simpan kunci lemari. " * 60)] == DEFLATED


def test_a_file_used_twice_is_carried_once(tmp_path):
    ours = Authority()
    folder = write_course(tmp_path / "naskah")
    (folder / "m1/dua.md").write_bytes((folder / "m1/satu.md").read_bytes())
    out = tmp_path / "x.suluh-paket"
    built = build_pack(
        read_source(folder), "bpsdm", ours.publisher, out, print_pdf=print_nothing, papers=ours.papers()
    )
    pack = verify_whole(out, ours.store())
    assert built.objects == len(pack.manifest.content.objects) - 1


def test_a_build_that_fails_leaves_the_old_pack_whole(tmp_path):
    ours = Authority()
    path = make_pack(tmp_path, ours)
    before = path.read_bytes()
    source = read_source(write_course(tmp_path / "naskah"))

    def vanishes(title, origin):
        (tmp_path / "naskah/m1/satu.md").write_text("berubah", "utf-8")
        (tmp_path / "naskah/m1/film.webm").unlink()
        return print_nothing(title, origin)

    with pytest.raises((Refusal, OSError)):
        build_pack(source, "bpsdm", ours.publisher, path, print_pdf=vanishes, papers=ours.papers())
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []
