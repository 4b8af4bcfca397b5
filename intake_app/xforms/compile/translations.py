"""Merging `.po` files into the sheets: a text column per language, the sheet's own columns winning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from intake_app.i18n.languages import LANGUAGES, SOURCE_LANGUAGE
from intake_app.xforms.compile.sheets import (
    TEXT_COLUMNS,
    Row,
    Sheet,
    Sheets,
    language_code,
    settings_of,
    split_column,
)
from intake_app.xforms.compile.texts import context_of, form_texts, has_words

PO_DOMAIN = "intake"


@dataclass(frozen=True)
class FormLanguage:
    """A language with texts: its code, its name inside the form (`English (en)`), and its `.po` catalogue."""

    code: str
    name: str
    catalog: Catalog

    def translation(self, context: str, message: str) -> str:
        """The translated sentence, or "" where there is none or it is marked fuzzy."""
        found = self.catalog.get(message, context)
        return str(found.string) if found is not None and found.string and not found.fuzzy else ""


@dataclass(frozen=True)
class Merged:
    """The sheets with all languages, and a line for every sentence that a language lacks."""

    sheets: Sheets
    gaps: tuple[str, ...]


def form_languages(translations: Path) -> tuple[FormLanguage, ...]:
    """Every talk language with an `intake.po` under `translations`, in the order of `i18n.languages`."""
    found: list[FormLanguage] = []
    for code, language in LANGUAGES.items():
        path = translations / code / "LC_MESSAGES" / f"{PO_DOMAIN}.po"
        if code == SOURCE_LANGUAGE or not path.is_file():
            continue
        with path.open("rb") as file:
            found.append(FormLanguage(code, f"{language.name} ({code})", read_po(file)))
    return tuple(found)


def merge(sheets: Sheets, translations: Path) -> Merged:
    """Add the text columns of every language that has a `.po` file with texts of this form.

    A gap shows the Dutch text, never a blank, and is reported. Only forms whose default language is Dutch are
    merged: the Dutch text is the msgid. A form that no `.po` file knows stays as it is.
    """
    default = settings_of(sheets).get("default_language", "")
    if language_code(default) != SOURCE_LANGUAGE:
        return Merged(sheets, ())
    texts = tuple(form_texts(sheets))
    languages = tuple(
        language
        for language in form_languages(translations)
        if any(language.translation(text.context, text.message) for text in texts)
    )
    gaps: list[str] = []
    merged = dict(sheets)
    for name in ("survey", "choices"):
        if name in sheets:
            merged[name] = _merged_sheet(name, sheets, default, languages, gaps)
    return Merged(merged, tuple(gaps))


def _merged_sheet(
    name: str, sheets: Sheets, default: str, languages: tuple[FormLanguage, ...], gaps: list[str]
) -> Sheet:
    sheet = sheets[name]
    form_id = settings_of(sheets).get("form_id", "")
    columns: list[str] = []
    rows = [dict(row) for row in sheet.rows]
    for header in sheet.columns:
        column, language = split_column(header)
        if column not in TEXT_COLUMNS or language not in ("", default):
            columns.append(header)
            continue
        own = f"{column}::{default}"
        _rename(rows, header, own)
        columns.append(own)
        for target in languages:
            theirs = _column_of(sheet.columns, column, target)
            if theirs not in sheet.columns:
                columns.append(theirs)
            gaps.extend(_fill(form_id, name, rows, column, (own, theirs), target))
    return Sheet(tuple(columns), tuple(rows))


def _rename(rows: list[Row], old: str, new: str) -> None:
    for row in rows:
        if old != new and old in row:
            row[new] = row.pop(old)


def _column_of(columns: tuple[str, ...], column: str, language: FormLanguage) -> str:
    """The header that the sheet itself has for this language, by its code, or a new one."""
    for header in columns:
        name, label = split_column(header)
        if name == column and language_code(label) == language.code:
            return header
    return f"{column}::{language.name}"


def _fill(
    form_id: str, sheet: str, rows: list[Row], column: str, headers: tuple[str, str], language: FormLanguage
) -> Iterator[str]:
    own, theirs = headers
    for row in rows:
        message = row.get(own, "")
        if not message or row.get(theirs):
            continue
        context = context_of(form_id, sheet, row, column)
        translated = language.translation(context, message)
        row[theirs] = translated or message
        if not translated and has_words(message):
            yield f"{language.code}: {context}"
