"""The languages of the app: own name, script, direction; and the honest state of their review."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake_app.domain.ids import LanguageCode

REVIEWED = "reviewed"
MACHINE = "machine"


@dataclass(frozen=True)
class Language:
    """A talk language. `name` is its own name, `dutch` its Dutch name; `babel` the CLDR locale of its dates."""

    code: LanguageCode
    name: str
    dutch: str
    script: str
    rtl: bool
    babel: str


@dataclass(frozen=True)
class ReviewState:
    """Whether people have checked the texts of a language: `state` is reviewed or machine."""

    state: str
    by: str | None
    date: str | None


def _language(code: str, name: str, dutch: str, script: str, babel: str, *, rtl: bool = False) -> Language:
    return Language(LanguageCode(code), name, dutch, script, rtl, babel)


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        _language("nl", "Nederlands", "Nederlands", "Latn", "nl_NL"),
        _language("en", "English", "Engels", "Latn", "en_GB"),
        _language("ar", "العربية", "Arabisch", "Arab", "ar", rtl=True),
        _language("ti", "ትግርኛ", "Tigrinya", "Ethi", "ti"),
        _language("uk", "Українська", "Oekraïens", "Cyrl", "uk"),
        _language("ru", "Русский", "Russisch", "Cyrl", "ru"),
        _language("pl", "Polski", "Pools", "Latn", "pl"),
        _language("ro", "Română", "Roemeens", "Latn", "ro"),
        _language("bg", "Български", "Bulgaars", "Cyrl", "bg"),
        _language("tr", "Türkçe", "Turks", "Latn", "tr"),
        _language("fa", "فارسی / دری", "Farsi/Dari", "Arab", "fa", rtl=True),
        _language("ps", "پښتو", "Pasjtoe", "Arab", "ps", rtl=True),
        _language("so", "Soomaali", "Somalisch", "Latn", "so"),
        _language("fr", "Français", "Frans", "Latn", "fr"),
        _language("de", "Deutsch", "Duits", "Latn", "de"),
        _language("es", "Español", "Spaans", "Latn", "es"),
    )
}
"""Every language of the talk list (DOMAIN 2.3), in its order; `shipped` tells which of them have texts."""

SOURCE_LANGUAGE = LanguageCode("nl")


def language(code: str) -> Language:
    """The language of a code; a code that is not ours (other) reads as Dutch."""
    return LANGUAGES.get(code, LANGUAGES[SOURCE_LANGUAGE])


def is_rtl(code: str) -> bool:
    """Whether the language is written from right to left, by our own list."""
    return language(code).rtl


@cache
def review_states(folder: Path) -> dict[str, ReviewState]:
    """The review state of every language named in `review.json` of the translations folder."""
    raw = json.loads((folder / "review.json").read_text(encoding="utf-8"))
    return {code: ReviewState(row["state"], row.get("by"), row.get("date")) for code, row in raw.items()}


def review_state(code: str, folder: Path) -> ReviewState:
    """The review state of one language; a language nobody spoke for is machine."""
    return review_states(folder).get(code, ReviewState(MACHINE, None, None))
