"""The first run makes keys and trust once; later runs find them; a lost key is never silently replaced."""

import json
import socket
import stat

import pytest

from sync.journal.keys import SigningKey
from sync.packs.trust import TrustStore, advance, read_trust
from sync.server.centre import open_house
from sync.server.commands import main
from sync.server.documents import Documents
from sync.server.home import Home
from sync.server.keys import MissingKeyError
from tests.builders.centre import CentreProcess


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "pusat")


def documents(database):
    with database.reading() as connection:
        return Documents.read(connection)


def test_the_first_run_makes_three_roots_a_list_key_and_the_advice(home):
    open_house(home)[1].close()
    names = sorted(path.name for path in home.roots.iterdir())
    assert names == ["BACA-SAYA.txt", "akar-1.key", "akar-2.key", "akar-3.key", "daftar.key"]
    for path in (*home.roots.iterdir(), *home.keys.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (home.roots, home.keys, home.folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "flashdisk" in (home.roots / "BACA-SAYA.txt").read_text(encoding="utf-8")


def test_the_trust_list_names_this_centre_and_two_of_three_roots_signed(home):
    keys, database, first = open_house(home)
    with database:
        held = documents(database)
    store = advance(None, [held.root.data], held.trust.data)
    trust = read_trust(store)
    assert first
    assert trust.issuers() == {keys.signing.public}
    assert len(json.loads(held.root.data)["signatures"]) == 2


def test_the_second_run_changes_nothing_and_needs_no_root_key(home):
    keys, database, _ = open_house(home)
    with database:
        before = documents(database)
    for path in home.roots.iterdir():
        path.unlink()
    again, database, first = open_house(home)
    with database:
        assert documents(database) == before
    assert not first
    assert again.signing.public == keys.signing.public
    assert list(home.roots.iterdir()) == []


def test_a_lost_key_is_told_and_never_replaced(home):
    open_house(home)[1].close()
    lost = home.keys / "pusat-tanda-tangan.key"
    lost.unlink()
    with pytest.raises(MissingKeyError, match="Pulihkan"):
        open_house(home)
    assert not lost.exists()


def test_a_publisher_is_added_with_the_list_key_brought_back(home, tmp_path, capsys):
    open_house(home)[1].close()
    safe = tmp_path / "usb"
    home.roots.rename(safe)
    public = tmp_path / "bpsdm.pub"
    key = SigningKey.generate()
    public.write_text(key.public.hex() + "\n", encoding="ascii")
    words = ["publisher", "add", str(public), "--prefix", "bpsdm-", "--data", str(home.folder)]
    assert main(words) == 2
    assert "daftar.key" in capsys.readouterr().err
    assert main([*words, "--keys", str(safe)]) == 0
    _, database, _ = open_house(home)
    with database:
        held = documents(database)
    trust = read_trust(TrustStore(held.root.data, held.trust.data))
    assert trust.version == 2
    assert trust.publishers["bpsdm"].keys == (key.public,)
    assert trust.publishers["bpsdm"].prefixes == ("bpsdm-",)


def test_a_report_from_an_empty_folder_makes_no_centre_there(home, capsys):
    assert main(["report", "--data", str(home.folder)]) == 2
    assert "Belum ada pusat" in capsys.readouterr().err
    assert not home.folder.exists()


def test_another_list_key_is_refused(home, tmp_path, capsys):
    open_house(home)[1].close()
    (home.roots / "daftar.key").write_text(SigningKey.generate().raw.hex(), encoding="ascii")
    public = tmp_path / "x.pub"
    public.write_text(SigningKey.generate().public.hex(), encoding="ascii")
    assert main(["publisher", "add", str(public), "--data", str(home.folder)]) == 2
    _, database, _ = open_house(home)
    with database:
        assert documents(database).trust.version == 1


def test_the_server_says_in_indonesian_how_a_pc_connects(home):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with CentreProcess(home, port=port) as centre:
        said = centre.stop()
    assert f"Pusat Suluh siap di http://127.0.0.1:{port}" in said.out
    assert "suluh office new daftar.csv" in said.out
    assert "pindahkan isi" in said.out


def test_a_taken_port_is_told_in_a_sentence(home, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["run", "--port", str(port), "--data", str(home.folder)]) == 2
    assert f"127.0.0.1:{port} tidak dapat dipakai" in capsys.readouterr().err
