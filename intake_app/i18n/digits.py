"""Numbers in the digits of a language: every digit of a text, or only what is counted in a sentence."""

from __future__ import annotations

import re

from intake_app.i18n.languages import language

_DIGITS = {
    "arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
"""Numbering systems of CLDR that are no European digits."""
_IN_PROSE = re.compile(
    r"(?<![\w+-])(?<![A-Za-z\d][.,:/\u00a0 ])\d{1,4}(?=[\u00a0 ][\u0621-\u06cc])"
    r"|(?<=[\u0621-\u06cc][\u00a0 ])\d{1,4}(?![\w+-]|[.,:/\u00a0 ][A-Za-z\d])"
)
"""A number before or after a word in Arabic letters: no phone number, no level such as mbo 2, no code."""


def has_own_digits(code: str) -> bool:
    """Whether the language writes its numbers in other digits than European ones."""
    return language(code).digits in _DIGITS


def own_digits(text: str, code: str) -> str:
    """A text in which every digit is one of the language."""
    return text.translate(_DIGITS.get(language(code).digits, {}))


def numbers_in_prose(text: str, code: str) -> str:
    """A sentence whose counted numbers ("30 days") are in the digits of the language; codes and phone numbers stay."""
    if not has_own_digits(code):
        return text
    return _IN_PROSE.sub(lambda found: own_digits(found[0], code), text)
