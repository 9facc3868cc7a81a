"""Kantor > Akun & PIN: say whose a waiting profile is, and show the code that resets a forgotten PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.card import ListRow, card, list_card
from desktop.screens.choice import Combo
from desktop.screens.field import Field
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Beside, Scroll, body
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

SHOWN = 6
"""People listed under a search; who is not among them is found by another letter."""
TYPING_MS = 120


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A person of the roster: the UUID, the name, and unit with short NIP to tell namesakes apart."""

    person: bytes
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A profile's key that waits for a word; `claims` is the person it says it is, or None.

    `rekeyed` tells that the profile was vouched for before and has new keys since a PIN reset; `mark` is a
    short sign of the key, to compare with the learner's screen.
    """

    key: bytes
    pc: str
    day: str
    mark: str
    claims: PersonChoice | None
    rekeyed: bool = False


@dataclass(frozen=True, slots=True)
class CodeView:
    """A reset code that can be shown: for which PC. Showing it is what is recorded."""

    key: bytes
    pc: str


@dataclass(frozen=True, slots=True)
class AccountsView:
    """What the tab begins with; `people` is the whole roster, for choosing whose a profile is."""

    waiting: Sequence[WaitingView]
    people: Sequence[PersonChoice]


@dataclass(frozen=True, slots=True)
class AccountsActions:
    """`load` and `codes` run as jobs; `vouch` and `show_code` record a statement, in the writer's lane.

    `codes` lists what can be shown for a person, `show_code` gives the code itself. `say` shows a toast.
    """

    load: Callable[[], AccountsView]
    vouch: Callable[[WaitingView, bytes], None]
    codes: Callable[[bytes], Sequence[CodeView]]
    show_code: Callable[[bytes, CodeView], str]
    say: Callable[[str], None]
    jobs: Jobs


class Accounts(QWidget):
    """The tab Akun & PIN."""

    def __init__(self, actions: AccountsActions) -> None:
        super().__init__()
        self.setObjectName("accounts")
        self._actions = actions
        self._people: Sequence[PersonChoice] = ()
        self._chosen: PersonChoice | None = None
        self._wanted = b""
        self._problem = Slot("accounts_problem_slot")
        self._waiting = Slot("accounts_waiting")
        self._search = Field(
            name="accounts_search",
            words=tr("Cari nama atau NIP"),
            hint=tr("Cari nama atau NIP"),
            icon_name="search",
        )
        self._found = Slot("accounts_found")
        self._code = Slot("accounts_code")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._list)
        self._search.textChanged.connect(lambda _: self._typing.start())
        parts = Beside(
            holder(column(self._waiting, None, gap=0)), self._reset_card(), right_width=420, fold=860
        )
        self.setLayout(
            column(
                (Scroll(body(column(self._problem, parts, gap=0), None, margins=(24, 16, 24, 24))), 1), gap=0
            )
        )
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kantor-akun"

    def begin(self) -> None:
        """Put the focus on the first waiting profile, else on the search."""
        first = self.findChild(Button, "vouch_0")
        (first or self._search).setFocus()

    def refresh(self) -> None:
        """Load again."""
        self._actions.jobs.run(self._actions.load, self._loaded, self._failed)

    def show_person(self, person: bytes) -> None:
        """Choose somebody for the reset code, as if found by the search."""
        self._wanted = person
        found = next((one for one in self._people if one.person == person), None)
        if found is not None:
            self._choose(found)

    def _reset_card(self) -> QFrame:
        head = holder(row(mid(label(tr("Atur ulang PIN"), "card")), None, margins=(20, 0, 12, 0)))
        head.setFixedHeight(sp(48))
        about = label(
            tr("Cari orangnya. Kode atur ulang PIN berlaku sekali, hanya di komputernya, dan tercatat."),
            "muted",
            wrap=True,
        )
        seek = holder(column(about, self._search, gap=12, margins=(20, 14, 20, 14)))
        made = card(head, line(), seek, self._found, self._code, gap=0, margins=(0, 0, 0, 6))
        made.setObjectName("reset_card")
        return made

    def _loaded(self, view: AccountsView) -> None:
        self._problem.put()
        self._people = view.people
        rows: list[QWidget] = [self._row(one, number) for number, one in enumerate(view.waiting)]
        if not rows:
            calm = holder(
                row(mid(Icon("tick", "ok", 24)), mid(label(tr("Tidak ada yang menunggu."), "muted"), 1),
                    gap=14, margins=(20, 0, 14, 0))
            )  # fmt: skip
            calm.setMinimumHeight(sp(64))
            rows.append(calm)
        self._waiting.put(list_card(tr("Menunggu pengesahan"), rows))
        if self._wanted:
            self.show_person(self._wanted)
        self._list()

    def _row(self, one: WaitingView, number: int) -> QWidget:
        who = one.claims.name if one.claims else tr("Belum ada di daftar kantor")
        what = tr("PIN diatur ulang, kunci baru") if one.rekeyed else tr("Profil baru")
        where = tr("{komputer}, {tgl}").format(komputer=one.pc or tr("Komputer tanpa nama"), tgl=one.day)
        button = Button(tr("Sahkan"), name=f"vouch_{number}")
        button.clicked.connect(partial(self._ask, one))
        words = column(
            None, Elided(who, "strong"), Elided(f"{what} · {where}", "caption", "muted"), None, gap=1
        )
        picture = Avatar(initials(one.claims.name) if one.claims else "?", 36)
        made = holder(row(mid(picture), (words, 1), mid(button), gap=14, margins=(20, 0, 14, 0)))
        made.setFixedHeight(sp(64))
        made.setAccessibleName(f"{who}. {what}. {where}")
        return made

    def _ask(self, one: WaitingView) -> None:
        """Ask whose it is before anything is stated: the word counts at once and is in the log."""
        choices = [("", tr("Pilih orangnya"))] + [
            (person.person.hex(), f"{person.name} ({person.about})") for person in self._people
        ]
        who = Combo(choices, name="vouch_person", words=tr("Milik siapa"))
        if one.claims is not None:
            who.choose(one.claims.person.hex())
        parts: list[Part] = [
            label(tr("Milik siapa"), "strong"),
            who,
            8,
            label(
                tr("Komputer: {komputer}. Tanda kunci: {tanda}").format(komputer=one.pc, tanda=one.mark),
                "muted",
            ),
            notice(
                "info",
                tr("Pastikan orangnya"),
                tr(
                    "Hasil belajar di profil itu dihitung atas nama orang ini. "
                    "Pengesahan berlaku segera dan tercatat."
                ),
                name="vouch_notice",
            ),
        ]
        cancel = Button(tr("Batal"), name="vouch_cancel")
        confirm = Button(tr("Sahkan"), "main", "tick", name="vouch_confirm")
        confirm.setEnabled(bool(who.value()))
        who.currentIndexChanged.connect(lambda _: confirm.setEnabled(bool(who.value())))
        sheet = Sheet(
            self.window(),
            tr("Sahkan profil ini?"),
            "",
            holder(column(*parts, gap=8)),
            (cancel, confirm),
            name="vouch_sheet",
            width=560,
        )
        cancel.clicked.connect(sheet.dismiss)
        confirm.clicked.connect(lambda: self._vouch(sheet, one, bytes.fromhex(who.value())))

    def _vouch(self, sheet: Sheet, one: WaitingView, person: bytes) -> None:
        sheet.finish()
        name = next((each.name for each in self._people if each.person == person), "")
        said = tr("Profil {nama} disahkan.").format(nama=name)

        def done(_: None) -> None:
            self._actions.say(said)
            self.refresh()

        self._actions.jobs.write(lambda: self._actions.vouch(one, person), done, self._failed)

    def _list(self) -> None:
        """List the people that the search finds."""
        words = self._search.text().casefold().split()
        if not words:
            self._found.put()
            return
        hits = [
            one for one in self._people if all(word in f"{one.name} {one.about}".casefold() for word in words)
        ]
        rows: list[Part] = []
        for number, one in enumerate(hits[:SHOWN]):
            rows += [
                line(),
                ListRow(
                    "user",
                    one.name,
                    one.about,
                    partial(self._choose, one),
                    name=f"person_{number}",
                    height=56,
                ),
            ]
        if not hits:
            none = holder(column(label(tr("Tidak ada yang cocok"), "muted"), margins=(20, 14, 20, 14)))
            rows += [line(), none]
        self._found.put(holder(column(*rows, gap=0)))

    def _choose(self, one: PersonChoice) -> None:
        self._wanted, self._chosen = b"", one
        self._search.blockSignals(True)
        self._search.setText(one.name)
        self._search.blockSignals(False)
        self._found.put()
        self._actions.jobs.run(
            lambda: self._actions.codes(one.person), lambda codes: self._offer(one, codes), self._failed
        )

    def _offer(self, one: PersonChoice, codes: Sequence[CodeView]) -> None:
        if one is not self._chosen:
            return
        if not codes:
            missing = notice(
                "info",
                tr("Belum ada kode untuk {nama}").format(nama=one.name),
                tr(
                    "Kode datang bersama data dari komputernya. "
                    "Ambil hasil dari komputer itu dulu, lalu coba lagi."
                ),
                name="no_code",
            )
            self._code.put(line(), holder(column(missing, margins=(20, 14, 20, 14))))
            return
        rows: list[Part] = [label(one.name, "strong")]
        for number, code in enumerate(codes):
            show = Button(tr("Tampilkan kode"), "plain", "key", name=f"show_code_{number}")
            show.clicked.connect(partial(self._show, one, code))
            where = Elided(code.pc or tr("Komputer tanpa nama"))
            rows.append(row(mid(Icon("computer", "muted", 20)), (where, 1), mid(show), gap=10))
        self._code.put(line(), holder(column(*rows, gap=10, margins=(20, 14, 20, 14))))

    def _show(self, one: PersonChoice, code: CodeView) -> None:
        self._actions.jobs.write(
            lambda: self._actions.show_code(one.person, code),
            lambda said: self._shown(one, code, said),
            self._failed,
        )

    def _shown(self, one: PersonChoice, code: CodeView, said: str) -> None:
        if one is not self._chosen:
            return
        big = label(said, "title", wrap=True, name="reset_code")
        big.setAccessibleName(" ".join(said))
        hide = Button(tr("Sembunyikan"), name="hide_code")
        hide.clicked.connect(self._forget)
        parts = (
            label(tr("Kode atur ulang PIN untuk {nama}").format(nama=one.name), "strong", wrap=True),
            big,
            label(
                tr(
                    "Di {komputer}: pilih namanya, Lupa PIN, lalu ketik kode ini. Kode hanya berlaku sekali."
                ).format(komputer=code.pc or tr("komputernya")),
                "muted",
                wrap=True,
            ),
            row(hide, None),
        )
        self._code.put(line(), holder(column(*parts, gap=10, margins=(20, 14, 20, 14))))
        hide.setFocus()

    def _forget(self) -> None:
        self._chosen = None
        self._code.put()
        self._search.clear()
        self._search.setFocus()

    def _failed(self, problem: Problem) -> None:
        self._problem.put(problem_notice(problem, retry=self.refresh, name="accounts_problem"))
