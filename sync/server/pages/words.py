"""What the page for a borrowed PC says, in Indonesian and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Trouble(Enum):
    """Why a file was not taken, or no answer can be given; each has one sentence in each language."""

    NOTHING = "No file was chosen."
    EMPTY = "The file has no byte in it."
    FOREIGN_FILE = "Any other file: a photo, a document."
    ANSWER = "The file that the centre gave back, or part of one."
    TORN = "The beginning of the right file, and nothing whole after it."
    LARGE = "More than is taken in one piece."
    OTHER_CENTRE = "The right file, of an office that belongs to another centre."
    UNREADABLE = "The right file, and not one part of it opens here."
    BUSY = "Too many at a time, or too much from one address."
    EXPIRED = "The link to an answer that is no longer kept."
    BROKEN = "The centre failed inside."

    def __init__(self, sentence: str) -> None:
        """Keep for developers what each means."""
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Words:
    """The page in one language. `{…}` is filled in; pairs are for one and for many."""

    language: str
    other: tuple[str, str]
    title: str
    place: str
    lead: str
    choose: str
    choose_where: str
    send: str
    slow: str
    save: str
    save_later: str
    save_where: str
    save_button: str
    saved_then: str
    kept_for: str
    all_new: tuple[str, str]
    all_known: tuple[str, str]
    some: str
    lost: tuple[str, str]
    lost_do: str
    waits: tuple[str, str]
    unfit: tuple[str, str]
    names: str
    again: str
    not_taken: str
    safe: str
    troubles: Mapping[Trouble, str]


INDONESIAN = Words(
    language="id",
    other=("en", "English"),
    title="Kirim ke pusat",
    place="Dari flashdisk, di komputer mana saja",
    lead="Tidak ada yang perlu dipasang di komputer ini. Isi berkas terkunci: komputer ini tidak dapat membacanya.",
    choose="Pilih berkas KIRIM-KE-PUSAT.",
    choose_where="Berkas ini ada di flashdisk, di luar folder SULUH.",
    send="Kirim",
    slow="Pada sambungan lambat bisa beberapa menit: biarkan halaman ini terbuka. Jika terputus, kirim berkas yang"
    " sama sekali lagi; yang sudah sampai tidak hilang.",
    save="Simpan JAWABAN-PUSAT ke flashdisk yang sama.",
    save_later="Tombolnya muncul di sini setelah berkas terkirim.",
    save_where="Jika berkas masuk ke folder Unduhan (Downloads), pindahkan ke flashdisk, di samping KIRIM-KE-PUSAT.",
    save_button="Simpan JAWABAN-PUSAT",
    saved_then="Sesudah itu flashdisk boleh dicabut. Di kantor, pasang di komputer koordinator.",
    kept_for="Tombol ini berlaku satu jam. Sesudahnya, kirim berkas yang sama sekali lagi.",
    all_new=(
        "Pusat sudah menerima semuanya: {count} bagian.",
        "Pusat sudah menerima semuanya: {count} bagian.",
    ),
    all_known=(
        "Pusat sudah menerima semuanya. Tidak ada yang baru sejak kiriman terakhir.",
        "Pusat sudah menerima semuanya. Tidak ada yang baru sejak kiriman terakhir.",
    ),
    some="Pusat menerima {stored} dari {count} bagian.",
    lost=(
        "{count} bagian rusak atau tidak ada lagi dalam berkas ini.",
        "{count} bagian rusak atau tidak ada lagi dalam berkas ini.",
    ),
    lost_do="Simpan jawaban ini dulu. Lalu cabut dan pasang lagi flashdisk, dan kirim KIRIM-KE-PUSAT sekali lagi. Jika"
    " tetap sama, buat berkas itu lagi di komputer koordinator. Data di kantor tetap aman.",
    waits=(
        "{count} bagian belum dapat diterima karena pusat belum mengenal pemiliknya. Bagian itu dikirim lagi lain kali.",
        "{count} bagian belum dapat diterima karena pusat belum mengenal pemiliknya. Bagian itu dikirim lagi lain kali.",
    ),
    unfit=(
        "{count} bagian tidak dapat dibuka di pusat ini.",
        "{count} bagian tidak dapat dibuka di pusat ini.",
    ),
    names="Nama bagian yang belum diterima",
    again="Kirim berkas lain",
    not_taken="Belum ada yang dikirim.",
    safe="Data di flashdisk tidak berubah.",
    troubles={
        Trouble.NOTHING: "Belum ada berkas yang dipilih. Pilih berkas KIRIM-KE-PUSAT di flashdisk.",
        Trouble.EMPTY: "Berkas ini kosong. Buat lagi KIRIM-KE-PUSAT di komputer koordinator.",
        Trouble.FOREIGN_FILE: "Berkas ini bukan KIRIM-KE-PUSAT. Pilih berkas KIRIM-KE-PUSAT di flashdisk.",
        Trouble.ANSWER: "Ini berkas jawaban dari pusat, bukan kiriman. Pilih berkas KIRIM-KE-PUSAT.",
        Trouble.TORN: "Berkas ini terpotong dan tidak ada bagian yang utuh. Buat lagi di komputer koordinator.",
        Trouble.LARGE: "Berkas ini lebih besar dari {limit} MB, batas satu kiriman. Pilih berkas KIRIM-KE-PUSAT.",
        Trouble.OTHER_CENTRE: "Berkas ini dari kantor yang tidak terdaftar di pusat ini. Buka alamat yang tertulis di"
        " BACA-SAYA.txt pada flashdisk.",
        Trouble.UNREADABLE: "Pusat ini tidak dapat membuka satu bagian pun dari berkas ini. Buka alamat yang tertulis"
        " di BACA-SAYA.txt pada flashdisk.",
        Trouble.BUSY: "Pusat sedang menerima banyak kiriman. Coba lagi {minutes} menit lagi.",
        Trouble.EXPIRED: "Jawaban ini tidak disimpan lagi. Kirim KIRIM-KE-PUSAT sekali lagi, lalu simpan jawabannya.",
        Trouble.BROKEN: "Pusat sedang bermasalah. Coba lagi nanti dengan berkas yang sama.",
    },
)
ENGLISH = Words(
    language="en",
    other=("id", "Bahasa Indonesia"),
    title="Send to the centre",
    place="From a stick, on any computer",
    lead="Nothing needs to be installed on this computer. The file is locked: this computer cannot read it.",
    choose="Choose the file KIRIM-KE-PUSAT.",
    choose_where="It is on the stick, outside the folder SULUH.",
    send="Send",
    slow="On a slow connection this may take minutes: leave this page open. If it breaks, send the same file once"
    " more; what has arrived is not lost.",
    save="Save JAWABAN-PUSAT to the same stick.",
    save_later="The button appears here once the file is sent.",
    save_where="If the file lands in Downloads, move it to the stick, beside KIRIM-KE-PUSAT.",
    save_button="Save JAWABAN-PUSAT",
    saved_then="After that the stick may be pulled out. At the office, plug it into the coordinator's computer.",
    kept_for="This button works for one hour. After that, send the same file once more.",
    all_new=(
        "The centre has received everything: {count} part.",
        "The centre has received everything: {count} parts.",
    ),
    all_known=(
        "The centre has received everything. Nothing is new since the last time.",
        "The centre has received everything. Nothing is new since the last time.",
    ),
    some="The centre received {stored} of {count} parts.",
    lost=(
        "{count} part is damaged or no longer in this file.",
        "{count} parts are damaged or no longer in this file.",
    ),
    lost_do="Save this answer first. Then unplug the stick, plug it in again, and send KIRIM-KE-PUSAT once more. If"
    " nothing changes, make the file again at the coordinator's computer. The data at the office is safe.",
    waits=(
        "{count} part cannot be taken yet because the centre does not know its owner. It is sent again another time.",
        "{count} parts cannot be taken yet because the centre does not know their owner. They are sent again later.",
    ),
    unfit=("{count} part does not open at this centre.", "{count} parts do not open at this centre."),
    names="Names of the parts not received",
    again="Send another file",
    not_taken="Nothing was sent yet.",
    safe="The data on the stick is unchanged.",
    troubles={
        Trouble.NOTHING: "No file was chosen. Choose the file KIRIM-KE-PUSAT on the stick.",
        Trouble.EMPTY: "This file is empty. Make KIRIM-KE-PUSAT again at the coordinator's computer.",
        Trouble.FOREIGN_FILE: "This file is not KIRIM-KE-PUSAT. Choose the file KIRIM-KE-PUSAT on the stick.",
        Trouble.ANSWER: "This is the centre's answer, not what is sent to it. Choose the file KIRIM-KE-PUSAT.",
        Trouble.TORN: "This file is cut off and holds no whole part. Make it again at the coordinator's computer.",
        Trouble.LARGE: "This file is larger than {limit} MB, the most in one piece. Choose the file KIRIM-KE-PUSAT.",
        Trouble.OTHER_CENTRE: "This file is from an office that does not belong to this centre. Open the address given"
        " in BACA-SAYA.txt on the stick.",
        Trouble.UNREADABLE: "This centre cannot open a single part of this file. Open the address given in"
        " BACA-SAYA.txt on the stick.",
        Trouble.BUSY: "The centre is receiving a lot. Try again in {minutes} min.",
        Trouble.EXPIRED: "This answer is no longer kept. Send KIRIM-KE-PUSAT once more, then save the answer.",
        Trouble.BROKEN: "The centre has a problem. Try again later with the same file.",
    },
)
LANGUAGES = (INDONESIAN, ENGLISH)
