"""The rules of a PIN, and the words for a door that stays shut."""

from datetime import date
from enum import Enum
from itertools import pairwise

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.doors import Shut

SHORTEST = 6
LONGEST = 12


class PinFault(Enum):
    """Why a PIN is not taken."""

    DIGITS = "it is not made of digits alone"
    LENGTH = "it is shorter than 6 digits or longer than 12"
    EASY = "all its digits are the same, or they count up or down"
    BIRTH_DATE = "it is the birth date, which the NIP shows to everybody"


def check_pin(pin: str, birth: date | None = None) -> PinFault | None:
    """Judge a new PIN; None when it may be used. `birth` is the person's birth date, where it is known."""
    if not (pin.isascii() and pin.isdigit()):
        return PinFault.DIGITS
    if not SHORTEST <= len(pin) <= LONGEST:
        return PinFault.LENGTH
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        return PinFault.EASY
    if birth is not None and pin in _spellings(birth):
        return PinFault.BIRTH_DATE
    return None


def pin_problem(fault: PinFault) -> Problem:
    """Word why a PIN is not taken."""
    if fault in {PinFault.DIGITS, PinFault.LENGTH}:
        return Problem(tr("PIN harus 6 sampai 12 angka."), tr("Pilih angka yang mudah Anda ingat."))
    return Problem(
        tr("PIN ini terlalu mudah ditebak."),
        tr("Jangan pakai angka berurutan, angka kembar semua, atau tanggal lahir."),
    )


def shut_problem(shut: Shut, *, code: bool = False) -> Problem:
    """Word a wrong PIN or reset code, or the pause after five of them."""
    if shut.wait:
        minutes = -(-shut.wait // 60)
        return Problem(
            tr("Terlalu banyak percobaan. Tunggu {n} menit.").format(n=minutes),
            tr("Pekerjaan Anda aman. Lupa PIN? Minta kode atur ulang PIN kepada koordinator."),
            wait=shut.wait,
        )
    title = tr("Kode atur ulang PIN tidak cocok.") if code else tr("PIN tidak cocok.")
    return Problem(title, tr("Tersisa {n} percobaan.").format(n=shut.left))


def _spellings(birth: date) -> frozenset[str]:
    return frozenset(birth.strftime(form) for form in ("%d%m%y", "%d%m%Y", "%y%m%d", "%Y%m%d", "%m%d%y"))
