"""The workshop on the command line: a key, a pack, a check; and what is said when something is wrong."""

import ast
import os
import stat
from pathlib import Path

import pytest

from desktop.studio.key_files import read_key
from desktop.studio.pack_command import run
from desktop.studio.source_words import _reasons
from tests.builders.packs import write_course

PACKS = Path(__file__).parents[3] / "sync" / "packs"


@pytest.fixture
def bench(tmp_path, qapp):
    assert (
        run(
            [
                "keygen",
                "-o",
                str(tmp_path / "k.key"),
                "--trust",
                str(tmp_path / "akar"),
                "--title",
                "BPSDM Papua",
            ]
        )
        == 0
    )
    return tmp_path


def build(bench, *more, version="1.0", key="k.key"):
    folder = write_course(bench / f"naskah-{version}", version)
    return run(["build", str(folder), "--key", str(bench / key), "-o", str(bench / "x.suluh-paket"), *more])


def test_from_a_key_to_a_pack_that_proves_genuine(bench, capsys):
    assert build(bench, "--trust", str(bench / "akar")) == 0
    assert run(["verify", str(bench / "x.suluh-paket"), "--trust", str(bench / "akar")]) == 0
    said = capsys.readouterr().out
    assert "Keamanan di loket, versi 1.0: 6 berkas" in said
    assert "Ditandatangani oleh BPSDM Papua" in said
    assert "cocokkan" not in said


def test_an_update_is_smaller_and_says_so_when_checked_alone(bench, capsys):
    assert build(bench, "--trust", str(bench / "akar")) == 0
    (bench / "x.suluh-paket").rename(bench / "lama.suluh-paket")
    more = ("--trust", str(bench / "akar"), "--update-from", str(bench / "lama.suluh-paket"))
    assert build(bench, *more, version="1.1") == 0
    assert (bench / "x.suluh-paket").stat().st_size < (bench / "lama.suluh-paket").stat().st_size - 3_000
    assert run(["verify", str(bench / "x.suluh-paket")]) == 1
    assert "hanya pembaruan" in capsys.readouterr().err


def test_a_pack_that_is_its_own_witness_is_told_so(bench, capsys):
    build(bench, "--trust", str(bench / "akar"))
    assert run(["verify", str(bench / "x.suluh-paket")]) == 0
    assert "cocokkan dengan sidik dari pusat" in capsys.readouterr().out


def test_a_damaged_pack_is_refused_in_words(bench, capsys):
    build(bench, "--trust", str(bench / "akar"))
    data = bytearray((bench / "x.suluh-paket").read_bytes())
    data[data.index(bytes(range(256)))] ^= 1
    (bench / "x.suluh-paket").write_bytes(data)
    assert run(["verify", str(bench / "x.suluh-paket")]) == 1
    told = capsys.readouterr()
    assert "m1/film.webm" in told.err
    assert "Asli" not in told.out


def test_a_pack_of_another_root_is_refused(bench, capsys):
    build(bench, "--trust", str(bench / "akar"))
    assert run(["keygen", "-o", str(bench / "lain.key"), "--trust", str(bench / "lain")]) == 0
    assert run(["verify", str(bench / "x.suluh-paket"), "--trust", str(bench / "lain")]) == 1
    assert "tidak dapat dipastikan" in capsys.readouterr().err


def test_a_key_the_list_does_not_know_builds_nothing(bench, capsys):
    run(["keygen", "-o", str(bench / "lain.key")])
    assert build(bench, "--trust", str(bench / "akar"), key="lain.key") == 1
    assert "tidak ada di daftar kepercayaan" in capsys.readouterr().err
    assert not (bench / "x.suluh-paket").exists()


def test_an_author_is_told_which_file_is_wrong(bench, capsys):
    folder = write_course(bench / "naskah")
    (folder / "m2/kuis.gift").write_text("Apa? {=a ~a}", "utf-8")
    assert run(["build", str(folder), "--key", str(bench / "k.key"), "-o", str(bench / "y")]) == 1
    assert "m2/kuis.gift:1: ada dua pilihan yang sama bunyinya." in capsys.readouterr().err


def test_every_reason_that_sync_has_is_worded():
    reasons = set()
    for name in ("source", "gift", "gift_answers", "pages", "build"):
        for node in ast.walk(ast.parse((PACKS / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", "")
                if called == "_fault" and isinstance(node.args[1], ast.Constant):
                    reasons.add(node.args[1].value)
                elif called == "ValueError" and node.args:
                    reasons.add(node.args[0].value)
                reasons |= {
                    k.value.value
                    for k in node.keywords
                    if k.arg == "reason" and isinstance(k.value, ast.Constant)
                }
    assert len(reasons) > 45
    assert reasons - _reasons().keys() == set()


def test_a_key_is_for_its_owner_and_is_never_overwritten(bench, capsys):
    path = bench / "k.key"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = read_key(path).public
    assert run(["keygen", "-o", str(path)]) == 1
    assert "tidak ditimpa" in capsys.readouterr().err
    assert read_key(path).public == before
    assert (bench / "k.key.pub").read_text().strip() == before.hex()


def test_a_key_may_be_one_line_of_hex_and_anything_else_is_told(bench, capsys):
    raw = read_key(bench / "k.key").raw
    (bench / "hex.key").write_text(raw.hex() + "\n")
    assert read_key(bench / "hex.key").raw == raw
    (bench / "rusak.key").write_text("bukan kunci " * 20)
    assert build(bench, key="rusak.key") == 1
    assert "bukan kunci penerbit" in capsys.readouterr().err
    assert build(bench, "--trust", str(bench), key="k.key") == 1
