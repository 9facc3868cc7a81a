"""Waiting for the practice office on the glass: steps as they come, Batal at any of them, faults in words."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.app.start import the_program
from desktop.demo.practice import STEPS
from desktop.demo.world import Tell
from desktop.language import tr
from desktop.screens import style
from desktop.screens.getting_ready import GettingReady
from desktop.settings import Theme

Made = TypeVar("Made")


class EnoughError(Exception):
    """The person has chosen Batal."""


class _Voice(QObject):
    """Carries words from the thread that works to the glass."""

    told = Signal(str)
    ended = Signal()


def wait_for(make: Callable[[Tell], Made]) -> Made | None:
    """Run `make` beside a small window; None when the person left, or has read that it went wrong."""
    style.apply(the_program(), Theme.LIGHT)
    voice, stop, loop = _Voice(), threading.Event(), QEventLoop()
    made: list[Made] = []
    faults: list[Exception] = []

    def tell(words: str) -> None:
        if stop.is_set():
            raise EnoughError
        voice.told.emit(words)

    def work() -> None:
        try:
            made.append(make(tell))
        except EnoughError:
            pass
        except Exception as fault:  # noqa: BLE001 - whatever it was, it is told on the glass
            faults.append(fault)
        voice.ended.emit()

    def leave() -> None:
        stop.set()
        if not thread.is_alive():
            loop.quit()

    def end() -> None:
        if faults and not stop.is_set():
            ready.failed(tr("Kantor latihan tidak dapat disiapkan. Tutup jendela ini, lalu coba lagi."))
        else:
            loop.quit()

    thread = threading.Thread(target=work, name="practice")
    ready = GettingReady(
        tr("Kantor latihan sedang disiapkan"),
        tr("Semua orang dan hasil di dalamnya rekaan. Data sungguhan di komputer ini tidak dibuka."),
        STEPS,
        leave,
    )
    voice.told.connect(ready.step)
    voice.ended.connect(end)
    QApplication.setQuitOnLastWindowClosed(False)
    ready.show()
    thread.start()
    loop.exec()
    thread.join()
    ready.hide()
    QApplication.setQuitOnLastWindowClosed(True)
    return made[0] if made and not stop.is_set() else None
