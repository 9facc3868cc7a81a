"""Jejak audit wired: what was done with people's data, in sentences for the desk and for the person."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from desktop.app.terms import deed_words
from desktop.errors import Problem
from desktop.formats import long_day, number
from desktop.language import tr, trn
from desktop.people.trail import note_taken, note_viewed, office_trail, own_trail
from desktop.screens.trail_sheet import TrailActions, TrailRow, TrailSheet
from sync.folds.trail import OF_TERMS, Deed, Step, Taken

if TYPE_CHECKING:
    from desktop.app.session import Session


def taken(session: "Session", what: Taken, people: int) -> None:
    """Note that something with names leaves the program; from any thread."""
    note_taken(session.profile, what, people)
    session.noted()


def viewed(session: "Session", person: bytes) -> None:
    """Note that this coordinator looks at a person."""
    app = session.app

    def failed(problem: Problem) -> None:
        app.window.problem(problem)

    app.jobs.write(
        lambda: note_viewed(session.profile, person),
        lambda stated: session.noted() if stated else None,
        failed,
    )


def show_office_trail(session: "Session", names: Callable[[], Mapping[bytes, str]]) -> None:
    """Show the desk what coordinators and the centre did; `names` gives those of the roster."""
    profile = session.profile

    def load() -> tuple[TrailRow, ...]:
        known = names()
        return tuple(
            TrailRow(_day(one, session), office_words(one, known, profile.zone()), _who(one, known))
            for one in office_trail(profile)
        )

    TrailSheet(
        session.app.window,
        tr("Jejak audit"),
        tr("Apa yang dilakukan dengan data orang di kantor ini. Tidak dapat diubah siapa pun."),
        tr("Belum ada yang tercatat."),
        TrailActions(load, session.app.jobs),
    )


def show_own_trail(session: "Session", window: QWidget) -> None:
    """Show a person who did what with their data."""
    profile = session.profile

    def load() -> tuple[TrailRow, ...]:
        office = profile.store.office()
        only = (
            office.header.coordinator if office is not None and len(office.header.coordinators) == 1 else ""
        )
        return tuple(
            TrailRow(_day(one, session), own_words(one), _role(one, only)) for one in own_trail(profile)
        )

    TrailSheet(
        window,
        tr("Siapa yang melihat data saya"),
        tr("Sejauh kabarnya sudah sampai di komputer ini."),
        tr("Belum ada yang tercatat. Kabar dari kantor datang bersama kiriman berikutnya."),
        TrailActions(load, session.app.jobs),
    )


def office_words(one: Step, names: Mapping[bytes, str], zone: ZoneInfo | None = None) -> str:
    """Say a deed as the desk reads it."""
    name = next((names[person] for person in one.people if person in names), tr("seseorang"))
    if one.deed is Deed.LOST:
        words = trn(
            "Melaporkan flashdisk hilang; hasil {n} orang mungkin ada di dalamnya, terkunci", len(one.people)
        )
        return words.format(n=number(len(one.people)))
    if one.deed is Deed.TAKEN:
        return _taken(one)
    if one.deed in OF_TERMS:
        return deed_words(one, zone)
    return {
        Deed.VIEWED: tr("Membuka halaman {nama}"),
        Deed.RESET: tr("Memberikan kode atur ulang PIN {nama}"),
        Deed.VOUCHED: tr("Mengesahkan profil {nama}"),
        Deed.MERGED: tr("Menggabungkan dua catatan {nama}"),
        Deed.UNMERGED: tr("Memisahkan lagi catatan {nama}"),
        Deed.CONTACTED: tr("Mencatat kontak dengan {nama}"),
        Deed.JUDGED: tr("Menilai catatan pelatihan {nama}"),
        Deed.DECIDED: tr("Memutuskan waktu tugas {nama}"),
        Deed.ANSWERED: tr("Menjawab permintaan perbaikan data {nama}"),
        Deed.ERASED: tr("Menghapus data seseorang"),
    }[one.deed].format(nama=name)


def _taken(one: Step) -> str:
    words = {
        Taken.REPORT.value: tr("Menyimpan laporan bulanan sebagai PDF"),
        Taken.WORKBOOK.value: tr("Menyimpan laporan bulanan untuk Excel"),
        Taken.TABLE.value: tr("Menyimpan daftar peserta"),
        Taken.COPIED_TABLE.value: tr("Menyalin daftar peserta"),
        Taken.FOLLOW.value: tr("Menyimpan daftar tindak lanjut"),
        Taken.MESSAGE.value: tr("Menyalin pesan tindak lanjut"),
        Taken.HANDOVER.value: tr("Menyimpan Berita Acara Serah Terima"),
    }.get(one.what, tr("Menyimpan berkas dengan nama orang"))
    if not one.count:
        return words
    return tr("{apa}, {n} orang").format(apa=words, n=number(one.count))


def own_words(one: Step) -> str:
    """Say a deed as the person it is about reads it."""
    if one.deed is Deed.TAKEN:
        return {
            Taken.REPORT.value: tr("Laporan bulanan disimpan; nama, NIP, dan JP Anda ada di dalamnya"),
            Taken.WORKBOOK.value: tr("Laporan bulanan disimpan; nama, NIP, dan JP Anda ada di dalamnya"),
            Taken.TABLE.value: tr("Daftar peserta disimpan; Anda mungkin ada di dalamnya"),
            Taken.COPIED_TABLE.value: tr("Daftar peserta disalin; Anda mungkin ada di dalamnya"),
            Taken.FOLLOW.value: tr("Daftar tindak lanjut disimpan; Anda mungkin ada di dalamnya"),
        }.get(one.what, tr("Pesan tindak lanjut disalin; Anda mungkin disebut di dalamnya"))
    return {
        Deed.VIEWED: tr("Halaman Anda dibuka: kemajuan, jawaban, dan nilai"),
        Deed.RESET: tr("Kode atur ulang PIN Anda diberikan"),
        Deed.VOUCHED: tr("Profil Anda disahkan"),
        Deed.MERGED: tr("Dua catatan tentang Anda digabungkan"),
        Deed.UNMERGED: tr("Catatan tentang Anda dipisahkan lagi"),
        Deed.CONTACTED: tr("Kontak dengan Anda dicatat"),
        Deed.JUDGED: tr("Catatan pelatihan Anda dinilai"),
        Deed.DECIDED: tr("Waktu tugas Anda diputuskan"),
        Deed.ANSWERED: tr("Permintaan perbaikan data Anda dijawab"),
        Deed.LOST: tr("Flashdisk yang mungkin memuat hasil Anda dilaporkan hilang; isinya terkunci"),
        Deed.ERASED: tr("Data Anda dihapus"),
    }[one.deed]


def _day(one: Step, session: "Session") -> str:
    return long_day(datetime.fromtimestamp(one.at, session.profile.zone()).date())


def _who(one: Step, names: Mapping[bytes, str]) -> str:
    if one.deed in OF_TERMS:
        return tr("Suluh, menurut jadwal retensi")
    return tr("Pusat") if one.centre else names.get(one.by, tr("Koordinator"))


def _role(one: Step, name: str) -> str:
    """Name the coordinator where the office has one; another is told by role."""
    if one.centre:
        return tr("Pusat")
    return f"{tr('Koordinator')}, {name}" if name else tr("Koordinator")
