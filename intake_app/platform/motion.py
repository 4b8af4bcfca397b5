"""Whether things may move on this computer, by the road each operating system has for it."""

from __future__ import annotations

import sys
from pathlib import Path

# learn.microsoft.com/windows/win32: SystemParametersInfo; "Show animations in Windows" in its settings.
SPI_GETCLIENTAREAANIMATION = 0x1042
# docs.gtk.org, GtkSettings:gtk-enable-animations; the desktops of Linux keep their choice in this file as well.
SETTINGS = (Path("gtk-4.0", "settings.ini"), Path("gtk-3.0", "settings.ini"))


def motion_allowed(config: Path | None = None) -> bool:
    """False where the person has turned animations off. `config` is where Linux keeps settings, usually `~/.config`."""
    if sys.platform == "win32":
        return _of_windows()
    else:  # noqa: RET505 (mypy must see that the rest is for the others alone)
        return _of_linux(config or Path.home() / ".config")


def _of_windows() -> bool:
    if sys.platform != "win32":
        return True
    else:  # noqa: RET505 (as above)
        import ctypes

        on = ctypes.c_int(1)
        ctypes.WinDLL("user32").SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0)
        return bool(on.value)


def _of_linux(config: Path) -> bool:
    there = [name for name in SETTINGS if (config / name).is_file()]
    if not there:
        return True
    from configparser import ConfigParser
    from configparser import Error as NotReadable

    for name in there:
        told = ConfigParser(interpolation=None)
        try:
            told.read(config / name, encoding="utf-8")
            return told.getboolean("Settings", "gtk-enable-animations")
        except (NotReadable, ValueError, OSError):
            continue
    return True
