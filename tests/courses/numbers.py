"""The right answer of every question that wants a number, worked out again from the numbers in its text."""

from fractions import Fraction

# Nine means of the office in the worked example of module 4.
MEANS = tuple(Fraction(n, 100) for n in (320, 310, 280, 390, 330, 340, 350, 290, 310))


def index(total: Fraction) -> Fraction:
    """The converted index of satisfaction: nine elements of equal weight, times 25."""
    return total / 9 * 25


def on_time(kept: int, of: int) -> Fraction:
    return Fraction(kept, of) * 100


def grade_of(converted: Fraction) -> str:
    """The letter of PermenPANRB 14/2017 for a converted index rounded to two places."""
    rounded = round(converted, 2)
    return (
        "A"
        if rounded >= Fraction("88.31")
        else "B"
        if rounded >= Fraction("76.61")
        else "C"
        if rounded >= 65
        else "D"
    )


ANSWERS = {
    "M1-03 Jumlah asas": Fraction(len("abcdefghijkl")),
    "M1-08 Lama peristiwa": Fraction(2),
    "M2-09 Tenggat kebocoran": Fraction(3 * 24),
    "M3-01 Jumlah komponen": Fraction(6 + 8),
    "M3-07 Ketepatan waktu": on_time(54, 60),
    "M3-08 Rata-rata waktu": Fraction(sum((30, 45, 50, 65, 80)), 5),
    "M4-01 Tanggapan pertama": Fraction(14),
    "M4-06 Jumlah unsur": Fraction(len(MEANS)),
    "M4-07 Nilai satu unsur": Fraction(4 * 4 + 4 * 3 + 2 * 2, 10),
    "M4-08 Menghitung IKM": index(Fraction("28.80")),
    "M5-06 Membaca uji coba": on_time(12, 30) - on_time(4, 25),
    "M5-08 Mencocokkan jumlah": Fraction(len(range(101, 118)) - 16),
    "K1-03 Kemungkinan PIN": Fraction(10**6),
    "K3-01 Tenggat": Fraction(3 * 24),
    "K3-03 Pekerjaan yang hilang": Fraction((24 - 16) + 14),
}


def shown(value: Fraction, places: int = 2) -> str:
    """A number the Indonesian way."""
    return f"{float(value):.{places}f}".replace(".", ",")
