"""What is to be looked at after merging, in words: what was found, and what to do about it."""

from desktop.language import tr, trn
from desktop.office.doubts import Doubtful, Reason


def words_of(one: Doubtful) -> tuple[str, str]:
    """Word a finding: a sentence, and what to do."""
    title, advice = _words(one)
    return title.format(n=one.count, komputer=one.pc or tr("komputer yang tidak diketahui")), advice


def _words(one: Doubtful) -> tuple[str, str]:
    n = one.count
    return {
        Reason.TORN: (
            trn("{n} berkas di flashdisk rusak.", n),
            tr("Kunjungi lagi komputernya; hasilnya masih ada di sana."),
        ),
        Reason.FOREIGN: (
            trn("{n} berkas di flashdisk milik kantor lain.", n),
            tr("Berkas itu tidak dibuka dan tidak diubah. Serahkan kepada kantor pemiliknya."),
        ),
        Reason.NO_KEY: (
            trn("{n} berkas terkunci dengan kunci kantor yang tidak ada di sini.", n),
            tr("Tetap ada di flashdisk. Minta koordinator yang memegang kunci itu menggabungkannya."),
        ),
        Reason.NEWER: (
            tr("Hasil dari {komputer} ditulis Suluh versi lebih baru."),
            tr("Perbarui Suluh di komputer ini, lalu pilih Gabungkan lagi."),
        ),
        Reason.FORGED: (
            trn("{n} catatan dari {komputer} tidak sah dan tidak dihitung.", n),
            tr("Yang lain tetap dihitung. Bila terulang, laporkan ke petugas pusat."),
        ),
        Reason.BRANCH: (
            trn("{n} catatan dari {komputer} bernomor sama dengan isi berbeda.", n),
            tr("Keduanya disimpan. Tanyakan apakah komputer itu disalin atau dipulihkan dari cadangan."),
        ),
        Reason.STRANGER: (
            trn("{n} orang di {komputer} belum dikenali.", n),
            tr(
                "Pekerjaannya sudah disimpan. Yang mendaftar dengan kode dikenali saat hasilnya sampai di"
                " pusat; yang lain sahkan di Kantor, Akun & PIN."
            ),
        ),
        Reason.REVOKED: (
            trn("{n} catatan dari {komputer} memakai kunci yang sudah dicabut.", n),
            tr(
                "Tidak dihitung, tetapi tetap dibawa ke pusat. Bila pekerjaan itu sah, minta pusat memeriksa."
            ),
        ),
    }[one.reason]
