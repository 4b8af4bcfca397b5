"""The workbook of the Beroepenclassificatie (BRC, CBS and ROA): Dutch job titles with their ISCO codes.

The sheets are known by their headings, not by their names, because those differ between editions. Titles of a code
that one occupation of ours has lead to that occupation; the others stand under their ISCO code.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from intake_app.catalogue.imports.progress import Watch
from intake_app.catalogue.imports.report import ImportReport
from intake_app.catalogue.imports.staging import Staging
from intake_app.catalogue.imports.store import new_list
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid, FileMissing, LimitExceeded

MOST_BYTES = 50_000_000
ROWS_WITH_HEADINGS = 30
"""Above the heading stand a title and remarks."""
_CODE = re.compile(r"\d{1,4}")
_TITLE = re.compile(r"(beroepsbenaming|beroepsnaam|benaming|functie|titel|beroep)(en)?\b", re.IGNORECASE)
_GROUP = re.compile(r"(isco.*(omschrijving|naam|titel|label))|((omschrijving|naam|titel).*isco)", re.IGNORECASE)
_NO_TITLE = re.compile(r"code|nummer|groep|klasse|segment|richting|niveau|brc", re.IGNORECASE)


class _Columns(NamedTuple):
    heading: int
    code: int
    title: int | None
    group: int | None


def import_brc(path: Path, folder: Path, catalogue: Catalogue, watch: Watch | None = None) -> ImportReport:
    """Read the workbook into the list kept in `folder`.

    Raises FileMissing, CatalogueInvalid with sheet, row and column, LimitExceeded, ImportCancelled, DiskFull; then the
    older list stands as it stood.
    """
    watch = watch or Watch()
    report = ImportReport("brc")
    titles, groups = _titles(path, watch)
    if not titles:
        raise CatalogueInvalid(file=path.name, row=1, column="ISCO", problem="column_missing")
    with new_list(folder, "brc", watch) as database:
        staging = Staging(database, watch)
        for code, found in sorted(titles.items()):
            names = list(found)
            thing = staging.thing(code, "occupation", f"isco:{code}")
            staging.texts(thing, "nl", groups.get(code, names[0]), names)
            database.execute("INSERT INTO occupations VALUES (?, ?, ?, ?)", (thing, code, code, ""))
        report.languages = dict(staging.languages)
        report.counts = {"titles": sum(map(len, titles.values())), "isco_codes": len(titles)}
        alone = tuple(each.id for each in catalogue.occupations.values() if each.isco not in titles)
        report.linked_occupations, report.unlinked_occupations = len(catalogue.occupations) - len(alone), alone
        staging.finish(version="", source=path.name, credit="CBS, BRC 2014 (CC BY 4.0)")
    return report


def _titles(path: Path, watch: Watch) -> tuple[dict[str, dict[str, None]], dict[str, str]]:
    """The titles of each code in the order of the workbook, and the names of the codes."""
    titles: dict[str, dict[str, None]] = {}
    groups: dict[str, str] = {}
    with closing(_open(path)) as workbook:
        watch.total = sum(sheet.max_row or 1 for sheet in workbook.worksheets)
        for sheet in workbook.worksheets:
            done = 0
            # closed by name: a reader left open by an error would hold the file
            with closing(sheet.iter_rows(values_only=True)) as cells:
                for done, row in enumerate(_rows(cells, f"{path.name}: {sheet.title}"), start=1):
                    watch.reading(sheet.title, partial(int, done))
                    if row.title:
                        titles.setdefault(row.code, {})[row.title] = None
                    if row.group:
                        groups.setdefault(row.code, row.group)
            watch.before += done
    return titles, groups


def _open(path: Path) -> Workbook:
    if not path.is_file():
        raise FileMissing(path=str(path))
    if path.stat().st_size > MOST_BYTES:
        raise LimitExceeded(where=path.name, limit="bytes", most=MOST_BYTES)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles and extensions that do not concern us
            warnings.simplefilter("ignore")
            return load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as wrong:
        raise CatalogueInvalid(file=path.name, row=0, column="", problem="not_xlsx") from wrong


class _Row(NamedTuple):
    code: str
    title: str
    group: str


def _rows(rows: Iterator[tuple[object, ...]], where: str) -> Iterator[_Row]:
    """The rows under the heading; a sheet without an ISCO column has none."""
    columns: _Columns | None = None
    for number, cells in enumerate(rows, start=1):
        if columns is None:
            if number > ROWS_WITH_HEADINGS:
                return
            columns = _columns(number, cells)
            continue
        code = _text(cells, columns.code)
        if not code:
            continue
        if not _CODE.fullmatch(code):
            raise CatalogueInvalid(file=where, row=number, column="ISCO", problem="wrong_shape")
        if len(code) >= 3:
            # spreadsheets drop the leading zero of the armed forces
            yield _Row(code.zfill(4), _text(cells, columns.title), _text(cells, columns.group))


def _columns(number: int, cells: Sequence[object]) -> _Columns | None:
    names = [str(cell or "").strip() for cell in cells]
    codes = [place for place, name in enumerate(names) if "isco" in name.lower() and not _GROUP.search(name)]
    if not codes:
        return None
    groups = [place for place, name in enumerate(names) if _GROUP.search(name)]
    titles = [
        place
        for place, name in enumerate(names)
        if _TITLE.search(name) and "isco" not in name.lower() and not _NO_TITLE.search(name)
    ]
    if not titles and not groups:
        return None
    return _Columns(number, codes[0], titles[0] if titles else None, groups[0] if groups else None)


def _text(cells: Sequence[object], place: int | None) -> str:
    if place is None or place >= len(cells) or cells[place] is None:
        return ""
    value = cells[place]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
