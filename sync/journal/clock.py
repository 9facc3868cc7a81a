"""What time it is: a port to the PC's clocks, and a time that never falls below what was signed."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_LINUX_BOOT = Path("/proc/sys/kernel/random/boot_id")
_WINDOWS_BOOT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
_PROCESS_BOOT = os.urandom(16)


class Clock(Protocol):
    """The clocks of one PC."""

    def wall(self) -> int:
        """Return unix seconds as the PC believes them; may be wrong by years."""

    def monotonic(self) -> int:
        """Return seconds that only ever go forward within one boot."""

    def boot(self) -> bytes:
        """Return 8 bytes that stay the same within one boot of the PC."""


class SystemClock:
    """The real clocks of this PC."""

    def wall(self) -> int:
        """Return unix seconds; a PC whose clock stands before 1970 says 0."""
        return max(0, int(time.time()))

    def monotonic(self) -> int:
        """Return seconds since the boot."""
        return max(0, int(time.monotonic()))

    def boot(self) -> bytes:
        """Return 8 bytes made from the system's own mark of this boot."""
        return hashlib.sha256(b"suluh boot\0" + _boot_mark()).digest()[:8]


def _boot_mark() -> bytes:
    """Return the system's mark of this boot; where there is none, every process counts as a boot."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - exists on Windows only

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_BOOT) as key:
                return str(winreg.QueryValueEx(key, "BootId")[0]).encode()
        except OSError:
            return _PROCESS_BOOT
    try:
        return _LINUX_BOOT.read_bytes()
    except OSError:
        return _PROCESS_BOOT


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """The last time somebody signed, and when this PC saw it; `now` never goes below it.

    `signed` is unix seconds by the signer; `monotonic` and `boot` tell when it was seen here, so that the
    time since then is added as long as the PC was not restarted. A clock that runs ahead is believed, as
    nothing at hand can disprove it; one that fell back (dead battery) is not.
    """

    signed: int = 0
    monotonic: int = 0
    boot: bytes = b""

    def now(self, clock: Clock) -> int:
        """Return the best guess of unix seconds, never below the last signed time."""
        return max(self.proven(clock), clock.wall())

    def proven(self, clock: Clock) -> int:
        """Return unix seconds that have certainly passed: the last signed time, carried on since this boot.

        What lets go of anything because it is old goes by this: a clock can be in 2038 for a day.
        """
        floor = self.signed
        if clock.boot() == self.boot:
            floor += max(0, clock.monotonic() - self.monotonic)
        return floor

    def seen(self, signed: int, clock: Clock) -> TrustedTime:
        """Return the trusted time after a signed time was read; an older one changes nothing."""
        if signed <= self.proven(clock):
            return self
        return TrustedTime(signed, clock.monotonic(), clock.boot())
