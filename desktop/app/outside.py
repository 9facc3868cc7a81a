"""Training outside wired: the sheet's forms from the table, and what is typed stated by the profile."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import Problem
from desktop.evidence.outside import Outside, claim_training, claimed
from desktop.evidence.sums import RouteSum
from desktop.formats import jp
from desktop.language import language, tr
from desktop.screens.evidence import JpEntry, JpState
from desktop.screens.jp_routes import RouteView
from desktop.screens.training_sheet import FormChoice, TrainingActions, TrainingDraft, TrainingWish
from desktop.store.jp_table import jp_table_of
from sync.folds.files import FILE_LIMIT
from sync.folds.training import Training, TrainingState
from sync.jp_table import Form, JpTable, Unit

if TYPE_CHECKING:
    from desktop.app.session import Session

STATES = {
    TrainingState.RECOGNISED: JpState.RECOGNISED,
    TrainingState.WAITING: JpState.CLAIMED,
    TrainingState.REJECTED: JpState.REJECTED,
}


class OutsideTraining:
    """The sheet of one signed-in person."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._profile = session.profile
        self._table = jp_table_of(session.app.store)

    def actions(self) -> TrainingActions:
        """What the sheet needs."""
        return TrainingActions(
            tuple(_choice(one) for one in self._table.forms),
            self._worth,
            _which,
            self._save,
            self._saved,
            self._session.app.jobs,
        )

    def draft(self, claim: str) -> TrainingDraft:
        """What the sheet begins with, for a new training or one that is changed."""
        held = claimed(self._profile, claim) if claim else None
        if held is None:
            return TrainingDraft()
        said = held.claim
        form = self._table.form(said.form)
        return TrainingDraft(
            said.id,
            said.form,
            said.title,
            said.organiser,
            held.day,
            _amount(said.units, said.jp, form, abroad=said.abroad),
            said.abroad,
            bool(said.file),
        )

    def _worth(self, form: str, amount: int, abroad: bool) -> int:  # noqa: FBT001 - the sheet's callable
        found = self._table.form(form)
        return 0 if found is None else found.worth(amount // 100, amount, abroad=abroad)

    def _save(self, wish: TrainingWish) -> None:
        form = self._table.form(wish.form)
        counted = form is not None and form.unit in {Unit.DAY, Unit.TIME}
        if counted and wish.amount % 100:
            raise Problem(tr("Banyaknya tidak masuk akal."), tr("Isi angka bulat."))
        units = wish.amount // 100 if counted else 1
        said = Outside(
            wish.form,
            wish.title,
            wish.organiser,
            wish.day,
            units,
            wish.amount,
            wish.abroad,
            _read(wish.scan) if wish.scan else None,
        )
        claim_training(self._profile, said, wish.claim)
        self._session.noted()

    def _saved(self) -> None:
        self._session.app.window.say(tr("Pelatihan dicatat. Koordinator akan melihat buktinya."))
        page = self._session.app.window.page("evidence")
        refresh = getattr(page, "refresh", None)
        if callable(refresh):
            refresh()


def entry_of(one: Training, table: JpTable) -> JpEntry:
    """Show a training outside in the year's list."""
    form = table.form(one.claim.form)
    words = f"{short_words(form, one.claim.form)}, {one.claim.organiser}"
    if one.state is TrainingState.REJECTED:
        words = tr("{apa}. Ditolak: {alasan}").format(apa=words, alasan=one.reason)
    elif one.state is TrainingState.WAITING:
        told = tr("menunggu koordinator") if one.claim.file else tr("menunggu koordinator, tanpa pindaian")
        words = f"{words}, {told}"
    return JpEntry(
        title=one.claim.title,
        jp=one.jp,
        day=one.day,
        state=STATES[one.state],
        about=words,
        claim=one.claim.id,
        open=one.state is not TrainingState.RECOGNISED,
    )


def short_words(form: Form | None, name: str) -> str:
    """Name a form, in the language in use; its id where the table does not know it."""
    if form is None:
        return name
    return form.english if language() == "en" else form.name


def _choice(form: Form) -> FormChoice:
    asks = {
        Unit.DAY: tr("Berapa hari"),
        Unit.TIME: tr("Berapa kali"),
        Unit.FIXED: "",
        Unit.PROGRAMME: tr("JP menurut sertifikat"),
    }[form.unit]
    return FormChoice(form.id, short_words(form, form.id), asks, form.goes_abroad, form.unconfirmed)


def _amount(units: int, hours: int, form: Form | None, *, abroad: bool) -> str:
    """Write what was typed for a claim; a programme's own JP are found back from what they counted abroad."""
    if form is None or form.unit is not Unit.PROGRAMME:
        return str(units)
    return jp(hours * 100 // (form.abroad_percent or 100) if abroad else hours)


def _read(path: str) -> bytes:
    """Read a scan, one byte more than it may have so that a larger one is told. Raises Problem."""
    try:
        with Path(path).open("rb") as file:
            return file.read(FILE_LIMIT + 1)
    except OSError as fault:
        raise Problem(
            tr("Berkas tidak dapat dibaca."), tr("Periksa flashdisknya, lalu coba lagi.")
        ) from fault


def _which(parent: QWidget) -> str:
    kinds = tr("PDF atau gambar (*.pdf *.jpg *.jpeg *.png)")
    return QFileDialog.getOpenFileName(parent, tr("Pilih pindaian"), "", kinds)[0]


def form_words(table: JpTable, form: str) -> str:
    """Name a form of the table, or what was learned in courses here."""
    return short_words(table.form(form), form) if form else tr("Belajar di Suluh")


def route_words(route: str) -> str:
    """Name a route; one that a newer table brings is named as the table does."""
    known = {"klasikal": tr("Klasikal"), "nonklasikal": tr("Nonklasikal"), "": tr("Jalur lain")}
    return known.get(route) or route.capitalize()


def routes_of(sums: tuple[RouteSum, ...], table: JpTable) -> tuple[RouteView, ...]:
    """Put a year's sums in words."""
    return tuple(
        RouteView(
            route_words(one.route),
            one.jp,
            tuple((form_words(table, form), hours) for form, hours in one.forms),
        )
        for one in sums
    )
