"""The words of a film as they are said (takarir): WebVTT read into cues, and the cue of a moment."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

_TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})\s+-->\s+(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})"
)
_TAG = re.compile(r"<[^>]*>")
_MOST = 20_000  # cues: far more than a film of many hours has


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on screen from `start` to `end`, seconds."""

    start: float
    end: float
    text: str


class Captions:
    """The cues of one film in order of time."""

    def __init__(self, webvtt: str) -> None:
        self.cues = sorted(read_cues(webvtt), key=lambda cue: cue.start)
        self._starts = [cue.start for cue in self.cues]

    def at(self, second: float) -> str:
        """Give the words of a moment, "" where nothing is said."""
        place = bisect_right(self._starts, second) - 1
        if place < 0 or second >= self.cues[place].end:
            return ""
        return self.cues[place].text


def read_cues(webvtt: str) -> list[Cue]:
    """Read the cues; settings, styles and notes are passed over, and so is whatever cannot be read."""
    cues: list[Cue] = []
    for block in re.split(r"\n\s*\n", webvtt.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        for number, line in enumerate(lines):
            found = _TIMES.match(line.strip())
            if found is None:
                continue
            text = unescape(_TAG.sub("", "\n".join(lines[number + 1 :]))).strip()
            start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
            if text and end > start:
                cues.append(Cue(start, end, text))
            break
        if len(cues) >= _MOST:
            break
    return cues


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
