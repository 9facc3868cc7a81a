"""Data saya wired: sentences about what is kept, the copy, and the request that goes to the centre."""

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.app.saving import choose_file, save_file
from desktop.app.terms import length_of, show_lengths
from desktop.app.trail import show_own_trail
from desktop.formats import long_day, number
from desktop.language import tr, trn
from desktop.people.corrections import ask_correction, own_corrections, topic_words
from desktop.people.own_data import Kept, Sort, ask_deletion, copy_of, kept_of, withdraw_deletion
from desktop.people.privacy_notice import newest_notice, read_by
from desktop.screens.own_data import OwnDataActions, OwnDataView
from desktop.store.retention import schedule_of
from sync.folds.corrections import Correction, CorrectionState, Topic
from sync.folds.requests import Request, State
from sync.retention import Schedule, Term

if TYPE_CHECKING:
    from desktop.app.session import Session

SHOWN = 3
"""Requests for correction shown at once: the newest."""
_KINDS = {CorrectionState.WAITING: "info", CorrectionState.DONE: "ok", CorrectionState.DECLINED: "warn"}


def own_data_actions(session: "Session") -> OwnDataActions:
    """What the card in Setelan needs."""
    profile = session.profile

    def load() -> OwnDataView:
        kept = kept_of(profile)
        lines = (*kept_words(schedule_of(session.app.store), kept), notice_words(session))
        asked = kept.deletion
        waiting = asked is not None and asked.state is State.WAITING
        told = tuple((correction_words(one), _KINDS[one.state]) for one in own_corrections(profile)[:SHOWN])
        return OwnDataView(lines, "" if asked is None else request_words(asked, session), waiting, told)

    def ask(reason: str) -> None:
        ask_deletion(profile, reason)
        session.noted()

    def withdraw() -> None:
        withdraw_deletion(profile)
        session.noted()

    def correct(topic: Topic, wrong: str, right: str) -> None:
        ask_correction(profile, topic, wrong, right)
        session.noted()

    return OwnDataActions(
        load=load,
        choose=lambda parent: choose_file(parent, "data-saya.zip", tr("Berkas ZIP (*.zip)")),
        save=lambda path: save_file(path, ".zip", copy_of(profile)),
        ask=ask,
        withdraw=withdraw,
        correct=correct,
        say=session.app.window.say,
        jobs=session.app.jobs,
        seen=lambda window: show_own_trail(session, window),
        lengths=lambda window: show_lengths(session, window),
    )


def kept_words(schedule: Schedule, kept: Kept) -> tuple[str, ...]:
    """Say what is kept of somebody, where, and until when, by the retention schedule that counts here."""
    here, there = length_of(schedule, Term.PROFILE), length_of(schedule, Term.LEFT)
    sorts = {
        Sort.STUDY: trn("{n} kali membaca dan menonton", kept.sorts[Sort.STUDY]),
        Sort.ANSWERS: trn("{n} jawaban kuis", kept.sorts[Sort.ANSWERS]),
        Sort.WORK: trn("{n} kali mengirim tugas", kept.sorts[Sort.WORK]),
        Sort.NOTES: trn("{n} catatan pribadi dan penanda", kept.sorts[Sort.NOTES]),
        Sort.TRAININGS: trn("{n} pelatihan dari luar", kept.sorts[Sort.TRAININGS]),
    }
    named = [words.format(n=number(kept.sorts[sort])) for sort, words in sorts.items() if kept.sorts[sort]]
    first = tr("Di komputer ini, terkunci dengan PIN: {apa}.").format(
        apa=", ".join(named) or tr("belum ada pekerjaan")
    )
    until = (
        tr("Dihapus dari komputer ini {lama} sesudah Anda terakhir masuk, bila semuanya sudah di pusat.")
        if here
        else tr("Disimpan di komputer ini sampai profil Anda dihapus.")
    )
    centre = (
        tr("Di pusat: {n} dari {semua} catatan, selama Anda di daftar kantor dan {lama} sesudahnya.")
        if there
        else tr("Di pusat: {n} dari {semua} catatan, sampai pusat menghapusnya.")
    )
    return (
        first,
        until.format(lama=here),
        centre.format(n=number(kept.own - kept.unsent), semua=number(kept.own), lama=there),
        trn("Dari pusat untuk Anda: {n} catatan, seperti nilai dan sertifikat.", kept.came).format(
            n=number(kept.came)
        ),
        tr("Koordinator melihat kemajuan, jawaban, JP, dan nilai; tidak melihat catatan pribadi."),
    )


def notice_words(session: "Session") -> str:
    """Say which version of the privacy notice the person has read last, and when."""
    profile, read = session.profile, read_by(session.profile)
    if not read:
        return tr("Pemberitahuan privasi versi {n}: belum Anda nyatakan dibaca.").format(
            n=newest_notice().version
        )
    day = long_day(datetime.fromtimestamp(read[0].at, profile.zone()).date())
    return tr("Pemberitahuan privasi versi {n}: Anda baca pada {tgl}.").format(n=read[0].version, tgl=day)


def request_words(asked: Request, session: "Session") -> str:
    """Say how a request for deletion stands."""
    day = long_day(datetime.fromtimestamp(asked.at, session.profile.zone()).date())
    if asked.state is State.DECLINED:
        return tr("Pusat belum menghapus data Anda: {alasan}").format(alasan=asked.answer)
    if asked.state is State.WITHDRAWN:
        return tr("Permintaan hapus tanggal {tgl} sudah Anda tarik.").format(tgl=day)
    return tr("Anda meminta data dihapus pada {tgl}. Menunggu keputusan pusat.").format(tgl=day)


def correction_words(one: Correction) -> str:
    """Say how a request to put something right stands."""
    what = f"{topic_words(one.topic)}: {one.right}".rstrip(".")
    if one.state is CorrectionState.DECLINED:
        return tr("{apa}. Tidak diubah: {alasan}").format(apa=what, alasan=one.reason)
    if one.state is CorrectionState.DONE:
        return tr("{apa}. Sudah diperbaiki.").format(apa=what)
    return tr("{apa}. Menunggu jawaban koordinator.").format(apa=what)
