"""The centre signs a newer conversion table: by line and by carrier it comes to every PC, once."""

from importlib.resources import files

import pytest

from sync.jp_table import read_jp_table
from sync.server.commands import main
from tests.builders.centre import BUDI, Pc

TEXT = files("resources").joinpath("jp", "table-0.toml").read_text("utf-8")


@pytest.fixture
def sets(home, tmp_path):
    """Sign a table of some version, in which a seminar's day is worth so much."""

    def work(version, seminar=3):
        path = tmp_path / f"tabel-{version}.toml"
        text = TEXT.replace("version = 0", f"version = {version}").replace(
            "national = 4", f"national = {seminar}"
        )
        path.write_text(text, "utf-8")
        return main(["jp-table", "set", str(path), "--data", str(home.folder)])

    return work


def test_a_newer_table_comes_to_every_pc_once(office, line, home, sets, capsys):
    budi = Pc.of(office, BUDI)
    before = budi.syncs(line)
    assert "jp" not in before.documents
    assert "jp" not in before.versions, "what there is none of takes no byte"
    assert sets(1) == 0
    assert "Tabel konversi JP versi 1" in capsys.readouterr().out
    brought = budi.syncs(line)
    assert brought.versions["jp"] == 1
    assert read_jp_table(brought.documents["jp"], budi.centre_public).form("seminar").worth(1) == 300
    assert "jp" not in budi.syncs(line).documents
    assert main(["jp-table", "show", "--data", str(home.folder)]) == 0
    assert "versi 1" in capsys.readouterr().out


def test_neither_an_older_nor_a_faulty_table_takes_its_place(home, office, sets, capsys):
    assert sets(2) == 0
    assert sets(2) == sets(1) == 2
    assert "is not newer" in capsys.readouterr().err
    assert sets(3, seminar=0) == 2
    assert "Berkas rusak" in capsys.readouterr().err
