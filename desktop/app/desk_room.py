"""Kantor wired: the coordinator's desk, its table, the computers, and keys that wait for a word."""

from typing import TYPE_CHECKING

from desktop.library.shelf import Shelf
from desktop.office.desk import Desk
from desktop.office.report import Freshness, Gathered
from sync.catalogue import shape_of
from sync.folds.completion import CourseShape

if TYPE_CHECKING:
    from desktop.app.session import Session

_NOTHING = Gathered((), (), (), Freshness(0, 0, None))


class DeskRoom:
    """The desk of a signed-in coordinator, with what was last gathered."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self.desk = Desk(session.profile, lambda: _shapes(session.shelf))
        self.renewed = _NOTHING

    def renew(self) -> Gathered:
        """Fold anew; runs as a job."""
        self.renewed = self.desk.renew()
        return self.renewed


def _shapes(shelf: Shelf) -> tuple[CourseShape, ...]:
    return tuple(shape_of(installed.course) for installed in shelf.courses())
