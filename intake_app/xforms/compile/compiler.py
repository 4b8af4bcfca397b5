"""From an XLSForm and its translations to the ODK XForm that the engine, Collect and Central read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from intake_app.errors import FormInvalid, FormVersionTaken
from intake_app.xforms.compile.sheets import Sheets, read_sheets, settings_of
from intake_app.xforms.compile.translations import merge
from intake_app.xforms.compile.workbook import workbook_bytes


@dataclass(frozen=True)
class CompiledForm:
    """A compiled form: the XForm, the complete workbook, and what the author should know.

    `gaps` names each sentence that a language lacks (`ar: intake:a02_talk_language:label`); it shows in Dutch.
    """

    form_id: str
    version: str
    xml: bytes
    xlsx: bytes
    warnings: tuple[str, ...]
    gaps: tuple[str, ...]


def compile_form(source: Path, translations: Path, *, version_check: Path | None = None) -> CompiledForm:
    """Compile an XLSForm (.md, .csv, .xlsx), with the `intake.po` of every language under `translations`.

    `version_check` is the folder of published forms (`FORM-VERSION.xml`): other bytes under a version that
    stands there are refused, since servers and drafts know a form by id and version alone. Expressions are not
    checked here: the engine does that when it parses the form.
    Raises FileMissing, FormInvalid, FormVersionTaken.
    """
    sheets = read_sheets(source)
    merged = merge(sheets, translations)
    settings = settings_of(sheets)
    warnings: list[str] = []
    try:
        result = convert(_as_pyxform(merged.sheets), warnings=warnings, pretty_print=True, form_name="data")
    except PyXFormError as error:
        raise FormInvalid(problems=(f"{source.name}: {error}",)) from error
    form_id, version = settings.get("form_id", source.stem), settings.get("version", "")
    xml = result.xform.encode("utf-8")
    if version_check is not None:
        _refuse_taken_version(xml, form_id, version, version_check)
    return CompiledForm(form_id, version, xml, workbook_bytes(merged.sheets), tuple(warnings), merged.gaps)


def published_name(form_id: str, version: str) -> str:
    """The file name of a published form."""
    return f"{form_id}-{version}.xml"


def _as_pyxform(sheets: Sheets) -> dict[str, object]:
    book: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        # pyxform writes attributes in the order of a row's keys: the sheet's column order, whatever made the row
        book[name] = [{column: row[column] for column in sheet.columns if column in row} for row in sheet.rows]
        book[f"{name}_header"] = [dict.fromkeys(sheet.columns)]
    return book


def _refuse_taken_version(xml: bytes, form_id: str, version: str, published: Path) -> None:
    path = published / published_name(form_id, version)
    if path.is_file() and path.read_bytes() != xml:
        raise FormVersionTaken(form_id=form_id, version=version)
