"""Every screen of the shell as a PNG, with invented people: `python -m tests.gallery OUT_DIR`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

FORMS = {
    "": ("light", "1", "id", 1366, 768),
    "-gelap": ("dark", "1", "id", 1366, 768),
    "-kontras": ("contrast", "1", "id", 1366, 768),
    "-en": ("light", "1", "en", 1366, 768),
    "-125": ("light", "1", "id", 1093, 614),
    "-200": ("light", "2", "id", 1366, 768),
}


def render(out: Path, form: str, only: str = "") -> None:
    theme, scale, speech, wide, high = FORMS[form]
    from PySide6.QtWidgets import QApplication

    from desktop import language
    from desktop.background.jobs import Jobs
    from desktop.screens import style
    from desktop.settings import Theme
    from desktop.screens.home import Home
    from desktop.screens.status_line import Place, StatusView
    from desktop.screens.rooms import Room, Who
    from desktop.screens.window import Window, WindowActions
    from tests.fakes import people_at_work as fakes

    app = QApplication([])
    language.use(speech)
    style.apply(app, Theme(theme), float(scale))
    jobs = Jobs()
    from desktop.screens.help import read_help

    window = Window(WindowActions(fakes.nothing, fakes.nothing, read_help, lambda: False, fakes.nothing))
    window.resize(wide, high)
    window.show()

    def settle() -> None:
        for _ in range(400):
            app.processEvents()
            if jobs.idle():
                break
        for _ in range(6):
            app.processEvents()

    def save(name: str) -> None:
        settle()
        window.grab().save(str(out / f"{name}{form}.png"))

    def wanted(name: str) -> bool:
        return not only or only in name

    from desktop.screens.first_run import LATER, FirstRun
    from desktop.screens.lock import Lock, LockActions
    from desktop.screens.sign_in import PlaceView, SignIn

    def alone(name: str, build: Callable, then: Callable = fakes.nothing) -> None:
        if wanted(name):
            screen = window.show_alone(build)
            settle()
            then(screen)
            save(name)

    alone("01-siapkan", lambda: FirstRun(fakes.first_run(jobs)))
    alone("01-siapkan-kosong", lambda: FirstRun(fakes.first_run(jobs, None)))
    alone("01-siapkan-nanti", lambda: FirstRun(fakes.first_run(jobs, None)), lambda s: s.choose(LATER))
    alone("02-masuk", lambda: SignIn(fakes.sign_in(jobs)))

    def wrong(screen) -> None:
        screen._pin.field.setText("111222")
        screen._pin.submit()

    alone("02-masuk-salah", lambda: SignIn(fakes.sign_in(jobs)), wrong)
    alone("02-masuk-tunggu", lambda: SignIn(fakes.sign_in(jobs)), lambda s: s._pin.hold(270))
    alone("02-masuk-lupa", lambda: SignIn(fakes.sign_in(jobs)), lambda s: s._show_reset(fakes.TILES[0]))
    alone("02-masuk-pertama", lambda: SignIn(fakes.sign_in(jobs, tiles=())))
    many = tuple(
        fakes.TileView(bytes([n]) * 16, name, name[:2].upper(), "kemarin")
        for n, name in enumerate(
            "Rahel Yosina Agustinus Dorkas Frengki Maria Goreti Hengki Kristina Bernadus".split(), 1
        )
    )
    alone("02-masuk-banyak", lambda: SignIn(fakes.sign_in(jobs, tiles=many)))

    def typed(screen) -> None:
        from PySide6.QtTest import QTest

        screen.show_form()
        form_ = screen._form
        QTest.keyClicks(form_.nip.field, "198609262015051001")
        settle()
        QTest.keyClicks(form_.birth.field, "26-09-1987")

    alone("03-orang-baru", lambda: SignIn(fakes.sign_in(jobs)), typed)
    lock = LockActions(
        lambda: fakes.TILES[0], lambda: PlaceView("PC Loket 1", "Kantor Distrik Waropko, WIT"),
        fakes.wrong_pin, fakes.nothing, fakes.nothing, fakes.calm_look(), jobs,
    )  # fmt: skip
    alone("04-kunci", lambda: Lock(lock))

    from desktop.screens.coordinator_home import CoordinatorHome
    from desktop.screens.evidence import Evidence
    from desktop.screens.exchange import Exchange
    from desktop.screens.settings import Settings

    def rooms(home: Callable) -> Callable:
        def plan():
            from desktop.language import tr

            made = [
                Room("home", tr("Beranda"), "home", home),
                Room("learn", tr("Belajar"), "book", lambda: Home(fakes.home(jobs))),
                Room("evidence", tr("Bukti & JP"), "award", lambda: Evidence(fakes.evidence(jobs))),
                Room("exchange", tr("Kirim & terima"), "exchange", lambda: Exchange(fakes.exchange(jobs))),
                Room(
                    "settings", tr("Setelan"), "gear", lambda: Settings(fakes.settings(jobs)), on_rail=False
                ),
            ]
            if home.__name__ == "desk":
                made.insert(4, Room("office", tr("Kantor"), "office", lambda: Home(fakes.home(jobs))))
            return made

        return plan

    def desk():
        return CoordinatorHome(fakes.coordinator(jobs))

    learner = Who("Rahel", "RM")
    for name, view in (
        ("05-beranda", fakes.HOME),
        ("05-beranda-kosong", fakes.EMPTY_HOME),
        ("05-beranda-panjang", fakes.LONG_HOME),
    ):
        if wanted(name):
            window.enter(learner, rooms(lambda view=view: Home(fakes.home(jobs, view))))
            window.show_status(StatusView(Place.PC, 3, None, "PC Loket 1"))
            save(name)
    window.enter(learner, rooms(lambda: Home(fakes.home(jobs))))
    window.show_status(StatusView(Place.PC, 3, None, "PC Loket 1"))
    for name, room in (("07-bukti", "evidence"), ("08-kirim", "exchange"), ("09-setelan", "settings")):
        if wanted(name):
            window.go(room)
            save(name)
    if wanted("10-bantuan"):
        window.go("home")
        settle()
        window.help()
        save("10-bantuan")
        window._close_sheets()
    if wanted("11-fokus"):
        window.go("home")
        settle()
        window._ring.use_keyboard(keyboard=True)
        window.say("Catatan dihapus", lambda: None)
        window._idle.warn(30)
        save("11-fokus")
    if wanted("12-masalah"):
        from desktop.errors import unknown

        window.problem(unknown("A41F09", "Traceback"))
        save("12-masalah")
        window._close_sheets()
    if wanted("06-beranda-koordinator"):
        window.enter(Who("Yosina", "YK"), rooms(desk))
        window.show_status(StatusView(Place.CENTRE, 0, fakes.TODAY, "PC Sekretariat", online=True))
        save("06-beranda-koordinator")
    jobs.close()


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    forms = sys.argv[3].split(",") if len(sys.argv) > 3 else list(FORMS)
    if os.environ.get("SULUH_GALLERY_FORM") is not None:
        render(out, os.environ["SULUH_GALLERY_FORM"], only)
        return 0
    for form in forms:
        scale = "1.25" if form == "-125" else "1"
        given = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "SULUH_GALLERY_FORM": form,
        }
        done = subprocess.run([sys.executable, "-m", "tests.gallery", str(out), only], env=given, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
