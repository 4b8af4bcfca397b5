"""The catalogue as one workbook: every table a sheet, every cell a text, so that a spreadsheet changes nothing.

A coordinator edits it in Excel; it can be read as it is, or turned back into the folder of CSV files.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.errors import CatalogueInvalid, FileMissing, LimitExceeded

if TYPE_CHECKING:
    from openpyxl import Workbook

TABLES = (
    "skills",
    "cards",
    "occupations",
    "requirements",
    "offers",
    "organisations",
    "places",
    "municipalities",
    "terms",
    "synonyms",
    "days",
)
OPTIONAL = frozenset({"days"})
"""Tables that an older catalogue may lack."""
VERSION_SHEET = "version"
MOST_BYTES = 50_000_000
TEXT_FORMAT = "@"
WIDEST = 60


def read_workbook(path: Path) -> dict[str, list[list[str]]]:
    """Every sheet as rows of texts. Raises FileMissing, CatalogueInvalid, LimitExceeded."""
    # only here: who reads plain tables need not wait for it
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise FileMissing(path=str(path))
    if path.stat().st_size > MOST_BYTES:
        raise LimitExceeded(where=path.name, limit="bytes", most=MOST_BYTES)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles and extensions that do not concern us
            warnings.simplefilter("ignore")
            book = load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as wrong:
        raise CatalogueInvalid(file=path.name, row=0, column="", problem="not_xlsx") from wrong
    return {sheet.title: [[_text(cell) for cell in row] for row in sheet.values] for sheet in book.worksheets}


def _text(value: object) -> str:
    """A cell as a table writes it, also when the spreadsheet took it for a date, a number or a yes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def write_workbook(folder: Path, path: Path) -> None:
    """Put a folder of CSV files into one workbook. Raises FileMissing."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name in TABLES:
        source = folder / f"{name}.csv"
        if not source.is_file():
            if name in OPTIONAL:
                continue
            raise FileMissing(path=str(source))
        rows = list(csv.reader(io.StringIO(source.read_text(encoding="utf-8-sig"), newline="")))
        _fill(book, name, rows)
    version = folder / "version.txt"
    _fill(book, VERSION_SHEET, [[version.read_text(encoding="utf-8-sig").strip() if version.is_file() else ""]])
    book.save(path)
    book.close()


def _fill(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet(name)
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            # as text, or 0110 would lose its zero and 3-4 become a day in April
            cell.number_format = TEXT_FORMAT
            cell.value = text or None
            if text:
                cell.data_type = "s"
    sheet.freeze_panes = "B2"
    for place, _ in enumerate(rows[0], start=1):
        letters = sheet.cell(1, place).column_letter
        longest = max(len(row[place - 1]) if place <= len(row) else 0 for row in rows)
        sheet.column_dimensions[letters].width = min(WIDEST, longest + 2)


def write_folder(path: Path, folder: Path) -> None:
    """Turn a workbook back into the folder of CSV files. Raises FileMissing, CatalogueInvalid, LimitExceeded."""
    sheets = read_workbook(path)
    for name in (*TABLES, VERSION_SHEET):
        if name not in sheets and name not in OPTIONAL:
            raise FileMissing(path=f"{path}: {name}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (table for table in TABLES if table in sheets):
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(row for row in sheets[name] if any(row))
        (folder / f"{name}.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")
    (folder / "version.txt").write_text(sheets[VERSION_SHEET][0][0].strip() + "\n", encoding="utf-8", newline="")
