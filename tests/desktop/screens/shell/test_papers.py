"""Bukti & JP on paper: each finished course has its sheet, it is saved where somebody says, others' are judged."""

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.check_sheet import CheckSheet
from desktop.screens.evidence import Evidence
from desktop.screens.rooms import Room
from sync.proof import proof_in, read_proof
from tests.fakes import people_at_work as office


@pytest.fixture
def evidence(seat):
    seat.enter(Room("home", "Bukti & JP", "award", lambda: Evidence(office.evidence(seat.jobs))))
    return seat


def test_each_course_has_its_paper_and_one_with_a_number_says_certificate(evidence):
    assert evidence.find("proof_of_naskah-dinas").accessibleName() == "Bukti: Menulis Naskah Dinas"
    assert evidence.find("proof_of_arsip-dinamis").accessibleName() == "Sertifikat: Dasar Arsip Dinamis"
    evidence.find("proof_of_arsip-dinamis").setFocus()
    evidence.press(Qt.Key.Key_Space)
    assert evidence.find("paper_page").accessibleName() == "Sertifikat 00037/SLH/BPSDM-PAPUA/2026"
    assert evidence.focus == "paper_save"


def test_what_is_saved_is_what_was_shown_in_the_size_chosen(evidence):
    saved = []
    actions = office.proofs(evidence.jobs, save=lambda path, pdf: saved.append((path, pdf)))
    office.proof_sheet(evidence.window, actions)
    evidence.rest()
    tall = evidence.find("paper_page").height()
    evidence.click("paper_f4")
    assert evidence.find("paper_page").height() > tall
    evidence.click("paper_save")
    ((path, pdf),) = saved
    assert path.endswith(".pdf")
    assert read_proof(proof_in(pdf)).name == "Rahel Mandosir"
    assert path in evidence.find("paper_saved").accessibleName()


def test_a_full_stick_is_told_and_the_paper_stays(evidence):
    def full(_path, _pdf):
        raise Problem("PDF tidak dapat disimpan di sana.", "Periksa sisa ruang, atau pilih tempat lain.")

    office.proof_sheet(evidence.window, office.proofs(evidence.jobs, save=full))
    evidence.rest()
    evidence.click("paper_save")
    assert "sisa ruang" in evidence.find("paper_problem").accessibleName()
    assert evidence.find("paper_save").isEnabled()


def test_a_provisional_proof_says_on_the_glass_that_it_is_not_official(evidence):
    office.proof_sheet(evidence.window, office.proofs(evidence.jobs, number=""))
    evidence.rest()
    assert "Belum berlaku sebagai sertifikat resmi" in evidence.find("paper_state").accessibleName()


def test_somebody_elses_paper_is_judged_by_keys_alone(evidence):
    evidence.find("check_proof").setFocus()
    evidence.press(Qt.Key.Key_Space)
    assert evidence.focus == "check_text"
    evidence.press(Qt.Key.Key_Return)
    assert evidence.find("check_text_advice").text() == "Tempelkan teksnya, atau pilih berkas PDF."
    evidence.press("SULUH1:A", Qt.Key.Key_Return)
    assert "asli" in evidence.find("check_found").accessibleName()
    evidence.find("check_text").setText("buatan sendiri")
    evidence.press(Qt.Key.Key_Return)
    assert "sudah diubah" in evidence.find("check_found").accessibleName()


def test_a_file_is_judged_too(evidence):
    CheckSheet(evidence.window, office.checks(evidence.jobs))
    evidence.rest()
    evidence.click("check_file")
    assert "asli" in evidence.find("check_found").accessibleName()
