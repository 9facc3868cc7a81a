"""Perbarui daftar pegawai wired: a file is previewed, proposed on Simpan, and the centre's answer shown."""

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.formats import number, short_day
from desktop.language import tr
from desktop.office.roster import (
    Preview,
    ProposalState,
    move_words,
    moves,
    propose,
    proposed,
    read_preview,
    state_words,
)
from desktop.screens.roster_card import ProposalView, RosterActions
from sync.roster.proposal import Outcome

if TYPE_CHECKING:
    from desktop.app.session import Session

PROPOSALS, MOVES = 3, 5
"""Lines of each sort that the card shows, the newest first."""
_KINDS = {Outcome.WAITING: "muted", Outcome.TAKEN: "ok", Outcome.DECLINED: "warn"}


class DeskRoster:
    """The roster, for a signed-in coordinator."""

    def __init__(self, session: "Session") -> None:
        self._session, self._profile = session, session.profile

    def actions(self) -> RosterActions:
        """What the card needs."""
        return RosterActions(
            load=self._rows,
            read=lambda file: read_preview(self._profile, file),
            propose=self._propose,
            say=self._session.app.window.say,
            jobs=self._session.app.jobs,
        )

    def _rows(self) -> tuple[ProposalView, ...]:
        """What became of the newest proposals, and who moved lately between this office and another."""
        zone = self._profile.zone()
        made = tuple(map(self._view, proposed(self._profile)[:PROPOSALS]))
        went = moves(self._profile)[:MOVES]
        return made + tuple(ProposalView(one.name, move_words(one, zone), "move") for one in went)

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
