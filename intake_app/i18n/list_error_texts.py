"""Why a list cannot be read, in words for whoever downloaded or edited it: the place, then what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.i18n.gettext import mark

IN_FILE = mark("In {file} klopt iets niet.")
IN_ROW = mark("In {file}, regel {row}, klopt iets niet.")
IN_COLUMN = mark("In {file}, regel {row}, kolom {column}, klopt iets niet.")
OLD_STAYS = mark("De oude lijst blijft in gebruik.")
ASK_AGAIN = mark("Kijk of u het goede bestand koos. Download het anders opnieuw.")
PROBLEMS: Mapping[str, str] = {
    "broken_zip": mark("De zip is niet heel."),
    "cell_missing": mark("Er staan te weinig vakjes op een regel."),
    "too_many_cells": mark("Er staan te veel vakjes op een regel."),
    "column_missing": mark("De kolom {column} is er niet."),
    "not_utf8": mark("De letters zijn anders opgeslagen dan in de officiële lijst (UTF-8)."),
    "not_csv": mark("Dit is geen lijst met regels en kolommen."),
    "not_turtle": mark("Dit is geen bestand van CompetentNL."),
    "not_xlsx": mark(
        "Dit is geen werkmap van Excel (xlsx). Is het een ouder bestand (xls)? Bewaar het in Excel als xlsx."
    ),
    "nothing_found": mark("Er staan geen namen in die bij deze lijst horen."),
    "wrong_shape": mark("Dit bestand heeft niet de vorm van deze lijst."),
    "language_missing": mark("Er staat nergens in welke taal de lijst is."),
    "empty": mark("Er is een vakje leeg dat gevuld moet zijn."),
    "file_missing": mark("Er ontbreekt een bestand in deze download."),
    # Translators: {detail} is a word as it stands in the file, which we do not know.
    "unknown": mark("Dit woord kennen we hier niet: {detail}."),
}
"""By the first word of the parameter `problem`; what follows it is the detail."""
_WHOLE_FILE = frozenset({"column_missing"})
"""The column is named in the sentence itself."""


def list_error(params: Mapping[str, object]) -> tuple[tuple[str, str, tuple[str, str]], dict[str, object]] | None:
    """Where, what is wrong there, and what to do, with what fills them; None for a problem without words."""
    problem, _, detail = str(params.get("problem", "")).partition(" ")
    if problem not in PROBLEMS:
        return None
    place = IN_FILE
    if params.get("row"):
        place = IN_COLUMN if params.get("column") and problem not in _WHOLE_FILE else IN_ROW
    return (place, PROBLEMS[problem], (OLD_STAYS, ASK_AGAIN)), {**params, "detail": detail}
