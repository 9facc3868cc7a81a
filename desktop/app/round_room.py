"""The coordinator's round wired: the desk's round and its stick to the glass, and back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.app.round_losses import aboard_of, losses_of
from desktop.background.sync_words import word_failure
from desktop.errors import Problem
from desktop.language import tr, trn
from desktop.library.drives import Drive, Drives
from desktop.office import carry, lost_stick
from desktop.office.certificates_home import certificates_waiting
from desktop.office.doubt_words import words_of
from desktop.office.doubts import Reason, drop_doubts, kept_doubts, known_now
from desktop.office.merge import Merged, MergeProgress, merge, merge_parts
from desktop.office.on_stick import Contents, OnStick, load_stick
from desktop.office.round import Round as Standing
from desktop.office.round import RoundPc as Known
from desktop.office.round import Step, know, round_of
from desktop.office.round_on_stick import round_to
from desktop.office.stick_words import problem_of, worded
from desktop.people.office import servers
from desktop.people.vouching import waiting_keys
from desktop.screens.cohort_computers import VisitRow
from desktop.screens.coordinator_home import NextStep
from desktop.screens.exchange import Exchange, ExchangeActions
from desktop.screens.exchange_room import ExchangeRoom
from desktop.screens.exchange_words import now_words
from desktop.screens.round import Round
from desktop.screens.round_cards import step_words
from desktop.screens.round_views import (
    CentreDone,
    Doubt,
    MergeDone,
    RoundActions,
    RoundPc,
    RoundProgress,
    RoundStep,
    RoundView,
    StickInside,
    Stopped,
    Tell,
)
from desktop.store.traffic import NET
from sync.client.carrying import Carrying
from sync.client.faults import Failure, Fault
from sync.client.stick import Stick, StickFault, StickState, Trouble
from sync.client.transport import Transport
from sync.folds.cohort import INACTIVE_AFTER
from sync.postbag.part import Part

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.session import Session
    from desktop.store.device import Store

PAGE = "/kirim"
"""The centre's page for a borrowed PC."""
SLOW = 8_000
"""Bytes a second of the line people.md counts with (64 kbit/s): before anything was measured."""
_STEPS = {
    Step.VISIT: RoundStep.TOUR,
    Step.MERGE: RoundStep.MERGE,
    Step.CENTRE: RoundStep.CENTRE,
    Step.DELIVER: RoundStep.DELIVER,
}


@dataclass(frozen=True, slots=True)
class _Found:
    """The round, what lies on the stick and what that is called, and how many PCs' results the hub holds."""

    round: Standing
    inside: OnStick | None
    label: str
    hub: int


class RoundRoom:
    """The round of a signed-in coordinator."""

    def __init__(self, session: "Session", desk: "DeskRoom") -> None:
        self._session, self._desk = session, desk
        self._profile, self._store = session.profile, session.profile.store
        self._drives = Drives(session.app.sticks)
        self._contents = Contents(session.profile)
        self._merged: MergeDone | None = None
        self._unknown: set[str] = set()
        self._carrying = Carrying()

    def build(self) -> QWidget:
        """Build Kirim & terima with the round in front."""
        app, road = self._session.app, self._session.road

        def own(back: Callable[[], None]) -> Exchange:
            return Exchange(
                ExchangeActions(
                    road.view,
                    road.send_now,
                    lambda: self._session.visit("settings"),
                    app.jobs,
                    app.exchange_stick,
                    back,
                )
            )

        return ExchangeRoom(lambda show_own: Round(self._actions(show_own)), own)

    def _actions(self, own: Callable[[], None]) -> RoundActions:
        app = self._session.app
        return RoundActions(
            load=self.view,
            merge=self._merge,
            to_centre=self._to_centre,
            take_answer=self._take_answer,
            report_lost=self._report_lost,
            checked=lambda: drop_doubts(self._store),
            visit=app.exchange_stick,
            own=own,
            say=app.window.say,
            copy=lambda words: QGuiApplication.clipboard().setText(words),
            jobs=app.jobs,
        )

    # --- looking -----------------------------------------------------------------------------------------

    def _standing(self) -> _Found:
        know(self._store, ((one.pc, one.name) for one in self._desk.renewed.computers))
        found = self._stick()
        inside = None if found is None else self._contents.look(found[1])
        label = "" if found is None else found[0].label
        on_stick = frozenset[bytes]() if inside is None else inside.pcs
        hub = self._contents.unmerged(self._at_hub()) - on_stick
        return _Found(round_of(self._store, len(on_stick | hub)), inside, label, len(hub))

    def _at_hub(self) -> tuple[tuple[Part, bytes], ...]:
        """What other PCs have brought to the hub, where this PC is it."""
        from desktop.background.hub_process import post_at_hub  # noqa: PLC0415 - most desks run no hub

        folder = self._store.folders.data / "hub"
        return post_at_hub(folder) if folder.is_dir() else ()

    def view(self) -> RoundView:
        """Show the round; runs as a job."""
        self._desk.renew()
        return self._view()

    def next_step(self) -> NextStep | None:
        """Propose the round's next place on Beranda, where a round is under way or somebody's data are old.

        An office whose PCs all reach the centre by themselves is never told to go round.
        """
        view = self._view()
        if view.step is RoundStep.TOUR:
            others = [pc for pc in view.pcs if not pc.here]
            begun = any(pc.fresh for pc in others)
            if not view.missing or not (begun or view.stick is not None or self._stale()):
                return None
        title, about = step_words(view)
        icon = "stick" if view.step is RoundStep.TOUR else "courier"
        return NextStep("exchange", title, about, tr("Lihat caranya"), icon)

    def _stale(self) -> bool:
        now = self._store.now()
        return any(now - one.as_of > INACTIVE_AFTER for one in self._desk.renewed.computers)

    def _view(self) -> RoundView:
        found = self._standing()
        unknown = {one.pc_name for one in waiting_keys(self._profile)}
        known_now(self._store, self._unknown - unknown)
        self._unknown = unknown
        standing, inside = found.round, found.inside
        road = self._session.road.view()
        answer = inside is not None and inside.answer
        step = RoundStep.CENTRE if answer else _STEPS[standing.step]
        heard = {one.pc: one.as_of for one in self._desk.renewed.computers}
        pcs = [self._pc(one, heard.get(one.pc, 0), standing.began) for one in standing.pcs]
        if step is RoundStep.TOUR and standing.waiting and all(pc.fresh for pc in pcs):
            step = RoundStep.CENTRE  # who was not visited has sent by itself
        address = next(iter(servers(self._store)), "")
        return RoundView(
            office=road.office,
            month=self._day(self._store.now()),
            step=step,
            pcs=tuple(sorted(pcs, key=lambda pc: (pc.fresh, pc.name.casefold()))),
            stick=None if inside is None else _inside(inside, found.label),
            waiting=standing.waiting,
            seconds=-(-standing.waiting // SLOW),
            letters=sum(one.letters for one in standing.pcs),
            page=f"{address.rstrip('/')}{PAGE}" if address else "",
            online=road.online,
            own=now_words(road)[0],
            merged=self._merged,
            doubts=_doubts(self._store),
            certificates=certificates_waiting(self._store),
            hub=found.hub,
            aboard=aboard_of(self._profile, self._desk.desk.people()),
            losses=losses_of(self._profile),
        )

    def left(self, stick: Stick) -> tuple[str, ...] | None:
        """Tell which PCs a stick was not at yet in this round, and it; None where no other is known."""
        with worded():
            round_to(self._profile, stick)
        aboard = self._contents.look(stick).pcs
        found = round_of(self._store, len(aboard))
        if all(one.here for one in found.pcs):
            return None
        return tuple(one.name for one in found.left if one.pc not in aboard)

    def visits(self) -> dict[bytes, VisitRow]:
        """Tell by PC when the stick was there last."""
        return {one.pc: VisitRow(one.collected, one.fresh) for one in round_of(self._store).pcs}

    def _pc(self, one: Known, as_of: int, began: int) -> RoundPc:
        """Show a PC; one that was not visited and whose data came by a network meanwhile needs no visit."""
        visited = self._day(one.collected) if one.collected else None
        sent = not one.fresh and as_of > max(began, self._store.now() - INACTIVE_AFTER)
        return RoundPc(
            one.name or tr("Komputer tanpa nama"),
            visited,
            one.fresh or sent,
            one.letters,
            delivered=not one.letters and bool(one.delivered) and not one.here,
            here=one.here,
            heard=self._day(as_of) if sent else None,
        )

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at, self._profile.zone()).date()

    def _stick(self) -> tuple[Drive, Stick] | None:
        """The office's stick among the drives, else none."""
        office = self._store.office()
        if office is None:
            return None
        sticks = ((drive, Stick(drive.root, office)) for drive in self._drives.drives())
        return next(((drive, stick) for drive, stick in sticks if stick.look() is StickState.OURS), None)

    def _plugged(self) -> Stick:
        found = self._stick()
        if found is None:
            raise problem_of(StickFault(Trouble.PULLED))
        return found[1]

    # --- doing -------------------------------------------------------------------------------------------

    def _merge(self, tell: Tell, stopped: Stopped) -> MergeDone:
        begun = monotonic()

        def heard(how_far: MergeProgress) -> None:
            left = _seconds_left(how_far.done, how_far.total, monotonic() - begun)
            tell(RoundProgress(how_far.done, how_far.total, how_far.name, how_far.new, how_far.known, left))

        parts, stick = self._at_hub(), self._stick()
        found = merge_parts(self._profile, parts) if parts else Merged()
        if stick is not None or not parts:
            found = _sum(found, merge(self._profile, self._plugged(), heard, stopped))
        self._merged = _merged(found)
        self._session.noted()
        return self._merged

    def _to_centre(self, tell: Tell, stopped: Stopped) -> CentreDone:
        begun = monotonic()

        def heard(how_far: carry.CarryProgress) -> None:
            left = _seconds_left(how_far.done, how_far.total, monotonic() - begun)
            tell(RoundProgress(how_far.done, how_far.total, seconds=left, octets=True))

        addresses = servers(self._store)
        if not addresses:
            raise word_failure(Failure(Fault.BAD_ADDRESS))
        transport = Transport(addresses[0])
        try:
            found = carry.to_centre(self._profile, self._carrier(transport), heard, stopped)
        finally:
            transport.close()
        return self._carried(found)

    def _carrier(self, transport: Transport) -> carry.Carrier:
        def bring(part: bytes) -> bytes | Failure:
            answer = self._carrying.bring(transport, part)
            if isinstance(answer, Failure):
                return answer
            self._store.traffic.add(NET, answer.sent, answer.received)
            return answer.body

        return bring

    def _take_answer(self, tell: Tell, stopped: Stopped) -> CentreDone:
        def heard(how_far: carry.CarryProgress) -> None:
            tell(RoundProgress(how_far.done, how_far.total))

        return self._carried(carry.from_answer(self._profile, self._plugged(), heard, stopped))

    def _carried(self, found: carry.Carried) -> CentreDone:
        self._session.noted()
        stick = self._stick()
        if stick is not None:
            load_stick(self._store, stick[1])
            with worded():
                round_to(self._profile, stick[1])
        if found.failure is not None:
            raise word_failure(found.failure)
        if found.missing:
            title = trn("{n} bagian jawaban pusat tidak ada di berkas ini.", found.missing)
            raise Problem(
                title.format(n=found.missing),
                tr("Yang ada sudah dipakai. Unduh JAWABAN-PUSAT sekali lagi dari halaman pusat."),
            )
        return CentreDone(found.letters, found.left, found.stopped)

    def _report_lost(self, note: str) -> None:
        lost_stick.report_lost(self._profile, note)


def _inside(found: OnStick, label: str) -> StickInside:
    return StickInside(label, len(found.pcs), found.octets, found.letters, found.free, found.answer)


def _sum(one: Merged, other: Merged) -> Merged:
    return replace(
        other,
        new=one.new + other.new,
        known=one.known + other.known,
        doubtful=one.doubtful + other.doubtful,
        damaged=one.damaged + other.damaged,
        doubts=one.doubts + other.doubts,
    )


def _merged(found: Merged) -> MergeDone:
    """Count what should be looked at; each finding has its sentence in the list."""
    newcomers = sum(one.count for one in found.doubts if one.reason is Reason.STRANGER)
    doubts = sum(one.count for one in found.doubts) - newcomers
    return MergeDone(found.new, found.known, doubts, found.stopped, newcomers)


def _doubts(store: "Store") -> tuple[Doubt, ...]:
    """Put in words what is still to be looked at, from this merging or an earlier one."""
    return tuple(Doubt(*words_of(one), one.reason is Reason.STRANGER) for one in kept_doubts(store))


def _seconds_left(done: int, total: int, passed: float) -> int:
    """Seconds that are left at the pace so far; 0 while that is a guess."""
    if passed < 2 or not 0 < done < total:
        return 0
    return max(1, round(passed * (total - done) / done))
