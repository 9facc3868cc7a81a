"""Proofs wired: a course's paper drawn and saved, and anybody's paper judged."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.saving import choose_pdf, save_pdf
from desktop.errors import Problem
from desktop.evidence.judge import Judgement, Known, Worth, judge, judge_file, known_here, worth_words
from desktop.evidence.proofs import certificates_of, known_certificates, provisional, signed_file
from desktop.formats import jp, long_day
from desktop.language import tr
from desktop.screens.check_sheet import CheckActions, CheckedView
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSize
from sync.folds.certificates import Certificate
from sync.folds.files import Arrived
from sync.nip import LENGTH, spaced
from sync.proof import Proof

if TYPE_CHECKING:
    from desktop.app.session import Session

_LOOKED_AT = 600
"""Width in pixels of the page that is shown: sharp at twice its size on the glass."""
_MOST = 20 << 20
"""Bytes of a file that is looked at; ours have a fiftieth."""
_KINDS = {
    Worth.HOLDS: "ok",
    Worth.SIGNED: "ok",
    Worth.CHANGED: "bad",
    Worth.REVOKED: "bad",
    Worth.PROVISIONAL: "info",
    Worth.STRANGER: "warn",
    Worth.FORGED: "bad",
}


class Proofs:
    """Papers of one signed-in person."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._profile = session.profile

    def actions(self, course: str) -> PaperActions:
        """What looking at a course's proof needs."""
        return PaperActions(
            lambda size: self.draw(course, size), choose_pdf, save_pdf, self._session.app.jobs
        )

    def checks(self) -> CheckActions:
        """What judging a paper needs."""
        return CheckActions(self.judge_text, self.judge_file, _which, self._session.app.jobs)

    def draw(self, course: str, size: PaperSize) -> DrawnPaper:
        """Draw the certificate of a course, or its provisional proof while the centre has issued none.

        What an official signed is given as it is, once all of it has come.
        """
        from desktop.paper.proof_page import look_at, print_proof  # noqa: PLC0415 - only who looks at paper
        from desktop.paper.sheet import Paper  # noqa: PLC0415 - as above

        held = certificates_of(self._profile).get(course)
        signed = None if held is None else signed_file(self._profile, held)
        if held is not None and signed is not None and signed.data is not None:
            return self._official(held, signed.data)
        text = provisional(self._profile, course, self._title(course)) if held is None else held.proof
        pdf = print_proof(text, Paper[size.name], None if held is None else held.revoked)
        page = look_at(pdf, _LOOKED_AT)
        if held is None:
            words = tr("Belum berlaku sebagai sertifikat resmi. Sertifikat menyusul dari pusat.")
            return DrawnPaper(tr("Bukti Penyelesaian Sementara"), 1, pdf, page, words)
        title = tr("Sertifikat {nomor}").format(nomor=held.number)
        if held.revoked is not None:
            words = tr("Dicabut: {alasan}").format(alasan=held.revoked)
            return DrawnPaper(title, 1, pdf, page, words, "bad")
        return DrawnPaper(title, 1, pdf, page, _coming(signed), "ok")

    def _official(self, held: Certificate, data: bytes) -> DrawnPaper:
        """Show the PDF that an official signed, as it came. Raises Problem for one without a page."""
        from desktop.paper.proof_page import count_pages, look_at  # noqa: PLC0415 - only who looks at paper

        try:
            page, pages = look_at(data, _LOOKED_AT), count_pages(data)
        except ValueError as fault:
            raise Problem(
                tr("PDF bertanda tangan dari pusat tidak dapat ditampilkan."),
                tr("Berkasnya tersimpan. Minta koordinator menanyakannya kepada pusat."),
            ) from fault
        words = tr(
            "Nomor {nomor}. Ditandatangani pejabat secara elektronik (TTE). "
            "Pusat menjamin berkas ini tidak berubah."
        ).format(nomor=held.number)
        title = tr("Sertifikat resmi bertanda tangan")
        return DrawnPaper(title, pages, data, page, words, "ok", fixed=True)

    def judge_text(self, text: str) -> CheckedView:
        """Judge the text of a QR code."""
        return _view(judge(text, self._known()))

    def judge_file(self, path: str) -> CheckedView:
        """Judge a PDF that carries its text. Raises Problem for a file that cannot be read."""
        try:
            with Path(path).open("rb") as file:
                data = file.read(_MOST)
        except OSError as fault:
            raise Problem(
                tr("Berkas tidak dapat dibaca."), tr("Periksa flashdisknya, lalu coba lagi.")
            ) from fault
        return _view(judge_file(data, self._known()))

    def _known(self) -> Known:
        return known_here(self._session.app.store, known_certificates(self._profile))

    def _title(self, course: str) -> str:
        installed = self._session.shelf.course(course)
        return course if installed is None else installed.course.title


def _coming(signed: Arrived | None) -> str:
    """Say what there is of the file that an official signed."""
    if signed is None:
        return tr("Diterbitkan pusat.")
    return tr("Diterbitkan pusat. PDF bertanda tangan sedang datang: {n} dari {m} bagian.").format(
        n=signed.come, m=signed.parts or "?"
    )


def _view(found: Judgement) -> CheckedView:
    title, about = worth_words(found)
    return CheckedView(_KINDS[found.worth], title, about, () if found.proof is None else _lines(found.proof))


def _lines(proof: Proof) -> tuple[tuple[str, str], ...]:
    lines = [
        (tr("Nomor"), proof.number),
        (tr("Nama"), proof.name),
        (tr("NIP"), spaced(proof.nip) if len(proof.nip) == LENGTH else proof.nip),
        (tr("Mata pelatihan"), proof.title),
        (tr("Jam pelajaran"), tr("{n} JP").format(n=jp(proof.jp))),
        (tr("Selesai"), long_day(proof.day)),
        (tr("Penerbit"), proof.issuer),
    ]
    return tuple((what, said) for what, said in lines if said)


def _which(parent: QWidget) -> str:
    return QFileDialog.getOpenFileName(parent, tr("Pilih berkas PDF"), "", tr("Dokumen PDF (*.pdf)"))[0]
