"""Everything in the app that stands on a screen with a picture: where it is, its words and the picture it names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from devtools.shell import REPOSITORY
from intake_app.xforms.compile.sheets import Row, read_sheets

FORMS = ("intake", "follow_up", "data_request")
"""The forms that people fill in; the others are written by the app and have no screen."""

CATALOGUE = REPOSITORY / "resources" / "catalogue"
NO_SCREEN = ("hidden", "calculate", "begin_", "end_")
BESIDE_ITS_QUESTION = ("b02_text_consent", "b02_text_public_task")
"""Texts that are the body of a question on the same screen: the picture of that question is theirs too."""


@dataclass(frozen=True)
class Wanted:
    """One thing with a picture: the group it belongs to, its id, its Dutch words, the picture's name or ""."""

    group: str
    id: str
    label: str
    picture: str


def wanted() -> list[Wanted]:
    """Questions, choices (cards and sectors among them), interest types and occupations, in the order of the talk.

    Raises FormInvalid for a form that cannot be read.
    """
    found = [item for form in FORMS for item in _of_form(form)]
    return [*found, *_interest_types(), *_occupations()]


def _of_form(form: str) -> Iterator[Wanted]:
    sheets = read_sheets(REPOSITORY / "resources" / "forms" / f"{form}.md")
    for row in sheets["survey"].rows:
        if _has_screen(row):
            yield Wanted(f"{form}: vragen", row["name"], row["label"], row.get("bind::intake:picture", ""))
    for row in sheets["choices"].rows:
        yield Wanted(f"{form}: {row['list_name']}", row["name"], row["label"], row.get("pictogram", ""))


def _has_screen(row: Row) -> bool:
    if row["type"].startswith(NO_SCREEN) or row.get("name", "") in BESIDE_ITS_QUESTION:
        return False
    return bool(row.get("label"))


def _interest_types() -> Iterator[Wanted]:
    names = {"r": "Doen en maken", "i": "Uitzoeken", "a": "Bedenken en mooi maken"}
    names |= {"s": "Helpen en leren", "e": "Regelen en verkopen", "c": "Ordenen"}
    for letter, label in names.items():
        yield Wanted("riasec", letter, label, f"riasec_{letter}")


def _occupations() -> Iterator[Wanted]:
    with (CATALOGUE / "occupations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Wanted("beroepen", row["id"], row["label_nl"], f"occupation_{row['id']}")
