"""Where a paper or a workbook is saved: the dialog of the system, then a durable write."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.durable import durable_write


def choose_pdf(parent: QWidget, title: str) -> str:
    """Ask where to save a paper; empty for nowhere."""
    return choose_file(parent, f"{plain(title)}.pdf", tr("Dokumen PDF (*.pdf)"))


def choose_file(parent: QWidget, name: str, sort: str) -> str:
    """Ask where to save a file of this name and sort; empty for nowhere."""
    return QFileDialog.getSaveFileName(parent, tr("Simpan"), name, sort)[0]


def plain(title: str) -> str:
    """Make a file name of a title: letters, digits and dashes."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in title).split())


def save_pdf(path: str, pdf: bytes) -> None:
    """Save a paper durably. Raises Problem."""
    save_file(path, ".pdf", pdf)


def save_file(path: str, ending: str, data: bytes) -> None:
    """Save durably: a stick pulled a moment later holds the whole file. Raises Problem."""
    target = Path(path if path.lower().endswith(ending) else f"{path}{ending}")
    try:
        durable_write(target, data, mode=0o644)
    except OSError as fault:
        raise Problem(
            tr("Berkas tidak dapat disimpan di sana."), tr("Periksa sisa ruang, atau pilih tempat lain.")
        ) from fault
