"""What the page about exams says, in Indonesian and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.folds.exams import Seat
from sync.server.pages.language import ENGLISH_MONTHS, MONTHS
from sync.server.pages.lookup import ENGLISH_TROUBLE, TROUBLE, Answer, Line

WORD = "kata"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ExamsWords:
    """The page in one language; `title`, `place` and `other` are for its frame."""

    language: str
    other: tuple[str, str]
    title: str
    place: str
    lead: str
    lines: tuple[Line, ...]
    ask: str
    sums: str
    none: str
    head: str
    exam_sums: str
    sitting: str
    columns: tuple[str, str, str, str, str]
    seats: Mapping[Seat, str]
    score: str
    waiting: str
    no_data: str
    incidents: str
    calm: str
    cut: str
    candidate: str
    room: str
    nameless: str
    months: tuple[str, ...]
    answers: Mapping[Answer, str]


INDONESIAN = ExamsWords(
    language="id",
    other=("en", "English"),
    title="Ujian di kantor",
    place="Ujian dengan pengawas",
    lead="Ketik kata masuk dari pengelola pusat. Yang tampil hanya kantor yang disebut kata itu.",
    lines=(Line(WORD, "Kata masuk", "Enam belas huruf dan angka. Jangan diteruskan.", _LONGEST),),
    ask="Lihat ujian",
    sums="{exams} ujian, {asked} peserta. {done} hasil sudah ada, {open} masih ditunggu.",
    none="Belum ada ujian dari kantor ini yang sampai di pusat.",
    head="{day}, {place}",
    exam_sums="Hadir {here} dari {asked}, kode mulai terpakai {codes}, tidak hadir {absent}, belum dicatat"
    " {unsaid}. Hasil {done} sudah ada, {open} masih ditunggu.",
    sitting="ujian ke-{n} hari itu",
    columns=("No.", "Kehadiran", "Mulai", "Hasil", "Data per"),
    seats={
        Seat.CODE: "Hadir, memakai kode",
        Seat.HERE: "Hadir, kode belum terpakai",
        Seat.ABSENT: "Tidak hadir",
        Seat.UNKNOWN: "Belum dicatat",
    },
    score="nilai {n}",
    waiting="ditunggu",
    no_data="belum ada",
    incidents="Kejadian",
    calm="Tidak ada kejadian yang dicatat.",
    cut="{at}, {who}: listrik padam, komputer mati {minutes} menit, waktu kuis tetap berjalan.",
    candidate="peserta {n}",
    room="ruangan",
    nameless="Nomor peserta mengikuti urutan pada berita acara ujian; nama tidak ditampilkan di sini.",
    months=MONTHS,
    answers={
        Answer.UNFIT: "Kata masuk terdiri dari enam belas huruf dan angka.",
        Answer.NO_OFFICE: "Kantor itu tidak dikenal di pusat ini.",
        Answer.UNKNOWN: "Tidak dikenal di pusat ini.",
        Answer.CLOSED: "Kata masuk ini tidak berlaku atau sudah berakhir. Mintalah yang baru kepada"
        " pengelola pusat.",
        Answer.LARGE: "Terlalu banyak yang diketik.",
        **TROUBLE,
    },
)
ENGLISH = ExamsWords(
    language="en",
    other=("id", "Bahasa Indonesia"),
    title="Exams of offices",
    place="Exams with a proctor",
    lead="Type the access word that the centre's operator gave you. It shows its own offices and no others.",
    lines=(Line(WORD, "Access word", "Sixteen letters and digits. Keep it to yourself.", _LONGEST),),
    ask="Show exams",
    sums="Exams: {exams}, people: {asked}. Results here: {done}, still awaited: {open}.",
    none="No exam of this office has reached the centre yet.",
    head="{day}, {place}",
    exam_sums="There: {here} of {asked}, start codes used: {codes}, absent: {absent}, not noted: {unsaid}."
    " Results here: {done}, still awaited: {open}.",
    sitting="exam {n} of that day",
    columns=("No.", "Attendance", "Begun", "Result", "Data as of"),
    seats={
        Seat.CODE: "There, used the code",
        Seat.HERE: "There, code not used",
        Seat.ABSENT: "Absent",
        Seat.UNKNOWN: "Not noted",
    },
    score="score {n}",
    waiting="awaited",
    no_data="none yet",
    incidents="Incidents",
    calm="No incident was noted.",
    cut="{at}, {who}: power cut, computer off for {minutes} minutes, the time of the quiz ran on.",
    candidate="person {n}",
    room="the room",
    nameless="Numbers follow the list in the exam's minutes; names are not shown here.",
    months=ENGLISH_MONTHS,
    answers={
        Answer.UNFIT: "An access word has sixteen letters and digits.",
        Answer.NO_OFFICE: "This centre does not know that office.",
        Answer.UNKNOWN: "This centre does not know it.",
        Answer.CLOSED: "This access word does not hold, or has ended. Ask the operator of the centre for a"
        " new one.",
        Answer.LARGE: "Too much was typed.",
        **ENGLISH_TROUBLE,
    },
)
LANGUAGES = (INDONESIAN, ENGLISH)
