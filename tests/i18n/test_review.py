"""The back-translations are of the texts of today: every consent, 150 others per language, all differences settled."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from devtools.gates import catalogue as read_catalogue
from devtools.gates import shipped
from intake_app.i18n.coverage import CONSENT, texts_of

TRANSLATIONS = Path(__file__).parents[2] / "translations"
REVIEW = TRANSLATIONS / "review"
COLUMNS = ["domain", "context", "dutch", "translation", "back_translation", "verdict", "settled"]
EQUAL, SMALL, DIFFERENT = "gelijk", "klein verschil", "verschil"
OTHERS = 150
REDO = (
    "changed since it was translated back: translate it back to Dutch from the target text alone, compare, settle, "
    "and write its row in translations/review/{language}.csv anew (translations/review/README.md)"
)

Row = dict[str, str]
every = pytest.mark.parametrize("language", shipped())


@cache
def catalogue(language: str, domain: str) -> Catalog:
    """One file of translations as it stands in the repository."""
    return read_catalogue(language, domain)


@cache
def rows(language: str) -> list[Row]:
    """The table of a language."""
    with (REVIEW / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def said_today(language: str, domain: str, context: str, dutch: str) -> str | None:
    """The translation of a text, the last form of a counted one; None when nobody says this Dutch any more."""
    message = catalogue(language, domain).get(dutch, context or None)
    if message is None:
        return None
    return message.string if isinstance(message.string, str) else message.string[-1]


def stale(language: str, table: list[Row]) -> list[str]:
    """What has to be done about the rows that no longer tell the translation of today."""
    return [
        f"{row['domain']}: {row['context'] or row['dutch']}: {REDO.format(language=language)}"
        for row in table
        if said_today(language, row["domain"], row["context"], row["dutch"]) != row["translation"]
    ]


def asked_consents() -> set[tuple[str, str, str]]:
    """Domain, context and Dutch of every text about a consent."""
    keys = texts_of("en_XA", CONSENT, TRANSLATIONS)
    return {("intake" if key.context else "plan", key.context, key.dutch) for key in keys}


@every
def test_each_row_tells_the_translation_of_today(language: str) -> None:
    assert stale(language, rows(language)) == []


@every
def test_a_changed_text_fails_with_what_to_do(language: str) -> None:
    first = rows(language)[0]

    assert stale(language, [first]) == []
    for changed in (first | {"translation": "…"}, first | {"dutch": "Deze tekst staat nergens."}):
        (told,) = stale(language, [changed])
        assert "translate it back to Dutch from the target text alone" in told
        assert f"translations/review/{language}.csv" in told


@every
def test_every_consent_was_translated_back_in_every_place_where_it_is_said(language: str) -> None:
    known = {(row["domain"], row["dutch"], row["translation"]) for row in rows(language)}
    missing = [
        f"{domain}: {context or dutch}: {REDO.format(language=language)}"
        for domain, context, dutch in sorted(asked_consents())
        if (domain, dutch, said_today(language, domain, context, dutch)) not in known
    ]
    assert missing == []


@every
def test_a_hundred_and_fifty_other_texts_of_every_domain_were_too(language: str) -> None:
    consents = {dutch for _, _, dutch in asked_consents()}
    others = {(row["domain"], row["context"], row["dutch"]) for row in rows(language) if row["dutch"] not in consents}

    assert len(others) >= OTHERS
    assert {domain for domain, _, _ in others} == {"intake", "plan", "catalogue", "app", "errors"}


@every
def test_every_difference_is_settled_and_no_row_is_empty(language: str) -> None:
    for row in rows(language):
        assert row["back_translation"].strip(), row["dutch"]
        assert row["verdict"] in {EQUAL, SMALL, DIFFERENT}, row["dutch"]
        assert row["settled"].startswith(("verbeterd: ", "blijft: ")) == (row["verdict"] != EQUAL), row["dutch"]
