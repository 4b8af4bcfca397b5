"""Programs of this computer that speak, play or record sound: espeak-ng beside ours, or what the system has."""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

from intake_app.platform import windows_voices
from intake_app.platform.recording import WindowsRecorder, sample_program, windows_recorder

SPEAKERS = ("espeak-ng", "espeak")
"""GPL programs that are never linked, only started beside ours (DESIGN D10)."""
_ALSO = {"prs": "fa", "ku_sorani": "ckb"}
"""Our code of a language to the one a voice is known by: Dari sounds through the Persian voice."""
_WORDS_PER_MINUTE = {False: "150", True: "105"}
_LIST_S = 5
_WINDOWS_LIST_S = 20
"""PowerShell takes its time the first time of a day."""
_PLAYERS = (
    ("pw-play", ()),
    ("paplay", ()),
    ("afplay", ()),
    ("ffplay", ("-nodisp", "-autoexit", "-loglevel", "quiet")),
    ("aplay", ("-q",)),
)
_WAVE_ONLY = {"aplay"}
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Programs:
    """Found on PATH when first asked for, and remembered. `which` finds a program by name.

    `windows`: whether PowerShell speaks for the system, as it does on Windows alone.
    """

    def __init__(
        self, which: Callable[[str], str | None] = shutil.which, *, windows: bool = sys.platform == "win32"
    ) -> None:
        self._which, self._windows = which, windows
        self._voices: dict[str, str] | None = None
        self._speaker = ""
        self._of_system: dict[str, str] | None = None
        self._system_speaker = ""

    def of_system(self, language: str) -> bool:
        """Whether the system itself has a voice for a language: better than that of espeak-ng."""
        return self._system_voice(language) != ""

    def speaks(self, language: str) -> bool:
        """Whether a program is here that has a voice for a language."""
        return self.of_system(language) or self._voice(language) != ""

    def record(self) -> tuple[str, ...]:
        """The command that records raw samples until it is ended; empty when no program here can."""
        return sample_program(self._which)

    def recorder(self, folder: Path) -> WindowsRecorder | None:
        """The system's own microphone, where it is not asked by a program; `folder` is private."""
        return windows_recorder(folder)

    def say(self, language: str, *, slow: bool) -> tuple[str, ...]:
        """The command that says what it reads from its standard input, in UTF-8; empty without a voice."""
        if culture := self._system_voice(language):
            return windows_voices.saying(self._system_speaker, culture, slow=slow)
        voice = self._voice(language)
        if not voice:
            return ()
        return (self._speaker, "-v", voice, "-s", _WORDS_PER_MINUTE[slow], "-b", "1", "--stdin")

    def play(self, path: Path) -> tuple[str, ...]:
        """The command that plays a sound file; empty when no program here can."""
        for name, options in _PLAYERS:
            if name in _WAVE_ONLY and path.suffix.lower() != ".wav":
                continue
            if found := self._which(name):
                return (found, *options, str(path))
        return ()

    def plays_itself(self, path: Path) -> bool:
        """Whether Windows plays this file for us: WAV files only."""
        return sys.platform == "win32" and path.suffix.lower() == ".wav"

    def begin_playing(self, path: Path) -> float:
        """Let Windows play a WAV file and come back at once; gives its length in seconds, 0 when it cannot."""
        seconds = length(path)
        if sys.platform == "win32" and seconds:
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        return seconds

    def stop_playing(self) -> None:
        """Silence what `begin_playing` began."""
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, 0)

    def _voice(self, language: str) -> str:
        if self._voices is None:
            self._voices = self._list()
        return _nearest(self._voices, language)

    def _system_voice(self, language: str) -> str:
        if self._of_system is None:
            self._of_system = self._list_of_system()
        return _nearest(self._of_system, language)

    def _list_of_system(self) -> dict[str, str]:
        """The voices of Windows; nothing on another system."""
        found = next((path for name in windows_voices.PROGRAMS if (path := self._which(name))), "")
        if not found or not self._windows:
            return {}
        self._system_speaker = found
        return windows_voices.listed(_told(windows_voices.listing(found), _WINDOWS_LIST_S))

    def _list(self) -> dict[str, str]:
        """Language to the name its voice goes by, as `--voices` tells; nothing when no such program answers."""
        found = next((path for name in SPEAKERS if (path := self._which(name))), "")
        if not found:
            return {}
        told = _told((found, "--voices"), _LIST_S)
        self._speaker = found
        rows = [line.split() for line in told.splitlines()[1:]]
        return {row[1].lower(): row[1] for row in rows if len(row) > 2}


def _told(command: tuple[str, ...], seconds: float) -> str:
    """What a program prints; nothing when it fails or takes too long."""
    try:
        return subprocess.run(
            command,
            capture_output=True,
            timeout=seconds,
            check=True,
            stdin=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return ""


def _nearest(voices: dict[str, str], language: str) -> str:
    """The voice of a language, or of another country's way of it; empty without one."""
    wanted = _ALSO.get(language, language).lower().replace("_", "-")
    near = (code for code in sorted(voices) if code.partition("-")[0] == wanted.partition("-")[0])
    return voices.get(wanted if wanted in voices else next(near, ""), "")


def length(path: Path) -> float:
    """How many seconds a WAV file lasts; 0 when it is none."""
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / max(sound.getframerate(), 1)
    except (OSError, EOFError, wave.Error):
        return 0.0
