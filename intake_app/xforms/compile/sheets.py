"""XLSForm sheets as plain rows, read from Markdown, CSV or Excel by pyxform's own readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform

from intake_app.errors import FileMissing, FormInvalid

Row = dict[str, str]

SHEETS = ("settings", "survey", "choices", "entities")
TEXT_COLUMNS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Columns that hold sentences a person reads, and so exist once per language."""

_LANGUAGE_CODE = re.compile(r"\(([A-Za-z-]+)\)\s*$")


@dataclass(frozen=True)
class Sheet:
    """The columns of a sheet in their order, and its rows without their empty cells."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


Sheets = dict[str, Sheet]


def read_sheets(source: Path) -> Sheets:
    """The sheets of an XLSForm (.md, .csv, .xlsx). Raises FileMissing, FormInvalid."""
    if not source.is_file():
        raise FileMissing(path=source.name)
    try:
        book = get_xlsform(xlsform=str(source), file_type=source.suffix.lower())
    except PyXFormError as error:
        raise FormInvalid(problems=(f"{source.name}: {error}",)) from error
    sheets = {name: sheet for name in SHEETS if (sheet := _sheet(book, name)) is not None}
    if "survey" not in sheets or not sheets["survey"].rows:
        raise FormInvalid(problems=(f"{source.name}: survey: no questions",))
    return sheets


def _sheet(book: object, name: str) -> Sheet | None:
    header = getattr(book, f"{name}_header", None) or []
    columns = tuple(str(column) for column in (header[0] if header else {}) if column)
    if not columns:
        return None
    rows = getattr(book, name, None) or []
    return Sheet(columns, tuple({str(key): str(value) for key, value in row.items() if key} for row in rows))


def settings_of(sheets: Sheets) -> Row:
    """The one row of the settings sheet, empty when there is none."""
    sheet = sheets.get("settings")
    return dict(sheet.rows[0]) if sheet and sheet.rows else {}


def split_column(column: str) -> tuple[str, str]:
    """A header as (column, language name); the language is empty where the header names none."""
    name, _, language = column.partition("::")
    return name.strip().lower(), language.strip()


def language_code(name: str) -> str:
    """The code in a language name of the shape `English (en)`, or ""."""
    found = _LANGUAGE_CODE.search(name)
    return found.group(1) if found else ""
