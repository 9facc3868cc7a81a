"""What Kirim & terima says in words: where the work is, how far a delivery is, and what went last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.background.sending import SendingProgress
from desktop.formats import long_day, size
from desktop.language import tr, trn
from desktop.screens.status_line import Place

if TYPE_CHECKING:
    from desktop.screens.exchange import ExchangeView


def sending_words(how_far: SendingProgress) -> str:
    """`480 KB dari 1,2 MB, sekitar 3 menit lagi`; what nobody knows yet is not said."""
    done = size(how_far.done_bytes)
    if how_far.total_bytes is None:
        return tr("{n} sudah lewat. Masih ada yang diambil.").format(n=done)
    words = tr("{a} dari {b}").format(a=done, b=size(how_far.total_bytes))
    minutes = how_far.minutes_left
    if minutes is None:
        return words
    return f"{words}, " + trn("sekitar {n} menit lagi", minutes).format(n=minutes)


def now_words(view: ExchangeView) -> tuple[str, str]:
    """What happens now, and what the person has to do about it: mostly nothing."""
    if view.sending:
        about = tr("Anda dapat terus belajar.")
        return (
            tr("Sedang mengirim dan mengambil"),
            about if view.progress is None else sending_words(view.progress),
        )
    if view.place is Place.PC:
        return (
            tr("{n} catatan belum dikirim").format(n=view.unsent - view.held),
            tr("Tersimpan di komputer ini. Suluh mengirim sendiri begitu ada jaringan."),
        )
    if view.place is Place.COORDINATOR and view.held_since is not None:
        return (
            tr("Sudah di koordinator sejak {tgl}").format(tgl=long_day(view.held_since)),
            tr("Koordinator membawanya ke pusat. Salinan tetap ada di komputer ini."),
        )
    if view.received_since is not None:
        return (
            tr("Semua sudah diterima pusat"),
            tr("Terakhir {tgl}").format(tgl=long_day(view.received_since)),
        )
    return tr("Belum ada yang perlu dikirim"), tr("Hasil belajar tercatat di sini begitu Anda mulai.")


def facts(view: ExchangeView) -> tuple[tuple[str, str, str, str], ...]:
    """The last exchange as lines: icon, what, a word about it, how much."""
    last = view.last
    about = ""
    if last is not None:
        about = tr("{n} catatan terkirim, {m} diterima, {ukuran}").format(
            n=last.sent, m=last.received, ukuran=size(last.octets)
        )
    when = f"{long_day(last.day)}, {last.time}" if last else tr("belum pernah")
    made = [("clock", tr("Terakhir dikirim"), about, when)]
    if view.others:
        made.append(("lock", tr("Kiriman terkunci orang lain yang ikut dibawa"), "", str(view.others)))
    return tuple(made)
