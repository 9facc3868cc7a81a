"""Serah terima wired: the Berita Acara that goes with a desk from one coordinator to the next, on paper."""

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.app.desk_follow import DeskFollow, drawn
from desktop.formats import clock_time, long_day, number, short_day, size, week_day
from desktop.language import tr
from desktop.office.gather import nip_of
from desktop.office.open_tasks import OpenTasks, open_tasks
from desktop.screens.cohort_model import Days
from desktop.screens.paper_sheet import DrawnPaper, PaperSize
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.session import Session
    from desktop.paper.letter_page import Letter, Table

_BLANK = "." * 40


class DeskHandover:
    """Draws the paper for a signed-in coordinator who hands the desk over."""

    def __init__(self, session: "Session", desk: "DeskRoom", follow: DeskFollow) -> None:
        self._profile, self._desk, self._follow = session.profile, desk, follow

    def draw(self, paper: PaperSize) -> DrawnPaper:
        """Draw the Berita Acara as the desk stands now; runs as a job."""
        tasks = open_tasks(self._profile, self._desk.renew(), self._follow.view().calls)
        own = next((one for one in self._desk.desk.people() if one.person == self._profile.person), None)
        signer = ("", "") if own is None else (own.name, nip_of(own))
        return drawn(minutes_of(tasks, self._follow.office_name(), signer, self._desk.days()), paper)


def minutes_of(tasks: OpenTasks, office: str, signer: tuple[str, str], days: Days) -> "Letter":
    """Lay out the minutes of a hand-over. The recovery code is never printed: a place for its envelope is."""
    from desktop.paper.letter_page import Letter, Signer, Text  # noqa: PLC0415 - only who draws paper

    moment = datetime.fromtimestamp(tasks.now, days.zone)
    name, nip = signer
    return Letter(
        office,
        tr("Berita Acara Serah Terima"),
        (tr("Tugas koordinator pelatihan"),),
        (
            Text(
                "",
                (
                    tr("Pada {hari} pukul {jam} diserahkan tugas koordinator pelatihan {kantor}.").format(
                        hari=week_day(moment.date()), jam=clock_time(moment), kantor=office
                    ),
                ),
            ),
            _open(tasks),
            _computers(tasks, days),
            Text(
                tr("Kunci kantor"),
                (
                    tr(
                        "Kunci kantor angkatan ke-{n}. Kode pemulihan dibuat di pusat, tidak dicetak di sini."
                    ).format(n=tasks.generation),
                    tr("Amplop kode pemulihan, nomor: {garis}").format(garis=_BLANK),
                    tr("Amplop masih tertutup:  [   ] ya   [   ] tidak, minta kode baru ke pusat"),
                    tr("Flashdisk yang diserahkan (jumlah dan tanda): {garis}").format(garis=_BLANK),
                ),
            ),
            Text(
                tr("Langkah penerima"),
                (
                    tr("1. Masuk di komputer koordinator, buka Setelan, lalu pakai kode pemulihan."),
                    tr("2. Selesaikan daftar di atas, mulai dari komputer yang belum dikunjungi."),
                    tr("3. Minta pusat menerbitkan berkas kantor baru; kunci lama lalu tidak dipakai lagi."),
                ),
            ),
        ),
        place=long_day(moment.date()),
        signers=(
            Signer(tr("Yang menyerahkan"), name, spaced(nip) if len(nip) == LENGTH else ""),
            Signer(tr("Yang menerima")),
        ),
    )


def _open(tasks: OpenTasks) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - only who draws paper

    listed = (
        (tr("Orang yang perlu ditindaklanjuti"), tasks.follow, tr("Kantor, Tindak lanjut")),
        (tr("Profil yang menunggu pengesahan"), tasks.waiting, tr("Kantor, Akun & PIN")),
        (tr("Temuan penggabungan yang belum dilihat"), tasks.doubts, tr("Kirim & terima")),
        (tr("Laporan flashdisk hilang dalam 3 x 24 jam"), tasks.losses, tr("Teruskan ke pusat")),
        (tr("Catatan koordinator yang belum dikirim"), tasks.unsent, tr("Kirim & terima")),
        (
            tr("Bagian hasil komputer lain untuk pusat"),
            tasks.carried,
            tr("{ukuran} di komputer ini").format(ukuran=size(tasks.carried_bytes)),
        ),
    )
    rows = tuple((what, number(count), where) for what, count, where in listed if count)
    columns = (Col(tr("Tugas terbuka"), 52), Col(tr("Jumlah"), 12, right=True), Col(tr("Di mana"), 36))
    return Table(tr("Tugas terbuka"), columns, rows, tr("Tidak ada tugas terbuka."))


def _computers(tasks: OpenTasks, days: Days) -> "Table":
    from desktop.paper.letter_page import Col, Table  # noqa: PLC0415 - as above

    listed = {one.pc: one for one in (*tasks.left, *tasks.owed)}
    left = {one.pc for one in tasks.left}
    rows = tuple(
        (
            one.name or tr("Komputer tanpa nama"),
            tr("belum dikunjungi") if one.pc in left else tr("sudah dikunjungi"),
            short_day(datetime.fromtimestamp(one.collected, days.zone).date()) if one.collected else "–",
            str(one.letters),
        )
        for one in sorted(listed.values(), key=lambda one: (one.name.casefold(), one.pc))
    )
    columns = (
        Col(tr("Komputer"), 38),
        Col(tr("Putaran ini"), 24),
        Col(tr("Kunjungan terakhir"), 20),
        Col(tr("Kiriman menunggu"), 18, right=True),
    )
    return Table(
        tr("Komputer yang masih perlu dikunjungi"), columns, rows, tr("Semua komputer sudah dikunjungi.")
    )
