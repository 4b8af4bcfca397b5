"""What a day of each occupation looks like, and what it pays where a source was put beside the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from intake_app.catalogue.tables import Problem, Tables
from intake_app.domain.radar import WorkFacts
from intake_app.errors import CatalogueInvalid

DAYS, PAY = "days.csv", "pay.csv"


def load_work_facts(folder: Path) -> Mapping[str, WorkFacts]:
    """Facts by occupation id; each of the two files may be absent, `pay.csv` is not shipped.

    Pay counts only with its source and the day it was checked. Raises CatalogueInvalid with file, row and column.
    """
    days = {row["id"]: row["day_nl"] for _, row in _rows(folder / DAYS, ("id", "day_nl"))}
    found = {name: WorkFacts(day_nl=text) for name, text in days.items()}
    for number, row in _rows(folder / PAY, ("id", "pay_nl", "source", "checked_on")):
        try:
            checked = date.fromisoformat(row["checked_on"])
        except ValueError as wrong:
            raise CatalogueInvalid(file=PAY, row=number, column="checked_on", problem="not_a_date") from wrong
        found[row["id"]] = WorkFacts(days.get(row["id"], ""), row["pay_nl"], row["source"], checked)
    return found


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their number as a spreadsheet counts."""
    if not path.is_file():
        return
    problems: list[Problem] = []
    for found in Tables(path.parent, problems).rows(path.name):
        row = {name: found.optional(name) for name in needed}
        for name, value in row.items():
            if not value:
                raise CatalogueInvalid(file=path.name, row=found.number, column=name, problem="empty")
        yield found.number, row
    for wrong in problems:
        raise CatalogueInvalid(**wrong._asdict())
