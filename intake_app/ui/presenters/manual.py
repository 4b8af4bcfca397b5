"""The manual that comes with the program: its chapters, and a page of it with pictures of the right width."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

from intake_app.i18n.gettext import mark

CHAPTERS = (
    ("beeldgids/1-beginnen.md", mark("Beginnen")),
    ("beeldgids/2-het-gesprek.md", mark("Het gesprek")),
    ("beeldgids/3-het-plan.md", mark("Het plan")),
    ("handleiding.md", mark("Alles op een rij")),
)
"""File under the folder of the manual, and what it is called: three pages of pictures, and the whole."""
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class ManualText:
    """A text of the manual with its pictures by the name it uses for them."""

    markdown: str
    pictures: Mapping[str, QImage] = field(default_factory=dict)


def chapters(folder: Path) -> tuple[tuple[str, str], ...]:
    """The chapters that are there, as file and marked name; none where the program came without its manual."""
    return tuple((file, name) for file, name in CHAPTERS if (folder / file).is_file())


def read_text(folder: Path, file: str, width: int, ratio: float = 1.0) -> ManualText:
    """A chapter with its pictures at most `width` logical pixels wide. Empty for a file that is not there.

    It takes a while: for a background lane.
    """
    path = folder / file
    if not path.is_file():
        return ManualText("")
    markdown = path.read_text(encoding="utf-8")
    names = dict.fromkeys(_PICTURE.findall(markdown))
    return ManualText(markdown, {name: _picture(path.parent / name, width, ratio) for name in names})


def target(folder: Path, file: str, link: str) -> tuple[str, str] | None:
    """Where a link in a chapter leads: a file of the manual and a heading in it; None for what is not here."""
    split = urlsplit(unquote(link))
    name, heading = split.path, split.fragment
    if split.scheme or split.netloc:
        return None
    there = posixpath.normpath(posixpath.join(posixpath.dirname(file), name)) if name else file
    inside = there.endswith(".md") and not there.startswith("..") and (folder / there).is_file()
    return (there, heading) if inside else None


def _picture(path: Path, width: int, ratio: float) -> QImage:
    reader = QImageReader(str(path))
    whole = reader.size()
    if whole.isValid():
        across = min(round(width * ratio), whole.width())
        reader.setScaledSize(QSize(across, round(whole.height() * across / whole.width())))
    image = reader.read()
    image.setDevicePixelRatio(ratio)
    return image
