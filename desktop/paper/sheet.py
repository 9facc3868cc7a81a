"""Sheets of paper: a text document drawn page by page into a PDF, with its title and page numbers."""

import os
import re
import sys
from enum import Enum
from math import floor
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from desktop.language import tr

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_DOTS_PER_INCH = 96
_RESOLUTION = 1200
_MARGIN_MM = 18.0
_FOOT_MM = 10.0
_BODY_PX = 14
_FOOT_PX = 11
_GREY = QColor("#52605C")

# Nothing of the moment goes into a file: the same source gives the same bytes, and so the same object.
_ID = QUuid("6a1d0f3e-0000-4000-8000-73756c756800")
_DATE = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}")
_XMP_DATE = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')


class Paper(Enum):
    """The two sizes Indonesian offices print on, in millimetres."""

    A4 = (210.0, 297.0)
    F4 = (215.0, 330.0)


def ready_to_draw() -> None:
    """Make sure that Qt can measure text, also in a command without a screen."""
    if QGuiApplication.instance() is None:
        glass = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if sys.platform.startswith("linux") and not glass:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _kept.append(QGuiApplication([sys.argv[0] or "suluh"]))
    if sys.platform != "win32" and "fonts" not in _loaded:
        _loaded.add("fonts")
        for file in sorted(_FONTS.glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


_kept: list[QGuiApplication] = []
_loaded: set[str] = set()


def body_font() -> QFont:
    """Return the face documents are set in: the one of the window."""
    font = QFont("Segoe UI" if sys.platform == "win32" else "Noto Sans")
    font.setPixelSize(_BODY_PX)
    # Hinting fits letters to screen dots; on paper it would leave uneven gaps.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def text_width(paper: Paper) -> float:
    """Return the width of the text on a page, in the 96ths of an inch that documents are laid out in."""
    return _dots(paper.value[0] - 2 * _MARGIN_MM)


def text_size(paper: Paper, *, landscape: bool = False) -> QSizeF:
    """Return the size of the text on a page, in 96ths of an inch; the height is whole.

    Qt draws the edges of tables at whole places: on a page that ended between two of them stood the first
    line of the next page.
    """
    width, height = paper.value[::-1] if landscape else paper.value
    high = floor(_dots(height - 2 * _MARGIN_MM - _FOOT_MM))
    return QSizeF(_dots(width - 2 * _MARGIN_MM), high)


def pdf_of(document: QTextDocument, title: str, paper: Paper = Paper.A4, *, landscape: bool = False) -> bytes:
    """Draw a document as PDF; every page gets the title and "Halaman 2 dari 5" at its foot."""
    width, height = paper.value[::-1] if landscape else paper.value
    store = QByteArray()
    device = QBuffer(store)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setTitle(title)
    writer.setCreator("Suluh")
    writer.setDocumentId(_ID)
    writer.setResolution(_RESOLUTION)
    # Exactly: F4 is near enough to Folio that Qt would take that instead.
    exactly = QPageSize.SizeMatchPolicy.ExactMatch
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, paper.name, exactly)
    writer.setPageLayout(
        QPageLayout(
            size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter
        )
    )
    set_in_type(document)
    page = text_size(paper, landscape=landscape)
    document.setPageSize(page)
    painter = QPainter(writer)
    painter.scale(_RESOLUTION / _DOTS_PER_INCH, _RESOLUTION / _DOTS_PER_INCH)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        _draw_page(painter, document, page, number)
        _draw_foot(painter, page, title, number + 1, document.pageCount())
    painter.end()
    device.close()
    return _timeless(bytes(store.data()))


def set_in_type(document: QTextDocument) -> None:
    """Give a document the face and measures of paper; what is measured before printing is then the same."""
    document.setDefaultFont(body_font())
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF that was drawn here."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _draw_page(painter: QPainter, document: QTextDocument, page: QSizeF, number: int) -> None:
    painter.save()
    painter.translate(_dots(_MARGIN_MM), _dots(_MARGIN_MM) - number * page.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("#17211F"))
    context.palette = palette
    context.clip = QRectF(QPointF(0, number * page.height()), page)
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, page: QSizeF, title: str, number: int, pages: int) -> None:
    painter.save()
    font = body_font()
    font.setPixelSize(_FOOT_PX)
    painter.setFont(font)
    painter.setPen(_GREY)
    top = _dots(_MARGIN_MM) + page.height() + _dots(_FOOT_MM) / 2
    line = QRectF(_dots(_MARGIN_MM), top, page.width(), _dots(_FOOT_MM))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
    said = tr("Halaman {n} dari {semua}").format(n=number, semua=pages)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, said)
    painter.restore()


def _dots(millimetres: float) -> float:
    return millimetres * _DOTS_PER_INCH / 25.4


def _timeless(data: bytes) -> bytes:
    """Overwrite the dates of writing by one of the same length, so that no offset in the file moves."""
    return _XMP_DATE.sub(rb"\g<1>2020-01-01T00:00:00", _DATE.sub(rb"\g<1>20200101000000", data))
