"""Kuis wired: what has come of an office's quizzes, laid out by question, and a question that is voided."""

from collections.abc import Callable, Mapping
from datetime import datetime

from desktop.app.asked import asked, question_of
from desktop.app.wording import answer_words
from desktop.assessment.items import QuizItems, folded, quiz_items, void_question
from desktop.errors import Problem
from desktop.formats import long_day, score
from desktop.language import tr, trn
from desktop.library.shelf import Shelf
from desktop.screens.quiz_desk_views import ItemRow, QuizDeskActions, QuizDeskView, QuizRow, RecountRow
from desktop.store.profile import Profile
from sync.folds.items import Item
from sync.folds.recount import Recount, Voided
from sync.packs.questions import Quiz

Names = Callable[[], Mapping[bytes, str]]


class QuizDesk:
    """The quizzes of an office before a trainer, who sees no names, or the desk, which does."""

    def __init__(
        self, profile: Profile, shelf: Shelf, noted: Callable[[], None], names: Names = dict
    ) -> None:
        """`noted` is called, on the thread that recorded, after each record; `names` are those of people."""
        self._profile, self._shelf, self._noted, self._names = profile, shelf, noted, names

    def actions(self) -> QuizDeskActions:
        """What the screen asks for."""
        return QuizDeskActions(self.view, self.effect, self.void)

    def view(self) -> QuizDeskView:
        """Lay out every quiz of which anything has come; no key of an answer is opened for it."""
        names = self._names()
        rows = tuple(self._row(one, names) for one in quiz_items(folded(self._profile)))
        today = long_day(self._day(self._profile.store.now()))
        return QuizDeskView(rows, tr("menurut data yang sudah sampai di sini, {tgl}").format(tgl=today))

    def effect(self, key: str, question: int) -> str:
        """Say what voiding a question would do, before anybody does it."""
        activity, version = _parts(key)
        found = folded(self._profile).without(activity, version, question)
        attempts = folded(self._profile).asked(activity, version, question)
        rising = sum(one.rises for one in found)
        words = [trn("{n} percobaan dihitung ulang.", attempts).format(n=attempts)]
        words.append(
            trn("{n} percobaan menjadi lulus.", rising).format(n=rising)
            if rising
            else tr("Tidak ada yang berubah dari belum lulus menjadi lulus.")
        )
        return " ".join(words)

    def void(self, key: str, question: int, reason: str) -> None:
        """State it. Raises Problem."""
        activity, version = _parts(key)
        if not any(
            (one.activity, one.version) == (activity, version) for one in quiz_items(folded(self._profile))
        ):
            raise Problem(tr("Kuis ini tidak ditemukan."), tr("Kembali ke daftar, lalu buka lagi."))
        void_question(self._profile, activity, version, question, reason)
        self._noted()

    def _row(self, one: QuizItems, names: Mapping[bytes, str]) -> QuizRow:
        installed, quiz = asked(self._shelf, one.activity, one.version)
        found = self._shelf.find(one.activity)
        title = one.activity if found is None else found[2].title
        told = "" if quiz is not None else tr("Pasang paket versi {v} untuk membaca bunyi soalnya.")
        return QuizRow(
            f"{one.version} {one.activity}",
            title,
            one.version,
            one.attempts,
            tuple(self._item(item, quiz) for item in one.items),
            tuple(self._recount(each, names) for each in one.recounts),
            told.format(v=one.version) if installed is None or told else "",
        )

    def _item(self, item: Item, quiz: Quiz | None) -> ItemRow:
        question = question_of(quiz, item.question)
        trap, trapped = max(item.wrong.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        # a place in a list says nothing without its question, and no answer at all is nobody's mistake
        said = answer_words(question, trap) if question is not None and trapped else ""
        return ItemRow(
            item.question,
            tr("Bunyi soal tidak ada di komputer ini.") if question is None else question.text,
            item.asked,
            round(item.earned / 100),
            None if item.apart is None else item.apart / 10_000,
            said,
            trapped if said else 0,
            "" if item.voided is None else self._why(item.voided),
        )

    def _why(self, voided: Voided) -> str:
        by = tr("Anda") if voided.by == self._profile.profile else self._name(voided.by, self._names())
        return tr("{alasan} ({siapa}, {tgl})").format(
            alasan=voided.reason, siapa=by, tgl=long_day(self._day(voided.when.at))
        )

    def _recount(self, one: Recount, names: Mapping[bytes, str]) -> RecountRow:
        state, kind = (
            (tr("Menjadi lulus"), "ok")
            if one.rises
            else (tr("Tetap lulus, lihat lagi"), "warn")
            if one.falls
            else (tr("Tetap lulus"), "muted")
            if one.passed
            else (tr("Tetap belum lulus"), "muted")
        )
        numbers = ", ".join(str(question + 1) for question in one.without)
        same = tr("percobaan {n}, nilai tetap {b}, tanpa soal {soal}, {tgl}")
        moved = tr("percobaan {n}, nilai {a} menjadi {b}, tanpa soal {soal}, {tgl}")
        about = (same if one.counted == one.before else moved).format(
            n=one.attempt,
            a=score(one.before),
            b=score(one.counted),
            soal=numbers,
            tgl=long_day(self._day(max(word.when.at for word in one.words))),
        )
        return RecountRow(self._name(one.profile, names), about, state, kind)

    def _name(self, profile: bytes, names: Mapping[bytes, str]) -> str:
        """Name somebody where names are known here; a trainer sees a mark that stays the same."""
        person = self._profile.authority().person_of(profile) or profile
        return names.get(person) or tr("Orang {tanda}").format(tanda=person.hex()[-4:].upper())

    def _day(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self._profile.zone())


def _parts(key: str) -> tuple[str, str]:
    version, _, activity = key.partition(" ")
    return activity, version
