"""The files of a download, wherever they lie: one file, a folder, a zip, or a folder with several zips.

Nothing is unpacked to disk: an entry of a zip is read as a stream, so its name can lead nowhere.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from intake_app.catalogue.imports.progress import Watch
from intake_app.errors import CatalogueInvalid, FileMissing, LimitExceeded

MOST_BYTES = 1_000_000_000
"""Of one file, unpacked; the largest official file is a thirtieth of it."""
MOST_FILES = 2_000
IGNORED = ("__MACOSX/", "._")


@dataclass(frozen=True)
class Source:
    """One file of a download: its own name, the name of the zip or folder around it, size in bytes, how to open it."""

    name: str
    around: str
    size: int
    open: Callable[[], BinaryIO]


class Line(NamedTuple):
    """A row of a table with its number as a spreadsheet counts and its cells by column."""

    number: int
    cells: dict[str, str]


@contextmanager
def sources_in(path: Path) -> Iterator[list[Source]]:
    """All files of a download. Raises FileMissing, CatalogueInvalid for a broken zip, LimitExceeded."""
    if not path.exists():
        raise FileMissing(path=str(path))
    opened: list[zipfile.ZipFile] = []
    try:
        found: list[Source] = []
        for each in _files(path):
            if each.suffix.lower() == ".zip":
                archive = _archive(each)
                opened.append(archive)
                found += _inside(archive, each.name)
            else:
                size = each.stat().st_size
                if size > MOST_BYTES:
                    raise LimitExceeded(where=each.name, limit="bytes", most=MOST_BYTES)
                found.append(Source(each.name, each.parent.name, size, _opener(each)))
            if len(found) > MOST_FILES:
                raise LimitExceeded(where=path.name, limit="files", most=MOST_FILES)
        yield found
    finally:
        for archive in opened:
            archive.close()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith(IGNORED))


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as broken:
        raise CatalogueInvalid(file=path.name, row=0, column="", problem="broken_zip") from broken


def _inside(archive: zipfile.ZipFile, around: str) -> Iterator[Source]:
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/").rsplit("/", 1)[-1]
        if entry.is_dir() or entry.filename.startswith(IGNORED) or name.startswith(IGNORED):
            continue
        yield Source(name, around, entry.file_size, _entry_opener(archive, entry))


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _entry_opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        if entry.file_size > MOST_BYTES:
            raise LimitExceeded(where=entry.filename, limit="bytes", most=MOST_BYTES)
        try:
            stream: BinaryIO = archive.open(entry)  # type: ignore[assignment]  # it reads as one
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as broken:
            raise CatalogueInvalid(file=entry.filename, row=0, column="", problem="broken_zip") from broken
        return stream

    return opened


def lines(source: Source, columns: tuple[str, ...], watch: Watch) -> Iterator[Line]:
    """The rows of a CSV file by the names in its heading: any order, comma or semicolon, with or without BOM.

    Raises CatalogueInvalid with row and column for a missing column, another encoding, or a row that cannot be read;
    LimitExceeded; ImportCancelled.
    """
    with source.open() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        number = 1
        try:
            heading, rows = _heading(text)
            for column in columns:
                if column not in heading:
                    raise CatalogueInvalid(file=source.name, row=1, column=column, problem="column_missing")
            for number, cells in enumerate(rows, start=2):
                watch.reading(source.name, raw.tell)
                if cells:
                    _check_cells(source.name, number, heading, cells)
                    yield Line(number, dict(zip(heading, cells, strict=False)))
        except UnicodeDecodeError as wrong:
            raise CatalogueInvalid(file=source.name, row=number, column="", problem="not_utf8") from wrong
        except csv.Error as wrong:
            raise CatalogueInvalid(file=source.name, row=number, column="", problem="not_csv") from wrong
        except (zipfile.BadZipFile, EOFError) as broken:
            raise CatalogueInvalid(file=source.name, row=number, column="", problem="broken_zip") from broken
    watch.before += source.size


def _heading(text: io.TextIOWrapper) -> tuple[list[str], Iterator[list[str]]]:
    first = text.readline()
    separator = ";" if first.count(";") > first.count(",") else ","
    heading = [name.strip() for name in next(csv.reader([first], delimiter=separator), [])]
    return heading, csv.reader(text, delimiter=separator)


def _check_cells(file: str, number: int, heading: list[str], cells: list[str]) -> None:
    if len(cells) > len(heading):
        raise CatalogueInvalid(file=file, row=number, column="", problem="too_many_cells")
    if len(cells) < len(heading):
        raise CatalogueInvalid(file=file, row=number, column=heading[len(cells)], problem="cell_missing")
