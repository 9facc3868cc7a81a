"""What is wrong with a stick, in words: what happened, that the work is safe, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr
from sync.client.stick import Stick, StickState
from sync.client.stick_disk import StickFault, Trouble


@contextmanager
def worded() -> Iterator[None]:
    """Turn what a stick does inside into a Problem."""
    try:
        yield
    except StickFault as fault:
        raise problem_of(fault) from fault


def problem_of(fault: StickFault) -> Problem:
    """Word a stick's trouble."""
    if fault.trouble is Trouble.FULL:
        return _full(fault.needed, fault.free)
    if fault.trouble is Trouble.PULLED:
        return Problem(
            tr("Flashdisk tercabut sebelum selesai. Data di komputer ini aman."),
            tr("Pasang lagi, lalu pilih Coba lagi."),
            details=fault.trouble.name,
        )
    return Problem(
        tr("Flashdisk tidak dapat ditulisi. Pakai flashdisk lain."),
        tr("Periksa tombol pengunci di badan flashdisk. Data di komputer ini aman."),
        details=fault.trouble.name,
    )


def ready(stick: Stick, *, new: bool = False) -> StickState:
    """Look at a stick before anything is copied; with `new` one that is not prepared yet will do.

    Raises Problem for every stick that nothing is copied to or from.
    """
    state = stick.look()
    if state is StickState.OTHER_OFFICE:
        raise _foreign(stick.owner)
    if state is StickState.NO_STICK:
        raise problem_of(StickFault(Trouble.PULLED))
    if state is StickState.READ_ONLY:
        raise problem_of(StickFault(Trouble.READ_ONLY))
    if state is StickState.NEW and not new:
        raise Problem(
            tr("Flashdisk ini belum disiapkan untuk kantor Anda."),
            tr("Siapkan dulu di komputer koordinator. Berkas lain di flashdisk tidak diubah."),
        )
    return state


def without_office() -> Problem:
    """Say that this PC belongs to no office yet, so that nothing can be carried for it."""
    return Problem(
        tr("Komputer ini belum mengenal kantornya."),
        tr("Pasang berkas kantor dulu. Pekerjaan Anda tersimpan di komputer ini."),
    )


def without_key() -> Problem:
    """Say that whoever is signed in cannot open what was collected."""
    return Problem(
        tr("Hanya koordinator kantor ini yang dapat menggabungkan hasil."),
        tr("Masuk sebagai koordinator, lalu pilih Gabungkan lagi."),
    )


def _foreign(office: str) -> Problem:
    kind, _, rest = office.partition(" ")
    if kind.casefold() == "kantor" and rest:
        office = rest  # most offices are named so already, and the sentence says it too
    title = (
        tr("Flashdisk ini milik kantor {kantor}. Tidak ada yang disalin.").format(kantor=office)
        if office
        else tr("Flashdisk ini milik kantor lain. Tidak ada yang disalin.")
    )
    return Problem(title, tr("Cabut, lalu pasang flashdisk kantor Anda sendiri."))


def _full(needed: int, free: int) -> Problem:
    advice = tr("Pindahkan berkas lain dari flashdisk, atau pakai flashdisk lain. Data di komputer ini aman.")
    if not needed:
        return Problem(tr("Flashdisk penuh."), advice)
    title = tr("Flashdisk penuh: perlu {perlu}, tersedia {ada}.").format(perlu=size(needed), ada=size(free))
    return Problem(title, advice)
