"""Every figure of the courses, by the file it belongs in."""

from collections.abc import Callable
from pathlib import Path

from resources.courses.media import (
    figures_design,
    figures_hearing,
    figures_rights,
    figures_security,
    figures_service,
)
from resources.courses.media.drawing import Sheet

COURSES = Path(__file__).resolve().parent.parent
SERVICE = COURSES / "pelayanan-publik-digital"
SECURITY = COURSES / "keamanan-informasi-kantor"


def figures() -> dict[Path, Callable[[], Sheet]]:
    """Return what draws each figure, by the file it belongs in."""
    service = (figures_rights, figures_service, figures_hearing, figures_design)
    drawn = {SERVICE / name: draw for part in service for name, draw in part.FIGURES.items()}
    return drawn | {SECURITY / name: draw for name, draw in figures_security.FIGURES.items()}
