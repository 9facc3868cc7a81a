"""Somebody holds a certificate in their hand and asks the centre's page whether it stands."""

import contextlib
import io
import uuid
from urllib.parse import urlencode

import pytest

from sync.server import certificates
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.reports import office_named
from tests.builders.centre import BUDI, Pc

FORM = {"content-type": "application/x-www-form-urlencoded"}


def tells(home, *words):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        done = main([*words, "--data", str(home.folder)])
    return done, said.getvalue()


def asked(line, typed, query=""):
    answer = line.send(urlencode({"nomor": typed}).encode(), f"/sertifikat{query}", headers=FORM)
    return answer.status, answer.body.decode()


@pytest.fixture
def issued(home, office, line):
    """Budi finished a course, and the operator issued what was due."""
    pc = Pc.of(office, BUDI)
    pc.says("course.completed", course="keamanan", version="1", jp=200)
    pc.syncs(line)
    name = office.file.header.name
    assert tells(home, "certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")[0] == 0
    assert tells(home, "certificate", "issue", "--office", name)[0] == 0
    with open_database(home) as database, database.reading() as connection:
        (one,) = certificates.listed(connection, office_named(connection, name))
    return one


def test_a_number_is_confirmed_and_names_nobody(line, issued):
    status, page = asked(line, f" {issued.number} ")
    assert status == 200
    assert "asli dan berlaku" in page
    assert "2 JP" in page
    for hidden in ("Budi", "Wanggai", BUDI):
        assert hidden not in page
    assert "<script" not in page


def test_the_text_of_the_code_brings_the_name_to_compare(line, issued):
    _, page = asked(line, issued.proof, "?bahasa=en")
    assert "genuine and holds" in page
    assert "Budi Wanggai" in page
    assert "19870515 202221 2 007" in page


def test_one_taken_back_says_so_and_why_only_to_who_holds_it(home, line, issued):
    assert tells(home, "certificate", "revoke", issued.number, "--reason", "Tugasnya disalin")[0] == 0
    _, page = asked(line, issued.number)
    assert "sudah dicabut" in page
    assert "Tugasnya disalin" not in page
    assert "Tugasnya disalin" in asked(line, issued.proof)[1]
    assert tells(home, "certificate", "check", issued.number)[0] == 1


def test_of_an_erased_person_the_centre_keeps_a_number_and_no_name(home, line, office, issued):
    assert tells(home, "certificate", "revoke", issued.number, "--reason", "Budi Wanggai meminta")[0] == 0
    assert tells(home, "person", "erase", str(uuid.UUID(bytes=issued.person)))[0] == 0
    with open_database(home) as database, database.reading() as connection:
        kept = certificates.find(connection, issued.number)
    assert (kept.number, kept.proof, kept.reason, kept.name) == (issued.number, "", "", "")
    _, page = asked(line, issued.number)
    assert "data orangnya sudah dihapus" in page
    assert "Budi" not in asked(line, issued.proof)[1]


def test_what_this_centre_never_gave_is_told(home, line, issued):
    before = issued.number.replace("/SLH/", "/SLX/")
    assert "tidak pernah menerbitkan" in asked(line, before)[1]
    changed = issued.proof[:60] + ("A" if issued.proof[60] != "A" else "B") + issued.proof[61:]
    assert "tidak pernah menerbitkan" in asked(line, changed)[1]
    status, page = asked(line, "<b>x</b>")
    assert status == 400
    assert "bukan nomor sertifikat" in page
    assert "<b>x</b>" not in page
    assert tells(home, "certificate", "check", before)[0] == 1


def test_the_form_is_there_in_both_languages(line):
    page = line.send(b"", "/sertifikat", "GET")
    assert page.status == 200
    assert "Periksa sertifikat" in page.body.decode()
    assert "Check a certificate" in line.send(b"", "/sertifikat?bahasa=en", "GET").body.decode()
