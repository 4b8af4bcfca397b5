"""The complete `.xlsx` of a form, with all language columns, for coordinators: the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from intake_app.xforms.compile.sheets import Sheet, Sheets

_MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # spreadsheet properties know no time zone
_ZIP_MOMENT = (2026, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_WIDE = 48
_NARROW = 16


def workbook_bytes(sheets: Sheets) -> bytes:
    """An Excel workbook with one worksheet per sheet, header frozen and texts wrapped."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = ""
    book.properties.created = _MADE
    for name, sheet in sheets.items():
        _write(book, name, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _write(book: Workbook, name: str, sheet: Sheet) -> None:
    page = book.create_sheet(name)
    page.append(list(sheet.columns))
    for row in sheet.rows:
        page.append([row.get(column) for column in sheet.columns])
    page.freeze_panes = "C2"
    for number, column in enumerate(sheet.columns, start=1):
        wide = column.startswith(("label", "hint", "constraint", "relevant"))
        page.column_dimensions[get_column_letter(number)].width = _WIDE if wide else _NARROW
    for cell in page[1]:
        cell.font = Font(bold=True)
    for cells in page.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


def _steady(data: bytes) -> bytes:
    """The same archive without the moment of saving, which openpyxl writes into it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, date_time=_ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return buffer.getvalue()
