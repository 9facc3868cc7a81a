"""One sheet that proves a finished course: provisional from this PC, or the certificate of the centre."""

from html import escape

import segno
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QPainter, QTextDocument

from desktop.formats import jp, long_day
from desktop.language import tr
from desktop.paper.sheet import Paper, pdf_of, ready_to_draw
from sync.nip import LENGTH, spaced
from sync.proof import Proof, ProofKind, read_proof

_QR = 212
"""Side of the code on paper in 96ths of an inch: 56 mm, read from a hand's length away."""
_CELL = 8
_STYLE = """
.kop { font-size: 19px; font-weight: 600; margin-bottom: 10px; }
.name { font-size: 27px; font-weight: 600; color: #0B5C56; margin-top: 40px; margin-bottom: 6px; }
.number { font-size: 15px; margin-top: 0px; margin-bottom: 4px; }
.box { font-size: 15px; margin-top: 2px; margin-bottom: 2px; }
.lead { font-size: 15px; margin-top: 26px; margin-bottom: 10px; }
.what { font-size: 15px; color: #52605C; }
.said { font-size: 15px; font-weight: 600; }
.who { font-size: 21px; font-weight: 600; }
.check { font-size: 13px; color: #52605C; margin-bottom: 10px; }
"""


def print_proof(text: str, paper: Paper = Paper.A4, revoked: str | None = None) -> bytes:
    """Draw the paper of a signed text; the text goes along in the file, so that the file can be checked.

    `revoked` is why a certificate was taken back: its paper then says so across the top. Raises Refusal for
    a text that is none.
    """
    ready_to_draw()
    proof = read_proof(text)
    document = QTextDocument()
    document.setDefaultStyleSheet(_STYLE)
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("qr"), qr_image(text))
    document.setHtml(_page(proof, revoked))
    # a comment behind the end of a PDF is nothing to a reader, and found without taking the file apart
    return pdf_of(document, _title(proof), paper) + f"%{text}\n".encode("ascii")


_TALLEST = 4
"""How many times taller than wide a picture of a page may be."""


def look_at(pdf: bytes, width: int) -> QImage:
    """Draw the first page of a PDF as a picture of this width in pixels, as a printer would.

    Raises ValueError for one without a page; of a page much taller than wide only as much as memory may hold.
    """
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415 - a library that only looking at paper needs

    store = QBuffer()
    store.setData(pdf)
    store.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(store)
    size = document.pagePointSize(0)
    if document.pageCount() < 1 or size.width() <= 0 or size.height() <= 0:
        raise ValueError("a PDF without a page")
    height = min(round(width * size.height() / size.width()), _TALLEST * width)
    drawn = document.render(0, QSize(width, height))
    page = QImage(drawn.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    document.close()
    return page


def count_pages(pdf: bytes) -> int:
    """Count the pages of a PDF of anybody's, 0 for what is none."""
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415 - as above

    store = QBuffer()
    store.setData(pdf)
    store.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(store)
    return max(document.pageCount(), 0)


def qr_image(text: str) -> QImage:
    """Draw a text as a QR code with its quiet zone, black on white."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(scale=_CELL, border=4)]
    side = len(rows)
    return QImage(b"".join(rows), side, side, side, QImage.Format.Format_Grayscale8).copy()


def _title(proof: Proof) -> str:
    if proof.kind is ProofKind.CERTIFICATE:
        return tr("Sertifikat {nomor}").format(nomor=proof.number)
    return tr("Bukti Penyelesaian Sementara")


def _page(proof: Proof, revoked: str | None) -> str:
    official = proof.kind is ProofKind.CERTIFICATE
    head = escape(proof.issuer or tr("Komputer tanpa kantor"))
    name = tr("Sertifikat Pelatihan") if official else tr("Bukti Penyelesaian Sementara")
    number = tr("Nomor {nomor}").format(nomor=escape(proof.number)) if official else ""
    lines = [
        (tr("Nama"), "who", escape(proof.name)),
        (tr("NIP"), "said", escape(spaced(proof.nip)) if len(proof.nip) == LENGTH else "-"),
        (tr("Mata pelatihan"), "said", f"{escape(proof.title)} ({tr('versi')} {escape(proof.version)})"),
        (tr("Jam pelajaran"), "said", tr("{n} JP").format(n=jp(proof.jp))),
        (tr("Selesai"), "said", long_day(proof.day)),
    ]
    rows = "".join(
        f'<tr><td width="28%" valign="top" class="what">{what}</td>'
        f'<td valign="top" class="{look}">{said}</td></tr>'
        for what, look, said in lines
    )
    lead = tr("Dengan ini diterangkan bahwa mata pelatihan di bawah telah diselesaikan oleh:")
    return (
        f'<p align="center" class="kop">{head}</p><hr>'
        f'<p align="center" class="name">{name}</p>'
        f'<p align="center" class="number">{number}</p>'
        f'{_box(proof, revoked)}<p class="lead">{lead}</p>'
        f'<table width="100%" cellspacing="0" cellpadding="8">{rows}</table><p class="lead"></p>'
        f'<table width="100%" cellpadding="0"><tr>'
        f'<td width="{_QR + 24}"><img src="qr" width="{_QR}" height="{_QR}"></td>'
        f'<td valign="middle">{_foot(proof)}</td></tr></table>'
    )


def _box(proof: Proof, revoked: str | None) -> str:
    """Say in a frame what nobody may overlook."""
    if revoked is not None:
        title, under = tr("DICABUT"), escape(revoked)
    elif proof.kind is ProofKind.PROVISIONAL:
        title = tr("Belum berlaku sebagai sertifikat resmi")
        under = tr("Sertifikat resmi diterbitkan pusat sesudah hasil belajar ini diterima.")
    else:
        return ""
    return (
        '<p class="number"></p><table width="100%" border="2" cellspacing="0" cellpadding="12"'
        ' style="border-color:#17211F; border-style:solid"><tr><td align="center">'
        f'<p class="box"><span class="who">{title}</span></p><p class="box">{under}</p></td></tr></table>'
    )


def _foot(proof: Proof) -> str:
    if proof.kind is ProofKind.CERTIFICATE:
        by = tr(
            "Ditandatangani secara elektronik dengan kunci pusat. Bukan tanda tangan tersertifikasi BSrE."
        )
    else:
        by = tr("Ditandatangani dengan kunci belajar pemilik nama di atas, di komputer tempat ia belajar.")
    check = tr(
        "Cara memeriksa, juga tanpa internet: di Suluh pilih Bukti & JP, Periksa bukti, "
        "lalu pilih berkas ini atau tempelkan teks dari kodenya."
    )
    return f'<p class="check">{by}</p><p class="check">{check}</p>'
