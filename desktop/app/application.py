"""The application: one window over one data folder, and who sits before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.screens.window import Window, WindowActions

if TYPE_CHECKING:  # the first paint spares whatever the opening picture does not show
    from desktop.app.caretaking import Caretaking
    from desktop.app.entrance import Entrance
    from desktop.app.office_hub import OfficeHub
    from desktop.app.pack_fetching import PackFetching
    from desktop.app.session import Session
    from desktop.app.stick_visits import StickVisits
    from desktop.background.jobs import Jobs
    from desktop.screens.access_bar import LookActions
    from desktop.settings import Settings, Theme
    from desktop.store.device import Store

IDLE_MINUTES = 5
_IDLE = "idle_minutes"


class Application:
    """Wires the rooms to the glass. `sticks` gives removable drives where the system is not to be asked.

    `data` is the data folder, the usual one where it is None. The store opens behind the first picture.
    """

    store: Store
    jobs: Jobs
    look: LookActions
    entrance: Entrance

    def __init__(
        self,
        qt: QApplication,
        data: Path | None = None,
        sticks: Callable[[], Iterable[Path]] | None = None,
    ) -> None:
        self.qt = qt
        self.sticks = sticks
        self.session: Session | None = None
        self._visits: StickVisits | None = None
        self._hub: OfficeHub | None = None
        self._fetching: PackFetching | None = None
        self._care: Caretaking | None = None
        self._data = data
        self._opened = False
        self.window = Window(
            WindowActions(
                switch_user=self.switch_user,
                lock=self.lock,
                help_text=_help_text,
                playing=lambda: self.session is not None and self.session.playing(),
                closing=self.close,
                idle_s=IDLE_MINUTES * 60,
            )
        )

    def open(self) -> None:
        """Show the opening picture, and the first screen as soon as it is on the glass."""
        self.window.after_first_paint(self.open_store)
        self.window.show()

    def open_store(self) -> None:
        """Open the data folder; first run on a new PC, sign-in otherwise."""
        from desktop.app.entrance import Entrance  # noqa: PLC0415 - behind the first picture
        from desktop.background.jobs import Jobs  # noqa: PLC0415 - as above
        from desktop.errors import Problem  # noqa: PLC0415 - as above
        from desktop.screens.access_bar import LookActions  # noqa: PLC0415 - as above
        from desktop.settings import read_settings  # noqa: PLC0415 - as above
        from desktop.store.device import Store  # noqa: PLC0415 - as above

        try:
            self.store = Store.open(self._data)
        except Problem as problem:
            self.window.problem(problem, self.open_store)
            return
        self._opened = True
        self.jobs = Jobs()
        self.look = LookActions(self._set_language, self._set_scale, self._set_theme, self.window.help)
        self._dress(read_settings(self.store.setting))
        self.entrance = Entrance(self)
        known = self.store.setting("ready") or self.store.tiles()
        self.window.show_alone(self.entrance.sign_in if known else self.entrance.first_run)
        self.window.presence.set_idle(self.idle_minutes() * 60)
        QTimer.singleShot(0, lambda: self.jobs.run(self._warm, _nothing, _nothing))
        QTimer.singleShot(0, self.window, self._watch_roads)

    def visits(self) -> StickVisits:
        """Give the one Tukar data of this window, which watches for the coordinator's stick."""
        from desktop.app.stick_visits import StickVisits  # noqa: PLC0415 - behind the first screen

        if self._visits is None:
            self._visits = StickVisits(self)
        return self._visits

    def hub(self) -> OfficeHub:
        """Give the office's hub as this PC may run it."""
        from desktop.app.office_hub import OfficeHub  # noqa: PLC0415 - behind the first screen

        if self._hub is None:
            self._hub = OfficeHub(self)
        return self._hub

    def fetching(self) -> PackFetching:
        """Give the packs that this PC fetches, whoever asked for them."""
        from desktop.app.pack_fetching import PackFetching  # noqa: PLC0415 - behind the first screen

        if self._fetching is None:
            self._fetching = PackFetching(self)
        return self._fetching

    def care(self) -> Caretaking:
        """Give the care of this PC's databases."""
        from desktop.app.caretaking import Caretaking  # noqa: PLC0415 - behind the first screen

        if self._care is None:
            self._care = Caretaking(self)
            self._care.begin()
        return self._care

    def _watch_roads(self) -> None:
        if not self._opened:  # the window went while its first screen came
            return
        self.visits()
        self.care()
        if self.store.setting("hub_serves"):
            self.hub().resume()

    def exchange_stick(self) -> None:
        """*Tukar data*, whoever is signed in or nobody."""
        self.visits().start()

    def enter(self, opened: object) -> None:
        """Somebody is signed in: show their rooms. `opened` is the unlocked profile that sign-in gave."""
        from desktop.app.session import Session  # noqa: PLC0415 - not needed before somebody signs in
        from desktop.store.profile import Profile  # noqa: PLC0415 - as above

        if not isinstance(opened, Profile):
            raise TypeError(opened)
        self.leave()
        self.session = Session(self, opened)
        self.session.begin()
        self.care().entered()

    def leave(self) -> None:
        """Nobody is signed in any more: the profile is locked when its last write is done."""
        session, self.session = self.session, None
        if session is not None:
            session.end()

    def switch_user(self) -> None:
        """*Ganti pengguna*: lock this profile and show the tiles."""
        self.leave()
        self.window.show_alone(self.entrance.sign_in)

    def lock(self) -> None:
        """Nobody has touched anything for a while: hide everything until the PIN is typed."""
        if self.session is not None and not self.window.covered:
            self.window.cover(self.entrance.lock)

    def close(self) -> None:
        """Close what is open, when the window goes."""
        if self._opened:
            self._opened = False
            self.leave()
            if self._visits is not None:
                self._visits.close()
            if self._care is not None:
                self._care.close()
            if self._hub is not None:
                self._hub.close()
            if self._fetching is not None:
                self._fetching.close()
            self.jobs.close()
            self.store.close()

    def idle_minutes(self) -> int:
        """Minutes without a sign until the lock."""
        kept = self.store.setting(_IDLE)
        return int(kept) if kept.isascii() and kept.isdigit() else IDLE_MINUTES

    def set_idle(self, minutes: int) -> None:
        """Keep another time until the lock; from any thread."""
        self.store.put_setting(_IDLE, str(minutes))
        QTimer.singleShot(0, self.window, lambda: self.window.presence.set_idle(minutes * 60))

    def _dress(self, chosen: Settings) -> None:
        from desktop import language  # noqa: PLC0415 - behind the first picture
        from desktop.screens import style  # noqa: PLC0415 - as above

        language.use(chosen.language)
        style.apply(self.qt, chosen.theme, chosen.text_percent / 100)
        self._settings = chosen

    def _change(self, chosen: Settings) -> None:
        """Keep a choice of look and build the window anew at once."""
        from desktop.settings import write_settings  # noqa: PLC0415 - rarely needed

        write_settings(self.store.put_setting, chosen)
        self._dress(chosen)
        QTimer.singleShot(0, self.window.rebuild)  # the widget that was clicked must outlive its own signal

    def _set_language(self, chosen: str) -> None:
        self._change(replace(self._settings, language=chosen))

    def _set_scale(self, scale: float) -> None:
        self._change(replace(self._settings, text_percent=round(scale * 100)))

    def _set_theme(self, theme: Theme) -> None:
        self._change(replace(self._settings, theme=theme))

    def _warm(self) -> None:
        """While a PIN is typed: import what signing in needs, lay down the reserve, sweep after a crash."""
        import desktop.app.session  # noqa: PLC0415 - half a second that nobody waits for
        import desktop.people.profiles  # noqa: F401, PLC0415 - as above

        self.store.prepare()


def _help_text(name: str) -> str:
    from desktop.screens.help import read_help  # noqa: PLC0415 - waits until somebody asks

    return read_help(name)


def _nothing(_: object) -> None:
    """Nothing to say: what failed here is met again, and worded, by whoever needs it."""
