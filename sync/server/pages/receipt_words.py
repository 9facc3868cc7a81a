"""What the page about receipts says, in Indonesian and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.server.pages.language import ENGLISH_MONTHS, MONTHS
from sync.server.pages.lookup import ENGLISH_TROUBLE, TROUBLE, Answer, Line

CODE, OFFICE = "kode", "kantor"


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """The page in one language; `title`, `place` and `other` are for its frame."""

    language: str
    other: tuple[str, str]
    title: str
    place: str
    lead: str
    lines: tuple[Line, ...]
    ask: str
    held: str
    came: str
    came_unknown: str
    shared: str
    nothing_else: str
    kinds: Mapping[str, str]
    months: tuple[str, ...]
    answers: Mapping[Answer, str]


INDONESIAN = ReceiptWords(
    language="id",
    other=("en", "English"),
    title="Periksa tanda terima",
    place="Pekerjaan yang sudah sampai di pusat",
    lead="Ketik kode dari Di mana pekerjaan saya. Halaman ini tidak menyebut nama siapa pun.",
    lines=(
        Line(CODE, "Kode tanda terima", "Delapan huruf dan angka, misalnya ABCD-EFGH.", 20),
        Line(OFFICE, "Nama kantor", "Persis seperti di layar masuk Suluh.", 200),
    ),
    ask="Periksa",
    held="{kind}, dikerjakan {done}.",
    came="Diterima pusat pada {came}.",
    came_unknown="Sudah diterima pusat; harinya tidak dicatat.",
    shared="Kode ini cocok dengan {count} pekerjaan. Cocokkan jenis dan tanggalnya.",
    nothing_else="Nama, nilai, dan isi pekerjaan tidak ditampilkan.",
    kinds={
        "quiz.finished": "Kuis selesai",
        "module.completed": "Modul selesai",
        "course.completed": "Mata pelatihan selesai",
        "assignment.submitted": "Tugas dikumpulkan",
    },
    months=MONTHS,
    answers={
        Answer.UNFIT: "Ini bukan kode tanda terima. Kode terdiri atas delapan huruf atau angka,"
        " misalnya ABCD-EFGH.",
        Answer.NO_OFFICE: "Tidak ada kantor dengan nama itu di pusat ini. Salin namanya dari layar masuk"
        " Suluh.",
        Answer.UNKNOWN: "Belum ada pekerjaan dengan kode ini di pusat. Bila dibawa dengan flashdisk, periksa"
        " lagi setelah koordinator kembali dari kota, dan setelah ia memastikan siapa Anda."
        " Pekerjaan Anda tetap ada di komputer.",
        Answer.LARGE: "Kantor ini terlalu besar untuk diperiksa di halaman ini. Minta petugas pusat"
        " memeriksanya.",
        **TROUBLE,
    },
)  # fmt: skip
ENGLISH = ReceiptWords(
    language="en",
    other=("id", "Bahasa Indonesia"),
    title="Check a receipt",
    place="Work that has reached the centre",
    lead="Type the receipt's code from Where my work is. This page names nobody.",
    lines=(
        Line(CODE, "Code of the receipt", "Eight letters and digits, such as ABCD-EFGH.", 20),
        Line(OFFICE, "Name of the office", "Exactly as on Suluh's sign-in screen.", 200),
    ),
    ask="Check",
    held="{kind}, done on {done}.",
    came="Received by the centre on {came}.",
    came_unknown="The centre has it; the day was not noted.",
    shared="This code fits {count} pieces of work. Compare kind and date.",
    nothing_else="Names, scores and contents are not shown.",
    kinds={
        "quiz.finished": "Quiz finished",
        "module.completed": "Module finished",
        "course.completed": "Course finished",
        "assignment.submitted": "Assignment handed in",
    },
    months=ENGLISH_MONTHS,
    answers={
        Answer.UNFIT: "This is no code of a receipt. A code has eight letters or digits, such as"
        " ABCD-EFGH.",
        Answer.NO_OFFICE: "No office of this centre has that name. Copy it from Suluh's sign-in screen.",
        Answer.UNKNOWN: "The centre has no work with this code yet. If it left with a stick, look again when"
        " the coordinator is back from town and has confirmed who you are."
        " Your work is still on the computer.",
        Answer.LARGE: "This office is too large to be looked through here. Ask the centre's staff.",
        **ENGLISH_TROUBLE,
    },
)  # fmt: skip
LANGUAGES = (INDONESIAN, ENGLISH)
