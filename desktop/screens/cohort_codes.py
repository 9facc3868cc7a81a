"""The card that finds a person and shows the code by which their forgotten PIN is reset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.card import ListRow
from desktop.screens.field import Field
from desktop.screens.icons import Icon
from desktop.screens.notice import notice
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
class CodeView:
    """A reset code that can be shown: for which PC. Showing it is what is recorded."""

    key: bytes
    pc: str


class ResetCard(QFrame):
    """`codes` lists what can be shown for a person, as a job; `show_code` records that it is shown."""

    def __init__(
        self,
        codes: Callable[[bytes], Sequence[CodeView]],
        show_code: Callable[[bytes, CodeView], str],
        jobs: Jobs,
        failed: Callable[[Problem], None],
    ) -> None:
        super().__init__()
        self.setObjectName("reset_card")
        self.setProperty("f", "card")
        self._codes, self._show_code, self._jobs, self._failed = codes, show_code, jobs, failed
        self._people: Sequence[PersonChoice] = ()
        self._chosen: PersonChoice | None = None
        self._wanted = b""
        seek = tr("Cari nama")
        self.search = Field(name="accounts_search", words=seek, hint=seek, icon_name="search")
        self._found = Slot("accounts_found")
        self._code = Slot("accounts_code")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._list)
        self.search.textEdited.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._list)
        head = holder(row(mid(label(tr("Atur ulang PIN"), "card")), None, margins=(20, 0, 12, 0)))
        head.setFixedHeight(sp(48))
        about = label(
            tr("Cari orangnya. Kode atur ulang PIN berlaku sekali, hanya di komputernya, dan tercatat."),
            "muted",
            wrap=True,
        )
        asked = holder(column(about, self.search, gap=12, margins=(20, 14, 20, 14)))
        self.setLayout(column(head, line(), asked, self._found, self._code, gap=0, margins=(0, 0, 0, 6)))

    def show_people(self, people: Sequence[PersonChoice]) -> None:
        """Take the roster to choose from."""
        self._people = people
        if self._wanted:
            self.show_person(self._wanted)

    def show_person(self, person: bytes) -> None:
        """Choose somebody, as if found by the search; before the roster has come, as soon as it comes."""
        self._wanted = person
        found = next((one for one in self._people if one.person == person), None)
        if found is not None:
            self._choose(found)

    def _list(self) -> None:
        """List the people that the search finds."""
        words = self.search.text().casefold().split()
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
        self.search.blockSignals(True)
        self.search.setText(one.name)
        self.search.blockSignals(False)
        self._found.put()
        self._jobs.run(lambda: self._codes(one.person), lambda codes: self._offer(one, codes), self._failed)

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
        self._jobs.write(
            lambda: self._show_code(one.person, code),
            lambda said: self._shown(one, code, said),
            self._failed,
        )

    def _shown(self, one: PersonChoice, code: CodeView, said: str) -> None:
        if one is not self._chosen:
            return
        big = label(said, "title", wrap=True, name="reset_code")
        big.setAccessibleName(" ".join(said))
        hide = Button(tr("Sembunyikan"), name="hide_code")
        hide.clicked.connect(self.forget)
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

    def forget(self) -> None:
        """Hide what is shown and begin anew."""
        self._chosen = None
        self._code.put()
        self.search.clear()
