"""The office's hub wired: a coordinator switches it on, and it runs as long as the app does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.app.hub_road import HUB
from desktop.app.metered import HUB_FOLDER, room_for_hub
from desktop.errors import Problem
from desktop.screens.settings_roads import HubActions, HubView

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.application import Application
    from desktop.background.hub_process import HubProcess, HubReport

PORT = 8751
"""Where a hub listens; a typed address without a port means this one."""
_SERVES = "hub_serves"


class OfficeHub(QObject):
    """The hub of this PC, if it is one. Lives on the GUI thread; `view` may be asked from any."""

    changed = Signal(object)

    def __init__(self, app: "Application", port: int = PORT) -> None:
        super().__init__(app.window)
        self.port = port
        self._app, self._store = app, app.store
        self._process: HubProcess | None = None
        self._report: HubReport | None = None
        self._problem: Problem | None = None
        self._wanted = bool(self._store.setting(_SERVES))

    @property
    def folder(self) -> "Path":
        """Where the hub keeps its papers and parts."""
        return self._store.folders.data / HUB_FOLDER

    def actions(self) -> HubActions:
        """Hand Setelan its callables."""
        return HubActions(self._load, self.serve, self._set_address, self.changed)

    def resume(self) -> None:
        """Start again what was on when the app was closed: nobody has to sign in for that."""
        if self._wanted and self._store.office() is not None:
            self._start()

    def serve(self, on: bool) -> None:  # noqa: FBT001 - a switch
        """Switch it on or off."""
        self._wanted, self._problem = on, None
        if on:
            self._app.jobs.write(self._prepare, lambda _none: self._start(), self._failed)
        else:
            self._app.jobs.write(
                lambda: self._store.put_setting(_SERVES, ""), lambda _none: self.close(), self._failed
            )
        self.changed.emit(self.view())

    def close(self) -> None:
        """Stop it, when the app ends or it is switched off."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()
            process.deleteLater()
        self._report = None
        self.changed.emit(self.view())

    def view(self) -> HubView:
        """Show how it stands."""
        from desktop.background.hub_process import HubState  # noqa: PLC0415 - crypto waits

        session, report = self._app.session, self._report
        state = HubState.OFF if report is None else report.state
        listens = state is HubState.RUNNING
        return HubView(
            may_serve=session is not None and session.desk is not None,
            serving=self._wanted,
            starting=self._wanted and not listens and self._problem is None,
            address="" if report is None else report.address.removeprefix("http://"),
            typed=self._store.setting(HUB),
            found="" if session is None else session.road.hub.found.removeprefix("http://"),
            problem=self._problem,
        )

    def _load(self) -> HubView:
        """Listen for a hub where none is known; runs as a job."""
        session = self._app.session
        if session is not None and not self._wanted and not session.road.hub.found:
            session.road.hub.look()
        return self.view()

    def _set_address(self, address: str) -> None:
        from sync.client.hub import typed_address  # noqa: PLC0415 - zeroconf

        self._store.put_setting(HUB, address if typed_address(address) else "")

    def _prepare(self) -> None:
        from desktop.background.hub_process import prepare_hub  # noqa: PLC0415 - crypto waits
        from desktop.office.stick_words import without_key, without_office  # noqa: PLC0415 - as above

        session, office = self._app.session, self._store.office()
        if office is None:
            raise without_office()
        if session is None or session.desk is None:
            raise without_key()
        prepare_hub(self.folder, office, session.profile.signing_key(), self._store.now())
        self._store.put_setting(_SERVES, "1")

    def _start(self) -> None:
        from desktop.background.hub_process import HubProcess  # noqa: PLC0415 - crypto waits
        from desktop.people.office import servers  # noqa: PLC0415 - as above

        if self._process is None:
            self._process = HubProcess(self.folder, self)
            self._process.changed.connect(self._heard)
        room = room_for_hub(self._store)
        megabytes = None if room is None else max(0, room // 1_000_000)
        self._process.start(self.port, servers(self._store), pack_limit=megabytes)

    def _heard(self, report: "HubReport") -> None:
        from desktop.background.hub_process import HubState  # noqa: PLC0415 - as above

        self._report = report
        if report.state is HubState.FAILED:
            self._wanted, self._problem = False, report.problem
        self.changed.emit(self.view())

    def _failed(self, problem: Problem) -> None:
        self._wanted, self._problem = False, problem
        self.changed.emit(self.view())
