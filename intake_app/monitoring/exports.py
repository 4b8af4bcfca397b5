"""A report as JSON, CSV and XLSX: counts only, nothing that a spreadsheet would run (DOMAIN 7.2)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING, Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from intake_app.domain.report import Figure, Report

Words = Callable[[str, str], tuple[str, str]]
"""The name of an indicator and of one of its figures."""
_HEAD = (
    "indicator", "name", "figure_name", "figure", "value", "of", "share", "target", "hidden",
    "from", "to", "as_of", "location", "source", "version", "practice",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV Injection)."""
_DIGITS = 4
_LONGEST = 120
_WIDTHS = (11, 34, 44, 18, 10, 10, 10, 10, 10)
Row = tuple[str | float | None, ...]


def to_json(report: Report, words: Words) -> str:
    """The whole report; the keys ind01 to ind13 hold the indicators."""
    found: dict[str, object] = dict(_about(report))
    for indicator in report.indicators:
        figures = {one.code: _figure(one) for one in indicator.figures}
        name = words(indicator.id, indicator.figures[0].code)[0]
        found[indicator.id] = {"name": name, "least": indicator.least, "figures": figures}
    found["places"] = {safe(one.code): _figure(one) for one in report.places}
    found["spread"] = [{"group": one.group, "sector": one.sector, **_figure(one.seen)} for one in report.spread]
    found["also"] = {one.code: _figure(one) for one in report.also}
    found["municipalities"] = [
        {"municipality": safe(one.municipality), "group": one.group, **_figure(one.figure)}
        for one in report.municipalities
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def to_csv(report: Report, words: Words) -> str:
    """One line per figure, each saying what it is about; commas, points in numbers, UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for row in _rows(report, words):
        writer.writerow(["" if value is None else safe(value) if isinstance(value, str) else value for value in row])
    return text.getvalue()


def to_xlsx(report: Report, words: Words, made: datetime) -> bytes:
    """The same as a workbook: numbers as numbers, all else as text, no formula anywhere."""
    book = Workbook()
    book.properties.creator, book.properties.created = "intake-app", made.replace(tzinfo=None)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "VERZONNEN" if report.practice else "indicators"
    for number, row in enumerate((_HEAD, *_rows(report, words)), 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            cell = sheet.cell(number, column, safe(value) if isinstance(value, str) else value)
            assert isinstance(cell, Cell)
            if isinstance(value, str):
                cell.data_type = TYPE_STRING
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGHI"[column]].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet runs; control characters go, and a sign that would begin a formula gets a quote."""
    plain = "".join(char if char.isprintable() else " " for char in text)[:_LONGEST]
    return f"'{plain}" if plain.lstrip().startswith(_RUNS) or text.startswith(_RUNS) else plain


def _about(report: Report) -> Iterator[tuple[str, object]]:
    period = report.period
    yield "practice", report.practice
    if report.practice:
        yield "invented", "VERZONNEN"
    yield "period", {"from": period.first.isoformat(), "to": period.last.isoformat()}
    yield "as_of", period.as_of.isoformat()
    yield "location", safe(report.location)
    yield "definitions_version", report.version
    yield "sources", list(report.sources)
    yield "not_counted", _figure(report.not_counted)
    yield "one_question", _figure(report.one_question)


def _figure(figure: Figure) -> dict[str, object]:
    found = asdict(figure)
    del found["code"]
    found["share"] = None if figure.share is None else round(figure.share, _DIGITS)
    return found


def _rows(report: Report, words: Words) -> Iterator[Row]:
    """What is counted, then the places of ind01, then the two numbers that are no indicator."""
    period = report.period
    about = (
        period.first.isoformat(),
        period.last.isoformat(),
        period.as_of.isoformat(),
        report.location,
        " ".join(report.sources),
        report.version,
        "VERZONNEN" if report.practice else "",
    )
    for indicator in report.indicators:
        for figure in indicator.figures:
            yield (indicator.id, *words(indicator.id, figure.code), *_line(figure), *about)
    for place in report.places:
        name, _ = words("ind01", place.code)
        yield ("ind01", name, place.code, *_line(place), *about)
    name, _ = words("ind02", "total")
    for flag in report.also:
        yield ("ind02", name, f"also_{flag.code}", *_line(flag), *about)
    for cell in report.municipalities:
        yield ("ind02", name, f"{cell.municipality or 'unknown'}.{cell.group}", *_line(cell.figure), *about)
    for figure in (report.not_counted, report.one_question):
        yield (figure.code, "", "", *_line(figure), *about)


def _line(figure: Figure) -> Row:
    share = None if figure.share is None else round(figure.share, _DIGITS)
    return (figure.code, figure.value, figure.of, share, figure.target, "hidden" if figure.hidden else "")
