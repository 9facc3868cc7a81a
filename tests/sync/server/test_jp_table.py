"""The centre signs a newer conversion table: by line and by carrier it comes to every PC, once."""

from importlib.resources import files

import pytest

from sync.folds.training import JUDGED, RECOGNISED, Claim, Judgement, judged
from sync.jp_table import read_jp_table
from sync.server.answers import Shelf
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.documents import Document, Documents
from tests.builders.centre import BUDI, MARIA, YOHANA, Pc

TEXT = files("resources").joinpath("jp", "table-0.toml").read_text("utf-8")


@pytest.fixture
def held(home):
    """Tell which version the centre has, which others of these stories may have set; 0 for none."""

    def work():
        with open_database(home) as database, database.reading() as connection:
            return Documents.read(connection).signed.get("jp", Document()).version

    return work


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


def test_a_newer_table_comes_to_every_pc_once(office, line, home, sets, held, capsys):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.fetches(line)
    new = held() + 1
    assert sets(new) == 0
    assert f"Tabel konversi JP versi {new}" in capsys.readouterr().out
    brought = budi.syncs(line)
    assert brought.versions["jp"] == new
    assert read_jp_table(brought.documents["jp"], budi.centre_public).form("seminar").worth(1) == 300
    assert "jp" not in budi.syncs(line).documents
    assert main(["jp-table", "show", "--data", str(home.folder)]) == 0
    assert f"versi {new}" in capsys.readouterr().out


def test_neither_an_older_nor_a_faulty_table_takes_its_place(office, sets, held, capsys):
    new = held() + 2
    assert sets(new) == 0
    assert sets(new) == sets(new - 1) == 2
    assert "is not newer" in capsys.readouterr().err
    assert sets(new + 1, seminar=0) == 2
    assert "Berkas rusak" in capsys.readouterr().err
    assert held() == new


def test_where_there_is_no_table_none_is_named_or_brought():
    kept = Document(2, b"katalog")
    shelf = Shelf(Documents(signed={"catalogue": kept}), {}, 7)
    assert set(shelf.versions(None)) == {"catalogue", "trust", "epoch"}
    assert set(shelf.newer({}, 1)) == {"catalogue"}
    with_it = Shelf(Documents(signed={"catalogue": kept, "jp": Document(1, b"tabel")}), {}, 7)
    assert with_it.versions(None)["jp"] == 1
    assert set(with_it.newer({"catalogue": 2}, 1)) == {"jp"}
    assert with_it.newer({"catalogue": 2, "jp": 1}, 1) == {}


def test_a_sync_with_nothing_new_stays_small_with_a_table(office, line, sets, held):
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    assert sets(held() + 1) == 0
    budi.fetches(line)
    body = budi.request()
    answer = line.send(body)
    budi.takes(answer, body)
    assert budi.versions["jp"] == held()
    assert len(body) + len(answer.body) <= 500


def test_every_desk_of_the_office_hears_what_was_judged(office, line):
    """The office feed brings a judgement to desks, sealed to the office's key, and to no learner."""
    desk, maria = Pc.of(office, YOHANA), Pc.of(office, MARIA)
    other = Pc.of(office, YOHANA)
    for pc in (desk, maria, other):
        pc.syncs(line)
    person = office.entry(BUDI).person
    claim = Claim(1, 9, 1, b"c" * 32, "a", "seminar", "S", "B", 739_944, 2, 800, False, 0, b"", b"p" * 16)
    word = Judgement(1, 0, 0, b"", RECOGNISED, 800, 0, "", b"")
    readers = (office.file.header.centre_letter, office.file.header.office_letter)
    desk.says(JUDGED, **judged(person, claim, word, readers))
    desk.syncs(line)
    for pc in (other, maria):
        pc.fetches(line)
    assert len(other.heard("office", JUDGED)) == 1
    assert maria.heard("office", JUDGED) == maria.heard("person", JUDGED) == []
