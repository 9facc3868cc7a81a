"""The film of module 4: from nine means to one index, with the numbers of the worked example."""

from resources.courses.media.drawing import MUTED, Sheet, Tone
from resources.courses.media.figures_hearing import EXAMPLE, number
from resources.courses.media.film import Scene, eased

TITLE = "Menghitung IKM"
TOTAL = sum(EXAMPLE.values())  # hundredths
INDEX = TOTAL / 9  # hundredths
CONVERTED = INDEX * 25  # hundredths


def _bars(sheet: Sheet, grown: float, *, marked: bool = False) -> None:
    for place, (name, value) in enumerate(EXAMPLE.items()):
        y = 84 + place * 33
        low = marked and value == min(EXAMPLE.values())
        sheet.words(40, y + 17, name, size=15, bold=low)
        sheet.rect(168, y, max(value / 400 * 190 * grown, 2), 23, Tone.WARM if low else Tone.SOFT, radius=3)
        if grown >= 1:
            sheet.words(168 + value / 400 * 190 + 8, y + 17, number(value), size=15, bold=low)


def _steps(sheet: Sheet, shown: int) -> None:
    rows = (
        ("1", "Rata-rata setiap unsur", "nilai 1 sampai 4"),
        ("2", f"Jumlah {number(TOTAL)} dibagi 9", f"nilai indeks {INDEX / 100:.3f}".replace(".", ",")),
        ("3", "Dikali 25", f"nilai konversi {number(round(CONVERTED))}"),
    )
    for place, (label, head, note) in enumerate(rows[:shown]):
        y = 84 + place * 74
        sheet.rect(440, y, 374, 62, Tone.DEEP if place == shown - 1 else Tone.SOFT)
        colour = "#FFFFFF" if place == shown - 1 else "#17211F"
        sheet.badge(472, y + 31, label, radius=15, tone=Tone.PLAIN)
        sheet.words(502, y + 27, head, size=17, bold=True, colour=colour, room=300)
        sheet.words(502, y + 48, note, size=15, colour=colour, room=300)


def _scale(sheet: Sheet, part: float) -> None:
    left, width = 440.0, 374.0
    for low, high, letter, tone in (
        (25, 65, "D", Tone.RED),
        (65, 76.6, "C", Tone.WARM),
        (76.6, 88.3, "B", Tone.BLUE),
        (88.3, 100, "A", Tone.SOFT),
    ):
        x = left + (low - 25) / 75 * width
        sheet.rect(x, 342, (high - low) / 75 * width, 32, tone, radius=2)
        sheet.words(x + (high - low) / 150 * width, 364, letter, size=16, bold=True, anchor="middle")
    at = left + (CONVERTED / 100 - 25) / 75 * width * eased(part)
    sheet.arrow((at, 316), (at, 341))
    sheet.words(min(at + 8, 740), 330, number(round(CONVERTED)), size=15, bold=True)


def _start(sheet: Sheet, part: float) -> None:
    for place, word in enumerate(("Rata-rata", "Indeks", "Konversi")):
        if part * 4 > place:
            sheet.box(60 + place * 256, 160, 222, 120, f"{place + 1}. {word}", (), Tone.SOFT, size=22)
    sheet.words(427, 330, "sembilan unsur, satu angka", size=18, colour=MUTED, anchor="middle")


def _average(sheet: Sheet, part: float) -> None:
    _bars(sheet, eased(part))
    _steps(sheet, 1)


def _total(sheet: Sheet, _: float) -> None:
    _bars(sheet, 1)
    _steps(sheet, 2)


def _convert(sheet: Sheet, _: float) -> None:
    _bars(sheet, 1)
    _steps(sheet, 3)


def _grade(sheet: Sheet, part: float) -> None:
    _convert(sheet, part)
    _scale(sheet, part)


def _lowest(sheet: Sheet, _: float) -> None:
    _bars(sheet, 1, marked=True)
    _steps(sheet, 3)
    _scale(sheet, 1)


SCENES = (
    Scene("Kita hitung indeks kepuasan masyarakat dengan tiga langkah.", _start),
    Scene(
        "Langkah satu. Hitung rata-rata setiap unsur. Ada sembilan unsur, nilai 1 sampai 4.",
        _average,
    ),
    Scene(
        "Langkah dua. Jumlahkan sembilan nilai. Hasilnya 29,20. Lalu bagi sembilan.",
        _total,
        "Langkah dua. Jumlahkan sembilan nilai. Hasilnya dua puluh sembilan koma dua. Lalu bagi sembilan.",
    ),
    Scene(
        "Langkah tiga. Kalikan 25. Hasilnya 81,11.",
        _convert,
        "Langkah tiga. Kalikan dua puluh lima. Hasilnya delapan puluh satu koma satu satu.",
    ),
    Scene("Nilai itu termasuk mutu B, kinerja baik.", _grade, "Nilai itu termasuk mutu bé, kinerja baik."),
    Scene(
        "Lihat unsur yang paling rendah, yaitu waktu penyelesaian. Mulailah memperbaiki dari sana.", _lowest
    ),
)
