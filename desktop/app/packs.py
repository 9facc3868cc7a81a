"""Installing packs wired: what lies on removable drives, what a pack holds, and putting it on the shelf."""

from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.library.drives import Drives, Found
from desktop.library.install import Installer
from desktop.library.preview import PackPreview as Inspected
from desktop.library.preview import PackState as Standing
from desktop.screens.pack_views import FoundPack, PackActions, PackPart, PackPreview, PackState
from sync.packs.outline import ActivityKind

_STATES = {
    Standing.NEW: PackState.NEW,
    Standing.UPDATE: PackState.UPDATE,
    Standing.SAME: PackState.SAME,
    Standing.DOWNGRADE: PackState.UPDATE,  # signed as a way back: it replaces what is there, like any other
}


class Packs:
    """The installer as the screens see it."""

    def __init__(self, installer: Installer, sticks: Callable[[], Iterable[Path]] | None) -> None:
        self._installer = installer
        self._drives = Drives(sticks)

    def actions(self) -> PackActions:
        """Hand the screens their callables."""
        return PackActions(self._found, self._inspect, self._install)

    def _found(self) -> tuple[FoundPack, ...]:
        return tuple(
            FoundPack(file.path, file.name, file.size, file.drive) for file in self._drives.files(Found.PACK)
        )

    def _inspect(self, path: Path) -> PackPreview:
        return shown(self._installer.inspect(path))

    def _install(
        self, preview: PackPreview, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> bool:
        if not isinstance(preview.token, Inspected):
            raise TypeError(preview.token)
        return self._installer.install(preview.token, progress, cancelled)


def shown(inspected: Inspected) -> PackPreview:
    """Show a verified pack as the screens want it."""
    course = inspected.course
    return PackPreview(
        token=inspected,
        course=course.id,
        title=course.title,
        version=course.version,
        publisher=inspected.signer.title,
        jp=course.jp,
        modules=len(course.modules),
        parts=tuple(
            PackPart(ActivityKind(part.kind), part.count, part.items, part.size, part.captioned)
            for part in inspected.parts
        ),
        size=inspected.size,
        needed=inspected.needed,
        free=inspected.free,
        capacity=inspected.capacity,
        state=_STATES[inspected.state],
        installed_version=inspected.installed_version,
        change_note=course.change_note,
        list_age=inspected.list_age,
        first_use=inspected.first_use,
        fingerprint=inspected.fingerprint,
        glyph=course.glyph,
    )
