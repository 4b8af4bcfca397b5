"""Dates, times and numbers as a language writes them; the one formatter for screen and paper (Babel)."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.dates import format_time as babel_time
from babel.numbers import format_decimal
from babel.units import format_unit

from intake_app.i18n.bidi import isolate_ltr
from intake_app.i18n.languages import is_rtl, language

_DIGITS = {
    "arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
"""Numbering systems of CLDR that are no European digits."""


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(language(code).babel)


def _in_digits(text: str, code: str) -> str:
    return text.translate(_DIGITS.get(language(code).digits, {}))


def format_date(day: date, code: str, style: str = "full") -> str:
    """A date: `full` names the weekday, `long` does not, `short` is digits only (isolated in RTL languages)."""
    if style == "short" and is_rtl(code):
        return isolate_ltr(_in_digits(f"{day:%d-%m-%Y}", code))
    return _in_digits(babel_date(day, style, locale=_locale(code)), code)


def format_time(moment: time, code: str) -> str:
    """A time of the day in hours and minutes, Dutch as 10.00, isolated in RTL languages."""
    if code == "nl":
        return f"{moment:%H.%M}"
    text = _in_digits(babel_time(moment, "HH:mm", locale=_locale(code)), code)
    return isolate_ltr(text) if is_rtl(code) else text


def format_moment(moment: datetime, code: str) -> str:
    """A day and time in the local zone, for lists."""
    local = moment.astimezone().replace(tzinfo=None)
    text = _in_digits(babel_datetime(local, "d MMM y HH:mm", locale=_locale(code)), code)
    return isolate_ltr(text) if is_rtl(code) else text


def format_number(value: float, code: str, *, grouped: bool = True) -> str:
    """A number with the separators of the language; without `grouped` the thousands stand unparted."""
    text = _in_digits(format_decimal(value, locale=_locale(code), group_separator=grouped), code)
    return isolate_ltr(text) if is_rtl(code) else text


def format_minutes(count: int, code: str) -> str:
    """A length of time in whole minutes, in words of the language."""
    text = format_unit(count, "duration-minute", length="long", locale=_locale(code))
    return _in_digits(text, code)


def language_word(of: str, code: str) -> str:
    """What a language is called in another one, by CLDR; its code when that has no word for it."""
    return str(_locale(code).languages.get(of.replace("-", "_"), of))
