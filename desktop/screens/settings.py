"""Setelan: the centre's address, language and look, the lock, this PC and its office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import language, tr, trn
from desktop.screens.access_bar import LANGUAGE_WORDS, LookActions
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.choice import Combo, Radio
from desktop.screens.field import Asked, Field
from desktop.screens.first_run import OfficePreview
from desktop.screens.notice import notice, problem_notice
from desktop.screens.own_data import OwnDataActions, OwnDataCard
from desktop.screens.page import Scroll, body, header
from desktop.screens.settings_backup import BackupActions, BackupCard
from desktop.screens.settings_office import OfficeActions, OfficeCard
from desktop.screens.settings_roads import HubCard, RoadActions, limit_card
from desktop.screens.settings_terms import TermsActions, TermsCard
from desktop.screens.slot import Slot
from desktop.screens.style import look, sp
from desktop.screens.text import label
from desktop.settings import Theme

SCALES = (0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
IDLE_MINUTES = (3, 5, 10, 15)


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What is set now. `server` is the address set by hand, `offered` those the office file brings.

    `data_limit` is MB a month, 0 for none.
    """

    server: str
    offered: tuple[str, ...]
    idle_minutes: int
    pc: str
    office: OfficePreview | None
    version: str
    folder: str
    data_limit: int = 0


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """What a server said when its address was checked."""

    name: str
    ours: bool


@dataclass(frozen=True, slots=True)
class SettingsActions:
    """`load` and `check` run as jobs, the `set_…` in the writer's lane."""

    load: Callable[[], SettingsView]
    check: Callable[[str], ServerAnswer]
    set_server: Callable[[str], None]
    set_idle: Callable[[int], None]
    office: OfficeActions
    say: Callable[[str], None]
    look: LookActions
    jobs: Jobs
    roads: RoadActions | None = None
    backup: BackupActions | None = None
    own_data: OwnDataActions | None = None
    terms: TermsActions | None = None


class Settings(QWidget):
    """One page of cards."""

    def __init__(self, actions: SettingsActions) -> None:
        super().__init__()
        self.setObjectName("settings")
        self._actions = actions
        self._page = Slot()
        self.setLayout(column(header(tr("Setelan")), (self._page, 1), gap=0))
        self._page.put(QWidget())
        self._server = Asked(
            tr("Alamat server"), Field(name="server", words=tr("Alamat server"), hint="https://…")
        )
        self._slot = Slot("server_slot")
        self._groups: list[QButtonGroup] = []
        self._reload()

    def help_page(self) -> str:
        """The page of help for F1."""
        return "setelan"

    def show_view(self, view: SettingsView) -> None:
        """Build the cards."""
        inside = QWidget()
        inside.setMaximumWidth(sp(820))
        roads = self._actions.roads
        cards: list[QFrame] = []
        if roads is not None and roads.hub is not None:
            cards.append(HubCard(roads.hub, roads.say, roads.jobs))
        if roads is not None:
            cards.append(limit_card(view.data_limit, roads))
        kept: list[QFrame] = [] if self._actions.backup is None else [BackupCard(self._actions.backup)]
        if self._actions.own_data is not None:
            kept.append(OwnDataCard(self._actions.own_data))
        if self._actions.terms is not None:
            kept.append(TermsCard(self._actions.terms))
        inside.setLayout(
            column(
                self._look_card(),
                self._server_card(view),
                *cards,
                self._lock_card(view),
                OfficeCard(
                    self._actions.office,
                    view.pc,
                    view.office,
                    self._reload,
                    self._actions.say,
                    self._actions.jobs,
                ),
                *kept,
                self._about_card(view),
                gap=16,
            )
        )
        self._page.put(Scroll(body(row((inside, 1), (QWidget(), 0), gap=0), None), name="settings_scroll"))

    def _reload(self) -> None:
        self._actions.jobs.run(self._actions.load, self.show_view, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._page.put(Scroll(body(problem_notice(problem, name="settings_problem"), None)))

    # --- look and language -------------------------------------------------------------------------------

    def _look_card(self) -> QFrame:
        speech = Combo(LANGUAGE_WORDS, name="settings_language", words=tr("Bahasa"), width=220)
        speech.choose(language())
        speech.activated.connect(lambda _at: self._actions.look.set_language(speech.value()))
        sizes = Combo(
            [(str(scale), f"{round(scale * 100)} %") for scale in SCALES],
            name="settings_scale",
            words=tr("Ukuran teks"),
            width=220,
        )
        sizes.choose(str(min(SCALES, key=lambda scale: abs(scale - look().scale))))
        sizes.activated.connect(lambda _at: self._actions.look.set_scale(float(sizes.value())))
        themes = (
            (Theme.LIGHT, tr("Terang")),
            (Theme.DARK, tr("Gelap")),
            (Theme.CONTRAST, tr("Kontras tinggi")),
        )
        group = QButtonGroup(self)
        radios: list[Part] = []
        for theme, words in themes:
            radio = Radio(words, name=f"theme_{theme.value}", on=look().theme is theme)
            radio.toggled.connect(lambda on, theme=theme: self._actions.look.set_theme(theme) if on else None)
            group.addButton(radio)
            radios.append(mid(radio))
        self._groups.append(group)
        return card(
            label(tr("Bahasa dan tampilan"), "card"),
            _line(tr("Bahasa"), speech),
            _line(tr("Ukuran teks"), sizes),
            _line(tr("Warna"), holder(row(*radios, None, gap=16))),
            gap=12,
        )

    # --- the centre --------------------------------------------------------------------------------------

    def _server_card(self, view: SettingsView) -> QFrame:
        self._server.field.setText(view.server or (view.offered[0] if view.offered else ""))
        self._server.field.returnPressed.connect(self._check)
        self._server.field.textEdited.connect(lambda _text: self._slot.put())
        check = Button(tr("Periksa"), name="check_server")
        check.clicked.connect(self._check)
        save = Button(tr("Simpan"), name="save_server")
        save.clicked.connect(self._save_server)
        offered = (
            tr("Dari berkas kantor: {alamat}").format(alamat=", ".join(view.offered)) if view.offered else ""
        )
        self._server.advise(offered)
        under = Qt.AlignmentFlag.AlignTop
        return card(
            label(tr("Server pusat"), "card"),
            row((self._server, 1), (holder(column(25, row(check, save, gap=8), gap=0)), 0, under), gap=8),
            self._slot,
            gap=10,
        )

    def _check(self) -> None:
        address = self._server.field.text().strip()
        if not address:
            self._server.advise(tr("Tulis alamat server."), "bad")
            return
        self._slot.put(notice("info", tr("Memeriksa…"), address, icon="lan", name="server_checking"))
        self._actions.jobs.run(lambda: self._actions.check(address), self._answered, self._unanswered)

    def _answered(self, answer: ServerAnswer) -> None:
        if answer.ours:
            self._slot.put(
                notice(
                    "ok",
                    tr("Server menjawab: {nama}").format(nama=answer.name),
                    tr("Ini pusat kantor Anda."),
                    name="server_ok",
                )
            )
        else:
            self._slot.put(
                notice(
                    "warn",
                    tr("Server menjawab, tetapi bukan pusat kantor ini."),
                    tr("Pekerjaan Anda tidak dikirim ke sana. Periksa alamatnya."),
                    name="server_other",
                )
            )

    def _unanswered(self, problem: Problem) -> None:
        self._slot.put(problem_notice(problem, retry=self._check, name="server_problem"))

    def _save_server(self) -> None:
        address = self._server.field.text().strip()
        self._actions.jobs.write(
            lambda: self._actions.set_server(address),
            lambda _none: self._actions.say(tr("Alamat server disimpan")),
            self._unanswered,
        )

    # --- the lock, and what this is ----------------------------------------------------------------------

    def _lock_card(self, view: SettingsView) -> QFrame:
        minutes = Combo(
            [(str(each), trn("{n} menit", each).format(n=each)) for each in IDLE_MINUTES],
            name="settings_idle",
            words=tr("Kunci layar sesudah"),
            width=220,
        )
        minutes.choose(str(view.idle_minutes))
        minutes.activated.connect(lambda _at: self._set_idle(int(minutes.value())))
        return card(
            label(tr("Kunci layar"), "card"),
            _line(tr("Bila komputer ditinggalkan selama"), minutes),
            label(
                tr("Video dan suara yang sedang diputar dihitung sebagai kehadiran."), "caption", wrap=True
            ),
            gap=12,
        )

    def _set_idle(self, minutes: int) -> None:
        said = tr("Layar dikunci sesudah {n} menit").format(n=minutes)
        self._actions.jobs.write(
            lambda: self._actions.set_idle(minutes), lambda _none: self._actions.say(said), self._unanswered
        )

    def _about_card(self, view: SettingsView) -> QFrame:
        return card(
            label(tr("Tentang aplikasi"), "card"),
            label(tr("Suluh {versi}").format(versi=view.version), "muted"),
            label(
                tr("Data disimpan di {folder}, terkunci dan tidak dapat dibaca orang lain.").format(
                    folder=view.folder
                ),
                "muted",
                wrap=True,
            ),
            gap=4,
        )


def _line(words: str, widget: QWidget) -> QWidget:
    """A setting: its name at the left, its choice at the right, under it where the text is large."""
    name = label(words)
    name.setMinimumWidth(sp(240))
    if look().scale > 1.3:
        return holder(column(name, row(widget, None), gap=4))
    return holder(row(mid(name), mid(widget), None, gap=16))
