"""Draws every figure again, and with `--media` also the films and the recording (needs ffmpeg, espeak-ng)."""

import sys
import tempfile
from pathlib import Path

from resources.courses.media import film_counter, film_index
from resources.courses.media.figures import SERVICE, figures
from resources.courses.media.film import make_film
from resources.courses.media.speech import voice_from_the_counter


def main() -> None:
    """Write the files."""
    for file, draw in figures().items():
        file.write_text(draw().svg(), "utf-8")
    if "--media" in sys.argv:
        make_film(film_counter.TITLE, film_counter.SCENES, SERVICE / "m3" / "alur-loket.webm")
        make_film(film_index.TITLE, film_index.SCENES, SERVICE / "m4" / "menghitung-ikm.mp4")
        with tempfile.TemporaryDirectory() as name:
            voice_from_the_counter(Path(name), SERVICE / "m1" / "suara-dari-loket.ogg")


main()
