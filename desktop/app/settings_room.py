"""Setelan wired: addresses, the lock, this PC and its office."""

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.app.entrance import adopt, choose_office, inspect, preview
from desktop.app.metered import with_clock
from desktop.app.own_data import own_data_actions
from desktop.app.terms import terms_actions
from desktop.errors import Problem
from desktop.language import tr
from desktop.people.office import inspect_office
from desktop.people.vouching import finish
from desktop.screens.first_run import OfficePreview
from desktop.screens.settings import ServerAnswer, Settings, SettingsActions, SettingsView
from desktop.screens.settings_office import OfficeActions
from desktop.screens.settings_roads import RoadActions
from desktop.settings import read_settings, write_settings
from sync.client.deliver import check_server
from sync.client.faults import Failure
from sync.client.transport import Transport

if TYPE_CHECKING:
    from desktop.app.application import Application


def settings_room(app: "Application") -> QWidget:
    """Build Setelan."""
    store = app.store

    def load() -> SettingsView:
        office = store.office()
        return SettingsView(
            server=read_settings(store.setting).server,
            offered=() if office is None else office.header.servers,
            idle_minutes=app.idle_minutes(),
            pc=store.pc().name,
            office=None if office is None else preview(inspect_office(store, office.raw)),
            version=version("suluh"),
            folder=str(store.folders.data),
            data_limit=read_settings(store.setting).data_limit,
        )

    def set_server(address: str) -> None:
        write_settings(store.put_setting, replace(read_settings(store.setting), server=address))

    def set_limit(megabytes: int) -> None:
        write_settings(store.put_setting, replace(read_settings(store.setting), data_limit=megabytes))

    def take_office(office: OfficePreview) -> None:
        adopt(store, office)
        if app.session is not None:
            finish(store, app.session.profile)  # work done before the office came is on its way from now on

    def use_code(code: str, pin: str, refused: Callable[[Problem], None]) -> None:
        if app.session is not None:
            app.session.use_code(code, pin, refused)

    return Settings(
        SettingsActions(
            load=load,
            check=lambda address: _check(app, address),
            set_server=set_server,
            set_idle=app.set_idle,
            office=OfficeActions(
                set_pc=store.name_pc,
                choose=choose_office,
                inspect=lambda path: inspect(store, path),
                adopt=take_office,
                use_code=use_code,
            ),
            say=app.window.say,
            look=app.look,
            jobs=app.jobs,
            roads=RoadActions(
                set_limit, app.window.say, app.jobs, None if store.office() is None else app.hub().actions()
            ),
            backup=app.care().actions(),
            own_data=None if app.session is None else own_data_actions(app.session),
            terms=terms_actions(app),
        )
    )


def _check(app: "Application", address: str) -> ServerAnswer:
    """Ask a server who it is, by a delivery of nothing."""
    session = app.session
    if session is None:
        raise RuntimeError("nobody is signed in")
    transport = Transport(address)
    try:
        found = check_server(session.profile, transport, app.store.clock)
    finally:
        transport.close()
    if isinstance(found, Failure):
        from desktop.background.sync_words import word_failure  # noqa: PLC0415 - only when it failed

        raise word_failure(with_clock(found, app.store))
    return ServerAnswer(tr("Server pusat kantor ini"), ours=True)
