"""What courses are worth on this PC: by the centre's catalogue, and beside it by the packs installed here."""

import json

from desktop.store.device import Store
from sync.catalogue import read_catalogue, shapes_of
from sync.folds.completion import CourseShape
from sync.folds.listing import Listing
from sync.packs.outline import course_of
from sync.refusal import Refusal


class Listings:
    """The listing of this PC, gathered anew only when a catalogue or a pack has come."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[object, Listing] | None = None

    def now(self) -> Listing:
        """Give the signed sources as they stand; a withdrawn or older pack still says what it was worth."""
        mark = self._mark()
        if self._kept is None or self._kept[0] != mark:
            self._kept = (mark, Listing(catalogue_of(self._store), installed_shapes(self._store)))
        return self._kept[1]

    def _mark(self) -> tuple[object, ...]:
        packs = self._store.device.query("SELECT count(*), max(installed), sum(version) FROM pack")[0]
        office = self._store.office()
        centre = b"" if office is None else office.header.centre
        return (self._store.setting("version_catalogue", "0"), centre, *packs)


def catalogue_of(store: Store) -> tuple[CourseShape, ...]:
    """Read the catalogue that came; one that the office's centre has not signed is as good as none."""
    raw, office = store.blob("document_catalogue"), store.office()
    if raw is None or office is None:
        return ()
    try:
        return read_catalogue(raw, office.header.centre)
    except Refusal:
        return ()


def installed_shapes(store: Store) -> tuple[CourseShape, ...]:
    """Read the frames of all packs on this PC, every version kept; their manifests were verified before."""
    rows = store.device.query("SELECT manifest FROM pack ORDER BY id, version")
    return shapes_of(course_of(json.loads(bytes(row[0]))["signed"]["suluh"]["course"]) for row in rows)
