"""Dates, times and numbers as a language writes them; the one formatter for screen and paper (Babel)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.dates import format_time as babel_time
from babel.numbers import UnsupportedNumberingSystemError, format_decimal
from babel.units import format_unit

from intake_app.i18n.bidi import isolate_ltr
from intake_app.i18n.digits import numbers_in_prose as numbers_in_prose
from intake_app.i18n.digits import own_digits as own_digits
from intake_app.i18n.languages import is_rtl, language

_DOUBLED_STOP = re.compile(r"(?<=[^.]\.)(\u2069?)\.(?!\.)")
"""The full stop of a sentence right after a value that has one of its own, such as a Bulgarian date."""
_LENGTHS: tuple[Literal["long", "short"], ...] = ("long", "short")


def one_full_stop(text: str) -> str:
    """A filled sentence with one full stop where a value that ends with one stands at the end of a sentence."""
    return _DOUBLED_STOP.sub(r"\1", text)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(language(code).babel)


def filled_in(value: object, code: str) -> str:
    """What stands in a place of a sentence: a count in the digits of the language, everything else as it is."""
    return own_digits(str(value), code) if isinstance(value, int) else str(value)


def format_date(day: date, code: str, style: str = "full") -> str:
    """A date: `full` names the weekday, `long` does not, `short` is digits only (isolated in RTL languages)."""
    if style == "short" and is_rtl(code):
        return isolate_ltr(own_digits(f"{day:%d-%m-%Y}", code))
    return own_digits(babel_date(day, style, locale=_locale(code)), code)


def format_time(moment: time, code: str) -> str:
    """A time of the day in hours and minutes, Dutch as 10.00, isolated in RTL languages."""
    if code == "nl":
        return f"{moment:%H.%M}"
    text = own_digits(babel_time(moment, "HH:mm", locale=_locale(code)), code)
    return isolate_ltr(text) if is_rtl(code) else text


def format_moment(moment: datetime, code: str) -> str:
    """A day and time in the local zone, for lists."""
    local = moment.astimezone().replace(tzinfo=None)
    text = own_digits(babel_datetime(local, "d MMM y HH:mm", locale=_locale(code)), code)
    return isolate_ltr(text) if is_rtl(code) else text


def format_number(value: float, code: str, *, grouped: bool = True) -> str:
    """A number with the separators of the language; without `grouped` the thousands stand unparted."""
    text = own_digits(_decimal(value, code, grouped=grouped), code)
    return isolate_ltr(text) if is_rtl(code) else text


def _decimal(value: float, code: str, *, grouped: bool) -> str:
    locale, system = _locale(code), language(code).digits
    try:
        return format_decimal(value, locale=locale, group_separator=grouped, numbering_system=system)
    except UnsupportedNumberingSystemError:
        return format_decimal(value, locale=locale, group_separator=grouped)


def format_minutes(count: int, code: str) -> str:
    """A length of time in whole minutes, in words of the language."""
    unit = "duration-minute"
    # where CLDR has no long pattern, Babel gives the name of the unit
    said = (format_unit(count, unit, length=length, locale=_locale(code)) for length in _LENGTHS)
    return own_digits(next(text for text in said if unit not in text), code)


def language_word(of: str, code: str) -> str:
    """What a language is called in another one, by CLDR; its code when that has no word for it."""
    return str(_locale(code).languages.get(of.replace("-", "_"), of))
