"""Who opens the data folder in a file manager, or copies it, reads nobody's name, NIP, answer or note."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desktop.errors import explain
from desktop.people.office import adopt_office
from desktop.people.profiles import SignUp, sign_up
from desktop.store.device import Store
from desktop.store.faults import StoreFault
from tests.builders.office import DINA, YOHANA

PLANTED = (
    "Yohana",
    "Wenda",
    "Dina",
    "Kambuaya",
    "MamaYo",
    YOHANA,
    DINA,
    "jawaban rahasia",
    "catatan rahasia",
    "135790",
)


def spellings(word):
    return {word.encode(), word.lower().encode(), word.encode("utf-16-le")}


def leaks(*places):
    found = set()
    for place in places:
        for path in place.rglob("*"):
            name = str(path.relative_to(place))
            data = path.read_bytes() if path.is_file() else b""
            found |= {
                (word, name)
                for word in PLANTED
                if word in name or any(spelling in data for spelling in spellings(word))
            }
    return found


def study(store, nip, birth, nickname):
    profile = sign_up(store, SignUp(nip, birth, "135790", nickname))
    for number in range(80):
        profile.record(
            "quiz.answered", activity="a/b/c", attempt=1, question=number, answer="jawaban rahasia", seconds=2
        )
    profile.put_draft("note", b"catatan rahasia")
    return profile


def test_two_people_on_one_pc_leave_nothing_to_read_while_open_and_after(folders, clock, office):
    store = Store.open(folders, clock)
    adopt_office(store, office.raw)
    store.prepare()
    first = study(store, YOHANA, date(1986, 9, 26), "MamaYo")
    second = study(store, DINA, date(1991, 2, 17), "Dina")
    assert any(path.name.endswith("-wal") for path in folders.data.iterdir())
    assert leaks(folders.data, folders.config) == set()
    first.close()
    second.close()
    store.close()
    assert leaks(folders.data, folders.config) == set()


def test_what_is_copied_for_a_technician_holds_no_answer(folders, clock):
    """An error of the database quotes what it was asked to write, unless it is told not to."""
    store = Store.open(folders, clock)
    profile = study(store, YOHANA, date(1986, 9, 26), "MamaYo")
    said = PLANTED[7]  # by its place: the lines of this story are quoted too
    for door in (profile.database.read, profile.database.write):
        with pytest.raises(DBAPIError) as told, door() as connection:
            connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": said})
        assert said not in explain(told.value).details
    profile.close()
    store.close()


def test_planted_fault_the_search_finds_what_lies_in_clear(folders):
    folders.data.mkdir()
    (folders.data / "log.txt").write_text("masuk: Yohana Wenda")
    assert {word for word, _ in leaks(folders.data)} == {"Yohana", "Wenda"}


def test_a_copied_data_folder_opens_with_no_pin_without_its_secret(folders, clock, office, tmp_path):
    store = Store.open(folders, clock)
    profile = study(store, YOHANA, date(1986, 9, 26), "MamaYo")
    profile.close()
    store.close()
    stolen = type(folders)(folders.data, tmp_path / "other", shared=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "rahasia").write_bytes(b"\0" * 32)
    with pytest.raises(StoreFault):
        Store.open(stolen, clock)


def test_repr_of_what_holds_secrets_shows_none(store, office):
    profile = study(store, YOHANA, date(1986, 9, 26), "MamaYo")
    shown = repr(store.profile(profile.profile)) + repr(profile.keys) + repr(store.outbox.outgoing())
    for secret in (profile.keys.database, profile.keys.signing.raw, profile.keys.letter.raw):
        assert repr(secret)[2:-1] not in shown
    profile.close()


def test_the_sign_in_screen_needs_none_of_the_heavy_libraries(folders):
    code = (
        "import sys; from pathlib import Path\n"
        "from desktop.store.device import Store; from desktop.settings import read_settings\n"
        f"store = Store.open(Path({str(folders.data)!r}))\n"
        "store.tiles(); store.pc(); read_settings(store.setting); store.close()\n"
        "heavy = {'sqlalchemy', 'alembic', 'requests', 'cryptography', 'keyring', 'msgspec', 'tuf', 'zstandard'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd(), check=True
    )
    assert done.stdout.strip() == "[]"
