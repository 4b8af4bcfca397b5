"""How complete a language is: of the texts of today, how many it can say, in percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from intake_app.i18n.catalogue_files import Key, read_catalogue
from intake_app.i18n.formats import format_number
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import SOURCE_LANGUAGE, Language, ReviewState, review_state, with_texts
from intake_app.i18n.phrases import consent_messages

CONSENT = "consent"
"""What people agree to: a part of the intake and the plan that is counted by itself."""

SCOPES = (*DOMAINS, CONSENT)

_MEASURE = "en_XA"
"""A made-up language that by its making has every text."""
_CONSENT_CONTEXT = re.compile(r"\w+:(b0\d\w*|q06\w*|y02\w*|consent_record|consent_form|consent_code)(:\w+)*")
"""Texts of the questionnaires with which a consent is explained, asked, given or taken back (DOMAIN 2.4 and 8)."""


@dataclass(frozen=True)
class LanguageState:
    """One language as it stands: `coverage` per scope in whole percent, rounded down; `digits` as it writes them."""

    language: Language
    coverage: dict[str, int]
    review: ReviewState
    digits: str


def language_states(folder: Path) -> tuple[LanguageState, ...]:
    """Every language that has texts under the folder of translations."""
    return tuple(language_state(one, folder) for one in with_texts(folder))


def language_state(one: Language, folder: Path) -> LanguageState:
    """How one language stands; to read all its texts takes a moment."""
    return LanguageState(
        one,
        {scope: coverage(one.code, scope, folder) for scope in SCOPES},
        review_state(one.code, folder),
        format_number(1234567890, one.code, grouped=False),
    )


def coverage(code: str, scope: str, folder: Path) -> int:
    """Percent of the texts of a scope that a language has, rounded down; Dutch, the source, has all."""
    wanted = texts_of(_MEASURE, scope, folder)
    if code == SOURCE_LANGUAGE:
        return 100
    return 100 * len(wanted & texts_of(code, scope, folder)) // len(wanted) if wanted else 0


def gaps(code: str, scope: str, folder: Path) -> tuple[Key, ...]:
    """The texts of a scope that a language lacks, in the order of their contexts."""
    missing = texts_of(_MEASURE, scope, folder) - texts_of(code, scope, folder)
    return tuple(sorted(missing, key=lambda key: (key.context, key.dutch)))


def texts_of(code: str, scope: str, folder: Path) -> frozenset[Key]:
    """The texts of a scope that have a translation."""
    if scope != CONSENT:
        return read_catalogue(folder, code, scope).texts
    asked = {key for key in read_catalogue(folder, code, "intake").texts if _CONSENT_CONTEXT.fullmatch(key.context)}
    consents = consent_messages()
    said = {key for key in read_catalogue(folder, code, "plan").texts if key.dutch in consents}
    return frozenset(asked | said)
