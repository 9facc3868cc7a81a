"""What a finished course is worth: by the centre's signed catalogue, beside it by packs installed here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from sync.folds.completion import CourseShape, VersionShape


@dataclass(frozen=True, slots=True)
class Listed:
    """What a signed source says of one version of a course: its hours in hundredths of JP, its modules.

    `by_centre` tells the centre's catalogue, which makes hours recognised, from a pack, which does not.
    """

    jp: int
    modules: frozenset[str]
    by_centre: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The signed sources of one place. The catalogue goes first; what only a pack says is never recognised.

    A shape without a version stands for every version of its course: catalogues had none at first.
    """

    catalogue: tuple[CourseShape, ...] = ()
    installed: tuple[CourseShape, ...] = ()
    _by_version: dict[tuple[str, str], Listed] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index by course and version; what goes in last stays."""
        found = dict(_versions(self.installed, by_centre=False))
        object.__setattr__(self, "_by_version", found | dict(_versions(self.catalogue, by_centre=True)))

    @classmethod
    def of_catalogue(cls, shapes: Iterable[CourseShape]) -> Self:
        """Take the centre's word alone, as the centre itself does."""
        return cls(tuple(shapes))

    @property
    def courses(self) -> tuple[CourseShape, ...]:
        """The courses whose modules a report counts: the catalogue's, and this PC's while it has none."""
        return self.catalogue or self.installed

    def of(self, course: str, version: str) -> Listed | None:
        """Tell what a version is worth, or nothing where no signed source here knows it."""
        by_version = self._by_version
        exact = by_version.get((course, version))
        if exact is not None and exact.by_centre:
            return exact
        return by_version.get((course, "")) or exact


def _versions(shapes: Iterable[CourseShape], *, by_centre: bool) -> Iterable[tuple[tuple[str, str], Listed]]:
    for shape in shapes:
        newest = VersionShape(shape.version, shape.jp, shape.modules)
        for one in (*shape.earlier, newest):
            yield (shape.course, one.version), Listed(one.jp, frozenset(one.modules), by_centre)


NOTHING = Listing()
"""The listing of a place that has heard of no course: there every hour waits."""
