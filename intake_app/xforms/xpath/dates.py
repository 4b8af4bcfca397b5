"""Days and moments as ODK XForms counts, reads and writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

EPOCH = date(1970, 1, 1)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})T(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,6})\d*)?)?"
    r"(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?"
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,6})\d*)?)?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?"
)
_SECONDS_A_DAY = 86400.0


def read_date(text: str) -> date | None:
    """`2026-11-21`, or the day of a date-time; None when the text is neither or no such day exists."""
    found = _DATE.fullmatch(text[:10].strip()) if "T" in text else _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """A date-time with offset, or in `zone` when it has none; a bare day is its first moment. None when unreadable."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        day = read_date(text)
        return None if day is None or "T" in text else midnight(day, zone)
    day = read_date(found["day"])
    clock = _clock(found)
    if day is None or clock is None:
        return None
    return datetime.combine(day, clock, clock.tzinfo or zone)


def read_time(text: str) -> time | None:
    """`13:45`, with seconds and offset if written; None when unreadable."""
    found = _TIME.fullmatch(text.strip())
    return None if found is None else _clock(found)


def _clock(found: re.Match[str]) -> time | None:
    part = int((found["part"] or "0").ljust(6, "0"))
    try:
        return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), part, _zone(found["zone"]))
    except ValueError:
        return None


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(0), zone)


def write_moment(moment: datetime) -> str:
    """ISO 8601 with milliseconds and offset, `Z` for no offset, as ODK writes it."""
    text = moment.isoformat(timespec="milliseconds")
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def write_time(value: time) -> str:
    """ISO 8601 time of day with milliseconds and its offset."""
    text = value.isoformat(timespec="milliseconds")
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def days_since_epoch(value: date) -> float:
    """Days since 1970-01-01 on the wall calendar, with the part of the day for a date-time."""
    if isinstance(value, datetime):
        return float((value.date() - EPOCH).days) + day_fraction(value.time())
    return float((value - EPOCH).days)


def day_fraction(value: time) -> float:
    """The part of the day that has passed, from 0 to 1."""
    seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return seconds / _SECONDS_A_DAY


def from_days(days: float) -> date | None:
    """The day that many days after 1970-01-01; None outside the calendar."""
    try:
        return EPOCH + timedelta(days=int(days // 1))
    except (OverflowError, ValueError):
        return None


def moment_from_days(days: float, zone: tzinfo) -> datetime | None:
    """The moment that many days, with their fraction, after 1970-01-01 on the wall clock of `zone`."""
    try:
        whole = datetime.combine(EPOCH, time(0)) + timedelta(seconds=round(days * _SECONDS_A_DAY, 3))
    except (OverflowError, ValueError):
        return None
    return whole.replace(tzinfo=zone)
