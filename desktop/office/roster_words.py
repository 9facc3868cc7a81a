"""What is wrong or odd in a roster, in the language of whoever reads it."""

from collections.abc import Mapping

from desktop.language import tr
from sync.nip import NipFault
from sync.officefile_entries import Role
from sync.roster.lines import FAULTS, Remark


def remark_words(one: Remark) -> str:
    """Say a remark in the language that is chosen; one that a newer `sync` words differently as it stands."""
    return words().get(one.form, one.form).format(*one.values)


def role_names() -> Mapping[Role, str]:
    """Name the roles in the language that is chosen; a file has them in Indonesian."""
    return {
        Role.LEARNER: tr("peserta"),
        Role.COORDINATOR: tr("koordinator"),
        Role.TRAINER: tr("pengajar"),
        Role.MENTOR: tr("mentor"),
        Role.JURY: tr("juri"),
        Role.ADMIN: tr("admin pusat"),
        Role.GUEST: tr("tamu"),
    }


def words() -> Mapping[str, str]:
    """Give every sentence about a roster in the language that is chosen, by its form."""
    return {
        "NIP harus 18 angka.": tr("NIP harus 18 angka."),
        "8 angka pertama NIP bukan tanggal lahir yang mungkin.": tr(
            "8 angka pertama NIP bukan tanggal lahir yang mungkin."
        ),
        "Angka ke-15 NIP harus 1 atau 2.": tr("Angka ke-15 NIP harus 1 atau 2."),
        FAULTS[NipFault.SERIAL]: tr(
            "Nomor urut NIP (3 angka terakhir) tidak boleh 000. Bila Excel yang mengubahnya: "
            "jadikan kolom NIP berformat Teks lalu isi kembali."
        ),
        "Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21 ke atas (PPPK).": tr(
            "Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21 ke atas (PPPK)."
        ),
        "Menurut NIP, orang ini diangkat sebelum cukup umur.": tr(
            "Menurut NIP, orang ini diangkat sebelum cukup umur."
        ),
        "Tanggal lahir tidak sama dengan NIP.": tr("Tanggal lahir tidak sama dengan NIP."),
        "Menurut NIP, orang ini diangkat di atas umur yang lazim.": tr(
            "Menurut NIP, orang ini diangkat di atas umur yang lazim."
        ),
        "Menurut NIP, orang ini baru diangkat setelah hari ini.": tr(
            "Menurut NIP, orang ini baru diangkat setelah hari ini."
        ),
        "NIP belum ada di daftar kantor ini.": tr("NIP belum ada di daftar kantor ini."),
        "NIP belum diisi. Praktisi tanpa NIP: isi Peran dengan tamu, mentor, atau juri.": tr(
            "NIP belum diisi. Praktisi tanpa NIP: isi Peran dengan tamu, mentor, atau juri."
        ),
        "Dilewati: tanpa NIP, dan nama atau unitnya kosong.": tr(
            "Dilewati: tanpa NIP, dan nama atau unitnya kosong."
        ),
        "NIP sama dengan baris {0}.": tr("NIP sama dengan baris {0}."),
        "Daftar tidak memuat seorang pun.": tr("Daftar tidak memuat seorang pun."),
        "Daftar memuat lebih dari {0} orang; pecah per kantor.": tr(
            "Daftar memuat lebih dari {0} orang; pecah per kantor."
        ),
        "Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali.": tr(
            "Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali."
        ),
        "Peran harus salah satu dari: {0}.": tr("Peran harus salah satu dari: {0}."),
        "UUID tidak dapat dibaca; salin dari laporan, atau kosongkan.": tr(
            "UUID tidak dapat dibaca; salin dari laporan, atau kosongkan."
        ),
        "NIP lama harus 18 angka, atau kosong.": tr("NIP lama harus 18 angka, atau kosong."),
        "Akhir peran harus tanggal, misalnya 31-12-2026.": tr(
            "Akhir peran harus tanggal, misalnya 31-12-2026."
        ),
        "Mulai kontrak harus tanggal, misalnya 01-03-2024.": tr(
            "Mulai kontrak harus tanggal, misalnya 01-03-2024."
        ),
        "{0} belum diisi.": tr("{0} belum diisi."),
        "{0} lebih dari {1} huruf.": tr("{0} lebih dari {1} huruf."),
        "{0} harus diawali huruf atau angka.": tr("{0} harus diawali huruf atau angka."),
        "Daftar belum memuat koordinator: isi kolom Peran seorang dengan koordinator.": tr(
            "Daftar belum memuat koordinator: isi kolom Peran seorang dengan koordinator."
        ),
        "Berkas daftar terlalu besar.": tr("Berkas daftar terlalu besar."),
        "Baris ini bukan CSV yang benar.": tr("Baris ini bukan CSV yang benar."),
        "Berkas daftar kosong.": tr("Berkas daftar kosong."),
        "Baris judul harus memuat kolom NIP, Nama, dan Unit; periksa: {0}.": tr(
            "Baris judul harus memuat kolom NIP, Nama, dan Unit; periksa: {0}."
        ),
        "UUID ini tidak ada di kantor ini.": tr("UUID ini tidak ada di kantor ini."),
        "NIP lama ini tidak ada di kantor ini.": tr("NIP lama ini tidak ada di kantor ini."),
        "NIP dan NIP lama milik dua orang yang berbeda.": tr(
            "NIP dan NIP lama milik dua orang yang berbeda."
        ),
        "Orang yang sama dengan baris {0}.": tr("Orang yang sama dengan baris {0}."),
        "Nama dan tanggal lahir seperti orang yang keluar. Bila orangnya sama, isi kolom NIP lama.": tr(
            "Nama dan tanggal lahir seperti orang yang keluar. Bila orangnya sama, isi kolom NIP lama."
        ),
    }
