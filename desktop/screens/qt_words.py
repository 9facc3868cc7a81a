"""Qt's own words in Indonesian: Qt ships no Indonesian catalogue, so its dialogs and menus are ours."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.language import language

_WORDS = {
    # what a right click on text offers
    "&Undo": "&Urungkan",
    "&Redo": "&Ulangi",
    "Cu&t": "Po&tong",
    "&Copy": "&Salin",
    "Copy &Link Location": "Salin a&lamat tautan",
    "&Paste": "&Tempel",
    "Delete": "Hapus",
    "Select All": "Pilih semua",
    # choosing a file where the system has no dialog of its own
    "&Look in:": "&Cari di:",
    "Look in:": "Cari di:",
    "Back": "Kembali",
    "Forward": "Maju",
    "Parent Directory": "Folder di atasnya",
    "Create New Folder": "Buat folder baru",
    "Create a New Folder": "Buat folder baru",
    "List View": "Tampilan daftar",
    "Detail View": "Tampilan rincian",
    "Change to list view mode": "Ganti ke tampilan daftar",
    "Change to detail view mode": "Ganti ke tampilan rincian",
    "Go back": "Kembali",
    "Go forward": "Maju",
    "Go to the parent directory": "Ke folder di atasnya",
    "File &name:": "&Nama berkas:",
    "Directory:": "Folder:",
    "Files of type:": "Jenis berkas:",
    "Files of &type:": "&Jenis berkas:",
    "Open": "Buka",
    "&Open": "&Buka",
    "Save": "Simpan",
    "&Save": "&Simpan",
    "Save As": "Simpan sebagai",
    "&Choose": "&Pilih",
    "Cancel": "Batal",
    "&Cancel": "&Batal",
    "OK": "Oke",
    "&OK": "&Oke",
    "&Yes": "&Ya",
    "&No": "&Tidak",
    "Close": "Tutup",
    "&Close": "&Tutup",
    "Name": "Nama",
    "Size": "Ukuran",
    "Type": "Jenis",
    "Date Modified": "Diubah",
    "Computer": "Komputer ini",
    "My Computer": "Komputer ini",
    "Drive": "Penyimpanan",
    "File": "Berkas",
    "Folder": "Folder",
    "File Folder": "Folder",
    "All Files (*)": "Semua berkas (*)",
    "&Rename": "Ganti &nama",
    "&Delete": "&Hapus",
    "Show &hidden files": "Tampilkan berkas ter&sembunyi",
    "&New Folder": "Folder &baru",
    "New Folder": "Folder baru",
    "Remove": "Buang",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti berkas itu?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nBerkas tidak ditemukan.\nPeriksa nama berkasnya."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nFolder tidak ditemukan.\nPeriksa nama foldernya."
    ),
}


class QtWords(QTranslator):
    """Answers Qt's questions for words in the language in use; whatever it does not know stays as it is."""

    def isEmpty(self) -> bool:
        """It has words, though no file."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Qt's word in Indonesian."""
        del context, disambiguation, n
        return _WORDS.get(sourceText, sourceText) if language() == "id" else sourceText


def speak(owner: QObject) -> None:
    """Give Qt our words for as long as `owner` lives."""
    words = QtWords(owner)
    QApplication.installTranslator(words)
    owner.destroyed.connect(lambda: QApplication.removeTranslator(words))
    use_locale()


def use_locale() -> None:
    """Let Qt write dates and numbers as the language in use does."""
    spoken = QLocale.Language.Indonesian if language() == "id" else QLocale.Language.English
    QLocale.setDefault(QLocale(spoken, QLocale.Country.Indonesia))
