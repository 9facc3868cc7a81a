"""Turns scenes, each a figure that moves with time, and their narration into a small film."""

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from resources.courses.media.drawing import Sheet, Tone, text_width
from resources.courses.media.speech import joined, speak

WIDTH, HEIGHT, RATE = 854, 480, 10
PAUSE = 0.8

CODECS = {
    ".webm": (
        "-c:v",
        "libvpx-vp9",
        "-crf",
        "42",
        "-b:v",
        "0",
        "-row-mt",
        "1",
        "-c:a",
        "libopus",
        "-b:a",
        "24k",
    ),
    ".mp4": (
        *("-c:v", "libx264", "-crf", "27", "-preset", "veryslow", "-tune", "animation", "-profile:v", "main"),
        *("-c:a", "aac", "-b:a", "40k", "-movflags", "+faststart"),
    ),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence, shown as a caption and read aloud, and what is drawn meanwhile (`draw(sheet, 0..1)`)."""

    caption: str
    draw: Callable[[Sheet, float], None]
    said: str = ""


def eased(part: float) -> float:
    """Return a way from 0 to 1 that starts and ends softly, done after six tenths of the scene."""
    step = min(part / 0.6, 1)
    return step * step * (3 - 2 * step)


def _caption(sheet: Sheet, text: str) -> None:
    words, lines = text.split(), [text]
    if text_width(text, 20) > WIDTH - 80:
        halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
        lines = list(min(halves, key=lambda half: max(text_width(line, 20) for line in half)))
    sheet.parts.append(f'<rect x="0" y="396" width="{WIDTH}" height="84" fill="#0C3A38"/>')
    first = 396 + 42 - (len(lines) - 1) * 14 + 7
    for place, line in enumerate(lines):
        sheet.words(WIDTH / 2, first + place * 28, line, size=20, colour="#FFFFFF", anchor="middle")


def frame(title: str, scene: Scene, part: float) -> bytes:
    """Paint one picture of a scene and return its pixels, 4 bytes each, blue first."""
    from PySide6.QtCore import QByteArray  # noqa: PLC0415  # only the author needs Qt
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    sheet = Sheet(title, HEIGHT, WIDTH)
    sheet.words(40, 52, title, size=26, bold=True, colour="#0B5C56")
    scene.draw(sheet, part)
    _caption(sheet, scene.caption)
    picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(sheet.svg().encode())).render(painter)
    painter.end()
    return bytes(picture.constBits())


def captions(scenes: Sequence[Scene], lasting: Sequence[float]) -> str:
    """Return the captions as WebVTT, `lasting` seconds each, for whoever cannot read them in the picture."""
    lines, start = ["WEBVTT", ""], 0.0
    for scene, seconds in zip(scenes, lasting, strict=True):
        lines += [f"{_moment(start)} --> {_moment(start + seconds)}", scene.caption, ""]
        start += seconds
    return "\n".join(lines)


def _moment(seconds: float) -> str:
    return f"00:{int(seconds // 60):02}:{seconds % 60:06.3f}"


def make_film(title: str, scenes: Sequence[Scene], out: Path) -> None:
    """Write the film and, beside it, its captions. Raises CalledProcessError where a tool fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spoken = speak([scene.said or scene.caption for scene in scenes], folder)
        sound = folder / "whole.wav"
        joined(spoken, PAUSE, sound)
        raw = ("-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-")
        tail = ("-pix_fmt", "yuv420p", "-g", "50", "-map_metadata", "-1", "-fflags", "+bitexact", "-shortest")
        command = (
            "ffmpeg",
            "-v",
            "error",
            "-y",
            *raw,
            "-i",
            str(sound),
            *CODECS[out.suffix],
            "-ac",
            "1",
            *tail,
            str(out),
        )
        out.with_suffix(".vtt").write_text(captions(scenes, [one.seconds + PAUSE for one in spoken]), "utf-8")
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            pipe = process.stdin
            if pipe is None:
                raise OSError("ffmpeg takes no pictures")
            for scene, one in zip(scenes, spoken, strict=True):
                count = round((one.seconds + PAUSE) * RATE)
                for picture in range(count):
                    pipe.write(frame(title, scene, picture / count))
            pipe.close()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)


def paper(sheet: Sheet, x: float, y: float) -> None:
    """Draw the citizen's papers, the thing that travels, with its middle at x, y."""
    sheet.rect(x - 17, y - 22, 34, 44, Tone.WARM, radius=3)
    for place in range(3):
        sheet.line(((x - 10, y - 8 + place * 10), (x + 10, y - 8 + place * 10)), colour="#8A4B00")
