"""A roster that a coordinator proposes: the operator sees, takes or declines it, and the desk hears what became of it."""

import msgspec
import pytest
from sqlalchemy import select

from sync.journal.keys import LetterKey
from sync.journal.secret_fields import open_fields, seal_fields
from sync.officefile import read_office
from sync.refusal import Code
from sync.roster import proposal as room
from sync.roster.lines import Line, Role
from sync.roster.proposal import ANSWERED, PROPOSED, pack_lines
from sync.server import operations_proposals
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.tables import office as offices
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Pc, holds

LUKAS = "199805052024211004"
UNIT = "Puskesmas Urfas"


def lines(*more):
    known = [
        Line(2, YOHANA, "PNS", "Yohana Rumbiak", "Distrik Waropen", Role.COORDINATOR),
        Line(3, BUDI, "PNS", "Budi Wanggai", "Distrik Waropen", Role.LEARNER),
        Line(4, MARIA, "PNS", "Maria Imbiri", UNIT, Role.LEARNER),
    ]
    return [*known, *more]


def proposes(pc, office, *people, letter=None):
    header = office.file.header
    fields = {"lines": pack_lines(people)}
    sealed = seal_fields(PROPOSED, fields, (letter or header.centre_letter,))
    pc.says(PROPOSED, basis=header.version, coming=1, going=1, changing=1, sealed=sealed)


def told(home, capsys, *words):
    capsys.readouterr()
    code = main(["office", *words, "--data", str(home.folder)])
    said = capsys.readouterr()
    return code, said.out + said.err


def listed(home, capsys, office):
    return told(home, capsys, "proposals", "--office", office.file.header.office.hex())[1]


def mark(home, capsys, office):
    return listed(home, capsys, office).split()[0]


def key_of(home, office):
    with open_database(home) as database, database.reading() as connection:
        query = select(offices.c["keys"]).where(offices.c.uuid == office.file.header.office)
        return LetterKey(msgspec.msgpack.decode(connection.execute(query).scalar_one())[1])


@pytest.fixture
def proposed(office, line, home):
    yohana = Pc.of(office, YOHANA)
    new = Line(5, LUKAS, "PPPK", "Lukas Imbiri", UNIT, Role.LEARNER)
    guest = Line(6, "", "", "Praktisi Tamu", UNIT, Role.GUEST, until="2027-01-31")
    proposes(yohana, office, *lines(new, guest))
    yohana.syncs(line)
    return yohana


def test_the_operator_sees_what_it_changes_takes_it_and_the_desk_hears(
    proposed, office, line, home, tmp_path, capsys
):
    out = tmp_path / "baru"
    code, said = told(home, capsys, "accept", mark(home, capsys, office), "--dry-run", "--out", str(out))
    assert code == 0
    assert "Baru: Lukas Imbiri" in said
    assert "Keluar dari daftar: Petrus Ayorbaba" in said
    assert not out.exists()
    code, said = told(home, capsys, "accept", mark(home, capsys, office), "--out", str(out))
    assert code == 0, said
    (file,) = out.glob("*.suluh-kantor")
    found = read_office(file.read_bytes(), office.file.header.centre)
    assert found.header.version == office.file.header.version + 1
    assert found.find(LUKAS).name == "Lukas Imbiri"
    assert found.find(PETRUS) is None
    assert found.find(BUDI).person == office.entry(BUDI).person
    (guest,) = [one for one in found.desk(key_of(home, office)) if one.role == "guest"]
    assert (guest.name, guest.nips, guest.until) == ("Praktisi Tamu", (), "2027-01-31")
    assert found.find_by_code(guest.verifier).person == guest.person, "a practitioner signs up by the code"
    assert "diterima, berkas kantor versi 2" in listed(home, capsys, office)
    proposed.syncs(line)
    proposed.fetches(line)
    assert len(proposed.heard("office", ANSWERED)) == 1
    code, said = told(home, capsys, "accept", mark(home, capsys, office), "--out", str(tmp_path / "lagi"))
    assert code == 2
    assert "sudah dijawab" in said


def test_a_declined_proposal_changes_nothing_and_its_reason_is_for_the_desk_alone(
    proposed, office, line, home, capsys
):
    code, said = told(home, capsys, "decline", mark(home, capsys, office), "--why", "Petrus masih bekerja")
    assert code == 0, said
    assert "ditolak" in listed(home, capsys, office)
    assert not holds(home, b"Petrus masih bekerja")
    budi = Pc.of(office, BUDI)
    budi.syncs(line)
    budi.fetches(line)
    assert budi.heard("office", ANSWERED) == []
    proposed.syncs(line)
    proposed.fetches(line)
    facts = {fact.statement for piece in proposed.pieces if piece.scope == "office" for fact in piece.facts}
    (heard,) = [one for one in facts if one.kind == ANSWERED]
    assert open_fields(ANSWERED, heard.fields["sealed"], key_of(home, office)) == {
        "why": "Petrus masih bekerja"
    }


def test_a_proposal_declined_while_its_file_is_made_changes_nothing(
    proposed, office, home, tmp_path, capsys, monkeypatch
):
    make, out = operations_proposals.make, tmp_path / "baru"

    def meanwhile(*given):
        assert (
            told(home, capsys, "decline", mark(home, capsys, office), "--why", "Petrus masih bekerja")[0] == 0
        )
        make(*given)

    monkeypatch.setattr(operations_proposals, "make", meanwhile)
    code, said = told(home, capsys, "accept", mark(home, capsys, office), "--out", str(out))
    assert code == 2
    assert "sudah dijawab" in said
    assert "ditolak" in listed(home, capsys, office)
    assert not [*out.glob("*.suluh-kantor")]


def test_a_newer_proposal_that_is_taken_answers_the_older_one(proposed, office, line, home, tmp_path, capsys):
    proposes(proposed, office, *lines(Line(5, PETRUS, "PNS", "Petrus Ayorbaba", UNIT, Role.LEARNER)))
    proposed.syncs(line)
    said = listed(home, capsys, office)
    marks = [row.split()[0] for row in said.splitlines() if "menunggu" in row]
    assert len(marks) == 2
    assert told(home, capsys, "accept", marks[0], "--out", str(tmp_path / "baru"))[0] == 0
    states = listed(home, capsys, office)
    assert states.count("ditolak") == states.count("diterima") == 1


def test_a_learner_proposes_nothing(office, line, home, capsys):
    budi = Pc.of(office, BUDI)
    proposes(budi, office, *lines())
    assert [code for code, _ in budi.syncs(line).refusals] == [Code.AUTHOR.wire]
    assert "Tidak ada usulan" in listed(home, capsys, office)


def test_a_proposal_sealed_to_others_or_of_too_much_is_refused_in_words(office, line, home, tmp_path, capsys):

    yohana = Pc.of(office, YOHANA)
    proposes(yohana, office, *lines(), letter=LetterKey.generate().public)
    yohana.syncs(line)
    code, said = told(home, capsys, "accept", mark(home, capsys, office), "--out", str(tmp_path / "x"))
    assert code == 2
    assert "disegel" in said


def test_planted_fault_an_operator_who_may_take_twice_would_be_seen(
    proposed, office, home, tmp_path, capsys, monkeypatch
):
    sign = mark(home, capsys, office)
    assert told(home, capsys, "accept", sign, "--out", str(tmp_path / "1"))[0] == 0
    assert told(home, capsys, "accept", sign, "--out", str(tmp_path / "2"))[0] == 2
    monkeypatch.setattr(operations_proposals, "_open", lambda _one: True)
    assert told(home, capsys, "accept", sign, "--out", str(tmp_path / "3"))[0] == 0
    assert room.MOST < 64 * 1024
