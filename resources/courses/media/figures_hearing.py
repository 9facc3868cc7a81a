"""Figures of module 4 of Pelayanan Publik Digital: complaints, the survey and its index."""

from resources.courses.media.drawing import INK, MUTED, Sheet, Tone

# Means of the nine elements in the worked example of module 4, hundredths, as the pages give them.
EXAMPLE = {
    "U1 Persyaratan": 320,
    "U2 Prosedur": 310,
    "U3 Waktu": 280,
    "U4 Biaya": 390,
    "U5 Produk": 330,
    "U6 Kompetensi": 340,
    "U7 Perilaku": 350,
    "U8 Pengaduan": 290,
    "U9 Sarana": 310,
}


def number(hundredths: int) -> str:
    """Return a number the Indonesian way, with two decimals."""
    return f"{hundredths / 100:.2f}".replace(".", ",")


def complaint_times() -> Sheet:
    """Draw the time limits of a complaint in UU 25/2009."""
    sheet = Sheet("Tenggat pengaduan menurut UU 25/2009", 214)
    sheet.line(((80, 66), (600, 66)))
    stops = (
        (80, "Diterima", ("tanda terima",), ""),
        (253, "Ditanggapi", ("lengkap", "atau belum"), "14 hari"),
        (427, "Diputuskan", ("setelah berkas", "lengkap"), "60 hari"),
        (600, "Disampaikan", ("kepada", "pengadu"), "14 hari"),
    )
    for place, (x, head, lines, span) in enumerate(stops):
        sheet.badge(x, 66, str(place + 1), radius=14)
        sheet.box(x - 60, 94, 120, 66, head, lines, Tone.SOFT if place else Tone.DEEP, size=13.5)
        if span:
            middle = (stops[place - 1][0] + x) / 2
            sheet.words(middle, 50, span, size=14, bold=True, anchor="middle")
    text = "Bila belum lengkap, pengadu melengkapi dalam 30 hari. Semua batas: paling lambat."
    sheet.words(340, 192, text, size=13, colour=MUTED, anchor="middle", room=650)
    return sheet


def survey_cycle() -> Sheet:
    """Draw the survey as a round that comes back to the counter."""
    sheet = Sheet("Siklus survei kepuasan masyarakat", 246)
    for place, (x, y, head, lines) in enumerate(
        (
            (20, 24, "Siapkan", ("kuesioner, sampel,", "petugas netral")),
            (244, 24, "Kumpulkan", ("setelah warga", "menerima hasil")),
            (468, 24, "Olah", ("rata-rata unsur,", "indeks, konversi")),
            (468, 144, "Sajikan", ("nilai, responden,", "unsur terendah")),
            (244, 144, "Tindak lanjuti", ("satu sebab,", "satu tindakan")),
            (20, 144, "Umumkan", ("anda bilang,", "kami lakukan")),
        )
    ):
        sheet.box(
            x, y, 192, 78, f"{place + 1}. {head}", lines, Tone.DEEP if place == 4 else Tone.SOFT, size=14.5
        )
    sheet.arrow((212, 63), (244, 63))
    sheet.arrow((436, 63), (468, 63))
    sheet.arrow((564, 102), (564, 144))
    sheet.arrow((468, 183), (436, 183))
    sheet.arrow((244, 183), (212, 183))
    sheet.arrow((116, 144), (116, 102))
    return sheet


def index_scale() -> Sheet:
    """Draw the quality bands on the converted scale, with the example at 81.11."""
    sheet = Sheet("Nilai konversi IKM dan mutu pelayanan", 200)
    left, right = 30.0, 650.0

    def at(value: float) -> float:
        return left + (value - 25) / 75 * (right - left)

    bands = (
        (25, 64.99, "D", "Tidak baik", Tone.RED),
        (65, 76.6, "C", "Kurang baik", Tone.WARM),
        (76.61, 88.3, "B", "Baik", Tone.BLUE),
        (88.31, 100, "A", "Sangat baik", Tone.SOFT),
    )
    for low, high, letter, word, tone in bands:
        sheet.rect(at(low), 78, at(high) - at(low), 56, tone, radius=2)
        middle = (at(low) + at(high)) / 2
        sheet.words(middle, 102, letter, size=18, bold=True, anchor="middle")
        sheet.words(middle, 124, word, size=12.5, anchor="middle", room=at(high) - at(low))
        sheet.words(at(low) + 2, 154, f"{low:.2f}".replace(".", ","), size=12, colour=MUTED)
    sheet.words(right, 154, "100", size=12, colour=MUTED, anchor="end")
    x = at(sum(EXAMPLE.values()) / 900 * 25)
    sheet.arrow((x, 48), (x, 77))
    sheet.words(x, 38, "Padang Lontar: 81,11", size=14, bold=True, anchor="middle")
    sheet.words(340, 182, "Nilai konversi = nilai indeks x 25", size=13, colour=MUTED, anchor="middle")
    return sheet


def elements_in_order() -> Sheet:
    """Draw the nine elements of the example from the lowest to the highest."""
    sheet = Sheet("Unsur survei, dari yang terendah", 330)
    left, full = 170.0, 400.0
    for place, (name, value) in enumerate(sorted(EXAMPLE.items(), key=lambda item: item[1])):
        y = 22 + place * 32
        first = place < 2
        sheet.words(left - 12, y + 16, name, size=13.5, bold=first, anchor="end")
        sheet.rect(left, y, value / 400 * full, 22, Tone.WARM if first else Tone.SOFT, radius=3)
        sheet.words(left + value / 400 * full + 10, y + 16, number(value), size=13.5, bold=first, colour=INK)
        if first:
            sheet.words(left + value / 400 * full + 50, y + 16, "prioritas", size=13, colour="#8A4B00")
    sheet.words(left, 320, "Skala 1 sampai 4; batang penuh berarti 4,00", size=12.5, colour=MUTED)
    return sheet


FIGURES = {
    "m4/waktu-pengaduan.svg": complaint_times,
    "m4/siklus-skm.svg": survey_cycle,
    "m4/skala-ikm.svg": index_scale,
    "m4/urutan-unsur.svg": elements_in_order,
}
