"""Bukti & JP: the JP of a year, course by course, each with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.formats import jp, long_day
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.choice import Combo
from desktop.screens.custody import place_words, receipt_words
from desktop.screens.fold import Flow
from desktop.screens.icons import Icon
from desktop.screens.jp_card import JpView, jp_card
from desktop.screens.jp_routes import RouteView, routes_card
from desktop.screens.loaded import Loaded
from desktop.screens.page import Scroll, body, empty, header, placed
from desktop.screens.pill import Pill
from desktop.screens.status_line import PLACE_ICONS, Place
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

_LARGE = 1.35
"""Above this size of letters each entry has its buttons under its words."""


class JpState(Enum):
    """Where the JP of a course stand."""

    RECOGNISED = "received and counted by the centre"
    WAITING = "counted here, not yet received by the centre or not yet graded"
    CLAIMED = "finished, but no signed source says yet what it is worth: not in any sum"
    REJECTED = "not counted, with a reason"


class SessionDeed(Enum):
    """What can be done about a session of two colleagues."""

    CHANGE = "record it, or put it right"
    ANSWER = "confirm or decline what a colleague has recorded"
    PAPER = "print what both have stated"


@dataclass(frozen=True, slots=True)
class AskedView:
    """A colleague's session that waits for an answer: its name for the sheet, who asks, what it was."""

    session: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class JpEntry:
    """One course of the year; `jp` in hundredths. `about` adds a score or a reason, in words.

    `place` is where the work is, None where that is not told; since when, and its receipt's code.
    `course` is what its proof is drawn by; `number` that of its certificate, once the centre issued one.
    `claim` is the id of a training outside, which has neither; `open` tells that it may still be changed.
    `session` names one of two colleagues, with what can be done about it.
    """

    title: str
    jp: int
    day: date
    state: JpState
    about: str = ""
    place: Place | None = None
    since: date | None = None
    receipt: str = ""
    course: str = ""
    number: str = ""
    claim: str = ""
    open: bool = False
    session: str = ""
    deed: SessionDeed | None = None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A year's JP and what they come from, newest first; `routes` are the counted JP by route and form.

    `names` are those of years that are not the calendar's; `asked` waits for the person's word.
    """

    years: tuple[int, ...]
    jp: JpView
    entries: tuple[JpEntry, ...]
    routes: tuple[RouteView, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    asked: tuple[AskedView, ...] = ()


class StudyPaper(Enum):
    """The papers about a whole year, or all of them."""

    REPORT = "what was studied, for the superior to sign"
    TRANSCRIPT = "what it came to, course by course"
    ALL = "every year's transcript, with the sums of each"


@dataclass(frozen=True, slots=True)
class EvidenceActions:
    """`load` (a year, 0 for this one) runs as a job; `proof` (of a course) and `check` open their sheets.

    `training` opens that of a training outside by its id, empty for a new one; None where none is kept.
    `paper` opens one about a whole year, `reflect` the words of the person for it;
    `session` (a deed, the name of a session) a sheet about one of two colleagues.
    """

    load: Callable[[int], EvidenceView]
    learn: Callable[[], None]
    jobs: Jobs
    proof: Callable[[QWidget, str], object]
    check: Callable[[QWidget], object]
    training: Callable[[QWidget, str], object] | None = None
    paper: Callable[[QWidget, StudyPaper, int], object] | None = None
    reflect: Callable[[QWidget, int], object] | None = None
    session: Callable[[QWidget, SessionDeed, str], object] | None = None


STATE_PILLS = {
    JpState.RECOGNISED: ("ok", "tick"),
    JpState.WAITING: ("primary", "clock"),
    JpState.CLAIMED: ("muted", "clock"),
    JpState.REJECTED: ("bad", "x"),
}


def state_words(state: JpState) -> str:
    """Say where JP stand."""
    if state is JpState.RECOGNISED:
        return tr("Diakui")
    return tr("Ditolak") if state is JpState.REJECTED else tr("Menunggu")


class Evidence(Loaded[EvidenceView]):
    """Loads again on each visit."""

    start = "evidence_learn"

    def __init__(self, actions: EvidenceActions) -> None:
        self._actions = actions
        self._year = 0
        super().__init__("evidence", tr("Bukti & JP"), actions.jobs, lambda: actions.load(self._year))

    def help_page(self) -> str:
        """The page of help for F1."""
        return "bukti-jp"

    def _pick(self, year: int) -> None:
        self._year = year
        self.refresh()

    def build(self, view: EvidenceView) -> tuple[QWidget, QWidget]:
        """The year's JP and its list, or why there is none."""
        right: list[QWidget] = []
        if len(view.years) > 1:
            years = Combo(
                [(str(year), view.names.get(year, str(year))) for year in view.years],
                name="year",
                words=tr("Tahun"),
                width=136 if view.jp.span else 104,
            )
            years.choose(str(view.jp.year))
            years.activated.connect(lambda _at: self._pick(int(years.value())))
            right.append(years)
        right += self._adder()
        in_head, above = placed(*right)
        if above:  # with large letters the tools go on in a next line, as words do
            above = (holder(Flow(right, gap=8, line_gap=8)),)
        by = (
            tr("Menurut tahun kontrak, waktu kantor")
            if view.jp.span
            else tr("Menurut tahun kalender, waktu kantor")
        )
        head = header(tr("Bukti & JP"), by, *in_head)
        above = (*above, *self._waiting_word(view))
        if view.entries or view.jp.counted:
            routes = [routes_card(view.routes)] if view.routes else []
            listed = (*routes, self._list(view), *self._papers(view), self._checker(), _meaning(), None)
            return head, Scroll(body(*above, jp_card(view.jp), *listed))
        go = Button(tr("Mulai belajar"), "main", "book", name="evidence_learn")
        go.clicked.connect(self._actions.learn)
        nothing = empty(
            "award",
            tr("Belum ada JP tahun {tahun}").format(tahun=view.jp.name),
            tr("JP tercatat saat Anda menyelesaikan satu mata pelatihan. Tidak perlu internet."),
            go,
            name="evidence_empty",
        )
        return head, holder(column(*above, (nothing, 1), self._checker(), gap=0, margins=(24, 0, 24, 24)))

    def _adder(self) -> list[QWidget]:
        """The way to write down what was learned elsewhere."""
        training = self._actions.training
        if training is None:
            return []
        add = Button(tr("Catat pelatihan lain…"), "plain", "plus", name="add_training")
        add.clicked.connect(lambda: training(self.window(), ""))
        session = self._actions.session
        if session is None:
            return [add]
        met = Button(tr("Catat sesi…"), "plain", "plus", name="add_session")
        met.clicked.connect(lambda: session(self.window(), SessionDeed.CHANGE, ""))
        return [met, add]

    def _waiting_word(self, view: EvidenceView) -> list[QWidget]:
        """What colleagues ask this person to confirm."""
        session = self._actions.session
        if session is None or not view.asked:
            return []

        def asked(one: AskedView) -> QWidget:
            go = Button(tr("Jawab…"), "plain", "pen", name=f"answer_{one.session}")
            go.setAccessibleName(f"{tr('Jawab…')} {one.title}, {one.about}")
            go.clicked.connect(lambda: session(self.window(), SessionDeed.ANSWER, one.session))
            words = column(
                label(one.title, "strong", wrap=True), label(one.about, "caption", wrap=True), gap=2
            )
            return holder(row(mid(Icon("letter", "info", 24)), (words, 1), mid(go), gap=14))

        rows = column(*(asked(one) for one in view.asked), gap=10, margins=(20, 12, 20, 12))
        made = holder(rows, "card")
        made.setObjectName("sessions_asked")
        return [made]

    def _papers(self, view: EvidenceView) -> list[QWidget]:
        """The ways to a year's papers, and to one about all years."""
        paper = self._actions.paper
        if paper is None:
            return []
        year = view.jp.year

        def button(words: str, which: StudyPaper, name: str) -> Button:
            made = Button(words, "plain", "print", name=name)
            made.clicked.connect(lambda: paper(self.window(), which, year))
            return made

        reflect = self._actions.reflect
        buttons = []
        if reflect is not None:
            write = Button(tr("Tulis refleksi…"), "plain", "pen", name="reflection")
            write.clicked.connect(lambda: reflect(self.window(), year))
            buttons.append(write)
        buttons += [
            button(tr("Laporan belajar mandiri…"), StudyPaper.REPORT, "study_report"),
            button(tr("Transkrip {tahun}…").format(tahun=view.jp.name), StudyPaper.TRANSCRIPT, "transcript"),
        ]
        if len(view.years) > 1:
            buttons.append(button(tr("Transkrip semua tahun…"), StudyPaper.ALL, "transcript_all"))
        words = label(tr("Perlu diserahkan kepada atasan? Cetak laporan atau transkripnya."), wrap=True)
        made = column(words, holder(Flow(buttons, gap=12)), gap=10, margins=(20, 12, 20, 12))
        return [holder(made, "card")]

    def _checker(self) -> QWidget:
        """The way to judge a paper of somebody else's."""
        check = Button(tr("Periksa bukti…"), "plain", "shield", name="check_proof")
        check.clicked.connect(lambda: self._actions.check(self.window()))
        words = label(
            tr("Menerima sertifikat dari orang lain? Periksa di sini, juga tanpa internet."), wrap=True
        )
        return holder(row((words, 1), mid(check), gap=16, margins=(20, 8, 20, 8)), "card")

    def _list(self, view: EvidenceView) -> QFrame:
        title = tr("Pelatihan, {tahun}").format(tahun=view.jp.name)
        top = holder(row(mid(label(title, "card")), None, margins=(20, 0, 20, 0)))
        top.setFixedHeight(sp(48))
        parts: list[Part] = [top]
        for entry in view.entries:
            parts += [line(), _entry(entry, self._button(entry))]
        made = card(*parts, gap=0, margins=(0, 0, 0, 4))
        made.setObjectName("jp_entries")
        made.setAccessibleName(title)
        return made

    def _button(self, entry: JpEntry) -> QWidget:
        """The paper of a course, or the way to change a training outside while nobody has recognised it."""
        training = self._actions.training
        if entry.session:
            return self._session_button(entry)
        if not entry.claim:
            return self._proof_button(entry)
        if training is None or not entry.open:
            gap = QWidget()
            gap.setFixedWidth(sp(124))
            return gap
        made = Button(tr("Ubah…"), "plain", "pen", name=f"change_{entry.claim}")
        made.setAccessibleName(f"{tr('Ubah…')} {entry.title}")
        made.setMinimumWidth(sp(124))
        made.clicked.connect(lambda: training(self.window(), entry.claim))
        return made

    def _session_button(self, entry: JpEntry) -> QWidget:
        session, deed = self._actions.session, entry.deed
        if session is None or deed is None:
            gap = QWidget()
            gap.setFixedWidth(sp(124))
            return gap
        words, icon = (tr("Lembar sesi…"), "print") if deed is SessionDeed.PAPER else (tr("Ubah…"), "pen")
        made = Button(words, "plain", icon, name=f"session_{entry.session}")
        made.setAccessibleName(f"{words} {entry.title}")
        made.setMinimumWidth(sp(124))
        made.clicked.connect(lambda: session(self.window(), deed, entry.session))
        return made

    def _proof_button(self, entry: JpEntry) -> Button:
        words = tr("Sertifikat") if entry.number else tr("Bukti")
        made = Button(words, "plain", "print", name=f"proof_of_{entry.course}")
        made.setAccessibleName(f"{words}: {entry.title}")
        made.setMinimumWidth(sp(124))  # one column, whatever the word
        made.clicked.connect(lambda: self._actions.proof(self.window(), entry.course))
        return made


def _entry(entry: JpEntry, button: QWidget) -> QWidget:
    about = tr("Selesai {tgl}").format(tgl=long_day(entry.day))
    if entry.about:
        about = f"{about}. {entry.about}"
    if entry.number:
        about = f"{about}. {tr('Sertifikat {nomor}').format(nomor=entry.number)}"
    kind, icon = STATE_PILLS[entry.state]
    amount = label(tr("{n} JP").format(n=jp(entry.jp)), "strong")
    amount.setMinimumWidth(sp(56))
    amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    large = look().scale > _LARGE
    said: list[Part] = [None, Elided(entry.title, "strong"), Elided(about, "caption", "muted")]
    if large:
        said = [label(entry.title, "strong", wrap=True), label(about, "caption", wrap=True)]
    heard = about
    if entry.place is not None:
        where = f"{place_words(entry.place, entry.since)}. {receipt_words(entry.receipt)}"
        icon_name, tint = PLACE_ICONS[entry.place]
        place = label(where, "caption", wrap=True) if large else Elided(where, "caption")
        said.append(row(mid(Icon(icon_name, tint, 16)), (place, 1), gap=6))
        heard = f"{about}. {where}"
    words = column(*said, None, gap=2)
    sign = Icon("award", "ok" if entry.state is JpState.RECOGNISED else "muted", 24)
    state = state_words(entry.state)
    pill = holder(row(mid(Pill(state, kind, icon)), None))
    if large:
        under = row(mid(pill), mid(amount), None, mid(button), gap=14)
        made = holder(row((sign, 0, TOP), (column(words, under, gap=8), 1), gap=14, margins=(20, 12, 20, 12)))
    else:
        pill.setFixedWidth(sp(108))
        parts = (mid(sign), (words, 1), mid(pill), mid(amount), mid(button))
        made = holder(row(*parts, gap=14, margins=(20, 0, 20, 0)))
        made.setFixedHeight(sp(64 if entry.place is None else 80))
    made.setAccessibleName(f"{entry.title}, {amount.text()}, {state}. {heard}")
    return made


def _meaning() -> QFrame:
    lines = (
        tr("Diakui: sudah diterima dan dihitung pusat."),
        tr("Menunggu: sudah selesai di komputer ini, belum diterima pusat. Tidak hilang."),
        tr("Menunggu, belum dijumlahkan: katalog pusat atau data modulnya belum ada di sini."),
        tr("Pelatihan lain dihitung setelah koordinator melihat buktinya."),
        tr("Ditolak: tidak dihitung, dengan alasannya."),
    )
    made = holder(
        column(*(label(words, "muted", wrap=True) for words in lines), gap=2, margins=(20, 12, 20, 12)),
        "flat",
    )
    made.setObjectName("jp_meaning")
    return made
