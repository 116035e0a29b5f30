"""What only the machine can tell: the wall clock, a clock that counts sleep, which boot, new ids and salts.

The only file that asks. A rehearsal asks `Rehearsed` instead, whose clocks run from a chosen instant at a
chosen speed.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

REHEARSED = "rehearsal-"
"""What the boot id of a rehearsal with a clock of its own begins with."""


def new_id() -> str:
    """A new UUIDv7."""
    from uuid_utils import uuid7

    return str(uuid7())


def new_salt() -> str:
    """Sixteen hex digits that nobody can guess."""
    return os.urandom(8).hex()


def ticks() -> float:
    """Seconds of a clock that counts sleep and ignores steps of the wall clock; only differences mean anything."""
    if sys.platform == "win32":
        import ctypes

        # Milliseconds since the boot, sleep and hibernation included (Windows SDK, sysinfoapi.h).
        tick_count = ctypes.windll.kernel32.GetTickCount64
        tick_count.restype = ctypes.c_ulonglong
        return float(tick_count()) / 1000
    if sys.platform == "darwin":
        # On macOS CLOCK_MONOTONIC goes on in sleep (clock_gettime(3)); time.monotonic() does not.
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def awake() -> float:
    """Seconds of a clock that stands still while the machine sleeps; only differences mean anything."""
    if sys.platform == "win32":
        import ctypes

        # Hundreds of nanoseconds without sleep and hibernation (Windows SDK, realtimeapiset.h).
        passed = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(passed))
        return passed.value / 1e7
    # CLOCK_MONOTONIC on Linux and mach_absolute_time on macOS stop in sleep.
    return time.monotonic()


@functools.cache
def boot() -> str:
    """Which boot of the machine this is, empty where the system does not tell."""
    try:
        if sys.platform == "win32":
            import winreg

            place = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return f"boot-{winreg.QueryValueEx(key, 'BootId')[0]}"
        if sys.platform == "darwin":
            import subprocess

            asked = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
            told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
            return told.stdout.strip().lower()
        with Path("/proc/sys/kernel/random/boot_id").open(encoding="ascii") as file:
            return file.read().strip()
    except (OSError, ValueError, ImportError):
        return ""


def zone() -> str:
    """The system's time zone by its name among the zones of the world, UTC where the system does not tell."""
    try:
        link = Path("/etc/localtime").readlink().as_posix()
    except OSError:
        link = ""
    for name in (os.environ.get("TZ", "").lstrip(":"), link.partition("zoneinfo/")[2]):
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
        return name
    return "UTC"


class Machine:
    """The machine's clocks, read in one zone.

    Attributes:
        simulated: Whether these are a rehearsal's.
        speed: How many of their seconds pass in one.
    """

    simulated = False

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self.speed = 1.0

    def now(self) -> datetime:
        """The wall clock, zoned, to the millisecond."""
        return _milliseconds(datetime.now(self._zone))

    def ticks(self) -> float:
        """As the function of that name."""
        return ticks()

    def awake(self) -> float:
        """As the function of that name."""
        return awake()

    def boot(self) -> str:
        """As the function of that name."""
        return boot()


class Rehearsed(Machine):
    """Clocks of a rehearsal: from `at` on, `speed` times as fast as real time; 0 holds them still."""

    simulated = True

    def __init__(self, zone: str, at: datetime, speed: float, boot: str = "", since: float = 0.0) -> None:
        """Sets the clocks.

        Args:
            zone: The meeting's.
            at: The instant they begin at.
            speed: How many of their seconds pass in a real one.
            boot: The rehearsal's id, where others rehearse already by the same clocks; else a new one.
            since: What `ticks` shows at `at`.
        """
        super().__init__(zone)
        self._at = at.astimezone(self._zone) if at.tzinfo else at.replace(tzinfo=self._zone)
        self.speed = speed
        self._began = ticks()
        self._began_awake = awake()
        self._boot = boot or REHEARSED + new_id()[-12:]
        self._since = since

    def ticks(self) -> float:
        """Seconds of the rehearsal's clock; only differences mean anything."""
        return self._since + self._passed()

    def _passed(self) -> float:
        return (ticks() - self._began) * self.speed

    def awake(self) -> float:
        """Seconds since `at` without the machine's sleep, by the rehearsal's clock."""
        return (awake() - self._began_awake) * self.speed

    def now(self) -> datetime:
        """The rehearsal's wall clock, zoned, to the millisecond."""
        since = self._at.astimezone(ZoneInfo("UTC")) + timedelta(seconds=self._passed())
        return _milliseconds(since.astimezone(self._zone))

    def boot(self) -> str:
        """An id of this run: across runs the wall-clock instants count."""
        return self._boot


def _milliseconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
