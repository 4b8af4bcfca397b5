"""The charge of the battery, by the road each operating system has for it; Qt has none on all of them."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
# learn.microsoft.com/windows/win32: SYSTEM_POWER_STATUS.
_NO_BATTERY, _UNKNOWN = 0x80, 0xFF
_ON_THE_PLUG = 1


@dataclass(frozen=True)
class Battery:
    """The charge in percent, and whether the plug is in."""

    charge: int
    plugged: bool


class PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS of Windows."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds_left", ctypes.c_uint32),
        ("seconds_full", ctypes.c_uint32),
    )


def battery(supplies: Path = SUPPLIES) -> Battery | None:
    """The battery of this laptop; None where there is none or it does not tell. `supplies` is where Linux keeps it."""
    if sys.platform == "win32":
        return _of_windows()
    else:  # noqa: RET505 (mypy must see that the rest is for the others alone)
        return _of_linux(supplies)


def of_status(status: PowerStatus) -> Battery | None:
    """What Windows told, as a battery; None when it has none or does not know."""
    if status.flag in (_NO_BATTERY, _UNKNOWN) or status.flag & _NO_BATTERY or status.percent > 100:
        return None
    return Battery(status.percent, status.line == _ON_THE_PLUG)


def _of_windows() -> Battery | None:
    if sys.platform != "win32":
        return None
    else:  # noqa: RET505 (as above)
        status = PowerStatus()
        told = ctypes.WinDLL("kernel32").GetSystemPowerStatus(ctypes.byref(status))
        return of_status(status) if told else None


def _of_linux(supplies: Path) -> Battery | None:
    """kernel.org, Documentation/ABI/testing/sysfs-class-power: `status` and `capacity` of the first battery."""
    for supply in sorted(supplies.glob("BAT*")):
        try:
            state = (supply / "status").read_text(encoding="ascii").strip()
            charge = int((supply / "capacity").read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        return Battery(charge, state != "Discharging")
    return None
