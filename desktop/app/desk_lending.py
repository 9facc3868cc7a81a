"""Widyaiswara yang dipinjamkan wired: the card lists, its sheet proposes, the centre's answer is shown."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.language import tr
from desktop.office.lending import Lent, lent_out, lent_words, propose_lending, trainers_of
from desktop.screens.lending_card import LendingActions, LendingLine, LendingView
from sync.journal.ending import SOON

if TYPE_CHECKING:
    from desktop.app.session import Session


class DeskLending:
    """Lending trainers, for a signed-in coordinator."""

    def __init__(self, session: "Session") -> None:
        self._session, self._profile = session, session.profile

    def actions(self) -> LendingActions:
        """What the card needs."""
        return LendingActions(
            load=self.view,
            propose=self._propose,
            say=self._session.app.window.say,
            jobs=self._session.app.jobs,
        )

    def view(self) -> LendingView:
        """Who is lent or proposed, and who could be."""
        today = datetime.fromtimestamp(self._profile.store.now(), self._profile.zone()).date()
        lines = tuple(_line(one, today) for one in lent_out(self._profile))
        people = tuple((one.person.hex(), one.name) for one in trainers_of(self._profile))
        return LendingView(lines, people, today)

    def _propose(self, person: str, office: str, until: date) -> None:
        propose_lending(self._profile, bytes.fromhex(person), office, until)
        self._session.noted()


def _line(one: Lent, today: date) -> LendingLine:
    soon = one.until is not None and (one.until - today).days <= SOON
    kind = "muted" if one.over or not one.granted else "warn" if soon else "ok"
    said = tr("{nama} untuk {kantor}").format(nama=one.name, kantor=one.office)
    return LendingLine(said, lent_words(one, today), kind)
