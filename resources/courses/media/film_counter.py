"""The film of module 3: how a citizen's papers travel through the counter."""

from resources.courses.media.drawing import Sheet, Tone
from resources.courses.media.film import Scene, eased, paper

TITLE = "Alur di loket"

# The five stations and the side station, as x, y of the left top; each 146 wide and 74 high.
STATIONS = (
    (40, 124, "1. Datang", ("disapa,", "nomor urut")),
    (248, 124, "2. Diperiksa", ("satu kali,", "daftar syarat")),
    (456, 124, "3. Tanda terima", ("tertulis", "jam selesai")),
    (664, 124, "4. Diproses", ("register,", "pengganti")),
    (664, 290, "5. Diserahkan", ("hasil dan", "survei")),
    (248, 290, "Kekurangan", ("ditulis lengkap,", "ada dasarnya")),
)
# Where the papers rest in each scene: a station's number.
STOPS = (0, 1, 5, 2, 3, 4)


def _board(sheet: Sheet, now: int, seen: tuple[int, ...]) -> None:
    for place, (x, y, head, lines) in enumerate(STATIONS):
        tone = Tone.DEEP if place == now else Tone.SOFT if place in seen else Tone.PLAIN
        sheet.box(x, y, 146, 74, head, lines, tone, size=16)
    sheet.arrow((186, 161), (248, 161))
    sheet.arrow((394, 161), (456, 161))
    sheet.arrow((602, 161), (664, 161))
    sheet.arrow((737, 198), (737, 290))
    sheet.arrow((321, 198), (321, 290))
    sheet.arrow((248, 327), (113, 327), (113, 198), dashed=True)


def _rest(station: int) -> tuple[float, float]:
    x, y, _, _ = STATIONS[station]
    return x + 73, y - 26


def _scene(place: int) -> Scene:
    def draw(sheet: Sheet, part: float) -> None:
        _board(sheet, STOPS[place], STOPS[:place])
        x1, y1 = _rest(STOPS[place - 1]) if place else (-20.0, 98.0)
        x2, y2 = _rest(STOPS[place])
        way = eased(part)
        paper(sheet, x1 + (x2 - x1) * way, y1 + (y2 - y1) * way)
        if place == 4:
            sheet.rect(416, 290, 200, 74, Tone.BLUE)
            sheet.words(516, 322, "Internet putus?", size=16, bold=True, anchor="middle")
            sheet.words(516, 346, "Loket tetap buka", size=15, anchor="middle")

    return Scene(CAPTIONS[place], draw)


CAPTIONS = (
    "Warga datang. Petugas menyapa, lalu memberi nomor urut.",
    "Petugas memeriksa berkas satu kali, di depan warga, memakai daftar syarat.",
    "Belum lengkap? Petugas menulis lembar kekurangan. Warga tahu persis apa yang harus dibawa.",
    "Lengkap? Petugas memberi tanda terima. Di sana tertulis jam selesai.",
    "Internet putus? Loket tetap buka. Berkas dicatat, lalu dikirim saat jaringan kembali.",
    "Selesai. Warga menerima hasil, lalu mengisi survei singkat.",
)
SCENES = tuple(_scene(place) for place in range(len(CAPTIONS)))
