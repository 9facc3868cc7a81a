"""The cards of a round: the step with its button, the borrowed PC, the stick, and what merging brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import short_day, size
from desktop.language import tr, trn
from desktop.screens.arrange import TOP, Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.card import ListRow, card
from desktop.screens.fold import Fold
from desktop.screens.icons import Icon
from desktop.screens.notice import notice
from desktop.screens.round_views import (
    Doubt,
    LossTold,
    MergeDone,
    RoundProgress,
    RoundStep,
    RoundView,
    StickInside,
)
from desktop.screens.stepper import Dot, Stage
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

_NAMED = 44  # letters of names in one sentence
_DOUBTS = 6


def names(all_: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    told = 1
    while told < len(all_) and len(", ".join(all_[: told + 1])) <= _NAMED:
        told += 1
    words = ", ".join(all_[:told])
    left = len(all_) - told
    return tr("{nama} dan {n} lagi").format(nama=words, n=left) if left else words


def minutes_words(seconds: int) -> str:
    """`sekitar 3 menit`, never less than one."""
    minutes = max(1, -(-seconds // 60))
    return trn("sekitar {n} menit", minutes).format(n=minutes)


def step_words(view: RoundView) -> tuple[str, str]:
    """What this step is, and what to know about it."""
    return {
        RoundStep.TOUR: _tour_words,
        RoundStep.MERGE: _merge_words,
        RoundStep.CENTRE: _centre_words,
        RoundStep.DELIVER: _deliver_words,
    }[view.step](view)


def _tour_words(view: RoundView) -> tuple[str, str]:
    missing = view.missing
    about = tr("Pasang flashdisk di sana, juga di layar terkunci, lalu pilih Tukar data.")
    if not view.pcs:
        return tr("Mulai dari komputer ini."), tr("Pasang flashdisk di sini, lalu pilih Tukar data.")
    done = len(view.pcs) - len(missing)
    if not missing:
        return (
            tr("Data semua komputer sudah baru."),
            tr("Tidak perlu berkeliling sekarang. Flashdisk tetap dapat dipakai kapan saja."),
        )
    words = (
        trn("Kunjungi {n} komputer lagi: {komputer}", len(missing))
        if done
        else trn("Kunjungi {n} komputer: {komputer}", len(missing))
    )
    return words.format(n=len(missing), komputer=names(missing)), about


def _merge_words(view: RoundView) -> tuple[str, str]:
    if view.stick is None and not view.hub:
        return tr("Gabungkan hasil dari flashdisk"), tr("Pasang flashdisk koordinator di komputer ini.")
    pcs = view.hub + (0 if view.stick is None else view.stick.pcs)
    title = trn("Ada hasil dari {n} komputer.", pcs).format(n=pcs)
    return title, tr("Yang sudah pernah digabungkan tidak tercatat dua kali.")


def _centre_words(view: RoundView) -> tuple[str, str]:
    if view.stick is not None and view.stick.answer:
        about = tr("Ambil jawabannya, lalu antarkan kiriman ke setiap komputer.")
        return tr("Jawaban pusat ada di flashdisk."), about
    amount = f"{size(view.waiting)}, {minutes_words(view.seconds)}"
    if not view.online:
        town = tr("Tanpa internet di sini: bawa komputer ini ke kota, atau pakai komputer pinjaman.")
        amount = f"{amount}. {town}"
    return tr("Kirim hasil kantor ke pusat"), amount


def _deliver_words(view: RoundView) -> tuple[str, str]:
    if view.finished:
        about = tr("Semua kiriman sudah diantarkan. Putaran berikutnya mulai saat Anda menukar data lagi.")
        return tr("Putaran ini selesai."), about
    about = tr("Kunjungi lagi: {komputer}.").format(komputer=names(view.owed)) if view.owed else ""
    if not view.letters:
        return tr("Pusat sudah menerima semuanya."), about
    words = trn("Pusat sudah menerima semuanya. {n} kiriman siap diantarkan.", view.letters)
    if view.certificates:
        words = trn("Pusat sudah menerima semuanya. {n} sertifikat siap diantarkan.", view.certificates)
    return words.format(n=view.certificates or view.letters), about


def step_card(view: RoundView, buttons: Sequence[QWidget], problem: QWidget | None) -> QFrame:
    """The step under way, with the one button of its place."""
    title, about = step_words(view)
    icon = {
        RoundStep.TOUR: "stick",
        RoundStep.MERGE: "merge",
        RoundStep.CENTRE: "exchange",
        RoundStep.DELIVER: "courier",
    }[view.step]
    words: list[Part] = [None, label(title, "title", wrap=True, name="round_title")]
    if about:
        words.append(label(about, "muted", wrap=True, name="round_about"))
    said = holder(row((Icon(icon, "primary", 32), 0, TOP), (column(*words, None, gap=4), 1), gap=16))
    keys = holder(column(*buttons, gap=8))
    parts: list[Part] = [] if problem is None else [problem]
    parts.append(Fold((said, 1), (keys, 0), fold=520, gap=24))
    made = card(*parts, gap=14, margins=(20, 18, 20, 18))
    made.setObjectName("round_step")
    return made


def progress_words(step: RoundStep, how_far: RoundProgress) -> str:
    """The line under a step that is under way."""
    if step is RoundStep.MERGE:
        words = tr("{komputer}, komputer {n} dari {m}").format(
            komputer=how_far.name, n=min(how_far.done + 1, how_far.total), m=how_far.total
        )
        if not how_far.name:
            words = tr("Membaca flashdisk")
        if how_far.seconds:
            words += ", " + trn("sekitar {n} detik lagi", how_far.seconds).format(n=how_far.seconds)
        return words
    words = tr("{a} dari {b}").format(a=size(how_far.done), b=size(how_far.total))
    if not how_far.octets:
        words = tr("Bagian {n} dari {m}").format(n=how_far.done, m=how_far.total)
    return f"{words}, {minutes_words(how_far.seconds)}" if how_far.seconds else words


def borrowed_card(page: str, copy: Callable[[str], None]) -> QFrame:
    """A borrowed PC in town, in three lines."""
    address = page or tr("alamat pusat")
    lines = (
        tr("Bawa flashdisk ini. Di dalamnya ada KIRIM-KE-PUSAT dan BACA-SAYA."),
        tr("Di komputer pinjaman, buka {alamat} dan pilih berkas KIRIM-KE-PUSAT.").format(alamat=address),
        tr("Simpan JAWABAN-PUSAT ke flashdisk yang sama, lalu pasang lagi di komputer ini."),
    )
    head: list[Part] = [mid(label(tr("Komputer pinjaman"), "card"), 1)]
    if page:
        button = Button(tr("Salin alamat"), "quiet", "copy", name="copy_page")
        button.clicked.connect(lambda: copy(page))
        head.append(mid(button))
    parts: list[Part] = [row(*head)]
    for number, words in enumerate(lines, start=1):
        parts.append(row((Dot(number, Stage.AHEAD), 0, TOP), (label(words, wrap=True), 1), gap=12))
    parts.append(label(tr("Cukup peramban; tidak ada yang dipasang di sana."), "muted", wrap=True))
    made = card(*parts, gap=10, margins=(20, 12, 20, 16))
    made.setObjectName("round_borrowed")
    made.setAccessibleName(tr("Komputer pinjaman") + ". " + " ".join(lines))
    return made


def merged_words(done: MergeDone) -> str:
    """What merging brought, in one line."""
    words = tr("{baru} data baru, {lama} sudah ada, {n} perlu diperiksa.").format(
        baru=done.new, lama=done.known, n=done.doubts
    )
    if done.newcomers:
        words += " " + trn("{n} orang baru menunggu dikenali.", done.newcomers).format(n=done.newcomers)
    return words


def merged_notices(done: MergeDone) -> tuple[QFrame, ...]:
    """What merging brought, and what should be looked at."""
    about = (
        tr("Dihentikan sebelum selesai; sisanya dapat digabungkan nanti.")
        if done.stopped
        else tr("Salinan tetap ada di setiap komputer sampai pusat menerimanya.")
    )
    return (notice("ok", merged_words(done), about, icon="tick", name="round_merged"),)


def doubts_notice(doubts: Sequence[Doubt], checked: Callable[[], None]) -> tuple[QFrame, ...]:
    """What should be looked at, each with its sentence and what to do; it stays until somebody says so.

    Newcomers stand apart and calmly, with what to do said once. One button, on the first notice, closes all.
    """
    faults = [one for one in doubts if not one.newcomer]
    newcomers = [one for one in doubts if one.newcomer]
    made: list[QFrame] = []
    if faults:
        told = "\n\n".join(_at_most([f"{one.title} {one.about}" for one in faults]))
        done = Button(tr("Sudah diperiksa"), "plain", "tick", name="round_checked")
        done.clicked.connect(checked)
        title = trn("{n} hal perlu diperiksa", len(faults)).format(n=len(faults))
        made.append(notice("warn", title, told, done, name="round_doubts"))
    if newcomers:
        told = "\n".join(_at_most([one.title for one in newcomers])) + "\n\n" + newcomers[0].about
        keys: list[QWidget] = []
        if not faults:
            read = Button(tr("Mengerti"), name="round_checked")
            read.clicked.connect(checked)
            keys.append(read)
        title = tr("Orang baru, biasa pada kunjungan pertama")
        made.append(notice("info", title, told, *keys, icon="people", name="round_newcomers"))
    return tuple(made)


def _at_most(told: list[str]) -> list[str]:
    """The first of the sentences, and how many more there are."""
    if len(told) <= _DOUBTS:
        return told
    return [*told[:_DOUBTS], tr("dan {n} lagi").format(n=len(told) - _DOUBTS)]


def loss_notices(losses: Sequence[LossTold]) -> tuple[QFrame, ...]:
    """Sticks that were reported lost: whether the centre knows, and until when it must."""
    made = []
    for one in losses:
        title = tr("Flashdisk dilaporkan hilang {tgl}").format(tgl=short_day(one.on))
        about = tr("Pusat sudah menerima laporan ini.")
        if not one.at_centre:
            about = tr("Laporan belum sampai di pusat. Kirim sebelum {batas}.").format(batas=one.until)
        about += " " + trn("Isinya terkunci; pekerjaan {n} orang dikumpulkan lagi.", one.people).format(
            n=one.people
        )
        made.append(notice("info" if one.at_centre else "warn", title, about, name="round_loss"))
    return tuple(made)


def stick_card(stick: StickInside | None, lost: Callable[[], None]) -> QFrame:
    """The coordinator's stick: what it holds, and a way to report that it is lost."""
    report = Button(tr("Laporkan flashdisk hilang"), "quiet", "warning", name="report_lost")
    report.clicked.connect(lost)
    parts: list[Part] = [label(tr("Flashdisk koordinator"), "card"), 4]
    if stick is None:
        parts.append(row(mid(Icon("stick", "muted", 20)), (label(tr("Belum terpasang"), "muted"), 1), gap=12))
    else:
        facts = [
            ("people", tr("Hasil peserta"), size(stick.octets)),
            ("letter", tr("Kiriman untuk diantarkan"), str(stick.letters)),
        ]
        if stick.free is not None:
            facts.append(("disk", tr("Ruang tersisa"), size(stick.free)))
        parts.append(row(mid(Icon("stick-ok", "ok", 20)), (Elided(stick.label, "strong"), 1), gap=12))
        parts += [_fact(*one) for one in facts]
    parts += [6, line(), row(report, None)]
    made = card(*parts, gap=6, margins=(20, 14, 20, 8))
    made.setObjectName("round_stick")
    made.setAccessibleName(tr("Flashdisk koordinator"))
    return made


def own_card(words: str, open_: Callable[[], None]) -> QFrame:
    """The coordinator's own work, one click away."""
    entry = ListRow("book", tr("Pekerjaan saya"), words, open_, name="own_work", height=60)
    return holder(column(entry, gap=0), "card")


def _fact(icon: str, words: str, value: str) -> QWidget:
    made = holder(row(mid(Icon(icon, "muted", 20)), (Elided(words), 1), mid(label(value, "strong")), gap=12))
    made.setFixedHeight(sp(30))
    made.setAccessibleName(f"{words}: {value}")
    return made
