"""Catatan saya: written at two PCs that never meet, merged on both, read by nobody else, and lost never."""

import pytest

from desktop.app.study_desk import StudyDesk
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.people.vouching import vouch, waiting_keys
from desktop.player.notes import Form, Note
from tests.builders.road import READ, Pc, sent

MARIA, HELENA = LEARNERS[5], LEARNERS[3]
SECRET = "tanyakan kuitansi merah muda"


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, MARIA, HELENA))


def desk_of(pc, profile):
    return StudyDesk(profile, pc.shelf, lambda: None)


def words_on_disk(folder, word):
    """The files that hold a word in clear, in any spelling a program would write it."""
    forms = (word.encode(), word.encode("utf-16-le"), word.upper().encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def test_notes_of_two_pcs_become_one_list_and_the_other_version_stays(town, office, tmp_path, cheap_pins):
    pack = town.pack()
    here, there = (Pc(tmp_path / name, name, office) for name in ("PC Kantor", "PC Puskesmas"))
    here.install(pack)
    there.install(pack)
    maria_here, maria_there = here.sit(MARIA), there.sit(MARIA, code=False)
    at_here, at_there = desk_of(here, maria_here), desk_of(there, maria_there)
    at_here.put(Note(READ, 2, quote="pendahuluan", text=SECRET))
    sent(maria_here, town.url)
    sent(maria_there, town.url)

    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)
    for waiting in waiting_keys(yohana):
        vouch(yohana, waiting, waiting.person)
    sent(yohana, town.url)
    for maria in (maria_there, maria_here, maria_there):
        sent(maria, town.url)

    (closed,) = at_there.notes()
    assert closed.closed, "written before the second PC was vouched for: it says so and hides nothing"
    at_here.put(Note(READ, 1, quote="bacaan", form=Form.HIGHLIGHT))
    sent(maria_here, town.url)
    sent(maria_there, town.url)
    (first,) = [note for note in at_there.notes() if note.form is Form.NOTE]
    assert (first.text, first.page, first.closed) == (SECRET, 2, False), "sealed again for the new PC"

    # Both change the same note before either hears of the other.
    (mine,) = [note for note in at_here.notes() if note.id == first.id]
    at_here.put(Note(READ, 2, text="versi kantor", id=mine.id))
    at_there.put(Note(READ, 2, text="versi puskesmas", id=first.id))
    for maria in (maria_here, maria_there, maria_here):
        sent(maria, town.url)
    for desk in (at_here, at_there):
        (both,) = [note for note in desk.notes() if note.id == first.id]
        assert {both.text, *both.others} == {"versi kantor", "versi puskesmas"}
    assert at_here.notes() == at_there.notes()

    # What one takes away while the other wrote on is not lost.
    (both,) = [note for note in at_here.notes() if note.id == first.id]
    at_here.remove(both)
    (left,) = [note for note in at_here.notes() if note.id == first.id]
    assert left.form is Form.GONE
    assert left.others


def test_nobody_else_reads_a_note_and_no_file_holds_it_or_what_was_searched(
    town, office, tmp_path, cheap_pins
):
    pc = Pc(tmp_path / "bersama", "PC Loket 1", office)
    pc.install(town.pack())
    maria, helena = pc.sit(MARIA), pc.sit(HELENA)
    desk = desk_of(pc, maria)
    desk.put(Note(READ, 1, text=SECRET))
    asked = "pertanyaanrahasia"
    assert desk.find(asked) == ()
    assert desk_of(pc, helena).notes() == ()
    for folder in (pc.folder, pc.folder.with_name(f"{pc.folder.name}.kunci")):
        assert words_on_disk(folder, SECRET) == []
        assert words_on_disk(folder, asked) == []
    (pc.folder / "bocor.txt").write_text(SECRET)
    assert words_on_disk(pc.folder, SECRET) == ["bocor.txt"], "the planted fault is seen"


def test_a_search_finds_the_page_with_its_words_and_leaves_out_what_is_not_installed(
    town, office, tmp_path, cheap_pins
):
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    desk = desk_of(pc, pc.sit(MARIA))
    assert desk.find("halaman") == ()
    pc.install(town.pack())
    installed, _, activity = pc.shelf.find(READ)
    text = installed.text(activity.paths[1])
    word = max(text.replace(".", " ").replace(",", " ").split(), key=len)
    hits = desk.find(word[:-1].upper())
    assert (READ, 2) in [(hit.activity, hit.page) for hit in hits]
    assert any(word.casefold() in hit.found.casefold() for hit in hits)
    assert desk.place(READ).title == activity.title
    assert desk.place("tidak/ada/ini") is None
    for strange in ('"', "NEAR(", "a OR", "*", "'; DROP", "\x00"):
        assert isinstance(desk.find(strange), tuple)
    desk.close()
    assert desk.find(word) == ()
