"""Every sentence of a form with the place it stands in: what translators get and what `.po` files answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake_app.xforms.compile.sheets import TEXT_COLUMNS, Row, Sheets, settings_of, split_column

_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_LIST_TYPES = ("select_one", "select_multiple", "rank")


@dataclass(frozen=True)
class FormText:
    """One source sentence: its gettext context, the sentence, and a comment that tells a translator where it stands."""

    context: str
    message: str
    comment: str


def context_of(form_id: str, sheet: str, row: Row, column: str) -> str:
    """`form:question:column` or `form:list:choice:column`: the msgctxt of a cell."""
    if sheet == "choices":
        return ":".join((form_id, row.get("list_name", row.get("list name", "")), row.get("name", ""), column))
    return ":".join((form_id, row.get("name", ""), column))


def placeholders(text: str) -> list[str]:
    """The `${name}` outputs of a sentence, sorted: a translation must hold the same ones."""
    return sorted(_PLACEHOLDER.findall(text))


def has_words(text: str) -> bool:
    """Whether there is anything to translate besides outputs."""
    return bool(_PLACEHOLDER.sub("", text).strip())


def source_column(columns: tuple[str, ...], column: str, default_language: str) -> str | None:
    """The header under which a text column holds the form's own language, or None."""
    for header in columns:
        name, language = split_column(header)
        if name == column and language in ("", default_language):
            return header
    return None


def form_texts(sheets: Sheets) -> Iterator[FormText]:
    """Every sentence of the survey and choices sheets in the form's own language, in their order."""
    settings = settings_of(sheets)
    form_id, language = settings.get("form_id", ""), settings.get("default_language", "")
    questions = _questions_by_list(sheets, language)
    for name in ("survey", "choices"):
        sheet = sheets.get(name)
        if sheet is None:
            continue
        headers = {column: source_column(sheet.columns, column, language) for column in TEXT_COLUMNS}
        for row in sheet.rows:
            for column, header in headers.items():
                if header and has_words(row.get(header, "")):
                    yield FormText(
                        context_of(form_id, name, row, column), row[header], _comment(name, row, column, questions)
                    )


def _questions_by_list(sheets: Sheets, language: str) -> dict[str, str]:
    """The label of the first question that uses each choice list."""
    found: dict[str, str] = {}
    survey = sheets["survey"]
    header = source_column(survey.columns, "label", language) or "label"
    for row in survey.rows:
        words = row.get("type", "").split()
        if len(words) >= 2 and words[0] in _LIST_TYPES:
            found.setdefault(words[1], row.get(header, ""))
    return found


def _comment(sheet: str, row: Row, column: str, questions: dict[str, str]) -> str:
    if sheet == "choices":
        question = questions.get(row.get("list_name", ""), "")
        return f"Antwoord bij: {question}" if question else ""
    if column == "hint":
        return f"Hulptekst bij: {row.get('name', '')}"
    return "Melding bij een antwoord dat niet kan" if column == "constraint_message" else ""
