"""The coordinator's Beranda: how the office stands, what to do next, and whom to help."""

from typing import TYPE_CHECKING

from desktop.app.desk_timings import DeskTimings
from desktop.app.homes import SHOWN
from desktop.language import tr
from desktop.office.corrections import waiting as waiting_wishes
from desktop.office.corrections import wishes_at_desk
from desktop.office.trainings import claims_at_desk
from desktop.office.trainings import waiting as waiting_claims
from desktop.people.initials import initials
from desktop.screens.coordinator_home import CoordinatorView, FollowView, NextStep, PcView
from sync.folds.cohort import CohortState

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.round_room import RoundRoom
    from desktop.app.session import Session
    from desktop.office.report import DeskRow

STALE_DAYS = 14


class DeskHome:
    """The view of a signed-in coordinator; it reads and folds, so it runs as a job."""

    def __init__(self, session: "Session", desk: "DeskRoom", round_: "RoundRoom") -> None:
        self._session = session
        self._profile = session.profile
        self._desk, self._round = desk, round_
        self._timings = DeskTimings(session, desk)

    def view(self) -> CoordinatorView:
        """Everything on the coordinator's Beranda."""
        found = self._desk.renew()
        homes = self._session.homes
        today = homes.today()
        office = self._profile.store.office()
        learners = [one for one in found.rows if one.row.state is not CohortState.SELESAI]
        behind = [one for one in learners if one.row.state in _FOLLOW]
        silent = [one for one in learners if one.row.state is CohortState.BELUM_ADA_DATA]
        pcs = tuple(
            PcView(one.name or tr("Komputer tanpa nama"), day, stale=(today - day).days > STALE_DAYS)
            for one in found.computers
            for day in (homes.day(one.as_of),)
        )
        return CoordinatorView(
            office="" if office is None else office.header.name,
            pcs=pcs,
            step=self._next_step(),
            people=len(found.rows),
            done=len(found.rows) - len(learners),
            behind=len(behind),
            no_data=len(silent),
            follow=tuple(_follow(one) for one in behind)[:SHOWN],
            own=homes.resume(self._session.learning.library()),
        )

    def _next_step(self) -> NextStep:
        waiting = len(self._desk.renewed.waiting)
        if waiting:
            return NextStep(
                "office:accounts",
                tr("Sahkan {n} profil baru").format(n=waiting),
                tr("Pemiliknya sudah belajar; hasilnya dihitung setelah Anda memastikan siapa dia."),
                tr("Lihat profil"),
                "key",
            )
        step = self._round.next_step()
        if step is not None:
            return step
        people_wait = self._people_wait()
        if people_wait is not None:
            return people_wait
        unsent = self._profile.unsent()
        if unsent:
            return NextStep(
                "send",
                tr("Kirim hasil ke pusat"),
                tr("{n} catatan di komputer ini belum dikirim. Anda dapat terus bekerja.").format(n=unsent),
                tr("Kirim sekarang"),
                "exchange",
            )
        return NextStep(
            "office",
            tr("Lihat kemajuan peserta"),
            tr("Semua catatan di komputer ini sudah diterima pusat."),
            tr("Buka daftar peserta"),
            "people",
        )

    def _people_wait(self) -> NextStep | None:
        """What somebody waits for: a look at a proof, an answer, a decision."""
        claims = len(waiting_claims(claims_at_desk(self._profile, self._desk.desk.people())))
        if claims:
            return NextStep(
                "office:trainings",
                tr("Lihat {n} catatan pelatihan lain").format(n=claims),
                tr("JP-nya dihitung setelah Anda melihat buktinya."),
                tr("Lihat bukti"),
                "award",
            )
        wishes = len(waiting_wishes(wishes_at_desk(self._profile, self._desk.desk.people())))
        if wishes:
            return NextStep(
                "office:follow",
                tr("Jawab {n} permintaan perbaikan data").format(n=wishes),
                tr("Orangnya menunggu jawaban Anda, ya atau tidak."),
                tr("Lihat permintaan"),
                "pen",
            )
        times = sum(one.waits and not one.own for one in self._timings.works())
        if times:
            return NextStep(
                "office:follow",
                tr("Periksa waktu pengumpulan {n} tugas").format(n=times),
                tr("Buktinya tidak cukup untuk komputer; Anda yang memutuskan, dengan alasan."),
                tr("Lihat bukti"),
                "clock",
            )
        return None


_FOLLOW = {CohortState.BELUM_MULAI, CohortState.TIDAK_AKTIF, CohortState.MENUNGGU_VERIFIKASI}


def _follow(one: "DeskRow") -> FollowView:
    row = one.row
    words, kind, icon = {
        CohortState.BELUM_MULAI: (tr("Belum mulai"), "muted", ""),
        CohortState.TIDAK_AKTIF: (tr("Lebih dari 14 hari tidak aktif"), "warn", "clock"),
        CohortState.MENUNGGU_VERIFIKASI: (tr("Menunggu verifikasi"), "warn", "key"),
        CohortState.BELUM_ADA_DATA: (tr("Belum ada data"), "muted", ""),
    }[row.state]
    return FollowView(row.person.hex(), row.name, initials(row.name), words, kind, row.jp, icon)
