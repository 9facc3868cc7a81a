"""Data saya wired: sentences about what is kept, the copy, and the request that goes to the centre."""

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.app.saving import choose_file, save_file
from desktop.app.trail import show_own_trail
from desktop.formats import long_day, number
from desktop.language import tr
from desktop.people.corrections import ask_correction, own_corrections, topic_words
from desktop.people.own_data import ask_deletion, copy_of, kept_of, withdraw_deletion
from desktop.people.privacy_notice import newest_notice, read_by
from desktop.screens.own_data import OwnDataActions, OwnDataView
from sync.folds.corrections import Correction, CorrectionState, Topic
from sync.folds.requests import Request, State

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
        lines = (
            tr("Di komputer ini: {n} catatan Anda, terkunci dengan PIN, sampai profil Anda dihapus.").format(
                n=number(kept.own)
            ),
            tr("Di pusat: {n} di antaranya, untuk JP dan sertifikat, sampai pusat menghapusnya.").format(
                n=number(kept.own - kept.unsent)
            ),
            tr("Koordinator melihat kemajuan, JP, dan nilai; tidak melihat catatan pribadi."),
            tr("Dari pusat untuk Anda: {n} catatan, seperti nilai dan sertifikat.").format(
                n=number(kept.came)
            ),
            notice_words(session),
        )
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
    what = f"{topic_words(one.topic)}: {one.right}"
    if one.state is CorrectionState.DECLINED:
        return tr("{apa}. Tidak diubah: {alasan}").format(apa=what, alasan=one.reason)
    if one.state is CorrectionState.DONE:
        return tr("{apa}. Sudah diperbaiki.").format(apa=what)
    return tr("{apa}. Menunggu jawaban koordinator.").format(apa=what)
