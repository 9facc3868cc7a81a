"""What may be wrong with a stick, in words: what happened, that the work is safe, what to do."""

from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr


def pulled() -> Problem:
    """It was pulled out before the end."""
    return Problem(
        tr("Flashdisk tercabut sebelum selesai. Data di komputer ini aman."),
        tr("Pasang lagi, lalu pilih Coba lagi."),
    )


def foreign(office: str = "") -> Problem:
    """It belongs to another office; its name is told where it is known."""
    title = (
        tr("Flashdisk ini milik kantor {kantor}. Tidak ada yang disalin.").format(kantor=office)
        if office
        else tr("Flashdisk ini milik kantor lain. Tidak ada yang disalin.")
    )
    return Problem(title, tr("Cabut, lalu pasang flashdisk kantor Anda sendiri."))


def full(needed: int, free: int) -> Problem:
    """There is too little room on it; both in bytes."""
    return Problem(
        tr("Flashdisk penuh: perlu {perlu}, tersedia {ada}.").format(perlu=size(needed), ada=size(free)),
        tr("Pindahkan berkas lain dari flashdisk, atau pakai flashdisk lain. Data di komputer ini aman."),
    )


def locked() -> Problem:
    """It cannot be written."""
    return Problem(
        tr("Flashdisk tidak dapat ditulisi. Pakai flashdisk lain."),
        tr("Periksa tombol pengunci di badan flashdisk. Data di komputer ini aman."),
    )
