"""Installing a pack: found on a flashdisk or chosen, looked at, copied with a way to stop, and said done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.background.jobs import Job, Jobs
from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, holder, line
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import ListRow
from desktop.screens.cover import Cover, tint_of
from desktop.screens.icons import Icon
from desktop.screens.install_preview import preview_body, subtitle
from desktop.screens.notice import problem_notice
from desktop.screens.pack_views import FoundPack, PackActions, PackPreview, PackState
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.text import label

_LOOK_EVERY_MS = 2_000
_SURE_AFTER_S = 2.0


def _seconds_left(done: int, total: int, passed: float) -> int:
    """Seconds a copy still takes at its pace so far; 0 while that is a guess, or where it is soon over."""
    if passed < _SURE_AFTER_S or not 0 < done < total:
        return 0
    left = passed * (total - done) / done
    return 0 if left < _SURE_AFTER_S else round(left) if left < 20 else 10 * round(left / 10)


def ask_file(window: QWidget) -> Path | None:
    """Ask for a pack file with the system's own dialog; None when nobody chose one."""
    chosen, _ = QFileDialog.getOpenFileName(window, tr("Pilih paket"), "", tr("Paket Suluh (*.suluh *.zip)"))
    return Path(chosen) if chosen else None


class InstallPack(QObject):
    """The sheets of one installation.

    `installed` carries the title, `failed` what went wrong where no sheet was left to say it, `closed` that
    nothing is open. A lock in the middle of copying closes the sheet, not the copying.
    """

    installed = Signal(str)
    failed = Signal(Problem)
    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: PackActions,
        jobs: Jobs,
        ask: Callable[[QWidget], Path | None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._jobs, self._ask = (
            window,
            actions,
            ScreenJobs(self, jobs),
            ask or ask_file,
        )
        self._sheet: Sheet | None = None
        self._job: Job | None = None
        self._found: tuple[FoundPack, ...] = ()
        self._looking = False
        self._cancel_asked = False
        self._begun = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Look on the removable drives and ask which pack."""
        self._found = ()
        self._choose(self._found)
        self._look()
        self._timer.start()

    def inspect(self, path: Path) -> None:
        """Verify one file and show what it holds."""
        self._timer.stop()
        self._show(
            tr("Memeriksa paket"),
            path.name,
            holder(column(label(tr("Memeriksa tanda tangan dan isi. Belum ada yang disalin."), wrap=True))),
            (),
            "checkPack",
        )
        self._jobs.run(
            lambda: self._actions.inspect(path), lambda preview: self._preview(preview, path), self._refused
        )

    # --- choosing ----------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._looking:
            return
        self._looking = True
        self._jobs.run(self._actions.found, self._seen, self._not_seen)

    def _seen(self, found: tuple[FoundPack, ...]) -> None:
        self._looking = False
        if not self._timer.isActive():
            return
        if self._open() is None:
            self._gone()
        elif found != self._found:
            self._found = found
            self._choose(found)

    def _not_seen(self, _: Problem) -> None:
        self._looking = False  # a drive that is being pulled out is looked at again in two seconds

    def _choose(self, found: tuple[FoundPack, ...]) -> None:
        rows: list[QWidget] = []
        for number, pack in enumerate(found):
            about = tr("{ukuran}, di {flashdisk}").format(ukuran=size(pack.size), flashdisk=pack.drive)
            rows.append(
                ListRow(
                    "stick",
                    pack.name,
                    about,
                    lambda at=pack.path: self.inspect(at),  # type: ignore[misc]
                    name=f"found{number}",
                    height=60,
                )
            )
        parts: list[Part] = []
        for made in rows:
            parts += [line(), made] if parts else [made]
        if not found:
            words = tr("Pasang flashdisk berisi paket; paketnya muncul di sini dengan sendirinya.")
            parts = [label(words, "muted", wrap=True, name="noDrive")]
        other = Button(tr("Pilih berkas lain"), "plain", name="chooseFile")
        other.clicked.connect(self._choose_file)
        title = tr("Pilih paket yang dipasang") if found else tr("Belum ada flashdisk berisi paket")
        inner = holder(column(*parts, gap=0), "card" if found else "")
        body = holder(column(inner, gap=0))
        self._show(
            title, tr("Pemasangan tidak memerlukan internet."), body, (other,), "choosePack", icon="stick"
        )
        sheet = self._open()
        if found and sheet is not None:
            first = sheet.findChild(ListRow, "found0")
            if first is not None:
                first.setFocus()

    def _choose_file(self) -> None:
        path = self._ask(self._window)
        if path is not None:
            self.inspect(path)

    # --- looking -----------------------------------------------------------------------------------------

    def _refused(self, problem: Problem) -> None:
        if self._open() is None:
            self._gone()
            return
        other = Button(tr("Pilih paket lain"), "plain", name="chooseOther")
        other.clicked.connect(self.start)
        body = holder(column(problem_notice(problem, name="packRefused"), None))
        self._show(tr("Paket tidak dipasang"), "", body, (other,), "refusedPack", icon="warning")

    def _preview(self, preview: PackPreview, path: Path) -> None:
        if self._open() is None:
            self._gone()
            return
        cancel = Button(tr("Batal"), name="cancelPreview")
        cancel.clicked.connect(self._dismiss)
        go = Button(tr("Pasang paket"), "main", "install", name="confirmInstall")
        go.clicked.connect(lambda: self._install(preview))
        go.setEnabled(preview.fits and preview.state is not PackState.SAME)
        others = [pack for pack in self._found if pack.path != path]
        foot = ""
        if others:
            foot = trn("{n} paket lain di flashdisk ini, {ukuran}", len(others)).format(
                n=len(others), ukuran=size(sum(pack.size for pack in others))
            )
        self._show(
            tr("Pasang {judul}?").format(judul=preview.title),
            subtitle(preview),
            preview_body(preview),
            (cancel, go),
            "previewPack",
            picture=Cover(tint_of(preview.course), preview.glyph, height=56, width=56, corners=(1, 1, 1, 1)),
            foot=foot,
        )

    # --- copying -----------------------------------------------------------------------------------------

    def _install(self, preview: PackPreview) -> None:
        self._cancel_asked = False
        self._begun = monotonic()
        self._bar = Bar([], 1, tr("Menyalin"), name="installBar")
        self._words = label(tr("Menyalin"), "body", name="installWords")
        cancel = Button(tr("Batal"), name="cancelInstall")
        cancel.clicked.connect(self._cancel)
        safe = label(
            tr("Versi yang sudah terpasang tetap dapat dipakai sampai penyalinan selesai."),
            "muted",
            wrap=True,
        )
        self._show(
            tr("Memasang {judul}").format(judul=preview.title),
            subtitle(preview),
            holder(column(self._words, 8, self._bar, 12, safe, gap=0)),
            (cancel,),
            "installing",
            picture=Cover(tint_of(preview.course), preview.glyph, height=56, width=56, corners=(1, 1, 1, 1)),
        )
        self._job = self._jobs.run_long(
            lambda job: self._actions.install(preview, job.report, lambda: self._cancel_asked),
            lambda done: self._done(preview, done=done),
            self._failed,
            self._progress,
        )

    def _progress(self, done: int, total: int) -> None:
        if self._open() is None or self._job is None:
            return
        words = tr("Menyalin {a} dari {b}").format(a=size(done), b=size(total))
        left = _seconds_left(done, total, monotonic() - self._begun)
        if left:
            words = f"{words}, {trn('sekitar {n} detik lagi', left).format(n=left)}"
        self._words.setText(tr("Membatalkan") if self._cancel_asked else words)
        self._bar.show_parts([Piece(done, Fill.RUNNING)], max(1, total), words)

    def _cancel(self) -> None:
        """Ask the work to stop; the sheet stays until it has put everything back."""
        self._cancel_asked = True
        sheet = self._open()
        if sheet is not None:
            self._words.setText(tr("Membatalkan"))
            button = sheet.findChild(Button, "cancelInstall")
            if button is not None:
                button.setEnabled(False)

    def _done(self, preview: PackPreview, *, done: bool) -> None:
        self._job = None
        self._finish()
        if done:
            self.installed.emit(preview.title)
        self.closed.emit()

    def _failed(self, problem: Problem) -> None:
        self._job = None
        if self._open() is not None and not self._cancel_asked:
            self._refused(problem)
            return
        if not self._cancel_asked:
            self.failed.emit(problem)
        self._finish()
        self.closed.emit()

    # --- sheets ------------------------------------------------------------------------------------------

    def _show(
        self,
        title: str,
        under: str,
        body: QWidget,
        buttons: tuple[QWidget, ...],
        name: str,
        *,
        picture: QWidget | None = None,
        icon: str = "install",
        foot: str = "",
    ) -> None:
        self._finish()
        self._sheet = Sheet(
            self._window,
            title,
            under,
            body,
            buttons,
            name=name,
            picture=picture or Icon(icon, "primary", 28),
            foot=foot,
            closed=self._dismissed,
        )
        self._sheet.refit()

    def _finish(self) -> None:
        sheet = self._open()
        self._sheet = None
        if sheet is not None:
            sheet.finish()

    def _open(self) -> Sheet | None:
        """The sheet on screen; None once the window closed it, as the lock does with every sheet."""
        sheet = self._sheet
        return sheet if sheet is not None and isValid(sheet) and not sheet.isHidden() else None

    def _gone(self) -> None:
        """Somebody else closed the sheet: nothing is asked any more."""
        self._timer.stop()
        self._sheet = None
        self.closed.emit()

    def _dismiss(self) -> None:
        self._finish()
        self._dismissed()

    def _dismissed(self) -> None:
        """The sheet was closed by Esc or its cross: the same as Batal."""
        self._timer.stop()
        self._sheet = None
        self._cancel_asked = True
        if self._job is None:  # else the work has to put everything back first
            self.closed.emit()
