"""Sessions of two colleagues wired: recorded, answered, listed in Bukti & JP, and printed as Lembar Sesi."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.app.outside import STATES, form_words
from desktop.app.saving import choose_pdf, save_pdf
from desktop.evidence.sessions import Met, Sitting, answer_session, asked, sittings, state_session
from desktop.formats import jp, long_day
from desktop.language import tr
from desktop.screens.evidence import AskedView, JpEntry, SessionDeed
from desktop.screens.paper_sheet import DrawnPaper, PaperActions, PaperSheet, PaperSize
from desktop.screens.session_sheet import (
    AnswerActions,
    AnswerSheet,
    SessionActions,
    SessionForm,
    SessionSheet,
    SessionWish,
    clock,
)
from desktop.store.jp_table import jp_table_of
from sync.folds.sessions import Why
from sync.folds.training import TrainingState
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from desktop.app.session import Session
    from desktop.paper.letter_page import Letter

_LOOKED_AT = 600


class Sessions:
    """The sessions of one signed-in person."""

    def __init__(self, session: "Session") -> None:
        self._session, self._profile = session, session.profile
        self._table = jp_table_of(session.app.store)

    def open(self, window: QWidget, deed: SessionDeed, name: str) -> object:
        """Open the sheet for a deed; `name` is the digest of the session in hex, empty for a new one."""
        held = next((one for one in sittings(self._profile) if one.session.sheet.digest.hex() == name), None)
        if deed is SessionDeed.ANSWER and held is not None:
            return AnswerSheet(window, self.answers(held))
        if deed is SessionDeed.PAPER and held is not None:
            actions = PaperActions(
                lambda size: self.draw(held, size), choose_pdf, save_pdf, self._session.app.jobs
            )
            return PaperSheet(window, tr("Lembar sesi"), "lembar-sesi", actions)
        return SessionSheet(window, self.actions(), SessionWish() if held is None else _draft(held))

    def actions(self) -> SessionActions:
        """What recording a session needs."""
        forms = tuple(
            SessionForm(
                name,
                form_words(self._table, name),
                tr("{n} JP bila dikonfirmasi, paling banyak {m} JP setahun.").format(
                    n=jp(rule.worth), m=jp(rule.cap)
                ),
            )
            for name, rule in self._table.peers.items()
        )

        def save(wish: SessionWish) -> None:
            day, start = wish.day, wish.start
            if day is not None and start is not None:
                said = Met(wish.form, wish.nip, day, start, wish.minutes, wish.topic, wish.agreed)
                state_session(self._profile, said, wish.session)
                self._session.noted()

        said = tr("Sesi dicatat. Rekan Anda akan diminta mengonfirmasi.")
        return SessionActions(forms, save, lambda: self._say(said), self._session.app.jobs)

    def answers(self, one: Sitting) -> AnswerActions:
        """What answering a colleague's session needs."""

        def answer(yes: bool, reason: str) -> None:  # noqa: FBT001 - the sheet's callable
            answer_session(self._profile, one, yes=yes, reason=reason)
            self._session.noted()

        said = tr("Jawaban dicatat dan akan dikirim.")
        lines = self._lines(one)
        return AnswerActions(one.name, lines, answer, lambda: self._say(said), self._session.app.jobs)

    def entries(self, year: int) -> list[JpEntry]:
        """The sessions of a year for the list; a colleague's only where it gives hours."""
        found = (one for one in sittings(self._profile) if one.session.year == year)
        return [self._entry(one) for one in found if one.session.mine or one.session.jp]

    def asked(self) -> tuple[AskedView, ...]:
        """The sessions that wait for this person's word."""
        return tuple(
            AskedView(
                one.session.sheet.digest.hex(),
                tr("{nama} meminta konfirmasi Anda").format(nama=one.name),
                tr("{bentuk}, {tgl}, {n} menit").format(
                    bentuk=form_words(self._table, one.session.form),
                    tgl=long_day(_day(one)),
                    n=one.session.sheet.minutes,
                ),
            )
            for one in asked(self._profile)
        )

    def draw(self, one: Sitting, size: PaperSize) -> DrawnPaper:
        """Draw the sheet of a session that both have stated."""
        from desktop.paper.letter_page import print_letter  # noqa: PLC0415 - only who looks at paper
        from desktop.paper.proof_page import look_at  # noqa: PLC0415 - as above
        from desktop.paper.sheet import Paper, pages_of  # noqa: PLC0415 - as above

        letter = self.letter(one)
        pdf = print_letter(letter, Paper[size.name])
        return DrawnPaper(letter.title, pages_of(pdf), pdf, look_at(pdf, _LOOKED_AT))

    def letter(self, one: Sitting) -> "Letter":
        """Lay the sheet out: what was said, and who has stated it when."""
        from desktop.paper.letter_page import Col, Letter, Signer, Table, Text  # noqa: PLC0415 - as above

        day = self._session.homes.day
        office = self._profile.store.office()
        lines = [*self._lines(one), (tr("JP yang dihitung"), jp(one.session.jp))]
        said = Table(tr("Sesi"), (Col(tr("Keterangan"), 26), Col(tr("Isi"), 74)), tuple(lines))
        heads = Col(tr("Nama dan NIP"), 44), Col(tr("Menyatakan"), 32), Col(tr("Pada"), 24)
        both = (
            (_who(one.name, one.nip), tr("Mencatat sesi ini"), long_day(day(one.stated))),
            (_who(one.other_name, one.other_nip), tr("Mengonfirmasi sesi ini"), long_day(day(one.answered))),
        )
        note = tr(
            "Dinyatakan oleh dua akun di Suluh pada tanggal di atas, disusun dari catatan di komputer ini."
        )
        return Letter(
            head=tr("Komputer tanpa kantor") if office is None else office.header.name,
            title=tr("Lembar Sesi {bentuk}").format(bentuk=form_words(self._table, one.session.form)),
            lines=(long_day(_day(one)),),
            parts=(said, Table(tr("Pernyataan"), heads, both), Text("", (note,))),
            place=long_day(self._session.homes.today()),
            signers=(
                Signer(tr("Rekan"), one.other_name, _spaced(one.other_nip)),
                Signer(tr("Yang belajar"), one.name, _spaced(one.nip)),
            ),
        )

    def _lines(self, one: Sitting) -> tuple[tuple[str, str], ...]:
        sheet = one.session.sheet
        end = (sheet.start + sheet.minutes) % (24 * 60)
        time = tr("{mulai} sampai {akhir} ({n} menit)").format(
            mulai=clock(sheet.start), akhir=clock(end), n=sheet.minutes
        )
        return (
            (tr("Bentuk"), form_words(self._table, sheet.form)),
            (tr("Tanggal"), long_day(_day(one))),
            (tr("Waktu"), time),
            (tr("Topik"), one.topic),
            (tr("Kesepakatan"), one.agreed),
        )

    def _entry(self, one: Sitting) -> JpEntry:
        state, name = one.session.state, one.other_name if one.session.mine else one.name
        words = f"{form_words(self._table, one.session.form)} {tr('dengan {nama}').format(nama=name)}"
        if state is TrainingState.REJECTED:
            words = tr("{apa}. Ditolak: {alasan}").format(apa=words, alasan=one.reason)
        elif state is TrainingState.WAITING:
            words = f"{words}, {tr('menunggu konfirmasi')}"
        elif one.session.why is Why.OVERLAP:
            words = f"{words}. {tr('Bertumpuk dengan sesi lain, dihitung satu kali.')}"
        elif one.session.why is Why.CAP:
            words = f"{words}. {tr('Batas setahun untuk bentuk ini sudah tercapai.')}"
        deed = SessionDeed.PAPER if state is TrainingState.RECOGNISED else SessionDeed.CHANGE
        return JpEntry(
            title=one.topic or form_words(self._table, one.session.form),
            jp=one.session.jp,
            day=_day(one),
            state=STATES[state],
            about=words,
            session=one.session.sheet.digest.hex(),
            deed=None if one.closed or (not one.session.mine and deed is SessionDeed.CHANGE) else deed,
        )

    def _say(self, words: str) -> None:
        self._session.app.window.say(words)
        refresh = getattr(self._session.app.window.page("evidence"), "refresh", None)
        if callable(refresh):
            refresh()


def _day(one: Sitting) -> date:
    return date.fromordinal(one.session.sheet.day)


def _draft(one: Sitting) -> SessionWish:
    sheet = one.session.sheet
    return SessionWish(
        sheet.id, sheet.form, one.other_nip, _day(one), sheet.start, sheet.minutes, one.topic, one.agreed
    )


def _spaced(nip: str) -> str:
    return spaced(nip) if len(nip) == LENGTH else nip


def _who(name: str, nip: str) -> str:
    return f"{name}\n{tr('NIP {nip}').format(nip=_spaced(nip))}" if nip else name
