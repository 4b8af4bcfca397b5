"""A catalogue that replaces the shipped one, as the central server sends it: tables as attachments of a form.

It is taken in whole or not at all. Tables that are not sent stay as they are: a coordinator may send offers only.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from intake_app.catalogue.check import FILES, check_catalogue
from intake_app.catalogue.load import load_catalogue
from intake_app.catalogue.tables import VERSION_FILE
from intake_app.catalogue.workbook import OPTIONAL, write_folder
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid

PREFIX = "catalogue_"
"""Attachments may carry it, to tell them from a form's own lists."""
WORKBOOK = "catalogue.xlsx"
_NAME = re.compile(r"catalogue-(\d{6})")


def current_catalogue(folder: Path) -> Path | None:
    """The folder of the catalogue taken in last, None when there is none."""
    numbered = _numbered(folder)
    return numbered[-1][1] if numbered else None


def catalogue_tables(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of the attachments that are tables of the catalogue, by the name of the table."""
    known = {*FILES, VERSION_FILE, WORKBOOK}
    plain = {name.removeprefix(PREFIX) if name != WORKBOOK else name: content for name, content in files.items()}
    return {name: content for name, content in plain.items() if name in known}


def take_in(files: Mapping[str, bytes], folder: Path, shipped: Path) -> Catalogue:
    """Put the sent tables in place of those in use; the rest stays.

    Without a version among them the version is the newest day of checking and a sum over all tables. Raises
    CatalogueInvalid with file, row and column, FileMissing, LimitExceeded; then the catalogue in use stays.
    """
    tables = catalogue_tables(files)
    if not tables:
        raise CatalogueInvalid(file=", ".join(sorted(files)), row=0, column="", problem="file_missing")
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".catalogue.{secrets.token_hex(4)}.tmp"
    try:
        _fill(temporary, tables, current_catalogue(folder) or shipped)
        problems = check_catalogue(temporary)
        if problems:
            first = problems[0]
            raise CatalogueInvalid(file=first.file, row=first.row, column=first.column, problem=first.problem)
        if VERSION_FILE not in tables and WORKBOOK not in tables:
            (temporary / VERSION_FILE).write_text(_version(temporary), encoding="utf-8")
        catalogue = load_catalogue(temporary)
        _take_place(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return catalogue


def _fill(temporary: Path, tables: Mapping[str, bytes], in_use: Path) -> None:
    temporary.mkdir()
    for name in (*FILES, VERSION_FILE):
        if (in_use / name).is_file() or Path(name).stem not in OPTIONAL:
            shutil.copyfile(in_use / name, temporary / name)
    if WORKBOOK in tables:
        book = temporary / WORKBOOK
        book.write_bytes(tables[WORKBOOK])
        write_folder(book, temporary)
        book.unlink()
    for name, content in tables.items():
        if name != WORKBOOK:
            (temporary / name).write_bytes(content)


def _version(folder: Path) -> str:
    days = load_catalogue(folder).checked_days()
    total = 0
    for path in (folder / name for name in FILES):
        total = crc32(path.read_bytes() if path.is_file() else b"", total)
    return f"{days[-1].isoformat() if days else 'undated'}.{total:08x}"


def _numbered(folder: Path) -> list[tuple[int, Path]]:
    if not folder.is_dir():
        return []
    names = ((path, _NAME.fullmatch(path.name)) for path in folder.iterdir())
    return sorted((int(name[1]), path) for path, name in names if name)


def _take_place(temporary: Path, folder: Path) -> None:
    older = _numbered(folder)
    number = older[-1][0] + 1 if older else 1
    temporary.rename(folder / f"catalogue-{number:06d}")
    for _, path in older:
        shutil.rmtree(path, ignore_errors=True)
