"""A stick on its round, invented: what is plugged in, what a visit would find, and a visit held still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.office.doubt_words import words_of
from desktop.office.doubts import Doubtful, Reason
from desktop.screens.cohort_computers import ComputersActions, ComputersView, VisitRow
from desktop.screens.cohort_model import Days
from desktop.screens.round_views import (
    Aboard,
    CentreDone,
    Doubt,
    LossTold,
    MergeDone,
    RoundActions,
    RoundPc,
    RoundProgress,
    RoundStep,
    RoundView,
    StickInside,
    Stopped,
    Tell,
)
from desktop.screens.visit_views import (
    PackWaiting,
    StickSort,
    StickView,
    VisitActions,
    VisitDone,
    VisitProgress,
    VisitStep,
)
from sync.folds.cohort import ComputerRow
from tests.builders.cohort import NOW

OFFICE = "Kantor Distrik Waropko"
OURS = StickView(
    "/media/BIRU", "SANDISK BIRU", StickSort.OURS, 31, 1_240, 3,
    (PackWaiting("Keamanan Informasi Kantor", 48_000_000),),
)  # fmt: skip
NEW = StickView("/media/BARU", "KINGSTON", StickSort.NEW)
PULLED = Problem(
    "Flashdisk tercabut sebelum selesai. Data di komputer ini aman.", "Pasang lagi, lalu pilih Coba lagi."
)
FOREIGN = StickView(
    "/media/LAIN", "TOSHIBA", StickSort.OTHER,
    problem=Problem(
        "Flashdisk ini milik kantor Distrik Mindiptana. Tidak ada yang disalin.",
        "Cabut, lalu pasang flashdisk kantor Anda sendiri.",
    ),
)  # fmt: skip
FULL = replace(
    OURS,
    problem=Problem(
        "Flashdisk penuh: perlu 40 MB, tersedia 2 MB.",
        "Pindahkan berkas lain dari flashdisk, atau pakai flashdisk lain. Data di komputer ini aman.",
    ),
)
READ_ONLY = replace(
    OURS,
    problem=Problem(
        "Flashdisk tidak dapat ditulisi. Pakai flashdisk lain.",
        "Periksa tombol pengunci di badan flashdisk. Data di komputer ini aman.",
    ),
)
LONG = replace(
    OURS,
    label="FLASHDISK-KOORDINATOR-DISTRIK-WAROPKO-NOMOR-2",
    packs=(
        PackWaiting("Penyelenggaraan Pelayanan Publik Berbasis Elektronik bagi Aparatur Distrik", 312_000_000),
        PackWaiting("Menulis Naskah Dinas", 31_000_000),
    ),
)  # fmt: skip
DONE = VisitDone(31, 3, ("Keamanan Informasi Kantor",), ("PC Loket 2", "PC Arsip"))
COPYING = VisitProgress(VisitStep.COPY, 12, 31)
CHECKING = VisitProgress(VisitStep.CHECK, 20, 31)
TAKING = VisitProgress(VisitStep.TAKE, 1, 3)
INSTALLING = VisitProgress(
    VisitStep.INSTALL, 9_000_000, 48_000_000, "Keamanan Informasi Kantor", 48_000_000, 40
)


class Drive:
    """What is plugged in, and a visit that goes on only when the story lets it."""

    def __init__(self, *sticks: StickView) -> None:
        self.sticks = sticks
        self.done = DONE
        self.fault: Problem | None = None
        self.steps: tuple[VisitProgress, ...] = (COPYING,)
        self.go = threading.Event()
        self.visited: list[str] = []
        self.prepared: list[str] = []
        self.ends = 0

    def actions(self) -> VisitActions:
        return VisitActions(lambda: self.sticks, self._prepare, self._exchange, lambda: OFFICE, self._ended)

    def _prepare(self, stick: StickView) -> None:
        self.prepared.append(stick.label)
        self.sticks = (replace(OURS, key=stick.key, label=stick.label),)

    def _exchange(
        self, stick: StickView, tell: Callable[[VisitProgress], None], stopped: Callable[[], bool]
    ) -> VisitDone:
        for how_far in self.steps:
            tell(how_far)
        self.go.wait(20)
        if self.fault is not None:
            raise self.fault
        if stopped():
            return VisitDone(12, 0, stopped=True)
        self.visited.append(stick.label)
        return self.done

    def _ended(self) -> None:
        self.ends += 1


DAY, BEFORE = date(2026, 11, 21), date(2026, 10, 20)
PCS = (
    RoundPc("PC Loket 2", None, fresh=False),
    RoundPc("PC Arsip", DAY, fresh=True),
    RoundPc("PC Loket 1", DAY, fresh=True, here=True),
    RoundPc("PC Loket 3", DAY, fresh=True, letters=2),
    RoundPc("PC Puskesmas", DAY, fresh=True),
    RoundPc("PC Sekretariat", DAY, fresh=True),
)
ALL_SEEN = tuple(replace(pc, visited=DAY, fresh=True) for pc in PCS)
TWELVE = tuple(
    RoundPc(
        f"PC Ruang Pelayanan Administrasi Kependudukan Distrik nomor {n}" if n == 3 else f"PC Kampung {n}",
        (None, BEFORE, DAY)[n % 3],
        fresh=n % 3 == 2,
        letters=n % 4,
    )
    for n in range(1, 13)
)
ABOARD = Aboard(
    tuple(pc.name for pc in PCS),
    ("Agustinus Wonda", "Dorkas Yoku", "Frengki Imbiri", "Maria Tebai", "Rahel Karubaba", "Yosina Kambuaya"),
    1,
)
LOST = (
    LossTold(date(2026, 11, 23), "26 Nov 2026, 14.20", 7, at_centre=False),
    LossTold(date(2026, 11, 21), "24 Nov 2026, 09.00", 7, at_centre=True),
)
STICK = StickInside("SANDISK BIRU", 6, 1_240_000, 0, 13_400_000_000)
PAGE = "https://pusat.suluh.go.id/kirim"
ROUND = RoundView(
    OFFICE, date(2026, 11, 24), RoundStep.TOUR, PCS, None, 0, 0, 0, PAGE, online=False,
    own="3 catatan belum dikirim", aboard=ABOARD,
)  # fmt: skip
MERGED = MergeDone(128, 40, 1)
DOUBTS = tuple(
    Doubt(*words_of(Doubtful(why, pc, n, 0)), why is Reason.STRANGER)
    for why, pc, n in (
        (Reason.BRANCH, "PC Loket 3", 2),
        (Reason.STRANGER, "PC Arsip", 1),
        (Reason.TORN, "", 1),
    )
)
LETTERS = tuple(
    replace(pc, letters=n, delivered=n in {4, 5}) for n, pc in enumerate(ALL_SEEN)
)  # fmt: skip
BY_NET = tuple(
    replace(pc, fresh=True, heard=DAY if pc.visited is None or n == 4 else None) for n, pc in enumerate(PCS)
)
ROUNDS = {
    "jaringan": replace(ROUND, pcs=BY_NET),
    "hub": replace(ROUND, step=RoundStep.MERGE, pcs=ALL_SEEN, hub=3),
    "kosong": replace(ROUND, pcs=()),
    "keliling": ROUND,
    "keliling-12": replace(ROUND, pcs=TWELVE, stick=replace(STICK, pcs=4, letters=7)),
    "gabung": replace(ROUND, step=RoundStep.MERGE, pcs=ALL_SEEN, stick=STICK),
    "gabung-tanpa": replace(ROUND, step=RoundStep.MERGE, pcs=ALL_SEEN),
    "pusat": replace(
        ROUND, step=RoundStep.CENTRE, pcs=ALL_SEEN, stick=STICK, waiting=1_240_000, seconds=170,
        merged=MERGED,
    ),
    "jawaban": replace(
        ROUND, step=RoundStep.CENTRE, pcs=ALL_SEEN, stick=replace(STICK, answer=True), waiting=1_240_000,
        seconds=170, merged=MERGED,
    ),
    "antar": replace(
        ROUND, step=RoundStep.DELIVER, pcs=LETTERS, stick=replace(STICK, letters=37), letters=37,
        merged=MERGED, online=True,
    ),
    "sertifikat": replace(
        ROUND, step=RoundStep.DELIVER, pcs=LETTERS, stick=replace(STICK, letters=6), letters=6,
        certificates=37, merged=MERGED,
    ),
    "hilang": replace(ROUND, losses=LOST),
    "periksa": replace(ROUND, doubts=DOUBTS),
    "baru": replace(
        ROUND,
        step=RoundStep.CENTRE,
        merged=MergeDone(128, 40, newcomers=3),
        doubts=tuple(Doubt(*words_of(Doubtful(Reason.STRANGER, pc, n, 0)), newcomer=True)
                     for pc, n in (("PC Loket 1", 2), ("PC Arsip", 1))),
    ),
    "selesai": replace(ROUND, step=RoundStep.DELIVER, pcs=ALL_SEEN, finished=True),
}  # fmt: skip
MERGING = RoundProgress(3, 6, "PC Arsip", 96, 40, 20)
SENDING = RoundProgress(480_000, 1_240_000, seconds=115, octets=True)


class Desk:
    """The coordinator's desk: its round, and work that goes on only when the story lets it."""

    def __init__(self, view: RoundView = ROUND) -> None:
        self.view = view
        self.merged = MERGED
        self.answer = CentreDone(37)
        self.fault: Problem | None = None
        self.steps: tuple[RoundProgress, ...] = (MERGING,)
        self.go = threading.Event()
        self.asked: list[object] = []

    def actions(self, jobs: Jobs) -> RoundActions:
        return RoundActions(
            load=lambda: self.view,
            merge=lambda tell, stopped: self._work("merge", self.merged, tell, stopped),
            to_centre=lambda tell, stopped: self._work("send", self.answer, tell, stopped),
            take_answer=lambda tell, stopped: self._work("answer", self.answer, tell, stopped),
            report_lost=lambda note: self.asked.append(("lost", note)),
            checked=self._checked,
            visit=lambda: self.asked.append("visit"),
            own=lambda: self.asked.append("own"),
            say=lambda words: self.asked.append(("said", words)),
            copy=lambda words: self.asked.append(("copied", words)),
            jobs=jobs,
        )

    def _checked(self) -> None:
        self.asked.append("checked")
        self.view = replace(self.view, doubts=())

    def _work(self, what: str, done, tell: Tell, stopped: Stopped):
        for how_far in self.steps:
            tell(how_far)
        self.go.wait(20)
        if self.fault is not None:
            raise self.fault
        if stopped():
            self.asked.append("stopped")
            return replace(done, stopped=True)
        self.asked.append(what)
        return done


def computers(jobs: Jobs) -> ComputersActions:
    """Kantor > Komputer: one PC is old, of two something has not come, one of them is the desk's own."""
    day = 86_400
    rows = (
        ComputerRow(b"3" * 16, "PC Arsip", 2, NOW - 20 * day),
        ComputerRow(b"2" * 16, "PC Loket 2", 4, NOW - 2 * day, 2, NOW - 11 * day),
        ComputerRow(b"1" * 16, "PC Loket 1", 3, NOW - day),
        ComputerRow(b"0" * 16, "PC Sekretariat", 5, NOW, 1, NOW - 3 * day),
    )
    visits = {
        b"2" * 16: VisitRow(NOW - 2 * day, fresh=True),
        b"1" * 16: VisitRow(NOW - 40 * day, fresh=False),
    }
    visits[b"0" * 16] = VisitRow(NOW, fresh=True)
    view = ComputersView(rows, Days(ZoneInfo("Asia/Jayapura"), 2026, NOW), b"0" * 16, visits)
    return ComputersActions(lambda: view, jobs)
