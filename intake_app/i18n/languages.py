"""The languages of the app: own name, script, direction; and the honest state of their review."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from intake_app.domain.ids import LanguageCode
from intake_app.i18n.folders import DOMAINS, translations_folder

REVIEWED = "reviewed"
MACHINE = "machine"

_REVIEW = re.compile(r"reviewed by (?P<by>\S.*?) on (?P<date>\d{4}-\d{2}-\d{2})")
"""How the `Language-Team` line of a catalogue's header names who checked every text of that file, and when."""


class Language(NamedTuple):
    """A talk language: one row of `translations/languages.csv`.

    `name` is its own name, `dutch` its Dutch name; `script` an ISO 15924 code; `digits` a CLDR numbering system (latn,
    arab, arabext); `babel` the CLDR locale of its dates.
    """

    code: LanguageCode
    name: str
    dutch: str
    script: str
    rtl: bool
    digits: str
    babel: str


class ReviewState(NamedTuple):
    """Whether people have checked the texts of a language: `state` is reviewed or machine."""

    state: str
    by: str | None
    date: str | None


def read_languages(folder: Path) -> dict[str, Language]:
    """Every language of `languages.csv` in the folder of translations, in its order."""
    with (folder / "languages.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Language(
                LanguageCode(row["code"]),
                row["name"],
                row["dutch"],
                row["script"],
                row["direction"] == "rtl",
                row["digits"],
                row["locale"],
            )
            for row in csv.DictReader(file)
        }


LANGUAGES: dict[str, Language] = read_languages(translations_folder())
"""Every language of the talk list (DOMAIN 2.3), in its order; `with_texts` tells which of them have texts."""

SOURCE_LANGUAGE = LanguageCode("nl")


def language(code: str) -> Language:
    """The language of a code; a code that is not ours (other) reads as Dutch."""
    return LANGUAGES.get(code, LANGUAGES[SOURCE_LANGUAGE])


def is_rtl(code: str) -> bool:
    """Whether the language is written from right to left, by our own list."""
    return language(code).rtl


def with_texts(folder: Path) -> tuple[Language, ...]:
    """The languages that have texts under the folder of translations; Dutch, the source, always has."""
    return tuple(one for one in LANGUAGES.values() if one.code == SOURCE_LANGUAGE or (folder / one.code).is_dir())


def claims_review(team: str) -> bool:
    """Whether a `Language-Team` line names who checked the file and when."""
    return _REVIEW.fullmatch(team) is not None


@cache
def review_state(code: str, folder: Path) -> ReviewState:
    """Whether every file of a language names the person who checked it in its header.

    The `Language-Team` line then reads `reviewed by NAME on YYYY-MM-DD`. One file without it, or none at all, and the
    language counts as made by machine. The date is that of the oldest check. Dutch is the source.
    """
    if code == SOURCE_LANGUAGE:
        return ReviewState(REVIEWED, "source", None)
    from intake_app.i18n.catalogue_files import read_catalogue

    found = [_REVIEW.fullmatch(read_catalogue(folder, code, name).header.get("language-team", "")) for name in DOMAINS]
    if not all(found):
        return ReviewState(MACHINE, None, None)
    checks = [(match["date"], match["by"]) for match in found if match]
    return ReviewState(REVIEWED, ", ".join(sorted({by for _, by in checks})), min(checks)[0])
