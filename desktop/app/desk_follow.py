"""Tindak lanjut wired: whom to call, on the glass, on paper and as text, and the log of contacts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.app.desk_timings import DeskTimings
from desktop.app.saving import choose_pdf, save_pdf
from desktop.app.trail import taken
from desktop.formats import long_day
from desktop.language import tr
from desktop.office.contacts import Way, contacts, note_contact
from desktop.office.corrections import Wish, decline, put_right, wishes_at_desk
from desktop.office.endings import endings
from desktop.office.follow_up import Call, Paces, about, calls, contact_words, message, paces_of, why_words
from desktop.screens.cohort_corrections import CorrectionActions
from desktop.screens.cohort_follow import FollowUpActions, FollowUpView
from desktop.screens.paper_sheet import DrawnPaper, PaperSize
from desktop.store.jp_table import jp_table_of
from sync.folds.corrections import CorrectionState
from sync.folds.trail import Taken
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.session import Session
    from desktop.paper.letter_page import Letter

_LOOKED_AT = 600
"""Width in pixels of the page that is shown: sharp at twice its size on the glass."""


class DeskFollow:
    """Following up, for a signed-in coordinator."""

    def __init__(self, session: "Session", desk: "DeskRoom") -> None:
        self._session, self._desk = session, desk
        self._profile = session.profile
        self._listed = 0
        self.timings = DeskTimings(session, desk)

    def actions(self) -> FollowUpActions:
        """What the tab needs."""
        return FollowUpActions(
            load=self.view,
            text=self._text,
            draw=self.draw,
            note=self._note,
            choose=choose_pdf,
            save=self._save,
            say=self._session.app.window.say,
            jobs=self._session.app.jobs,
            corrections=CorrectionActions(
                put_right=self._put_right,
                decline=self._decline,
                say=self._session.app.window.say,
                jobs=self._session.app.jobs,
            ),
            timings=self.timings.actions(),
        )

    def view(self) -> FollowUpView:
        """Fold what has come and say whom to follow up."""
        found = self._desk.renew()
        listed = calls(found.rows, self.paces(), contacts(self._profile))
        wishes = wishes_at_desk(self._profile, self._desk.desk.people())
        open_ones = tuple(one for one in wishes if one.asked.state is CorrectionState.WAITING)
        waiting, late = self.timings.views()
        return FollowUpView(
            listed, self._desk.days(), open_ones, waiting, endings(self._profile), late_by_clock=late
        )

    def draw(self, found: Sequence[Call], size: PaperSize) -> DrawnPaper:
        """Draw the list to print."""
        self._listed = len(found)
        return drawn(self._letter(found), size)

    def _text(self, found: Sequence[Call]) -> str:
        taken(self._session, Taken.MESSAGE, len(found))
        return message(found, self.office_name(), self._today())

    def _save(self, path: str, pdf: bytes) -> None:
        taken(self._session, Taken.FOLLOW, self._listed)
        save_pdf(path, pdf)

    def office_name(self) -> str:
        """The name on the letterhead."""
        office = self._profile.store.office()
        return tr("Komputer tanpa kantor") if office is None else office.header.name

    def _letter(self, found: Sequence[Call]) -> "Letter":
        from desktop.paper.letter_page import Col, Letter, Table  # noqa: PLC0415 - only who draws paper

        days = self._desk.days()
        rows = tuple(
            (
                str(number),
                f"{one.found.row.name}\n{spaced(one.nip) if len(one.nip) == LENGTH else one.nip or '-'}",
                one.found.row.unit,
                "\n".join(why_words(each, one.found.pace) for each in one.found.why),
                about(one, days.zone),
                "" if one.last is None else contact_words(one.last, days.year),
            )
            for number, one in enumerate(found, 1)
        )
        columns = (
            Col(tr("No."), 5, right=True),
            Col(tr("Nama dan NIP"), 25),
            Col(tr("Unit kerja"), 16),
            Col(tr("Alasan"), 16),
            Col(tr("Keadaan"), 20),
            Col(tr("Kontak terakhir dan catatan"), 18),
        )
        today = long_day(self._today())
        return Letter(
            self.office_name(),
            tr("Daftar tindak lanjut"),
            (tr("{n} orang, {tgl}").format(n=len(rows), tgl=today),),
            (Table("", columns, rows, tr("Tidak ada yang perlu ditindaklanjuti.")),),
            foot=f"{tr('Daftar tindak lanjut')}, {today}",
        )

    def _note(self, person: bytes, day: date, way: Way, words: str) -> None:
        note_contact(self._profile, person, day, way, words)
        self._session.noted()

    def _put_right(self, one: Wish) -> None:
        put_right(self._profile, one)
        self._session.noted()

    def _decline(self, one: Wish, reason: str) -> None:
        decline(self._profile, one, reason)
        self._session.noted()

    def paces(self) -> Paces:
        """How far everybody should be by now, by the conversion table that counts here."""
        store = self._profile.store
        return paces_of(jp_table_of(store), store.now(), self._profile.zone())

    def _today(self) -> date:
        days = self._desk.days()
        return datetime.fromtimestamp(days.now, days.zone).date()


def drawn(letter: "Letter", size: PaperSize) -> DrawnPaper:
    """Draw a paper of the office in a size, with its first page to look at."""
    from desktop.paper.letter_page import print_letter  # noqa: PLC0415 - only who draws paper
    from desktop.paper.proof_page import look_at  # noqa: PLC0415 - as above
    from desktop.paper.sheet import Paper, pages_of  # noqa: PLC0415 - as above

    pdf = print_letter(letter, Paper[size.name])
    return DrawnPaper(letter.title, pages_of(pdf), pdf, look_at(pdf, _LOOKED_AT))
