"""Quizzes of an invented office as the trainer and the desk see them: enough answers, too few, and none."""

from desktop.screens.exam_views import ExamActions, ExamRow, ExamsView, SeatRow
from desktop.screens.quiz_desk_views import ItemRow, QuizDeskActions, QuizDeskView, QuizRow, RecountRow

WHY = "Kunci soal 9 keliru: Perpres 95 Tahun 2018 pasal 4 (Anda, 24 November 2026)"
ITEMS = (
    ItemRow(0, "Kunci layar sebelum pergi.", 38, 92, 0.31, "Salah", 3),
    ItemRow(1, "Berkas KTP disimpan di …", 38, 55, 0.62, "meja loket", 12),
    ItemRow(
        7,
        "Seorang pemohon meminta salinan data tetangganya karena terburu-buru, dan atasan Anda sedang tidak di"
        " tempat. Apa yang Anda lakukan lebih dahulu?",
        38,
        71,
        0.08,
        "Memberikan salinan, lalu melapor kepada atasan pada hari kerja berikutnya",
        9,
    ),
    ItemRow(8, "Arsitektur SPBE ditetapkan oleh …", 38, 24, -0.41, "Menteri PANRB", 26, WHY),
    ItemRow(9, "Urutkan langkah pengamanan berkas.", 38, 47, -0.12, "1. Catat; 2. Terima; 3. Simpan", 11),
)
LOG = (
    RecountRow(
        "Rahel Marpaung",
        "percobaan 1, nilai 66,7 menjadi 72,7, tanpa soal 9, 24 November 2026",
        "Menjadi lulus",
        "ok",
    ),
    RecountRow(
        "Dorkas Wonda",
        "percobaan 2, nilai tetap 70, tanpa soal 9, 24 November 2026",
        "Tetap lulus, lihat lagi",
        "warn",
    ),
)
FULL = QuizRow("1.0 k/m/kuis", "Kuis akhir keamanan informasi di loket", "1.0", 38, ITEMS, LOG)
SMALL = QuizRow(
    "1.1 k/m/kuis",
    "Kuis akhir keamanan informasi di loket",
    "1.1",
    3,
    (ItemRow(0, "Bunyi soal tidak ada di komputer ini.", 3, 67, None, "", 0),),
    (),
    "Pasang paket versi 1.1 untuk membaca bunyi soalnya.",
)
VIEW = QuizDeskView((FULL, SMALL), "menurut data yang sudah sampai di sini, 24 November 2026")
EMPTY = QuizDeskView((), VIEW.as_of)


def actions(view: QuizDeskView = VIEW) -> QuizDeskActions:
    """A desk of these; what is voided goes nowhere."""
    return QuizDeskActions(
        lambda: view,
        lambda _key, _question: "38 percobaan dihitung ulang. 4 percobaan menjadi lulus.",
        lambda _key, _question, _reason: None,
    )


EXAM = ExamRow(
    b"e" * 16,
    "Ujian akhir keamanan informasi di loket",
    "24 November 2026, Aula Setda, hadir 2 dari 4 orang",
    (
        SeatRow(b"1", "Rahel Marpaung", "7K2M-9QXA", "Hadir, memakai kode", "ok", ticks=False),
        SeatRow(b"2", "Dorkas Wonda", "0H4T-W8ZC", "Hadir", "ok", ticks=True),
        SeatRow(b"3", "Goreti Kambuaya Mambrasar Rumbiak", "M3PE-51RD", "Tidak hadir", "warn", ticks=True),
        SeatRow(b"4", "Hengki Itlay", "AX6N-2VGS", "Belum dicatat", "muted", ticks=True),
    ),
    (
        "09.12, Rahel Marpaung, insiden listrik, komputer mati 14 menit",
        "09.40, Proyektor padam dua menit, semua tetap duduk",
    ),
)
EXAMS = ExamsView(
    (EXAM,),
    ("Kristina Yoku: Ujian akhir keamanan informasi di loket, 24 November 2026, tanpa kode",),
    (("k/m/ujian", "Ujian akhir keamanan informasi di loket, Keamanan di Loket"),),
    ("19880303 201201 2 004  Dorkas Wonda", "19860926 201505 1 001  Rahel Marpaung"),
    "24-11-2026",
)
NO_EXAM = ExamsView((), (), ())


def exams(view: ExamsView = EXAMS) -> ExamActions:
    """The exams of a proctor; what is stated goes nowhere."""

    def nothing(*_: object) -> None:
        return None

    return ExamActions(lambda: view, lambda *_: EXAM.key, nothing, nothing, nothing)
