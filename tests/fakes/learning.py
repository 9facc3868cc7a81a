"""A learner's world without a store: courses, pages, a quiz of all seven kinds, and what was recorded."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.errors import Problem
from desktop.player.progress import State
from desktop.screens.learning_views import (
    ActivityRow,
    ActivityView,
    AttemptView,
    CourseCard,
    ImageBody,
    LearningActions,
    LibraryView,
    MarkView,
    MediaBody,
    ModuleRow,
    Option,
    OutlineView,
    PagesBody,
    PdfBody,
    QuestionKind,
    QuestionView,
    QuizActions,
    QuizBody,
    ResultView,
)
from desktop.screens.offer_views import OfferActions
from desktop.screens.pack_views import FoundPack, PackActions, PackPart, PackPreview, PackState
from sync.packs.outline import ActivityKind

COURSES = (
    CourseCard(
        "ppd",
        "Pelayanan Publik Digital",
        "",
        600,
        True,
        5,
        3,
        "1.0",
        "BPSDM Provinsi",
        started=True,
        glyph="page",
    ),
    CourseCard("ebk", "Etika dan Budaya Kerja", "", 400, True, 4, 0, "1.1", "BPSDM Provinsi", glyph="people"),
    CourseCard(
        "kik",
        "Keamanan Informasi Kantor",
        "",
        200,
        False,
        3,
        0,
        "1.0",
        "BPSDM Provinsi",
        new=True,
        glyph="lock",
    ),
)

PAGE = """# Maklumat layanan di loket

Maklumat pelayanan adalah janji tertulis kepada masyarakat: apa yang akan diterima, berapa lama, dan berapa
biayanya. Janji itu ditandatangani pimpinan kantor dan dipasang di tempat yang mudah dibaca dari ruang tunggu.

## Tiga syarat maklumat yang baik

1. Waktu ditulis dalam jam atau hari kerja, bukan "secepatnya".
2. Biaya ditulis dalam rupiah, juga bila nol.
3. Ada nama jabatan yang menerima keluhan, dan cara menghubunginya tanpa internet.

> **Catatan.** Bila berkas belum lengkap, petugas memberi daftar kekurangan tertulis, bukan penjelasan lisan.

| Layanan | Waktu | Biaya (Rp) |
|---|---|--:|
| Kartu keluarga | 1 hari kerja | 0 |
| Akta kelahiran | 2 hari kerja | 0 |
"""

QUESTIONS = (
    QuestionView(
        0,
        QuestionKind.SINGLE,
        "Seorang warga datang dari kampung yang jauh, tetapi satu lampirannya belum ada. Antrean masih panjang. "
        "Apa yang sebaiknya dilakukan petugas loket?",
        options=(
            Option(2, "Meminta warga pulang dan kembali bila berkasnya sudah lengkap."),
            Option(0, "Memberi daftar kekurangan tertulis dan menerima berkas yang sudah ada."),
            Option(1, "Mendahulukan warga itu tanpa memeriksa berkas."),
            Option(3, "Menyerahkan keputusan kepada petugas berikutnya."),
        ),
    ),
    QuestionView(
        1,
        QuestionKind.MULTIPLE,
        "Apa saja yang wajib ada dalam maklumat pelayanan?",
        options=(
            Option(0, "Jangka waktu"),
            Option(1, "Biaya"),
            Option(2, "Foto pejabat"),
            Option(3, "Jalur aduan"),
        ),
    ),
    QuestionView(2, QuestionKind.TRUE_FALSE, "Warga boleh mengadu kepada Ombudsman tanpa biaya."),
    QuestionView(3, QuestionKind.SHORT, "Apa kepanjangan huruf P pertama dalam SPBE?"),
    QuestionView(4, QuestionKind.NUMBER, "Satu jam pelajaran setara berapa menit?"),
    QuestionView(
        5,
        QuestionKind.MATCHING,
        "Pasangkan lembaga dengan tugasnya.",
        prompts=("Ombudsman", "Inspektorat", "Pembina"),
        options=(
            Option(1, "mengawasi dari dalam pemerintah daerah"),
            Option(0, "menerima laporan maladministrasi"),
            Option(2, "bupati atau wali kota"),
        ),
    ),
    QuestionView(
        6,
        QuestionKind.ORDERING,
        "Urutkan langkah menangani aduan.",
        options=(
            Option(2, "Memeriksa kebenarannya"),
            Option(0, "Mencatat aduan"),
            Option(3, "Memberi jawaban tertulis"),
            Option(1, "Memberi nomor aduan"),
        ),
    ),
)
RIGHT = {0: "0", 1: "0,1,3", 2: "1", 3: "pemerintahan", 4: "45", 5: "0,1,2", 6: "0,1,2,3"}


def rows(done: int = 2, module: str = "m3") -> tuple[ActivityRow, ...]:
    """Return the activities of the module, the first `done` of them completed."""
    kinds = (
        ("a1", "Mengapa layanan digital", ActivityKind.PAGE, 12, 3),
        ("a2", "Cerita dari loket", ActivityKind.VIDEO, 6, 0),
        ("a3", "Maklumat layanan di loket", ActivityKind.PAGE, 10, 2),
        ("a4", "Wawancara praktisi", ActivityKind.AUDIO, 8, 0),
        ("a5", "Bahan bacaan", ActivityKind.PDF, 15, 0),
        ("a6", "Peta jalur aduan", ActivityKind.IMAGE, 2, 0),
        ("a7", "Kuis: Standar dan Maklumat", ActivityKind.QUIZ, 10, 7),
    )
    return tuple(
        ActivityRow(f"ppd/{module}/{i}", title, kind, minutes, State.DONE if n < done else State.NEW, count)
        for n, (i, title, kind, minutes, count) in enumerate(kinds)
    )


@dataclass
class LearningWorld:
    """What the screens ask for, kept in memory; `recorded` is what a store would have been told."""

    recorded: list[tuple[object, ...]] = field(default_factory=list)
    drafts: dict[str, bytes] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    courses: tuple[CourseCard, ...] = COURSES
    pages: tuple[str, ...] = (PAGE, PAGE)
    media: Path | None = None
    pdf: Path | None = None
    transcript: str = "Petugas: Selamat pagi, ada yang dapat kami bantu?"
    captions: str = ""
    image: bytes = b""
    interrupted: bool = False
    left: int | None = None  # seconds on the clock of the quiz
    fixed: bool = False
    attempt: int = 0
    used: int = 0
    fail_answers: bool = False
    last: ResultView | None = None
    packs: tuple[FoundPack, ...] = ()
    offers: OfferActions | None = None
    preview: PackPreview | None = None
    refuse: Problem | None = None
    go: threading.Event = field(default_factory=threading.Event)
    questions: tuple[QuestionView, ...] = QUESTIONS
    done: int = 2

    def actions(self) -> LearningActions:
        """Hand the screens their callables."""
        return LearningActions(
            load_library=lambda: LibraryView(self.courses, self.courses[0].id if self.courses else None),
            load_outline=self.outline,
            open_activity=self.open,
            record_page_read=self._page,
            record_watched=self._watched,
            save_draft=self._draft,
            quiz=QuizActions(
                self._start,
                self._answer,
                self._finish,
                lambda _, attempt: self.recorded.append(("beat", attempt)),
                lambda _, attempt: self.recorded.append(("away", attempt)),
            ),
            packs=PackActions(lambda: self.packs, self._inspect, self._install),
            offers=self.offers,
        )

    def outline(self, course: str) -> OutlineView:
        """Lay out one course of three modules."""
        modules = (
            ModuleRow("ppd/m1", "Layanan publik dan hak warga", 70, State.DONE, rows(7, "m1")[:4]),
            ModuleRow("ppd/m3", "Standar dan Maklumat", 63, State.STARTED, rows(self.done)),
            ModuleRow("ppd/m4", "Data dan keamanan", 55, State.NEW, rows(0, "m4")[:3]),
        )
        card = next(c for c in self.courses if c.id == course)
        return OutlineView(card, modules, "ppd/m3/a3")

    def open(self, activity: str) -> ActivityView:
        """Open one activity of the middle module."""
        listed = rows(self.done)
        row = next(r for r in listed if r.id == activity)
        at = listed.index(row)
        return ActivityView(
            id=activity,
            title=row.title,
            kind=row.kind,
            course="ppd",
            course_title="Pelayanan Publik Digital",
            module=ModuleRow("ppd/m3", "Standar dan Maklumat", 63, State.STARTED, listed),
            module_number=3,
            modules=5,
            body=self._body(row),
            draft=self.drafts.get(activity),
            done=row.state is State.DONE,
            previous=listed[at - 1].id if at else None,
            next=listed[at + 1].id if at + 1 < len(listed) else None,
        )

    def _body(self, row: ActivityRow):
        if row.kind is ActivityKind.PAGE:
            names = tuple(f"m3/p{n}.md" for n in range(len(self.pages)))
            return PagesBody(names, self.pages, lambda path: self.image or None)
        if row.kind is ActivityKind.PDF:
            return PdfBody(self.pdf or Path("missing.pdf"))
        if row.kind is ActivityKind.IMAGE:
            return ImageBody(self.image, "Jalur aduan dari loket sampai Ombudsman.")
        if row.kind is ActivityKind.QUIZ:
            return self._quiz()
        return MediaBody(
            self.media or Path("missing.webm"),
            self.transcript,
            self.captions,
            "m3/transkrip.md",
            lambda path: self.image or None,
        )

    def _quiz(self) -> QuizBody:
        running = None
        if self.attempt:
            running = AttemptView(
                self.attempt, self.questions, dict(self.answers), self.interrupted, self.left, self.fixed
            )
        limit = None if self.left is None else 1800
        return QuizBody(len(self.questions), 70, 3, self.used, None, running, self.last, limit, self.fixed)

    def _page(self, activity: str, page: int, seconds: int) -> bool:
        self.recorded.append(("page", activity, page, seconds))
        read = {r[2] for r in self.recorded if r[:2] == ("page", activity)}
        return len(read) == len(self.pages)

    def _watched(self, activity: str, second: int, seconds: int, length: int) -> bool:
        self.recorded.append(("watched", activity, second, seconds, length))
        return False

    def _draft(self, activity: str, draft: bytes) -> None:
        self.drafts[activity] = draft

    def _start(self, activity: str) -> AttemptView:
        if self.attempt:
            return AttemptView(self.attempt, self.questions, dict(self.answers), left=self.left)
        self.attempt = self.used + 1
        self.used = self.attempt
        self.answers = {}
        self.recorded.append(("started", activity, self.attempt))
        return AttemptView(self.attempt, self.questions, left=self.left)

    def _answer(self, activity: str, attempt: int, question: int, answer: str, seconds: int) -> None:
        if self.fail_answers:
            raise Problem("Ruang penyimpanan penuh.", "Yang sudah tersimpan tetap aman.")
        self.answers[question] = answer
        self.recorded.append(("answered", activity, attempt, question, answer, seconds))

    def _finish(self, activity: str, attempt: int) -> ResultView:
        marks = tuple(
            MarkView(
                q.id,
                q.text,
                self.answers.get(q.id) == RIGHT.get(q.id),
                self.answers.get(q.id, ""),
                RIGHT.get(q.id, ""),
                "Lihat pasal 22 UU 25 Tahun 2009 tentang Pelayanan Publik.",
            )
            for q in self.questions
        )
        right = sum(m.correct for m in marks)
        score = right * 10000 // len(marks)
        self.attempt = 0
        self.last = ResultView(attempt, score, right, len(marks), score >= 7000, 3 - attempt, marks)
        self.recorded.append(("finished", activity, attempt, right))
        return self.last

    def _inspect(self, path: Path) -> PackPreview:
        if self.refuse is not None:
            raise self.refuse
        return self.preview or PREVIEW

    def _install(self, preview, report, cancelled) -> bool:
        for step in range(100):
            report(step, 100)
            if cancelled():
                self.recorded.append(("cancelled",))
                return False
            if step == 30:
                self.go.wait(5)
        self.recorded.append(("installed", preview.title))
        self.courses = (*self.courses, replace(COURSES[2], id="new", title=preview.title))
        return True


PREVIEW = PackPreview(
    token="kik",
    course="kik",
    title="Keamanan Informasi Kantor",
    version="1.2",
    publisher="BPSDM Provinsi",
    jp=200,
    modules=3,
    parts=(
        PackPart(ActivityKind.PAGE, 9, 22, 400_000),
        PackPart(ActivityKind.VIDEO, 2, 2, 31_000_000, 2),
        PackPart(ActivityKind.QUIZ, 1, 20, 12_000),
        PackPart(ActivityKind.PDF, 1, 0, 380_000),
    ),
    size=48_000_000,
    needed=48_000_000,
    free=38_200_000_000,
    capacity=99_600_000_000,
    change_note="perbaikan soal 9, video lebih kecil.",
    state=PackState.UPDATE,
    installed_version="1.1",
    glyph="lock",
)
