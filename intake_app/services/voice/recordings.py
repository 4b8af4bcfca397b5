"""Recordings of human voices: their naming rule, where they lie, and who spoke them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from intake_app.errors import RecordingRefused
from intake_app.services.voice.spoken import Spoken

SUFFIXES = (".opus", ".ogg", ".flac", ".mp3", ".wav")
"""Kinds of sound files, the best first where a sentence has several."""
CREDITS = "credits.csv"
MOST_BYTES = 20_000_000
_FIELDS = ("file", "speaker", "agreed_on")
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 60
_DIGEST = 12


def text_key(spoken: Spoken) -> str:
    """The name of a recording without its suffix: the text's id, and a hash of language and sentence.

    A changed sentence gives another hash, so that an outdated recording is no longer found. The same sentence at
    another place has another id and the same hash, and uses the same recording.
    """
    plain = unicodedata.normalize("NFKD", spoken.text_id).encode("ascii", "ignore").decode().lower()
    name = _NOT_NAME.sub("_", plain).strip("_")[:_LONGEST].strip("_") or "text"
    return f"{name}-{digest(spoken)}"


def digest(spoken: Spoken) -> str:
    """The hash in a recording's name: of the language and the sentence as it sounds."""
    sentence = " ".join(unicodedata.normalize("NFC", spoken.text).split())
    return hashlib.sha256(f"{spoken.language}\n{sentence}".encode()).hexdigest()[:_DIGEST]


@dataclass(frozen=True)
class Credit:
    """Who spoke a recording, and when that person agreed that it is used here."""

    file: str
    speaker: str
    agreed_on: date


@dataclass
class Recordings:
    """The recordings that came with the program, and those made at this place; those of this place come first.

    Both folders hold `<language>/<text key>.<suffix>`. What is looked up is remembered until `save` or `look_again`.
    `write` makes the folder and puts a whole file in it.
    """

    shipped: Path
    own: Path | None = None
    write: Callable[[Path, bytes], None] | None = field(default=None, repr=False)
    _known: dict[str, dict[str, Path]] = field(default_factory=dict, init=False, repr=False)

    def find(self, spoken: Spoken) -> Path | None:
        """The recording of a sentence."""
        return self._of(spoken.language).get(digest(spoken))

    def languages(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of the languages that have a recording."""
        return tuple(code for code in codes if self._of(code))

    def missing(self, sentences: Iterable[Spoken]) -> tuple[Spoken, ...]:
        """The sentences without a recording, each once, in their order."""
        left: dict[str, Spoken] = {}
        for spoken in sentences:
            if self.find(spoken) is None:
                left.setdefault(digest(spoken), spoken)
        return tuple(left.values())

    def save(self, spoken: Spoken, wave: bytes, speaker: str, agreed_on: date) -> Path:
        """Keep a recording under its name, with the name of its speaker, who agreed. Raises RecordingRefused, DiskFull.

        Only WAV files come in this way: every system can play them.
        """
        if self.own is None or self.write is None:
            raise RecordingRefused(reason="no_folder")
        if not speaker.strip():
            raise RecordingRefused(reason="no_speaker")
        refuse_unusable(wave)
        folder = self.own / spoken.language
        path = folder / f"{text_key(spoken)}.wav"
        for older in folder.glob(f"*-{digest(spoken)}.*"):
            older.unlink()
        self.write(path, wave)
        credits = {
            **{c.file: c for c in read_credits(folder)},
            path.name: Credit(path.name, speaker.strip(), agreed_on),
        }
        kept = [credit for name, credit in sorted(credits.items()) if (folder / name).is_file()]
        self.write(folder / CREDITS, _credits_bytes(kept))
        self.look_again()
        return path

    def credits(self, language: str) -> tuple[Credit, ...]:
        """Who spoke the recordings of a language."""
        return tuple(credit for folder in self._folders(language) for credit in read_credits(folder))

    def look_again(self) -> None:
        """Forget what was found; files may have come."""
        self._known.clear()

    def _folders(self, language: str) -> tuple[Path, ...]:
        return tuple(base / language for base in (self.own, self.shipped) if base is not None)

    def _of(self, language: str) -> dict[str, Path]:
        if language not in self._known:
            found: dict[str, Path] = {}
            for folder in self._folders(language):
                for path in _sounds(folder):
                    found.setdefault(path.stem.rpartition("-")[2], path)
            self._known[language] = found
        return self._known[language]


def refuse_unusable(wave: bytes) -> None:
    """Raises RecordingRefused for what is no WAV file, is empty or is far too long for a sentence."""
    if len(wave) > MOST_BYTES:
        raise RecordingRefused(reason="too_long")
    if len(wave) <= 44 or wave[:4] != b"RIFF" or wave[8:12] != b"WAVE":
        raise RecordingRefused(reason="no_wave")


def read_credits(folder: Path) -> tuple[Credit, ...]:
    """The list of speakers beside the recordings of a language; a line that cannot be read is left out."""
    try:
        text = (folder / CREDITS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        try:
            found.append(Credit(row["file"], row["speaker"], date.fromisoformat(row["agreed_on"])))
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found)


def _credits_bytes(credits: Sequence[Credit]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows((c.file, c.speaker, c.agreed_on.isoformat()) for c in credits)
    return out.getvalue().encode()


def _sounds(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()]
    return sorted(found, key=lambda path: (SUFFIXES.index(path.suffix.lower()), path.name))
