"""`dev.py assets`: fetch the fonts and the pictograms anew into `resources/`, from pinned and checked packages.

The results are committed; only a change of font or of picture needs this verb, and with it `apt-get`, `dpkg-deb`
and `npm`.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from devtools import pictograms
from devtools.drawn_pictures import drawing
from devtools.shell import REPOSITORY, StepFailedError, must, say

FONTS = REPOSITORY / "resources" / "fonts"
PICTOGRAMS = REPOSITORY / "resources" / "pictograms"
FONT_PACKAGES = ("fonts-noto-core", "fonts-noto-ui-core")
OPENMOJI = "openmoji@17.0.0"
OPENMOJI_SHA256 = "55ee7d13485dec86e9f38c1f3a645a13382d33ff97c0cd845ee824b0aef45e68"


def fetch(arguments: list[str]) -> int:
    """Fetch `fonts`, `pictograms` or, without an argument, both."""
    wanted = arguments or ["fonts", "pictograms"]
    if not set(wanted) <= {"fonts", "pictograms"}:
        say("usage: python3 dev.py assets [fonts] [pictograms]")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "fonts" in wanted:
            fetch_fonts(folder)
        if "pictograms" in wanted:
            fetch_pictograms(folder)
    return 0


def fetch_fonts(folder: Path) -> None:
    """Take the fonts that `SHA256SUMS` names from Debian's packages; refuses another edition of a font."""
    for package in FONT_PACKAGES:
        must(["apt-get", "download", package], f"The package {package} could not be fetched", cwd=folder)
    for archive in folder.glob("*.deb"):
        must(["dpkg-deb", "-x", archive, folder / "fonts"], f"{archive.name} could not be unpacked")
    for line in (FONTS / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        expected, _, name = line.partition("  ")
        (found,) = (folder / "fonts").rglob(name)
        _check(found, expected)
        shutil.copyfile(found, FONTS / name)
    say(f"The fonts stand in {FONTS.relative_to(REPOSITORY)}.")


def fetch_pictograms(folder: Path) -> None:
    """Draw every row of `index.csv` anew from OpenMoji; our own drawings stay as they are."""
    must(["npm", "pack", "--silent", OPENMOJI], "OpenMoji could not be fetched", cwd=folder)
    (archive,) = folder.glob("openmoji-*.tgz")
    _check(archive, OPENMOJI_SHA256)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    source = folder / "package"
    shutil.copyfile(source / "LICENSE.txt", PICTOGRAMS / "LICENSE-CC-BY-SA-4.0.txt")
    for row in rows():
        if row["openmoji"] == "own":
            continue
        for style in ("color", "black"):
            parts = [_part(source, style, code) for code in pictograms.parts_of(row["openmoji"])]
            drawing = pictograms.compose(parts, row["openmoji"])
            (PICTOGRAMS / style / f"{row['name']}.svg").write_text(drawing, encoding="utf-8")
    _drop_strangers()
    say(f"The pictograms stand in {PICTOGRAMS.relative_to(REPOSITORY)}.")


def _part(source: Path, style: str, code: str) -> Path:
    if code.startswith("own:"):
        return PICTOGRAMS / style / f"{code.removeprefix('own:')}.svg"
    if code.startswith("made:"):
        return _made(source, style, code)
    return source / style / "svg" / f"{code}.svg"


def _made(source: Path, style: str, code: str) -> Path:
    path = source / style / f"{hashlib.sha256(code.encode()).hexdigest()}.svg"
    path.write_text(drawing(code, colour=style == "color"), encoding="utf-8")
    return path


def rows() -> list[dict[str, str]]:
    """The rows of `index.csv`: name, openmoji (`own`, or parts as the README says), meaning_nl, used_for."""
    with (PICTOGRAMS / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _drop_strangers() -> None:
    known = {f"{row['name']}.svg" for row in rows()}
    for style in ("color", "black"):
        for path in (PICTOGRAMS / style).glob("*.svg"):
            if path.name not in known:
                path.unlink()


def _check(path: Path, expected: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise StepFailedError(f"{path.name} is not the file it should be: sha256 {found}, expected {expected}")


if __name__ == "__main__":
    sys.exit(fetch(sys.argv[1:]))
