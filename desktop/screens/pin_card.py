"""The PIN of one person: typed, tried off the GUI thread, and after five wrong ones a wait that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.avatar import Avatar
from desktop.screens.button import Button
from desktop.screens.field import PinField
from desktop.screens.icons import Icon
from desktop.screens.style import sp
from desktop.screens.text import Elided, label, set_role
from desktop.screens.tile import TileView

LEAST = 6


def wait_words(seconds: int) -> str:
    """How long the door stays shut after five wrong PINs, counted in minutes until the last one."""
    if seconds > 60:
        return tr("Terlalu banyak percobaan. Tunggu {n} menit.").format(n=-(-seconds // 60))
    return tr("Terlalu banyak percobaan. Tunggu {n} detik.").format(n=max(1, seconds))


class PinCard(QFrame):
    """A card that asks for one person's PIN.

    `unlock` runs as a job and gives what `entered` takes. A Problem with a `wait` shuts the card so long.
    """

    def __init__(
        self,
        view: TileView,
        jobs: Jobs,
        unlock: Callable[[bytes, str], object],
        entered: Callable[[object], None],
        forgot: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("pin_card")
        self._view, self._jobs, self._unlock, self._entered = view, jobs, unlock, entered
        self.field = PinField(name="pin", words=tr("PIN untuk {nama}").format(nama=view.nickname), big=True)
        self.field.returnPressed.connect(self.submit)
        self.field.textEdited.connect(self._typed)
        self.button = Button(tr("Masuk"), "main", name="sign_in", big=True)
        self.button.setMinimumWidth(sp(136))
        self.button.clicked.connect(self.submit)
        self._icon = Icon("shield", "ok", 20)
        self._words = label(self._calm(), "muted", wrap=True, name="pin_words")
        head: list[Part] = [
            mid(Avatar(view.initials, 40, "primary", "on_primary")),
            (
                column(
                    None,
                    Elided(tr("PIN untuk {nama}").format(nama=view.nickname), "card"),
                    label(tr("Paling sedikit {n} angka").format(n=LEAST), "caption"),
                    None,
                    gap=0,
                ),
                1,
            ),
        ]
        self._lost: Button | None = None
        if forgot is not None:
            self._lost = lost = Button(tr("Lupa PIN"), "quiet", "key", name="forgot_pin")
            lost.clicked.connect(forgot)
            head.append(mid(lost))
        self.setLayout(
            column(
                row(*head, gap=12),
                14,
                row((self.field, 1), self.button, gap=12),
                10,
                row((self._icon, 0, Qt.AlignmentFlag.AlignTop), (self._words, 1), gap=8),
                gap=0,
                margins=(24, 18, 24, 18),
            )
        )
        self._wait = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.count_down)
        self._busy = False

    def begin(self) -> None:
        """Put the focus where the PIN is typed."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """What stands under the field."""
        return self._words.text()

    def submit(self) -> None:
        """Try what was typed."""
        pin = self.field.text()
        if self._busy or self._wait:
            return
        if len(pin) < LEAST:
            self._say(tr("PIN paling sedikit {n} angka.").format(n=LEAST), "bad")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._busy = True
        self.button.setEnabled(False)
        self.field.setReadOnly(True)
        self._say(tr("Membuka…"), "")
        self._jobs.write(lambda: self._unlock(self._view.profile, pin), self._open, self._refused)

    def _open(self, session: object) -> None:
        self._free()
        self.field.clear()
        self._entered(session)

    def _refused(self, problem: Problem) -> None:
        self._free()
        self.field.clear()
        if problem.wait > 0:
            self.hold(problem.wait)
        else:
            self._say(f"{problem.title} {problem.advice}".strip(), "bad")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self, seconds: int) -> None:
        """Take no PIN for so many seconds, and say so."""
        self._wait = seconds
        if self._lost is not None and self.field.hasFocus():
            self._lost.setFocus(Qt.FocusReason.OtherFocusReason)  # else it would leave the card, out of sight
        self.field.setEnabled(False)
        self.button.setEnabled(False)
        self._say(wait_words(seconds), "warn")
        self._timer.start()

    def count_down(self) -> None:
        """One second has passed."""
        self._wait = max(0, self._wait - 1)
        if self._wait:
            self._say(wait_words(self._wait), "warn")
            return
        self._timer.stop()
        self.field.setEnabled(True)
        self.button.setEnabled(True)
        self._say("", "")
        self.begin()

    def _free(self) -> None:
        self._busy = False
        self.button.setEnabled(True)
        self.field.setReadOnly(False)

    def _typed(self) -> None:
        if not self._wait:
            self._say("", "")

    def _calm(self) -> str:
        return tr("Nama, catatan, dan nilai Anda tidak terlihat oleh orang lain di komputer ini.")

    def _say(self, words: str, kind: str) -> None:
        """Under the field: the calm sentence, or what is wrong."""
        self._words.setText(words or self._calm())
        set_role(self._words, kind or "muted")
        icons = {"bad": ("warning", "bad"), "warn": ("clock", "warn")}
        self._icon.show_icon(*icons.get(kind, ("shield", "ok")))
        self.field.mark(wrong=kind == "bad")
        self.field.setAccessibleDescription(words)


def centred(card: QFrame, width: int = 688) -> QFrame:
    """A card as wide as the tiles, at the left."""
    card.setMaximumWidth(sp(width))
    return holder(row((card, 1), gap=0))
