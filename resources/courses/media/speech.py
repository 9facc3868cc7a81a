"""Reads Indonesian sentences aloud with espeak-ng and packs them as one small recording."""

import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VOICE = ("-v", "id", "-s", "148", "-p", "42")

LOKET = (
    "Nama saya Yosina. Saya petugas loket di Distrik Muara Sagu.",
    "Dulu saya merasa tugas saya memeriksa kertas. Lengkap, saya terima. Kurang, saya tolak.",
    "Suatu pagi seorang bapak datang dari kampung di hulu. Ia mendayung empat jam.",
    "Berkasnya kurang satu fotokopi. Saya hampir berkata, kembali besok.",
    "Lalu saya ingat, mesin fotokopi ada di belakang saya.",
    "Sejak hari itu saya bertanya kepada diri sendiri: apakah syarat ini benar ada dalam aturan?",
    "Dapatkah kantor memenuhinya sendiri? Dapatkah warga tahu sebelum berangkat?",
    "Tiga pertanyaan itu tidak memerlukan internet. Tiga pertanyaan itu mengubah cara saya bekerja.",
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence as a sound file, and how long it lasts in seconds."""

    file: Path
    seconds: float


def speak(sentences: Sequence[str], folder: Path) -> tuple[Spoken, ...]:
    """Write one WAV for each sentence. Raises CalledProcessError where espeak-ng fails."""
    spoken = []
    for place, sentence in enumerate(sentences):
        file = folder / f"{place:02}.wav"
        subprocess.run(("espeak-ng", *VOICE, "-w", str(file), sentence), check=True)  # noqa: S607  # authors' tool
        with wave.open(str(file)) as sound:
            spoken.append(Spoken(file, sound.getnframes() / sound.getframerate()))
    return tuple(spoken)


def joined(spoken: Sequence[Spoken], pause: float, file: Path) -> None:
    """Write the sentences after each other, each followed by `pause` seconds of silence, as one WAV."""
    with wave.open(str(file), "wb") as out:
        for place, one in enumerate(spoken):
            with wave.open(str(one.file)) as sound:
                if place == 0:
                    out.setparams(sound.getparams())
                out.writeframes(sound.readframes(sound.getnframes()))
                out.writeframes(b"\0" * (int(pause * sound.getframerate()) * sound.getsampwidth()))


def voice_from_the_counter(folder: Path, out: Path) -> None:
    """Record the monologue of module 1 as Opus in an Ogg file, about 24 kbit/s, one channel."""
    whole = folder / "whole.wav"
    joined(speak(LOKET, folder), 0.7, whole)
    options = ("-ac", "1", "-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-map_metadata", "-1")
    subprocess.run(
        ("ffmpeg", "-v", "error", "-y", "-i", str(whole), *options, "-fflags", "+bitexact", str(out)),  # noqa: S607
        check=True,
    )
