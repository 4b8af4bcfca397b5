"""Recording a voice without a part of Qt: a program beside ours that gives samples, or Windows itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

RATE = 22_050
"""Samples a second, of sixteen bits, one channel: enough for speech."""
_PROGRAMS = (
    ("pw-record", ("--format", "s16", "--rate", str(RATE), "--channels", "1", "--raw", "-")),
    ("parecord", ("--raw", "--format=s16le", f"--rate={RATE}", "--channels=1")),
    ("arecord", ("-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1")),
)
# learn.microsoft.com/windows/win32/multimedia: MCI command strings of the waveform-audio device.
_ALIAS = "intake"
_BEGIN = (
    f"open new type waveaudio alias {_ALIAS}",
    f"set {_ALIAS} bitspersample 16 samplespersec {RATE} channels 1 bytespersec {RATE * 2} alignment 2",
    f"record {_ALIAS}",
)
Send = Callable[[str], int]
"""Gives a command string to MCI; 0 says that it was understood."""


def sample_program(which: Callable[[str], str | None]) -> tuple[str, ...]:
    """The command that writes samples to its standard output until it is ended; empty without such a program."""
    return next(((found, *options) for name, options in _PROGRAMS if (found := which(name))), ())


class WindowsRecorder:
    """The microphone by MCI. Everything is asked in the thread that began.

    MCI gives what it recorded only as a file: it stands in `folder`, which is private, and goes at once.
    """

    def __init__(self, folder: Path, send: Send) -> None:
        self._path = folder / "recording.wav"
        self._send = send

    def start(self) -> bool:
        """Begin; False where there is no microphone."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._send(f"close {_ALIAS}")
        if all(self._send(command) == 0 for command in _BEGIN):
            return True
        self._send(f"close {_ALIAS}")
        return False

    def stop(self) -> bytes:
        """End, and give what was said as a WAV file; empty when it cannot be had."""
        try:
            well = self._send(f"stop {_ALIAS}") == 0 and self._send(f'save {_ALIAS} "{self._path}"') == 0
            return self._path.read_bytes() if well else b""
        except OSError:
            return b""
        finally:
            self._send(f"close {_ALIAS}")
            self._path.unlink(missing_ok=True)


def windows_recorder(folder: Path) -> WindowsRecorder | None:
    """The microphone of Windows; None on another system."""
    if sys.platform == "win32":
        import ctypes

        # A wide string in, a number out: 0, or what is wrong.
        return WindowsRecorder(folder, lambda command: ctypes.windll.winmm.mciSendStringW(command, None, 0, None))
    else:  # noqa: RET505 (mypy must see that the rest is for the others alone)
        return None
