"""Reading one CSV file of the catalogue row by row, also after it went through a Dutch spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, TypeVar

from intake_app.catalogue.workbook import OPTIONAL, VERSION_SHEET, read_workbook
from intake_app.domain.catalogue import Provenance
from intake_app.errors import FileMissing

VERSION_FILE = "version.txt"
YES = frozenset({"ja", "yes", "true", "1", "waar"})
NO = frozenset({"nee", "no", "false", "0", "onwaar", ""})

Built = TypeVar("Built")


class Problem(NamedTuple):
    """What is wrong where. `row` counts as a spreadsheet does: the heading is row 1; 0 means the whole file."""

    file: str
    row: int
    column: str
    problem: str


class CellError(Exception):
    """One cell cannot be read; turned into a Problem where the file and row are known."""

    def __init__(self, column: str, problem: str) -> None:
        self.column = column
        self.problem = problem
        super().__init__(f"{column}: {problem}")


@dataclass(frozen=True)
class Row:
    """One line of a table; every reading method raises CellError."""

    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The trimmed text of a cell, "" when empty. Raises when the table lacks the column."""
        if column not in self.cells:
            raise CellError(column, "column_missing")
        return self.cells[column]

    def optional(self, column: str) -> str:
        """The trimmed text of a cell, "" also when an older catalogue lacks the column."""
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        """A text that may not be empty."""
        value = self.text(column)
        if not value:
            raise CellError(column, "empty")
        return value

    def words(self, column: str) -> tuple[str, ...]:
        """Codes separated by spaces."""
        return tuple(self.text(column).split())

    def flag(self, column: str) -> bool:
        """A yes or no in Dutch or English."""
        value = self.text(column).lower()
        if value in YES:
            return True
        if value in NO:
            return False
        raise CellError(column, "not_yes_or_no")

    def integer(self, column: str) -> int:
        """A whole number."""
        try:
            return int(self.required(column))
        except ValueError:
            raise CellError(column, "not_a_whole_number") from None

    def number_or_none(self, column: str) -> int | None:
        """A whole number, or None when the cell is empty."""
        return self.integer(column) if self.text(column) else None

    def decimal(self, column: str) -> float:
        """A number with a point, or with the comma a Dutch spreadsheet writes."""
        try:
            return float(self.required(column).replace(",", "."))
        except ValueError:
            raise CellError(column, "not_a_number") from None

    def day(self, column: str) -> date | None:
        """A date as 2026-11-21, or 21-11-2026 as a Dutch spreadsheet rewrites it; None when empty."""
        value = self.text(column)
        if not value:
            return None
        parts = value.replace("/", "-").split("-")
        try:
            year_first = len(parts[0]) == 4
            year, month, day = (int(part) for part in (parts if year_first else reversed(parts)))
            return date(year, month, day)
        except ValueError:
            raise CellError(column, "not_a_date") from None

    def answers(self, column: str) -> dict[str, tuple[str, ...]]:
        """`key=value|value; key=value` as a mapping."""
        found: dict[str, tuple[str, ...]] = {}
        for part in filter(None, (piece.strip() for piece in self.text(column).split(";"))):
            key, equals, values = part.partition("=")
            if not equals or not values.strip():
                raise CellError(column, "not_key_is_value")
            found[key.strip()] = tuple(value.strip() for value in values.split("|") if value.strip())
        return found

    def provenance(self) -> Provenance:
        """Where the row comes from."""
        return Provenance(self.text("source"), self.day("checked_on"), self.words("estimated"))


class Tables:
    """The tables of one catalogue, from a folder of CSV files or one workbook with a sheet for each.

    Problems gather here instead of stopping at the first.
    """

    def __init__(self, place: Path, problems: list[Problem]) -> None:
        self.problems = problems
        self._place = place
        self._read: dict[str, list[Row]] = {}
        self._sheets = read_workbook(place) if place.suffix.lower() == ".xlsx" else None

    def rows(self, file: str) -> list[Row]:
        """The rows of a table, empty ones left out. Raises FileMissing."""
        if file not in self._read:
            self._read[file] = list(self._table(file))
        return self._read[file]

    def version(self) -> str:
        """What the catalogue calls itself. Raises FileMissing."""
        if self._sheets is not None:
            cells = self._sheets.get(VERSION_SHEET)
            if not cells or not cells[0]:
                raise FileMissing(path=f"{self._place}: {VERSION_SHEET}")
            return cells[0][0].strip()
        path = self._place / VERSION_FILE
        if not path.is_file():
            raise FileMissing(path=str(path))
        return path.read_text(encoding="utf-8-sig").strip()

    def _table(self, file: str) -> Iterator[Row]:
        records = self._from_workbook(file) if self._sheets is not None else self._from_folder(file)
        heading = [name.strip() for name in next(records, [])]
        for number, cells in enumerate(records, start=2):
            if any(cell.strip() for cell in cells[len(heading) :]):
                self.problems.append(Problem(file, number, "", "too_many_cells"))
                continue
            trimmed = {name: cell.strip() for name, cell in zip_longest(heading, cells[: len(heading)], fillvalue="")}
            if any(trimmed.values()):
                yield Row(number, trimmed)

    def _from_workbook(self, file: str) -> Iterator[list[str]]:
        sheet = (self._sheets or {}).get(Path(file).stem)
        if sheet is None:
            if Path(file).stem in OPTIONAL:
                return iter(())
            raise FileMissing(path=f"{self._place}: {Path(file).stem}")
        return iter(sheet)

    def _from_folder(self, file: str) -> Iterator[list[str]]:
        path = self._place / file
        if not path.is_file():
            if path.stem in OPTIONAL:
                return iter(())
            raise FileMissing(path=str(path))
        try:
            content = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(file, 0, "", "not_utf8"))
            return iter(())
        lines = content.splitlines(keepends=True)
        separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
        return csv.reader(lines, delimiter=separator)

    def build(self, file: str, make: Callable[[Row], Built]) -> Iterator[tuple[Row, Built]]:
        """Each row with what it becomes; rows that cannot be read become problems."""
        for row in self.rows(file):
            try:
                yield row, make(row)
            except CellError as wrong:
                self.problems.append(Problem(file, row.number, wrong.column, wrong.problem))

    def keyed(self, file: str, make: Callable[[Row], Built], column: str = "id") -> dict[str, Built]:
        """A file as a mapping on its id column, in the order of the file; doubled ids become problems."""
        found: dict[str, Built] = {}
        for row, value in self.build(file, make):
            key = row.cells[column]
            if key in found:
                self.problems.append(Problem(file, row.number, column, "doubled_id"))
            else:
                found[key] = value
        return found

    def refer(self, file: str, row: Row, column: str, known: Collection[str], values: tuple[str, ...]) -> None:
        """Report every value that is not among the known ones."""
        for value in values:
            if value not in known:
                self.problems.append(Problem(file, row.number, column, f"unknown {value}"))
