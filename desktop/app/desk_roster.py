"""Perbarui daftar pegawai wired: a file is previewed, proposed on Simpan, and the centre's answer shown."""

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.formats import number, short_day
from desktop.language import tr
from desktop.office.roster import Preview, ProposalState, propose, proposed, read_preview, state_words
from desktop.screens.roster_card import ProposalView, RosterActions
from sync.roster.proposal import Outcome

if TYPE_CHECKING:
    from desktop.app.session import Session

_KINDS = {Outcome.WAITING: "muted", Outcome.TAKEN: "ok", Outcome.DECLINED: "warn"}


class DeskRoster:
    """The roster, for a signed-in coordinator."""

    def __init__(self, session: "Session") -> None:
        self._session, self._profile = session, session.profile

    def actions(self) -> RosterActions:
        """What the card needs."""
        return RosterActions(
            load=lambda: tuple(map(self._view, proposed(self._profile))),
            read=lambda file: read_preview(self._profile, file),
            propose=self._propose,
            say=self._session.app.window.say,
            jobs=self._session.app.jobs,
        )

    def _propose(self, found: Preview) -> None:
        propose(self._profile, found)
        self._session.noted()

    def _view(self, one: ProposalState) -> ProposalView:
        made = one.proposal
        day = datetime.fromtimestamp(made.at, self._profile.zone()).date()
        said = tr("{tgl}: {a} masuk, {b} berubah, {c} keluar").format(
            tgl=short_day(day), a=number(made.coming), b=number(made.changing), c=number(made.going)
        )
        return ProposalView(said, state_words(one), _KINDS[made.outcome])
