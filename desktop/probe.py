"""What Qt needs from the system, looked for before QApplication: a missing library aborts the process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from desktop.language import tr

LIST = Path(__file__).resolve().parents[1] / "resources" / "debian-packages.txt"
# Looking for a file costs microseconds; asking the loader, which knows every place, costs the loading.
_PLACES = ("/usr/lib/{machine}-linux-gnu", "/lib/{machine}-linux-gnu", "/usr/lib64", "/usr/lib", "/lib")
_WITHOUT_SCREEN = {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}


class Use(Enum):
    """What a library is needed for."""

    WINDOW = "any window, also one that nobody sees"
    MEDIA = "audio and video"
    SCREEN = "a window on an X11 screen"
    TESTS = "the tests, never the app"


class Needed(NamedTuple):
    """A library, the Debian package that brings it, and what for."""

    library: str
    package: str
    use: Use


def needed(text: str) -> tuple[Needed, ...]:
    """Read the package list: a comment names the libraries of the package in the next line."""
    found: list[Needed] = []
    use, libraries = Use.WINDOW, []
    for line in text.splitlines():
        words = line.removeprefix("#").split()
        if line.startswith("# =="):
            use = Use[words[1].upper()]
        elif line.startswith("#"):
            libraries = [word for word in words if ".so" in word]
        elif words:
            found += [Needed(library, words[0], use) for library in libraries]
            libraries = []
    return tuple(found)


def uses(environment: Mapping[str, str]) -> frozenset[Use]:
    """What this start will need: X11 libraries only where an X11 screen will be used."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    on_x11 = bool(environment.get("DISPLAY")) and platform in {"", "xcb"}
    hidden = platform in _WITHOUT_SCREEN
    wayland = bool(environment.get("WAYLAND_DISPLAY")) and platform != "xcb"
    wanted = {Use.WINDOW, Use.MEDIA}
    if on_x11 and not hidden and not wayland:
        wanted.add(Use.SCREEN)
    return frozenset(wanted)


def lacking(
    environment: Mapping[str, str] | None = None, *, there: Callable[[str], bool] | None = None
) -> tuple[Needed, ...]:
    """The libraries that this PC lacks for this start; elsewhere than on Linux Qt brings its own."""
    if sys.platform != "linux" and there is None:
        return ()
    wanted = uses(os.environ if environment is None else environment)
    look = there or _there
    listed = needed(LIST.read_text("utf-8"))
    return tuple(each for each in listed if each.use in wanted and not look(each.library))


def screenless(environment: Mapping[str, str] | None = None) -> bool:
    """Whether there is no screen to open a window on: Qt would abort over that, too."""
    given = os.environ if environment is None else environment
    asked = any(given.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
    return sys.platform == "linux" and not asked


def screen_advice() -> str:
    """What to do where there is no screen."""
    return tr(
        "Tidak ada layar untuk membuka jendela. Jalankan dari sesi desktop, atau coba: suluh demo --headless"
    )


def advice(missing: tuple[Needed, ...]) -> str:
    """Which libraries are missing, and the one line that brings them."""
    names = ", ".join(dict.fromkeys(each.library for each in missing))
    packages = " ".join(dict.fromkeys(each.package for each in missing))
    return "\n".join(
        (
            tr("Suluh memerlukan pustaka sistem yang belum ada di komputer ini: {nama}").format(nama=names),
            tr("Pasang dengan satu baris ini (Debian, Ubuntu):"),
            f"  sudo apt-get install -y --no-install-recommends {packages}",
        )
    )


def _there(library: str) -> bool:
    machine = os.uname().machine
    if any(os.path.exists(f"{place.format(machine=machine)}/{library}") for place in _PLACES):  # noqa: PTH110
        return True
    import ctypes  # noqa: PLC0415 - only when the usual places lack it

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
