"""What can go wrong with the databases of this PC, as reasons the app tells apart and words for people."""

from collections.abc import Callable, Mapping
from enum import Enum

from desktop.errors import Problem
from desktop.language import tr


class Reason(Enum):
    """Why the store did not do what it was asked."""

    OLD_SQLITE = "the SQLite in use has the WAL-reset bug that corrupts databases"
    NO_CIPHER = "the database driver would write in clear"
    WRONG_KEY = "the key does not open this database, or the file is not one"
    PRAGMA = "a setting that guards the data did not take effect"
    NEWER = "the database was written by a newer version of the app"
    MIGRATION = "bringing the database to this version failed; the old one is untouched"
    FULL = "the disk is full and the reserve is used up"
    NO_SECRET = "the secret that opens this PC's databases is gone"  # noqa: S105 - a sentence
    NOT_DURABLE = "what was read back from the disk is not what was written"
    UNKNOWN_PROFILE = "this PC has no such profile"
    CLOSED = "the profile was locked while something still wanted to write"
    MISSING = "the database holds fewer facts than it has counted"
    DAMAGED = "a database file is damaged and what is kept of it has to take its place"


class StoreFault(Problem):
    """Raised by the store; `reason` says what went wrong, title and advice say it to people."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        title, advice = _words(reason)
        super().__init__(title, advice, details=f"{reason.name}: {reason.value} {detail}".strip())
        self.reason = reason

    def __str__(self) -> str:
        """Say the reason for a log line; never holds a key, a name or an answer."""
        return self.details


def _words(reason: Reason) -> tuple[str, str]:
    return _SAID.get(reason, _unopened)()


_SAID: Mapping[Reason, Callable[[], tuple[str, str]]] = {
    Reason.FULL: lambda: (
        tr("Ruang penyimpanan penuh. Jawaban terakhir belum tersimpan."),
        tr("Yang sudah tersimpan tetap aman. Hapus berkas yang tidak dipakai, lalu coba lagi."),
    ),
    Reason.NEWER: lambda: (
        tr("Data di komputer ini dibuat oleh Suluh yang lebih baru."),
        tr("Data Anda tidak berubah. Pasang pembaruan Suluh, lalu buka lagi."),
    ),
    Reason.MIGRATION: lambda: (
        tr("Data belum dapat disesuaikan dengan Suluh yang baru."),
        tr("Data Anda utuh seperti semula. Buka Suluh lagi; bila tetap gagal, hubungi petugas TI."),
    ),
    Reason.NO_SECRET: lambda: (
        tr("Kunci data komputer ini tidak ditemukan."),
        tr("Data tidak berubah. Masuklah ke Windows dengan akun yang biasa, atau hubungi petugas TI."),
    ),
    Reason.CLOSED: lambda: (
        tr("Layar sudah dikunci."),
        tr("Yang sudah tersimpan tetap aman. Masuk lagi untuk melanjutkan."),
    ),
    Reason.DAMAGED: lambda: (
        tr("Sebagian data di komputer ini rusak dan tidak terbaca."),
        tr(
            "Jangan hapus apa pun: berkasnya disimpan. Tutup Suluh, lalu buka dan masuk lagi; "
            "bila ada cadangan, data dipulihkan darinya. Bila tetap gagal, hubungi koordinator."
        ),
    ),
    Reason.UNKNOWN_PROFILE: lambda: (
        tr("Profil ini tidak ada di komputer ini."),
        tr("Pilih nama Anda lagi di layar masuk."),
    ),
}


def _unopened() -> tuple[str, str]:
    return (
        tr("Data di komputer ini belum dapat dibuka."),
        tr("Jangan hapus apa pun. Tutup Suluh, buka lagi; bila tetap gagal, hubungi petugas TI."),
    )
