"""The insides of Tukar data's sheets: what will be done, the steps under way, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import size
from desktop.language import tr, trn
from desktop.screens.arrange import TOP, Part, column, holder, line, mid, row
from desktop.screens.icons import Icon
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from desktop.screens.visit_views import StickView, VisitDone, VisitProgress, VisitStep


def offer(stick: StickView) -> QWidget:
    """What a visit will do with this stick, before anything is done."""
    results = (
        trn("{n} catatan belajar", stick.results).format(n=stick.results) + f", {size(stick.result_bytes)}"
        if stick.results
        else tr("tidak ada yang baru")
    )
    letters = trn("{n} kiriman", stick.letters).format(n=stick.letters) if stick.letters else tr("tidak ada")
    rows = [
        fact("export", tr("Hasil dari komputer ini"), results),
        fact("letter", tr("Kiriman untuk komputer ini"), letters),
    ]
    rows += [fact("book", tr("Modul {modul}").format(modul=one.title), size(one.size)) for one in stick.packs]
    lock = label(
        tr("Isinya terkunci; hanya koordinator dan pusat yang dapat membukanya."), "muted", wrap=True
    )
    under = row((Icon("lock", "muted", 20), 0, TOP), (lock, 1), gap=10)
    return holder(column(_boxed(rows), 14, under, None, gap=0))


def done_body(done: VisitDone) -> QWidget:
    """What a visit did, in numbers."""
    rows = [
        fact("export", tr("Hasil yang disalin"), str(done.results), "ok"),
        fact("letter", tr("Kiriman yang diantarkan"), str(done.letters), "ok"),
    ]
    rows += [
        fact("book", tr("Modul {modul}").format(modul=title), tr("terpasang"), "ok") for title in done.packs
    ]
    return holder(column(*safe_box(done), 14, _boxed(rows), None, gap=0))


def safe_box(done: VisitDone) -> tuple[Part, ...]:
    """That the stick may be pulled out, and where to go next."""
    words: list[Part] = [label(tr("Flashdisk aman dicabut."), "title", wrap=True, name="visit_safe")]
    where = next_words(done)
    if where:
        words.append(label(where, wrap=True, name="visit_next"))
    inside = row(mid(Icon("stick-ok", "ok", 32)), (column(None, *words, None, gap=2), 1), gap=16,
                 margins=(20, 14, 20, 14))  # fmt: skip
    return (holder(inside, "ok", "visit_safe_box"),)


def next_words(done: VisitDone) -> str:
    """Where the round leads from here; empty where this PC cannot know."""
    if done.left is None:
        return ""
    if not done.left:
        return tr("Semua komputer sudah dikunjungi. Berikutnya: Gabungkan di komputer koordinator.")
    if len(done.left) == 1:
        return tr("Berikutnya: {komputer}.").format(komputer=done.left[0])
    return tr("Berikutnya: {komputer} ({n} lagi).").format(komputer=done.left[0], n=len(done.left))


def progress_words(how_far: VisitProgress) -> str:
    """The sentence of the step under way."""
    match how_far.step:
        case VisitStep.COPY:
            return tr("Menyalin hasil, {n} dari {m}").format(n=how_far.done, m=how_far.total)
        case VisitStep.CHECK:
            return tr("Memeriksa salinan")
        case VisitStep.TAKE:
            return tr("Hasil sudah aman. Mengambil kiriman untuk komputer ini")
    if not how_far.seconds:
        return tr("Hasil sudah aman. Modul {modul} ({ukuran}) sedang dipasang.").format(
            modul=how_far.title, ukuran=size(how_far.size)
        )
    return trn(
        "Hasil sudah aman. Modul {modul} ({ukuran}) sedang dipasang, sekitar {n} detik.", how_far.seconds
    ).format(modul=how_far.title, ukuran=size(how_far.size), n=how_far.seconds)


def steps(now: VisitStep, *, install: bool) -> QWidget:
    """The steps of a visit: which are done, which is under way, which come."""
    named = [
        (VisitStep.COPY, tr("Salin hasil ke flashdisk")),
        (VisitStep.CHECK, tr("Periksa salinan")),
        (VisitStep.TAKE, tr("Ambil kiriman untuk komputer ini")),
    ]
    if install:
        named.append((VisitStep.INSTALL, tr("Pasang modul")))
    made: list[QWidget] = []
    for step, words in named:
        done, here = step.value < now.value, step is now
        icon, tint = ("tick", "ok") if done else ("right", "primary") if here else ("circle", "muted")
        state = tr("selesai") if done else tr("sedang berjalan") if here else tr("menunggu")
        entry = holder(
            row(
                mid(Icon(icon, tint, 20)),
                (Elided(words, "strong" if here else "body", "text" if done or here else "muted"), 1),
                mid(label(state, "strong" if here else "muted")),
                gap=12,
                margins=(16, 0, 16, 0),
            )
        )
        entry.setFixedHeight(sp(40))
        entry.setAccessibleName(f"{words}, {state}")
        made.append(entry)
    return _boxed(made)


def fact(icon: str, words: str, value: str, tint: str = "muted") -> QWidget:
    """One line: what, and how much of it; long words give way to the number."""
    made = holder(
        row(
            mid(Icon(icon, tint, 20)),
            (Elided(words), 1),
            mid(label(value, "strong")),
            gap=12,
            margins=(16, 0, 16, 0),
        )
    )
    made.setFixedHeight(sp(44))
    made.setAccessibleName(f"{words}: {value}")
    return made


def _boxed(rows: Sequence[QWidget]) -> QFrame:
    parts: list[Part] = []
    for made in rows:
        parts += [line(), made] if parts else [made]
    return holder(column(*parts, gap=0), "card")
