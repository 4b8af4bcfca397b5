"""Programs of this computer that speak or play sound: espeak-ng beside ours, the system's player, or Windows itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

SPEAKERS = ("espeak-ng", "espeak")
"""GPL programs that are never linked, only started beside ours (DESIGN D10)."""
_ALSO = {"prs": "fa", "ku_sorani": "ckb"}
"""Our code of a language to the one a voice is known by: Dari sounds through the Persian voice."""
_WORDS_PER_MINUTE = {False: "150", True: "105"}
_LIST_S = 5
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
    """Found on PATH when first asked for, and remembered. `which` finds a program by name."""

    def __init__(self, which: Callable[[str], str | None] = shutil.which) -> None:
        self._which = which
        self._voices: dict[str, str] | None = None
        self._speaker = ""

    def speaks(self, language: str) -> bool:
        """Whether espeak-ng is here and has a voice for a language."""
        return self._voice(language) != ""

    def say(self, language: str, *, slow: bool) -> tuple[str, ...]:
        """The command that says what it reads from its standard input, in UTF-8; empty without a voice."""
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
        wanted = _ALSO.get(language, language).lower().replace("_", "-")
        near = (code for code in sorted(self._voices) if code.partition("-")[0] == wanted.partition("-")[0])
        code = wanted if wanted in self._voices else next(near, "")
        return self._voices.get(code, "")

    def _list(self) -> dict[str, str]:
        """Language to the name its voice goes by, as `--voices` tells; nothing when no such program answers."""
        found = next((path for name in SPEAKERS if (path := self._which(name))), "")
        if not found:
            return {}
        try:
            told = subprocess.run(
                [found, "--voices"],
                capture_output=True,
                timeout=_LIST_S,
                check=True,
                stdin=subprocess.DEVNULL,
                creationflags=_NO_WINDOW,
            ).stdout.decode("utf-8", "replace")
        except (OSError, subprocess.SubprocessError):
            return {}
        self._speaker = found
        rows = [line.split() for line in told.splitlines()[1:]]
        return {row[1].lower(): row[1] for row in rows if len(row) > 2}


def length(path: Path) -> float:
    """How many seconds a WAV file lasts; 0 when it is none."""
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / max(sound.getframerate(), 1)
    except (OSError, EOFError, wave.Error):
        return 0.0
