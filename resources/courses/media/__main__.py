"""Draws every figure again, and with `--media` also the films and the recording (needs ffmpeg, espeak-ng)."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from resources.courses.media import (
    figures_design,
    figures_hearing,
    figures_rights,
    figures_security,
    figures_service,
    film_counter,
    film_index,
)
from resources.courses.media.drawing import Sheet
from resources.courses.media.film import make_film
from resources.courses.media.speech import voice_from_the_counter

COURSES = Path(__file__).resolve().parent.parent
SERVICE = COURSES / "pelayanan-publik-digital"
SECURITY = COURSES / "keamanan-informasi-kantor"


def figures() -> dict[Path, Callable[[], Sheet]]:
    """Return what draws each figure, by the file it belongs in."""
    service = (figures_rights, figures_service, figures_hearing, figures_design)
    drawn = {SERVICE / name: draw for part in service for name, draw in part.FIGURES.items()}
    return drawn | {SECURITY / name: draw for name, draw in figures_security.FIGURES.items()}


def main() -> None:
    """Write the files that have changed."""
    for file, draw in figures().items():
        file.write_text(draw().svg(), "utf-8")
    if "--media" in sys.argv:
        make_film(film_counter.TITLE, film_counter.SCENES, SERVICE / "m3" / "alur-loket.webm")
        make_film(film_index.TITLE, film_index.SCENES, SERVICE / "m4" / "menghitung-ikm.mp4")
        with tempfile.TemporaryDirectory() as name:
            voice_from_the_counter(Path(name), SERVICE / "m1" / "suara-dari-loket.ogg")


main()
