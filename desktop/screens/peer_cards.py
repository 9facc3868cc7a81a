"""Cards of peer review: papers that wait, what colleagues said, and what a trainer may give out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card, list_card
from desktop.screens.notice import notice
from desktop.screens.peer_views import CircleView, PeerPaperView, PeerReviewView, PeersView
from desktop.screens.pill import Pill
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


def peer_cards(view: PeersView, open_paper: Callable[[PeerPaperView], None]) -> list[QWidget]:
    """What an assignment shows its learner: how it goes, the papers of colleagues, and what came back."""
    made: list[QWidget] = []
    if view.papers:
        rows = [_paper_row(one, at, open_paper) for at, one in enumerate(view.papers)]
        made.append(list_card(tr("Naskah rekan untuk Anda nilai"), rows))
    if view.came:
        about = tr("Bahan untuk Anda belajar. Nilai tugas tetap dari widyaiswara.")
        made.append(reviews_card(view.came, about, "task_reviews"))
    elif view.asked:
        made.append(notice("info", tr("Penilaian sejawat"), _how(view), icon="people", name="task_peers_how"))
    return made


def reviews_card(reviews: Sequence[PeerReviewView], about: str, name: str, *buttons: Button) -> QWidget:
    """What colleagues said of one paper; nobody is named. `buttons` stand under it."""
    parts: list[Part] = [label(tr("Penilaian rekan"), "card"), label(about, "muted", wrap=True)]
    for one in reviews:
        words = tr("{siapa}: {nilai}").format(siapa=one.name, nilai=one.total)
        inside: list[Part] = [label(words, "strong"), label(one.comment, wrap=True)]
        if one.lines:
            inside.append(label("; ".join(one.lines), "caption", wrap=True))
        parts += [8, column(*inside, gap=3)]
    if buttons:
        parts += [6, row(*[mid(one) for one in buttons], None)]
    made = card(*parts)
    made.setObjectName(name)
    said = [f"{one.name}: {one.total}. {one.comment}" for one in reviews]
    made.setAccessibleName(" ".join([tr("Penilaian rekan"), about, *said]))
    return made


def circles_card(circles: Sequence[CircleView], share: Callable[[str], None]) -> QWidget:
    """Assignments that ask for colleagues, each with what there is to give out."""
    return list_card(tr("Penilaian sejawat"), [_circle_row(one, at, share) for at, one in enumerate(circles)])


def _circle_row(one: CircleView, at: int, share: Callable[[str], None]) -> QWidget:
    go = Button(tr("Bagikan ke rekan"), "plain", "people", name=f"share_{at}")
    go.setAccessibleName(tr("Bagikan naskah {tugas} ke rekan").format(tugas=one.task))
    go.setEnabled(one.ready)
    go.clicked.connect(lambda: share(one.activity))
    words = column(None, Elided(one.task, "strong"), Elided(one.about, "caption", "muted"), None, gap=1)
    made = holder(row((words, 1), mid(go), gap=14, margins=(20, 0, 12, 0)))
    made.setFixedHeight(sp(60))
    return made


def _paper_row(one: PeerPaperView, at: int, open_paper: Callable[[PeerPaperView], None]) -> QWidget:
    go = Button(tr("Buka"), "plain", name=f"peer_{at}")
    go.setAccessibleName(tr("Buka {naskah}").format(naskah=one.name))
    go.clicked.connect(lambda: open_paper(one))
    words = column(
        None, Elided(one.name, "strong"), Elided(_first_words(one), "caption", "muted"), None, gap=1
    )
    if one.draft:
        pill = Pill(tr("Belum dikirim"), "warn")
    elif one.sent:
        pill = Pill(tr("Sudah Anda nilai"), "ok")
    else:
        pill = Pill(tr("Menunggu Anda"), "info")
    made = holder(row((words, 1), mid(pill), mid(go), gap=14, margins=(20, 0, 12, 0)))
    made.setFixedHeight(sp(60))
    return made


def _first_words(one: PeerPaperView) -> str:
    text = " ".join(one.text[:400].split())
    return text or ", ".join(each.name for each in one.files)


def _how(view: PeersView) -> str:
    if not view.handed:
        return tr(
            "Sesudah Anda mengumpulkan, {n} rekan membaca naskah Anda tanpa nama, dan Anda membaca naskah"
            " mereka. Jangan tulis nama Anda di naskah atau nama berkas."
        ).format(n=view.asked)
    return tr(
        "Belum ada penilaian rekan yang datang. Widyaiswara membagikan naskah bila sudah cukup yang"
        " mengumpulkan. Nilai tugas tidak menunggunya."
    )
